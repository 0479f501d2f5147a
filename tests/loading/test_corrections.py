"""Rejected rows are written out, corrected and loaded again in the place of their originals."""

from pathlib import Path
from typing import Any

import fastexcel
import pytest
import xlsxwriter

from tests.helpers.examples import UNITS, add_reference, as_of, begun, case, load, run, write
from warehouse.snapshots import open_snapshot


def waiting() -> list[tuple[Any, ...]]:
    query = "select distinct load_id, row_number from rejected_rows where settled_by is null order by 1, 2"
    return open_snapshot().read(query).rows()


def cells(path: Path) -> list[list[str | None]]:
    table = fastexcel.read_excel(path).load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    return [list(row) for row in table.rows()]


def corrected(path: Path, out: Path, *changes: tuple[str, str, str]) -> Path:
    """The workbook with (wrong text, header, right text) put right."""
    rows = cells(path)
    header = rows[2]
    for wrong, name, right in changes:
        (at,) = [number for number, row in enumerate(rows) if wrong in row]
        rows[at][header.index(name)] = right
    with xlsxwriter.Workbook(str(out)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out


def three_rejected(tmp_path: Path) -> Path:
    """Loaded: one good row, three rejected ones, of the end of March; then April without them. The workbook to
    correct."""
    rows = [
        case(case_code="H-1", applicant="Nguyễn Kiểm Thử", phone="0912345678"),
        case(case_code="H-2", received_at="31/02/2023", applicant="Nguyễn Kiểm Thử"),
        case(case_code="H-3", status="Đang chờ ký"),
        case(case_code="H-4", unit="Xã Lạ"),
    ]
    begun(tmp_path, a=(rows, "2023-03-31"), b=([case(case_code="H-9")], "2023-04-30"))
    code, text = run("rejected", "--out", tmp_path / "sua.xlsx")
    assert (code, "3 dòng" in text) == (0, True)
    return tmp_path / "sua.xlsx"


def test_the_workbook_tells_why_and_holds_nothing_personal(tmp_path: Path) -> None:
    rows = cells(three_rejected(tmp_path))
    header, lines = rows[2], rows[3:]
    assert header[:3] == ["Lần nạp gốc", "Trang tính gốc", "Dòng gốc"]
    assert [line[2] for line in lines] == ["5", "6", "7"]
    at, reasons = (
        header.index("Mã hồ sơ thử"),
        [n for n, name in enumerate(header) if (name or "").startswith("Vì sao")],
    )
    # Each right beside its cell, that of a unit which no reference file knows too.
    assert [header[n] for n in reasons] == [f"Vì sao: {header[n - 1]}" for n in reasons]
    why = {line[at]: [header[n - 1] for n in reasons if line[n]] for line in lines}
    assert why == {"H-2": ["Ngày nhận thử"], "H-3": ["Tình trạng"], "H-4": ["Đơn vị xử lý"]}
    assert "Kiểm Thử" not in str(rows)
    assert "0912345678" not in str(rows)


def test_corrected_there_they_take_the_place_of_their_originals(tmp_path: Path) -> None:
    changes = [
        ("H-2", "Ngày nhận thử", "28/02/2023"),
        ("H-3", "Tình trạng", "in_progress"),
        ("H-4", "Đơn vị xử lý", "Xã Hai"),
    ]
    found = load(corrected(three_rejected(tmp_path), tmp_path / "c.xlsx", *changes))
    assert (found["exit"], found["files"][0]["new"]) == (0, 3)
    # Neither the day of extraction nor the cut-off is that of the correction.
    assert open_snapshot().read("select distinct extracted_on::text from cases where load_id = 'L0003'").rows() == [
        ("2023-03-31",)
    ]
    assert found["cut_offs"] == {"thu": "2023-04-30"}
    assert waiting() == []
    assert "đang chờ" in run("rejected", "--out", tmp_path / "none.xlsx")[1]
    assert not (tmp_path / "none.xlsx").exists()


def test_rows_not_yet_corrected_go_on_waiting(tmp_path: Path) -> None:
    workbook = three_rejected(tmp_path)
    found = load(corrected(workbook, tmp_path / "c.xlsx", ("H-2", "Ngày nhận thử", "28/02/2023")))
    assert (found["exit"], found["files"][0]["rejected"]) == (1, 2)
    assert ("L0001", 5) not in waiting()
    assert {("L0001", 6), ("L0001", 7)} <= set(waiting())


def test_a_load_that_is_none_or_no_longer_counts_is_refused(tmp_path: Path) -> None:
    workbook = three_rejected(tmp_path)
    run("withdraw", "L0001")
    found = load(corrected(workbook, tmp_path / "c.xlsx"))
    assert found["exit"] == 2
    assert "“L0001”" in found["refused"][0]["reason"]


def test_what_came_meanwhile_stays_newer(tmp_path: Path) -> None:
    workbook = three_rejected(tmp_path)
    later = case(case_code="H-2", received_at="2023-02-28", finished_at="2023-05-02", status="finished")
    load(write(tmp_path / "d.csv", [later], banner=as_of("2023-05-31")))
    # A later load of the case settles, and keeps its own day.
    assert ("L0001", 5) not in waiting()
    load(corrected(workbook, tmp_path / "c.xlsx", ("H-2", "Ngày nhận thử", "28/02/2023")))
    assert open_snapshot().read("select finished_on::text from cases where case_code = 'H-2'").rows() == [
        ("2023-05-02",)
    ]


@pytest.mark.parametrize(
    ("rows", "banner", "extracted_on"),
    [
        (["H-2", "H-3"], [], "2023-03-31"),
        # One more row, or a day of its own, and it is a file like any other.
        (["H-2", "H-3", "H-5"], [], "2023-03-01"),
        (["H-2"], as_of("2023-05-31"), "2023-05-31"),
    ],
)
def test_a_plain_file(tmp_path: Path, rows: list[str], banner: list[str], extracted_on: str) -> None:
    three_rejected(tmp_path)
    load(write(tmp_path / "c.csv", [case(case_code=code) for code in rows], banner=banner))
    found = open_snapshot().read("select distinct extracted_on::text from cases where load_id = 'L0003'").rows()
    assert found == [(extracted_on,)]
    assert ("L0001", 5) not in waiting()


def test_rows_that_an_alias_takes_up_wait_no_longer(tmp_path: Path) -> None:
    three_rejected(tmp_path)
    add_reference("units", UNITS.replace("UBND xã Một", "UBND xã Một;Xã Lạ"))
    run("build")
    assert waiting() == [("L0001", 5), ("L0001", 6)]
