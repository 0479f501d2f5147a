"""Units whose last month differs from their own usual level by more than chance, of all units looked at."""

from collections.abc import Collection, Sequence

from comparison.findings.finding import NOTHING, Finding, Matters, Told
from comparison.question import Question
from comparison.signals import UnitSignals, unit_signals
from comparison.statistics import COMPARED_FROM
from comparison.statistics.discoveries import benjamini_hochberg
from comparison.statistics.signals import Signal
from comparison.statistics.variation import Variation
from comparison.wording import group_name, number, percent, percent_range, short_unit_name

# Where no unit's month differs, this is the chance that any is named; of those named on average at most this is chance.
FALSE_SHARE = 0.05
_MATTERS = {
    Variation.WORSE: Matters.HARMED,
    Variation.BETTER: Matters.BETTER,
    Variation.NEUTRAL: Matters.WORK,
}
_MANY = 2  # cases a working day; below, a decimal more


def months_apart(q: Question, name: str) -> Told:
    """The monthly signals of one thing watched that stay after correction for all units of the kind."""
    return of_charts(q, unit_signals(q.warehouse, q.scope, q.viewer, name), q.named)


def of_charts(q: Question, charts: Sequence[UnitSignals], named: Collection[str]) -> Told:
    judged = [chart for chart in charts if chart.variation not in (None, Variation.FEW) and _is_enough(chart)]
    if not judged:
        return NOTHING
    adjusted = benjamini_hochberg([float(chart.chart.p[-1]) for chart in judged])
    found = [
        _finding(q, chart, len(judged))
        for chart, p in zip(judged, adjusted, strict=True)
        if chart.variation in _MATTERS and p <= FALSE_SHARE and chart.unit in named
    ]
    return Told(tuple(found), len(judged), FALSE_SHARE)


def _is_enough(chart: UnitSignals) -> bool:
    """A share's chart asks for its 25 cases itself; so few cases as a tiny unit has in a month are told of nobody."""
    usual = float(chart.chart.n[-1] * chart.chart.centre[-1])
    return not chart.tracked.is_count or max(float(chart.x[-1]), usual) >= COMPARED_FROM


def _finding(q: Question, chart: UnitSignals, judged: int) -> Finding:
    own, at = chart.chart, -1
    assert chart.variation is not None, "only what is judged is told"
    x, n, centre = float(chart.x[at]), float(own.n[at]), float(own.centre[at])
    key, unit = f"findings_months.{chart.tracked.name}", short_unit_name(chart.name)
    values = {"value": _value(q, chart, float(own.value[at])), "centre": _value(q, chart, centre)}
    word = "up" if chart.is_up else "down"
    why = (
        q.say("findings_months.run", n=q.number(chart.run), what=q.say(f"signal.{chart.run_unit}"))
        if own.signal[at] in (Signal.RUN_HIGH, Signal.RUN_LOW)
        else q.say("findings_months.beyond", range=_usual(q, chart))
    )
    counted = q.say(f"{key}_counted", when=_when(q, chart), x=q.number(x), n=q.number(n))
    return Finding(
        q.say(f"{key}_{word}", unit=unit, **values), f"{counted} {why}",
        q.say("findings_test.months", n=q.number(judged)), "", round(abs(x - n * centre)), _MATTERS[chart.variation],
        unit, {"units": (chart.unit,)},
    )  # fmt: skip


def _when(q: Question, chart: UnitSignals) -> str:
    first, last = group_name(q.language, chart.first[-1]), group_name(q.language, chart.last[-1])
    return last if first == last else f"{first}–{last}"


def _value(q: Question, chart: UnitSignals, value: float) -> str:
    if not chart.tracked.is_count:
        return percent(q.language, value)
    return number(q.language, value, 2 if chart.chart.centre[-1] < _MANY else 1)


def _usual(q: Question, chart: UnitSignals) -> str:
    low, high = float(chart.chart.low[-1]), float(chart.chart.high[-1])
    if not chart.tracked.is_count:
        return percent_range(q.language, low, high)
    return f"{_value(q, chart, low)}–{_value(q, chart, high)}"
