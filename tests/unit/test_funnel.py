"""Funnels: flags, lines and natural spread, against published numbers, slow twins and what must not change them."""

from collections.abc import Sequence
from math import asin, comb, inf, isnan, pi, sin, sqrt
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from comparison.statistics.funnel import Flag, Reason, centre, funnel, natural_spread
from comparison.statistics.funnel_lines import interpolated, lines
from comparison.statistics.overdispersion import additive_spread, phi
from tests.helpers.properties import examples

MIRRORED = {
    Flag.LOW: Flag.HIGH, Flag.HIGH: Flag.LOW, Flag.WATCH_LOW: Flag.WATCH_HIGH, Flag.WATCH_HIGH: Flag.WATCH_LOW,
}  # fmt: skip
COMPARED = {Flag.LOW, Flag.WATCH_LOW, Flag.USUAL, Flag.WATCH_HIGH, Flag.HIGH}

Floats = NDArray[np.float64]

rates = st.sampled_from((0.0, 0.02, 0.08, 0.3, 0.5, 1.0))
units = st.tuples(st.integers(0, 240), rates, st.integers(-12, 12)).map(
    lambda unit: (min(max(round(unit[0] * unit[1]) + unit[2], 0), unit[0]), unit[0])
)
districts = st.lists(units, max_size=16)
shares = st.sampled_from((0.001, 0.03, 0.08, 0.5, 0.75, 0.92, 0.999))


def columns(district: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
    return np.array([x for x, _ in district], dtype=float), np.array([n for _, n in district], dtype=float)


def alike(late: int, n: int, units: int = 12) -> tuple[Floats, Floats]:
    """A district in which all units are alike."""
    return np.full(units, float(late)), np.full(units, float(n))


# --- published numbers

# PHEindicatormethods (UK Health Security Agency), tests/testthat/testdata_funnel_prop_inputs.csv: areas of England with
# an average of 80.642448 %; all that lie between the two pairs of limits, and some within and beyond both.
BASELINE = 0.80642448
AREAS = [
    ("North Devon", 30277.5312, 37828, Flag.WATCH_LOW),
    ("West Norfolk", 26789.2380, 33012, Flag.WATCH_HIGH),
    ("North Tees", 36850.0492, 45449, Flag.WATCH_HIGH),
    ("Mid-Hampshire", 34502.0685, 42485, Flag.WATCH_HIGH),
    ("Sheffield West", 23910.2469, 29457, Flag.WATCH_HIGH),
    ("East Devon", 21139.2936, 25992, Flag.WATCH_HIGH),
    ("South East Hertfordshire", 38045.3716, 46958, Flag.WATCH_HIGH),
    ("Royston", 16924.1296, 20776, Flag.WATCH_HIGH),
    ("North Norfolk", 18504.9982, 22739, Flag.WATCH_HIGH),
    ("South Tyneside", 29709.0543, 36583, Flag.WATCH_HIGH),
    ("South Gloucestershire", 50050.7443, 61921, Flag.USUAL),
    ("Central Derby", 24648.7596, 30521, Flag.USUAL),
    ("Hartlepool", 17321.4088, 21587, Flag.USUAL),
    ("Uttlesford", 15524.9934, 19257, Flag.USUAL),
    ("New Forest", 35078.4880, 41980, Flag.HIGH),
    ("Havering", 48686.4364, 59804, Flag.HIGH),
    ("Rushcliffe", 26371.7175, 29775, Flag.HIGH),
    ("Norwich", 24803.6256, 31824, Flag.LOW),
    ("Morecambe Bay", 58476.8416, 73316, Flag.LOW),
    ("Bradford City", 18365.4621, 29277, Flag.LOW),
]


def test_by_chance_alone_areas_are_judged_as_published():
    for name, x, n, published in AREAS:
        # Two areas at once, as one has no funnel and eight would be judged by their natural spread too.
        assert funnel([round(x)] * 2, [n] * 2, "up", target=BASELINE).flags == (published,) * 2, name


def test_with_natural_spread_hardly_any_of_the_published_areas_stands_apart():
    found = funnel([round(x) for _, x, _, _ in AREAS], [n for _, _, n, _ in AREAS], "up", target=BASELINE)
    assert {found.flags[place] for place in range(14)} == {Flag.USUAL}
    assert found.flags[-1] is Flag.LOW
    assert found.phi > 4


# The same, testdata_funnel_prop_outputs.csv: normal limits, which the exact ones approach in large areas.
@pytest.mark.parametrize(
    ("n", "low_95", "high_95", "low_998", "high_998"),
    [
        (8116, 79.782872, 81.502024, 79.287174, 81.997722),
        (43036, 80.269164, 81.015732, 80.053899, 81.230996),
        (110000, 80.408963, 80.875933, 80.274317, 81.010578),
    ],
)
def test_lines_approach_the_published_normal_limits(n, low_95, high_95, low_998, high_998):
    found = lines(n, BASELINE)
    within = 150 / n
    assert 100 * found.low_95 == pytest.approx(low_95, abs=within)
    assert 100 * found.high_95 == pytest.approx(high_95, abs=within)
    assert 100 * found.low_998 == pytest.approx(low_998, abs=within)
    assert 100 * found.high_998 == pytest.approx(high_998, abs=within)


def test_twelve_of_twelve_lie_beyond_the_published_line_and_are_no_wonder():
    assert interpolated(0.999, 12, 0.92) == pytest.approx(0.99977, abs=5e-6)
    assert lines(12, 0.92).high_998 == 1
    # Twelve cases are never flagged; twenty-five of twenty-five are of the same kind.
    found = funnel([25] + [92] * 11, [25] + [100] * 11, "up")
    assert found.upper[0] == pytest.approx(0.92**25)
    assert found.flags == (Flag.USUAL,) * 12
    assert interpolated(0.999, 25, 0.92) < 1


def test_the_winsorised_spread_hides_two_bad_units_and_the_robust_one_does_not():
    generator = np.random.default_rng(20261122)
    robust = winsorised = 0
    for _ in range(100):
        n = np.full(12, 500)
        late = generator.binomial(n, [*generator.uniform(0.2, 0.3, 2), *[0.08] * 10])
        robust += sum(flag is Flag.HIGH for flag in funnel(late, n).flags[:2])
        z = (np.arcsin(np.sqrt(late / n)) - np.arcsin(np.sqrt(late.sum() / n.sum()))) * 2 * np.sqrt(n)
        errors = 1 / (2 * np.sqrt(n))
        allowed = z / np.sqrt(1 + additive_spread(phi(z), errors) / errors**2)
        winsorised += int((allowed[:2] > 3.09).sum())
    assert robust >= 196
    assert winsorised <= 20


# --- slow twins


def slow_below(x: int, n: int, share: float) -> float:
    return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(x + 1))


