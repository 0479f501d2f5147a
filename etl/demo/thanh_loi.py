"""Scenario TL: Thạnh Lợi commune, beginning of 2017 to 29 April 2017: 412 cases, every one on time."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from etl.demo.ground import CLOSES, at, finished_seconds, numbered, position, procedures, received_seconds, working_days
from etl.demo.layouts import WARD_BOOK, under_headers, written
from etl.demo.monthly import monthly_exports
from etl.demo.planted import Planted, PlantedFile
from etl.demo.sheets import write_csv

SOURCE, UNIT = "mot-cua-thanh-loi", "tl-xa-thanh-loi"
FIRST, AS_OF = date(2017, 1, 3), date(2017, 4, 29)
CASES = 412
_FIELDS = {"chung-thuc": 0.46, "ho-tich": 0.38, "dat-dai": 0.08, "bao-tro-xa-hoi": 0.08}


def cases(seed: int) -> pl.DataFrame:
    """The 412 cases as they stood on 29 April 2017 (CASE_COLUMNS of `monthly`)."""
    rng = np.random.default_rng([seed, 2])
    calendar, first, last = working_days(), position(FIRST), position(AS_OF) - 1
    listed = procedures().filter(pl.col("field").is_in(list(_FIELDS)), pl.col("working_days") <= 15)
    weight = listed.select(pl.col("field").replace_strict(_FIELDS) / (pl.col("rank") + 2)).to_series().to_numpy()
    drawn = listed[rng.choice(len(weight), CASES, p=weight / weight.sum())]
    days = drawn["working_days"].to_numpy()
    received = first + (rng.random(CASES) * (last - days - first + 1)).astype(np.int64)
    received[np.argmin(days)] = first
    due = received + days
    finished = np.where(rng.random(CASES) < 0.3, due, received + (rng.random(CASES) * (days + 1)).astype(np.int64))
    received_at = received_seconds(rng, CASES)
    handed_over = calendar[np.minimum(finished + rng.integers(0, 2, CASES), last)]
    # The book was closed on a Saturday, when the last result was fetched: that day is the cut-off of a file
    # without a banner.
    handed_over[np.argmax(finished)] = np.datetime64(AS_OF, "D")
    due_at = at(calendar[due], np.full(CASES, CLOSES))
    dated = drawn.select(
        pl.lit(UNIT).alias("unit"),
        pl.lit(UNIT).alias("receiving_unit"),
        pl.col("code").alias("procedure"),
        "field",
        pl.lit("in_person").alias("channel"),
        pl.Series("received_at", at(calendar[received], received_at)),
        pl.Series("first_due_at", due_at),
        pl.Series("due_at", due_at),
        pl.lit(None, pl.Date).alias("extended_on"),
        pl.Series("finished_at", at(calendar[finished], finished_seconds(rng, received_at, finished == received))),
        pl.Series("handed_over_at", at(handed_over, np.full(CASES, CLOSES))),
        pl.lit(None, pl.Date).alias("apology_sent_on"),
        pl.lit("finished").alias("outcome"),
        pl.lit(False).alias("awaits"),
    )
    return numbered(dated, {UNIT: "TL"})


def write(folder: Path, seed: int) -> Planted:
    """The commune's book as one csv into `folder`."""
    listed = cases(seed)
    closing = monthly_exports(listed, AS_OF.replace(day=1), AS_OF)
    rows = written(closing, WARD_BOOK)
    path = folder / "thanh-loi-2017-04.csv"
    write_csv(path, under_headers(rows, WARD_BOOK))
    return Planted("TL", [PlantedFile(path.name, "cases", SOURCE, rows.height, {}, 0)], listed.height, 0, {})
