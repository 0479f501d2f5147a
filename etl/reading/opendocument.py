"""OpenDocument spreadsheets (.ods, and .fods as one XML): every visible sheet, cell by cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from etl.reading.grid import Grid
from etl.reading.refusal import FileRefused
from etl.reading.sheet import (
    ERROR_CELL,
    FORMULA_WITHOUT_VALUE,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    Book,
    cell_name,
    too_many_sheets,
)
from etl.reading.strays import refuse_oversized
from etl.reading.typed_text import moment_text, number_text
from etl.reading.xml_stream import local, read_xml

_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_NAMES}{each}:1.0 " for each in ("table", "office", "text", "style"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
# Cells of these are no cells of the sheet: comments, deleted text, forms, drawings.
_APART = (_OFFICE + "annotation", _TABLE + "tracked-changes", _OFFICE + "forms", _TABLE + "shapes")
_MOST_REPEATED = 1_000_000  # cells written once and repeated
_NUMBERS = ("float", "currency", "percentage")


@dataclass
class _Cell:
    attributes: dict[str, str]
    paragraphs: list[str] = field(default_factory=list)

    @property
    def holds_anything(self) -> bool:
        return bool(self.paragraphs) or not self.attributes.keys().isdisjoint(
            (_OFFICE + "value-type", _TABLE + "formula")
        )

    def put(self, grid: Grid, row: int, column: int) -> None:
        given, shown = self.attributes, "\n".join(self.paragraphs)
        rows, columns = (_count(given, f"{_TABLE}number-{each}-spanned") for each in ("rows", "columns"))
        grid.merge(row, column, rows, columns)
        kind = given.get(_OFFICE + "value-type")
        if given.get(_CALC + "value-type") == "error":
            grid.put_bad(row, column, ERROR_CELL, shown)
        elif kind is None and not self.paragraphs:
            grid.put_bad(row, column, FORMULA_WITHOUT_VALUE, "")
        elif kind == "date":
            grid.put(row, column, moment_text(given.get(_OFFICE + "date-value", shown)))
        elif kind in _NUMBERS:
            grid.put(row, column, number_text(given.get(_OFFICE + "value", shown)))
        elif kind == "boolean":
            grid.put(row, column, given.get(_OFFICE + "boolean-value", shown))
        elif shown:
            grid.put(row, column, shown)


@dataclass
class _Reader:
    path: Path
    told: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    is_spreadsheet: bool = False
    _hidden_styles: set[str] = field(default_factory=set)
    _style: str = ""
    _apart: int = 0
    _tables: int = 0
    _grid: Grid | None = None
    _row: int = 0
    _row_repeats: int = 1
    _column: int = 0
    _row_cells: list[tuple[int, int, _Cell]] = field(default_factory=list)
    _cell: _Cell | None = None
    _letters: int = 0
    _is_in_paragraph: bool = False
    _repeated: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._apart or name in _APART:
            self._apart += 1
        elif name == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif name == _STYLE + "table-properties":
            if attributes.get(_TABLE + "display") == "false":
                self._hidden_styles.add(self._style)
        elif name == _OFFICE + "spreadsheet":
            self.is_spreadsheet = True
        elif name == _TABLE + "table":
            self._tables += 1
            if self._tables == 1:
                self._start_sheet(attributes)
        elif self._tables != 1:
            return
        elif name == _TABLE + "table-row":
            self._row_repeats = _count(attributes, _TABLE + "number-rows-repeated")
            self._column, self._row_cells = 0, []
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._cell, self._letters = _Cell(attributes), 0
        elif self._cell and name == _TEXT + "p":
            self._cell.paragraphs.append("")
            self._is_in_paragraph = True
        elif self._cell and self._cell.paragraphs and local(name) in ("s", "tab", "line-break"):
            self._cell.paragraphs[-1] += " " * min(_count(attributes, _TEXT + "c"), 100)

    def text(self, letters: str) -> None:
        if self._cell and self._is_in_paragraph and not self._apart:
            self._letters += len(letters)
            # What is longer is refused where its place is known: at its end.
            if self._letters <= 2 * LONGEST_CELL:
                self._cell.paragraphs[-1] += letters

    def end(self, name: str) -> None:
        if self._apart:
            self._apart -= 1
        elif name == _TABLE + "table":
            self._tables -= 1
            if not self._tables:
                self._grid = None
        elif self._tables != 1:
            return
        elif name == _TEXT + "p":
            self._is_in_paragraph = False
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._end_cell(is_covered=name.endswith("covered-table-cell"))
        elif name == _TABLE + "table-row":
            self._end_row()

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        name = attributes.get(_TABLE + "name", "")
        self._row = 0
        if attributes.get(_TABLE + "style-name") in self._hidden_styles:
            self.hidden.append(name)
            self._grid = None
            return
        self._grid = Grid(self.path, name, is_workbook=True)
        self.grids.append(self._grid)
        if len(self.grids) > MOST_SHEETS:
            raise too_many_sheets(self.path, len(self.grids))

    def _end_cell(self, *, is_covered: bool) -> None:
        assert self._cell is not None, "a cell that ends has begun"
        repeats = _count(self._cell.attributes, _TABLE + "number-columns-repeated")
        # A covered cell's own text is hidden under the merged one.
        if self._grid and not is_covered and self._cell.holds_anything:
            self._row_cells.append((self._column, repeats, self._cell))
        self._column += repeats
        self._cell = None

    def _end_row(self) -> None:
        if self._grid and self._row_cells:
            rows, columns = (
                self._row + self._row_repeats,
                max(column + repeats for column, repeats, _ in self._row_cells),
            )
            if rows > MOST_ROWS or columns > MOST_COLUMNS:
                refuse_oversized(self.path, self._grid.name, rows, columns, 1)
            self._repeated += self._row_repeats * sum(repeats for _, repeats, _ in self._row_cells) - len(
                self._row_cells
            )
            if self._repeated > _MOST_REPEATED:
                raise FileRefused(
                    self.path,
                    f"Trang tính “{self._grid.name}” lặp lại cùng một ô quá {_MOST_REPEATED} lần"
                    f" (đến ô {cell_name(rows - 1, columns - 1)}), có thể là tệp gây tràn bộ nhớ.",
                    "Hãy xóa các dòng, cột thừa ở xa bảng, lưu lại và nạp lại.",
                )
            for row in range(self._row, rows):
                for column, repeats, cell in self._row_cells:
                    for at in range(column, column + repeats):
                        cell.put(self._grid, row, at)
        self._row += self._row_repeats
        self._row_cells = []


def _count(attributes: dict[str, str], name: str) -> int:
    given = attributes.get(name, "1")
    return int(given[:8]) or 1 if given.isascii() and given.isdigit() else 1


def read_opendocument(path: Path, pieces: Iterable[bytes]) -> Book:
    """The visible sheets of content.xml, or of one .fods. Raises FileRefused."""
    reader = _Reader(path)
    read_xml(path, pieces, reader.start, reader.end, reader.text)
    if not reader.is_spreadsheet:
        raise FileRefused(
            path, "Tệp là văn bản OpenDocument, không phải bảng tính.", "Hãy xuất danh sách ra Excel hoặc CSV."
        )
    sheets = [grid.sheet(reader.told) for grid in reader.grids]
    return Book(sheets, tuple(reader.hidden), tuple(reader.told))
