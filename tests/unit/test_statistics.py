"""Intervals, tails and suppression, against published numbers and slow twins in plain Python."""

from fractions import Fraction
from math import comb, isnan, nextafter

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.statistics import (
    Z_998,
    expected_from_others,
    hidden,
    holm,
    lower_tail,
    standing_out,
    tier,
    upper_tail,
    wilson,
)


# PHEindicatormethods (UK Health Security Agency), tests/testthat: testdata_Byars_Wilson.xlsx, testdata_Proportion.xlsx.
@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (65, 100, 0.552544, 0.736358),
        (1045, 5000, 0.197955, 0.220491),
        (1, 100, 0.001767, 0.054486),
        (5, 100, 0.021544, 0.111750),
        (20, 100, 0.133367, 0.288829),
    ],
)
def test_wilson_gives_the_published_limits(x, n, low, high):
    assert wilson(x, n) == pytest.approx((low, high), abs=1e-6)


def test_wilson_gives_the_published_wider_limits():
    assert wilson(65, 100, Z_998) == pytest.approx((0.495495, 0.778354), abs=1e-6)


def test_wilson_is_exact_at_the_edges():
    low, high = wilson([0, 10, 0, 412], [10, 10, 0, 412])
    assert low[0] == 0.0
    assert high[1] == 1.0
    assert high[0] == pytest.approx(0.2775, abs=5e-5)
    assert low[1] == pytest.approx(0.7225, abs=5e-5)
    assert isnan(low[2])
    assert isnan(high[2])
    assert low[3] == pytest.approx(0.9908, abs=5e-5)


@given(st.integers(0, 10_000_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors(counts):
    x, n = counts
    low, high = wilson(x, n)
    if n == 0:
        assert isnan(low)
        assert isnan(high)
    else:
        assert 0 <= low <= x / n <= high <= 1
        mirrored_low, mirrored_high = wilson(n - x, n)
        assert low == pytest.approx(1 - mirrored_high, abs=1e-9)
        assert high == pytest.approx(1 - mirrored_low, abs=1e-9)


@pytest.mark.parametrize("function", [wilson, lambda x, n: lower_tail(x, n, 0.5), lambda x, n: upper_tail(x, n, 0.5)])
@pytest.mark.parametrize(
    ("x", "n"), [(-1, 5), (6, 5), (1, -1), (1.5, 5), (1, 5.5), (float("nan"), 5), (1, float("inf"))]
)
def test_what_is_no_count_is_refused(function, x, n):
    with pytest.raises(ValueError, match=r"whole numbers|between 0 and n"):
        function([0, x], [10, n])


def slow_tail(values: range, n: int, share: Fraction) -> Fraction:
    return sum((comb(n, k) * share**k * (1 - share) ** (n - k) for k in values), Fraction(0))


@given(
    st.integers(0, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.fractions(0, 1, max_denominator=500),
)
def test_tails_equal_the_sum_of_their_terms(counts, share):
    x, n = counts
    exact = Fraction(float(share))
    below, above = slow_tail(range(x + 1), n, exact), slow_tail(range(x, n + 1), n, exact)
    assert lower_tail(x, n, float(share)) == pytest.approx(float(below), rel=1e-9, abs=1e-300)
    assert upper_tail(x, n, float(share)) == pytest.approx(float(above), rel=1e-9, abs=1e-300)


def test_twelve_of_twelve_is_no_wonder():
    assert upper_tail(12, 12, 0.92) == pytest.approx(0.368, abs=5e-4)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_what_is_no_share_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        upper_tail(1, 2, share)


def slow_holm_rejections(p: list[float], alpha: float) -> set[int]:
    rejected: set[int] = set()
    for place, index in enumerate(sorted(range(len(p)), key=lambda index: p[index])):
        if p[index] * (len(p) - place) > alpha:
            break
        rejected.add(index)
    return rejected


@given(st.lists(st.floats(0, 1)), st.sampled_from((0.001, 0.01, 0.05, 0.5)))
def test_holm_rejects_what_stepping_down_rejects(p, alpha):
    adjusted = holm(p)
    assert set(np.flatnonzero(adjusted <= alpha)) == slow_holm_rejections(p, alpha)
    assert np.all(adjusted >= p)
    assert np.all(adjusted <= 1)


def test_holm_gives_the_textbook_values():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_the_expectation_leaves_the_cell_itself_out():
    late = [50, 3, 5, 9, 1]
    n = [100, 60, 40, 90, 9]
    field = ["land", "land", "land", "civil", "civil"]
    expected = expected_from_others(late, n, field)
    assert expected[0] == pytest.approx(8.5 / 101)
    assert expected[1] == pytest.approx(55.5 / 141)
    assert np.isnan(expected[3:]).all(), "9 and 90 others are too few to expect anything"


def slow_standing_out(late: list[int], n: list[int], expected: list[float], alpha: float) -> list[int]:
    tested = [i for i in range(len(n)) if n[i] >= 25 and not isnan(expected[i])]
    tails = {i: float(slow_tail(range(late[i], n[i] + 1), n[i], Fraction(expected[i]))) for i in tested}
    rejected = {tested[place] for place in slow_holm_rejections([tails[i] for i in tested], alpha)}
    return sorted(rejected, key=lambda i: (tails[i], -(late[i] - n[i] * expected[i]), i))[:5]


cells = st.integers(20, 60).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n), st.sampled_from((0.01, 0.03, 0.1, 0.5, float("nan"))))
)


