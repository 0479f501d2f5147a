"""Statutory periods, presets, and what a period that is not over is compared with."""

from calendar import isleap, monthrange
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comparison.scope import Compare, Period, Scope
from comparison.scope.link_reading import EARLIEST, LAST
from comparison.scope.periods import (
    MONTHS,
    RECKONINGS,
    PresetName,
    add_months,
    calendar_period,
    full_nine_months,
    full_periods,
    last_full,
    namesake,
    nine_months,
    period_of,
    presets,
    statutory_period,
    to_date,
)

DAY = timedelta(days=1)


def period(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def days() -> st.SearchStrategy[date]:
    return st.dates(EARLIEST, LAST)


def kinds() -> st.SearchStrategy[str]:
    return st.sampled_from(tuple(MONTHS))


def reckonings() -> st.SearchStrategy[str]:
    return st.sampled_from(RECKONINGS)


def months_of(asked: Period) -> int:
    after = asked.ends_on + DAY
    return (after.year - asked.starts_on.year) * 12 + after.month - asked.starts_on.month


@pytest.mark.parametrize(
    ("day", "kind", "expected"),
    [
        # The table of the decree, for the reports of 2025.
        ("2025-01-14", "month", ("2024-12-15", "2025-01-14")),
        ("2025-01-15", "month", ("2025-01-15", "2025-02-14")),
        ("2025-03-14", "month", ("2025-02-15", "2025-03-14")),
        ("2025-02-01", "quarter", ("2024-12-15", "2025-03-14")),
        ("2025-06-14", "quarter", ("2025-03-15", "2025-06-14")),
        ("2025-09-14", "quarter", ("2025-06-15", "2025-09-14")),
        ("2025-12-14", "quarter", ("2025-09-15", "2025-12-14")),
        ("2024-12-15", "half_year", ("2024-12-15", "2025-06-14")),
        ("2025-06-15", "half_year", ("2025-06-15", "2025-12-14")),
        ("2024-12-31", "year", ("2024-12-15", "2025-12-14")),
        ("2025-12-14", "year", ("2024-12-15", "2025-12-14")),
        ("2025-12-15", "year", ("2025-12-15", "2026-12-14")),
    ],
)
def test_statutory_periods_run_from_the_15th_to_the_14th(day, kind, expected):
    found = statutory_period(date.fromisoformat(day), kind)
    assert found == period(*expected)
    assert (found.statutory, found.kind) == (kind, "custom")


def test_nine_months_are_a_statutory_period_of_their_own():
    assert nine_months(date(2025, 5, 5), "statutory") == period("2024-12-15", "2025-09-14")
    assert nine_months(date(2025, 5, 5), "calendar") == period("2025-01-01", "2025-09-30")
    assert period("2024-12-15", "2025-09-14").statutory == "nine_months"
    # They are the beginning of a year, and are compared with that of the year before.
    assert period("2024-12-15", "2025-09-14").previous() == period("2023-12-15", "2024-09-14")
    assert full_nine_months(date(2023, 12, 15), date(2025, 9, 13), "statutory") == (period("2023-12-15", "2024-09-14"),)


@given(days(), kinds(), reckonings())
def test_periods_of_a_kind_lie_side_by_side(day, kind, reckoning):
    found = period_of(day, kind, reckoning)
    assert found.contains(day)
    assert months_of(found) == MONTHS[kind]
    assert period_of(found.ends_on + DAY, kind, reckoning).starts_on == found.ends_on + DAY
    assert found.starts_on.day == (1 if reckoning == "calendar" else 15)
    assert (found.kind, found.statutory) == ((kind, None) if reckoning == "calendar" else ("custom", kind))
    assert found.reckoning == reckoning


@given(days(), kinds(), reckonings())
def test_whole_periods_are_compared_with_whole_ones(day, kind, reckoning):
    asked = period_of(day, kind, reckoning)
    before, year_before = asked.previous(), asked.year_before()
    assert before == period_of(asked.starts_on - DAY, kind, reckoning)
    assert year_before == period_of(add_months(asked.starts_on, -12), kind, reckoning)
    assert before.ends_on + DAY == asked.starts_on
    if kind == "year":
        assert before == year_before


@given(days(), kinds(), reckonings(), st.integers(1, 400))
def test_the_beginning_of_a_period_is_compared_with_as_much_of_the_one_before(day, kind, reckoning, length):
    whole = period_of(day, kind, reckoning)
    asked = whole.first(length)
    smallest = next(each for each in MONTHS if asked.ends_on <= period_of(asked.starts_on, each, reckoning).ends_on)
    assume(period_of(asked.starts_on, smallest, reckoning).starts_on == asked.starts_on)
    before = asked.previous()
    whole_before = period_of(asked.starts_on - DAY, smallest, reckoning)
    assert before.starts_on == whole_before.starts_on
    assert before.ends_on <= whole_before.ends_on
    after = asked.ends_on + DAY
    if after.day == asked.starts_on.day:
        assert months_of(before) == months_of(asked)
    else:
        assert before.days == min(asked.days, whole_before.days)


@given(days(), kinds(), reckonings())
def test_a_leap_day_moves_no_whole_period(day, kind, reckoning):
    found, year_before = period_of(day, kind, reckoning), period_of(day, kind, reckoning).year_before()
    assert year_before is not None
    leaps = sum(found.contains(date(year, 2, 29)) for year in range(1999, 2101) if isleap(year))
    leaps_before = sum(year_before.contains(date(year, 2, 29)) for year in range(1999, 2101) if isleap(year))
    assert found.days - year_before.days == leaps - leaps_before


@given(days(), kinds())
def test_a_statutory_period_is_named_after_the_calendar_one(day, kind):
    statutory = statutory_period(day, kind)
    assert namesake(statutory) == calendar_period(statutory.ends_on, kind)
    assert namesake(namesake(statutory)) == statutory
    assert namesake(statutory).ends_on.day == monthrange(statutory.ends_on.year, statutory.ends_on.month)[1]


@given(days(), days(), reckonings())
def test_presets_are_covered_distinct_and_end_by_the_cut_off(first, last, reckoning):
    assume(first <= last)
    found = presets(first, last, reckoning)
    assert found.keys() <= set(get_args(PresetName))
    assert len(set(found.values())) == len(found)
    for name, each in found.items():
        assert first <= each.starts_on
        assert each.ends_on == last if name.endswith("to_date") else each.ends_on <= last
        assert each.reckoning == reckoning


def test_presets_at_the_end_of_a_quarter_and_before_it():
    assert presets(date(2021, 1, 1), date(2025, 6, 30)) == {
        "last_month": period("2025-06-01", "2025-06-30"),
        "last_quarter": period("2025-04-01", "2025-06-30"),
        "half_year_to_date": period("2025-01-01", "2025-06-30"),
    }
    assert presets(date(2021, 1, 1), date(2025, 8, 20), "statutory") == {
        "last_month": period("2025-07-15", "2025-08-14"),
        "last_quarter": period("2025-03-15", "2025-06-14"),
        "month_to_date": period("2025-08-15", "2025-08-20"),
        "quarter_to_date": period("2025-06-15", "2025-08-20"),
        "year_to_date": period("2024-12-15", "2025-08-20"),
    }
    assert presets(date(2025, 8, 1), date(2025, 8, 20)) == {"month_to_date": period("2025-08-01", "2025-08-20")}
    assert to_date("quarter", date(2025, 8, 20)) == period("2025-07-01", "2025-08-20")
    assert last_full("quarter", date(2025, 6, 14), "statutory") == period("2025-03-15", "2025-06-14")
    assert full_periods("month", date(2025, 4, 15), date(2025, 6, 20), "statutory") == (
        period("2025-05-15", "2025-06-14"),
        period("2025-04-15", "2025-05-14"),
    )


def scope(asked: Period, compare: Compare) -> Scope:
    return Scope("s", "R", asked, compare=compare)


@pytest.mark.parametrize(
    ("asked", "cut_off", "compare", "now", "before"),
    [
        # A quarter of which data tell the first 56 days, beside as many of the quarter before and of the year before.
        (
            *(("2026-10-01", "2026-12-31"), "2026-11-25", "previous"),
            *(("2026-10-01", "2026-11-25"), ("2026-07-01", "2026-08-25")),
        ),
        (
            *(("2026-10-01", "2026-12-31"), "2026-11-25", "year"),
            *(("2026-10-01", "2026-11-25"), ("2025-10-01", "2025-11-25")),
        ),
        # The statutory quarter.
        (
            *(("2026-09-15", "2026-12-14"), "2026-10-14", "previous"),
            *(("2026-09-15", "2026-10-14"), ("2026-06-15", "2026-07-14")),
        ),
        # The year, of which data tell January alone, is not compared as a month.
        (
            *(("2026-01-01", "2026-12-31"), "2026-01-20", "previous"),
            *(("2026-01-01", "2026-01-20"), ("2025-01-01", "2025-01-20")),
        ),
        # 30 days of March find 28 in February, and no more.
        (
            *(("2026-03-01", "2026-03-31"), "2026-03-30", "previous"),
            *(("2026-03-01", "2026-03-30"), ("2026-02-01", "2026-02-28")),
        ),
        # As many days, not as many months: 61 days are 61 days.
        (
            *(("2026-10-01", "2026-12-31"), "2026-11-30", "previous"),
            *(("2026-10-01", "2026-11-30"), ("2026-07-01", "2026-08-30")),
        ),
        # Two years have no year before; a part within one has: 69 days, with the leap day.
        (
            *(("2025-01-01", "2026-12-31"), "2025-03-10", "year"),
            *(("2025-01-01", "2025-03-10"), ("2024-01-01", "2024-03-09")),
        ),
    ],
)
def test_an_unfinished_period_is_compared_with_as_many_days(asked, cut_off, compare, now, before):
    question = scope(period(*asked), compare)
    assert question.comparable(date.fromisoformat(cut_off)) == question.with_(period=period(*now), compare="none")
    assert question.compared(date.fromisoformat(cut_off)) == question.with_(period=period(*before), compare="none")


@given(days(), st.integers(0, 800), st.integers(-400, 900), st.sampled_from(("previous", "year")))
def test_both_sides_are_alike_whatever_the_cut_off(first, length, after, compare):
    asked = Period(first, first + timedelta(days=length))
    cut_off = first + timedelta(days=after)
    question = scope(asked, compare)
    now, before, whole = question.comparable(cut_off), question.compared(cut_off), question.compared()
    if cut_off < first:
        assert (now, before) == (None, None)
        return
    assert now is not None
    assert now.period == Period(first, min(asked.ends_on, cut_off))
    if before is None:
        assert compare == "year"
        assert now.period.days > 365
        return
    assert before.period.ends_on < first
    if whole is None:
        return
    assert before.period.starts_on == whole.period.starts_on
    if cut_off >= asked.ends_on:
        assert before == whole
    else:
        assert before.period.days == min(now.period.days, whole.period.days)


def test_nothing_is_compared_where_nothing_is_asked():
    question = scope(period("2026-10-01", "2026-12-31"), "none")
    assert question.compared(date(2026, 11, 25)) is None
    assert question.comparison_period() is None


def test_a_part_and_the_first_days_of_a_period():
    quarter = period("2026-10-01", "2026-12-31")
    assert quarter.until(date(2026, 9, 30)) is None
    assert quarter.until(date(2026, 10, 1)) == period("2026-10-01", "2026-10-01")
    assert quarter.until(date(2027, 1, 1)) == quarter
    assert quarter.within(period("2026-11-01", "2027-02-01")) == period("2026-11-01", "2026-12-31")
    assert quarter.within(period("2026-12-31", "2026-12-31")) == period("2026-12-31", "2026-12-31")
    assert quarter.within(period("2027-01-01", "2027-02-01")) is None
    assert quarter.first(500) == quarter
    with pytest.raises(ValueError, match="cannot end"):
        quarter.first(0)
