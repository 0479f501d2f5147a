"""Excel files: what could be no sheet is refused or left out before the reader sees it, then every sheet as text."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import polars as pl

from etl.reading.binary_scan import BinarySheet, Ole, scanned_xls, scanned_xlsb, xlsb_sheets
from etl.reading.other_kinds import refuse_other_ole
from etl.reading.sheet import BAD_CELLS, ERROR_CELL, MOST_SHEETS, Book, Sheet, too_many_sheets
from etl.reading.sheet_scan import SheetScan, longest_shared, mended, refuse_dtd, scanned, shared_lengths, written_out
from etl.reading.strays import told_strays
from etl.reading.unzip import LARGEST_UNPACKED, Members, damaged, too_large, with_password
from etl.reading.xml_stream import local, read_xml

XLSX, XLSB, _RELATIONS = "xl/workbook.xml", "xl/workbook.bin", "_rels/.rels"
_HIDDEN = ("hidden", "veryhidden")
_SHARED = "xl/sharedstrings.xml"
_ERROR = re.compile(r"Error\((\w+)\)")
_ERRORS = {"Div0": "#DIV/0!", "NA": "#N/A", "Name": "#NAME?", "Null": "#NULL!", "Num": "#NUM!", "Ref": "#REF!",
           "Value": "#VALUE!", "GettingData": "#GETTING_DATA"}  # fmt: skip


@dataclass(frozen=True)
class _Listed:
    """A sheet as the workbook lists it; `member` is "" for one that holds no cells, as a chart sheet."""

    name: str
    is_hidden: bool
    member: str


def read_xlsx(path: Path, members: Members) -> Book:
    """The visible sheets of an .xlsx or .xlsm. Raises FileRefused."""
    _refuse_elsewhere(path, members)
    listed = _listed(path, members, _xml_sheets(path, members))
    scans, changed, told = {}, {}, []
    for sheet in listed:
        pieces = _Pieces(members, sheet.member)
        scan = scans[sheet.name] = scanned(path, sheet.name, pieces)
        if scan.strays:
            told.append(told_strays(sheet.name, len(scan.strays), scan.strays[-1]))
        if scan.strays or scan.has_unknown_errors:
            changed[sheet.member] = mended(path, sheet.name, pieces, scan)
    _refuse_grown(path, members, {sheet.member: scans[sheet.name].cells for sheet in listed})
    looked_at = {_SHARED, *(sheet.member.lower() for sheet in listed)}
    for name in members.names:
        if name.lower().endswith((".xml", ".rels")) and name.lower() not in looked_at:
            for number, piece in enumerate(members.pieces(name)):
                if not number:
                    refuse_dtd(path, piece)
    book = _opened(path, members.content(changed))
    visible = [sheet for sheet in listed if not sheet.is_hidden]
    sheets = [_sheet(path, book, sheet.name, scans[sheet.name]) for sheet in visible]
    return Book(sheets, _hidden(listed), tuple(told))


def read_xlsb(path: Path, members: Members) -> Book:
    """The visible sheets of an .xlsb. Raises FileRefused."""
    listed = _listed(path, members, xlsb_sheets(path, members.whole(XLSB)))
    scans = {
        sheet.name: scanned_xlsb(path, sheet.name, members.whole(sheet.member, LARGEST_UNPACKED)) for sheet in listed
    }
    for name in members.names:
        if name.lower() == "xl/sharedstrings.bin":
            members.whole(name, LARGEST_UNPACKED)
    book = _opened(path, members.content())
    visible = [sheet.name for sheet in listed if not sheet.is_hidden]
    return Book([_typed(_loaded(path, book, name), name, scans[name]) for name in visible], _hidden(listed))


def read_xls(path: Path, content: bytes) -> Book:
    """The visible sheets of an .xls. Raises FileRefused."""
    # An .xlsx with a password is a stream of this name in an .xls's container.
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise with_password(path)
    ole = Ole(path, content)
    name = next((name for name in ("Workbook", "Book") if name in ole), None)
    if name is None:
        refuse_other_ole(path, ole.names)
    scans = scanned_xls(path, ole.stream(name))
    if scans is None:
        raise with_password(path)
    book = _opened(path, content)
    names = book.sheet_names
    if len(names) > MOST_SHEETS:
        raise too_many_sheets(path, len(names))
    sheets, hidden = [], []
    for name in names:
        loaded = _loaded(path, book, name)
        if loaded.visible != "visible":
            hidden.append(name)
        else:
            sheets.append(_typed(loaded, name, scans.get(name, BinarySheet())))
    return Book(sheets, tuple(hidden))


class _Pieces:
    def __init__(self, members: Members, name: str) -> None:
        self._members, self._name = members, name

    def __call__(self) -> Iterator[bytes]:
        return self._members.pieces(self._name)


def _refuse_elsewhere(path: Path, members: Members) -> None:
    """Refuses an .xlsx whose workbook is not where the reader looks for it, or that has several."""
    targets: list[str] = []

    def start(name: str, given: dict[str, str]) -> None:
        if local(name) == "Relationship" and given.get("Type", "").endswith("/officeDocument"):
            targets.append(given.get("Target", "").removeprefix("/"))

    if _RELATIONS not in members:
        raise damaged(path)
    read_xml(path, members.pieces(_RELATIONS), start, _ignored, _ignored)
    if [target.lower() for target in targets] != [XLSX]:
        raise damaged(path, "không có cấu trúc như tệp của Excel")


def _hidden(listed: list[_Listed]) -> tuple[str, ...]:
    return tuple(sheet.name for sheet in listed if sheet.is_hidden)


def _xml_sheets(path: Path, members: Members) -> list[tuple[str, str, str]]:
    """(name, state, relation) of the sheets that workbook.xml lists."""
    sheets: list[tuple[str, str, str]] = []

    def start(name: str, given: dict[str, str]) -> None:
        if local(name) == "sheet":
            relations = [value for key, value in given.items() if local(key) == "id"]
            if len(relations) != 1 or "name" not in given:
                raise damaged(path)
            sheets.append((given["name"], given.get("state", ""), relations[0]))

    read_xml(path, members.pieces(XLSX), start, _ignored, _ignored)
    return sheets


def _ignored(_: str) -> None:
    pass


def _listed(path: Path, members: Members, sheets: list[tuple[str, str, str]]) -> list[_Listed]:
    """The sheets that hold cells, with the member that each is in, found as the reader finds it."""
    if len(sheets) > MOST_SHEETS:
        raise too_many_sheets(path, len(sheets))
    if len({name.casefold() for name, _, _ in sheets}) < len(sheets):
        raise damaged(path, "bị hỏng: có hai trang tính cùng tên")
    targets: dict[str, tuple[str, str]] = {}

    def start(name: str, given: dict[str, str]) -> None:
        if local(name) == "Relationship":
            if given.get("Id", "") in targets:
                raise damaged(path)
            targets[given.get("Id", "")] = given.get("Type", "").rpartition("/")[2], given.get("Target", "")

    by_lower = {name.lower(): name for name in members.names}
    relations = next((by_lower[each] for each in (f"xl/_rels/{kind}.rels" for kind in ("workbook.xml", "workbook.bin"))
                      if each in by_lower), None)  # fmt: skip
    if relations is None:
        raise damaged(path)
    read_xml(path, members.pieces(relations), start, _ignored, _ignored)
    listed = []
    for name, state, relation in sheets:
        kind, target = targets.get(relation, ("", ""))
        if kind != "worksheet":
            continue
        full = target.removeprefix("/") if target.startswith(("/xl/", "xl/")) else f"xl/{target}"
        if full.lower() not in by_lower:
            raise damaged(path)
        listed.append(_Listed(name, state.lower() in _HIDDEN, by_lower[full.lower()]))
    if not listed:
        raise damaged(path, "không có trang tính nào chứa ô (chỉ có biểu đồ)")
    return listed


def _refuse_grown(path: Path, members: Members, cells: Mapping[str, int]) -> None:
    """Refuses a workbook whose cells share texts so long that, each written out, they would not fit. cells: by member
    of a sheet, no fewer than it has."""
    name = next((name for name in members.names if name.lower() == _SHARED), None)
    if name is None:
        return
    if longest_shared(path, members.pieces(name)) * sum(cells.values()) <= LARGEST_UNPACKED:
        return
    lengths = shared_lengths(members.pieces(name))
    written = sum(written_out(path, sheet, _Pieces(members, sheet), lengths) for sheet in cells)
    if written > LARGEST_UNPACKED:
        raise too_large(path)


def _opened(path: Path, content: bytes) -> fastexcel.ExcelReader:
    with _damage(path, "bị hỏng hoặc không đúng định dạng"):
        return fastexcel.read_excel(content)


def _loaded(path: Path, book: fastexcel.ExcelReader, name: str) -> fastexcel.ExcelSheet:
    with _damage(path, f"bị hỏng ở trang tính “{name}”"):
        # skip_rows=0 keeps leading blank rows, so that row numbers are those of the spreadsheet.
        return book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")


@contextmanager
def _damage(path: Path, how: str) -> Iterator[None]:
    """What the reader cannot read is refused; a damage that it did not foresee ends in a panic, which is no Exception
    and has no class that could be named here."""
    try:
        yield
    except fastexcel.FastExcelError as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise with_password(path) from error
        raise damaged(path, how) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise damaged(path, how) from error
        raise


def _sheet(path: Path, book: fastexcel.ExcelReader, name: str, scan: SheetScan) -> Sheet:
    loaded = _loaded(path, book, name)
    bad = pl.DataFrame(scan.bad, schema=BAD_CELLS, orient="row")
    table = _table(loaded.to_polars(), loaded)
    return Sheet(name, table, is_delimited=False, is_workbook=True, bad_cells=bad, merged=tuple(scan.merged))


def _typed(loaded: fastexcel.ExcelSheet, name: str, scan: BinarySheet) -> Sheet:
    """A sheet whose error cells only the reader knows."""
    batch, errors = loaded.to_arrow_with_errors()
    found = pl.from_arrow(batch)
    assert isinstance(found, pl.DataFrame), "a batch of rows is a table"
    offset = loaded.selected_columns[0].absolute_index if loaded.selected_columns else 0
    bad = []
    for error in errors.errors if errors else ():
        kind = _ERROR.search(error.detail)
        if kind:
            row, column = error.position
            bad.append((row, column + offset, ERROR_CELL, _ERRORS.get(kind[1], "")))
    return Sheet(
        name,
        _table(found, loaded),
        is_delimited=False,
        is_workbook=True,
        bad_cells=pl.DataFrame(sorted(bad), schema=BAD_CELLS, orient="row"),
        merged=tuple(scan.merged),
    )


def _table(found: pl.DataFrame, loaded: fastexcel.ExcelSheet) -> pl.DataFrame:
    """Columns named by their place on the sheet: the reader begins with the first that is used."""
    first = loaded.selected_columns[0].absolute_index if loaded.selected_columns else 0
    found = found.rename({old: str(number + first) for number, old in enumerate(found.columns)})
    before = [pl.lit(None, pl.String).alias(str(number)) for number in range(first)]
    return found.select(*before, *found.columns)
