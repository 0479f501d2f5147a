"""Many findings at once, against the published example and the definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.statistics import holm
from comparison.statistics.discoveries import benjamini_hochberg, expected_false_alarms

# Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300, section 3.2: 15 comparisons of
# two treatments of myocardial infarction.
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_of_the_published_fifteen_four_are_named_where_holm_names_three():
    assert np.flatnonzero(benjamini_hochberg(PUBLISHED) <= 0.05).tolist() == [0, 1, 2, 3]
    assert np.flatnonzero(holm(PUBLISHED) <= 0.05).tolist() == [0, 1, 2]


def slow_named(p: list[float], q: float) -> set[int]:
    """The procedure as published: all up to the last whose p is at most its place times q / m."""
    order = sorted(range(len(p)), key=lambda index: p[index])
    last = max((place for place, index in enumerate(order, 1) if p[index] * (len(p) / place) <= q), default=0)
    return set(order[:last])


@given(st.lists(st.floats(0, 1)), st.sampled_from((0.001, 0.01, 0.05, 0.5)))
def test_named_is_what_stepping_up_names(p, q):
    adjusted = benjamini_hochberg(p)
    assert set(np.flatnonzero(adjusted <= q)) == slow_named(p, q)
    assert np.all(adjusted <= 1)
    assert np.all(adjusted >= p)
    assert np.all(adjusted <= holm(p))


@given(st.lists(st.floats(0, 1)).flatmap(lambda p: st.tuples(st.just(p), st.permutations(range(len(p))))))
def test_the_place_in_the_list_does_not_matter(pair):
    p, shuffled = np.array(pair[0]), np.array(pair[1], dtype=int)
    assert benjamini_hochberg(p[shuffled]).tolist() == benjamini_hochberg(p)[shuffled].tolist()


def test_among_a_hundred_units_chance_flags_a_fifth_of_one():
    assert expected_false_alarms(100, 0.002) == pytest.approx(0.2)
    assert expected_false_alarms([0, 15], 0.05) == pytest.approx([0, 0.75])


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(p):
    with pytest.raises(ValueError, match="probability"):
        benjamini_hochberg([0.5, p])
    with pytest.raises(ValueError, match="probability"):
        expected_false_alarms(3, p)


@pytest.mark.parametrize("m", [-1, 1.5, float("inf")])
def test_what_is_no_number_of_units_is_refused(m):
    with pytest.raises(ValueError, match="whole numbers"):
        expected_false_alarms(m, 0.1)
