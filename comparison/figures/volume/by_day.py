"""What was received or resolved on each day."""

from typing import Literal

import polars as pl

from comparison.figures.volume.asked import days_with_data
from comparison.measures.calendar_days import calendar_days
from comparison.measures.volume_lists import daily_received
from comparison.question import Question

Counted = Literal["received", "resolved"]
# In this order beside each other to choose from.
COUNTED: tuple[Counted, ...] = ("received", "resolved")


def daily_counts(days: pl.DataFrame, daily: pl.DataFrame, of: Counted) -> pl.DataFrame:
    """`days` (day) with n of each, 0 where nothing happened. daily: day, received, resolved."""
    joined = days.join(daily.select("day", n=of), on="day", how="left", maintain_order="left")
    return joined.with_columns(pl.col("n").fill_null(0).cast(pl.Int64))


def counts_by_day(q: Question, of: Counted) -> pl.DataFrame | None:
    """Every day of the period that data reach, as `calendar_days`, with n; None where they reach none."""
    period = days_with_data(q)
    if period is None:
        return None
    daily = daily_received(q.warehouse, q.scope.with_(period=period), q.viewer)
    return daily_counts(calendar_days(q.warehouse, period), daily, of)
