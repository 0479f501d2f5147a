"""Monthly signals, against published numbers and slow twins in plain Python."""

from fractions import Fraction
from itertools import groupby, pairwise
from math import comb, exp, factorial, isnan, log2
from statistics import NormalDist, mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.signals import chance
from comparison.statistics.mid_p import Rate, Share
from comparison.statistics.pooling import pool_quarters
from comparison.statistics.run_rules import run_rules
from comparison.statistics.signals import Signal, count_signals, laney_spread, share_signals
from comparison.statistics.variation import Assurance, Good, Variation, assurance, variation
from tests.helpers.properties import examples

NORMAL = NormalDist()
NONE, HIGH, LOW, RUN_HIGH, RUN_LOW = Signal.NONE, Signal.HIGH, Signal.LOW, Signal.RUN_HIGH, Signal.RUN_LOW

# Montgomery, Introduction to Statistical Quality Control, table 7.1: cans that leak, of 30 samples of 50.
CANS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
# The same, table 7.4: orders with an error.
ORDERS = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9]
ORDERS_N = [100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120, 120, 110, 80, 80, 80, 90, 100, 100, 100, 100]
ORDERS_N += [90, 90]


def binomial(n, share):
    return [float(Fraction(comb(n, k)) * share**k * (1 - share) ** (n - k)) for k in range(n + 1)]


def poisson(mean_count):
    return [float(exp(-mean_count) * Fraction(mean_count) ** k / factorial(k)) for k in range(140)]


def slow_score(chances, x):
    lower, upper = sum(chances[:x]) + chances[x] / 2, sum(chances[x + 1 :]) + chances[x] / 2
    return NORMAL.inv_cdf(lower) if lower < upper else -NORMAL.inv_cdf(upper)


@examples(40)
@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.01, 0.99))
def test_the_score_of_a_share_is_its_mid_p(counts, share):
    x, n = counts
    found = Share().score(np.array([float(x)]), np.array([float(n)]), share)[0]
    assert found == pytest.approx(slow_score(binomial(n, Fraction(share)), x), rel=1e-7, abs=1e-7)


