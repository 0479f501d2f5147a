"""How old the cases are that are open at the end of the period."""

import polars as pl

from comparison.charts.bars import bars
from comparison.charts.frames.calendar import reached
from comparison.charts.frames.hours import mean_text
from comparison.charts.frames.months import covered
from comparison.charts.frames.shares import room_for, source_text, total_of
from comparison.charts.frames.stock import OLD_FROM, age_bars, age_name, old_share
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.measures.volume_lists import stock_age, working_days
from comparison.question import Question
from comparison.widgets.figure.figures import figure, heading
from comparison.wording import day


def show_stock_age(v: Question) -> None:
    """The stock by working days since receipt, and how many days of work it is; nothing before the data begin."""
    period = reached(v.scope.period, covered(v.known.root_of[v.scope.root]))
    if period is None:
        return
    scope = v.scope.with_(period=period, compare="none")
    ages = stock_age(v.warehouse, scope, v.viewer)
    last = day(v.language, period.ends_on)
    if ages.is_empty():
        heading(v.say("stock_age.none", day=last))
        return
    frame, old = age_bars(ages, v.language), old_share(ages)
    resolved = total_of(v.measure("resolved", scope=scope))
    days = int(working_days(v.warehouse, period)["days"].sum())
    over = v.number(OLD_FROM - 1)
    figure(
        v.asking(scope),
        title=v.say("stock_age.subject")
        if not old.is_enough
        else v.say("stock_age.title", share=v.percent(old.value), **{"from": over})
        if old.x
        else v.say("stock_age.title_none_old", **{"from": over}),
        subtitle=v.say(
            "stock_age.note", day=last, days=mean_text(v.language, old.n * days / resolved), **{"from": over}
        )
        if resolved and days
        else v.say("stock_age.note_bare", day=last, **{"from": over}),
        fig=bars(frame, v.theme, accent="blue", left=room_for(frame["name"].to_list()), top=8),
        table=Numbers(
            ages.select(
                pl.Series(
                    v.say("stock_age.column_age"),
                    [age_name(v.language, low, high) for low, high in ages.select("age_from", "age_to").iter_rows()],
                    dtype=pl.String,
                ),
                pl.col("n").alias(v.say("stock_age.column_n")),
            ),
            measures=("in_progress", "resolved"),
        ),
        source=source_text(v.language, v.warehouse.id, v.scope.period, old.n),
        key="tuoi-ho-so-ton",
        method=method(v, "stock_age"),
    )
