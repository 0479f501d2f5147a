"""A unit's chart in words: its title, what its last point says and why, and what a chart of its size can find."""

import numpy as np

from comparison.scope import Language
from comparison.signals import UnitSignals
from comparison.signals.counts import quarter_of
from comparison.signals.power import cases_a_month, power_of
from comparison.statistics import SHOWN_FROM
from comparison.statistics.run_rules import run_rules
from comparison.statistics.signals import BASELINE_LEAST, Signal
from comparison.statistics.variation import Variation
from comparison.wording import group_name, number, percent, percent_range, say
from comparison.wording.findings import sentence

_MANY = 2  # cases a working day
_HIGH, _RUNS = (Signal.HIGH, Signal.RUN_HIGH), (Signal.RUN_HIGH, Signal.RUN_LOW)
_HOVER = {"on_time": "hover.on_time", "late": "hover.late", "satisfaction": "hover.satisfied"}


def when(language: Language, chart: UnitSignals, at: int) -> str:
    """The month of a point, or the months of one that is several."""
    first, last = chart.first[at], chart.last[at]
    if first == last:
        return group_name(language, last)
    is_whole = int(last[5:]) - int(first[5:]) == 2 and quarter_of(first) == quarter_of(last)
    return (
        group_name(language, quarter_of(last))
        if is_whole
        else f"{group_name(language, first)}–{group_name(language, last)}"
    )


def title(language: Language, chart: UnitSignals, name: str) -> str:
    """ "Đúng hạn 06/2025: 95,2 %, xấu đi; mức thường 97,2 %"; the subject where nothing can be said."""
    said = chart.variation
    if said in (None, Variation.FEW):
        return say(language, "signal.chart_subject", name=name)
    values = {"name": name, "value": _value(language, chart, chart.chart.value[-1])}
    values["when"] = when(language, chart, len(chart.last) - 1)
    values["centre"] = _value(language, chart, chart.chart.centre[-1])
    if said is Variation.USUAL:
        return say(language, "signal.chart_usual", **values)
    return say(language, "signal.chart_signal", word=say(language, f"icon.{said.value}"), **values)


def explained(language: Language, chart: UnitSignals) -> str:
    """What the last point says, and why, in one or two sentences."""
    own, at = chart.chart, len(chart.last) - 1
    values = {"when": sentence(when(language, chart, at))}
    if chart.apart[at]:
        return say(language, "signal.why_apart", **values)
    n, signal = int(own.n[at]), own.signal[at]
    if not n or (n < SHOWN_FROM and not chart.tracked.is_count):
        return say(language, "signal.why_nothing", **values)
    if signal in _RUNS:
        return say(
            language, f"signal.why_{signal.value}", n=number(language, chart.run),
            what=say(language, f"signal.{chart.run_unit}"), centre=_value(language, chart, own.centre[at]), **values,
        )  # fmt: skip
    if own.trial[at]:
        points = int(((own.part == own.part[at]) & (own.n > 0)).sum())
        return say(language, "signal.why_trial", n=number(language, points), least=number(language, BASELINE_LEAST))
    if chart.variation is Variation.FEW:
        what = say(language, "source.sheets" if chart.tracked.is_survey else "source.cases", n=number(language, n))
        return say(language, "signal.why_few", n=what, **values)
    values |= {"value": _value(language, chart, own.value[at]), "range": _range(language, chart, at)}
    key = "usual" if signal is Signal.NONE else signal.value
    return say(language, f"signal.why_{key}", **values)


def since(language: Language, chart: UnitSignals) -> str:
    """From when on every point has had the last one's signal; "" where it has none or is the first."""
    own = chart.chart.signal
    if own[-1] is Signal.NONE:
        return ""
    is_high = own[-1] in _HIGH
    begun = len(own) - 1
    while begun and own[begun - 1] is not Signal.NONE and (own[begun - 1] in _HIGH) == is_high:
        begun -= 1
    if begun == len(own) - 1:
        return ""
    return say(language, "signal.since", when=when(language, chart, begun))


def power(language: Language, chart: UnitSignals) -> str:
    """How many charts of this size would show a fall of eight points; "" for counts and where no level is known."""
    found = power_of(chart)
    if found is None or chart.variation is None:
        return ""
    if cases_a_month(chart) < found.cases:
        key = "signal.power_under"
    else:
        key = "signal.power_late" if chart.tracked.good == "down" else "signal.power"
    return say(
        language, key, cases=number(language, found.cases), share=percent(language, found.found / found.charts, 0)
    )


def shifted(language: Language, chart: UnitSignals) -> str:
    """Whether the points since the last recorded change have shifted by the two rules of runs; "" for under ten."""
    own = chart.chart
    now = (own.part == own.part[-1]) & (own.n > 0) & ~chart.apart
    found = run_rules(own.value[now] - own.centre[now])
    if found is None:
        return ""
    return say(
        language, "signal.runs_shifted" if found.shifted else "signal.runs_usual", n=number(language, found.points),
        longest=number(language, found.longest), most=number(language, found.longest_usual),
        crossings=number(language, found.crossings), least=number(language, found.crossings_usual),
    )  # fmt: skip


def point(language: Language, chart: UnitSignals, at: int) -> str:
    """What a point says when pointed at: its months, counts, usual range and signal, a line each."""
    own = chart.chart
    x, n = int(chart.x[at]), int(own.n[at])
    lines = [sentence(when(language, chart, at))]
    if not n or (n < SHOWN_FROM and not chart.tracked.is_count):
        return "\n".join([*lines, say(language, "signal.nothing_shown")])
    if chart.tracked.is_count:
        days = number(language, n)
        each = _value(language, chart, own.value[at])
        lines.append(say(language, "signal.rate", n=number(language, x), days=days, rate=each))
    else:
        share = percent(language, own.value[at])
        lines.append(
            say(language, _HOVER[chart.tracked.name], x=number(language, x), n=number(language, n), share=share)
        )
    if chart.apart[at]:
        lines.append(say(language, "signal.apart"))
    elif np.isfinite(own.low[at]):
        lines.append(say(language, "signal.usual_range", range=_range(language, chart, at)))
    return "\n".join(lines)


def level(language: Language, chart: UnitSignals) -> str:
    """What stands beside the usual level; "" where the last point has none."""
    centre = chart.chart.centre[-1]
    return say(language, "signal.level", centre=_value(language, chart, centre)) if np.isfinite(centre) else ""


def rate(language: Language, chart: UnitSignals, value: float) -> str:
    """Cases a working day; a unit that has hardly two a day needs a decimal more."""
    return number(language, value, 2 if chart.chart.centre[-1] < _MANY else 1)


def _value(language: Language, chart: UnitSignals, value: float) -> str:
    return rate(language, chart, value) if chart.tracked.is_count else percent(language, value)


def _range(language: Language, chart: UnitSignals, at: int) -> str:
    low, high = float(chart.chart.low[at]), float(chart.chart.high[at])
    if chart.tracked.is_count:
        return f"{rate(language, chart, low)}–{rate(language, chart, high)}"
    return percent_range(language, low, high)
