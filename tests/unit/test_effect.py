"""The effect of a model, against published numbers and slow twins in plain Python."""

from fractions import Fraction
from itertools import permutations
from math import comb, inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.effects import ROLL_OUTS, count_verdicts, district
from comparison.statistics import wilson
from comparison.statistics.differences import newcombe
from comparison.statistics.effect import Standing, effect
from comparison.statistics.estimate import estimate
from comparison.statistics.permutation import assignments, inverted_interval, number_of_assignments, p_value, smallest_p
from comparison.statistics.verdict import Doubt, Reason, Verdict
from comparison.statistics.waves import compare
from comparison.statistics.windows import ahead, around, exposure, sides
from tests.helpers.effects import (
    before_that,
    districts,
    drawn,
    estimated,
    planted,
    seen,
    slow_change,
    slow_effect,
    slow_exposure,
    slow_p,
    slow_side,
    steady,
)
from tests.helpers.properties import examples

MIRRORED = {Verdict.CLEAR_GAIN: Verdict.CLEAR_LOSS, Verdict.CLEAR_LOSS: Verdict.CLEAR_GAIN}


# Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10.
@pytest.mark.parametrize(
    ("x", "n", "other_x", "other_n", "low", "high"),
    [(56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (10, 10, 0, 10, 0.6075, 1.0)],
)
def test_newcombe_gives_the_published_limits(x, n, other_x, other_n, low, high):
    _, found_low, found_high = newcombe(x, n, other_x, other_n)
    assert (found_low, found_high) == pytest.approx((low, high), abs=5e-5)


def test_the_effect_is_the_published_difference_in_differences():
    # diff-diff 3.13.0, documentation: treated 10, 11 then 15, 18; control 9, 10 then 12, 13: ATT 3.0000. Here in points
    # of a hundred; the controls twice, as three are the fewest.
    x, n = steady([(10, 15, 6), (11, 18, 6), (9, 12, 6), (10, 13, 6), (9, 12, 6), (10, 13, 6)], 13)
    found = effect(x, n, [6, 6, inf, inf, inf, inf])
    assert estimated(found).value == pytest.approx(0.03)
    assert estimated(found).adopters_change == pytest.approx(0.06)
    assert estimated(found).others_change == pytest.approx(0.03)
    assert found.before_after == pytest.approx(0.06)
    assert found.leave_one_out == pytest.approx((0.02, 0.04))


# A slow twin: the same effect in loops and exact fractions, from the words of the method.


@given(st.integers(0, 2**32 - 1), st.integers(0, 12), st.sampled_from([around(3), around(6), ahead(3), ahead(4)]))
def test_the_sides_are_what_the_slow_twin_counts(seed, start, window):
    x, n, starts = drawn(seed, 5, [2, 4, 7, 11, inf])
    found = sides(x.astype(float), n.astype(float), start, window)
    exposed = exposure(n.astype(float), starts, start, window)
    for unit in range(5):
        assert (found.before_x[unit], found.before_n[unit], found.before_months[unit]) == slow_side(
            x, n, unit, start, *window.before
        )
        assert (found.after_x[unit], found.after_n[unit], found.after_months[unit]) == slow_side(
            x, n, unit, start, *window.after
        )
        change = slow_change(x, n, unit, start, window)
        assert (change is not None) == (found.has_before & found.has_after)[unit]
        if change is not None:
            assert found.change()[0][unit] == pytest.approx(float(change))
            assert exposed[unit] == pytest.approx(float(slow_exposure(n, unit, starts[unit], start, window)))


@examples(40)
@given(districts)
def test_effect_p_and_interval_are_what_the_slow_twin_finds(made):
    seed, units, starts, window = made
    x, n, begun = drawn(seed, units, starts)
    width = n.shape[1]
    comparison = compare(x.astype(float), n.astype(float), begun, window)
    found = estimate(comparison)
    waves = sorted({int(s) for s in begun if 0 <= s < width})
    changes = {u: {w: slow_change(x, n, u, w, window) for w in waves} for u in range(units)}
    own = dict(enumerate(begun.tolist()))
    value, used, pool = slow_effect(changes, own, waves, window, width)
    assert comparison.waves.tolist() == used
    if value is None:
        assert found is None
        return
    assert found is not None
    pooled = {u: changes[u] for u in pool}
    p, observed = slow_p(pooled, own, used, window, width)
    assert observed == value
    assert found.value == pytest.approx(float(value))
    assert found.adopters_change - found.others_change == pytest.approx(float(value))
    assert found.p == pytest.approx(float(p))
    if found.adopters < 2 or found.waves < 2:
        assert found.adopters > 1 or np.isnan([found.low, found.high]).all()
        return
    for end, inside in ((found.low, 1), (found.high, -1)):
        if np.isinf(end):
            continue
        for step in (-1e-6, 1e-6):
            without = Fraction(end + step)
            unaffected = {
                u: {
                    w: None if c is None else c - without * slow_exposure(n, u, own[u], w, window)
                    for w, c in pooled[u].items()
                }
                for u in pool
            }
            p, _ = slow_p(unaffected, own, used, window, width)
            assert (p > Fraction(1, 20)) == (step * inside > 0)


@given(st.lists(st.integers(1, 3), min_size=2, max_size=3))
def test_every_assignment_comes_once(sizes):
    found = assignments(tuple(sizes))
    units = [group for group, size in enumerate(sizes) for _ in range(size)]
    assert {tuple(row) for row in found.tolist()} == set(permutations(units))
    assert len(found) == number_of_assignments(sizes)
    assert found[0].tolist() == units


def test_too_many_assignments_are_drawn_and_the_real_one_is_among_them():
    found = assignments((9, 9))
    assert found.shape == (10_000, 18)
    assert found[0].tolist() == [0] * 9 + [1] * 9
    assert (found.sum(axis=1) == 9).all()
    assert len(np.unique(found, axis=0)) > 8_000
    assert smallest_p((9, 9)) == 1 / 10_000


@pytest.mark.parametrize(("pilots", "others"), [(2, 5), (3, 12), (5, 3), (1, 14), (6, 9)])
def test_the_smallest_p_is_one_assignment_of_all(pilots, others):
    assert smallest_p((others, pilots)) == pytest.approx(1 / comb(pilots + others, pilots))
    rises = np.linspace(0.1, 0.12, pilots).tolist()
    x, n = steady([(500, 500 + round(rise * 1000), 12) for rise in rises] + [(500, 500, 12)] * others, 24, 1000)
    found = effect(x, n, [12] * pilots + [inf] * others)
    assert estimated(found).p == pytest.approx(estimated(found).smallest_p)
    assert estimated(found).smallest_p == smallest_p((others, pilots))


def test_two_groups_of_one_size_can_be_swapped():
    x, n = steady([(50, 60, 12)] * 4 + [(50, 50, 12)] * 4, 24)
    found = effect(x, n, [12] * 4 + [inf] * 4)
    assert estimated(found).p == pytest.approx(2 / 70)
    assert estimated(found).smallest_p == pytest.approx(2 / 70)


@examples(25)
@given(st.integers(0, 1000), st.sampled_from(ROLL_OUTS), st.randoms(use_true_random=False))
def test_the_order_of_units_changes_nothing(seed, starts, shuffler):
    x, n, begun = district(np.random.default_rng(seed), starts, 0.05)
    order = list(range(len(begun)))
    shuffler.shuffle(order)
    found, shuffled = effect(x, n, begun), effect(x[order], n[order], begun[order])
    assert shuffled.verdict == found.verdict
    assert seen(shuffled) == pytest.approx(seen(found), nan_ok=True, abs=1e-12)
    assert [found.standing[unit] for unit in order] == list(shuffled.standing)
    assert shuffled.baseline_rank == pytest.approx(found.baseline_rank[order], nan_ok=True)


@examples(25)
@given(st.integers(0, 1000), st.sampled_from(ROLL_OUTS), st.sampled_from([0.0, 0.08]))
def test_counting_the_dissatisfied_mirrors_everything(seed, starts, lift):
    x, n, begun = district(np.random.default_rng(seed), starts, lift)
    found, mirror = effect(x, n, begun), effect(n - x, n, begun)
    assert mirror.verdict == MIRRORED.get(found.verdict, found.verdict)
    assert (mirror.reason, mirror.doubts) == (found.reason, found.doubts)
    assert estimated(mirror).value == pytest.approx(-estimated(found).value)
    assert estimated(mirror).p == estimated(found).p
    assert estimated(mirror).low == pytest.approx(-estimated(found).high, nan_ok=True)
    assert mirror.low == pytest.approx(-found.high, nan_ok=True)
    assert mirror.leave_one_out[0] == pytest.approx(-found.leave_one_out[1], nan_ok=True)


@pytest.mark.parametrize("starts", [[12, 12, 12], [12] * 6, [10, 10, 15], [11, 11, 11, 14, 14, 14]])
@pytest.mark.parametrize(("rise", "verdict"), [(10, Verdict.CLEAR_GAIN), (-10, Verdict.CLEAR_LOSS)])
def test_a_planted_change_is_clear(starts, rise, verdict):
    found = effect(*planted(starts, rise))
    assert (found.verdict, found.reason, found.doubts) == (verdict, None, ())
    assert estimated(found).low < rise / 100 < estimated(found).high
    assert estimated(found).waves == len(set(starts))
    assert before_that(found).holds_zero
    assert found.standing == (Standing.COUNTED,) * len(starts) + (Standing.COMPARED,) * (15 - len(starts))


def test_nothing_planted_is_not_clear():
    found = effect(*planted([12, 12, 12], 0))
    assert found.verdict is Verdict.NOT_CLEAR
    assert found.doubts == (Doubt.INTERVAL_HOLDS_ZERO, Doubt.CHANCE_DOES_AS_WELL)


def test_all_satisfied_all_the_time_is_not_clear():
    _, n, starts = planted([12, 12, 12])
    found = effect(n, n, starts)
    assert found.verdict is Verdict.NOT_CLEAR
    assert (estimated(found).value, estimated(found).low, estimated(found).high, estimated(found).p) == (0, 0, 0, 1)


def test_the_month_of_the_start_counts_on_neither_side():
    x, n, starts = planted([12, 12, 12])
    before = estimated(effect(x, n, starts))
    x[:3, 12] = 0
    assert estimated(effect(x, n, starts)) == before


def test_units_that_start_within_the_window_are_not_compared():
    x, n, starts = planted([10] * 3 + [15] * 3)
    x[3:6, 15:] = 0
    early = effect(x, n, np.where(starts == 15, 16, starts))
    assert estimated(early).waves == 2
    assert early.change[:3] == pytest.approx([0.1] * 3, abs=0.02)
    others = np.delete(np.arange(15), [3, 4, 5])
    first = estimated(effect(x[others], n[others], starts[others]))
    later = estimated(effect(x[3:], n[3:], np.where(starts == 15, 16, starts)[3:]))
    assert estimated(early).value == pytest.approx((first.value + later.value) / 2)


def test_units_that_start_after_the_window_are_compared_until_then():
    x, n, starts = planted([8] * 2 + [15] * 2)
    found = effect(x[:5], n[:5], starts[:5])
    assert estimated(found).waves == 1, "the wave of 15 has one unit beside it, too few"
    assert estimated(found).others == 3
    assert found.standing == (Standing.COUNTED,) * 2 + (Standing.NO_COMPARISON,) * 2 + (Standing.COMPARED,)


def test_a_single_pilot_is_shown_among_all_and_gets_no_verdict():
    found = effect(*planted([12], 15))
    assert (found.verdict, found.reason, found.doubts) == (Verdict.CANNOT_TELL, Reason.ONE_PILOT, ())
    assert found.single is not None
    assert found.single.rank == 1
    assert found.single.units.tolist() == list(range(15))
    assert found.single.effects[0] == pytest.approx(estimated(found).value)
    assert found.single.effects.sum() == pytest.approx(0)
    assert estimated(found).smallest_p == pytest.approx(1 / 15)
    assert np.isnan([estimated(found).low, estimated(found).high, *found.leave_one_out]).all()
    last = effect(*planted([12], -15)).single
    assert last is not None
    assert last.rank == 15
    assert effect(*planted([12, 12])).single is None


def test_two_pilots_of_six_units_could_never_be_clear():
    x, n, starts = planted([12, 12], 15)
    found = effect(x[:6], n[:6], starts[:6])
    assert estimated(found).smallest_p == pytest.approx(1 / 15)
    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_UNITS)


