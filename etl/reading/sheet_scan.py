"""The XML of one sheet of an .xlsx, looked through as bytes before anything reads it: how far its cells reach, which
formulas have no value, which cells are merged. An XML parser would cost twice the reading itself."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from etl.reading.refusal import FileRefused
from etl.reading.sheet import (
    ERROR_CELL,
    FORMULA_WITHOUT_VALUE,
    LARGEST_SHEET,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_ROWS,
    MergedRange,
    column_number,
    too_many_cells,
    too_many_merged,
)
from etl.reading.strays import Extent, beyond_sheet, extent, refuse_oversized
from etl.reading.unzip import damaged

Pieces = Callable[[], Iterator[bytes]]
_LONGEST_ROW = 1 << 18
_LONGEST_ELEMENT = 1 << 24  # bytes between two ends of rows, cells or tags
_MOST_UNPLACED = 5_000_000  # cells that do not say where they stand, and so are counted one by one
_FEW_ROWS = 20_000
_SLACK = 1000  # rows that may be blank, and so are not written, beside as many again
# Whitespace and optional parts are possessive: no run of them is tried twice.
_CELL_REFERENCE = re.compile(rb"""\sr\s*+=\s*+["']([A-Za-z]+)(\d+)["']""")
_NO_VALUE = re.compile(
    rb"<(?:[\w.-]+:)?c(?=[\s>])([^>]*)>\s*+<(?:[\w.-]+:)?f(?=[\s/>])(?:[^>]*/>|[^>]*>[^<]*</[^>]*>)\s*+"
    rb"(?:<(?:[\w.-]+:)?v\s*+(/)>|<(?:[\w.-]+:)?v\s*+>\s*+(<)/[^>]*>\s*+)?+\s*+</(?:[\w.-]+:)?c>"
)
_IS_TEXT = re.compile(rb"""\st\s*+=\s*+["']str["']""")
_ERROR = re.compile(
    rb"""<(?:[\w.-]+:)?c(?=\s)([^>]*\st\s*+=\s*+["']e["'][^>]*)>(?:(?!</(?:[\w.-]+:)?c>).)*?<(?:[\w.-]+:)?v\s*+>([^<]*)<""",
    re.S,
)
_ERRORS_READ = (b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!", b"#GETTING_DATA")
_MERGED = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s[^>]*?ref\s*+=\s*+["']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)["']""")
_ROOT = re.compile(rb"<[A-Za-z_]")
_ENDS = (b"</row>", b":row>", b"</c>", b":c>", b">")
_ROW_OR_CELL = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s>/])([^>]*)>")
_ROW_NUMBER = re.compile(rb"""\sr\s*+=\s*+["'](\d+)["']""")
_END_OF_SHARED = re.compile(rb"</(?:[\w.-]+:)?si\s*+>")
_SHARED_NUMBER = r"\st\s*=\s*[\"']s[\"'][^>]*>\s*<(?:[\w.-]+:)?v\s*>\s*\d+"
_USED = r"<(?:[\w.-]+:)?c(?:\s[^>]*[^>/]|\s*)>(?:\s*</)?"
_REFERENCE = r"\sr\s*=\s*[\"']([A-Za-z]+\d+)[\"']"


@dataclass
class SheetScan:
    """What a scan found. strays: the cells to drop, as "KN1000000"; cells: no fewer than there are."""

    strays: list[str] = field(default_factory=list)
    bad: list[tuple[int, int, str, str]] = field(default_factory=list)
    merged: list[MergedRange] = field(default_factory=list)
    has_unknown_errors: bool = False
    cells: int = 0


def scanned(path: Path, sheet: str, pieces: Pieces) -> SheetScan:
    """Raises FileRefused for what could be no sheet: cells beyond XFD1048576, more than LARGEST_SHEET of them, next to
    nothing on a huge area."""
    found = SheetScan()
    rows, is_first, is_regular = 0, True, True
    for chunk in _chunks(path, sheet, pieces):
        if is_first:
            refuse_dtd(path, chunk)
            is_first = False
        rows += chunk.count(b"<row")
        found.cells += chunk.count(b"<c ")
        if found.cells > LARGEST_SHEET:
            raise too_many_cells(path, sheet)
        if b"mergeCell" in chunk[max(chunk.rfind(b"</row>"), 0) :]:
            _merged(path, sheet, chunk, found)
        text = pl.Series([chunk.decode("utf-8", "replace")])
        if not text.str.contains(_remarkable(rows))[0]:
            continue
        _formulas(chunk, found)
        _errors(chunk, found)
        if text.str.contains(_irregular(rows))[0]:
            is_regular = False
            found.cells += chunk.count(b":c ") + chunk.count(b"<c>") + chunk.count(b":c>")
            _refuse_impossible(path, sheet, _references(chunk))
    if not is_regular:
        used = _used(path, sheet, pieces)
        whole = Extent(max(used.rows, default=-1), max(used.columns, default=-1))
        last = extent(used.rows, used.columns) if used.all_say_where else whole
        if used.rows:
            refuse_oversized(path, sheet, last.last_row + 1, last.last_column + 1, used.rows.total())
        if last != whole:
            found.strays = _strays(path, sheet, pieces, last)
    return found


def refuse_dtd(path: Path, start: bytes) -> None:
    """Refuses XML that declares a type of its own: no spreadsheet does, and its entities may grow without end."""
    root = _ROOT.search(start)
    if b"<!DOCTYPE" in start[: root.start() if root else len(start)]:
        raise damaged(path, "chứa khai báo kiểu văn bản (DTD), thứ không bảng tính nào có: có thể là tệp gây hại")


def _irregular(rows: int) -> str:
    """Finds a cell that is not written as nearly all are, or lies beyond what so many rows make likely: where there is
    none, the sheet spans no more than about a hundred columns and twice its rows."""
    most = str(2 * (rows + _SLACK))
    digits, first = len(most), int(most[0])
    far_rows = f"[0-9]{{{digits + 1}}}" + (f"|[{first + 1}-9][0-9]{{{digits - 1}}}" if first < 9 else "")
    far_columns = "[A-Z]{3}|[D-Z][A-Z]" if rows < _FEW_ROWS else "[A-Z]{3}|[B-Z][A-Z]"
    unusual = r'<c(?:[^ a-zA-Z]| [^r]| r[^=]| r=[^"]| r="[^A-Z]| r="[A-Z]{1,2}[^A-Z0-9])|:c[ \t\r\n/>]'
    return f'{unusual}|<c r="(?:{far_columns}|[A-Z]{{1,2}}(?:{far_rows}))'


def _remarkable(rows: int) -> str:
    """Finds what is irregular, a formula, or an error: one look at a chunk that holds none of them."""
    return f'<f|t="e"|{_irregular(rows)}'


def _chunks(path: Path, sheet: str, pieces: Pieces) -> Iterator[bytes]:
    """The bytes in pieces that cut no row in two, or at least no cell, no tag."""
    rest = b""
    is_past = False
    for piece in pieces():
        rest += piece
        ends = _ENDS[-1:] if is_past else _ENDS
        # A search from the end is slow: it goes back no further than a row may be long.
        start = max(len(rest) - _LONGEST_ROW, 0)
        cut = next((at + len(end) for end in ends if (at := rest.rfind(end, start)) >= 0), 0)
        if cut:
            is_past = is_past or b"/sheetData>" in rest[:cut]
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _LONGEST_ELEMENT:
            raise FileRefused(
                path,
                f"Trang tính “{sheet}” có một ô hoặc một thẻ dài hơn {_LONGEST_ELEMENT // 1024**2} MB.",
                "Hãy xuất lại tệp từ hệ thống nguồn.",
            )
    if rest:
        yield rest


def _place(attributes: bytes) -> tuple[int, int] | None:
    found = _CELL_REFERENCE.search(b" " + attributes)
    return (
        (int(found[2]) - 1, column_number(found[1].decode()))
        if found and len(found[2]) < 8 and len(found[1]) < 4
        else None
    )


def _formulas(chunk: bytes, found: SheetScan) -> None:
    for match in _NO_VALUE.finditer(chunk):
        # Excel stores the text "" as <v></v> of a cell that is marked as text.
        if (match[2] or match[3]) and _IS_TEXT.search(match[1]):
            continue
        place = _place(match[1])
        if place:
            found.bad.append((*place, FORMULA_WITHOUT_VALUE, ""))


def _errors(chunk: bytes, found: SheetScan) -> None:
    for match in _ERROR.finditer(chunk):
        place = _place(match[1])
        if place:
            found.bad.append((*place, ERROR_CELL, match[2].decode(errors="replace")))
        found.has_unknown_errors |= match[2] not in _ERRORS_READ


def _merged(path: Path, sheet: str, chunk: bytes, found: SheetScan) -> None:
    for match in _MERGED.finditer(chunk):
        first, last = int(match[2]) - 1, int(match[4]) - 1
        left, right = column_number(match[1].decode()), column_number(match[3].decode())
        if 0 <= first <= last < MOST_ROWS and 0 <= left <= right < MOST_COLUMNS:
            found.merged.append(MergedRange(first, last, left, right))
    if len(found.merged) > MOST_MERGED:
        raise too_many_merged(path, sheet)


@dataclass
class _Used:
    rows: Counter[int] = field(default_factory=Counter)
    columns: Counter[int] = field(default_factory=Counter)
    all_say_where: bool = True


def _references(chunk: bytes) -> pl.DataFrame:
    """The cells of a chunk that hold anything: `cell` as "KN1000000", null where it does not say its place; `letters`,
    `row` (from 1; null where it is no row of any sheet)."""
    text = pl.Series("cell", [chunk.decode("utf-8", "replace")])
    tags = text.str.extract_all(_USED).explode().drop_nulls()
    references = tags.filter(~tags.str.ends_with("</")).str.extract(_REFERENCE).to_frame()
    return references.select(
        "cell",
        letters=pl.col("cell").str.strip_chars_end("0123456789").str.to_uppercase(),
        row=pl.col("cell").str.extract(r"(\d+)$").cast(pl.Int64, strict=False),
    )


def _refuse_impossible(path: Path, sheet: str, cells: pl.DataFrame) -> None:
    beyond = cells.drop_nulls("cell").filter(
        (pl.col("row") > MOST_ROWS)
        | pl.col("row").is_null()
        | (pl.col("letters").str.len_bytes() > 3)
        | ((pl.col("letters").str.len_bytes() == 3) & (pl.col("letters") > "XFD"))
    )
    if beyond.height:
        raise beyond_sheet(path, sheet, beyond["cell"][0][:20])


def _used(path: Path, sheet: str, pieces: Pieces) -> _Used:
    used = _Used()
    places = _Places()
    for chunk in _chunks(path, sheet, pieces):
        cells = _references(chunk)
        used.all_say_where = used.all_say_where and not cells["cell"].null_count()
        if not used.all_say_where:
            places.count(path, sheet, chunk, used)
        else:
            for letters, number in cells["letters"].value_counts().iter_rows():
                used.columns[column_number(letters)] += number
            for row, number in cells["row"].value_counts().iter_rows():
                used.rows[row - 1] += number
    return used


@dataclass
class _Places:
    """Where cells stand that do not say it: each to the right of the one before, each row below the one before."""

    row: int = -1
    column: int = -1
    cells: int = 0

    def count(self, path: Path, sheet: str, chunk: bytes, used: _Used) -> None:
        for match in _ROW_OR_CELL.finditer(chunk):
            if match[1] == b"row":
                number = _ROW_NUMBER.search(match[2])
                self.row, self.column = int(number[1][:8]) - 1 if number else self.row + 1, -1
                continue
            self.cells += 1
            if self.cells > _MOST_UNPLACED:
                raise too_many_cells(path, sheet)
            place = _CELL_REFERENCE.search(match[2])
            self.column = column_number(place[1][:4].decode()) if place else self.column + 1
            used.columns[self.column] += 1
            used.rows[int(place[2][:8]) - 1 if place else self.row] += 1


def _strays(path: Path, sheet: str, pieces: Pieces, last: Extent) -> list[str]:
    strays: list[str] = []
    for chunk in _chunks(path, sheet, pieces):
        cells = _references(chunk)
        far = cells.filter(
            (pl.col("row") > last.last_row + 1)
            | pl.col("letters").is_in(
                [each for each in cells["letters"].unique() if column_number(each) > last.last_column]
            )
        )
        strays += far["cell"].to_list()
    return strays


def mended(path: Path, sheet: str, pieces: Pieces, scan: SheetScan) -> Iterator[bytes]:
    """The sheet without its strays, and with #N/A for errors of a kind that the reader does not know."""
    refs = b"|".join(re.escape(each.encode()) for each in scan.strays)
    stray = re.compile(
        rb"""<((?:[\w.-]+:)?c)(?=\s)(?:[^>]*?\sr\s*+=\s*+["'](?:%s)["'][^>]*?)(?:/>|>(?:(?!</\1>).)*</\1>)""" % refs,
        re.S,
    )
    for chunk in _chunks(path, sheet, pieces):
        if scan.strays:
            chunk = stray.sub(b"", chunk)
        if scan.has_unknown_errors:
            chunk = _ERROR.sub(_known_error, chunk)
        yield chunk


def _known_error(match: re.Match[bytes]) -> bytes:
    if match[2] in _ERRORS_READ:
        return match[0]
    start = match.start(2) - match.start()
    return match[0][:start] + b"#N/A" + match[0][start + len(match[2]) :]


def longest_shared(path: Path, pieces: Iterator[bytes]) -> int:
    """How many bytes the longest shared text of a workbook takes at most."""
    longest, rest = 0, b""
    for number, piece in enumerate(pieces):
        if not number:
            refuse_dtd(path, piece)
        *texts, rest = (rest + piece).split(b"si>")
        longest = max(longest, max(map(len, texts), default=0), len(rest))
        if longest > _LONGEST_ELEMENT:
            raise FileRefused(
                path,
                f"Tệp có một ô dài hơn {_LONGEST_ELEMENT // 1024**2} MB.",
                "Hãy xuất lại tệp từ hệ thống nguồn.",
            )
    return longest


def shared_lengths(pieces: Iterator[bytes]) -> list[int]:
    """How many bytes each shared text of a workbook takes, in order; no fewer than its letters."""
    lengths: list[int] = []
    rest = b""
    for piece in pieces:
        *texts, rest = _END_OF_SHARED.split(rest + piece)
        lengths += map(len, texts)
    return lengths


def written_out(path: Path, sheet: str, pieces: Pieces, lengths: Sequence[int]) -> int:
    """How many bytes the shared texts of a sheet's cells take, each cell's own counted."""
    sizes = pl.Series(lengths, dtype=pl.Int64)
    total = 0
    for chunk in _chunks(path, sheet, pieces):
        text = pl.Series([chunk.decode("utf-8", "replace")])
        numbers = text.str.extract_all(_SHARED_NUMBER).explode().str.extract(r"(\d+)$").cast(pl.Int64, strict=False)
        known = numbers.filter(numbers < len(sizes))
        total += int(sizes.gather(known).sum())
    return total
