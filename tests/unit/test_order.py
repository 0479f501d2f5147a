"""The order of units, against a slow twin, and when it is refused."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from comparison.statistics.order import ordered
from tests.helpers.properties import examples

counted = st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
districts = st.lists(counted, max_size=10)


def slow_order(units: list[tuple[int, int]]) -> tuple[float, float, list[float | None]]:
    """(tau2, p, shrunken shares) in plain Python; None for units that are not compared."""
    compared = [(x, n) for x, n in units if n >= 25]
    k, cases = len(compared), sum(n for _, n in compared)
    if k == 0:
        return 0.0, float("nan"), [None] * len(units)
    pooled = sum(x for x, _ in compared) / cases
    chance = pooled * (1 - pooled)
    tau2, p = 0.0, float("nan")
    if k > 1 and 0 < pooled < 1:
        squares = sum(n * (x / n - pooled) ** 2 for x, n in compared)
        tau2 = max(0.0, (squares - (k - 1) * chance) / (cases - sum(n * n for _, n in compared) / cases))
        p = chi2.sf(squares / chance, k - 1)
    values: list[float | None] = []
    for x, n in units:
        if n < 25:
            values.append(None)
            continue
        trust = tau2 / (tau2 + chance / n) if tau2 > 0 else 0.0
        values.append(pooled + trust * (x / n - pooled))
    return tau2, p, values


@given(districts)
def test_shrunken_shares_are_what_the_slow_twin_finds(units):
    found = ordered(*columns(units))
    tau2, p, values = slow_order(units)
    assert found.tau2 == pytest.approx(tau2, rel=1e-7, abs=1e-12)
    assert found.p == pytest.approx(p, rel=1e-7, abs=1e-12, nan_ok=True)
    expected = [float("nan") if value is None else value for value in values]
    assert found.shrunken == pytest.approx(expected, rel=1e-7, abs=1e-10, nan_ok=True)


def columns(units):
    return np.array([x for x, _ in units], dtype=float), np.array([n for _, n in units], dtype=float)


def test_units_that_do_not_differ_shrink_fully_and_are_not_ordered():
    found = ordered([8, 7, 9, 16], [100, 100, 100, 200])
    assert found.tau2 == 0
    assert found.shrunken == pytest.approx([40 / 500] * 4)
    assert found.refused
    assert np.isnan(found.rank).all()


def test_differences_that_chance_makes_are_refused_even_with_some_spread():
    found = ordered([8, 4, 12, 16], [100, 100, 100, 200])
    assert found.tau2 > 0
    assert found.p > 0.05
    assert found.refused
    assert np.isnan(found.rank).all()


def test_units_that_differ_are_ordered_by_what_is_known_of_them():
    late, n = [5, 90, 300, 9, 3], [100, 1000, 1000, 30, 24]
    found = ordered(late, n)
    assert not found.refused
    # Nine of thirty is as high a share as three hundred of a thousand, and much less sure.
    assert found.rank[:4].tolist() == [1, 2, 4, 3]
    assert isnan(found.rank[4])
    assert isnan(found.shrunken[4])
    assert found.shrunken[3] < found.shrunken[2] < 0.3
    assert ordered(late, n, "up").rank[:4].tolist() == [4, 3, 1, 2]


def test_equal_units_share_the_better_rank():
    assert ordered([5, 90, 90, 300], [1000] * 4).rank.tolist() == [1, 2, 2, 4]


@given(districts.flatmap(lambda units: st.tuples(st.just(units), st.permutations(range(len(units))))))
@examples(50)
def test_the_order_knows_no_unit_by_name(pair):
    x, n = columns(pair[0])
    shuffled = np.array(pair[1], dtype=int)
    found, again = ordered(x, n), ordered(x[shuffled], n[shuffled])
    assert again.tau2 == pytest.approx(found.tau2, rel=1e-12)
    assert np.array_equal(again.rank, found.rank[shuffled], equal_nan=True)


@given(districts)
@examples(50)
def test_late_and_on_time_give_the_same_order(units):
    x, n = columns(units)
    late, on_time = ordered(x, n, "down"), ordered(n - x, n, "up")
    assert np.array_equal(late.rank, on_time.rank, equal_nan=True)
    assert on_time.shrunken == pytest.approx(1 - late.shrunken, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize(
    ("x", "n"), [([], []), ([3], [40]), ([3, 2], [40, 20]), ([0, 0, 0], [40, 50, 60]), ([40, 50, 60], [40, 50, 60])]
)
def test_nothing_to_order(x, n):
    found = ordered(x, n)
    assert found.refused
    assert isnan(found.p)
    assert np.isnan(found.rank).all()


def test_districts_without_any_difference_are_ordered_once_in_twenty():
    generator = np.random.default_rng(20261122)
    orders = []
    for _ in range(400):
        n = generator.integers(25, 376, 15)
        orders.append(ordered(generator.binomial(n, 0.08), n))
    assert sum(found.tau2 > 0 for found in orders) > 120, "the moments alone would order every third or second district"
    assert 4 <= sum(not found.refused for found in orders) <= 36
