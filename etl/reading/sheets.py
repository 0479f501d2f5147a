"""From a file of any kind to its sheets as tables of text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from etl.profile import Profile
from etl.reading import delimited, workbook
from etl.reading.decoding import decoded
from etl.reading.large_text import large_sheet
from etl.reading.legacy import MISREAD, TOLD_MISREAD, is_misread, legacy_text, refuse_legacy_text, reread
from etl.reading.opendocument import read_opendocument
from etl.reading.other_kinds import other_kind, refuse_other_kind, refuse_other_zip
from etl.reading.refusal import FileRefused
from etl.reading.sheet import (
    LONGEST_CELL,
    Book,
    MergedRange,
    Sheet,
    cell_name,
    has_long_cell,
    stripped,
    too_long,
    unwrapped,
)
from etl.reading.spreadsheetml import NAMESPACE, read_spreadsheetml
from etl.reading.strays import FAR_COLUMNS, FAR_ROWS, extent, told_strays
from etl.reading.unzip import Members, with_password
from etl.reading.web_page import read_web_page, text_of_page

__all__ = ["Book", "MergedRange", "Sheet", "book_of"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = (b"<html", b"<table", b"<!doctype html", b"<meta", b"<head", b"<body", b"<div", b"<style", b"<center", b"<!--")
_WORKBOOK = (b"<workbook", b"<ss:workbook")
_MARKED_UP = (*_PAGE, b"<?xml")
_MIME, _FROM = b"mime-version:", b"from:"
_HEAD = 4096
_MARK = r"[\u0300-\u036f]"


def book_of(path: Path, profiles: Sequence[Profile], *, reads_whole: bool = False) -> Book:
    """The visible sheets of a file, whatever its suffix. Raises FileRefused for what is no readable table.

    `reads_whole`: a large text too, which otherwise is a sheet with a `rest`."""
    try:
        large = None if reads_whole else _large(path, profiles)
        content = b"" if large else path.read_bytes()
    except OSError as error:
        raise FileRefused(path, "Không mở được tệp.", "Hãy kiểm tra tệp có tồn tại và được phép đọc.") from error
    if large:
        return Book([large])
    if not content or content.isspace():
        raise FileRefused(path, "Tệp rỗng.", "Hãy xuất lại tệp từ hệ thống nguồn.")
    book = _read(path, content, profiles)
    del content
    told = list(book.told)
    sheets = [_finished(path, sheet, told) for sheet in book.sheets]
    if not any(sheet.table.height for sheet in sheets):
        if book.hidden:
            raise FileRefused(
                path,
                f"Tệp chỉ có trang tính bị ẩn: {', '.join(f'“{name}”' for name in book.hidden)}.",
                "Hãy bỏ ẩn trang tính chứa danh sách (chuột phải, Unhide), lưu lại và nạp lại.",
            )
        raise FileRefused(path, "Tệp không có dòng nào.", "Hãy xuất lại tệp từ hệ thống nguồn.")
    return replace(book, sheets=sheets, told=tuple(told))


def _large(path: Path, profiles: Sequence[Profile]) -> Sheet | None:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((_ZIP, _OLE)):
        return None
    refuse_other_kind(path, head)
    return None if _start(head).startswith((*_MARKED_UP, *_WORKBOOK, _MIME, _FROM)) else large_sheet(path, profiles)


def _start(content: bytes) -> bytes:
    return content[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()


def _read(path: Path, content: bytes, profiles: Sequence[Profile]) -> Book:
    if content.startswith(_ZIP):
        return _read_zip(path, content)
    if content.startswith(_OLE):
        return workbook.read_xls(path, content)
    refuse_other_kind(path, content)
    encodings = [profile.encoding for profile in profiles]
    start = _start(content)
    if start.startswith(_MIME) or (start.startswith(_FROM) and b"\n" + _MIME in start):
        raise other_kind(
            path, "trang web lưu trữ (MHTML)", "Hãy mở bằng Excel, lưu thành “Excel Workbook (*.xlsx)” rồi nạp lại."
        )
    if start.startswith(b"<?xml") and b"<html" not in start:
        if b"opendocument" in start:
            return read_opendocument(path, [content])
        return read_spreadsheetml(path, [content])
    if start.startswith(_WORKBOOK) and NAMESPACE.encode() in start:
        return read_spreadsheetml(path, [content])
    if start.startswith(_MARKED_UP):
        told: tuple[str, ...] = ()

        def decode(page: bytes) -> str:
            nonlocal told
            found = decoded(path, page, encodings)
            told = found.told
            return found.text

        book = read_web_page(path, text_of_page(content, decode))
        return replace(book, told=(*book.told, *told))
    text = decoded(path, content, encodings)
    table = delimited.table(path, text, [profile.delimiter for profile in profiles])
    return Book([Sheet("", table, is_delimited=True)], told=text.told)


def _read_zip(path: Path, content: bytes) -> Book:
    members = Members(path, content)
    if workbook.XLSX in members and workbook.XLSB not in members:
        return workbook.read_xlsx(path, members)
    if workbook.XLSB in members and workbook.XLSX not in members:
        return workbook.read_xlsb(path, members)
    if "content.xml" not in members:
        refuse_other_zip(path, members.names)
    if "META-INF/manifest.xml" in members and b"encryption-data" in members.whole("META-INF/manifest.xml"):
        raise with_password(path)
    return read_opendocument(path, members.pieces("content.xml"))


def _finished(path: Path, sheet: Sheet, told: list[str]) -> Sheet:
    """The sheet as its readers want it: cells stripped, empty ones null, text in NFC and out of `="…"`, strays and the
    blank rows after the last used one gone."""
    _refuse_long(path, sheet)
    table = sheet.table
    if not sheet.is_delimited:
        table = _reread(path, sheet, told)
        table = unwrapped(_composed(table))
    table = _trimmed(replace(sheet, table=stripped(table)), told)
    if sheet.is_delimited and table.width:
        text = legacy_text(table)
        if text is not None:
            refuse_legacy_text(path, text)
    rows, columns = table.height, table.width
    return replace(
        sheet,
        table=table,
        bad_cells=sheet.bad_cells.filter(pl.col("row") < rows, pl.col("column") < columns),
        merged=tuple(
            each._replace(last_row=min(each.last_row, rows - 1), last_column=min(each.last_column, columns - 1))
            for each in sheet.merged
            if each.first_row < rows and each.first_column < columns
        ),
    )


def _composed(table: pl.DataFrame) -> pl.DataFrame:
    marks = table.select(pl.all().str.contains(_MARK).any()).row(0) if table.width else ()
    decomposed = [name for name, has_marks in zip(table.columns, marks, strict=True) if has_marks]
    return table.with_columns(pl.col(decomposed).str.normalize("NFC")) if decomposed else table


def _trimmed(sheet: Sheet, told: list[str]) -> pl.DataFrame:
    """Up to the last used row; strays of a workbook left out, those added to `told`."""
    table = sheet.table
    is_used = table.select(~pl.all_horizontal(pl.all().is_null())).to_series() if table.width else pl.Series([False])
    rows = is_used.arg_true().cast(pl.Int64)
    if sheet.bad_cells.height:
        rows = pl.concat([rows, sheet.bad_cells["row"]]).unique().sort()
    if rows.is_empty():
        return table.clear()
    if not sheet.is_delimited:
        nulls = table.null_count().row(0)
        columns = {column: table.height - empty for column, empty in enumerate(nulls) if empty < table.height}
        for column, number in sheet.bad_cells["column"].value_counts().iter_rows():
            columns[column] = columns.get(column, 0) + number
        if _has_gap(rows, FAR_ROWS) or _has_gap(pl.Series(sorted(columns)), FAR_COLUMNS):
            counts = table.select(pl.sum_horizontal(pl.all().is_not_null())).to_series()
            per_row = {row: (counts[row] if row < table.height else 0) or 1 for row in rows}
            end = extent(per_row, columns)
            far = [
                (row, column) for row, column in _used_cells(table) if row > end.last_row or column > end.last_column
            ]
            far += [
                (row, column)
                for row, column in sheet.bad_cells.select("row", "column").iter_rows()
                if row > end.last_row or column > end.last_column
            ]
            if far:
                told.append(told_strays(sheet.name, len(far), cell_name(*max(far))))
            return table.select(table.columns[: end.last_column + 1]).head(end.last_row + 1)
    height = int(rows[-1]) + 1
    if height > table.height:
        blank = pl.DataFrame({name: [None] * (height - table.height) for name in table.columns}, schema=table.schema)
        return table.vstack(blank)
    return table.head(height)


def _used_cells(table: pl.DataFrame) -> Iterator[tuple[int, int]]:
    for column, texts in enumerate(table.iter_columns()):
        for row in texts.is_not_null().arg_true():
            yield row, column


def _has_gap(numbers: pl.Series, far: int) -> bool:
    return bool((numbers.diff() > far).any())


def _refuse_long(path: Path, sheet: Sheet) -> None:
    if not has_long_cell(sheet.table):
        return
    for column, texts in enumerate(sheet.table.iter_columns()):
        letters = texts.str.len_chars()
        length = letters.max()
        if isinstance(length, int) and length > LONGEST_CELL:
            row = letters.arg_max()
            assert row is not None, "a longest cell is somewhere"
            raise too_long(path, sheet.name, row, column, length)


def _reread(path: Path, sheet: Sheet, told: list[str]) -> pl.DataFrame:
    """The table, put right where its texts are UTF-8 that was taken for something else."""
    table = sheet.table
    text = legacy_text(table) if table.width else None
    if text is None:
        return table
    if not is_misread(text):
        refuse_legacy_text(path, text)
        return table
    columns = []
    for number, column in enumerate(table.get_columns()):
        texts = column.unique().drop_nulls()
        meant = [reread(each) for each in texts]
        if None in meant:
            row = column.index_of(texts[meant.index(None)]) or 0
            raise FileRefused(
                path,
                f"{MISREAD[0]}, và ô {cell_name(row, number)} của trang tính “{sheet.name}” không khôi phục được.",
                MISREAD[1],
            )
        columns.append(column.replace_strict(texts, pl.Series(meant, dtype=pl.String), return_dtype=pl.String))
    told.append(TOLD_MISREAD)
    return pl.DataFrame(columns)