@pytest.mark.parametrize("others", [0, 1, 2])
def test_without_three_units_beside_it_only_before_and_after_remain(others):
    x, n, starts = planted([12] * 4)
    found = effect(x[: 4 + others], n[: 4 + others], starts[: 4 + others])
    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.NO_COMPARISON)
    assert (found.estimate, found.placebo, found.single) == (None, None, None)
    assert found.before_after == pytest.approx(0.1, abs=0.02)
    assert found.before_after == pytest.approx(found.change[:4].mean())
    assert (found.low[:4] < found.change[:4]).all()
    assert (found.change[:4] < found.high[:4]).all()


def test_one_unit_alone_has_no_comparison():
    x, n, starts = planted([12])
    assert effect(x[:1], n[:1], starts[:1]).reason is Reason.NO_COMPARISON


@pytest.mark.parametrize("start", [-5, 0, 2])
def test_a_model_begun_before_the_data_says_so(start):
    found = effect(*planted([start] * 3))
    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.BEGUN_BEFORE_DATA)
    assert found.standing[:3] == (Standing.BEGUN_BEFORE_DATA,) * 3
    assert np.isnan(found.before_after)


def test_ballots_that_begin_with_the_model_say_so():
    x, n, starts = planted([12] * 3)
    n[:, :12] = x[:, :12] = 0
    assert effect(x, n, starts).reason is Reason.BEGUN_BEFORE_DATA
    x, n, starts = planted([12] * 3)
    n[:3, :10] = x[:3, :10] = 0
    assert effect(x, n, starts).reason is Reason.BEGUN_BEFORE_DATA


