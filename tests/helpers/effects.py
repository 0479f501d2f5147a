"""Districts whose units start a model at known months, and the effect once more in loops and exact fractions."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from math import inf
from typing import TypeAlias

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from comparison.life import OUTCOMES, WINDOWS, Life
from comparison.statistics.effect import Effect, effect
from comparison.statistics.estimate import Estimate
from comparison.statistics.windows import Window, ahead, around

Counts: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
# By unit, then by wave; None where the answers are too few.
Changes: TypeAlias = Mapping[int, Mapping[int, Fraction | None]]


def steady(shares: Sequence[tuple[int, int, int]], months: int, n: int = 100) -> tuple[Counts, Counts]:
    """A district whose units keep one share before and another from a month on: (x, n)."""
    levels = [[before] * start + [after] * (months - start) for before, after, start in shares]
    return np.array(levels), np.full((len(shares), months), n)


def slow_side(x: Counts, n: Counts, unit: int, start: int, first: int, last: int) -> tuple[int, int, int]:
    months = [start + k for k in range(first, last + 1) if 0 <= start + k < len(n[unit]) and n[unit][start + k] > 0]
    return sum(int(x[unit][m]) for m in months), sum(int(n[unit][m]) for m in months), len(months)


def slow_change(x: Counts, n: Counts, unit: int, start: int, window: Window) -> Fraction | None:
    before = slow_side(x, n, unit, start, *window.before)
    after = slow_side(x, n, unit, start, *window.after)
    if any(side[1] < 30 or side[2] < 3 for side in (before, after)):
        return None
    return Fraction(after[0], after[1]) - Fraction(before[0], before[1])


def slow_exposure(n: Counts, unit: int, own_start: float, start: int, window: Window) -> Fraction:
    shares = []
    for first, last in (window.before, window.after):
        months = [start + k for k in range(first, last + 1) if 0 <= start + k < len(n[unit])]
        under = sum(int(n[unit][m]) for m in months if m >= own_start + window.begins)
        shares.append(Fraction(under, sum(int(n[unit][m]) for m in months)))
    return shares[1] - shares[0]


def slow_effect(
    changes: Changes, starts: Mapping[int, float], waves: Sequence[int], window: Window, width: int
) -> tuple[Fraction | None, list[int], set[int]]:
    """changes[unit][wave] or None, for units that start as said: (effect or None, waves used, units used)."""
    total, weight = Fraction(0), 0
    used: list[int] = []
    units: set[int] = set()
    for wave in waves:
        end = min(wave + window.waits, width - 1)
        counted = {u: change for u in changes if (change := changes[u][wave]) is not None}
        own = [u for u in counted if starts[u] == wave]
        others = [u for u in counted if starts[u] > end]
        if not own or len(others) < 3:
            continue
        difference = Fraction(sum(counted[u] for u in own), len(own))
        difference -= Fraction(sum(counted[u] for u in others), len(others))
        total, weight = total + difference * len(own), weight + len(own)
        used.append(wave)
        units |= {*own, *others}
    return (total / weight if weight else None), used, units


def slow_p(
    changes: Changes, starts: Mapping[int, float], waves: Sequence[int], window: Window, width: int
) -> tuple[Fraction, Fraction]:
    """p over all ways to deal the starts of these units among them, and the observed effect."""
    order = list(changes)
    observed, _, _ = slow_effect(changes, starts, waves, window, width)
    assert observed is not None
    as_far, ways = 0, 0
    for dealt in permutations([starts[u] for u in order]):
        found, _, _ = slow_effect(changes, dict(zip(order, dealt, strict=True)), waves, window, width)
        ways += 1
        as_far += found is None or abs(found) >= abs(observed)
    return Fraction(as_far, ways), observed


districts = st.tuples(
    st.integers(0, 2**32 - 1),
    st.integers(5, 6),
    st.lists(st.sampled_from([3, 5, 6, 8, 14, inf]), min_size=6, max_size=6),
    st.sampled_from([around(3), ahead(3), Window((-4, -1), (1, 3), 0, 3)]),
)


def drawn(seed: int, units: int, starts: Sequence[float], months: int = 12) -> tuple[Counts, Counts, Floats]:
    generator = np.random.default_rng(seed)
    n = generator.choice([0, 10, 12, 15, 20], (units, months), p=[0.04, 0.24, 0.24, 0.24, 0.24])
    return generator.binomial(n, generator.uniform(0.2, 0.9, (units, 1))), n, np.array(starts[:units], dtype=float)


def estimated(found: Effect) -> Estimate:
    assert found.estimate is not None
    return found.estimate


def before_that(found: Effect) -> Estimate:
    """What the same calculation gives in the months before."""
    assert found.placebo is not None
    return found.placebo


def seen(found: Effect) -> tuple[float, ...]:
    best, before = estimated(found), before_that(found)
    return (best.value, best.low, best.high, best.p, before.value, before.p, *found.leave_one_out)


NOISE = np.array([[(7 * unit + 3 * month) % 5 - 2 for month in range(24)] for unit in range(15)])


def planted(
    starts: Sequence[float], rise: int = 10, months: int = 24, units: int = 15
) -> tuple[Counts, Counts, Floats]:
    """Units around 80 of 100, those that start rising from their month on, all with a little of their own."""
    x = 80 + NOISE[:units, :months]
    begun = np.full(units, np.inf)
    begun[: len(starts)] = starts
    return x + rise * (np.arange(months) >= begun[:, None]), np.full((units, months), 100), begun


def life_of(
    x: Counts, n: Counts, starts: Floats, outcome: str = "satisfaction",
    overlapping: tuple[str, ...] = (), other_models: tuple[str, ...] = (),
) -> Life:  # fmt: skip
    """A life of units X. 0, X. 1, …, its effects calculated for real."""
    effects = {window: effect(x, n, starts, window) for window in WINDOWS}
    return Life(
        OUTCOMES[outcome], tuple((f"u{unit}", f"Xã {unit}") for unit in range(len(n))),
        tuple(f"{2023 + month // 12}-{month % 12 + 1:02}" for month in range(n.shape[1])), starts,
        x.astype(float), n.astype(float), effects, overlapping, other_models, effects[6].verdict, (),
    )  # fmt: skip
