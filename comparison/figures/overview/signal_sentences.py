"""A unit's chart in words: its title, what its last point says and why, and what a chart of its size can find."""

import numpy as np

from comparison.question import Question
from comparison.signals import UnitSignals
from comparison.signals.counts import quarter_of
from comparison.signals.power import cases_a_month, power_of
from comparison.statistics import SHOWN_FROM
from comparison.statistics.run_rules import run_rules
from comparison.statistics.signals import BASELINE_LEAST, Signal
from comparison.statistics.variation import Variation
from comparison.wording import group_name
from comparison.wording.findings import sentence

_MANY = 2  # cases a working day
_HIGH, _RUNS = (Signal.HIGH, Signal.RUN_HIGH), (Signal.RUN_HIGH, Signal.RUN_LOW)
_HOVER = {"on_time": "hover.on_time", "late": "hover.late", "satisfaction": "hover.satisfied"}


def when(q: Question, chart: UnitSignals, at: int) -> str:
    """The month of a point, or the months of one that is several."""
    first, last = chart.first[at], chart.last[at]
    if first == last:
        return group_name(q.language, last)
    if int(last[5:]) - int(first[5:]) == 2 and quarter_of(first) == quarter_of(last):
        return group_name(q.language, quarter_of(last))
    return f"{group_name(q.language, first)}–{group_name(q.language, last)}"


def title(q: Question, chart: UnitSignals, name: str) -> str:
    """ "Đúng hạn 06/2025: 95,2 %, xấu đi; mức thường 97,2 %"; the subject where nothing can be said."""
    said = chart.variation
    if said in (None, Variation.FEW):
        return q.say("signal.chart_subject", name=name)
    values = {
        "name": name,
        "value": value(q, chart, chart.chart.value[-1]),
        "when": when(q, chart, len(chart.last) - 1),
        "centre": value(q, chart, chart.chart.centre[-1]),
    }
    if said is Variation.USUAL:
        return q.say("signal.chart_usual", **values)
    return q.say("signal.chart_signal", word=q.say(f"icon.{said.value}"), **values)


def explained(q: Question, chart: UnitSignals) -> str:
    """What the last point says, and why, in one or two sentences."""
    own, at = chart.chart, len(chart.last) - 1
    values = {"when": sentence(when(q, chart, at))}
    if chart.apart[at]:
        return q.say("signal.why_apart", **values)
    n, signal = int(own.n[at]), own.signal[at]
    if not n or (n < SHOWN_FROM and not chart.tracked.is_count):
        return q.say("signal.why_nothing", **values)
    if signal in _RUNS:
        values |= {"what": q.say(f"signal.{chart.run_unit}"), "centre": value(q, chart, own.centre[at])}
        return q.say(f"signal.why_{signal.value}", n=q.number(chart.run), **values)
    if own.trial[at]:
        points = int(((own.part == own.part[at]) & (own.n > 0)).sum())
        return q.say("signal.why_trial", n=q.number(points), least=q.number(BASELINE_LEAST))
    if chart.variation is Variation.FEW:
        what = q.say("source.sheets" if chart.tracked.is_survey else "source.cases", n=q.number(n))
        return q.say("signal.why_few", n=what, **values)
    values |= {"value": value(q, chart, own.value[at]), "range": _range(q, chart, at)}
    return q.say(f"signal.why_{'usual' if signal is Signal.NONE else signal.value}", **values)


def since(q: Question, chart: UnitSignals) -> str:
    """From when on every point has had the last one's signal; "" where it has none or is the first."""
    own = chart.chart.signal
    if own[-1] is Signal.NONE:
        return ""
    is_high = own[-1] in _HIGH
    begun = len(own) - 1
    while begun and own[begun - 1] is not Signal.NONE and (own[begun - 1] in _HIGH) == is_high:
        begun -= 1
    return q.say("signal.since", when=when(q, chart, begun)) if begun < len(own) - 1 else ""


def power(q: Question, chart: UnitSignals) -> str:
    """How many charts of this size would show a fall of eight points; "" for counts and where no level is known."""
    found = power_of(chart)
    if found is None or chart.variation is None:
        return ""
    if cases_a_month(chart) < found.cases:
        key = "signal.power_under"
    else:
        key = "signal.power_late" if chart.tracked.good == "down" else "signal.power"
    return q.say(key, cases=q.number(found.cases), share=q.percent(found.found / found.charts, 0))


def shifted(q: Question, chart: UnitSignals) -> str:
    """Whether the points since the last recorded change have shifted by the two rules of runs; "" for under ten."""
    own = chart.chart
    now = (own.part == own.part[-1]) & (own.n > 0) & ~chart.apart
    found = run_rules(own.value[now] - own.centre[now])
    if found is None:
        return ""
    return q.say(
        "signal.runs_shifted" if found.shifted else "signal.runs_usual",
        n=q.number(found.points),
        longest=q.number(found.longest),
        most=q.number(found.longest_usual),
        crossings=q.number(found.crossings),
        least=q.number(found.crossings_usual),
    )


def point(q: Question, chart: UnitSignals, at: int) -> str:
    """What a point says when pointed at: its months, counts, usual range and signal, a line each."""
    own = chart.chart
    x, n = int(chart.x[at]), int(own.n[at])
    lines = [sentence(when(q, chart, at))]
    if not n or (n < SHOWN_FROM and not chart.tracked.is_count):
        return "\n".join([*lines, q.say("signal.nothing_shown")])
    if chart.tracked.is_count:
        rate = value(q, chart, own.value[at])
        lines.append(q.say("signal.rate", n=q.number(x), days=q.number(n), rate=rate))
    else:
        share = q.percent(own.value[at])
        lines.append(q.say(_HOVER[chart.tracked.name], x=q.number(x), n=q.number(n), share=share))
    if chart.apart[at]:
        lines.append(q.say("signal.apart"))
    elif np.isfinite(own.low[at]):
        lines.append(q.say("signal.usual_range", range=_range(q, chart, at)))
    return "\n".join(lines)


def level(q: Question, chart: UnitSignals) -> str:
    """What stands beside the usual level; "" where the last point has none."""
    centre = chart.chart.centre[-1]
    return q.say("signal.level", centre=value(q, chart, centre)) if np.isfinite(centre) else ""


def value(q: Question, chart: UnitSignals, measured: float, decimals: int = 1) -> str:
    """A share with so many decimals, or cases a working day; a unit that has hardly two a day needs a decimal more."""
    if chart.tracked.is_count:
        return q.number(measured, 2 if chart.chart.centre[-1] < _MANY else 1)
    return q.percent(measured, decimals)


def _range(q: Question, chart: UnitSignals, at: int) -> str:
    low, high = float(chart.chart.low[at]), float(chart.chart.high[at])
    if chart.tracked.is_count:
        return f"{value(q, chart, low)}–{value(q, chart, high)}"
    return q.range(low, high)
