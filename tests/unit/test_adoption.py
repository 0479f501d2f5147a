"""How a unit's use of a model stands against its plan, on the days around each change."""

from datetime import date

import pytest

from comparison.judgements.adoption import adoption_on

BEFORE, ON, AFTER = date(2024, 3, 3), date(2024, 3, 4), date(2024, 3, 5)


@pytest.mark.parametrize(
    ("planned", "begun", "ended", "standing"),
    [
        (None, None, None, "planned"),
        (AFTER, None, None, "planned"),
        (ON, None, None, "behind"),
        (BEFORE, AFTER, None, "behind"),
        (AFTER, ON, None, "running"),
        (None, BEFORE, AFTER, "running"),
        (BEFORE, BEFORE, ON, "ended"),
    ],
)
def test_the_first_day_counts_on_either_side(planned, begun, ended, standing):
    assert adoption_on(ON, planned, begun, ended) == standing
