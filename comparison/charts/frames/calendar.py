"""Days as cells of a calendar, and the busiest of them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from comparison.scope import Language, Period
from comparison.wording import day, number, say

Counted = Literal["received", "resolved"]
# In this order beside each other to choose from.
COUNTED: tuple[Counted, ...] = ("received", "resolved")


@dataclass(frozen=True)
class Busiest:
    """The day with most cases, how many, and how many a working day brings on average."""

    on: date
    n: int
    mean: float


def reached(period: Period, covered: Period) -> Period | None:
    """The part of a period that data reach; None where there is none."""
    starts_on, ends_on = max(period.starts_on, covered.starts_on), min(period.ends_on, covered.ends_on)
    return Period(starts_on, ends_on) if starts_on <= ends_on else None


def daily_counts(days: pl.DataFrame, daily: pl.DataFrame, of: Counted) -> pl.DataFrame:
    """The days of a calendar (day, is_working, is_holiday, why) with n of each, 0 where nothing happened.

    daily: day, received, resolved.
    """
    joined = days.join(daily.select("day", n=of), on="day", how="left", maintain_order="left")
    return joined.with_columns(pl.col("n").fill_null(0).cast(pl.Int64))


def calendar_cells(counts: pl.DataFrame, of: Counted, language: Language) -> pl.DataFrame:
    """`counts` of `daily_counts` with the text and hover of a calendar's cell."""
    rows = counts.select("day", "n", "is_working", "is_holiday", "why").iter_rows()
    hovers = [_hover(language, of, *row) for row in rows]
    return counts.with_columns(
        pl.Series("text", [number(language, n) for n in counts["n"]], dtype=pl.String),
        pl.Series("hover", hovers, dtype=pl.String),
    )


def busiest(counts: pl.DataFrame) -> Busiest | None:
    """The day with most cases and the average of the working days; None without a case or a working day."""
    working = counts.filter("is_working")["n"]
    if not counts["n"].sum() or working.is_empty():
        return None
    top = counts.sort("n", descending=True, maintain_order=True).row(0, named=True)
    return Busiest(top["day"], top["n"], int(working.sum()) / len(working))


def weekday_and_day(language: Language, on: date) -> str:
    """ "thứ Hai 14/04/2025"."""
    return say(language, "calendar.day", weekday=say(language, f"calendar.weekday_{on.isoweekday()}"),
               day=day(language, on))  # fmt: skip


def _hover(language: Language, of: Counted, on: date, n: int, is_working: bool, is_holiday: bool, why: str) -> str:
    head = weekday_and_day(language, on)
    head = head[:1].upper() + head[1:]
    count = say(language, f"hover.{of}", n=number(language, n))
    if is_working:
        return f"{head}\n{count}"
    off = say(language, "calendar.holiday", why=why) if is_holiday and why else say(language, "calendar.off")
    return f"{head}: {off}\n{count}"
