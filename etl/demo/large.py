"""A few big csv files in the layouts of the communes and of their sheets, for measuring how the product bears
millions of cases."""

from pathlib import Path

import polars as pl

from etl.demo import district, survey
from etl.demo.ground import truths
from etl.demo.layouts import COMMUNES, under_headers, written
from etl.demo.monthly import monthly_exports
from etl.demo.sheets import write_csv

CASES_A_SHEET = 3


def write_large_csv(folder: Path, cases: int, seed: int = 1) -> list[Path]:
    """The district's cases of all units as they stood at the end, one row each, a csv a year of receipt; and a third as
    many answer sheets, a csv a year of answering.

    Nothing wrong is planted in them. Returns the files written into `folder`, those of cases first, oldest first.
    """
    listed = district.cases(cases, seed)
    return [*_cases(folder, listed), *_sheets(folder, survey.sheets(listed, cases // CASES_A_SHEET, seed))]


def _cases(folder: Path, listed: pl.DataFrame) -> list[Path]:
    last = truths()["period"]["last"]
    paths = []
    for (year,), part in listed.group_by([pl.col("received_at").dt.year()], maintain_order=True):
        closing = monthly_exports(part, last.replace(day=1), last)
        path = folder / f"cap-xa-{year}.csv"
        write_csv(path, under_headers(written(closing, COMMUNES), COMMUNES))
        paths.append(path)
    return paths


def _sheets(folder: Path, sheets: pl.DataFrame) -> list[Path]:
    paths = []
    for (year,), part in sheets.group_by([pl.col("answered_on").dt.year()], maintain_order=True):
        path = folder / f"khao-sat-{year}.csv"
        rows = survey.answer_rows(part)
        write_csv(path, rows.select(pl.col(name).alias(header) for header, name in survey.COLUMNS.items()))
        paths.append(path)
    return paths
