"""Which units stand apart from all units of their kind, by exact tails and by how much units naturally differ."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparison.statistics.counts import as_counts
from comparison.statistics.funnel_lines import FLAG_TAIL, WATCH_TAIL
from comparison.statistics.intervals import Z_95, Z_998
from comparison.statistics.overdispersion import phi, robust_deviation
from comparison.statistics.tails import lower_tail, upper_tail
from comparison.statistics.tiers import COMPARED_FROM, SHOWN_FROM

# Our judgement: the spread of seven units is a guess.
SPREAD_FROM = 8

Floats = NDArray[np.float64]
Good = Literal["up", "down"]


class Flag(Enum):
    """How a unit's share lies in the funnel; which side is the better one is told by `Funnel.worse`."""

    LOW = "low"
    WATCH_LOW = "watch_low"
    USUAL = "usual"
    WATCH_HIGH = "watch_high"
    HIGH = "high"
    FEW = "few"  # 5 to 24 cases: shown, never flagged
    HIDDEN = "hidden"  # under 5 cases
    NONE = "none"  # no case, or no funnel to lie in


class Reason(Enum):
    """What keeps a funnel from being whole."""

    NO_UNIT = "no_unit"  # nobody has 25 cases: no funnel
    ONE_UNIT = "one_unit"  # nobody to compare with: no funnel, only the unit's own interval and target
    NO_EVENT = "no_event"  # all 0 (centre 0) or all n (centre 1) of every unit: no limits
    TARGET_AT_THE_EDGE = "target_at_the_edge"  # a target of all or nothing is missed by a single case: no limits
    TOO_FEW_UNITS = "too_few_units"  # too few to measure natural spread: flags by chance alone


@dataclass(frozen=True)
class Funnel:
    """The funnel of all units of one kind; arrays are (units,).

    `centre` is the share in the middle (nan without one), `tau2` the natural spread on the scale of asin √share, `phi`
    how many times more than chance units differ around their own centre, winsorised (both nan under eight units), `k`
    how many units have 25 cases. `lower` = P(X <= x) and `upper` = P(X >= x) of the centre are exact, `z` allows for
    natural spread; nan where a unit is not compared, and `z` where there is no `tau2`. `good` is the better side.
    """

    centre: float
    tau2: float
    phi: float
    k: int
    reason: Reason | None
    flags: tuple[Flag, ...]
    lower: Floats
    upper: Floats
    z: Floats
    good: Good

    @property
    def worse(self) -> NDArray[np.bool_]:
        """Whether each unit is flagged on the worse side."""
        return self._flagged(Flag.HIGH if self.good == "down" else Flag.LOW)

    @property
    def better(self) -> NDArray[np.bool_]:
        """Whether each unit is flagged on the better side."""
        return self._flagged(Flag.LOW if self.good == "down" else Flag.HIGH)

    def _flagged(self, flag: Flag) -> NDArray[np.bool_]:
        return np.asarray([each is flag for each in self.flags], dtype=bool)


def centre(x: ArrayLike, n: ArrayLike) -> float:
    """The middle share of units with n >= 25: sin² of the median of asin √(x / n), which a few bad units do not move.

    Where more than half of them have no event, or nothing but events, while others have, the same with
    (x + 3/8) / (n + 3/4) (Anscombe 1948, Biometrika 35, 246-254): a median of 0 would make any single event impossible.
    0 or 1 where not one unit of any size has an event, or anything else. nan if no unit has 25 cases. Flat. Raises
    ValueError unless x of n are counts.
    """
    found, total = as_counts(x, n)
    compared = total >= COMPARED_FROM
    if not compared.any():
        return float("nan")
    middle = float(np.median(_angles(found[compared], total[compared])))
    if middle in (0.0, np.pi / 2) and 0 < found.sum() < total.sum():
        middle = float(np.median(_angles(found[compared] + 3 / 8, total[compared] + 3 / 4)))
    return float(np.sin(middle) ** 2)


