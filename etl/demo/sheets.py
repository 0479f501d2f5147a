"""Writes the files: csv as the commune system does, xlsx as the one-stop system does. Same rows, same bytes."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
from xlsxwriter import Workbook

from etl.demo.layouts import IGATE, STAMP, Layout

_GROUPS = [  # first and last header under one merged title; headers outside every group span both header rows
    ("Thủ tục hành chính", "Tên thủ tục hành chính", "Tên lĩnh vực"),
    ("Người nộp hồ sơ", "Chủ hồ sơ", "Số CCCD"),
    ("Thời gian giải quyết", "Ngày tiếp nhận", "Ngày trả kết quả"),
]
_EXCEL_EPOCH = pl.datetime(1899, 12, 30)
_FIXED = datetime(2025, 1, 1)


@dataclass(frozen=True)
class Banner:
    """Who exported what, when."""

    office: str
    place: str
    covers_from: date
    covers_to: date
    exported_on: date


def write_csv(path: Path, rows: pl.DataFrame) -> None:
    """UTF-8 with BOM, commas, quoted only where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.write_csv(path, include_bom=True, line_terminator="\r\n")


def write_igate(
    path: Path, rows: pl.DataFrame, banner: Banner, true_dates: tuple[str, ...] = (), layout: Layout = IGATE
) -> None:
    """One sheet: banner, two-level header, a group of rows per unit with its total, signature block.

    `rows` are text under canonical names, in the order of the groups, with `group` (what the group row says); the
    columns in `true_dates` become date cells where their text is a date.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    headers, columns = list(layout.columns), list(layout.columns.values())
    last = len(columns) - 1
    serials = rows.select(
        ((pl.col(name).str.to_datetime(STAMP, strict=False) - _EXCEL_EPOCH).dt.total_seconds() / 86_400).alias(name)
        for name in true_dates
    )
    # In memory, because xlsxwriter then stamps its zip entries with 1980 and not with the clock.
    book = Workbook(str(path), {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm:ss"})
    book.set_properties({"title": "Danh sách hồ sơ", "created": _FIXED})
    sheet = book.add_worksheet("Danh sách hồ sơ")
    centred, bold = book.add_format({"bold": True, "align": "center"}), book.add_format({"bold": True})
    stamp = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})

    sheet.merge_range(0, 0, 0, last, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", centred)
    sheet.merge_range(1, 0, 1, last, "Độc lập - Tự do - Hạnh phúc", centred)
    sheet.merge_range(3, 0, 3, last, f"DANH SÁCH HỒ SƠ THỦ TỤC HÀNH CHÍNH - {banner.office.upper()}", centred)
    span = f"Từ ngày {banner.covers_from:%d/%m/%Y} đến ngày {banner.covers_to:%d/%m/%Y}"
    sheet.merge_range(4, 0, 4, last, span, centred)
    sheet.merge_range(5, 0, 5, last, f"Ngày xuất: {banner.exported_on:%d/%m/%Y}", centred)
    grouped = [(headers.index(first), headers.index(final), title) for title, first, final in _GROUPS]
    for first, final, title in grouped:
        sheet.merge_range(7, first, 7, final, title, centred)
    for column, header in enumerate(headers):
        if any(first <= column <= final for first, final, _ in grouped):
            sheet.write_string(8, column, header, centred)
        else:
            sheet.merge_range(7, column, 8, column, header, centred)

    line, ordinal, count = 9, 0, 0
    dated = {columns.index(name): serials[name].to_list() for name in true_dates}
    groups = rows["group"].to_list()
    for index, cells in enumerate(rows.select(columns).iter_rows()):
        if index == 0 or groups[index] != groups[index - 1]:
            sheet.write_string(line, 0, groups[index], bold)
            line, count = line + 1, 0
        ordinal, count = ordinal + 1, count + 1
        sheet.write_number(line, 0, ordinal)
        for column, cell in enumerate(cells):
            if not cell:
                continue
            serial = dated[column][index] if column in dated else None
            if serial is None:
                sheet.write_string(line, column, cell)
            else:
                sheet.write_number(line, column, serial, stamp)
        line += 1
        if index + 1 == len(groups) or groups[index + 1] != groups[index]:
            sheet.write_string(line, 1, f"Cộng: {count} hồ sơ", bold)
            line += 1
    sheet.write_string(line, 1, f"Tổng cộng: {ordinal} hồ sơ", bold)
    day = banner.exported_on
    sheet.write_string(line + 2, last - 4, f"{banner.place}, ngày {day.day:02} tháng {day.month:02} năm {day.year}")
    sheet.write_string(line + 3, 1, "NGƯỜI LẬP BIỂU", bold)
    sheet.write_string(line + 3, last - 4, "THỦ TRƯỞNG ĐƠN VỊ", bold)
    sheet.write_string(line + 4, last - 4, "(Ký, ghi rõ họ tên)")
    book.close()
