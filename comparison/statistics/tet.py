"""The working days around Tết, told by the calendar of the moon and not by the date."""

from datetime import date

import polars as pl

# Ten working days either side of mùng 1 make the twenty that are compared.
EACH = 10


def first_days(calendar: pl.DataFrame) -> list[date]:
    """Mùng 1 of every year in a calendar (day, why), in order: the first day named after Tết itself.

    The eve is named "Giao thừa Tết Nguyên Đán" or "29 Tết", the days after it "Mùng hai …".
    """
    named = calendar.filter(pl.col("why").fill_null("").str.contains(r"(?i)^tết nguyên đán"))
    return named.group_by(pl.col("day").dt.year()).agg(pl.col("day").min().alias("first"))["first"].sort().to_list()


def around(calendar: pl.DataFrame, first_day: date, each: int) -> pl.DataFrame:
    """offset, day: the working days around `first_day` by their distance in working days, at most `each` either side.

    -1 is the last working day before it, 1 the first after; it is not worked itself, so there is no 0. calendar: day,
    is_working, in order. Two years laid beside each other by offset compare like with like: their dates lie up to a
    month apart, as the year of the moon begins between late January and late February.
    """
    worked = calendar.filter("is_working").select("day").sort("day")
    before = worked.filter(pl.col("day") < first_day).tail(each)
    after = worked.filter(pl.col("day") > first_day).head(each)
    return pl.concat(
        [
            before.with_columns(offset=pl.int_range(-before.height, 0, dtype=pl.Int64)),
            after.with_columns(offset=pl.int_range(1, after.height + 1, dtype=pl.Int64)),
        ]
    ).select("offset", "day")
