"""Four measures of the chosen units by month, a line a unit."""

from functools import partial

import polars as pl
import streamlit as st

from comparison.charts.frames.lateness import LAND
from comparison.charts.frames.months import covered, is_unfinished, month_codes, months_shown
from comparison.charts.frames.shares import source_text, total_of
from comparison.charts.frames.side_by_side import months_of
from comparison.charts.frames.volume import count_text
from comparison.charts.unit_lines import unit_lines
from comparison.figures.numbers import measured
from comparison.figures.words import method
from comparison.measures.on_time import MEASURES, ON_TIME, late_share
from comparison.question import Question
from comparison.scope import Scope
from comparison.widgets.figure.figures import empty, figure, heading
from comparison.widgets.figure.slide_frame import plot_size
from comparison.widgets.unit.beside import Beside
from comparison.wording import findings, group_name

# What is counted -> the text of a point, and whether the axis starts at zero.
_DRAWN = {
    "on_time": ("hover.on_time", False),
    "late": ("hover.late", True),
    "satisfied": ("hover.satisfied", False),
    "received": ("hover.received", True),
}
MEASURED = tuple(_DRAWN)
_HEIGHT = 270


def side_months(v: Question, beside: Beside) -> None:
    """The four, two beside each other."""
    months = len(month_codes(_trend(v, beside).period))
    heading(v.say("compare_units.months"), v.say("compare_units.months_note", n=v.number(months)))
    for pair in (MEASURED[:2], MEASURED[2:]):
        for place, name in zip(st.columns(2, gap="medium"), pair, strict=True):
            with place:
                side_month_lines(v, beside, name)


def side_month_lines(v: Question, beside: Beside, name: str) -> None:
    """One of `MEASURED`."""
    message, from_zero = _DRAWN[name]
    trend, is_count = _trend(v, beside), name == "received"
    own = _answer(v, name, trend).filter(pl.col("unit").is_in(beside.codes))
    frame = months_of(own, beside.short, v.language, message, "numerator" if is_count else "value")
    land = {field.code: field.short_name for field in v.known.fields}.get(LAND, "")
    values = {"field": findings.within(v.language, land)} if name == "late" else {}
    title = v.say(f"compare_units.months_{name}", **values)
    if frame["value"].null_count() == frame.height:
        empty(v, title=title, message=v.say("compare_units.months_empty"), height=_HEIGHT)
        return
    n = total_of(own) if is_count else int(own["denominator"].fill_null(0).sum())
    figure(
        v.asking(v.scope.with_(period=trend.period)),
        title=title,
        subtitle=v.say(f"compare_units.months_{name}_note", **values),
        fig=unit_lines(
            frame, month_codes(trend.period), dict(beside.short), v.theme, from_zero=from_zero,
            ceiling=None if is_count else 1,
            value_text=partial(count_text, v.language) if is_count else v.tick,
            month_text=partial(group_name, v.language), unfinished=is_unfinished(trend.period),
            height=plot_size(v, _HEIGHT, 0)["height"],
        ),
        table=measured(
            v.language, {"on_time": ON_TIME[v.scope.on_time], "satisfied": "satisfaction"}.get(name, name), own
        ),
        source=source_text(
            v.language, v.warehouse.id, trend.period, n, "source.sheets" if name == "satisfied" else "source.cases"
        ),
        key=f"so-sanh-thang-{name}",
        method=method(v, "side_months", *(["hiding"] if name == "satisfied" else [])),
    )  # fmt: skip


def _trend(v: Question, beside: Beside) -> Scope:
    return beside.whole.with_(period=months_shown(v.scope.period, covered(v.known.root_of[v.scope.root])))


def _answer(v: Question, name: str, trend: Scope) -> pl.DataFrame:
    """By unit and month, of all units of the kind."""
    by, on_time = ("unit", "month"), v.scope.on_time
    if name == "on_time":
        return v.measure(ON_TIME[on_time], by, trend)
    if name == "late":
        return late_share(v.measure(MEASURES[on_time], by, trend.with_(fields=(LAND,))), on_time)
    if name == "received":
        return v.measure("received", by, trend)
    # Hidden among the units of a month, or among the months of a unit: either way nothing is told.
    satisfied = v.measure("satisfaction", by, trend)
    shown = v.measure("satisfaction", ("month", "unit"), trend).filter(~pl.col("is_hidden")).select("unit", "month")
    return satisfied.join(shown, on=["unit", "month"], how="semi")