def slow_interpolated(tail: float, n: int, share: float) -> float:
    r = next(r for r in range(n + 1) if slow_below(r, n, share) >= tail or r == n)
    return (r - (slow_below(r, n, share) - tail) / (slow_below(r, n, share) - slow_below(r - 1, n, share))) / n


@given(st.lists(st.integers(1, 90), min_size=1, max_size=5), shares, st.sampled_from((0.001, 0.025, 0.5)))
@examples(40)
def test_the_interpolated_limit_is_what_the_slow_twin_finds(n, share, tail):
    expected = [slow_interpolated(tail, each, share) for each in n]
    assert interpolated(tail, n, share) == pytest.approx(expected, rel=1e-6, abs=1e-6)


def slow_angle(x: float, n: float) -> float:
    return asin(sqrt(x / n))


def slow_funnel(district: list[tuple[int, int]], target: float | None) -> tuple[float, float, list[Flag]]:
    """(centre, tau2, flags) in plain Python; nan where there is none."""
    compared = [(x, n) for x, n in district if n >= 25]
    xs, ns = sum(x for x, _ in district), sum(n for _, n in district)
    middle, tau2 = float("nan"), float("nan")
    if compared:
        angle = median(slow_angle(x, n) for x, n in compared)
        if angle in (0, pi / 2) and 0 < xs < ns:
            angle = median(slow_angle(x + 0.375, n + 0.75) for x, n in compared)
        middle = sin(angle) ** 2
    if len(compared) >= 8:
        angles = [slow_angle(x, n) for x, n in compared]
        spread = 1.4826 * median(abs(each - median(angles)) for each in angles)
        tau2 = max(0.0, spread**2 - median(1 / (4 * n) for _, n in compared))
    if target is not None:
        middle = target
    no_limits = len(compared) < 2 or (target is None and xs in (0, ns))
    flags = []
    for x, n in district:
        if n < 25 or no_limits:
            flags.append(Flag.NONE if n == 0 or n >= 25 else Flag.HIDDEN if n < 5 else Flag.FEW)
            continue
        low, high = slow_below(x, n, middle), slow_below(n - x, n, 1 - middle)
        z = inf
        if not isnan(tau2):
            z = abs(slow_angle(x, n) - asin(sqrt(middle))) / sqrt(1 / (4 * n) + tau2)
        below = x / n < middle
        if min(low, high) < 0.001 and z > 3.090232:
            flags.append(Flag.LOW if below else Flag.HIGH)
        elif min(low, high) < 0.025 and z > 1.959964:
            flags.append(Flag.WATCH_LOW if below else Flag.WATCH_HIGH)
        else:
            flags.append(Flag.USUAL)
    return middle, tau2, flags


