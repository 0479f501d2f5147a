"""Web pages that portals save with the suffix .xls: their tables, as sheets."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from etl.reading.grid import Grid
from etl.reading.refusal import FileRefused
from etl.reading.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Book, Sheet, too_many_sheets

_TOLD = "Tệp thật ra là trang web (HTML) được lưu với đuôi của Excel: đã đọc bảng trong đó."
_CHARSET = re.compile(rb"""<meta[^>]{0,300}charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.I)
_DEEPEST = 50  # tables within tables
_WIDEST_SPAN, _TALLEST_SPAN = 1000, 65_534  # what browsers take
_LEAST_COLUMNS = 3  # a narrower table is a letterhead or a signature beside the table of data
_SILENT = ("script", "style", "title", "head")
_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "center", "br", "li", "caption", "hr", "tr", "table", "body")
# What a page shows of a number that Excel keeps whole in the attribute x:num.
_SHOWN_NUMBER = re.compile(r"[-+\d.,Ee\s]{1,40}")
_NO_TAG = re.compile(r"<(?![/!?a-zA-Z][^<>]*>)")
_MOST_STEPS = 20_000_000  # columns stepped over under merged cells: more than any table's


@dataclass(eq=False)
class _Table:
    """A table as it comes: of each row the text by column; spans (row, column, rows, columns) of its merged cells."""

    path: Path
    rows: list[dict[int, str]] = field(default_factory=list)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    width: int = 0
    _covered: dict[int, int] = field(default_factory=dict)  # column -> the last row that a cell above covers
    _column: int = 0
    _is_in_row: bool = False
    _cell: list[str] | None = None
    _length: int = 0
    _whole_number: str | None = None
    _span: tuple[int, int] = (1, 1)
    _steps: int = 0

    def start_row(self) -> None:
        self.end_cell()
        self.rows.append({})
        self._column, self._is_in_row = 0, True
        if len(self.rows) > MOST_ROWS:
            raise self._no_table(f"có hơn {MOST_ROWS} dòng")

    def end_row(self) -> None:
        self.end_cell()
        self._is_in_row = False

    def start_cell(self, attributes: dict[str, str | None]) -> None:
        if not self._is_in_row:
            self.start_row()
        self.end_cell()
        rows, columns = _span(attributes, "rowspan", _TALLEST_SPAN), _span(attributes, "colspan", _WIDEST_SPAN)
        start = self._column
        while self._covered.get(self._column, -1) >= len(self.rows) - 1:
            self._column += 1
        self._steps += self._column - start + (columns if rows > 1 else 0)
        if self._column + columns > MOST_COLUMNS or self._steps > _MOST_STEPS:
            raise self._no_table("có quá nhiều ô gộp")
        self._cell, self._length, self._span, self._whole_number = [], 0, (rows, columns), attributes.get("x:num")

    def add(self, text: str) -> None:
        """More of the text of the cell that is open, if one is."""
        if self._cell is not None:
            self._length += len(text)
            # What is longer is refused where its place is known.
            if self._length <= 2 * LONGEST_CELL:
                self._cell.append(text)

    def end_cell(self) -> None:
        if self._cell is None:
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", "".join(self._cell)).strip()
        if self._whole_number and _SHOWN_NUMBER.fullmatch(text):
            text = self._whole_number
        row, (rows, columns) = len(self.rows) - 1, self._span
        if text:
            self.rows[-1][self._column] = text
            self.width = max(self.width, self._column + 1)
        if rows > 1 or columns > 1:
            self.spans.append((row, self._column, rows, columns))
        if rows > 1:
            self._covered |= dict.fromkeys(range(self._column, self._column + columns), row + rows - 1)
        self._column += columns
        self._cell = None

    def _no_table(self, why: str) -> FileRefused:
        return FileRefused(self.path, f"Bảng trong trang web {why}.", "Hãy mở bằng Excel, lưu thành .xlsx rồi nạp lại.")


def _span(attributes: dict[str, str | None], name: str, most: int) -> int:
    given = (attributes.get(name) or "1").strip()
    return min(int(given[:6]), most) or 1 if given.isascii() and given.isdigit() else 1


