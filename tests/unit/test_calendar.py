"""The working calendar against days that were announced (domain.md §5)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from etl import reference
from etl.calendar import FIRST_DAY, calendar
from tests.helpers.examples import add_reference
from tests.helpers.slow_twins import working_days


def days() -> dict[date, dict[str, Any]]:
    made = calendar(2027, reference.read("calendar"))
    return {row["day"]: row for row in made.iter_rows(named=True)}


def test_days_that_were_announced() -> None:
    found = days()
    swapped_and_worked = ["2019-01-05", "2019-05-04", "2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"]
    swapped_and_off = ["2018-12-31", "2019-04-29", "2024-04-29", "2025-05-02", "2026-01-02", "2026-08-31"]
    off = ["2023-01-20", "2023-01-26", "2023-04-29", "2023-05-01", "2023-05-03", "2023-09-04", "2025-01-27"]
    off += ["2026-11-24"]  # Ngày Văn hóa Việt Nam, from 2026
    assert [day for day in swapped_and_worked if not found[date.fromisoformat(day)]["is_working"]] == []
    assert [day for day in [*swapped_and_off, *off] if found[date.fromisoformat(day)]["is_working"]] == []
    assert found[date(2023, 4, 30)]["why"]
    assert found[date(2023, 4, 15)]["why"] == "cuối tuần"
    assert (found[date(2023, 4, 14)]["is_working"], found[date(2023, 4, 14)]["why"]) == (True, None)


def test_it_has_every_day_once_and_counts_the_working_ones() -> None:
    made = calendar(2027, reference.read("calendar"))
    assert made["day"].to_list() == [FIRST_DAY + timedelta(n) for n in range(made.height)]
    assert made["day"][-1] == date(2027, 12, 31)
    numbers = dict(zip(made["day"], made["working_day_no"], strict=True))
    for first, last in (("2023-01-19", "2023-01-27"), ("2025-04-24", "2025-05-05"), ("2025-12-31", "2026-01-12")):
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        assert numbers[end] - numbers[start] == working_days(start, end)
    assert numbers[date(2025, 4, 28)] - numbers[date(2025, 4, 24)] == 3


@pytest.mark.parametrize(("written", "works"), [("0", False), ("1", True), ("false", False), ("true", True)])
def test_an_office_says_when_it_was_closed(own_data: Path, written: str, works: bool) -> None:
    add_reference("calendar", f"day,is_working,why\n2024-09-09,{written},bão Yagi\n")
    assert days()[date(2024, 9, 9)] | {"working_day_no": 0} == {
        "day": date(2024, 9, 9), "is_working": works, "why": "bão Yagi", "weekday": 1, "working_day_no": 0,
    }  # fmt: skip
    # Its own file replaces the shipped one.
    assert days()[date(2026, 1, 2)]["is_working"]


def test_what_is_shared_stays_as_it_was() -> None:
    before = days()
    calendar(2027, pl.DataFrame({"day": [date(2023, 4, 14)], "is_working": [False], "why": ["thử"]}))
    assert days() == before
