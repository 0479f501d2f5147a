"""What Khối lượng says before it is drawn: loads, busy weekdays and hours, the age of the stock."""

from datetime import date, timedelta

import polars as pl
import pytest

from comparison.figures.volume.by_day import daily_counts
from comparison.figures.volume.calendar import calendar_cells
from comparison.figures.volume.hours import hour_cells, weekday_bars
from comparison.figures.volume.load import load_bars, load_span, load_text
from comparison.figures.volume.stock_age import age_bars
from comparison.judgements.busiest import busiest_day, busiest_hour, busiest_weekday, cases_by_weekday
from comparison.statistics.load import per_official, per_working_day
from comparison.wording import say

RECEIVED = pl.DataFrame(
    [("a", "Xã A", "2024-01", 30), ("a", "Xã A", "2024-02", 10), ("b", "Xã B", "2024-02", 5)],
    schema=["unit", "unit_name", "month", "numerator"],
    orient="row",
)
WORKED = pl.DataFrame({"month": ["2024-01", "2024-02"], "days": [20, 10]}, schema_overrides={"days": pl.Int32})


def test_a_day_without_a_case_is_a_day_of_work_all_the_same() -> None:
    found = per_working_day(RECEIVED, WORKED)
    assert found.select("unit", "n", "days", "load").rows() == [("a", 40, 30, 40 / 30), ("b", 5, 30, 5 / 30)]


def test_a_period_without_a_working_day_has_no_load() -> None:
    assert per_working_day(RECEIVED, WORKED.with_columns(days=0))["load"].to_list() == [None, None]


def test_only_months_whose_officials_are_known_count_with_their_cases() -> None:
    officials = pl.DataFrame(
        [("a", "2024-02", 4), ("b", "2024-01", 2), ("b", "2024-02", 3), ("c", "2024-01", 9)],
        schema=["unit", "month", "officials"],
        orient="row",
    )
    found = per_official(RECEIVED, WORKED, officials)
    # The first month of a is left out; that of b brought no case but its officials were there.
    assert found.select("unit", "n", "official_days", "load").rows() == [
        ("a", 10, 40, 10 / 40),
        ("b", 5, 20 * 2 + 10 * 3, 5 / 70),
    ]


def test_nobody_at_work_is_no_load() -> None:
    none = pl.DataFrame([("a", "2024-02", 0)], schema=["unit", "month", "officials"], orient="row")
    assert per_official(RECEIVED, WORKED, none).is_empty()


def test_loads_are_told_with_what_they_come_from() -> None:
    frame = load_bars(per_working_day(RECEIVED, WORKED), "day", "vi")
    assert frame["name"].to_list() == ["X. A", "X. B"]
    assert frame["hover"][0] == "X. A\n" + say("vi", "load.hover_day", n="40", base="30", load="1,3")
    assert frame["text"].to_list() == ["1,3", "0,17"]
    assert load_text("en", 0) == "0.0"
    assert load_span("vi", [0.24, 3.1, 32.6]) == ("0,2", "32,6")
    assert load_span("vi", [0.04, 32.6]) == ("0,04", "32,60")
    assert load_span("en", [0.35, 0.5]) == ("0.35", "0.50")


def days(first: date, last: date, monday: int, other: int) -> pl.DataFrame:
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return pl.DataFrame(
        {
            "day": every,
            "is_working": [day.weekday() < 5 for day in every],
            "is_holiday": [False] * len(every),
            "why": [None if day.weekday() < 5 else "cuối tuần" for day in every],
            "n": [0 if day.weekday() > 4 else monday if day.weekday() == 0 else other for day in every],
        },
        schema_overrides={"why": pl.String},
    )


def test_a_busy_weekday_is_told_only_where_it_is_clear() -> None:
    quarter = (date(2024, 4, 1), date(2024, 6, 30))
    found = busiest_weekday(cases_by_weekday(days(*quarter, monday=30, other=20)))
    assert found is not None
    assert (found.weekday, found.mean, found.others) == (1, 30.0, 20.0)
    assert busiest_weekday(cases_by_weekday(days(*quarter, monday=21, other=20))) is None
    # Of fewer than 25 cases nothing is said, however they fall.
    three_days = (date(2024, 4, 1), date(2024, 4, 3))
    assert busiest_weekday(cases_by_weekday(days(*three_days, monday=22, other=1))) is None
    assert busiest_weekday(cases_by_weekday(days(*three_days, monday=23, other=1))) is not None


