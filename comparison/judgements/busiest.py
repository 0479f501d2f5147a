"""The day on which most cases come, and the weekday and the hour, where these have more than chance brings them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from comparison.statistics import COMPARED_FROM, Z_998, wilson


@dataclass(frozen=True)
class BusiestDay:
    """The day with most cases, how many, and how many a working day brings on average."""

    on: date
    n: int
    mean: float


@dataclass(frozen=True)
class BusiestWeekday:
    """A weekday (1 = Monday) with clearly more cases a working day than the others together, and those of both."""

    weekday: int
    mean: float
    others: float


@dataclass(frozen=True)
class BusiestHour:
    """An hour with clearly more cases than the others, and its share of them all."""

    hour: int
    share: float


def busiest_day(days: pl.DataFrame) -> BusiestDay | None:
    """The day with most cases; None without a case or a working day. days: day, is_working, n."""
    working = days.filter("is_working")["n"]
    if not days["n"].sum() or working.is_empty():
        return None
    top = days.sort("n", descending=True, maintain_order=True).row(0, named=True)
    return BusiestDay(top["day"], top["n"], int(working.sum()) / len(working))


def cases_by_weekday(days: pl.DataFrame) -> pl.DataFrame:
    """weekday (1 = Monday), days, n, mean: cases a working day, for the weekdays worked. days: day, is_working, n."""
    worked = days.filter("is_working").with_columns(weekday=pl.col("day").dt.weekday().cast(pl.Int64))
    # A Saturday worked now and then to make up for a day off says nothing of Saturdays.
    return (
        worked.group_by("weekday")
        .agg(days=pl.len().cast(pl.Int64), n=pl.col("n").sum())
        .filter(pl.col("days") * 4 >= pl.col("days").max())
        .sort("weekday")
        .with_columns(mean=pl.col("n") / pl.col("days"))
    )


def busiest_weekday(weekdays: pl.DataFrame) -> BusiestWeekday | None:
    """The weekday with most cases a working day, if it has clearly more than the other days together; as
    `cases_by_weekday`."""
    if weekdays.height < 2:
        return None
    top: dict[str, Any] = weekdays.sort("mean", descending=True, maintain_order=True).row(0, named=True)
    total, days = int(weekdays["n"].sum()), int(weekdays["days"].sum())
    if not _is_clearly_more(top["n"], total, top["days"] / days):
        return None
    return BusiestWeekday(top["weekday"], top["mean"], (total - top["n"]) / (days - top["days"]))


def busiest_hour(hours: pl.DataFrame) -> BusiestHour | None:
    """The hour with most cases, if it has clearly more than the other hours. hours: hour, n.

    The first and the last hour, which are often half ones, are not compared.
    """
    by_hour = hours.group_by("hour").agg(pl.col("n").sum())
    whole = by_hour.filter(~pl.col("hour").is_in([by_hour["hour"].min(), by_hour["hour"].max()]))
    if whole.height < 2:
        return None
    hour, n = whole.sort("n", "hour", descending=[True, False]).row(0)
    if not _is_clearly_more(n, int(whole["n"].sum()), 1 / whole.height):
        return None
    return BusiestHour(hour, n / int(by_hour["n"].sum()))


def _is_clearly_more(n: int, total: int, even: float) -> bool:
    """Whether n of a total is more than its even share, by a 99.8 % interval, as it is the most of several.

    Counts given their sum: Przyborowski & Wilenski (1940), Biometrika 31, 313-323.
    """
    if total < COMPARED_FROM:
        return False
    low, _ = wilson(n, total, Z_998)
    return float(low) > even