class _Page(HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.parts: list[_Table | str] = []
        self.open: list[_Table] = []
        self.is_closed = False
        self._silent = ""
        self._outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("body", "table"):
            self._silent = ""  # a title or head that was never closed
        if tag in _SILENT:
            self._silent = self._silent or tag
        if self._silent:
            return
        if tag in _BLOCKS:
            self._break()
        if tag == "table":
            if len(self.open) >= _DEEPEST:
                raise FileRefused(
                    self.path,
                    f"Trang web có các bảng lồng nhau quá {_DEEPEST} tầng.",
                    "Hãy mở bằng Excel, lưu thành .xlsx rồi nạp lại.",
                )
            self.open.append(_Table(self.path))
            self.parts.append(self.open[-1])
        elif self.open and tag == "tr":
            self.open[-1].start_row()
        elif self.open and tag in ("td", "th"):
            self.open[-1].start_cell(dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in (*_SILENT, "td", "th"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent:
                self._silent = ""
            return
        self.is_closed = self.is_closed or tag in ("html", "body")
        if tag in _BLOCKS:
            self._break()
        if not self.open:
            return
        if tag == "table":
            self.open[-1].end_cell()
            self.open.pop()
        elif tag in ("td", "th"):
            self.open[-1].end_cell()
        elif tag == "tr":
            self.open[-1].end_row()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self.open:
            self.open[-1].add(data)
        else:
            self._outside.append(data)

    def _break(self) -> None:
        """A new line within a cell, or of the text between tables."""
        if self.open:
            self.open[-1].add(" ")
            return
        text = " ".join("".join(self._outside).split())
        if text:
            self.parts.append(text)
        self._outside = []

    def close(self) -> None:
        super().close()
        self._break()


def text_of_page(content: bytes, decode: Callable[[bytes], str]) -> str:
    """By byte order mark or <meta charset>, else as `decode` reads a text file."""
    named = _CHARSET.search(content[:4096])
    if named and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return content.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)


def _whole_tags(text: str) -> str:
    """Without comments and scripts, and with no tag that does not end: over those the parser's time grows with the
    square of the page."""
    for start, end in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style")):
        parts, at = [], 0
        lower = text.lower() if len(text.lower()) == len(text) else text
        while (begin := lower.find(start, at)) >= 0:
            close = lower.find(end, begin)
            parts.append(text[at:begin])
            at = close + len(end) if close >= 0 else len(text)
            if end != "-->" and close >= 0:
                at = lower.find(">", at) + 1 or len(text)
        text = "".join(parts) + text[at:]
    return _NO_TAG.sub("&lt;", text)


def read_web_page(path: Path, text: str) -> Book:
    """Each table of data as a sheet; narrower tables, and text between tables, are rows of the sheet they stand by.
    Raises FileRefused where there is no table, or where the page breaks off within one."""
    page = _Page(path)
    page.feed(_whole_tags(text))
    page.close()
    if page.open and not page.is_closed:
        raise FileRefused(
            path,
            f"Trang web bị cắt cụt: bảng chưa đóng ở dòng {text.count(chr(10)) + 1}.",
            "Hãy xuất hoặc chép lại tệp rồi nạp lại.",
        )
    for table in page.open:
        table.end_cell()
    tables = [part for part in page.parts if isinstance(part, _Table)]
    if not tables:
        raise FileRefused(
            path, "Tệp là trang web (HTML) không có bảng nào.", "Hãy xuất danh sách ra Excel (.xlsx) hoặc CSV."
        )
    wide = [table for table in tables if table.width >= _LEAST_COLUMNS] or [max(tables, key=lambda each: each.width)]
    if len(wide) > MOST_SHEETS:
        raise too_many_sheets(path, len(wide))
    told = [_TOLD]
    return Book(_sheets(path, page.parts, wide, told), told=tuple(told))


def _sheets(path: Path, parts: list[_Table | str], wide: list[_Table], told: list[str]) -> list[Sheet]:
    sheets: list[Sheet] = []
    grid, row = Grid(path, "Bảng 1", is_workbook=False), 0
    is_filled = False
    for part in parts:
        if isinstance(part, str):
            grid.put(row, 0, part)
            row += 1
            continue
        if any(part is each for each in wide):
            if is_filled:
                sheets.append(grid.sheet(told))
                grid, row = Grid(path, f"Bảng {len(sheets) + 1}", is_workbook=False), 0
            is_filled = True
        for number, cells in enumerate(part.rows):
            for column, shown in cells.items():
                grid.put(row + number, column, shown)
        for first, column, rows, columns in part.spans:
            grid.merge(row + first, column, min(rows, len(part.rows) - first), columns)
        row += len(part.rows)
    return [*sheets, grid.sheet(told)]
