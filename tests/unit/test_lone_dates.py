"""Dates far from all others of a file bound neither its cut-off nor what it covers."""

from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest

from etl.reading.time_span import Bounds, bounds

FIRST = date(2025, 1, 1)
USUAL = [FIRST + timedelta(days=at) for at in range(90)]


def of(*more: date, usual: list[date] = USUAL, rows: int | None = None) -> Bounds:
    days = [*usual, *more]
    return bounds(pl.Series(days, dtype=pl.Date), len(days) if rows is None else rows)


def slow_bounds(days: list[date]) -> Bounds:
    """The rule as it reads, with lists."""
    first = last = None
    for _ in range(2):
        different = sorted(set(days))
        gaps = [(after - before).days for before, after in pairwise(different)]
        usual = sorted(gaps)[int(0.99 * (len(gaps) - 1))]
        at = gaps.index(max(gaps))
        before = [day for day in days if day <= different[at]]
        after = [day for day in days if day > different[at]]
        fewer = min(len(before), len(after))
        if max(gaps) <= 31 or max(gaps) <= 5 * usual or fewer > max(2, 0.001 * len(days)):
            break
        if len(after) <= len(before):
            last, days = different[at], before
        else:
            first, days = different[at + 1], after
    return Bounds(first, last)


CASES = {
    "none": [],
    "one a year late": [date(2026, 3, 1)],
    "one ten years early": [date(2015, 3, 1)],
    "one on either side": [date(2010, 3, 1), date(2026, 9, 1)],
    "two late": [date(2026, 3, 1), date(2026, 3, 4)],
    "three late are no slip": [date(2026, 3, 1), date(2026, 3, 4), date(2026, 3, 5)],
    "a month after": [USUAL[-1] + timedelta(days=31)],
    "a day more": [USUAL[-1] + timedelta(days=32)],
}


@pytest.mark.parametrize("name", CASES)
def test_as_the_rule_reads(name: str) -> None:
    assert of(*CASES[name]) == slow_bounds([*USUAL, *CASES[name]])


def test_expected_bounds() -> None:
    assert of() == Bounds()
    assert of(date(2026, 3, 1)) == Bounds(last=USUAL[-1])
    assert of(date(2015, 3, 1)) == Bounds(first=FIRST)
    assert of(date(2010, 3, 1), date(2026, 9, 1)) == Bounds(FIRST, USUAL[-1])
    assert of(*CASES["three late are no slip"]) == Bounds()
    assert of(*CASES["a month after"]) == Bounds()
    assert of(*CASES["a day more"]) == Bounds(last=USUAL[-1])


def test_files_of_few_rows_and_of_rare_cases_have_no_lone_date() -> None:
    assert of(date(2026, 3, 1), usual=USUAL[:18]) == Bounds()
    monthly = [FIRST + timedelta(days=30 * at) for at in range(30)]
    assert of(monthly[-1] + timedelta(days=120), usual=monthly) == Bounds()


def test_one_in_a_thousand_of_a_large_file() -> None:
    assert of(*[date(2026, 3, 1)] * 3, usual=USUAL * 34) == Bounds(last=USUAL[-1])
    assert of(*[date(2026, 3, 1)] * 4, usual=USUAL * 34) == Bounds()
