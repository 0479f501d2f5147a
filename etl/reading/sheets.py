"""From a file of any kind to its sheets as tables of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl.profile import Profile
from etl.reading import delimited, workbook
from etl.reading.legacy import LEGACY, refuse_legacy_text
from etl.reading.refusal import FileRefused

SAVE_AS_XLSX = "Hãy mở tệp bằng Excel rồi chọn Lưu thành (Save As) “Excel Workbook (*.xlsx)”, và nạp lại."
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (
    b"<html",
    b"<table",
    b"<!doctype",
    b"<meta",
    b"<?xml",
    b"<head",
    b"<body",
    b"<div",
    b"<style",
    b"mime-version:",
)
_ROWS_TRIED = 2000


@dataclass(frozen=True)
class Sheet:
    """One sheet: columns "0", "1", … of text (null where empty), one row for each row of the file up to the last
    used one, so that row i is row i + 1 of the spreadsheet. `name` is "" for csv."""

    name: str
    table: pl.DataFrame
    is_delimited: bool


def sheets_of(path: Path, profiles: Sequence[Profile]) -> list[Sheet]:
    """Every sheet of the file. Raises FileRefused for what is no readable table."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(path, "Không mở được tệp.", "Hãy kiểm tra tệp có tồn tại và được phép đọc.") from error
    if not content.strip():
        raise FileRefused(path, "Tệp rỗng.", "Hãy xuất lại tệp từ hệ thống nguồn.")
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise FileRefused(path, "Tệp có mật khẩu.", "Hãy mở bằng Excel, bỏ mật khẩu, lưu lại và nạp lại.")
    if content.startswith((_ZIP, _OLE)):
        if content.startswith(_ZIP):
            workbook.refuse_bad_archive(path, content)
        tables = workbook.tables(path, content)
    else:
        tables = {"": _delimited(path, content, profiles)}
    sheets = [Sheet(name, _trimmed(table), is_delimited=not name) for name, table in tables.items()]
    if not any(sheet.table.height for sheet in sheets):
        raise FileRefused(path, "Tệp không có dòng nào.", "Hãy xuất lại tệp từ hệ thống nguồn.")
    _refuse_legacy(path, sheets)
    return sheets


def _delimited(path: Path, content: bytes, profiles: Sequence[Profile]) -> pl.DataFrame:
    start = content[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise FileRefused(path, "Tệp là trang web (HTML, XML) được lưu với đuôi của Excel.", SAVE_AS_XLSX)
    if start.startswith(b"%pdf"):
        raise FileRefused(path, "Tệp là PDF, không phải bảng tính.", "Hãy xuất danh sách ra Excel hoặc CSV.")
    text = delimited.decoded(path, content, [profile.encoding for profile in profiles])
    return delimited.table(path, text, [profile.delimiter for profile in profiles])


def _trimmed(table: pl.DataFrame) -> pl.DataFrame:
    """Cells stripped, empty ones null, blank rows after the last used one gone."""
    # In two steps: within one, an eager frame strips every cell twice.
    stripped = table.select(pl.all().str.strip_chars(" \t\r\n\u00a0\u200b\ufeff"))
    stripped = stripped.select(pl.when(pl.all() != "").then(pl.all()).name.keep())
    used = stripped.select(~pl.all_horizontal(pl.all().is_null())).to_series().arg_true() if stripped.width else None
    return stripped.head(0 if used is None or used.is_empty() else int(used[-1]) + 1)


def _refuse_legacy(path: Path, sheets: Sequence[Sheet]) -> None:
    for sheet in sheets:
        if sheet.table.width:
            rows = sheet.table.head(_ROWS_TRIED).select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True))
            if rows.to_series().str.contains(LEGACY).any():
                refuse_legacy_text(path, "\n".join(rows.to_series()))
