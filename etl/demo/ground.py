"""What every scenario stands on: the shipped reference files, the planted truths, working days, times of day."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from etl.calendar import calendar
from warehouse.folders import PROJECT

Days: TypeAlias = NDArray[np.datetime64]
Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

OPENS, LAST_RECEIVED, CLOSES = 27_000, 55_800, 59_400  # 7:30, 15:30 and 16:30, in seconds of the day


def shipped(name: str) -> pl.DataFrame:
    """A reference file as shipped, all text: an office's own reference files must not change the demo."""
    return pl.read_csv(PROJECT / "data" / "reference" / f"{name}.csv", infer_schema=False)


@cache
def truths() -> dict[str, Any]:
    """The planted truths of the district, `truths.toml`."""
    return tomllib.loads((Path(__file__).parent / "truths.toml").read_text(encoding="utf-8"))


@cache
def _calendar() -> pl.DataFrame:
    overrides = shipped("calendar").select(
        pl.col("day").str.to_date(), (pl.col("is_working") == "true").alias("is_working"), "why"
    )
    return calendar(2027, overrides)


@cache
def working_days() -> Days:
    """Every working day from 1999 to 2027, in order; a position in it is how the demo counts deadlines."""
    days: Days = _calendar().filter("is_working")["day"].to_numpy().astype("datetime64[D]")
    return days


def position(day: date) -> int:
    """The position of the first working day on or after `day`."""
    return int(np.searchsorted(working_days(), np.datetime64(day, "D")))


@cache
def tet_days() -> Days:
    """Mùng 1 of every year in the calendar."""
    named = _calendar().filter(pl.col("why").fill_null("").str.contains("^Tết Nguyên [ĐđDd]án"))
    first = named.group_by(pl.col("day").dt.year()).agg(pl.col("day").min().alias("first"))
    days: Days = first["first"].sort().to_numpy().astype("datetime64[D]")
    return days


def procedures() -> pl.DataFrame:
    """code, field, working_days (Int64), and rank within the field, the commonest first."""
    return shipped("procedures").select(
        "code",
        "field",
        pl.col("working_days").cast(pl.Int64),
        pl.int_range(pl.len()).over("field").alias("rank"),
    )


def at(days: Days, seconds: Numbers) -> Days:
    """Moments from days and seconds of the day."""
    moments: Days = (days.astype("datetime64[s]").astype(np.int64) + seconds).astype("datetime64[s]")
    return moments.astype("datetime64[us]")


def received_seconds(rng: np.random.Generator, n: int) -> Numbers:
    """Counter hours, until an hour before closing, so that a case can end on the day it came."""
    return rng.integers(OPENS, LAST_RECEIVED, n)


def finished_seconds(rng: np.random.Generator, received: Numbers, same_day: Flags) -> Numbers:
    """Counter hours; after the moment of receipt where it is the same day."""
    earliest = np.where(same_day, received + 60, OPENS + 1800)
    finished: Numbers = earliest + (rng.random(len(received)) * (CLOSES - earliest)).astype(np.int64)
    return finished


def numbered(cases: pl.DataFrame, prefixes: dict[str, str]) -> pl.DataFrame:
    """The cases in order of receipt, with `case_code` (unit prefix, date, ordinal of the day) and `serial` from 1."""
    return cases.sort("received_at", "unit", maintain_order=True).with_columns(
        pl.format(
            "{}-{}-{}",
            pl.col("unit").replace_strict(prefixes, return_dtype=pl.String),
            pl.col("received_at").dt.strftime("%y%m%d"),
            (pl.int_range(pl.len()).over("unit", pl.col("received_at").dt.date()) + 1).cast(pl.String).str.zfill(4),
        ).alias("case_code"),
        pl.int_range(1, pl.len() + 1).alias("serial"),
    )
