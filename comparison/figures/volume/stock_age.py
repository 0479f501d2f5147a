"""How old the cases are that are open at the end of the period."""

import polars as pl

from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.numbers import Numbers
from comparison.figures.volume.asked import days_with_data
from comparison.figures.volume.day_words import mean_text
from comparison.figures.volume.part_bars import part_bars
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method
from comparison.forms.bars import bars
from comparison.forms.frames.shares import room_for, source_text, total_of
from comparison.forms.place import Place
from comparison.measures.volume_lists import stock_age, working_days
from comparison.question import Question
from comparison.scope import Language
from comparison.wording import day, number, say
from comparison.wording.findings import Share

# Six weeks of work: what was received longer ago is called old. A step of `stock_age` begins here.
_OLD_FROM = 31


def _made(q: Question, _: Place) -> Made | None:
    """The stock by working days since receipt, and how many days of work it is; None before the data begin."""
    period = days_with_data(q)
    if period is None:
        return None
    scope = q.scope.with_(period=period, compare="none")
    ages = stock_age(q.warehouse, scope, q.viewer)
    last = day(q.language, period.ends_on)
    if ages.is_empty():
        return Made(title=q.say("stock_age.none", day=last))
    frame = age_bars(ages, q.language)
    old = Share(int(frame.filter("is_marked")["value"].sum()), int(ages["n"].sum()))
    resolved = total_of(q.measure("resolved", scope=scope))
    days = int(working_days(q.warehouse, period)["days"].sum())
    told = {"day": last, "from": q.number(_OLD_FROM - 1)}
    return Made(
        title=_title(q, old),
        subtitle=q.say("stock_age.note", days=mean_text(q.language, old.n * days / resolved), **told)
        if resolved and days
        else q.say("stock_age.note_bare", **told),
        body=Chart(bars(frame, q.theme, accent="blue", left=room_for(frame["name"].to_list()), top=8)),
        numbers=Numbers(
            ages.select(
                frame["name"].alias(q.say("stock_age.column_age")),
                pl.col("n").alias(q.say("stock_age.column_n")),
            ),
            measures=("in_progress", "resolved"),
        ),
        source=source_text(q.language, q.warehouse.id, q.scope.period, old.n),
        method=method(q, "stock_age"),
        asked=scope,
    )


def _title(q: Question, old: Share) -> str:
    if not old.is_enough:
        return q.say("stock_age.subject")
    over = {"from": q.number(_OLD_FROM - 1)}
    if not old.x:
        return q.say("stock_age.title_none_old", **over)
    return q.say("stock_age.title", share=q.percent(old.value), **over)


def age_bars(ages: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Bars of the stock by its age, the old ones marked. ages: age_from, age_to (working days, null = and more), n."""
    names = [_age_name(language, low, high) for low, high in ages.select("age_from", "age_to").iter_rows()]
    rows = part_bars(ages["age_from"], names, ages["n"], language)
    return rows.with_columns(is_marked=(ages["age_from"] >= _OLD_FROM) & (ages["n"] > 0))


def _age_name(language: Language, low: int, high: int | None) -> str:
    """ "0–5 ngày", "từ 121 ngày"."""
    if high is None:
        return say(language, "stock_age.more", low=number(language, low))
    return say(language, "stock_age.between", low=number(language, low), high=number(language, high))


STOCK_AGE = Figure("tuoi-ho-so-ton", PAGE, _made)
