"""The effect of a model: adopters' mean change less that of units not yet adopting, and how sure it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.means import difference_of_means
from comparison.statistics.permutation import (
    Labels,
    assignments,
    inverted_interval,
    means,
    number_of_assignments,
    p_value,
    smallest_p,
)
from comparison.statistics.waves import Comparison

Floats = NDArray[np.float64]
NAN = float("nan")


@dataclass(frozen=True)
class Estimate:
    """A difference of changes of shares (0.08: eight points more than the comparison units).

    `value` = `adopters_change` - `others_change`. `low`, `high`: 95 %, for one wave Student's t with pooled spread, for
    several the permutation test inverted; nan with a single adopter. `p`: two-sided, by permutation of the adoption
    dates in any of `ways`; `smallest_p` is the smallest it could have been. `adopters` and `others` count units,
    `waves` start months.
    """

    value: float
    adopters_change: float
    others_change: float
    low: float
    high: float
    p: float
    smallest_p: float
    ways: int
    adopters: int
    others: int
    waves: int

    @property
    def holds_zero(self) -> bool:
        """Whether no effect lies within the interval; False if there is no interval."""
        return self.low <= 0 <= self.high


@dataclass(frozen=True)
class Placebos:
    """A single adopter among what every unit shows when put in its place: units (positions) and effects, flat.

    The adopter is the first of them. `rank`: how many, itself among them, gained as much or more; 1 is the greatest
    gain of `len(effects)`. No verdict follows: one unit can be first by luck alone, with probability 1 / len(effects).
    """

    units: NDArray[np.intp]
    effects: Floats
    rank: int


def estimate(comparison: Comparison) -> Estimate | None:
    """The effect with its uncertainty, or None if the comparison has no wave."""
    if not comparison.waves.size:
        return None
    pool, adopts, waits, group = _groups(comparison)
    own_change, other_change, _ = (float(part[0]) for part in means(pool, adopts, waits, group[None]))
    value = own_change - other_change
    sizes = tuple(np.bincount(group).tolist())
    dealt = pool.of(_dealing_order(pool, group, value))
    own, other, apart = means(dealt, adopts, waits, assignments(sizes))
    adopters = int(comparison.adopters.sum())
    low, high = NAN, NAN
    if adopters > 1 and comparison.waves.size == 1:
        is_own, changes = pool.adopts[:, 0], pool.change[:, 0]
        _, low, high = difference_of_means(changes[is_own], changes[~is_own])
    elif adopters > 1:
        low, high = inverted_interval(own - other, apart, value)
    return Estimate(
        value, own_change, other_change, low, high, p_value(own - other, value), smallest_p(sizes),
        number_of_assignments(sizes), adopters, int(comparison.others.sum()), comparison.waves.size,
    )  # fmt: skip


def placebos(comparison: Comparison) -> Placebos | None:
    """Every unit in the place of the single adopter; None unless exactly one unit adopts.

    After Abadie, Diamond & Hainmueller (2010), Journal of the American Statistical Association 105, 493-505, with the
    plain mean of the others in place of a weighted one.
    """
    if comparison.adopters.sum() != 1:
        return None
    units = np.concatenate([np.flatnonzero(comparison.adopters), np.flatnonzero(comparison.others)])
    changes = comparison.change[units, 0]
    effects = changes - (changes.sum() - changes) / (changes.size - 1)
    return Placebos(units, effects, int(np.sum(effects >= effects[0] - 1e-12)))


def leave_one_out(comparison: Comparison) -> tuple[float, float]:
    """The smallest and the largest effect when each adopter in turn is left out; nan with fewer than two adopters."""
    if comparison.adopters.sum() < 2:
        return NAN, NAN
    pool, adopts, waits, group = _groups(comparison)
    adopters = np.flatnonzero(pool.adopters)
    labels = np.tile(group, (adopters.size, 1))
    labels[np.arange(adopters.size), adopters] = -1
    own, other, _ = means(pool, adopts, waits, labels)
    return float(np.nanmin(own - other)), float(np.nanmax(own - other))


def baseline_ranks(comparison: Comparison, before: Floats) -> tuple[Floats, Floats]:
    """Each adopter's rank by its share before, 1 the lowest, and of how many units: two arrays (units,).

    before: (units, waves) shares before each wave. The rank is among the adopters of its wave and the units beside
    them; equals share the better (lower) number. Adopters all of low rank may have been chosen for being worst, and
    would rise without any model (regression to the mean). nan for units that are no adopters.
    """
    rank, of = (np.full(len(comparison.change), NAN) for _ in range(2))
    for wave in range(comparison.waves.size):
        own = comparison.adopts[:, wave] & comparison.usable[:, wave]
        among = own | (comparison.waits[:, wave] & comparison.usable[:, wave])
        shares = before[among, wave]
        rank[own] = 1 + (shares < before[own, wave][:, None]).sum(axis=1)
        of[own] = among.sum()
    return rank, of


def _groups(comparison: Comparison) -> tuple[Comparison, Floats, Floats, Labels]:
    """The compared units alone; what each group of them is to each wave (groups, waves), twice; each unit's group.

    A group are the units that are the same to every wave.
    """
    chosen = np.flatnonzero(comparison.adopters | comparison.others)
    roles = np.hstack([comparison.adopts, comparison.waits])[chosen]
    kinds, group = np.unique(roles, axis=0, return_inverse=True)
    adopts, waits = np.hsplit(kinds.astype(np.float64), 2)
    return comparison.of(chosen), adopts, waits, group.ravel().astype(np.int8)


def _dealing_order(pool: Comparison, group: Labels, value: float) -> NDArray[np.intp]:
    """Units by group, and within it by their figures: drawn assignments must not depend on the order of units.

    Nor on whether the satisfied or the dissatisfied are counted: changes are ordered along the sign of the effect.
    """
    along = np.round(pool.change * np.copysign(1, value), 12)
    figures = (pool.usable, along, np.round(pool.exposure, 12))
    return np.lexsort([*(column for figure in figures for column in figure.T), group])