@given(districts, st.one_of(st.none(), shares))
def test_the_funnel_is_what_the_slow_twin_finds(district, target):
    found = funnel(*columns(district), target=target)
    middle, tau2, flags = slow_funnel(district, target)
    assert found.centre == pytest.approx(middle, rel=1e-9, abs=1e-12, nan_ok=True)
    assert found.tau2 == pytest.approx(tau2, rel=1e-6, abs=1e-12, nan_ok=True)
    assert list(found.flags) == flags


# --- what must hold of every funnel


@given(districts, st.one_of(st.none(), shares))
def test_late_and_on_time_mirror(district, target):
    x, n = columns(district)
    late = funnel(x, n, "down", target)
    on_time = funnel(n - x, n, "up", None if target is None else 1 - target)
    assert on_time.flags == tuple(MIRRORED.get(flag, flag) for flag in late.flags)
    assert on_time.centre == pytest.approx(1 - late.centre, abs=1e-12, nan_ok=True)
    assert on_time.tau2 == pytest.approx(late.tau2, abs=1e-12, nan_ok=True)
    assert on_time.phi == pytest.approx(late.phi, rel=1e-9, abs=1e-12, nan_ok=True)
    assert (on_time.reason, on_time.k) == (late.reason, late.k)
    assert on_time.lower == pytest.approx(late.upper, rel=1e-9, abs=1e-300, nan_ok=True)
    assert on_time.z == pytest.approx(-late.z, rel=1e-9, abs=1e-9, nan_ok=True)
    assert on_time.worse.tolist() == late.worse.tolist()
    assert on_time.better.tolist() == late.better.tolist()


@given(districts.flatmap(lambda district: st.tuples(st.just(district), st.permutations(range(len(district))))))
def test_the_funnel_knows_no_unit_by_name(pair):
    x, n = columns(pair[0])
    shuffled = np.array(pair[1], dtype=int)
    found, again = funnel(x, n), funnel(x[shuffled], n[shuffled])
    assert again.flags == tuple(found.flags[place] for place in shuffled)
    for name in ("centre", "tau2", "phi", "k", "reason"):
        assert repr(getattr(again, name)) == repr(getattr(found, name)), name
    for name in ("lower", "upper", "z"):
        assert np.array_equal(getattr(again, name), getattr(found, name)[shuffled], equal_nan=True)


@given(districts)
def test_flagged_is_exactly_what_lies_beyond_its_line(district):
    x, n = columns(district)
    found = funnel(x, n)
    if found.reason not in (None, Reason.TOO_FEW_UNITS):
        assert not set(found.flags) & (COMPARED - {Flag.USUAL})
        return
    at = lines(n, found.centre, found.tau2)
    for place, flag in enumerate(found.flags):
        if flag in COMPARED:
            share = x[place] / n[place]
            beyond = (
                Flag.LOW if share < at.low_998[place] else Flag.HIGH if share > at.high_998[place]
                else Flag.WATCH_LOW if share < at.low_95[place] else Flag.WATCH_HIGH if share > at.high_95[place]
                else Flag.USUAL
            )  # fmt: skip
            assert flag is beyond