@pytest.mark.parametrize(("start", "standing"), [(20, Standing.COUNTED), (21, Standing.TOO_EARLY)])
def test_it_is_too_early_until_three_months_are_over(start, standing):
    found = effect(*planted([start] * 3))
    assert found.standing[0] is standing
    assert (found.verdict is Verdict.TOO_EARLY) == (standing is Standing.TOO_EARLY)


def test_a_model_only_planned_is_too_early():
    found = effect(*planted([30, 31]))
    assert (found.verdict, found.reason) == (Verdict.TOO_EARLY, None)
    assert found.standing[:2] == (Standing.UNUSED,) * 2
    assert effect(*planted([])).verdict is Verdict.TOO_EARLY


def test_planned_adopters_are_compared_until_they_begin():
    assert estimated(effect(*planted([12, 12, 30, 31]))).others == 13
    assert estimated(effect(*planted([20, 20, 25]))).others == 13, "the window ends with the data, before month 25"


def test_the_months_before_are_looked_at_for_the_counted_waves_alone():
    found = effect(*planted([12, 12, 22]))
    assert (estimated(found).adopters, estimated(found).waves) == (2, 1)
    assert (before_that(found).adopters, before_that(found).waves) == (2, 1)


@pytest.mark.parametrize("side", [slice(6, 12), slice(13, 19)])
@pytest.mark.parametrize("answers", [0, 4])
def test_too_few_answers_say_so(side, answers):
    x, n, starts = planted([12] * 3)
    n[:3, side] = x[:3, side] = answers
    found = effect(x, n, starts)
    assert (found.verdict, found.reason) == (Verdict.CANNOT_TELL, Reason.TOO_FEW_ANSWERS)
    n[:3, side] = x[:3, side] = 5
    assert effect(x, n, starts).standing[0] is Standing.COUNTED


