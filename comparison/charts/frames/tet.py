"""Tết beside Tết: the same working days around mùng 1 in two years, whatever their dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from comparison.scope import Language, Period
from comparison.statistics import wilson
from comparison.statistics.tet import EACH
from comparison.wording import day as written
from comparison.wording import number, say

# As many working days beyond those that are compared are what is usual.
USUAL_EACH = 20
_FEWEST_USUAL = 20
# Reaches over all days looked at: thirty working days and the holidays take at most so many days.
REACH = timedelta(days=60)


@dataclass(frozen=True)
class Against:
    """Cases a working day around Tết as a ratio of what is usual, with its 95 % interval."""

    ratio: float
    low: float
    high: float


def to_compare(firsts: Sequence[date], shown: Period, covered: Period) -> date | None:
    """The last mùng 1 within the period shown, else the last before it ends; None where no data reach one."""
    within = [first for first in firsts if covered.starts_on < first < covered.ends_on and first <= shown.ends_on]
    return within[-1] if within else None


def counted(days: pl.DataFrame, daily: pl.DataFrame, covered: Period) -> pl.DataFrame:
    """`days` (offset, day) with n received on each, 0 where nothing came; days that no data reach are left out.

    daily: day, received.
    """
    reached = days.filter(pl.col("day").is_between(covered.starts_on, covered.ends_on))
    joined = reached.join(daily.select("day", n="received"), on="day", how="left", maintain_order="left")
    return joined.with_columns(pl.col("n").fill_null(0).cast(pl.Int64))


def against_usual(days: pl.DataFrame) -> tuple[float, Against | None]:
    """What a usual working day brings, and the days around Tết against it; None where either side has too little.

    days: offset, n up to EACH + USUAL_EACH either side, those beyond EACH are the usual ones. The share of all cases
    that fell on the days around Tết has Wilson's interval, from which that of the ratio of the two rates follows, as
    for two Poisson counts given their sum: Przyborowski & Wilenski (1940), Biometrika 31, 313-323.
    """
    near = days.filter(pl.col("offset").abs() <= EACH)
    usual = days.filter(pl.col("offset").abs() > EACH)
    if usual.height < _FEWEST_USUAL or near.is_empty() or not usual["n"].sum():
        return 0.0, None
    x, y = int(near["n"].sum()), int(usual["n"].sum())
    scale = usual.height / near.height
    (low, high) = (float(edge) for edge in wilson(x, x + y))
    return y / usual.height, Against(x / y * scale, low / (1 - low) * scale, high / (1 - high) * scale)


def tet_lines(now: pl.DataFrame, before: pl.DataFrame | None, language: Language) -> pl.DataFrame:
    """The two years as lines: offset, line ("now", "before"), role, value, hover. Both are offset, day, n."""
    years = [("now", "chosen", now), *([("before", "comparison", before)] if before is not None else [])]
    return pl.concat(
        part.select(
            "offset",
            pl.lit(name).alias("line"),
            pl.lit(role).alias("role"),
            pl.col("n").cast(pl.Float64).alias("value"),
            pl.Series(
                "hover",
                [
                    say(
                        language,
                        "tet.hover",
                        day=written(language, on),
                        offset=offset_text(language, offset),
                        n=number(language, n),
                    )
                    for offset, on, n in part.select("offset", "day", "n").iter_rows()
                ],
                dtype=pl.String,
            ),
        )
        for name, role, part in years
    )


def offset_text(language: Language, offset: int) -> str:
    """How a day is told by its distance: "−1", "+5"."""
    return number(language, offset, signed=True)