def natural_spread(x: ArrayLike, n: ArrayLike) -> float:
    """How much units with n >= 25 differ beyond chance: the variance τ² of asin √share; nan under eight such units.

    max(0, (1.4826 median |d|)² - median(1 / (4 n))), d = asin √(x / n) less its median. Robust: two bad units among
    twelve widen the classic τ² (`overdispersion.additive_spread`) until neither stands out. Flat. Raises ValueError
    unless x of n are counts.
    """
    found, total = as_counts(x, n)
    compared = total >= COMPARED_FROM
    if compared.sum() < SPREAD_FROM:
        return float("nan")
    angles = _angles(found[compared], total[compared])
    spread = robust_deviation(angles)
    return max(0.0, float(spread**2 - np.median(1 / (4 * total[compared]))))


def funnel(x: ArrayLike, n: ArrayLike, good: Good = "down", target: float | None = None) -> Funnel:
    """How each unit's x of n lies among all units of its kind: give all of them, whatever is selected on a page.

    Flagged are units with n >= 25 whose exact tail is under 0.001 (under 0.025: watch) and, from eight such units on,
    whose |z| is above 3.09 (1.96) too, z = (asin √share - asin √centre) / sqrt(1 / (4 n) + τ²). The centre is that of
    the units (`centre`) unless a target is given; natural spread is always that of the units. Flat. Raises ValueError
    unless x of n are counts in one dimension and a target lies between 0 and 1.
    """
    found, total = as_counts(x, n)
    if found.ndim != 1:
        raise ValueError("x and n must be one for each unit")
    if target is not None and not 0 <= target <= 1:
        raise ValueError("a target must lie between 0 and 1")
    compared = total >= COMPARED_FROM
    k = int(compared.sum())
    own = centre(found, total)
    middle = own if target is None else target
    tau2 = natural_spread(found, total)
    reason = _reason(k, found, total, target)
    lower, upper, z = (np.full(total.shape, np.nan) for _ in range(3))
    if reason in (None, Reason.TOO_FEW_UNITS):
        lower[compared] = lower_tail(found[compared], total[compared], middle)
        upper[compared] = upper_tail(found[compared], total[compared], middle)
        z[compared] = _angles_from(middle, found[compared], total[compared]) / np.sqrt(1 / (4 * total[compared]) + tau2)
    # Around a centre without any event there is nothing to differ.
    dispersion = (
        float("nan") if k < SPREAD_FROM or own in (0, 1) else phi(_scores(own, found[compared], total[compared]))
    )
    return Funnel(middle, tau2, dispersion, k, reason, _flags(total, lower, upper, z), lower, upper, z, good)


def _reason(k: int, x: Floats, n: Floats, target: float | None) -> Reason | None:
    if k == 0:
        return Reason.NO_UNIT
    if target is None and x.sum() in (0, n.sum()):
        return Reason.NO_EVENT
    if k == 1:
        return Reason.ONE_UNIT
    if target in (0, 1):
        return Reason.TARGET_AT_THE_EDGE
    return Reason.TOO_FEW_UNITS if k < SPREAD_FROM else None


def _flags(n: Floats, lower: Floats, upper: Floats, z: Floats) -> tuple[Flag, ...]:
    flags = np.full(n.shape, Flag.USUAL, dtype=object)
    for unjudged, flag in (
        (np.isnan(lower), Flag.NONE),
        (n < COMPARED_FROM, Flag.FEW),
        (n < SHOWN_FROM, Flag.HIDDEN),
        (n == 0, Flag.NONE),
    ):
        flags[unjudged] = flag
    # nan is never smaller: who is not compared is not flagged. Without natural spread the tails decide alone.
    for tail, reach, low, high in (
        (WATCH_TAIL, Z_95, Flag.WATCH_LOW, Flag.WATCH_HIGH),
        (FLAG_TAIL, Z_998, Flag.LOW, Flag.HIGH),
    ):
        flags[(lower < tail) & ~(z >= -reach)] = low
        flags[(upper < tail) & ~(z <= reach)] = high
    return tuple(flags)


def _angles(x: Floats, n: Floats) -> Floats:
    return np.asarray(np.arcsin(np.sqrt(x / n)))


def _angles_from(middle: float, x: Floats, n: Floats) -> Floats:
    return np.asarray(_angles(x, n) - np.arcsin(np.sqrt(middle)))


def _scores(middle: float, x: Floats, n: Floats) -> Floats:
    return np.asarray(_angles_from(middle, x, n) * 2 * np.sqrt(n))
