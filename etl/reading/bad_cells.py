"""Cells that hold an error or a formula without its result: reasons of their own, never empty cells."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from etl.profile import Profile
from etl.reading.cells import mapped_columns
from etl.reading.places import places
from etl.reading.recognise import Recognised
from etl.reading.refusal import FileRefused
from etl.reading.sheet import ERROR_CELL, Sheet

_SCHEMA = {"index": pl.UInt32, "column": pl.String, "reason": pl.String, "value": pl.String}


def bad_cells(cells: pl.DataFrame, sheets: Sequence[Sheet], found: Recognised) -> pl.DataFrame:
    """Of the mapped columns of data rows: `index` of the row of cells, canonical `column`, `reason`, `value`."""
    rows = cells.select("sheet", "row_number").with_row_index("index")
    parts = [pl.DataFrame(schema=_SCHEMA)]
    for number, header in found.headers.items():
        bad = sheets[number].bad_cells
        if bad.height:
            names = {int(column): name for name, column in mapped_columns(header).items()}
            mapped = bad.filter(pl.col("column").is_in(list(names))).select(
                pl.lit(sheets[number].name).alias("sheet"),
                (pl.col("row") + 1).alias("row_number"),
                pl.col("column").replace_strict(names, return_dtype=pl.String),
                "reason",
                "value",
            )
            joined = mapped.join(rows, on=["sheet", "row_number"], how="inner", maintain_order="left")
            parts.append(joined.select(pl.col("index").cast(pl.UInt32), "column", "reason", "value"))
    return pl.concat(parts)


def refuse_columns_of(
    path: Path, cells: pl.DataFrame, bad: pl.DataFrame, headers: Mapping[str, str], profile: Profile
) -> None:
    """Raises FileRefused where a required column or one of dates is made of such cells: at least half of what is in
    it."""
    shape = profile.shape
    weighty = {column for group in shape.required for column in group} | set(shape.of_form("moment", "day"))
    for (column, reason), some in bad.group_by("column", "reason", maintain_order=True):
        assert isinstance(column, str), "bad cells name a column"
        if column in weighty and some.height >= cells[column].count():
            where = pl.int_range(cells.height, dtype=pl.UInt32, eager=True).is_in(some["index"].implode())
            what = (
                f"{some.height} ô báo lỗi ({', '.join(sorted(set(some['value'])))})"
                if reason == ERROR_CELL
                else f"{some.height} ô là công thức chưa lưu kết quả"
            )
            raise FileRefused(
                path,
                f"Cột “{headers[column]}” có {what}; {places(cells, where)}.",
                "Hãy mở tệp bằng Excel, để Excel tính lại, sửa ô lỗi, lưu rồi nạp lại; hoặc xuất lại tệp.",
            )
