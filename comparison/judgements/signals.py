"""What the monthly signals of units say: which points are flagged, which units stand out, and in how many things."""

from collections.abc import Mapping, Sequence
from typing import Literal

from comparison.signals import UnitSignals
from comparison.statistics import COMPARED_FROM, SHOWN_FROM
from comparison.statistics.discoveries import benjamini_hochberg
from comparison.statistics.signals import Signal
from comparison.statistics.variation import Assurance, Variation

# Which units are asked for: all, or those with an exception of some kind; "kept" after correction for many cells.
Exceptions = Literal["all", "exceptions", "worse", "better", "kept"]
EXCEPTIONS: tuple[Exceptions, ...] = ("all", "exceptions", "worse", "better", "kept")
# What a point is: "few" rests on too little to be compared, "apart" is left out of every judgement (Tết).
PointKind = Literal["usual", "better", "worse", "neutral", "few", "apart"]
# Of the signals kept after correction, on average at most one in twenty is chance.
FALSE_SHARE = 0.05
# What the last month says that is not usual.
EXCEPTIONAL = (Variation.BETTER, Variation.WORSE, Variation.NEUTRAL)
_SILENT = (None, Variation.FEW)
_HIGH = (Signal.HIGH, Signal.RUN_HIGH)

# By what is watched; units are (code, name).
Signals = Mapping[str, Sequence[UnitSignals]]
Units = Sequence[tuple[str, str]]


def standing(signals: Signals, units: Units, what: Variation) -> list[tuple[str, int]]:
    """(name, in how many things watched) of those of `units` whose last month says so, in their order."""
    told = [chart.unit for each in signals.values() for chart in each if chart.variation is what]
    return [(name, told.count(code)) for code, name in units if code in told]


def judged(signals: Signals, units: Units) -> int:
    """How many cells of these units a signal could have been in."""
    codes = {code for code, _ in units}
    return sum(chart.variation not in _SILENT for each in signals.values() for chart in each if chart.unit in codes)


def standing_out(signals: Signals, units: Units, which: Exceptions) -> Units:
    """Those of `units` that are asked for. An exception is a signal, or a target missed for sure."""
    if which == "all":
        return list(units)
    every = [chart for each in signals.values() for chart in each]
    if which == "kept":
        codes = _kept(every)
    elif which == "exceptions":
        codes = {each.unit for each in every if each.variation in EXCEPTIONAL or each.assurance is Assurance.FAIL}
    else:
        codes = {each.unit for each in every if each.variation is Variation(which)}
    return [(code, name) for code, name in units if code in codes]


def _kept(charts: Sequence[UnitSignals]) -> set[str]:
    """The units with a signal that stays after Benjamini-Hochberg over the last points of all cells judged.

    Of all units of the kind, whichever are shown, so that a verdict does not change with the selection.
    """
    cells = [each for each in charts if each.variation not in _SILENT]
    adjusted = benjamini_hochberg([float(each.chart.p[-1]) for each in cells])
    return {
        each.unit for each, p in zip(cells, adjusted, strict=True) if each.variation in EXCEPTIONAL and p <= FALSE_SHARE
    }


def points_shown(chart: UnitSignals) -> list[bool]:
    """Which points have a value that may be shown."""
    return [bool(n >= (1 if chart.tracked.is_count else SHOWN_FROM)) for n in chart.chart.n]


def point_kinds(chart: UnitSignals) -> list[PointKind]:
    """What each point is."""
    return [_kind(chart, at) for at in range(len(chart.last))]


def _kind(chart: UnitSignals, at: int) -> PointKind:
    signal = chart.chart.signal[at]
    if chart.apart[at]:
        return "apart"
    if signal is Signal.NONE:
        is_few = not chart.tracked.is_count and chart.chart.n[at] < COMPARED_FROM
        return "few" if is_few else "usual"
    if chart.tracked.good is None:
        return "neutral"
    return "better" if (signal in _HIGH) == (chart.tracked.good == "up") else "worse"