@examples(40)
@given(st.integers(0, 60), st.floats(0.05, 25))
def test_the_score_of_a_count_is_its_mid_p(x, rate):
    found = Rate().score(np.array([float(x)]), np.array([1.0]), rate)[0]
    assert found == pytest.approx(slow_score(poisson(rate), x), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(("family", "n", "centre"), [(Share(), 1e6, 0.3), (Rate(), 22.0, 9000.0)])
def test_scores_very_far_out_still_rise(family, n, centre):
    x = np.floor(n * centre * np.linspace(0, 2, 400))
    scores = family.score(x, np.full(x.shape, n), centre)
    assert np.isfinite(scores).all()
    assert np.all(np.diff(scores) > 0)


@examples(50)
@given(st.integers(1, 80), st.floats(0.01, 0.99), st.floats(-6, 6), st.sampled_from([Share(), Rate()]))
def test_a_count_is_beyond_the_limit_exactly_if_its_score_is(n, centre, level, family):
    whole, limit = (part[0, 0] for part in family.cuts(np.array([level]), np.array([float(n)]), centre))
    x = np.arange(0.0, n + 1 if isinstance(family, Share) else 200)
    scores = family.score(x, np.full(x.shape, float(n)), centre)
    assert whole == int(np.sum(scores <= level)) - 1
    for count, score in zip(x, scores, strict=True):
        if abs(score - level) > 1e-9:
            assert (count > limit) == (score > level) or (count == limit == 0)
    assert 0 <= limit <= x[-1]


# qicharts2, tests/testthat/ex_7.1_5.rds and tbl_7.4_1.rds: centre lines, and limits by the normal approximation.
def test_the_centre_is_the_published_one_but_for_half_a_case():
    usual = [x for place, x in enumerate(CANS) if place not in (14, 22)]
    assert sum(usual) / (50 * len(usual)) == pytest.approx(0.215)
    assert Share().centre(np.array(usual, float), np.full(28, 50.0)) == pytest.approx(0.215, abs=0.5 / 1401)
    assert sum(ORDERS) / sum(ORDERS_N) == pytest.approx(0.095510, abs=1e-6)
    assert Share().centre(np.array(ORDERS, float), np.array(ORDERS_N, float)) == pytest.approx(0.09551, abs=0.5 / 2451)


@pytest.mark.parametrize(
    ("centre", "n", "low", "high"),
    [(0.215, 50, 0.040703, 0.389297), (0.09551, 100, 0.007335, 0.183686), (0.09551, 120, 0.015017, 0.176003)],
)
def test_limits_lie_within_a_case_and_a_half_of_the_published_and_to_the_side_of_the_tail(centre, n, low, high):
    _, limits = Share().cuts(np.array([-3.0, 3.0]), np.array([float(n)]), centre)
    assert low < limits[0, 0] / n < low + 1.5 / n
    assert high < limits[1, 0] / n < high + 1.5 / n


def test_the_published_samples_stand_out_until_the_unrest_of_the_others_is_allowed_for():
    x, n = np.array(CANS, dtype=float), np.full(30, 50.0)
    scores = Share().score(x, n, Share().centre(x, n))
    assert np.flatnonzero(np.abs(scores) > 3).tolist() == [14, 22]
    chart = share_signals(CANS, [50] * 30)
    assert chart.spread[0] > 1
    assert np.argmax(chart.z) == 22


def test_the_spread_screens_ranges_as_the_published_chart():
    # NHSRplotthedots, vignettes/deviations.Rmd: mean 1.94, limits -0.72 to 4.6 screened and -3.06 to 6.95 unscreened;
    # half of their distance is 3 / 1.128 = 2.66 mean ranges.
    values = np.array([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1.0])
    assert 3 * laney_spread(10 * values) == pytest.approx(10 * (4.6 + 0.72) / 2, abs=0.1)
    assert 3 * np.abs(np.diff(values)).mean() / 1.128 == pytest.approx((6.95 + 3.06) / 2, abs=0.01)
    assert laney_spread(0.1 * values) == laney_spread([1.0]) == laney_spread([]) == laney_spread([3.0, 3.0]) == 1


def slow_chart(x, n, starts, baseline, unit_of):
    """(z, signal, trial, p) of every month, from the words of the method."""
    z: list[float | None] = [None] * len(x)
    signals, trials, rarest = [NONE] * len(x), [False] * len(x), z.copy()
    for begin, end in zip(starts, [*starts[1:], len(x)], strict=True):
        months = [month for month in range(begin, end) if n[month] > 0]
        trial = len(months) < 12
        trials[begin:end] = [trial] * (end - begin)
        first = months[:baseline]
        if not first:
            continue
        centre, distribution, least = unit_of(sum(x[m] for m in first), sum(n[m] for m in first))
        raw = {m: slow_score(distribution(n[m], centre), x[m]) for m in months}
        ranges = [abs(raw[b] - raw[a]) for a, b in pairwise(first)]
        kept = [each for each in ranges if each < 3.267 * mean(ranges)]
        sigma = max(1.0, mean(kept) / 1.128) if kept else 1.0

        def side_of(m, raw=raw, centre=centre):
            sides = {np.sign(raw[m]), np.sign(x[m] - n[m] * float(centre))}
            return sides.pop() if len(sides) == 1 else 0

        for side, together in groupby(months, key=side_of):
            run = list(together)
            by_chance = 1.0
            for length, m in enumerate(run, 1):
                chances = distribution(n[m], centre)
                by_chance *= sum(
                    each for k, each in enumerate(chances) if np.sign(slow_score(chances, k)) == side and each > 0
                )
                is_run = side != 0 and length >= 8 and sum(n[each] for each in run[:length]) >= least
                rarest[m] = 2 * by_chance if is_run else 1.0
            if side != 0 and len(run) >= 8 and by_chance <= 0.02 and sum(n[m] for m in run) >= least:
                for m in run:
                    signals[m] = RUN_HIGH if side > 0 else RUN_LOW
        for m in months:
            z[m] = score = raw[m] / sigma
            if not trial and n[m] >= least:
                by_run = rarest[m]
                assert by_run is not None
                rarest[m] = min(by_run, 2 * NORMAL.cdf(-abs(score)))
                if abs(score) > 3:
                    signals[m] = HIGH if score > 0 else LOW
    return z, signals, trials, [None if each is None else min(1.0, 2 * each) for each in rarest]


def share_unit(x, n):
    return Fraction(2 * x + 1, 2 * (n + 1)), binomial, 25


def count_unit(x, n):
    return (x + 0.5) / n, lambda days, centre: poisson(days * centre), 0


@pytest.mark.parametrize("seed", range(16))
def test_the_chart_is_what_the_slow_twin_draws(seed):
    generator = np.random.default_rng(seed)
    months, kind = int(generator.integers(9, 34)), seed % 2
    starts = [0, 13] if months > 20 and seed % 3 == 0 else [0]
    baseline = int(generator.integers(12, 25))
    n = generator.integers(0, 4, months) * (11 if kind == 0 else 1)
    share = np.where(np.arange(months) >= months - 9, 0.7, 0.9) if seed % 4 < 2 else np.full(months, 0.9)
    x = generator.binomial(n, share) if kind == 0 else generator.poisson(n * 8 * share**3)
    draw = share_signals if kind == 0 else count_signals
    chart = draw(x, n, baseline_from=starts[1:], baseline=baseline)
    z, signals, trials, p = slow_chart(x.tolist(), n.tolist(), starts, baseline, (share_unit, count_unit)[kind])
    assert list(chart.signal) == signals
    assert chart.trial.tolist() == trials
    assert np.isnan(chart.z).tolist() == [each is None for each in z]
    assert chart.z[n > 0] == pytest.approx([each for each in z if each is not None], rel=1e-6, abs=1e-6)
    assert np.isnan(chart.p).tolist() == [each is None for each in p]
    assert chart.p[n > 0] == pytest.approx([each for each in p if each is not None], rel=1e-4, abs=1e-12)


def test_some_charts_of_the_twin_signal():
    # Guards the test above: its charts hold every kind of signal.
    steady = [27] * 16
    assert RUN_LOW in share_signals([*steady, *[24] * 8], [30] * 24).signal
    assert LOW in share_signals([*steady, 10], [30] * 17).signal
    assert HIGH in count_signals([*[20] * 16, 60], [20] * 17).signal
    assert RUN_HIGH in count_signals([*[20] * 16, *[25] * 8], [20] * 24).signal


@pytest.mark.parametrize("draw", [share_signals, count_signals])
@pytest.mark.parametrize("seed", range(3))
def test_signals_and_limits_agree(draw, seed):
    generator = np.random.default_rng(seed)
    n = generator.integers(25, 400, 36)
    x = generator.binomial(n, generator.uniform(0.3, 0.99, 36))
    chart = draw(x, n, baseline_from=[20])
    beyond = (chart.value < chart.low) | (chart.value > chart.high)
    assert beyond.tolist() == [each in (HIGH, LOW) for each in chart.signal]
    assert beyond.tolist() == (np.abs(chart.z) > 3).tolist()
    assert chart.part.tolist() == [0] * 20 + [1] * 16
    assert len(set(chart.centre[:20])) == len(set(chart.centre[20:])) == 1


def test_a_steady_unit_has_the_plain_score():
    x, n = [27] * 24, [30] * 24
    chart = share_signals(x, n)
    assert chart.spread.tolist() == [1.0] * 24
    np.testing.assert_array_equal(chart.z, Share().score(np.array(x, float), np.array(n, float), chart.centre[0]))


def test_months_that_differ_more_widen_the_limits():
    n = np.full(24, 1000)
    steady = share_signals(np.tile([895, 905], 12), n)
    restless = share_signals(np.tile([850, 950], 12), n)
    assert steady.spread[0] == 1
    assert restless.spread[0] > 5
    assert restless.high[0] - restless.low[0] > 5 * (steady.high[0] - steady.low[0])
    assert set(restless.signal) == {NONE}


@pytest.mark.parametrize("n", [1, 4, 8, 30, 1000])
def test_all_on_time_is_no_signal(n):
    chart = share_signals([n] * 36, [n] * 36)
    assert set(chart.signal) == {NONE}
    assert set(chart.high) == {1.0}
    assert np.all(chart.low < 1)
    assert set(share_signals([0] * 36, [n] * 36).signal) == {NONE}


def test_where_nearly_every_month_is_perfect_eight_perfect_ones_say_nothing():
    x = [8, 8, 8, 8, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 7, 8, 8, 8]
    chart = share_signals(x, [8] * 24)
    assert np.sum(chart.z > 0) == 22
    assert set(chart.signal) == {NONE}


def test_late_and_on_time_mirror():
    generator = np.random.default_rng(8)
    n = generator.integers(0, 200, 30)
    x = generator.binomial(n, np.where(np.arange(30) < 22, 0.9, 0.75))
    on_time, late = share_signals(x, n), share_signals(n - x, n)
    mirrored = {HIGH: LOW, LOW: HIGH, RUN_HIGH: RUN_LOW, RUN_LOW: RUN_HIGH, NONE: NONE}
    assert set(on_time.signal) != {NONE}
    assert [mirrored[each] for each in on_time.signal] == list(late.signal)
    np.testing.assert_allclose(on_time.z, -late.z, atol=1e-9)
    np.testing.assert_allclose(on_time.low, 1 - late.high, atol=1e-9)
    np.testing.assert_allclose(on_time.p, late.p, rtol=1e-6)
    assert variation(on_time, "up") is variation(late, "down")


def test_eight_in_a_row_and_not_seven():
    level = [90, 92] * 8
    assert set(share_signals([*level, *[86] * 7], [100] * 23, baseline=16).signal) == {NONE}
    chart = share_signals([*level, *[86] * 8], [100] * 24, baseline=16)
    assert chart.signal == (NONE,) * 16 + (RUN_LOW,) * 8
    passed_over = share_signals([*level, *[86] * 4, 0, *[86] * 4], [100] * 20 + [0] + [100] * 4, baseline=16)
    assert passed_over.signal[16:] == (*(RUN_LOW,) * 4, NONE, *(RUN_LOW,) * 4)
    rebased = share_signals([*level, *[86] * 8], [100] * 24, [18], baseline=16)
    assert set(rebased.signal) == {NONE}


def test_a_recorded_change_begins_a_new_level_and_a_trial_has_no_limits():
    x, n = [90, 91] * 8 + [60, 61] * 6, [100] * 28
    assert LOW in share_signals(x, n).signal
    chart = share_signals(x, n, baseline_from=[16])
    assert set(chart.signal) == {NONE}
    assert chart.centre[0] == pytest.approx(0.905, abs=0.005)
    assert chart.centre[-1] == pytest.approx(0.605, abs=0.005)
    trial = share_signals([90, *[91] * 4, 20, *[91] * 5], [100] * 11)
    assert trial.trial.all()
    assert np.isnan(trial.low).all()
    assert np.isfinite(trial.z).all()
    assert set(trial.signal) == {NONE}
    assert share_signals([90, *[91] * 4, 20, *[91] * 6], [100] * 12).signal[5] is LOW


def test_a_month_under_25_cases_is_never_flagged_alone():
    x, n = [27] * 16, [30] * 16
    assert share_signals([*x, 5], [*n, 24]).z[-1] < -5
    assert share_signals([*x, 5], [*n, 24]).signal[-1] is NONE
    assert share_signals([*x, 5], [*n, 25]).signal[-1] is LOW


def test_volume_counts_by_the_working_day():
    x, days = np.array([210, 200, 220, 190] * 6), np.array([21, 20, 22, 19] * 6)
    chart = count_signals(x, days)
    assert np.all(np.abs(chart.z) < 0.1)
    assert chart.centre[0] == pytest.approx(10, abs=0.01)
    np.testing.assert_allclose(count_signals(x, 2 * days).z, chart.z)
    np.testing.assert_allclose(count_signals(x, 2 * days).low, chart.low / 2)
    tet = np.arange(24) == 13
    x = np.where(tet, 60, x)
    plain, apart = count_signals(x, days), count_signals(x, days, apart=tet)
    assert plain.signal[13] is LOW
    assert set(apart.signal) == {NONE}
    assert apart.z[13] < -8
    assert apart.centre[0] == pytest.approx(10, abs=0.01)
    huge = count_signals(np.where(tet, 40_000, 260_000), np.full(24, 21))
    assert np.isfinite(huge.z).all()
    assert huge.signal[13] is LOW


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: share_signals([[1]], [[2]]), "one count for each month"),
        (lambda: share_signals([3], [2]), "between 0 and n"),
        (lambda: share_signals([1] * 9, [2] * 9, [9]), "within the months"),
        (lambda: share_signals([1] * 9, [2] * 9, [-1]), "within the months"),
        (lambda: share_signals([1], [2], baseline=11), "12 to 24"),
        (lambda: share_signals([1], [2], baseline=25), "12 to 24"),
        (lambda: count_signals([1], [0]), "no days"),
        (lambda: count_signals([1, 2], [1]), "number of days"),
        (lambda: count_signals([1.5], [1]), "whole numbers"),
        (lambda: count_signals([1], [1], apart=[True, False]), "apart or not"),
        (lambda: pool_quarters([1], [2], [1, 1]), "one quarter"),
        (lambda: variation(share_signals([], []), "up"), "without a month"),
        (lambda: assurance(share_signals([1], [2]), 0.5, None), "direction"),
    ],
)
def test_what_is_no_chart_is_refused(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.parametrize(
    ("last", "n", "good", "expected"),
    [
        (10, 30, "up", Variation.WORSE),
        (10, 30, "down", Variation.BETTER),
        (10, 30, None, Variation.NEUTRAL),
        (27, 30, "up", Variation.USUAL),
        (27, 30, None, Variation.USUAL),
        (2, 24, "up", Variation.FEW),
        (22, 24, "up", Variation.FEW),
        (0, 0, "up", Variation.FEW),
    ],
)
def test_the_last_month_in_one_word(last, n, good, expected):
    assert variation(share_signals([*[27] * 16, last], [*[30] * 16, n]), good) is expected


def test_a_rise_is_better_or_worse_as_the_measure_has_it():
    chart = share_signals([*[15] * 16, 29], [30] * 17)
    assert [variation(chart, good) for good in ("up", "down", None)] == [
        Variation.BETTER, Variation.WORSE, Variation.NEUTRAL
    ]  # fmt: skip
    assert variation(count_signals([2] * 16, [20] * 16), None) is Variation.USUAL


def test_a_target_is_sure_beyond_all_usual_months():
    chart = share_signals([90] * 24, [100] * 24)
    low, high = chart.low[-1], chart.high[-1]
    sides: list[tuple[Good, float, float]] = [("up", low, high + 1e-9), ("down", high, low - 1e-9)]
    for good, sure, fail in sides:
        assert assurance(chart, sure, good) is Assurance.SURE
        assert assurance(chart, fail, good) is Assurance.FAIL
        assert assurance(chart, 0.9, good) is Assurance.UNSURE
    assert assurance(chart, None, "up") is None
    assert assurance(share_signals([90] * 11, [100] * 11), 0.5, "up") is None
    perfect = share_signals([100] * 24, [100] * 24)
    assert assurance(perfect, 1.0, "up") is Assurance.UNSURE
    assert assurance(perfect, 0.9, "up") is Assurance.SURE


def test_the_limits_of_a_target_are_those_now_at_the_median_month():
    x, n = [900] * 14 + [9, 14, 18] * 5, [1000] * 14 + [10, 15, 20] * 5
    chart = share_signals(x, n, baseline_from=[14])
    assert chart.low[15] < 0.65 < chart.low[0]
    assert assurance(chart, 0.65, "up") is Assurance.UNSURE
    _, limits = Share().cuts(np.array([-3.0]), np.array([15.0]), chart.centre[-1])
    edge = limits[0, 0] / 15
    assert assurance(chart, edge - 1e-9, "up") is Assurance.SURE
    assert assurance(chart, edge + 1e-9, "up") is Assurance.UNSURE


def slow_pooled(x, n, quarter, starts):
    points = []
    pieces = [0]
    for month in range(1, len(n)):
        pieces.append(pieces[-1] + (quarter[month] != quarter[month - 1] or month in starts))
    for _, together in groupby(range(len(n)), key=lambda month: pieces[month]):
        months = list(together)
        groups = [months] if any(n[m] < 5 for m in months) else [[m] for m in months]
        points += [(sum(x[m] for m in g), sum(n[m] for m in g), g[0], g[-1]) for g in groups]
    return points


@examples(60)
@given(st.lists(st.integers(0, 12), max_size=20), st.integers(0, 2), st.sets(st.integers(0, 19)))
def test_pooling_is_what_the_slow_twin_pools(n, offset, starts):
    x, quarter = [each // 2 for each in n], [(month + offset) // 3 for month in range(len(n))]
    found = pool_quarters(x, n, quarter, sorted(starts))
    points = list(zip(found.x, found.n, found.first, found.last, strict=True))
    assert points == slow_pooled(x, n, quarter, starts)
    assert [found.first[point] for point in found.baseline_from] == sorted(each for each in starts if each < len(n))
    assert found.n.sum() == sum(n)


def test_a_quarter_is_pooled_for_one_month_under_five_cases():
    assert pool_quarters([1, 2, 3], [5, 5, 5], [0, 0, 0]).n.tolist() == [5, 5, 5]
    assert pool_quarters([1, 2, 3], [5, 4, 5], [0, 0, 0]).n.tolist() == [14]
    assert pool_quarters([1, 2, 3], [5, 4, 5], [0, 0, 1]).n.tolist() == [9, 5]


# qicharts2, vignette: longest run > round(log2 n) + 3, crossings < qbinom(0.05, n - 1, 0.5).
@pytest.mark.parametrize(("n", "longest", "crossings"), [(24, 8, 8), (12, 7, 3), (10, 6, 2)])
def test_the_run_rules_have_the_published_bounds(n, longest, crossings):
    rules = run_rules([1, -1] * (n // 2))
    assert rules is not None
    assert (rules.points, rules.longest_usual, rules.crossings_usual) == (n, longest, crossings)
    assert (rules.longest, rules.crossings) == (1, n - 1)
    assert not rules.shifted
    beyond = run_rules([1] * (longest + 1) + [-1, 1] * n)
    assert beyond is not None
    assert beyond.longest == longest + 1


@examples(50)
@given(st.lists(st.sampled_from([-1.0, 1.0, 0.0, float("nan")]), max_size=30))
def test_the_run_rules_are_what_the_slow_twin_counts(deviations):
    off = [each for each in deviations if each != 0 and not isnan(each)]
    rules = run_rules(deviations)
    if len(off) < 10:
        assert rules is None
        return
    assert rules is not None
    runs = [len(list(run)) for _, run in groupby(off)]
    assert (rules.longest, rules.crossings) == (max(runs), len(runs) - 1)
    assert rules.longest_usual == round(log2(len(off))) + 3
    assert rules.shifted == (max(runs) > rules.longest_usual or len(runs) - 1 < rules.crossings_usual)


def test_chance_alarms_are_rare_and_a_fall_is_found():
    few, many = chance(8, 0.0, 24, 30), chance(1000, 0.0, 16, 30)
    assert few.alarms / few.charts < 0.2
    assert many.alarms / many.charts < 0.2
    assert many.found == many.charts
    assert few.found < many.found
