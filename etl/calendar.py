"""The working calendar: which days count towards a deadline, and why the others do not."""

from datetime import date, timedelta
from functools import cache

import holidays
import polars as pl

FIRST_DAY = date(1999, 1, 1)


def calendar(last_year: int, overrides: pl.DataFrame) -> pl.DataFrame:
    """One row a day from 1999 to the end of `last_year`: day, is_working, why, weekday, working_day_no.

    `weekday` is 1 for Monday to 7 for Sunday. `working_day_no` counts the working days up to and including the day, so
    that the working days after day a up to and including day b are the difference of the two. `overrides` (day,
    is_working, why) win over the package.
    """
    return (
        _seeded(last_year).update(overrides, on="day", how="left")
        .sort("day")
        .with_columns(pl.col("is_working").cast(pl.Int32).cum_sum().alias("working_day_no"))
    )  # fmt: skip


@cache
def _seeded(last_year: int) -> pl.DataFrame:
    public = holidays.country_holidays("VN", years=range(FIRST_DAY.year, last_year + 1), language="vi")
    days = [FIRST_DAY + timedelta(n) for n in range((date(last_year, 12, 31) - FIRST_DAY).days + 1)]
    return pl.DataFrame(
        {
            "day": days,
            "is_working": [public.is_working_day(day) for day in days],
            "why": [public.get(day) or ("cuối tuần" if day.weekday() > 4 else None) for day in days],
            "weekday": [day.isoweekday() for day in days],
        },
        schema={"day": pl.Date, "is_working": pl.Boolean, "why": pl.String, "weekday": pl.Int8},
    )
