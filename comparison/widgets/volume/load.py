"""How much work a working day brings: by unit, and by official where staff numbers are given."""

import polars as pl

from comparison.charts.bars import bars
from comparison.charts.frames.calendar import reached
from comparison.charts.frames.load import load_bars, load_span, load_text, per_official, per_working_day
from comparison.charts.frames.months import covered
from comparison.charts.frames.shares import room_for, source_text
from comparison.charts.frames.slide_rows import slide_rows
from comparison.figures.numbers import Numbers
from comparison.figures.words import method, shown_of
from comparison.measures.case_lists import units_asked
from comparison.measures.plan_lists import officials
from comparison.measures.volume_lists import working_days
from comparison.question import Question
from comparison.scope import Scope
from comparison.widgets.figure.figures import empty, figure
from comparison.wording import short_unit_name


def show_load(v: Question) -> None:
    """Cases received a working day by unit; nothing where the data reach no working day of the period."""
    scope = _reached(v)
    if scope is None:
        return
    received, days = _received(v, scope), working_days(v.warehouse, scope.period)
    loads = _in_order(v, per_working_day(received, days).filter(pl.col("load").is_not_null()))
    if loads.is_empty():
        return
    _show(
        v.asking(scope), loads, "title", v.say("load.subject"),
        v.say("load.note", days=v.number(int(days["days"].sum())), order=_order(v, loads)), "hover_day", "tai-ngay",
    )  # fmt: skip


def show_official_load(v: Question) -> None:
    """The same for each official; where no unit has a number of officials, what is missing."""
    scope = _reached(v)
    if scope is None:
        return
    staff = officials(v.warehouse, scope, v.viewer)
    received = _received(v, scope)
    loads = _in_order(v, per_official(received, working_days(v.warehouse, scope.period), staff))
    if loads.is_empty():
        empty(
            v, title=v.say("load.official_subject"), message=v.say("load.official_none"),
            hint=v.say("load.official_none_next"), height=200,
        )  # fmt: skip
        return
    without = received.filter(~pl.col("unit").is_in(loads["unit"].to_list()))["unit_name"].unique(maintain_order=True)
    note = v.say("load.official_note", order=_order(v, loads))
    if without.len():
        note += " " + v.say("load.official_without", units=", ".join(short_unit_name(name) for name in without))
    _show(
        v.asking(scope), loads, "official_title", v.say("load.official_subject"), note, "hover_official",
        "tai-cong-chuc",
    )  # fmt: skip


def _reached(v: Question) -> Scope | None:
    period = reached(v.scope.period, covered(v.known.root_of[v.scope.root]))
    return v.scope.with_(period=period, compare="none") if period else None


def _received(v: Question, scope: Scope) -> pl.DataFrame:
    """Received by unit and month: unit, unit_name, month, numerator; the units with cases, in Vietnamese order."""
    units = pl.DataFrame(
        units_asked(v.warehouse, scope, v.viewer), schema={"unit": pl.String, "unit_name": pl.String}, orient="row"
    )
    answer = v.measure("received", ("unit", "month"), scope).select("unit", "month", "numerator")
    return units.join(answer.filter(pl.col("numerator") > 0), on="unit", how="inner", maintain_order="left")


def _is_ranked(v: Question) -> bool:
    """A department owns its fields: how much it takes in says nothing beside another."""
    return v.scope.kind == "commune"


def _in_order(v: Question, loads: pl.DataFrame) -> pl.DataFrame:
    return loads.sort("load", descending=True, maintain_order=True) if _is_ranked(v) else loads


def _order(v: Question, loads: pl.DataFrame) -> str:
    if loads.height == 1:
        return ""
    return v.say("load.order_most" if _is_ranked(v) else "load.order_name")


def _on_slide(loads: pl.DataFrame) -> pl.DataFrame:
    kept = slide_rows(loads["unit"].to_list(), (), dict(loads.select("unit", "n").iter_rows()))
    return loads.filter(pl.col("unit").is_in(kept))


def _show(v: Question, loads: pl.DataFrame, title: str, subject: str, note: str, hover: str, key: str) -> None:
    shown = _on_slide(loads) if v.slide is not None else loads
    frame = load_bars(shown, v.language, f"load.{hover}")
    values = loads["load"].to_list()
    if loads.height == 1:
        words = v.say(f"load.{title}_one", load=load_text(v.language, values[0]))
    elif _is_ranked(v):
        low, high = load_span(v.language, values)
        words = v.say(f"load.{title}_span", low=low, high=high)
    else:
        words = subject
    is_per_official = "official_days" in loads.columns
    base, load = ("official_days", "official_load") if is_per_official else ("days", "load")
    figure(
        v,
        title=words,
        subtitle=shown_of(v, shown.height, loads.height, "shown_largest") + note,
        fig=bars(frame, v.theme, accent="blue", left=room_for(frame["name"].to_list()), top=8),
        table=Numbers(
            loads.select(
                pl.col("unit_name").alias(v.say("column.unit")),
                pl.col("n").alias(v.say("load.column_n")),
                pl.col(base).alias(v.say(f"load.column_{base}")),
                pl.col("load").alias(v.say(f"load.column_{load}")),
            ),
            measures=("received",),
        ),
        source=source_text(v.language, v.warehouse.id, v.scope.period, int(loads["n"].sum())),
        key=key,
        method=method(v, load),
    )
