"""The classic measure of how much units differ beyond chance, against published numbers and a slow twin."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.statistics.overdispersion import additive_spread, phi

# FunnelPlotR (NHS-R community), tests/testthat/test-classes_methods.R.
OBSERVED = np.array([100, 150, 180, 80, 120, 225])
EXPECTED = np.array([108, 112, 165, 95, 100, 220])
SCORES, ERRORS = np.sqrt(EXPECTED) * np.log(OBSERVED / EXPECTED), 1 / np.sqrt(EXPECTED)


def test_truncated_phi_is_the_published_one():
    assert phi(SCORES, "truncate") == pytest.approx(2.948033, abs=5e-7)


# Calculated beside the published one from the formulas of Spiegelhalter (2005), for both ways to trim.
def test_winsorised_phi_and_the_spread_that_makes_up_for_it():
    assert phi(SCORES) == pytest.approx(2.149053, abs=5e-7)
    assert additive_spread(phi(SCORES), ERRORS) == pytest.approx(0.012118, abs=5e-7)
    assert additive_spread(phi(SCORES, "truncate"), ERRORS) == pytest.approx(0.019478, abs=5e-7)


def slow_phi(z: list[float], trimming: str) -> float:
    ordered = sorted(z)
    k = len(ordered)

    def quantile(q: float) -> float:
        place = q * (k - 1)
        under = int(place)
        over = min(under + 1, k - 1)
        return ordered[under] + (place - under) * (ordered[over] - ordered[under])

    if trimming == "truncate":
        kept = ordered[k // 10 : k - k // 10]
    else:
        kept = [min(max(each, quantile(0.1)), quantile(0.9)) for each in ordered]
    return sum(each * each for each in kept) / len(kept)


scores = st.lists(st.floats(-20, 20).map(lambda z: round(z, 3)), min_size=1, max_size=45)


@given(scores, st.sampled_from(("winsorise", "truncate")))
def test_phi_is_what_the_slow_twin_finds(z, trimming):
    assert phi(z, trimming) == pytest.approx(slow_phi(z, trimming), rel=1e-9, abs=1e-9)


@given(scores.flatmap(lambda z: st.tuples(st.just(z), st.permutations(z))), st.sampled_from(("winsorise", "truncate")))
def test_phi_knows_no_unit_by_name(pair, trimming):
    z, shuffled = pair
    assert phi(z, trimming) == phi(shuffled, trimming)


def test_a_tenth_at_each_end_is_left_out_from_ten_on():
    assert phi([100] + [1] * 8, "truncate") > 1000
    assert phi([100] + [1] * 9, "truncate") == 1
    assert phi([-100, 100] + [1] * 17, "truncate") == 1


def slow_spread(dispersion: float, errors: list[float]) -> float:
    weights = [1 / error**2 for error in errors]
    k = len(errors)
    if k * dispersion < k - 1:
        return 0.0
    return (k * dispersion - (k - 1)) / (sum(weights) - sum(w * w for w in weights) / sum(weights))


@given(st.floats(0, 50), st.lists(st.floats(0.01, 1), min_size=2, max_size=30))
def test_the_spread_is_what_the_slow_twin_finds(dispersion, errors):
    assert additive_spread(dispersion, errors) == pytest.approx(slow_spread(dispersion, errors), rel=1e-9, abs=1e-12)


def test_without_more_than_chance_there_is_no_spread():
    assert additive_spread(0.8, [0.1] * 5) == 0
    assert additive_spread(0.801, [0.1] * 5) > 0


def test_one_unit_does_not_differ_and_nobody_has_no_phi():
    assert additive_spread(9.0, [0.1]) == 0
    assert isnan(phi([]))
