"""Cases due after a launch but received before it: what counts after a start is told apart from what counts before."""

from collections.abc import Mapping
from fractions import Fraction
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.statistics.effect import effect
from comparison.statistics.estimate import estimate
from comparison.statistics.verdict import Verdict
from comparison.statistics.waves import compare
from comparison.statistics.windows import Window, exposure, sides
from tests.helpers.effects import (
    Counts,
    Floats,
    districts,
    drawn,
    estimated,
    planted,
    seen,
    slow_effect,
    slow_p,
    slow_side,
)
from tests.helpers.properties import examples


def later_than(x: Counts, n: Counts, begun: Floats, generator: np.random.Generator) -> dict[int, tuple[Counts, Counts]]:
    """For each start month a part of x and n, another one each."""
    found: dict[int, tuple[Counts, Counts]] = {}
    for start in sorted({int(each) for each in begun if 0 <= each < n.shape[1]}):
        kept = generator.binomial(n, 0.8)
        found[start] = generator.binomial(kept, 0.6), kept
    return found


def as_floats(since: Mapping[int, tuple[Counts, Counts]]) -> dict[int, tuple[Floats, Floats]]:
    return {start: (x.astype(float), n.astype(float)) for start, (x, n) in since.items()}


# The slow twin of test_effect, with the side after read elsewhere.


def slow_change_since(
    x: Counts, n: Counts, later: Mapping[int, tuple[Counts, Counts]], unit: int, start: int, window: Window
) -> Fraction | None:
    before = slow_side(x, n, unit, start, *window.before)
    after = slow_side(*later[start], unit, start, *window.after)
    if any(side[1] < 30 or side[2] < 3 for side in (before, after)):
        return None
    return Fraction(after[0], after[1]) - Fraction(before[0], before[1])


def slow_exposure_since(n, later, unit, own_start, start, window):
    shares = []
    for counted, (first, last) in ((n, window.before), (later[start][1], window.after)):
        months = [start + k for k in range(first, last + 1) if 0 <= start + k < counted.shape[1]]
        under = sum(int(counted[unit][m]) for m in months if m >= own_start + window.begins)
        shares.append(Fraction(under, sum(int(counted[unit][m]) for m in months)))
    return shares[1] - shares[0]


@examples(40)
@given(districts)
def test_sides_effect_and_p_are_what_the_slow_twin_finds(made):
    seed, units, starts, window = made
    x, n, begun = drawn(seed, units, starts)
    later = later_than(x, n, begun, np.random.default_rng([seed, 1]))
    counted = compare(x.astype(float), n.astype(float), begun, window, since=as_floats(later))
    width, own = n.shape[1], dict(enumerate(begun.tolist()))
    waves = sorted(later)
    changes = {u: {w: slow_change_since(x, n, later, u, w, window) for w in waves} for u in range(units)}
    value, used, pool = slow_effect(changes, own, waves, window, width)
    assert counted.waves.tolist() == used
    for wave in waves:
        found = sides(x.astype(float), n.astype(float), wave, window, as_floats(later))
        exposed = exposure(n.astype(float), begun, wave, window, as_floats(later))
        for unit in range(units):
            assert (found.after_x[unit], found.after_n[unit], found.after_months[unit]) == slow_side(
                *later[wave], unit, wave, *window.after
            )
            if changes[unit][wave] is not None:
                slow = slow_exposure_since(n, later, unit, own[unit], wave, window)
                assert exposed[unit] == pytest.approx(float(slow))
    best = estimate(counted)
    if value is None:
        assert best is None
        return
    assert best is not None
    p, observed = slow_p({u: changes[u] for u in pool}, own, used, window, width)
    assert observed == value
    assert best.value == pytest.approx(float(value))
    assert best.p == pytest.approx(float(p))


@examples(25)
@given(st.integers(0, 2**32 - 1), st.sampled_from([[5, 5, inf, inf, inf, inf], [4, 7, 7, inf, inf, inf]]))
def test_the_same_counts_after_give_the_same_effect(seed, starts):
    x, n, begun = drawn(seed, 6, starts, months=14)
    without = effect(x, n, begun, 3)
    same = effect(x, n, begun, 3, dict.fromkeys({int(each) for each in begun if each < inf}, (x, n)))
    assert (same.verdict, same.reason, same.doubts, same.standing) == (
        without.verdict, without.reason, without.doubts, without.standing
    )  # fmt: skip
    assert same.change == pytest.approx(without.change, nan_ok=True)
    assert same.baseline_rank == pytest.approx(without.baseline_rank, nan_ok=True)
    if without.estimate is not None and without.placebo is not None:
        assert seen(same) == pytest.approx(seen(without), nan_ok=True)


def test_the_side_before_never_reads_it():
    x, n, starts = planted([12] * 3, rise=0)
    spoilt_x, spoilt_n = x.copy(), n.copy()
    spoilt_x[:, :13], spoilt_n[:, :13] = 0, 0
    plain, spoilt = effect(x, n, starts, 6, {12: (x, n)}), effect(x, n, starts, 6, {12: (spoilt_x, spoilt_n)})
    assert seen(spoilt) == pytest.approx(seen(plain), nan_ok=True)
    assert spoilt.standing == plain.standing
    assert spoilt.baseline_rank == pytest.approx(plain.baseline_rank, nan_ok=True)


def test_the_side_after_reads_nothing_else():
    x, n, starts = planted([12] * 3)
    x[:, 13:] = 0
    raised = x.copy()
    raised[:3, 13:], raised[3:, 13:] = 90, 80
    found = effect(x, n, starts, 6, {12: (raised, n)})
    assert found.verdict is Verdict.CLEAR_GAIN
    assert estimated(found).value == pytest.approx(0.1, abs=0.02)
    assert found.own.after_x[:3].tolist() == [540] * 3
    assert found.own.after_x[3:].tolist() == [0] * 12


def test_each_wave_reads_its_own():
    x, n, starts = planted([10] * 3 + [15] * 3, rise=0)
    first, second = x.copy(), x.copy()
    first[:3, 11:17] += 10
    second[3:6, 16:22] += 4
    found = effect(x, n, starts, 6, {10: (first, n), 15: (second, n)})
    own = np.array([(first[u, 11:17].sum() - x[u, 4:10].sum()) / 600 for u in range(3)])
    assert found.change[:3] == pytest.approx(own)
    own = np.array([(second[u, 16:22].sum() - x[u, 9:15].sum()) / 600 for u in range(3, 6)])
    assert found.change[3:6] == pytest.approx(own)


def test_what_counts_after_must_be_counts_for_every_start():
    x, n, starts = planted([12] * 3)
    with pytest.raises(ValueError, match="between 0 and n"):
        effect(x, n, starts, 6, {12: (n + 1, n)})
    with pytest.raises(KeyError):
        effect(x, n, starts, 6, {11: (x, n)})
