"""The monthly signals of units as icons of the table, and as the points of one unit's chart."""

from collections.abc import Mapping, Sequence
from typing import Literal

import polars as pl

from comparison.charts.control import Point
from comparison.charts.frames import signal_sentences
from comparison.charts.unit_table import Sign
from comparison.scope import Language
from comparison.signals import UnitSignals
from comparison.statistics import COMPARED_FROM, SHOWN_FROM
from comparison.statistics.discoveries import benjamini_hochberg
from comparison.statistics.signals import Signal
from comparison.statistics.variation import Assurance, Variation
from comparison.wording import percent, say

# Which units the table shows: all, or those with an exception of some kind; "kept" after correction for many cells.
Choice = Literal["all", "exceptions", "worse", "better", "kept"]
CHOICES: tuple[Choice, ...] = ("all", "exceptions", "worse", "better", "kept")
# Of the signals kept after correction, on average at most one in twenty is chance.
FALSE_SHARE = 0.05
_WRITTEN = (Variation.BETTER, Variation.WORSE, Variation.NEUTRAL)
_HIGH = (Signal.HIGH, Signal.RUN_HIGH)


def signs(language: Language, column: str, charts: Sequence[UnitSignals]) -> dict[tuple[str, str], Sign]:
    """(unit code, column) -> what the last month says; units of which nothing can be said are absent."""
    found: dict[tuple[str, str], Sign] = {}
    for chart in charts:
        if chart.variation is not None:
            word = say(language, f"icon.{chart.variation.value}")
            found[chart.unit, column] = Sign(
                chart.variation.value, word, "up" if chart.is_up else "down", chart.variation in _WRITTEN,
                signal_sentences.explained(language, chart),
            )  # fmt: skip
    return found


def assurance_signs(language: Language, column: str, charts: Sequence[UnitSignals]) -> dict[tuple[str, str], Sign]:
    """(unit code, column) -> whether usual months meet the target; units without one, or without limits, are absent."""
    return {
        (chart.unit, column): Sign(
            chart.assurance.value, say(language, f"icon.{chart.assurance.value}"), is_written=True,
            why=say(language, f"signal.assurance_{chart.assurance.value}", target=percent(language, chart.target, 0)),
        )
        for chart in charts
        if chart.assurance is not None and chart.target is not None
    }  # fmt: skip


def standing(charts: Mapping[str, Sequence[UnitSignals]], units: Sequence[tuple[str, str]], what: Variation) -> list[
    tuple[str, int]
]:  # fmt: skip
    """(name, in how many things watched) of those of `units` (code, name) with such a signal, in their order."""
    counted = {code: 0 for code, _ in units}
    for each in charts.values():
        for chart in each:
            if chart.variation is what and chart.unit in counted:
                counted[chart.unit] += 1
    return [(name, counted[code]) for code, name in units if counted[code]]


def judged(charts: Mapping[str, Sequence[UnitSignals]], units: Sequence[tuple[str, str]]) -> int:
    """How many cells of these units a signal could have been in."""
    codes = {code for code, _ in units}
    silent = (None, Variation.FEW)
    return sum(chart.variation not in silent for each in charts.values() for chart in each if chart.unit in codes)


def chosen(
    charts: Mapping[str, Sequence[UnitSignals]], units: Sequence[tuple[str, str]], choice: Choice
) -> list[tuple[str, str]]:  # fmt: skip
    """Those of `units` (code, name) that a choice leaves. An exception is a signal, or a target missed for sure."""
    if choice == "all":
        return list(units)
    every = [chart for each in charts.values() for chart in each]
    if choice == "kept":
        named = _kept(every)
    elif choice == "exceptions":
        named = {each.unit for each in every if each.variation in _WRITTEN or each.assurance is Assurance.FAIL}
    else:
        named = {each.unit for each in every if each.variation is Variation(choice)}
    return [(code, name) for code, name in units if code in named]


