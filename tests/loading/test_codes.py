"""Codes as spreadsheets spoil them, and written in other ways."""

from pathlib import Path

import pytest

from tests.helpers.examples import answer, as_of, begun, case, load, office, write, write_sheets
from warehouse.snapshots import open_snapshot


def numbered(codes: list[str]) -> list[dict[str, object]]:
    return [case(case_code=code) for code in codes]


WHOLE = [f"00012{number:04}" for number in range(40)]


@pytest.mark.parametrize("whole_first", [True, False])
def test_a_file_that_lost_zeros_is_refused_whichever_comes_first(tmp_path: Path, *, whole_first: bool) -> None:
    office()
    bare = [code.lstrip("0") for code in WHOLE]
    first, second = (WHOLE, bare) if whole_first else (bare, WHOLE)
    assert load(write(tmp_path / "a.csv", numbered(first)))["exit"] == 0
    found = load(write(tmp_path / "b.csv", numbered(second)))
    assert found["exit"] == 2
    assert "40/40 mã" in found["refused"][0]["reason"]


def test_files_of_one_command_know_each_other(tmp_path: Path) -> None:
    office()
    files = [
        write(tmp_path / "a.csv", numbered(WHOLE)),
        write(tmp_path / "b.csv", numbered([c.lstrip("0") for c in WHOLE])),
    ]
    assert load(*files)["exit"] == 2


def test_fewer_than_one_in_twenty_are_rejected_alone(tmp_path: Path) -> None:
    office()
    codes = [f"00012{number:04}" for number in range(60)]
    load(write(tmp_path / "a.csv", numbered(codes)))
    found = load(write(tmp_path / "b.csv", numbered(["120000", "120001", *codes[2:]])))
    assert found["files"][0]["reasons"] == {"lost_zeros": 2}
    assert found["files"][0]["unchanged"] == 58


def test_within_one_file_the_shorter_codes_are_rejected(tmp_path: Path) -> None:
    office()
    codes = [f"00012{number:04}" for number in range(60)]
    found = load(write(tmp_path / "a.csv", numbered([*codes, "120007"])))
    assert (found["files"][0]["new"], found["files"][0]["reasons"]) == (60, {"lost_zeros": 1})


@pytest.mark.parametrize("codes", [[f"2025031500000{n:02}" for n in range(30)], [f"{n}" for n in range(100, 130)]])
def test_other_numbers_load(tmp_path: Path, codes: list[str]) -> None:
    office()
    assert load(write(tmp_path / "a.csv", numbered(codes)))["files"][0]["new"] == 30


def test_another_source_may_have_the_same_numbers(tmp_path: Path) -> None:
    begun(tmp_path, a=numbered(WHOLE))
    office(source="khac")
    assert load(write(tmp_path / "b.csv", numbered([code.lstrip("0") for code in WHOLE])))["exit"] == 0


SPOILT = {"6.7381E+08": True, "1,2E+11": True, "5e+7": True, "E+08": False, "1E-08": False, "H1.2E+08X": False}


@pytest.mark.parametrize(("code", "is_spoilt"), SPOILT.items())
def test_scientific_notation(tmp_path: Path, code: str, *, is_spoilt: bool) -> None:
    office()
    found = load(write(tmp_path / "a.csv", [*numbered([f"H{n}" for n in range(9)]), case(case_code=code)]))
    assert (found["exit"] == 2) == is_spoilt
    assert not is_spoilt or "số khoa học" in found["refused"][0]["reason"]


SAME = [
    "H20.43-250102-0001",
    "h20.43-250102-0001",
    "H20.43\u2013250102\u20130001",
    "H20.43\u2011250102-0001",
    "H20.43-\u200b250102-0001",
    "H20.43 - 250102 - 0001",
    "\u00a0H20.43-250102-0001\ufeff",
    "H20.43\u2212250102-0001",
]


@pytest.mark.parametrize("code", SAME)
def test_one_case_however_its_code_is_written(tmp_path: Path, code: str) -> None:
    begun(tmp_path, a=numbered(SAME[:1]))
    again = load(write(tmp_path / "b.csv", numbered([code])))["files"][0]
    assert (again["new"], again["rejected"]) == (0, 0)
    assert open_snapshot().read("select count(*) from cases").item() == 1


def test_codes_that_differ_in_more_are_other_cases(tmp_path: Path) -> None:
    begun(tmp_path, a=numbered(SAME[:1]))
    others = ["H20.43_250102_0001", "H2043-250102-0001", "H20.43-250102-00010", "Đ20.43-250102-0001"]
    assert load(write(tmp_path / "b.csv", numbered(others)))["files"][0]["new"] == 4


def test_a_sheet_finds_its_case_however_the_code_is_written(tmp_path: Path) -> None:
    office()
    load(write(tmp_path / "a.csv", numbered(SAME[:1]), banner=as_of("2023-04-30")))
    load(write_sheets(tmp_path / "s.csv", [answer(case_code=SAME[2])], banner=as_of("2023-04-30")))
    assert open_snapshot().read("select case_id is not null from survey_sheets").rows() == [(True,)]
