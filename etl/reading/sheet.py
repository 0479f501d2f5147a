"""What a reader of any format gives: sheets of text, and what their cells and the file had beside the text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import polars as pl

from etl.reading.refusal import FileRefused

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of any sheet, down to the cell XFD1048576
MOST_USED_COLUMNS = 2000  # wider than any export; more are a damaged or a made file
LARGEST_SHEET = 50_000_000  # cells from the first to the last used one
MOST_MERGED = 200_000
MOST_SHEETS = 500  # a province has fewer communes
LONGEST_CELL = 32_767  # letters; what Excel lets a cell hold
_BLANKS = " \t\r\n\u00a0\u200b\ufeff"

BAD_CELLS = {"row": pl.Int64, "column": pl.Int64, "reason": pl.String, "value": pl.String}
ERROR_CELL, FORMULA_WITHOUT_VALUE = "error_cell", "formula_without_value"


class MergedRange(NamedTuple):
    """A merged cell of a sheet: rows and columns from 0, both ends within. Its text stands in the first cell."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: columns "0", "1", … of text (null where empty), one row for each row of the file up to the last
    used one, so that row i is row i + 1 of the spreadsheet, and column "j" its column j + 1. `name` is "" for csv.

    rest: of a text file too large to be held whole, its further rows, some after the others, as often as it is called;
    `table` is then the first of them, and its last rows may be blank. is_workbook: cells had types, so that a bare
    number may be the serial number of a date. bad_cells: row, column
    (from 0), reason (error_cell, formula_without_value), value (the error's text, or ""); such cells are null in
    `table`."""

    name: str
    table: pl.DataFrame
    is_delimited: bool
    is_workbook: bool = False
    bad_cells: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BAD_CELLS))
    merged: tuple[MergedRange, ...] = ()
    rest: Callable[[], Iterator[pl.DataFrame]] | None = None

    @property
    def is_large(self) -> bool:
        return self.rest is not None

    def blocks(self) -> Iterator[pl.DataFrame]:
        """All rows, some after the others."""
        yield self.table
        if self.rest is not None:
            yield from self.rest()


@dataclass(frozen=True)
class Book:
    """A file's visible sheets; the names of its hidden ones, which are not read; and how it was read, in sentences."""

    sheets: list[Sheet]
    hidden: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def cell_name(row: int, column: int) -> str:
    """(999999, 299) -> "KN1000000"."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def column_number(letters: str) -> int:
    """From 0, of any number of letters: "A" -> 0, "KN" -> 299."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def stripped(table: pl.DataFrame) -> pl.DataFrame:
    """The table without the blanks around its texts, null where nothing is left."""
    # In two steps: within one, an eager frame strips every cell twice.
    table = table.select(pl.all().str.strip_chars(_BLANKS))
    return table.select(pl.when(pl.all() != "").then(pl.all()).name.keep())


def has_long_cell(table: pl.DataFrame) -> bool:
    """Whether a cell may hold more letters than one of a workbook can."""
    # Bytes are known without counting, and are no fewer than letters.
    sizes = table.select(pl.all().str.len_bytes().max()).row(0) if table.height and table.width else ()
    return any((size or 0) > LONGEST_CELL for size in sizes)


def unwrapped(table: pl.DataFrame) -> pl.DataFrame:
    """Texts without the formula that portals put around them to keep Excel from changing them: `="00123"` -> 00123."""
    starts = table.select(pl.all().str.starts_with('="').any()).row(0) if table.width else ()
    if not any(starts):
        return table
    text = pl.col([name for name, is_wrapped in zip(table.columns, starts, strict=True) if is_wrapped])
    return table.with_columns(
        pl.when(text.str.contains(r'(?s)^="(?:[^"]|"")*"\s*$'))
        .then(text.str.strip_chars_end().str.slice(2).str.strip_suffix('"').str.replace_all('""', '"', literal=True))
        .otherwise(text)
    )


def too_long(path: Path, sheet: str, row: int, column: int, length: int) -> FileRefused:
    where = f"trang tính “{sheet}”, ô {cell_name(row, column)}" if sheet else f"dòng {row + 1}, cột {column + 1}"
    return FileRefused(
        path,
        f"Có ô dài {length} chữ ({where}); một ô chỉ chứa được {LONGEST_CELL}.",
        "Hãy xem ô đó có phải nhiều dòng dính vào nhau vì thiếu dấu ngoặc kép không; sửa hoặc xuất lại rồi nạp lại.",
    )


def too_many_cells(path: Path, sheet: str) -> FileRefused:
    most = LARGEST_SHEET // 1_000_000
    return FileRefused(path, f"Trang tính “{sheet}” có hơn {most} triệu ô.", "Hãy xuất lại theo từng kỳ ngắn hơn.")


def too_many_merged(path: Path, sheet: str) -> FileRefused:
    return FileRefused(
        path, f"Trang tính “{sheet}” có hơn {MOST_MERGED} vùng ô gộp.", "Hãy bỏ gộp ô, lưu lại và nạp lại."
    )


def too_many_sheets(path: Path, sheets: int) -> FileRefused:
    return FileRefused(
        path, f"Tệp có {sheets} trang tính.", f"Hãy tách thành nhiều tệp, mỗi tệp tối đa {MOST_SHEETS} trang tính."
    )