@given(st.lists(cells, max_size=12), st.sampled_from((0.01, 0.2)))
def test_standing_out_is_what_the_slow_twin_finds(rows, alpha):
    late, n, expected = [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
    found = standing_out(late, n, expected, alpha)
    assert found.tolist() == slow_standing_out(late, n, expected, alpha)


def test_only_cells_with_enough_cases_are_named():
    assert standing_out([24, 25], [24, 25], [0.01, 0.01]).tolist() == [1]
    assert standing_out([25], [25], [float("nan")]).tolist() == []


def test_a_single_late_case_does_not_stand_out_where_others_have_none():
    late, n, field = [1, 0, 0], [30, 100, 100], ["civil"] * 3
    assert standing_out(late, n, expected_from_others(late, n, field)).tolist() == []


def test_at_most_five_are_named_the_most_surprising_first():
    late = [20, 21, 22, 23, 24, 25, 1]
    assert standing_out(late, [50] * 7, [0.02] * 7).tolist() == [5, 4, 3, 2, 1]


def test_equal_tails_are_ordered_by_the_cases_above_expectation():
    assert upper_tail([1000, 2000], [1000, 2000], 0.1).tolist() == [0.0, 0.0]
    assert standing_out([1000, 2000], [1000, 2000], 0.1).tolist() == [1, 0]


def test_false_alarms_of_equal_units_stay_within_alpha():
    # 14 units x 8 fields, all late at their field's rate: 400 such tables should hold at most about 400 x alpha alarms.
    generator = np.random.default_rng(20260930)
    field = np.repeat(np.arange(8), 14)
    alarms = 0
    for _ in range(400):
        n = generator.integers(5, 400, field.size)
        late = generator.binomial(n, np.array([0.12, 0.05, 0.03, 0.02, 0.02, 0.01, 0.01, 0.005])[field])
        alarms += standing_out(late, n, expected_from_others(late, n, field)).size > 0
    assert alarms <= 12


def slow_hidden(keys: list[tuple[str, ...]], answers: list[int]) -> list[bool]:
    result = [0 < count < 5 for count in answers]
    for parent in {key[:-1] for key in keys}:
        siblings = sorted(
            (i for i in range(len(keys)) if keys[i][:-1] == parent and answers[i] > 0),
            key=lambda i: (answers[i], keys[i][-1]),
        )
        while any(result[i] for i in siblings):
            behind = [i for i in siblings if result[i]]
            shown = [i for i in siblings if not result[i]]
            if not shown or (len(behind) >= 2 and sum(answers[i] for i in behind) >= 5):
                break
            result[shown[0]] = True
    return result


groups = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.sampled_from("12345")), st.integers(0, 12)
)


@given(groups, st.integers(1, 3))
def test_suppression_is_what_the_slow_twin_hides(counts, keys_asked):
    summed: dict[tuple[str, ...], int] = {}
    for key, count in counts.items():
        summed[key[:keys_asked]] = summed.get(key[:keys_asked], 0) + count
    keys, answers = list(summed), list(summed.values())
    columns = [pl.Series([key[place] for key in keys], dtype=pl.String) for place in range(keys_asked)]
    found = hidden(columns, pl.Series(answers, dtype=pl.Int64)).to_list()
    assert found == slow_hidden(keys, answers)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([4], [True]),
        ([5], [False]),
        ([0], [False]),
        ([5, 6], [False, False]),
        ([4, 6, 5], [True, False, True]),
        ([3, 4, 9], [True, True, False]),
        ([1, 2, 9], [True, True, True]),
        ([0, 3, 9, 9], [False, True, True, False]),
    ],
)
def test_under_five_answers_are_hidden_with_the_smallest_sibling(answers, expected):
    assert hidden([pl.Series(list("abcd")[: len(answers)])], pl.Series(answers)).to_list() == expected


def test_only_siblings_are_hidden_along():
    keys = [pl.Series(["u", "u", "v", "v"]), pl.Series(["land", "civil", "land", "civil"])]
    assert hidden(keys, pl.Series([3, 90, 10, 20])).to_list() == [True, True, False, False]


def test_of_equal_siblings_the_first_by_name_is_hidden_whatever_the_order_of_rows():
    assert hidden([pl.Series(["d", "b", "c", "a"])], pl.Series([9, 9, 9, 3])).to_list() == [False, True, False, True]


def test_a_total_alone_has_no_sibling():
    assert hidden([], pl.Series([4])).to_list() == [True]
    assert hidden([], pl.Series([5])).to_list() == [False]


def test_tiers_change_at_five_and_at_twenty_five():
    assert [tier(n) for n in (0, 4, 5, 24, 25)] == ["hidden", "hidden", "few", "few", "compared"]


def test_wilson_contains_its_share_just_beside_the_edges():
    low, _ = wilson(1, 1_000_000_000)
    assert nextafter(0, 1) < low < 1e-9