@given(st.integers(0, 24), st.integers(0, 240), districts)
@examples(40)
def test_few_cases_are_never_flagged_and_flag_nobody(few, n, district):
    x, cases = columns([*district, (min(few, n), n)])
    flag = funnel(x, cases).flags[-1]
    assert (flag in COMPARED) <= (n >= 25)
    without, beside = funnel(*columns(district)), funnel(*columns([*district, (few // 2, few)]))
    if without.reason is not Reason.NO_EVENT:
        assert beside.flags[:-1] == without.flags


@given(shares, st.sampled_from((float("nan"), 0.0, 0.0004, 0.01)))
def test_lines_close_in_as_cases_grow(share, tau2):
    at = lines([5, 20, 80, 320, 1280, 5120, 20480, 0], share, tau2)
    for low, high in ((at.low_998, at.high_998), (at.low_95, at.high_95)):
        assert np.all(np.diff(high[:-1] - low[:-1]) <= 0)
        assert np.all((low[:-1] >= 0) & (low[:-1] <= share) & (share <= high[:-1]) & (high[:-1] <= 1))
        assert isnan(low[-1])
        assert isnan(high[-1])
    assert np.all(at.low_998[:-1] <= at.low_95[:-1])
    assert np.all(at.high_998[:-1] >= at.high_95[:-1])


@given(shares, st.integers(1, 3000))
@examples(40)
def test_lines_mirror(share, n):
    late, on_time = lines(n, share, 0.0004), lines(n, 1 - share, 0.0004)
    assert late.low_998 == pytest.approx(1 - on_time.high_998, abs=1e-9)
    assert late.high_95 == pytest.approx(1 - on_time.low_95, abs=1e-9)


def test_natural_spread_widens_the_lines():
    narrow, wide = lines([50, 500, 5000], 0.1, 0.0), lines([50, 500, 5000], 0.1, 0.01)
    assert np.all(wide.high_998 > narrow.high_998)
    assert np.all(wide.low_998 <= narrow.low_998)
    assert wide.high_998[-1] == pytest.approx(sin(asin(sqrt(0.1)) + 3.090232 * sqrt(1 / 20000 + 0.01)) ** 2)


# --- edges


def test_tiers_and_the_side_that_is_good():
    x, n = alike(8, 100)
    x[:6], n[:6] = [0, 2, 5, 45, 0, 17], [0, 4, 24, 100, 100, 100]
    found = funnel(x, n)
    assert found.flags[:6] == (Flag.NONE, Flag.HIDDEN, Flag.FEW, Flag.HIGH, Flag.LOW, Flag.WATCH_HIGH)
    assert set(found.flags[6:]) == {Flag.USUAL}
    assert (found.k, found.reason) == (9, None)
    assert funnel([*x, 5], [*n, 5]).flags[-1] is Flag.FEW
    assert np.flatnonzero(found.worse).tolist() == [3]
    assert np.flatnonzero(found.better).tolist() == [4]
    assert np.flatnonzero(funnel(x, n, "up").worse).tolist() == [4]
    assert np.isnan(found.z[:3]).all()
    assert np.isnan(found.lower[:3]).all()


def test_under_eight_units_flags_go_by_chance_alone():
    x, n = alike(80, 1000, 7)
    x[0] = 110
    found = funnel(x, n)
    assert (found.reason, found.k, found.flags[0]) == (Reason.TOO_FEW_UNITS, 7, Flag.HIGH)
    assert isnan(found.tau2)
    assert isnan(found.phi)
    assert np.isnan(found.z).all()
    spread = np.array([50, 60, 70, 80, 90, 100, 110, 150])
    assert funnel(spread[1:], [1000] * 7).flags[-1] is Flag.HIGH
    eight = funnel(spread, [1000] * 8)
    assert eight.reason is None
    assert eight.tau2 > 0
    assert eight.upper[-1] < 0.001
    assert eight.flags[-1] in (Flag.USUAL, Flag.WATCH_HIGH), "in a district where units differ as much, it is not apart"


@pytest.mark.parametrize(
    ("x", "n", "reason"),
    [
        ([], [], Reason.NO_UNIT),
        ([0, 3], [0, 24], Reason.NO_UNIT),
        ([3, 0], [40, 24], Reason.ONE_UNIT),
        ([0, 0, 0], [40, 100, 3], Reason.NO_EVENT),
        ([40, 100, 3], [40, 100, 3], Reason.NO_EVENT),
    ],
)
def test_without_a_funnel_nobody_is_flagged(x, n, reason):
    found = funnel(x, n)
    assert found.reason is reason
    assert not set(found.flags) & COMPARED
    assert np.isnan(found.lower).all()
    at = lines(100, found.centre if reason is Reason.NO_EVENT else float("nan"), found.tau2)
    assert isnan(at.low_95)
    assert isnan(at.high_998)


def test_the_centre_of_no_event_is_the_edge_itself():
    assert centre(*alike(0, 50)) == 0
    assert centre(*alike(50, 50)) == 1
    assert isnan(centre([3], [24]))


@pytest.mark.parametrize("units", [5, 14])
def test_a_single_late_case_is_not_flagged_where_most_units_have_none(units):
    late, n = alike(0, 300, units)
    late[0], n[0] = 1, 30
    found = funnel(late, n)
    assert 0 < found.centre < 0.01
    assert found.reason is (Reason.TOO_FEW_UNITS if units < 8 else None)
    assert not found.worse.any()
    assert not found.better.any()
    late[1] = 30
    assert np.flatnonzero(funnel(late, n).worse).tolist() == [1]


def test_a_few_bad_units_do_not_move_the_centre():
    late, n = alike(8, 100)
    late[:5] = 90
    assert centre(late, n) == pytest.approx(0.08)


def test_a_target_takes_the_place_of_the_centre_and_not_of_the_spread():
    late, n = alike(80, 1000)
    found = funnel(late, n, target=0.2)
    assert (found.centre, found.tau2) == (0.2, 0.0)
    assert set(found.flags) == {Flag.LOW}
    assert found.better.all()
    assert funnel([0] * 12, n, target=0.05).better.all(), "nobody late is apart from a target of five in a hundred"


@pytest.mark.parametrize("target", [0.0, 1.0])
def test_a_target_of_all_or_nothing_flags_nobody(target):
    found = funnel(*alike(8, 100), target=target)
    assert found.reason is Reason.TARGET_AT_THE_EDGE
    assert set(found.flags) == {Flag.NONE}


@pytest.mark.parametrize("target", [-0.1, 1.1, float("nan")])
def test_what_is_no_target_is_refused(target):
    with pytest.raises(ValueError, match="target"):
        funnel(*alike(8, 100), target=target)


@pytest.mark.parametrize("function", [centre, natural_spread, funnel])
def test_what_is_no_count_is_refused(function):
    with pytest.raises(ValueError, match="between 0 and n"):
        function([3, 6], [5, 5])


def test_lines_and_funnels_refuse_what_they_cannot_read():
    with pytest.raises(ValueError, match="one for each unit"):
        funnel([[3]], [[50]])
    with pytest.raises(ValueError, match="share of nothing"):
        interpolated(0.001, [5, 0], 0.1)
    with pytest.raises(ValueError, match="whole numbers"):
        lines(1.5, 0.1)
    with pytest.raises(ValueError, match="share"):
        lines(5, 1.5)


@given(districts, st.one_of(st.none(), shares))
def test_phi_is_that_of_the_units_around_their_own_centre(district, target):
    found = funnel(*columns(district), target=target)
    own = slow_funnel(district, None)[0]
    if found.k < 8 or own in (0, 1):
        assert isnan(found.phi)
    else:
        z = [(slow_angle(x, n) - asin(sqrt(own))) / (1 / (2 * sqrt(n))) for x, n in district if n >= 25]
        assert found.phi == pytest.approx(phi(z), rel=1e-6, abs=1e-9)


def test_where_nobody_is_late_units_do_not_differ_by_any_number():
    assert isnan(funnel(*alike(0, 50)).phi)
    assert isnan(funnel(*alike(50, 50), target=0.9).phi)


def test_units_alike_have_no_spread_and_differ_less_than_chance():
    assert natural_spread(*alike(8, 100)) == 0
    assert funnel(*alike(8, 100)).phi == pytest.approx(0, abs=1e-12)
    assert isnan(natural_spread(*alike(8, 100, 7)))