def test_thirty_answers_in_two_months_are_too_few_months():
    x, n, starts = planted([12] * 3)
    n[:3, 13:17] = x[:3, 13:17] = 0
    assert effect(x, n, starts).reason is Reason.TOO_FEW_ANSWERS


def test_a_pilot_alone_for_now_waits_for_the_others():
    found = effect(*planted([12, 22]))
    assert (found.verdict, found.reason) == (Verdict.TOO_EARLY, None)
    x, n, starts = planted([12, 12])
    n[1, 13:] = x[1, 13:] = 0
    assert effect(x, n, starts).reason is Reason.TOO_FEW_ANSWERS
    assert effect(x, n, starts).single is not None


def test_what_moved_before_is_a_doubt():
    x, n, starts = planted([12] * 3)
    x[:3, :6] -= 10
    found = effect(x, n, starts)
    assert (found.verdict, found.doubts) == (Verdict.NOT_CLEAR, (Doubt.MOVED_BEFORE,))
    assert before_that(found).value == pytest.approx(0.1, abs=0.02)


def test_not_knowing_what_moved_before_is_a_doubt():
    found = effect(*planted([8] * 3))
    assert found.placebo is None
    assert (found.verdict, found.doubts) == (Verdict.NOT_CLEAR, (Doubt.BEFORE_UNKNOWN,))


