"""Files as offices write them, cell by cell, and how one is read."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from etl.profile import Profile, load_profile
from etl.reading import Parsed, read

TODAY = date(2024, 6, 1)
PROFILE = """
title = "Một cửa"
kind = "cases"
source = "igate"
recognise = ["Số hồ sơ", "Ngày tiếp nhận"]
no_due_date = ["", "Không có"]
{keys}
[columns]
case_code = ["Mã hồ sơ", "Số hồ sơ"]
unit = ["Đơn vị"]
field = ["Lĩnh vực"]
received_at = ["Ngày tiếp nhận"]
due_at = ["Ngày hẹn trả"]
finished_at = ["Ngày kết thúc"]
status = ["Trạng thái"]
channel = ["Kênh"]
extension_count = ["Số lần gia hạn"]
{columns}
[values.status]
"Đã trả" = "finished"
"Đang xử lý" = "in_progress"
[values.channel]
"Trực tuyến" = "online"
"""
SURVEY = """
title = "Phiếu"
kind = "survey_answers"
source = "phieu"
recognise = ["Mã phiếu"]
[columns]
sheet_id = ["Mã phiếu"]
unit = ["Đơn vị"]
answered_on = ["Ngày"]
{columns}
"""
HEADER: list[object] = ["STT", "Số hồ sơ", "Chủ hồ sơ", "Số điện thoại", "Đơn vị", "Lĩnh vực", "Ngày tiếp nhận",
                        "Ngày hẹn trả", "Ngày kết thúc", "Trạng thái", "Kênh", "Số lần gia hạn"]  # fmt: skip
APPLICANT, PHONE = "Trần Thị Bưởi", "0912345678"


def profile(folder: Path, keys: str = "", columns: str = "", text: str = PROFILE, name: str = "p") -> Profile:
    path = folder / f"{name}.toml"
    path.write_text(text.format(keys=keys, columns=columns), encoding="utf-8")
    return load_profile(path)


def case(number: int = 1, **changes: object) -> list[object]:
    cells = {
        "STT": number, "Số hồ sơ": f"H20-240115-{number:04d}", "Chủ hồ sơ": APPLICANT, "Số điện thoại": PHONE,
        "Đơn vị": "Xã Tân Thành", "Lĩnh vực": "Đất đai", "Ngày tiếp nhận": "15/01/2024 08:30:00",
        "Ngày hẹn trả": "25/01/2024 17:00", "Ngày kết thúc": "24/01/2024", "Trạng thái": "Đã trả",
        "Kênh": "Trực tuyến", "Số lần gia hạn": "",
    }  # fmt: skip
    renamed = {"code": "Số hồ sơ", "received": "Ngày tiếp nhận", "due": "Ngày hẹn trả", "finished": "Ngày kết thúc",
               "status": "Trạng thái", "channel": "Kênh", "unit": "Đơn vị", "field": "Lĩnh vực",
               "extended": "Số lần gia hạn"}  # fmt: skip
    return list((cells | {renamed[key]: value for key, value in changes.items()}).values())


def csv_file(folder: Path, rows: Sequence[Sequence[object]], name: str = "a.csv", **options: str) -> Path:
    path = folder / name
    with path.open("w", newline="", encoding=options.get("encoding", "utf-8")) as file:
        csv.writer(file, delimiter=options.get("delimiter", ",")).writerows(rows)
    return path


def xlsx_file(folder: Path, name: str = "a.xlsx", **sheets: Sequence[Sequence[object]]) -> Path:
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        stamp = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, datetime):
                        sheet.write_datetime(row, column, value, stamp)
                    elif value is not None:
                        sheet.write(row, column, value)
    return path


def parse(path: Path, *profiles: Profile, as_of: date | None = None) -> Parsed:
    parsed = read(path, profiles, as_of=as_of, today=TODAY)
    assert parsed.rows == parsed.data_rows + sum(parsed.layout.values())
    told = set(parsed.frame.select("sheet", "row_number").rows())
    bad = set(parsed.rejected.select("sheet", "row_number").rows())
    assert not told & bad
    assert len(told) + len(bad) == parsed.data_rows
    everything = str(parsed.frame.rows()) + str(parsed.rejected.rows()) + str(parsed.headers)
    assert APPLICANT not in everything
    assert PHONE not in everything
    return parsed
