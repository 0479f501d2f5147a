"""Means, response rates and what else changed, against published numbers."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comparison.statistics.means import MEAN_FROM, difference_of_means, mean_interval
from comparison.statistics.other_changes import mix_change, volume_change
from comparison.statistics.responses import badges, not_comparable, responds_too_little, response_bounds

# Student (1908), Biometrika 6, table in section IX: hours of sleep gained by ten patients under two drugs.
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_the_interval_of_a_mean_is_the_published_one():
    # NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.2: heat flow meter, 195 values.
    low, high = mean_interval(9.261460, 0.022789, 195)
    assert low == pytest.approx(9.258242, abs=2e-6)
    assert high == pytest.approx(9.264679, abs=2e-6)


def test_the_interval_of_ten_values_is_what_r_prints():
    # R's documentation of t.test, data set sleep: t = 3.6799, df = 9.
    low, high = mean_interval(np.mean(SECOND), np.std(SECOND, ddof=1), 10)
    assert (low, high) == pytest.approx((0.8976775, 3.7623225), abs=1e-7)


def test_the_pooled_difference_is_what_r_prints():
    # t.test(extra ~ group, data = sleep, var.equal = TRUE): t = -1.8608, df = 18.
    difference, low, high = difference_of_means(FIRST, SECOND)
    assert difference == pytest.approx(-1.58)
    assert (low, high) == pytest.approx((-3.363874, 0.203874), abs=1e-6)


def test_few_values_have_no_interval():
    low, high = mean_interval([3.0, 3.0, 3.0], [1.0, 1.0, 0.0], [MEAN_FROM - 1, MEAN_FROM, MEAN_FROM])
    assert np.isnan([low[0], high[0]]).all()
    assert low[1] < 3 < high[1]
    assert low[2] == high[2] == 3
    assert np.isnan(mean_interval(3, 1, [0, 1], least=0)).all()
    assert not np.isnan(mean_interval(3, 1, 2, least=0)).any()


def test_two_values_have_a_difference_and_no_interval():
    difference, low, high = difference_of_means([3], [1])
    assert difference == 2
    assert np.isnan([low, high]).all()
    assert difference_of_means([1, 1], [0, 0, 0]) == (1, 1, 1)


@pytest.mark.parametrize(("values", "others"), [([], [1]), ([1], [])])
def test_no_value_has_no_mean(values, others):
    with pytest.raises(ValueError, match="at least one"):
        difference_of_means(values, others)


@pytest.mark.parametrize(("deviation", "n"), [(-1, 10), (1, -10)])
def test_what_cannot_be_negative_is_refused(deviation, n):
    with pytest.raises(ValueError, match="negative"):
        mean_interval(3, deviation, n)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_the_bounds_are_the_two_extremes_of_the_silent(satisfied, dissatisfied, silent):
    answers = satisfied + dissatisfied
    assume(answers + silent)
    asked = answers + silent
    low, high = response_bounds(satisfied / answers if answers else float("nan"), answers / asked)
    assert low == pytest.approx(satisfied / asked)
    assert high == pytest.approx((satisfied + silent) / asked)


def test_bounds_of_what_is_not_known_are_not_known():
    low, high = response_bounds([0.8, float("nan"), float("nan"), 0.8], [0.25, 0.25, 0, float("nan")])
    assert low.tolist()[:1] + low.tolist()[2:3] == pytest.approx([0.2, 0])
    assert high.tolist()[:1] + high.tolist()[2:3] == pytest.approx([0.95, 1])
    assert np.isnan([low[1], high[1], low[3], high[3]]).all()
    for share, rate in ((1.5, 0.5), (0.5, -0.1)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            response_bounds(share, rate)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (0.10, 0.10, False),
        (0.0999, 0.15, True),
        (0.15, 0.0999, True),
        (0.30, 0.20, False),
        (0.31, 0.20, True),
        (0.20, 0.40, False),
        (0.19, 0.40, True),
        (float("nan"), 0.40, False),
        (0.09, float("nan"), True),
    ],
)
def test_rates_too_low_or_too_different_are_not_comparable(now, before, expected):
    assert not_comparable(now, before) == expected


def test_too_little_response_is_under_a_tenth():
    assert responds_too_little([0.0999, 0.1, float("nan")]).tolist() == [True, False, False]


def test_one_badge_says_the_gravest():
    nan = float("nan")
    found = badges([True, False, False, False, False], [0.05, 0.05, 0.3, 0.3, nan], [nan, 0.3, 0.1, 0.25, nan])
    assert found == ["hidden", "low_response", "response_shifted", None, None]


def test_the_mix_moves_by_the_share_that_changes_field():
    moved, change = mix_change([[50, 30, 20], [1, 1, 0], [0, 0, 0]], [[100, 100, 0], [0, 0, 7], [1, 2, 3]])
    assert moved[:2] == pytest.approx([0.2, 1.0])
    assert change[0] == pytest.approx([0.0, 0.2, -0.2])
    assert np.isnan(moved[2])
    assert np.isnan(mix_change([], [])[0])
    with pytest.raises(ValueError, match="negative"):
        mix_change([-1], [1])


def test_volume_is_compared_month_by_month():
    assert volume_change([600, 600, 600], 6, [600, 330, 0], [6, 3, 3]) == pytest.approx([0.0, 0.1, -1.0])
    assert np.isnan(volume_change([0, 5, 5], [6, 0, 6], 5, [6, 6, 0])).all()