def test_pilots_chosen_for_being_worst_are_seen_in_their_ranks():
    x, n, starts = planted([12] * 3)
    x[0] -= 20
    x[1] -= 30
    x[2] += 3
    found = effect(x, n, starts)
    assert found.baseline_rank[:3].tolist() == [2, 1, 15]
    assert found.baseline_of[:3].tolist() == [15, 15, 15]
    assert np.isnan(found.baseline_rank[3:]).all()


def test_windows_of_three_and_twelve_months():
    x, n, starts = planted([12] * 3, rise=0)
    x[:3, 13:16] += 10
    assert estimated(effect(x, n, starts, 3)).value == pytest.approx(0.1, abs=0.02)
    assert estimated(effect(x, n, starts, 6)).value == pytest.approx(0.05, abs=0.02)
    assert estimated(effect(x, n, starts, 12)).value == pytest.approx(0.03, abs=0.02)
    assert effect(x, n, starts, 12).placebo is None
    with pytest.raises(ValueError, match="at least 3 months"):
        effect(x, n, starts, 2)


@pytest.mark.parametrize(
    ("x", "n", "starts", "message"),
    [
        ([3], [5], [1], "units by months"),
        ([[3]], [[5]], [1, 2], "units by months"),
        ([[3]], [[5]], [float("nan")], "whole month"),
        ([[3]], [[5]], [0.5], "whole month"),
        ([[3]], [[5]], [-inf], "whole month"),
        ([[6]], [[5]], [1], "between 0 and n"),
    ],
)
def test_what_is_no_roll_out_is_refused(x, n, starts, message):
    with pytest.raises(ValueError, match=message):
        effect(x, n, starts)


def test_an_assignment_without_an_effect_counts_against_it():
    assert p_value(np.array([1.0, 0.2, float("nan"), -1.0]), 1.0) == 0.75


def test_an_interval_with_too_few_assignments_has_no_end():
    assert inverted_interval(np.array([1.0, 0.5, -1.0]), np.array([1.0, 0.0, -1.0]), 1.0) == (-inf, inf)


@pytest.mark.parametrize("starts", ROLL_OUTS[1:])
def test_the_interval_covers_a_planted_effect_nineteen_times_in_twenty(starts):
    generator = np.random.default_rng(7)
    covered = 0
    for _ in range(200):
        best = estimated(effect(*district(generator, starts, 0.08)))
        covered += best.low <= 0.08 <= best.high
    assert wilson(covered, 200)[1] >= 0.95


@pytest.mark.parametrize("starts", ROLL_OUTS)
def test_without_any_effect_at_most_one_verdict_in_twenty(starts):
    counts = count_verdicts(starts, 200)
    wrong = counts[Verdict.CLEAR_GAIN] + counts[Verdict.CLEAR_LOSS]
    assert wilson(wrong, 200)[0] <= 0.05
    if len(starts) == 1:
        assert counts[Verdict.CANNOT_TELL] == 200
