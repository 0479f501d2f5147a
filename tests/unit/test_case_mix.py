"""Lateness beside what a unit's own fields let expect, against published numbers and a slow twin in plain Python."""

from fractions import Fraction
from math import comb, isnan, sqrt
from statistics import NormalDist, median

import numpy as np
import pytest

from bench.case_mix import chance, district
from comparison.statistics import lower_tail, upper_tail
from comparison.statistics.case_mix import Lateness, expected_late, mix_effect
from comparison.statistics.poisson_binomial import sum_tails

FLAGGED = (Lateness.MORE, Lateness.LESS)


# PHEindicatormethods (UK Health Security Agency), tests/testthat/testdata_DSR_ISR.xlsx, sheet testresults_ISR: observed
# events beside 835.883561 expected ones, and a stratum without any event in the reference, which adds nothing.
@pytest.mark.parametrize(
    ("observed", "ratio", "low", "high"),
    [
        (895, 1.070723, 1.001715, 1.143233),
        (91, 0.108867, 0.087650, 0.133666),
        (9, 0.010767, 0.004923, 0.020439),
    ],
)
def test_the_ratio_is_the_published_standardised_one(observed, ratio, low, high):
    found = expected_late(
        [[observed, 0], [500, 0]], [[1000, 60], [900, 60]], ([835_883_561, 0], [1_000_000_000, 60_213])
    )
    assert found.expected[0] == pytest.approx(835.883561, abs=1e-6)
    assert found.ratio[0] == pytest.approx(ratio, abs=1e-6)
    assert (found.ratio_low[0], found.ratio_high[0]) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))
    assert found.adjusted[0] == pytest.approx(835_883_561 / 1_000_060_213 * ratio, abs=1e-6)


def slow_bins(x, n, unit, reference):
    """(late, cases, reference late, reference cases) of each field that counts, and of "other"; and cases left out."""
    bins, rare, left_out = [], [], 0
    for field in range(len(n[0])):
        others = [u for u in range(len(n)) if u != unit]
        if reference is None:
            behind, of = sum(x[u][field] for u in others), sum(n[u][field] for u in others)
        else:
            behind, of = reference[0][field], reference[1][field]
        part = (x[unit][field], n[unit][field], behind, of)
        if sum(n[u][field] > 0 for u in range(len(n))) < 2:
            left_out += n[unit][field]
        elif of >= 100:
            bins.append(part)
        elif n[unit][field] <= of:
            rare.append(part)
        else:
            left_out += n[unit][field]
    if sum(part[3] for part in rare) >= 100:
        bins.append(tuple(sum(part[place] for part in rare) for place in range(4)))
    else:
        left_out += sum(part[1] for part in rare)
    return bins, left_out


def slow_sum(parts):
    """The probabilities of 0, 1, 2, ... late cases, case by case."""
    chances = [1.0]
    for n, share in parts:
        for _ in range(n):
            held = [0.0, *(each * share for each in chances)]
            chances = [each * (1 - share) + more for each, more in zip([*chances, 0.0], held, strict=True)]
    return chances


def slow_score(chances, x):
    lower, upper = sum(chances[:x]) + chances[x] / 2, sum(chances[x + 1 :]) + chances[x] / 2
    return NormalDist().inv_cdf(lower) if lower < upper else -NormalDist().inv_cdf(upper)


def slow_case_mix(x, n, reference):
    rows = []
    for unit in range(len(n)):
        bins, left_out = slow_bins(x, n, unit, reference)
        late, cases = sum(part[0] for part in bins), sum(part[1] for part in bins)
        expected = float(sum((part[1] * Fraction(part[2], part[3]) for part in bins), Fraction(0)))
        row = {"late": late, "n": cases, "expected": expected, "left": left_out / sum(n[unit]), "distance": None}
        if bins:
            row["overall"] = sum(part[2] for part in bins) / sum(part[3] for part in bins)
        if cases:
            p = [(part[1], (part[2] + 0.5) / (part[3] + 1), part[3]) for part in bins]
            chances = slow_sum([(own, share) for own, share, _ in p])
            row["tail"] = min(sum(chances[: late + 1]), sum(chances[late:]))
            variance = sum(own * share * (1 - share) for own, share, _ in p)
            uncertain = sum(own**2 * share * (1 - share) / of for own, share, of in p)
            usual = sum(own * share for own, share, _ in p) / cases
            error = sqrt(variance / (4 * cases**2 * usual * (1 - usual)))
            row["distance"] = slow_score(chances, late) * error
            row["unsure"] = error**2 * (1 + uncertain / variance)
        rows.append(row)
    measured = [row for row in rows if row["n"] >= 25]
    tau2, middle = float("nan"), 0.0
    if len(measured) >= 8:
        middle = median(row["distance"] for row in measured)
        wide = 1.4826 * median(abs(row["distance"] - middle) for row in measured)
        tau2 = max(0.0, wide**2 - median(row["unsure"] for row in measured))
        if reference is not None:
            middle = 0.0
    for row in rows:
        if row["distance"] is not None:
            ends = sorted((row["distance"], row["distance"] - middle))
            nearest = 0.0 if ends[0] <= 0 <= ends[1] else min(ends, key=abs)
            row["z"] = nearest / sqrt(row["unsure"] + (0.0 if isnan(tau2) else tau2))
    return rows, tau2


