"""A sheet put together cell by cell, from a format that is read as a stream."""

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from etl.reading.sheet import (
    BAD_CELLS,
    LARGEST_SHEET,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_ROWS,
    MergedRange,
    Sheet,
    cell_name,
    too_long,
    too_many_cells,
    too_many_merged,
)
from etl.reading.strays import extent, refuse_oversized, told_strays
from etl.reading.unique import alike

_BLOCK = 1 << 18  # cells kept as Python texts before they become a table
_CELLS = {"row": pl.Int64, "column": pl.Int64, "text": pl.String}


@dataclass(eq=False)
class Grid:
    """Rows and columns from 0, in any order; of two texts for one cell the last counts."""

    path: Path
    name: str
    is_workbook: bool
    _cells: list[tuple[int, int, str | None]] = field(default_factory=list)
    _blocks: list[pl.DataFrame] = field(default_factory=list)
    _bad: list[tuple[int, int, str, str]] = field(default_factory=list)
    _merged: list[MergedRange] = field(default_factory=list)

    def put(self, row: int, column: int, text: str | None) -> None:
        """Raises FileRefused for a cell that no sheet could hold."""
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            refuse_oversized(self.path, self.name, row + 1, column + 1, 1)
        if text is not None and len(text) > LONGEST_CELL:
            raise too_long(self.path, self.name, row, column, len(text))
        self._cells.append((row, column, text))
        if len(self._cells) >= _BLOCK:
            self._blocks.append(pl.DataFrame(self._cells, schema=_CELLS, orient="row"))
            self._cells = []
            if len(self._blocks) * _BLOCK > LARGEST_SHEET:
                raise too_many_cells(self.path, self.name)

    def put_bad(self, row: int, column: int, reason: str, value: str) -> None:
        self.put(row, column, None)
        self._bad.append((row, column, reason, value[:LONGEST_CELL]))

    def merge(self, row: int, column: int, rows: int, columns: int) -> None:
        """A cell over so many rows and columns; one of each is no merged cell."""
        if rows > 1 or columns > 1:
            self._merged.append(MergedRange(row, row + rows - 1, column, column + columns - 1))
        if len(self._merged) > MOST_MERGED:
            raise too_many_merged(self.path, self.name)

    def sheet(self, told: list[str]) -> Sheet:
        """What was put, but for strays: those are added to `told`."""
        cells = pl.concat([*self._blocks, pl.DataFrame(self._cells, schema=_CELLS, orient="row")])
        end = extent(dict(cells["row"].value_counts().iter_rows()), dict(cells["column"].value_counts().iter_rows()))
        height, width = end.last_row + 1, end.last_column + 1
        kept = cells.filter(pl.col("row") < height, pl.col("column") < width)
        if kept.height < cells.height:
            far = cells.filter((pl.col("row") >= height) | (pl.col("column") >= width))
            told.append(told_strays(self.name, far.height, cell_name(far["row"][0], far["column"][0])))
        if height:
            refuse_oversized(self.path, self.name, height, width, kept.height)
        return Sheet(
            name=self.name,
            table=_wide(kept, height, width),
            is_delimited=False,
            is_workbook=self.is_workbook,
            bad_cells=pl.DataFrame(self._bad, schema=BAD_CELLS, orient="row"),
            merged=tuple(self._merged),
        )


def _wide(cells: pl.DataFrame, height: int, width: int) -> pl.DataFrame:
    names = [str(column) for column in range(width)]
    texts = {
        str(column): part.unique("row", keep="last").select("row", "text")
        for (column,), part in cells.partition_by("column", as_dict=True).items()
    }
    rows = pl.DataFrame({"row": pl.int_range(height, dtype=pl.Int64, eager=True)})
    empty = alike(None, height, pl.String())
    return pl.DataFrame(
        {
            name: rows.join(texts[name], on="row", how="left", maintain_order="left")["text"]
            if name in texts
            else empty
            for name in names
        },
        schema=dict.fromkeys(names, pl.String),
    )
