"""What a chart's last month says, and whether a target is safe, in the few words that an icon can carry."""

from enum import Enum
from typing import Literal

import numpy as np

from comparison.statistics.signals import LIMIT, Signal, Signals

# The direction that helps people; None where neither does (volume).
Good = Literal["up", "down"] | None

_HIGH = (Signal.HIGH, Signal.RUN_HIGH)


class Variation(Enum):
    """The last month beside the usual level."""

    BETTER = "better"
    WORSE = "worse"
    NEUTRAL = "neutral"  # a signal where good and bad do not apply
    USUAL = "usual"
    FEW = "few"  # under 25 cases and no signal from a run: shown, never flagged


class Assurance(Enum):
    """A target beside what usual months can bring."""

    SURE = "sure"
    UNSURE = "unsure"
    FAIL = "fail"


def variation(chart: Signals, good: Good) -> Variation:
    """What the last point says: its signal, turned by which direction is good. Raises ValueError without a point."""
    if not chart.signal:
        raise ValueError("a chart without a month says nothing")
    last = chart.signal[-1]
    if last is Signal.NONE:
        few = chart.n[-1] == 0 or chart.n[-1] < chart.family.least
        return Variation.FEW if few else Variation.USUAL
    if good is None:
        return Variation.NEUTRAL
    return Variation.BETTER if (last in _HIGH) == (good == "up") else Variation.WORSE


def assurance(chart: Signals, target: float | None, good: Good) -> Assurance | None:
    """Whether usual months meet a target (in the unit of `value`): its place beside the limits at the median n.

    SURE if the target is met even at the worse limit, FAIL if not even at the better one, as Making Data Count (NHS
    England) has it. The limits are those of |z*| = 3 at the median n since the last recorded change. None without a
    target, and in a trial, which has no limits. Raises ValueError for a target without a good direction.
    """
    if target is None:
        return None
    if good is None:
        raise ValueError("a target needs a direction that is good")
    now = (chart.part == chart.part[-1]) & (chart.n > 0) if chart.signal else np.zeros(0, dtype=bool)
    if not now.any() or chart.trial[-1]:
        return None
    usual_n = np.array([max(np.floor(np.median(chart.n[now])), 1.0)])
    reach = LIMIT * float(chart.spread[-1])
    _, limits = chart.family.cuts(np.array([-reach, reach]), usual_n, float(chart.centre[-1]))
    low, high = (limits / usual_n)[:, 0]
    worse, better = (low, high) if good == "up" else (-high, -low)
    wanted = target if good == "up" else -target
    if worse >= wanted:
        return Assurance.SURE
    return Assurance.FAIL if better < wanted else Assurance.UNSURE
