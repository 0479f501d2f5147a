"""XML Spreadsheet 2003, which portals save with the suffix .xls: every visible sheet, cell by cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from etl.reading.grid import Grid
from etl.reading.refusal import FileRefused
from etl.reading.sheet import ERROR_CELL, FORMULA_WITHOUT_VALUE, LONGEST_CELL, MOST_SHEETS, Book, too_many_sheets
from etl.reading.typed_text import moment_text, number_text
from etl.reading.xml_stream import read_xml

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS, _EXCEL = f"{NAMESPACE} ", "urn:schemas-microsoft-com:office:excel "
_TOLD = "Tệp thật ra là bảng tính XML (XML Spreadsheet 2003): đã đọc các trang tính trong đó."


@dataclass
class _Reader:
    path: Path
    grids: list[Grid] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    is_workbook: bool = False
    _grid: Grid | None = None
    _row: int = -1
    _span: int = 0
    _column: int = -1
    _cell: dict[str, str] = field(default_factory=dict)
    _type: str | None = None
    _letters: list[str] = field(default_factory=list)
    _count: int = 0
    _comment: int = 0
    _keeps: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _SS + "Workbook":
            self.is_workbook = True
        elif name == _SS + "Worksheet":
            self._grid = Grid(self.path, attributes.get(_SS + "Name", ""), is_workbook=True)
            self._row, self._span = -1, 0
            self.grids.append(self._grid)
            if len(self.grids) > MOST_SHEETS:
                raise too_many_sheets(self.path, len(self.grids))
        elif name == _SS + "Row":
            self._row = _number(attributes, "Index", self._row + self._span + 2) - 1
            self._span, self._column = _number(attributes, "Span", 0), -1
        elif name == _SS + "Cell":
            self._column = _number(attributes, "Index", self._column + 2) - 1
            self._cell, self._type, self._letters, self._count = attributes, None, [], 0
        elif name == _SS + "Comment":
            self._comment += 1
        elif name == _SS + "Data" and not self._comment:
            self._type, self._keeps = attributes.get(_SS + "Type", "String"), "data"
        elif name == _EXCEL + "Visible":
            self._letters, self._keeps = [], "visible"

    def text(self, letters: str) -> None:
        if self._keeps and not self._comment:
            self._count += len(letters)
            # What is longer is refused where its place is known: at its end.
            if self._count <= 2 * LONGEST_CELL:
                self._letters.append(letters)

    def end(self, name: str) -> None:
        if name in (_SS + "Data", _EXCEL + "Visible") and not self._comment:
            self._keeps = ""
            if name == _EXCEL + "Visible" and self._grid and "".join(self._letters).strip() != "SheetVisible":
                self.hidden.append(self._grid.name)
                self.grids.remove(self._grid)
                self._grid = None
        elif name == _SS + "Comment":
            self._comment -= 1
        elif name == _SS + "Cell" and self._grid:
            self._put(self._grid)
            self._column += _number(self._cell, "MergeAcross", 0)

    def _put(self, grid: Grid) -> None:
        row, column, text = max(self._row, 0), self._column, "".join(self._letters)
        grid.merge(row, column, _number(self._cell, "MergeDown", 0) + 1, _number(self._cell, "MergeAcross", 0) + 1)
        if self._type == "Error":
            grid.put_bad(row, column, ERROR_CELL, text)
        elif self._type is None:
            if _SS + "Formula" in self._cell:
                grid.put_bad(row, column, FORMULA_WITHOUT_VALUE, "")
        elif self._type == "DateTime":
            grid.put(row, column, moment_text(text))
        elif self._type == "Number":
            grid.put(row, column, number_text(text))
        elif text:
            grid.put(row, column, text)


def _number(attributes: dict[str, str], name: str, default: int) -> int:
    given = attributes.get(_SS + name, "")
    return int(given[:8]) if given.isascii() and given.isdigit() else default


def read_spreadsheetml(path: Path, pieces: Iterable[bytes]) -> Book:
    """The visible sheets. Raises FileRefused."""
    reader = _Reader(path)
    read_xml(path, pieces, reader.start, reader.end, reader.text)
    if not reader.is_workbook:
        raise FileRefused(
            path, "Tệp XML không phải bảng tính.", "Hãy xuất danh sách ra Excel (.xlsx) hoặc CSV (mã UTF-8)."
        )
    told: list[str] = [_TOLD]
    sheets = [grid.sheet(told) for grid in reader.grids]
    return Book(sheets, tuple(reader.hidden), tuple(told))