def drawn(seed):
    generator = np.random.default_rng(seed)
    units, fields = int(generator.integers(3, 12)), int(generator.integers(1, 6))
    n = generator.integers(0, 40, (units, fields)) * (generator.random((units, fields)) < 0.8)
    n[:, 0] += 5
    return generator.binomial(n, generator.uniform(0.02, 0.5, fields)), n


@pytest.mark.parametrize("fixed", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_the_case_mix_is_what_the_slow_twin_finds(seed, fixed):
    x, n = drawn(seed)
    reference = None
    if fixed:
        of = np.random.default_rng(seed).integers(20, 300, n.shape[1])
        reference = ((of * 0.15).astype(int), of)
    found = expected_late(x, n, reference)
    plain = None if reference is None else [part.tolist() for part in reference]
    rows, tau2 = slow_case_mix(x.tolist(), n.tolist(), plain)
    assert found.tau2 == pytest.approx(tau2, abs=1e-9, nan_ok=True)
    for unit, row in enumerate(rows):
        assert (found.late[unit], found.n[unit]) == (row["late"], row["n"])
        assert found.expected[unit] == pytest.approx(row["expected"])
        assert found.not_comparable[unit] == pytest.approx(row["left"])
        assert found.tail[unit] == pytest.approx(row.get("tail", float("nan")), rel=1e-6, nan_ok=True)
        assert found.z[unit] == pytest.approx(row.get("z", float("nan")), rel=1e-6, abs=1e-9, nan_ok=True)
        if row["n"]:
            assert found.reference_share[unit] == pytest.approx(row["overall"])
        flagged = row["n"] >= 25 and row["expected"] >= 5 and row["tail"] < 0.001 and abs(row["z"]) > 3.090232
        assert (found.lateness[unit] in FLAGGED) == flagged


@pytest.mark.parametrize("x", [0, 3, 20, 90, 100])
def test_one_part_is_a_binomial(x):
    lower, upper, _ = sum_tails(x, np.array([100.0]), np.array([0.2]))
    assert lower == pytest.approx(float(lower_tail(x, 100, 0.2)), rel=1e-9)
    assert upper == pytest.approx(max(float(upper_tail(x, 100, 0.2)), 1e-25), rel=1e-9)


def test_scores_far_out_go_on_rising_and_stay_close_to_exact():
    n, share = np.array([600.0, 400.0]), np.array([0.1, 0.12])
    scores = [sum_tails(x, n, share)[2] for x in range(0, 1001, 4)]
    assert np.all(np.diff(scores) > 0)
    assert np.isfinite(scores).all()
    tail = sum(Fraction(comb(1000, k)) * Fraction(1, 10) ** k * Fraction(9, 10) ** (1000 - k) for k in range(251, 1001))
    exact = -NormalDist().inv_cdf(float(tail))
    assert sum_tails(250, np.array([1000.0]), np.array([0.1]))[2] == pytest.approx(exact, rel=0.01)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_sum_of_what_is_certain_is_refused(share):
    with pytest.raises(ValueError, match="share"):
        sum_tails(1, np.array([10.0]), np.array([share]))


def same(found, other, units):
    for name in ("late", "n", "expected", "not_comparable", "reference_share", "ratio", "adjusted", "tail", "z"):
        np.testing.assert_allclose(getattr(found, name)[units], getattr(other, name), rtol=1e-7, atol=1e-12)
    assert [found.lateness[unit] for unit in units] == list(other.lateness)
    assert found.tau2 == pytest.approx(other.tau2, nan_ok=True)


@pytest.mark.parametrize("seed", range(4))
def test_labels_and_order_say_nothing(seed):
    generator = np.random.default_rng(seed)
    x, n = district(generator, 12, 0.01, 2)
    found = expected_late(x, n)
    assert any(each in FLAGGED for each in found.lateness)
    units, fields = generator.permutation(len(n)), generator.permutation(n.shape[1])
    same(found, expected_late(x[units][:, fields], n[units][:, fields]), units)


def test_late_units_do_not_make_one_with_much_of_their_field_look_less_late():
    # Land first: two units late in it, a third with half of its cases there and no later than the others.
    n = np.tile([150, 425, 425], (12, 1)) * 12
    n[2] = np.array([550, 225, 225]) * 12
    x = (n * [0.08, 0.02, 0.01]).astype(int)
    x[:2, 0] = n[:2, 0] * 24 // 100
    found = expected_late(x, n)
    assert found.ratio[2] < 0.85
    assert [each.name for each in found.lateness] == ["MORE", "MORE"] + ["USUAL"] * 10
    on_time = expected_late(n - x, n)
    assert [each.name for each in on_time.lateness] == ["LESS", "LESS"] + ["USUAL"] * 10


def test_two_units_alone_each_stand_beside_the_other():
    found = expected_late([[200], [20]], [[1000], [1000]])
    assert [each.name for each in found.lateness] == ["MORE", "LESS"]


def test_late_and_on_time_mirror():
    x, n = district(np.random.default_rng(3), 12, 0.03, 2)
    late, on_time = expected_late(x, n), expected_late(n - x, n)
    np.testing.assert_allclose(late.z, -on_time.z, rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(late.tail, on_time.tail, rtol=1e-7)
    swapped = {Lateness.MORE: Lateness.LESS, Lateness.LESS: Lateness.MORE}
    assert [swapped.get(each, each) for each in late.lateness] == list(on_time.lateness)


def test_so_many_times_the_cases_leave_shares_and_ratios():
    x, n = district(np.random.default_rng(4), 12, 0.03, 1)
    once, thrice = expected_late(x, n), expected_late(3 * x, 3 * n)
    for name in ("ratio", "adjusted", "reference_share", "not_comparable"):
        np.testing.assert_allclose(getattr(once, name), getattr(thrice, name))
    np.testing.assert_allclose(mix_effect(x, n, once).mix, mix_effect(3 * x, 3 * n, thrice).mix, atol=1e-12)
    assert np.all(thrice.ratio_high - thrice.ratio_low < once.ratio_high - once.ratio_low)


def test_a_unit_alone_in_its_field_is_not_compared_there():
    x, n = [[10, 40, 0], [9, 0, 0], [12, 0, 0]], [[100, 50, 0], [100, 0, 0], [100, 0, 0]]
    found = expected_late(x, n)
    assert found.not_comparable.tolist() == pytest.approx([1 / 3, 0, 0])
    assert found.late.tolist() == [10, 9, 12]
    assert found.expected[0] == pytest.approx(100 * 21 / 200)
    alone = expected_late([[0, 7], [9, 0], [9, 0]], [[0, 90], [100, 0], [100, 0]])
    assert alone.lateness[0] is Lateness.NOT_COMPARABLE
    assert np.isnan([alone.ratio[0], alone.z[0], alone.adjusted[0]]).all()
    assert alone.not_comparable[0] == 1
    fixed = expected_late(x, n, ([500, 500, 500], [1000, 1000, 1000]))
    assert fixed.not_comparable[0] == pytest.approx(1 / 3)


def test_rare_fields_are_compared_together_but_not_one_that_the_unit_nearly_owns():
    # Fields of 90, 90 and 950 cases: the last one almost all of the first unit's, and half of it late.
    n = np.full((6, 3), 15)
    n[:, 2] = [900, 25, 25, 0, 0, 0]
    x = n // 5
    x[:, 2] = n[:, 2] // 2
    found = expected_late(x, n)
    assert found.n[0] == 30
    assert found.expected[0] == pytest.approx(30 * 0.2)
    assert found.not_comparable[0] == pytest.approx(900 / 930)
    assert found.not_comparable[1:].tolist() == [0] * 5
    too_rare = expected_late([[1], [1]], [[30], [30]])
    assert too_rare.not_comparable.tolist() == [1, 1]


def test_where_nobody_is_late_there_is_no_ratio_and_no_flag():
    found = expected_late(np.zeros((9, 2)), np.full((9, 2), 400))
    assert set(found.lateness) == {Lateness.NONE_EXPECTED}
    assert np.isnan(found.ratio).all()
    assert np.all(np.abs(found.z) < 1)
    one = np.zeros((9, 2))
    one[0, 0] = 1
    assert expected_late(one, np.full((9, 2), 400)).lateness[0] is Lateness.NONE_EXPECTED
    always = expected_late(np.full((9, 2), 400) - one, np.full((9, 2), 400))
    assert set(always.lateness) == {Lateness.USUAL}


def test_few_are_shown_and_never_flagged():
    n = np.full((9, 1), 400)
    n[0], n[1], n[2] = 24, 49, 50
    x = n // 10
    x[0], x[1], x[2] = 24, 49, 50
    found = expected_late(x, n, ([100], [1000]))
    assert [each.name for each in found.lateness[:4]] == ["FEW", "FEW", "MORE", "USUAL"]
    assert found.ratio[0] == pytest.approx(10)
    none_late = expected_late([[0], [50]], [[50], [500]])
    assert none_late.lateness[0] is Lateness.USUAL
    assert none_late.ratio_low[0] == 0
    assert none_late.ratio_high[0] == pytest.approx(3.688879 / 5, abs=1e-6)


def test_two_bad_units_are_found_and_do_not_make_the_good_ones_stand_out():
    generator = np.random.default_rng(5)
    found = good = 0
    for _ in range(30):
        n = generator.poisson(125, (12, 8))
        share = np.full((12, 1), 0.08)
        share[:2] = 0.25
        lateness = expected_late(generator.binomial(n, share), n).lateness
        found += sum(each is Lateness.MORE for each in lateness[:2])
        good += sum(each in FLAGGED for each in lateness[2:])
    assert found == 60
    assert good <= 3


def test_an_office_with_late_fields_is_late_for_its_fields_alone():
    shares, usual, heavy = np.array([0.05, 0.3]), np.array([720, 80]), np.array([300, 500])
    n = np.vstack([heavy, np.tile(usual, (9, 1))])
    x = np.round(n * shares).astype(int)
    found, parts = expected_late(x, n), mix_effect(x, n, expected_late(x, n))
    assert upper_tail(x[0].sum(), n[0].sum(), x[1:].sum() / n[1:].sum()) < 1e-20
    assert found.lateness[0] is Lateness.USUAL
    assert found.ratio[0] == pytest.approx(1)
    assert parts.mix[0] == pytest.approx(165 / 800 - 60 / 800)
    assert parts.own[0] == pytest.approx(0)


def test_a_unit_with_the_mix_of_the_others_owes_its_mix_nothing():
    n = np.array([[50, 100], [100, 200], [100, 200], [300, 600]])
    parts = mix_effect(*(both := (n // 5 + [[30, 9], [0, 0], [0, 0], [0, 0]], n)), expected_late(*both))
    assert parts.mix == pytest.approx(np.zeros(4), abs=0.02)
    assert parts.mix[0] == pytest.approx(0, abs=1e-12)
    assert parts.own[0] == pytest.approx(parts.raw[0] - 0.2)


@pytest.mark.parametrize("seed", range(6))
def test_the_parts_add_up_to_what_is_seen(seed):
    x, n = drawn(seed)
    found = expected_late(x, n)
    parts = mix_effect(x, n, found)
    total = parts.reference_share + parts.own + parts.mix + parts.left_out
    some = ~np.isnan(found.ratio)
    assert some.any()
    np.testing.assert_allclose(total[some], (x.sum(axis=1) / n.sum(axis=1))[some])
    np.testing.assert_allclose((parts.reference_share + parts.own)[some], found.adjusted[some])
    expected_of_mix = found.ratio * (found.expected / np.maximum(found.n, 1) - found.reference_share)
    np.testing.assert_allclose(parts.mix[some], expected_of_mix[some], atol=1e-12)
    np.testing.assert_allclose(parts.left_out[found.not_comparable == 0], 0, atol=1e-12)


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(ValueError, match="units by fields"):
        expected_late([1, 2], [3, 4])
    with pytest.raises(ValueError, match="between 0 and n"):
        expected_late([[5]], [[4]])
    with pytest.raises(ValueError, match="each field"):
        expected_late([[1], [2]], [[3], [4]], ([1, 2], [3, 4]))


def test_good_units_that_differ_are_hardly_flagged_where_exact_tails_flag_a_third():
    row = chance(12, 0.03, 0, 30)
    assert row.good == 360
    assert row.plain / row.good > 0.25
    assert row.flagged / row.good < 0.04
    assert row.found / row.bad > 0.5


def test_an_uncertain_reference_is_allowed_for():
    row = chance(12, 0.0, 100, 30)
    assert row.plain / row.good > 0.02
    assert row.flagged / row.good < 0.01
    assert row.found == row.bad