def _kept(charts: Sequence[UnitSignals]) -> set[str]:
    """The units with a signal that stays after Benjamini-Hochberg over the last points of all cells judged.

    Of all units of the kind, whichever are shown, so that a verdict does not change with the selection.
    """
    cells = [each for each in charts if each.variation not in (None, Variation.FEW)]
    adjusted = benjamini_hochberg([float(each.chart.p[-1]) for each in cells])
    return {
        each.unit for each, p in zip(cells, adjusted, strict=True) if each.variation in _WRITTEN and p <= FALSE_SHARE
    }  # fmt: skip


def kinds(chart: UnitSignals) -> list[Point]:
    """What each point is drawn as."""
    return [_kind(chart, at) for at in range(len(chart.last))]


def control_frame(language: Language, chart: UnitSignals) -> pl.DataFrame:
    """The frame of `control`: month, value, centre, low, high, part, kind, hover. A share of under five is a gap."""
    own, is_shown = chart.chart, shown(chart)
    return (
        pl.DataFrame(
            {
                "month": list(chart.last),
                "value": own.value,
                "centre": own.centre,
                "low": own.low,
                "high": own.high,
                "part": own.part,
                "kind": kinds(chart),
                "hover": [signal_sentences.point(language, chart, at) for at in range(len(chart.last))],
            },
            schema_overrides={"kind": pl.String, "hover": pl.String, "month": pl.String},
        )
        .with_columns(
            pl.col("centre", "low", "high").fill_nan(None),
            value=pl.col("value").fill_nan(None),
        )
        .with_columns(
            pl.when(pl.Series(is_shown, dtype=pl.Boolean)).then(pl.col(name)).alias(name)
            for name in ("value", "low", "high")
        )
    )


def control_numbers(language: Language, chart: UnitSignals) -> tuple[pl.DataFrame, frozenset[str]]:
    """The numbers behind the chart, a row a point, headings in words, and which columns are shares."""
    own = chart.chart
    names = ("when", "x", "n", "value", "centre", "low", "high", "word")
    heading = {name: say(language, f"signal.column_{name}") for name in names}
    if chart.tracked.is_count:
        heading["n"] = say(language, "signal.column_days")
    words = [
        say(language, f"icon.{kind}") if kind != "apart" else say(language, "signal.apart") for kind in kinds(chart)
    ]
    is_shown = pl.Series(shown(chart), dtype=pl.Boolean)
    frame = pl.DataFrame(
        {
            heading["when"]: [signal_sentences.when(language, chart, at) for at in range(len(chart.last))],
            heading["x"]: chart.x.astype(int),
            heading["n"]: own.n.astype(int),
            heading["value"]: own.value,
            heading["centre"]: own.centre,
            heading["low"]: own.low,
            heading["high"]: own.high,
            heading["word"]: words,
        }
    )
    figures = [heading[name] for name in ("value", "centre", "low", "high")]
    told = [heading[name] for name in ("x", "value", "low", "high")]
    frame = frame.with_columns(pl.col(figures).fill_nan(None)).with_columns(
        pl.when(is_shown).then(pl.col(name)).alias(name) for name in told
    )
    return frame, frozenset() if chart.tracked.is_count else frozenset(figures)


def value_text(language: Language, chart: UnitSignals, value: float) -> str:
    """A value as the chart's axis has it."""
    return signal_sentences.rate(language, chart, value) if chart.tracked.is_count else percent(language, value, 0)


def shown(chart: UnitSignals) -> list[bool]:
    """Which points have a value that may be shown."""
    return [bool(n >= (1 if chart.tracked.is_count else SHOWN_FROM)) for n in chart.chart.n]


def _kind(chart: UnitSignals, at: int) -> Point:
    signal = chart.chart.signal[at]
    if chart.apart[at]:
        return "apart"
    if signal is Signal.NONE:
        is_few = not chart.tracked.is_count and chart.chart.n[at] < COMPARED_FROM
        return "few" if is_few else "usual"
    if chart.tracked.good is None:
        return "neutral"
    return "better" if (signal in _HIGH) == (chart.tracked.good == "up") else "worse"