def test_a_week_with_a_day_off_does_not_make_its_weekday_quiet() -> None:
    frame = days(date(2024, 4, 1), date(2024, 6, 30), monday=20, other=20)
    off = frame.with_columns(
        is_working=pl.col("is_working") & (pl.col("day") > date(2024, 4, 25)),
        n=pl.when(pl.col("day") > date(2024, 4, 25)).then("n").otherwise(0),
    )
    assert cases_by_weekday(off)["mean"].to_list() == [20.0] * 5


def test_a_saturday_worked_once_is_no_weekday() -> None:
    saturday = date(2024, 5, 4)
    frame = days(date(2024, 4, 1), date(2024, 6, 30), monday=20, other=20).with_columns(
        is_working=pl.col("is_working") | (pl.col("day") == saturday),
        n=pl.when(pl.col("day") == saturday).then(90).otherwise("n"),
    )
    assert cases_by_weekday(frame)["weekday"].to_list() == [1, 2, 3, 4, 5]


def hours(counts: dict[int, int]) -> pl.DataFrame:
    rows = [(weekday, hour, n) for weekday in range(1, 6) for hour, n in counts.items()]
    return pl.DataFrame(rows, schema=["weekday", "hour", "n"], orient="row")


def test_a_busy_hour_is_told_beside_whole_hours_only() -> None:
    # The office opens at half past seven and takes nothing in after half past ten.
    even = {7: 10, 8: 20, 9: 20, 10: 9}
    assert busiest_hour(hours(even)) is None
    busy = busiest_hour(hours(even | {9: 60}))
    assert busy is not None
    assert busy.hour == 9
    assert busy.share == pytest.approx(60 / 99)
    assert busiest_hour(hours({8: 900, 9: 1})) is None


def test_cells_are_averages_of_the_days_worked() -> None:
    weekdays = pl.DataFrame({"weekday": [1], "days": [4], "n": [10], "mean": [2.5]})
    cells = hour_cells(hours({8: 6, 9: 4, 23: 0}), weekdays, "vi")
    assert cells.select("weekday", "hour", "value", "text").rows() == [(1, 8, 1.5, "1,5"), (1, 9, 1.0, "1,0")]
    assert cells["hover"][0] == say("vi", "hours.hover", weekday="Thứ Hai", hour="8–9", mean="1,5", n="6")
    assert hour_cells(hours({}).cast(pl.Int64), weekdays, "vi").is_empty()


def test_weekdays_as_bars() -> None:
    weekdays = cases_by_weekday(days(date(2024, 4, 1), date(2024, 6, 30), monday=30, other=20))
    frame = weekday_bars(weekdays, busiest_weekday(weekdays), "en")
    assert frame["name"].to_list() == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    assert frame["is_marked"].to_list() == [True, False, False, False, False]


def test_every_day_has_a_cell_and_says_why_nobody_worked() -> None:
    frame = days(date(2024, 4, 17), date(2024, 4, 20), 3, 3).with_columns(
        is_working=pl.col("day") == date(2024, 4, 17),
        is_holiday=pl.col("day") == date(2024, 4, 18),
        why=pl.when(pl.col("day") == date(2024, 4, 18)).then(pl.lit("Giỗ Tổ")).otherwise("why"),
    )
    daily = pl.DataFrame({"day": [date(2024, 4, 17)], "received": [3], "resolved": [1]})
    counts = daily_counts(frame.drop("n"), daily, "received")
    assert counts["n"].to_list() == [3, 0, 0, 0]
    assert calendar_cells(counts, "received", "vi")["hover"].to_list() == [
        "Thứ Tư 17/04/2024\n3 tiếp nhận",
        "Thứ Năm 18/04/2024: nghỉ, Giỗ Tổ\n0 tiếp nhận",
        "Thứ Sáu 19/04/2024: ngày nghỉ\n0 tiếp nhận",
        "Thứ Bảy 20/04/2024: ngày nghỉ\n0 tiếp nhận",
    ]
    top = busiest_day(counts)
    assert top is not None
    assert (top.on, top.n, top.mean) == (date(2024, 4, 17), 3, 3.0)
    assert busiest_day(counts.with_columns(n=0)) is None


def test_old_stock_is_told_and_marked() -> None:
    ages = pl.DataFrame({"age_from": [0, 21, 31, 121], "age_to": [5, 30, 60, None], "n": [20, 10, 8, 2]})
    frame = age_bars(ages, "vi")
    assert frame["name"].to_list() == ["0–5 ngày", "21–30 ngày", "31–60 ngày", "từ 121 ngày"]
    assert frame["is_marked"].to_list() == [False, False, True, True]
    assert frame["hover"][2].replace("\N{NO-BREAK SPACE}", " ") == "31–60 ngày\n8 hồ sơ: 20,0 %"
