"""A few big csv files in the communes' layout, for measuring how the product bears millions of cases."""

from pathlib import Path

import polars as pl

from etl.demo import district
from etl.demo.ground import truths
from etl.demo.layouts import COMMUNES, under_headers, written
from etl.demo.monthly import monthly_exports
from etl.demo.sheets import write_csv


def write_large_csv(folder: Path, cases: int, seed: int = 1) -> list[Path]:
    """The district's cases of all units as they stood at the end, one row each, a csv a year of receipt.

    Nothing wrong is planted in them. Returns the files written into `folder`, oldest first.
    """
    last = truths()["period"]["last"]
    listed = district.cases(cases, seed)
    paths = []
    for (year,), part in listed.group_by([pl.col("received_at").dt.year()], maintain_order=True):
        closing = monthly_exports(part, last.replace(day=1), last)
        path = folder / f"cap-xa-{year}.csv"
        write_csv(path, under_headers(written(closing, COMMUNES), COMMUNES))
        paths.append(path)
    return paths
