"""Tết beside Tết: the same working days around mùng 1, told by the calendar of the moon and not by the date."""

from datetime import date, timedelta

import polars as pl
import pytest
from scipy.stats import binomtest

from comparison.figures.volume.tet import counted, offset_text, tet_lines
from comparison.judgements.tet import USUAL_EACH, against_usual, tet_to_compare
from comparison.scope import Period
from comparison.statistics.tet import EACH, around, first_days
from comparison.wording import say
from etl.calendar import calendar

NO_OVERRIDES = pl.DataFrame(schema={"day": pl.Date, "is_working": pl.Boolean, "why": pl.String})
CALENDAR = calendar(2027, NO_OVERRIDES)
# Mùng 1 as printed in the calendars of these years.
MUNG_1 = {
    2015: date(2015, 2, 19),
    2019: date(2019, 2, 5),
    2021: date(2021, 2, 12),
    2022: date(2022, 2, 1),
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
}


def test_mung_1_is_found_in_every_year() -> None:
    firsts = {first.year: first for first in first_days(CALENDAR)}
    assert {year: firsts[year] for year in MUNG_1} == MUNG_1
    assert len(firsts) == 2027 - 1999 + 1


def test_days_are_counted_from_the_feast_and_not_from_the_date() -> None:
    now, before = (dict(around(CALENDAR, MUNG_1[year], EACH).iter_rows()) for year in (2025, 2024))
    # The last days at work before the holiday and the first after it, by the decisions on the holidays of those years.
    assert (now[-1], now[1]) == (date(2025, 1, 24), date(2025, 2, 3))
    assert (before[-1], before[1]) == (date(2024, 2, 7), date(2024, 2, 15))
    assert list(now) == list(before) == [*range(-10, 0), *range(1, 11)]
    # By date the two years lie twelve days apart: what was before Tết in one would stand beside what came after.
    assert (before[1] - now[1]) != timedelta(days=366)


@pytest.mark.parametrize("first", first_days(CALENDAR)[1:-1])
def test_every_year_has_the_same_twenty_working_days(first: date) -> None:
    found = around(CALENDAR, first, EACH)
    worked = set(CALENDAR.filter("is_working")["day"])
    # The slow twin: walk a day at a time.
    expected = []
    for step in (-1, 1):
        day, steps = first, 0
        while steps < EACH:
            day += timedelta(days=step)
            if day in worked:
                steps += 1
                expected.append((step * steps, day))
    assert sorted(found.rows()) == sorted(expected)


def test_the_tet_shown_is_the_last_one_before_the_period_ends_that_data_reach() -> None:
    firsts = first_days(CALENDAR)
    covered = Period(date(2023, 1, 1), date(2025, 1, 20))
    assert tet_to_compare(firsts, Period(date(2024, 4, 1), date(2024, 6, 30)), covered) == MUNG_1[2024]
    assert tet_to_compare(firsts, Period(date(2024, 1, 1), date(2024, 1, 31)), covered) == MUNG_1[2023]
    assert tet_to_compare(firsts, Period(date(2024, 1, 1), date(2024, 3, 31)), covered) == MUNG_1[2024]
    assert tet_to_compare(firsts, Period(date(2025, 1, 1), date(2025, 3, 31)), covered) == MUNG_1[2024]
    assert tet_to_compare(firsts, Period(date(2023, 1, 1), date(2023, 1, 10)), covered) is None


def test_days_without_a_case_count_as_none_and_days_without_data_not_at_all() -> None:
    days = around(CALENDAR, MUNG_1[2025], 2)
    daily = pl.DataFrame({"day": [date(2025, 1, 24)], "received": [7]})
    found = counted(days, daily, Period(date(2025, 1, 1), date(2025, 2, 3)))
    assert found.select("offset", "n").rows() == [(-2, 0), (-1, 7), (1, 0)]


def offsets(near: int, usual: int) -> pl.DataFrame:
    reach = EACH + USUAL_EACH
    every = [offset for offset in range(-reach, reach + 1) if offset]
    return pl.DataFrame({"offset": every, "n": [near if abs(offset) <= EACH else usual for offset in every]})


def test_the_days_around_tet_against_usual_ones() -> None:
    mean, found = against_usual(offsets(near=3, usual=6))
    assert mean == 6
    assert found is not None
    assert found.ratio == pytest.approx(0.5)
    # 60 of 300 cases fell on twenty of sixty days.
    share = binomtest(60, 300).proportion_ci(method="wilson")
    assert found.low == pytest.approx(share.low / (1 - share.low) * 2, abs=1e-6)
    assert found.high == pytest.approx(share.high / (1 - share.high) * 2, abs=1e-6)
    assert found.is_clear
    _, same = against_usual(offsets(near=6, usual=6))
    assert same is not None
    assert not same.is_clear
    assert same.ratio == pytest.approx(1)
    assert same.low < 1 < same.high


def test_nothing_is_said_of_usual_days_where_there_are_few() -> None:
    few = offsets(3, 6).filter(pl.col("offset").is_between(-EACH - 5, EACH + 5))
    assert against_usual(few) == (0.0, None)
    assert against_usual(offsets(3, 0)) == (0.0, None)


def test_lines_stand_in_both_languages() -> None:
    days = around(CALENDAR, MUNG_1[2025], 1).with_columns(n=pl.lit(1200, pl.Int64))
    vietnamese, english = (tet_lines(days, days, language) for language in ("vi", "en"))
    assert vietnamese["line"].to_list() == ["now", "now", "before", "before"]
    assert vietnamese["hover"][0] == say("vi", "tet.hover", day="24/01/2025", offset="−1", n="1.200")
    assert "1,200 received" in english["hover"][1]
    assert offset_text("vi", 5) == "+5"
