"""Counts and ratios of counts, against published numbers and slow twins in plain Python."""

from math import exp, isnan, lgamma, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.statistics import Z_95, Z_998
from comparison.statistics.poisson import byar, count_interval, exact_count_interval, ratio_interval
from tests.helpers.properties import examples


# PHEindicatormethods (UK Health Security Agency), tests/testthat: testdata_Byars_Wilson.xlsx.
@pytest.mark.parametrize(
    ("x", "z", "low", "high"),
    [
        (65, Z_95, 50.163188, 82.849139),
        (65, Z_998, 42.880261, 94.000291),
        (1045, Z_95, 982.593202, 1110.331213),
        (1, Z_95, 0.013072, 5.563756),
    ],
)
def test_byar_gives_the_published_limits(x, z, low, high):
    assert byar(x, z) == pytest.approx((low, high), abs=4e-6)


# PHEindicatormethods, tests/testthat: testdata_funnel_ratio_outputs.csv: the expected events at whose limit so many
# observed lie, 95 % and 99.8 %.
@pytest.mark.parametrize(
    ("x", "low", "high", "low_998", "high_998"),
    [
        (1, 0.025317898, 5.571644585, 0.001000547, 9.233410143),
        (2, 0.242209467, 7.224687515, 0.04540199, 11.22886836),
        (4, 1.089865762, 10.24158653, 0.42855244, 14.79414916),
        (9, 4.11537405, 17.08479966, 2.452425215, 22.65737951),
        (30, 20.24087434, 42.82687112, 15.86916711, 51.08312418),
        (100, 81.36400699, 121.6268111, 71.92139974, 134.9243187),
        (716, 664.5083011, 770.4222128, 636.1521174, 802.60414),
    ],
)
def test_exact_limits_are_the_published_ones(x, low, high, low_998, high_998):
    assert exact_count_interval(x) == pytest.approx((low, high), rel=5e-6)
    found_low, found_high = exact_count_interval(x, Z_998)
    assert found_low == pytest.approx(low_998, rel=5e-4)
    assert found_high == pytest.approx(high_998, rel=5e-6)


# FunnelPlotR (NHS-R community), tests/testthat/test-poisson_limits.R: limits at 15, 20 and 30 expected.
def test_exact_limits_over_what_is_expected_are_the_published_ones():
    expected = [15, 20, 30]
    (low, high), (low_998, high_998) = exact_count_interval(expected), exact_count_interval(expected, Z_998)
    assert low / expected == pytest.approx([0.5596924, 0.6108260, 0.6746958], abs=1e-7)
    assert high / expected == pytest.approx([1.649348, 1.544419, 1.427562], abs=1e-6)
    assert low_998 / expected == pytest.approx([0.3862650, 0.4479107, 0.5289724], abs=1e-6)
    assert high_998 / expected == pytest.approx([2.082907, 1.902094, 1.702771], abs=1e-6)


# PHEindicatormethods, tests/testthat: testdata_DSR_ISR.xlsx, sheet testresults_ISR.
@pytest.mark.parametrize(
    ("observed", "z", "ratio", "low", "high"),
    [
        (895, Z_95, 1.070723, 1.001715, 1.143233),
        (91, Z_95, 0.108867, 0.087650, 0.133666),
        (9, Z_95, 0.010767, 0.004923, 0.020439),
        (9, Z_998, 0.010767, 0.002934, 0.027106),
    ],
)
def test_ratios_are_the_published_ones(observed, z, ratio, low, high):
    assert ratio_interval(observed, 835.883561, z) == pytest.approx((ratio, low, high), abs=1e-6)


def test_from_ten_on_byar():
    for found, exact, close in zip(count_interval([9, 10]), exact_count_interval([9, 10]), byar([9, 10]), strict=True):
        assert found.tolist() == [exact[0], close[1]]
        assert exact[0] != close[0]


def test_where_nothing_is_expected_there_is_no_ratio():
    ratio, low, high = ratio_interval([0, 3, 0], [0, 0, 2])
    assert all(isnan(each[place]) for each in (ratio, low, high) for place in (0, 1))
    assert (ratio[2], low[2]) == (0, 0)
    assert high[2] == pytest.approx(3.688879 / 2, abs=1e-6)


def test_nothing_counted_is_exactly_nothing_below():
    assert exact_count_interval(0)[0] == byar(0)[0] == 0
    # The textbook's "rule of three" for one side is 3.689 for both.
    assert exact_count_interval(0)[1] == pytest.approx(3.689, abs=1e-3)


@pytest.mark.parametrize("function", [exact_count_interval, byar, count_interval, lambda x: ratio_interval(x, 1)])
@pytest.mark.parametrize("x", [-1, 1.5, float("nan"), float("inf")])
def test_what_is_no_count_is_refused(function, x):
    with pytest.raises(ValueError, match=r"whole numbers|between 0 and n"):
        function([0, x])


@pytest.mark.parametrize("expected", [-1, float("nan"), float("inf")])
def test_what_cannot_be_expected_is_refused(expected):
    with pytest.raises(ValueError, match="expected"):
        ratio_interval(1, [1, expected])


def slow_below(x: int, mean: float) -> float:
    """P(X <= x) of a Poisson variable, term by term."""
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(x + 1))


@given(st.integers(0, 150), st.sampled_from(((Z_95, 0.025), (Z_998, 0.001))))
@examples(60)
def test_exact_limits_are_the_means_under_which_the_count_is_just_unlikely(x, level):
    z, tail = level
    low, high = exact_count_interval(x, z)
    assert slow_below(x, float(high)) == pytest.approx(tail, rel=1e-4)
    if x > 0:
        assert 1 - slow_below(x - 1, float(low)) == pytest.approx(tail, rel=1e-4)


@given(st.integers(0, 10_000_000))
def test_limits_hold_the_count_and_the_wider_hold_the_narrower(x):
    low, high = count_interval(x)
    wider_low, wider_high = count_interval(x, Z_998)
    assert 0 <= wider_low <= low <= x < high < wider_high


@given(st.integers(10, 10_000))
def test_byar_is_close_to_exact_from_ten_on(x):
    for close, exact in zip(byar(x), exact_count_interval(x), strict=True):
        assert close == pytest.approx(float(exact), rel=5e-3)
