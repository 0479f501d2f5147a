"""Small exports of cases and answer sheets, true to form: a test states only what matters to it."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import xlsxwriter

from etl import commands
from warehouse import state
from warehouse.folders import data_folder

Row = dict[str, Any]

HEADERS = {
    "case_code": "Mã hồ sơ thử", "unit": "Đơn vị xử lý", "receiving_unit": "Đơn vị tiếp nhận",
    "procedure": "Tên thủ tục", "field": "Lĩnh vực", "received_at": "Ngày nhận thử", "due_at": "Hẹn trả",
    "finished_at": "Hoàn thành", "status": "Tình trạng", "channel": "Kênh", "apology_sent_on": "Thư xin lỗi",
    "late_cause": "Lý do trễ",
    "applicant": "Họ và tên người nộp", "phone": "Số điện thoại",
}  # fmt: skip
SHEET_HEADERS = {
    "sheet_id": "Mã phiếu thử", "instrument": "Mẫu phiếu", "item": "Câu hỏi", "score": "Điểm",
    "answered_on": "Ngày trả lời thử", "unit": "Đơn vị", "field": "Lĩnh vực", "channel": "Kênh",
    "case_code": "Mã hồ sơ",
}  # fmt: skip
PROFILE: Row = {
    "title": "Danh sách hồ sơ thử",
    "kind": "cases",
    "source": "thu",
    "recognise": ["Mã hồ sơ thử", "Ngày nhận thử"],
    "dates": ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y"],
    "root": "R",
    "columns": {name: [header] for name, header in HEADERS.items() if name not in ("applicant", "phone")},
}
SURVEY_PROFILE: Row = {
    "title": "Phiếu thử",
    "kind": "survey_answers",
    "source": "phieu",
    "recognise": ["Mã phiếu thử", "Ngày trả lời thử"],
    "dates": ["%d/%m/%Y"],
    "root": "R",
    "columns": {name: [header] for name, header in SHEET_HEADERS.items()},
}
# A tree of three levels; "Xã Một" has a second name, and "Xã Cũ" ends where "Xã Mới" begins.
UNITS = """code,name,kind,parent,valid_from,valid_to,aliases
R,Huyện Thử,district,,,,
cum,Cụm Thử,one_stop,R,,,
x1,Xã Một,commune,cum,,,UBND xã Một
x2,Xã Hai,commune,cum,,,
x3,Xã Ba,commune,R,,,
cu,Xã Đổi Tên,commune,R,,2023-06-30,
moi,Phường Đổi Tên,commune,R,2023-07-01,,Xã Đổi Tên
p1,Phòng Một,department,R,,,
p2,Phòng Hai,department,R,,,Phòng Trùng
"""
_codes = [count(1)]


def count_anew() -> None:
    """The next example gets the first code: the same test writes the same files."""
    _codes[0] = count(1)


def case(**changes: Any) -> Row:
    """One row of an export of cases, by canonical column: received 2023-03-01, due 2023-03-10, still open, each with a
    code of its own; `changes` win."""
    return {
        "case_code": f"H-{next(_codes[0]):06}",
        "unit": "Xã Một",
        "procedure": "Cấp bản sao trích lục hộ tịch",
        "field": "Hộ tịch",
        "received_at": date(2023, 3, 1),
        "due_at": date(2023, 3, 10),
        "finished_at": None,
        "status": "in_progress",
        "channel": "in_person",
        **changes,
    }


def answer(**changes: Any) -> Row:
    """One row of an export of answer sheets: the overall item of a sheet of its own, satisfied; `changes` win."""
    return {
        "sheet_id": f"P-{next(_codes[0]):06}",
        "instrument": "PDG-TTHC",
        "item": "Hài lòng chung",
        "score": 5,
        "answered_on": date(2023, 3, 15),
        "unit": "Xã Một",
        **changes,
    }


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M:%S}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else "" if value is None else str(value)


def write(
    path: Path,
    rows: Sequence[Row],
    *,
    banner: Sequence[str] = (),
    footer: Sequence[str] = (),
    headers: Mapping[str, str] = HEADERS,
) -> Path:
    """An export of these rows, .csv or .xlsx by its name, with one banner text a line above its header."""
    used = [name for name in headers if any(name in row for row in rows)] or list(headers)
    body = [[headers[name] for name in used], *([_text(row.get(name)) for name in used] for row in rows)]
    lines = [*([text] for text in banner), *body, *([text] for text in footer)]
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(lines)
    else:
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    return path


def write_sheets(path: Path, rows: Sequence[Row], *, banner: Sequence[str] = ()) -> Path:
    """As `write`, for answer sheets."""
    return write(path, rows, banner=banner, headers=SHEET_HEADERS)


def as_of(day: str) -> list[str]:
    """The banner that tells the day of extraction: "2023-04-30"."""
    return ["DANH SÁCH HỒ SƠ", f"Ngày xuất: {date.fromisoformat(day):%d/%m/%Y}"]


def add_profile(name: str = "thu", *, like: Row = PROFILE, **changes: Any) -> Path:
    """A profile in the data folder's own profiles."""
    path = data_folder() / "profiles" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    # JSON's strings, numbers, lists and booleans are TOML's.
    lines, tables = [], []
    for key, value in {**like, **changes}.items():
        if isinstance(value, dict):
            tables += [f"[{key}]", *(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items())]
        else:
            lines.append(f"{key} = {_toml(value)}")
    path.write_text("\n".join([*lines, *tables]), encoding="utf-8")
    return path


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def add_reference(name: str, text: str) -> Path:
    """A reference file of the data folder's own."""
    path = data_folder() / "reference" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def office(**profile: Any) -> None:
    """An office with the units of UNITS, and a profile each for cases and for answer sheets."""
    add_reference("units", UNITS)
    add_profile("thu", **profile)
    add_profile("phieu", like=SURVEY_PROFILE)


def run(*arguments: str | Path) -> tuple[int, str]:
    """One command of `python -m etl`: its exit code and what it printed on standard output."""
    out = io.StringIO()
    code = commands.main([str(argument) for argument in arguments], out)
    return code, out.getvalue()


def load(*arguments: str | Path, command: str = "load") -> dict[str, Any]:
    """`load … --json`, its answer; the exit code is in it."""
    code, text = run(command, *arguments, "--json")
    found: dict[str, Any] = json.loads(text)
    assert found["exit"] == code
    return found


def begun(folder: Path, **exports: Sequence[Row] | tuple[Sequence[Row], str]) -> list[str]:
    """An office that has loaded these exports one after the other, each as `<name>.csv` in this folder; of rows with a
    day, extracted on that day. The ids of the snapshots. Loads that a test of this process began with before are
    copied."""
    digest, ids = hashlib.sha256(), []
    steps: list[tuple[Path, Path]] = []
    for name, export in exports.items():
        rows, banner = (export[0], as_of(export[1])) if isinstance(export, tuple) else (export, [])
        file = write(folder / f"{name}.csv", rows, banner=banner)
        digest.update(f"{name} {file.stat().st_size} ".encode() + file.read_bytes())
        steps.append((file, folder.parent / f"begun-{digest.hexdigest()[:16]}"))
    there = max((place for place, (_, kept) in enumerate(steps, 1) if kept.exists()), default=0)
    if there:
        shutil.copytree(steps[there - 1][1], data_folder())
        ids = list(state.read().snapshots)
    else:
        office()
    for file, kept in steps[there:]:
        ids.append(load(file)["snapshot"])
        shutil.copytree(data_folder(), kept)
    return ids
