"""Scenario HN: Hồng Ngự, 1 January to 30 April 2023, so that every published figure comes out exactly."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from etl.demo.ground import (
    CLOSES,
    Days,
    Numbers,
    at,
    finished_seconds,
    numbered,
    position,
    procedures,
    received_seconds,
    working_days,
)
from etl.demo.layouts import IGATE, written
from etl.demo.monthly import monthly_exports
from etl.demo.planted import Planted, PlantedFile
from etl.demo.sheets import Banner, write_igate

SOURCE = "mot-cua-hong-ngu"
FIRST, LAST = date(2023, 1, 1), date(2023, 4, 30)
RECEIVED, ONLINE, CARRIED = 9_503, 3_455, 495
EARLY, ON_TIME, LATE, LATE_IN_LAND, OPEN = 8_244, 1_371, 30, 24, 353

_WARDS = [
    "hn-phuong-an-thanh", "hn-phuong-an-loc", "hn-phuong-an-binh-a", "hn-phuong-an-binh-b", "hn-phuong-an-lac",
    "hn-xa-binh-thanh", "hn-xa-tan-hoi",
]  # fmt: skip
# Share of the city's cases, and who handles them: the department where there is one, else the wards.
_FIELDS: dict[str, tuple[float, str | None]] = {
    "dat-dai": (0.24, "hn-p-tai-nguyen"),
    "ho-tich": (0.27, None),
    "chung-thuc": (0.20, None),
    "bao-tro-xa-hoi": (0.09, None),
    "nguoi-co-cong": (0.03, "hn-p-lao-dong"),
    "xay-dung": (0.06, "hn-p-quan-ly-do-thi"),
    "ho-kinh-doanh": (0.09, "hn-p-tai-chinh"),
    "lao-dong": (0.02, "hn-p-lao-dong"),
}


def _kinds(rng: np.random.Generator, n: int, least_days: int) -> pl.DataFrame:
    """n procedures with at least so many working days, and a unit for each: unit, field, procedure, working_days."""
    listed = procedures().filter(pl.col("field").is_in(list(_FIELDS)), pl.col("working_days") >= least_days)
    share = pl.col("field").replace_strict({field: share for field, (share, _) in _FIELDS.items()})
    listed = listed.with_columns((share / (pl.col("rank") + 2)).alias("weight"))
    weight = listed["weight"].to_numpy()
    drawn = listed[rng.choice(len(weight), n, p=weight / weight.sum())]
    departments = {field: unit for field, (_, unit) in _FIELDS.items() if unit}
    wards = pl.Series("ward", rng.choice(_WARDS, n))
    at_ward = rng.random(n) < 0.15
    return drawn.with_columns(wards, pl.Series("at_ward", at_ward)).select(
        pl.when("at_ward")
        .then("ward")
        .otherwise(pl.col("field").replace_strict(departments, default=pl.col("ward"), return_dtype=pl.String))
        .alias("unit"),
        "field",
        pl.col("code").alias("procedure"),
        "working_days",
    )


def _chosen(rng: np.random.Generator, eligible: np.ndarray, n: int) -> Numbers:
    return rng.choice(np.flatnonzero(eligible), n, replace=False)


def cases(seed: int) -> pl.DataFrame:
    """The 9,998 cases as they stood on 30 April 2023 (CASE_COLUMNS of `monthly`)."""
    rng = np.random.default_rng([seed, 1])
    first, last = position(FIRST), position(LAST) - 1
    closing, total = EARLY + ON_TIME + LATE, RECEIVED + CARRIED
    kinds = pl.concat([_kinds(rng, closing, 1), _kinds(rng, OPEN, 10)])
    days = kinds["working_days"].to_numpy()
    land = (kinds["field"] == "dat-dai").to_numpy()
    is_open = np.arange(total) >= closing

    received = rng.integers(first, last + 1, total)
    # Carried over: received in the last weeks of 2022 and, by their deadline, still open when the year began.
    carried = _chosen(rng, ~is_open & (days >= 10), CARRIED)
    received[carried] = first - 1 - (rng.random(CARRIED) * (days[carried] - 4)).astype(np.int64)
    # Open: received so late that the deadline falls after the period.
    received[is_open] = last - (rng.random(OPEN) * (days[is_open] - 1)).astype(np.int64)
    due = received + days

    left = ~is_open.copy()
    finished = np.zeros(total, np.int64)
    for n, eligible in (
        (LATE_IN_LAND, land & (due + 12 <= last)),
        (LATE - LATE_IN_LAND, ~land & (due + 12 <= last)),
    ):
        rows = _chosen(rng, left & eligible, n)
        finished[rows], left[rows] = due[rows] + rng.integers(1, 13, n), False
    rows = _chosen(rng, left & (due >= first) & (due <= last), ON_TIME)
    finished[rows], left[rows] = due[rows], False
    earliest, latest = np.maximum(received, first), np.minimum(due - 1, last)
    early = earliest + (rng.random(total) * (latest - earliest + 1)).astype(np.int64)
    finished[left] = early[left]

    online = np.zeros(total, bool)
    in_period = np.ones(total, bool)
    in_period[carried] = False
    online[_chosen(rng, in_period, ONLINE)] = True
    online[carried] = rng.random(CARRIED) < 0.3
    return numbered(_dated(rng, kinds, received, due, finished, is_open, online), _prefixes())


def _prefixes() -> dict[str, str]:
    units = [*_WARDS, *sorted({unit for _, unit in _FIELDS.values() if unit})]
    return {unit: f"000.{n:02}.31.H20" for n, unit in enumerate(units, 20)}


def _dated(
    rng: np.random.Generator,
    kinds: pl.DataFrame,
    received: Numbers,
    due: Numbers,
    finished: Numbers,
    is_open: np.ndarray,
    online: np.ndarray,
) -> pl.DataFrame:
    calendar, total = working_days(), len(received)
    received_at = received_seconds(rng, total)
    finished_at = finished_seconds(rng, received_at, finished == received)
    handed_over: Days = calendar[finished + rng.integers(0, 3, total)]
    closed, late = ~is_open, ~is_open & (finished > due)
    return kinds.with_columns(
        pl.when(pl.col("unit").str.starts_with("hn-p-"))
        .then(pl.lit("hn-mot-cua"))
        .otherwise("unit")
        .alias("receiving_unit"),
        pl.Series("channel", np.where(online, "online", "in_person")),
        pl.Series("received_at", at(calendar[received], received_at)),
        pl.Series("first_due_at", at(calendar[due], np.full(total, CLOSES))),
        pl.Series("due_at", at(calendar[due], np.full(total, CLOSES))),
        pl.lit(None, pl.Date).alias("extended_on"),
        pl.Series("finished_at", at(calendar[finished], finished_at)).set(pl.Series(is_open), None),
        pl.Series("handed_over_at", at(handed_over, np.full(total, CLOSES))).set(pl.Series(~closed), None),
        pl.Series("apology_sent_on", calendar[due].astype("datetime64[D]")).set(pl.Series(~late), None),
        pl.lit("finished").alias("outcome"),
        pl.lit(False).alias("awaits"),
    )


def write(folder: Path, seed: int) -> Planted:
    """One xlsx a month, January to April 2023, into `folder`."""
    listed = cases(seed)
    rows = written(monthly_exports(listed, FIRST, LAST), IGATE)
    files = []
    for (month,), part in rows.group_by(["as_of"], maintain_order=True):
        assert isinstance(month, date)
        path = folder / f"hong-ngu-{month:%Y-%m}.xlsx"
        banner = Banner("Thành phố Hồng Ngự", "Hồng Ngự", month.replace(day=1), month, month)
        write_igate(path, part.sort("group", maintain_order=True), banner)
        files.append(PlantedFile(path.name, "cases", SOURCE, part.height, {}, 0))
    return Planted("HN", sorted(files, key=lambda file: file.file), listed.height, 0, {})
