"""Four measures of the chosen units by month, a line a unit."""

from collections.abc import Sequence
from functools import partial

import polars as pl

from comparison.figures.beside import Beside
from comparison.figures.compare.asked import PAGE, beside_asked, no_units
from comparison.figures.figure import Chart, Figure, Made, Missing
from comparison.figures.numbers import measured
from comparison.figures.words import method
from comparison.forms.frames.lateness import LAND
from comparison.forms.frames.months import covered, is_unfinished, month_codes, months_shown
from comparison.forms.frames.shares import in_words, source_text, total_of
from comparison.forms.frames.volume import count_text
from comparison.forms.place import Place
from comparison.forms.small_numbers import FEWEST_SHOWN
from comparison.forms.unit_lines import unit_lines
from comparison.measures.on_time import ON_TIME
from comparison.question import Question
from comparison.scope import Language, Scope
from comparison.wording import findings, group_name, number, say

# What is counted -> the text of a point, and whether the axis starts at zero.
_DRAWN = {
    "on_time": ("hover.on_time", False),
    "late": ("hover.late", True),
    "satisfied": ("hover.satisfied", False),
    "received": ("hover.received", True),
}
MEASURED = tuple(_DRAWN)
_HEIGHT = 270


def _heading(q: Question, _: Place) -> Made | None:
    beside = beside_asked(q)
    if beside is None:
        return None
    months = len(month_codes(_trend(q, beside).period))
    return Made(q.say("compare_units.months"), q.say("compare_units.months_note", n=q.number(months)))


def _made(q: Question, place: Place, name: str) -> Made:
    """One of `MEASURED`."""
    beside = beside_asked(q)
    if beside is None:
        return no_units(q)
    message, from_zero = _DRAWN[name]
    trend, is_count = _trend(q, beside), name == "received"
    own = _answer(q, name, trend).filter(pl.col("unit").is_in(beside.codes))
    frame = _lines(own, beside.short, q.language, message, is_count=is_count)
    land = {field.code: field.short_name for field in q.known.fields}.get(LAND, "")
    values = {"field": findings.within(q.language, land)} if name == "late" else {}
    title = q.say(f"compare_units.months_{name}", **values)
    if frame["value"].null_count() == frame.height:
        return Made(title, body=Missing(q.say("compare_units.months_empty"), height=_HEIGHT))
    n = total_of(own) if is_count else int(own["denominator"].fill_null(0).sum())
    return Made(
        asked=q.scope.with_(period=trend.period),
        title=title,
        subtitle=q.say(f"compare_units.months_{name}_note", **values),
        body=Chart(
            unit_lines(
                frame,
                month_codes(trend.period),
                dict(beside.short),
                q.theme,
                from_zero=from_zero,
                ceiling=None if is_count else 1,
                value_text=partial(count_text, q.language) if is_count else q.tick,
                month_text=partial(group_name, q.language),
                unfinished=is_unfinished(trend.period),
                height=place.plot(_HEIGHT, 0)["height"],
            )
        ),
        numbers=measured(
            q.language, {"on_time": ON_TIME[q.scope.on_time], "satisfied": "satisfaction"}.get(name, name), own
        ),
        source=source_text(
            q.language, q.warehouse.id, trend.period, n, "source.sheets" if name == "satisfied" else "source.cases"
        ),
        method=method(q, "side_months", *(["hiding"] if name == "satisfied" else [])),
    )


def _trend(q: Question, beside: Beside) -> Scope:
    return beside.whole.with_(period=months_shown(q.scope.period, covered(q.known.root_of[q.scope.root])))


def _answer(q: Question, name: str, trend: Scope) -> pl.DataFrame:
    """By unit and month, of all units of the kind."""
    by, on_time = ("unit", "month"), q.scope.on_time
    if name == "on_time":
        return q.measure(ON_TIME[on_time], by, trend)
    if name == "late":
        return q.late(by, trend.with_(fields=(LAND,)))
    if name == "received":
        return q.measure("received", by, trend)
    # Hidden among the units of a month, or among the months of a unit: either way nothing is told.
    satisfied = q.measure("satisfaction", by, trend)
    shown = q.measure("satisfaction", ("month", "unit"), trend).filter(~pl.col("is_hidden")).select("unit", "month")
    return satisfied.join(shown, on=["unit", "month"], how="semi")


def _lines(
    rows: pl.DataFrame, units: Sequence[tuple[str, str]], language: Language, message: str, *, is_count: bool
) -> pl.DataFrame:
    """Rows by unit and month as lines: month, line (unit), value, hover; a share of under five is a gap.

    message: x of n for a share; that of a count asks for n alone.
    """
    names = dict(units)
    if is_count:
        said = [say(language, message, n=number(language, x)) for x in rows["numerator"]]
        rows = rows.with_columns(value=pl.col("numerator").cast(pl.Float64))
    else:
        worded = in_words(rows, language, message)
        said = worded["said"].to_list()
        rows = worded.with_columns(value=pl.when(pl.col("n") >= FEWEST_SHOWN).then("value"))
    hovers = [
        f"{names[unit]} · {group_name(language, month)}\n{told}"
        for unit, month, told in zip(rows["unit"], rows["month"], said, strict=True)
    ]
    return rows.select("month", "value", line=pl.col("unit")).with_columns(pl.Series("hover", hovers, dtype=pl.String))


def _of(name: str) -> Figure:
    return Figure(f"so-sanh-thang-{name}", PAGE, lambda q, place: _made(q, place, name))


BY_MONTH = tuple(map(_of, MEASURED))
MONTHS = Figure("so-sanh-thang", PAGE, _heading, is_slide=False)
