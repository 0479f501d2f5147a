"""Files that offices have, one of each kind as it came, and what is right of each."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.examples import load, run
from tests.helpers.office_files import CASES
from warehouse.folders import data_folder
from warehouse.snapshots import open_snapshot


def given(*files: str) -> list[dict[str, Any]]:
    """What loading these files one after the other answers."""
    return [load(CASES / file, "--profile", CASES / "thu.toml") for file in files]


def cases(columns: str, where: str = "true") -> list[tuple[Any, ...]]:
    return open_snapshot().read(f"select {columns} from cases where {where} order by case_code").rows()


LOADED_WHOLE = {
    "two-digit-year/x.csv": (30, "2025-02-13"),
    "us-dates-csv/doi-mot-phan.csv": (80, "2025-04-05"),
    "serial-dates/x.xlsx": (40, "2025-02-22"),
    "leading-zeros/d-so-dai.xlsx": (40, "2025-02-22"),
    "odd-spaces/a.xlsx": (30, "2025-02-13"),
    "header-decorations/x.xlsx": (30, "2025-02-13"),
    "vn-clock/gio-truoc.csv": (40, "2025-02-22"),
    "vn-clock/sa-ch.csv": (40, "2025-02-22"),
    "date-styles/cham.csv": (30, "2025-02-13"),
    "date-styles/gach.csv": (30, "2025-02-13"),
    "date-styles/h.csv": (30, "2025-02-13"),
    "date-styles/iso.csv": (30, "2025-02-13"),
    "date-styles/thang.csv": (30, "2025-02-13"),
    "sentinel-dates/9999.csv": (60, "2025-03-13"),
    "sentinel-dates/gach.csv": (60, "2025-03-13"),
    "sentinel-dates/null.csv": (60, "2025-03-13"),
    "equals-quoted/x.csv": (30, "2025-02-13"),
    "spreadsheetml-xls/x.xls": (30, "2025-02-13"),
    "bare-quotes-csv/x.csv": (30, "2025-02-13"),
    "bad-input/equals.csv": (40, "2025-02-22"),
    "bad-input/html.xls": (40, "2025-02-22"),
    "bad-input/x.ods": (40, "2025-02-22"),
    "bad-input/typed.ods": (40, "2025-02-22"),
    "one-typo-moves-cutoff/dung.xlsx": (300, "2025-04-07"),
    "one-typo-moves-cutoff/mot-o-sai.xlsx": (300, "2025-04-07"),
}


@pytest.mark.parametrize("file", LOADED_WHOLE)
def test_loaded_whole(file: str) -> None:
    rows, cut_off = LOADED_WHOLE[file]
    (found,) = given(file)
    assert found["exit"] == 0
    assert found["files"][0]["new"] == found["files"][0]["data"] == rows
    assert found["cut_offs"] == {"thu": cut_off}


REFUSED = {
    "leading-zeros/c-khoa-hoc.csv": ("số khoa học",),
    "us-dates-csv/mot-den-chin-thang-ba.csv": ("“3/1/2025 9:08” là 03/01/2025 nếu ngày trước, 01/03/2025 nếu tháng",),
    "us-dates-csv/toan-bo-mdy.csv": ("01/02/2025 nếu ngày trước, 02/01/2025 nếu tháng trước", "%m/%d/%Y"),
    "us-dates-csv/it-ngay-chu.xlsx": ("Excel đã đổi chỗ ngày với tháng",),
    "sheet-per-commune/x.xlsx": ("tên trang tính (“UBND xã An Phú”",),
    "tail-lost-as-signature/chu-tich.xlsx": ("Danh sách”, dòng 37–41",),
    "tail-lost-as-signature/doi-dau-phan-cach.csv": ("20 dòng, đầu tiên là dòng 22",),
    "bad-input/mixeddelim.csv": ("20 dòng, đầu tiên là dòng 22",),
    "formula-no-cache/x.xlsx": ("“Ngày hẹn trả” có 40 ô là công thức chưa lưu kết quả",),
    "bad-input/shifted.csv": ("bị lệch so với tiêu đề",),
}


@pytest.mark.parametrize("file", REFUSED)
def test_refused(file: str) -> None:
    (found,) = given(file)
    assert found["exit"] == 2
    for words in REFUSED[file]:
        assert words in found["refused"][0]["reason"] + found["refused"][0]["remedy"]
    assert not (data_folder() / "archive").exists()


def test_sentinel_dates_are_open_cases() -> None:
    for file, none in (("9999", "due_on"), ("gach", "finished_on"), ("null", "finished_on")):
        given(f"sentinel-dates/{file}.csv")
        assert 0 < len(cases("case_code", f"{none} is null")) < 60, file
        assert cases("case_code", "due_on > date '2100-01-01' or received_on < date '2000-01-01'") == []


def test_clock_times() -> None:
    given("vn-clock/sa-ch.csv")
    assert cases("strftime(received_at, '%d/%m/%Y %H:%M')", "case_code like '%-0001'") == [("02/01/2025 09:08",)]
    assert len(cases("case_code", "received_at = cast(received_on as timestamp)")) == 0


def test_one_slip_moves_no_cut_off() -> None:
    given("one-typo-moves-cutoff/mot-o-sai.xlsx")
    assert open_snapshot().read("select fault from case_faults order by fault").rows() == [
        ("finished_after_cutoff",), ("lone_late_date",),
    ]  # fmt: skip
    overdue = "outcome = 'open' and due_on < cut_off and not is_faulty"
    with_slip = len(cases("case_code", overdue))
    given("one-typo-moves-cutoff/dung.xlsx")
    assert with_slip == len(cases("case_code", overdue)) == 45


def test_lost_zeros() -> None:
    whole, spoilt = given("leading-zeros/a-goc.csv", "leading-zeros/b-luu-lai.xlsx")
    assert (whole["exit"], spoilt["exit"]) == (0, 2)
    assert "“673810000” và “00673810000”" in spoilt["refused"][0]["reason"]
    assert len(cases("case_code")) == 40


def test_codes_in_other_writing_are_the_same_cases() -> None:
    first, again = given("header-decorations/x.xlsx", "odd-spaces/a.xlsx")
    assert first["files"][0]["new"] == 30
    assert (again["files"][0]["new"], again["files"][0]["rejected"]) == (0, 0)


def test_notes_under_the_table() -> None:
    (found,) = given("notes-under-table/x.xlsx")
    file = found["files"][0]
    assert (found["exit"], file["new"], file["rejected"], found["cut_offs"]) == (1, 30, 1, {"thu": "2025-02-13"})
    assert (file["layout"]["note"], file["layout"]["total"], file["layout"]["signature"]) == (2, 1, 0)


def test_an_office_without_cases() -> None:
    (found,) = given("bad-input/headeronly.csv")
    assert (found["exit"], found["files"][0]["data"], found["cut_offs"]) == (0, 0, {})
    assert (run("loads")[0], run("doctor")[0], run("build")[0]) == (0, 0, 0)


def test_four_rows_corrected_alone() -> None:
    first, then = given("correct-rejected/thang-1.xlsx", "correct-rejected/sua-4-dong.xlsx")
    assert (first["files"][0]["rejected"], then["files"][0]["new"]) == (4, 4)
    assert cases("extracted_on", "source_file = 'sua-4-dong.xlsx'") == [(date(2025, 3, 31),)] * 4
    assert then["cut_offs"] == {"thu": "2025-03-31"}
    assert "đang chờ" in run("rejected", "--out", data_folder() / "x.xlsx")[1]


def test_the_whole_file_corrected() -> None:
    _, then = given("correct-rejected/thang-1.xlsx", "correct-rejected/thang-1-sua.xlsx")
    assert (then["files"][0]["new"], then["files"][0]["unchanged"]) == (4, 36)
    assert open_snapshot().read("select * from rejected_rows where settled_by is null").is_empty()


def test_a_correction_takes_the_place_of_its_row() -> None:
    *_, then = given(*(f"correction-older/{name}.xlsx" for name in ("thang-2", "thang-3", "sua-1-dong")))
    assert then["files"][0]["newer"] == 1
    assert cases("finished_on", "case_code like '%-0031'") == [(date(2025, 2, 27),)]


def test_no_name_of_a_person_is_kept(tmp_path: Path) -> None:
    profile = tmp_path / "thu.toml"
    mapped = '[columns]\nlate_cause = ["Nguyên nhân"]\n'
    profile.write_text(
        (CASES / "thu.toml").read_text(encoding="utf-8").replace("[columns]\n", mapped), encoding="utf-8"
    )
    found = load(CASES / "privacy" / "DS ong Pham Bi Mat 0987654321.csv", "--profile", profile)
    assert (found["exit"], found["files"][0]["rejected"]) == (1, 9)
    assert {cause for (cause,) in cases("late_cause", "late_cause is not null")} == {"Khác"}
    for path in data_folder().rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(word in content for word in ("Bí Mật".encode(), b"Bi Mat", b"0987654321")), path.name
        assert "Bi Mat" not in path.name


def test_every_file_of_a_folder_is_loaded_or_named(tmp_path: Path) -> None:
    folder = tmp_path / "thang"
    shutil.copytree(CASES / "folder-other-suffixes", folder)
    for name in ("~$thang-01.xlsx", "huong-dan.pdf", "Thumbs.db"):
        (folder / name).write_bytes(b"x")
    found = load(folder, "--profile", CASES / "thu.toml")
    assert [file["file"] for file in found["files"]] == ["thang-01.xlsx", "thang-02.xlsm", "thang-03.ods"]
    assert {each["file"] for each in found["left_out"]} == {"~$thang-01.xlsx", "huong-dan.pdf", "Thumbs.db"}
    assert "Không nạp huong-dan.pdf" in run("check", folder, "--profile", CASES / "thu.toml")[1]
