"""The line from an export to a snapshot, through the real commands."""

import io
import os
import runpy
import subprocess
import sys
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from filelock import FileLock

from comparison import commands as questions
from comparison.wording.catalogue import messages
from etl import archive, progress, publish, report
from etl.kinds import kinds
from tests.helpers.examples import (
    HEADERS,
    PROFILE,
    UNITS,
    add_profile,
    add_reference,
    answer,
    as_of,
    begun,
    case,
    load,
    office,
    run,
    write,
    write_sheets,
)  # fmt: skip
from tests.helpers.states import publish_copy
from warehouse import snapshots
from warehouse.folders import PROJECT, data_folder
from warehouse.snapshots import open_snapshot


def rows(query: str) -> list[tuple[Any, ...]]:
    """Of the current snapshot."""
    return open_snapshot().read(query).rows()


def one(query: str) -> Any:
    ((value,),) = rows(query)
    return value


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_answer_in_json_accounts_for_every_row(tmp_path: Path) -> None:
    office()
    same = case()
    export = write(
        tmp_path / "t.xlsx",
        [case(), same, same, case(case_code=None), case(unit="Xã Lạ"), case(received_at="31/02/2023")],
        banner=as_of("2023-04-30"),
        footer=["", "Tổng cộng: 6", "NGƯỜI LẬP BIỂU"],
    )
    found = load(export)
    assert found == {
        "files": [
            {
                "file": "t.xlsx",
                "profile": "thu",
                "rows": 12,
                "layout": {"blank": 1, "banner": 2, "header": 1, "group": 0, "total": 1, "signature": 1, "note": 0},
                "data": 6,
                "new": 2,
                "newer": 0,
                "older": 0,
                "unchanged": 1,
                "rejected": 3,
                "reasons": {"no_case_code": 1, "unknown_unit": 1, "unreadable_date": 1},
                "told": [],
            }
        ],
        "left_out": [],
        "cut_offs": {"thu": "2023-04-30"},
        "snapshot": snapshots.current_id(),
        "exit": 1,
    }
    kept = "rows, data_rows, new_rows, newer_rows, older_rows, unchanged_rows, rejected_rows"
    assert rows(f"select {kept} from loads") == [(12, 6, 2, 0, 0, 1, 3)]


def test_a_person_reads_the_same(tmp_path: Path) -> None:
    office()
    many = [case() for _ in range(2000)]
    wrong = [*(case(unit="Xã Mộtt") for _ in range(22)), *(case(unit=f"Xã Lạ {number}") for number in range(21))]
    export = write(tmp_path / "t.csv", [*many, *wrong], banner=as_of("2023-04-30"))
    code, text = run("load", export)
    assert code == 1
    assert "2.046 dòng = 3 bố cục (2 đầu trang, 1 tiêu đề) + 2.043 dữ liệu" in text
    brought = "2.000 mới + 0 bản mới hơn + 0 bản cũ hơn + 0 trùng + 43 bị loại"
    assert f"{brought} (43 đơn vị chưa biết)\n" in text
    assert "t.csv, dòng 2004, 2005, 2006 và 19 dòng khác, cột “đơn vị”: có “Xã Mộtt”; chỉ nhận tên" in text
    assert "(gần nhất: xã một)" in text
    assert "… và 2 giá trị khác" in text
    assert "Chốt số liệu thu: 30/04/2023" in text
    assert f"Bản số liệu: {snapshots.current_id()}" in text


def test_a_rejected_cell_is_found_in_its_sheet(tmp_path: Path) -> None:
    office()
    export = tmp_path / "t.xlsx"
    headers = [HEADERS[name] for name in ("case_code", "unit", "procedure", "received_at")]
    with xlsxwriter.Workbook(str(export)) as book:
        for sheet, received in (("Quý 1", "02/01/2023"), ("Quý 2", "")):
            book.add_worksheet(sheet).write_row(0, 0, headers)
            book.get_worksheet_by_name(sheet).write_row(1, 0, [f"H-{sheet[-1]}", "Xã Một", "Tách thửa", received])
    _, text = run("load", export)
    assert "t.xlsx, trang tính “Quý 2”, dòng 2, cột “Ngày nhận thử”: để trống; chỉ nhận" in text


def test_a_long_name_does_not_flood_the_screen(tmp_path: Path) -> None:
    office()
    _, text = run("check", write(tmp_path / "t.csv", [case(unit="x" * 30_000)]))
    assert f"có “{'x' * 80}…”" in text


def test_reasons_have_the_words_of_the_page() -> None:
    shown = {key.removeprefix("reason."): text for key, text in messages("vi").items() if key.startswith("reason.")}
    told = {reason: text for kind in kinds().values() for reason, text in report.short_reasons(kind).items()}
    assert {reason: text[0].lower() + text[1:] for reason, text in shown.items()} == told


def test_check_writes_nothing_and_says_the_same(tmp_path: Path) -> None:
    office()
    before = files_below(tmp_path)
    first = write(tmp_path / "a.csv", [case(case_code="H1"), case(unit="?")], banner=as_of("2023-03-31"))
    assert load(first, command="check")["files"][0]["new"] == 1
    assert files_below(tmp_path) == before | {"a.csv"}
    assert "Chưa ghi gì" in run("check", first)[1]
    load(first)
    second = write(tmp_path / "b.csv", [case(case_code="H1", channel="online"), case()], banner=as_of("2023-04-30"))
    before = files_below(tmp_path)
    foreseen = load(second, command="check")
    assert files_below(tmp_path) == before
    assert foreseen["snapshot"] is None
    loaded = load(second)
    assert {**foreseen, "snapshot": loaded["snapshot"]} == loaded
    assert (loaded["files"][0]["newer"], loaded["files"][0]["new"]) == (1, 1)


def test_the_same_export_twice_changes_nothing(tmp_path: Path) -> None:
    office()
    conflicting = [case(case_code="H-conflict", channel=channel) for channel in ("post", "online")]
    export = write(tmp_path / "a.csv", [case(), case(status="finished", finished_at=date(2023, 3, 9)), *conflicting])
    load(export)
    cases = rows("select * exclude (load_id) from cases order by case_id")
    (again,) = load(export)["files"]
    assert (again["new"], again["newer"], again["older"], again["unchanged"]) == (0, 0, 0, 4)
    assert rows("select * exclude (load_id) from cases order by case_id") == cases
    assert one("select count(*) from case_versions") == 4


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_versions_go_by_the_day_of_extraction(tmp_path: Path, order: tuple[int, ...]) -> None:
    office()
    days, dues = ("2023-03-15", "2023-04-15", "2023-05-15"), (None, date(2023, 4, 1), date(2023, 5, 1))
    paths = {}
    for place in order:
        seen = case(case_code="H1", due_at=dues[place], channel=("in_person", "post", "online")[place])
        rows_there = [seen, case(case_code=f"G{place}")]
        paths[place] = write(tmp_path / f"{place}.csv", rows_there, banner=as_of(days[place]))
    load(*paths.values())
    found = "channel, due_on, first_due_on, version_count, source_file"
    assert rows(f"select {found} from cases where case_code = 'H1'") == [
        ("online", date(2023, 5, 1), date(2023, 4, 1), 3, "2.csv")
    ]
    versions = "select version, extracted_on from case_versions join cases using (case_id) where case_code = 'H1'"
    assert [day for _, day in sorted(rows(versions.replace("extracted_on", "case_versions.extracted_on")))] == [
        date.fromisoformat(day) for day in days
    ]


def test_fates_of_rows_loaded_out_of_order(tmp_path: Path) -> None:
    office()
    order = {
        "c.csv": ("2023-05-31", "online", "new"),
        "a.csv": ("2023-03-31", "post", "older"),
        "b.csv": ("2023-04-30", "post", "unchanged"),
        "b2.csv": ("2023-04-30", "in_person", "older"),
        "d.csv": ("2023-06-30", "post", "newer"),
        "d2.csv": ("2023-06-30", "in_person", "newer"),
    }
    paths = [
        write(tmp_path / name, [case(case_code="H1", channel=channel)], banner=as_of(day))
        for name, (day, channel, _) in order.items()
    ]
    found = load(*paths[:2])["files"] + load(*paths[2:])["files"]
    fates = ("new", "newer", "older", "unchanged")
    assert [(file["file"], [fate for fate in fates if file[fate]]) for file in found] == [
        (name, [fate]) for name, (_, _, fate) in order.items()
    ]
    assert rows("select channel, source_file from cases") == [("in_person", "d2.csv")]


def test_conflicting_rows_of_one_file(tmp_path: Path) -> None:
    office()
    twice = [case(case_code="H1"), case(case_code="H1", channel="online"), case(case_code="H2")]
    (file,) = load(write(tmp_path / "a.csv", twice))["files"]
    assert (file["new"], file["newer"]) == (2, 1)
    assert rows("select channel, conflicting_rows, version_count, row_number from cases order by case_code") == [
        ("online", True, 2, 3),
        ("in_person", False, 1, 4),
    ]
    assert rows("select fault from case_faults") == [("conflicting_rows",)]
    # The fault belongs to the version that counts: a later file without the conflict ends it.
    load(write(tmp_path / "b.csv", [case(case_code="H1", channel="online")], banner=as_of("2023-05-01")))
    assert rows("select fault from case_faults") == []


def test_each_source_has_its_cut_off(tmp_path: Path) -> None:
    office()
    add_profile("khac", source="khac", recognise_text=["Phần mềm khác"])
    told = write(tmp_path / "a.csv", [case()], banner=as_of("2023-04-30"))
    untold = [
        case(received_at=date(2023, 5, 2), due_at=date(2023, 9, 9)),
        case(status="finished", finished_at=date(2023, 5, 20)),
    ]
    os.utime(write(tmp_path / "b.csv", untold, banner=["Phần mềm khác"]), (1e9, 1e9))
    assert load(told, tmp_path / "b.csv")["cut_offs"] == {"thu": "2023-04-30", "khac": "2023-05-20"}
    assert load(told, "--as-of", "2023-06-30")["cut_offs"] == {"thu": "2023-06-30", "khac": "2023-05-20"}
    assert rows("select source, cut_off, covers_from from sources order by source") == [
        ("khac", date(2023, 5, 20), date(2023, 3, 1)),
        ("thu", date(2023, 6, 30), date(2023, 3, 1)),
    ]


def test_a_banner_or_profile_says_what_is_covered(tmp_path: Path) -> None:
    office(covers_from="2022-06-01")
    span = write(tmp_path / "a.csv", [case()], banner=["Từ ngày 01/01/2023 đến ngày 31/03/2023"])
    load(span)
    assert rows("select covers_from, cut_off from sources") == [(date(2023, 1, 1), date(2023, 3, 31))]
    load(write(tmp_path / "b.csv", [case()], banner=as_of("2023-05-31")))
    assert rows("select covers_from, cut_off from sources") == [(date(2022, 6, 1), date(2023, 5, 31))]


def test_a_row_waits_for_its_alias(tmp_path: Path) -> None:
    office()
    export = write(tmp_path / "a.csv", [case(case_code="H1", unit="Xã Bốn Mươi"), case(unit="Xã Hai")])
    assert load(export)["exit"] == 1
    assert rows("select kind, name, nearest from nearest_names where kind = 'unit'") == [("unit", "Xã Bốn Mươi", None)]
    add_reference("units", UNITS + "x4,Xã Bốn,commune,R,,,Xã Bốn mươi\n")
    assert run("build")[0] == 0
    assert one("select units.code from cases join units using (unit_id) where case_code = 'H1'") == "x4"
    assert rows("select new_rows, rejected_rows from loads") == [(2, 0)]
    assert rows("select * from rejected_rows") == []


def test_a_name_means_the_unit_of_its_day(tmp_path: Path) -> None:
    office()
    seen = [
        case(unit=name, received_at=day, due_at=None)
        for name in ("Xã Đổi Tên", "XÃ ĐỔI  TÊN", "Phường Đổi Tên")
        for day in (date(2023, 6, 30), date(2023, 7, 1))
    ]
    assert load(write(tmp_path / "a.csv", seen))["files"][0]["reasons"] == {"unknown_unit": 1}
    placed = "select received_on, code from cases join units using (unit_id) order by case_code"
    before, after = (date(2023, 6, 30), "cu"), (date(2023, 7, 1), "moi")
    assert rows(placed) == [before, after, before, after, after]


def test_several_kinds_folders_and_globs_at_once(tmp_path: Path) -> None:
    office()
    folder = tmp_path / "tháng 3"
    write(folder / "sâu" / "Hồ sơ.XLSX".lower(), [case(case_code="H1")], banner=as_of("2023-03-31"))
    write_sheets(folder / "phiếu.csv", [answer(case_code="H1")])
    (folder / "ghi chú.md").write_text("không phải tệp xuất")
    (folder / "~$Hồ sơ.xlsx").write_bytes(b"owner")
    write(tmp_path / "x1.csv", [case(case_code="H2")])
    write(tmp_path / "x2.csv", [case(case_code="H3")])
    found = load(folder, tmp_path / "x?.csv", tmp_path / "x1.csv")
    assert [(file["file"], file["profile"], file["new"]) for file in found["files"]] == [
        ("phiếu.csv", "phieu", 1),
        ("hồ sơ.xlsx", "thu", 1),
        ("x1.csv", "thu", 1),
        ("x2.csv", "thu", 1),
    ]
    assert one("select count(*) from survey_sheets where case_id is not null") == 1


def test_a_glob_of_folders(tmp_path: Path) -> None:
    office()
    for month in ("01", "02"):
        write(tmp_path / f"thang-{month}" / "a.csv", [case()])
    assert len(load(tmp_path / "thang-*")["files"]) == 2
    assert len(load(tmp_path / "**" / "a.csv")["files"]) == 2


@pytest.mark.parametrize("path", ["", "không-có.csv", "*.csv", "trống", "thang**x.csv", "trống/~$a.csv"])
def test_nothing_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    (tmp_path / "trống").mkdir()
    (tmp_path / "trống" / "~$a.csv").write_bytes(b"")
    (tmp_path / "khác").mkdir()
    (tmp_path / "khác" / "a.csv").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    assert run("load", path)[0] == 2
    assert "Không thấy tệp nào" in capsys.readouterr().err
    assert not data_folder().exists()


def test_a_refusal_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun(tmp_path, a=[case()])
    before, live = files_below(data_folder()), snapshots.current_id()
    (tmp_path / "rỗng.csv").write_bytes(b"")
    (tmp_path / "lạ.csv").write_text("a,b\n1,2\n")
    found = load(write(tmp_path / "b.csv", [case()]), tmp_path / "rỗng.csv", tmp_path / "lạ.csv")
    assert (found["files"], found["snapshot"], found["cut_offs"]) == ([], None, {})
    assert [(file["file"], bool(file["reason"]), bool(file["remedy"])) for file in found["refused"]] == [
        ("rỗng.csv", True, True),
        ("lạ.csv", True, True),
    ]
    assert "Không nạp gì" in capsys.readouterr().err
    assert run("check", tmp_path / "rỗng.csv")[0] == 2
    assert files_below(data_folder()) == before
    assert snapshots.current_id() == live


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nạp"],
        ["load"],
        ["load", "a.csv", "--as-of", "30/04/2023"],
        ["build", "--engine", "spark"],
        ["demo", "--scenario", "XX"],
        ["demo", "--cases", "19999"],
        ["prune"],
    ],
)
def test_wrong_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err


def test_a_cut_off_in_the_future_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office()
    tomorrow = date.today() + timedelta(days=1)
    with pytest.raises(SystemExit) as stopped:
        run("load", write(tmp_path / "a.csv", [case()]), "--as-of", str(tomorrow))
    assert stopped.value.code == 2
    assert "--as-of" in capsys.readouterr().err


def test_a_profile_given_by_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = write(tmp_path / "a.csv", [case()])
    assert load(export)["exit"] == 2
    given = add_profile("cho-truoc", unknown_units="register", root="MỚI")
    given.rename(tmp_path / "p.toml")
    found = load(export, "--profile", tmp_path / "p.toml")
    assert (found["files"][0]["profile"], found["exit"]) == ("p", 0)
    capsys.readouterr()
    found = load(export, "--profile", tmp_path / "không có.toml")
    assert (found["exit"], found["files"]) == (2, [])
    assert "không có.toml" in capsys.readouterr().err


def test_units_register_and_unknown_names_are_listed(tmp_path: Path) -> None:
    office(unknown_units="register", unit_kind="department")
    seen = [
        case(unit="Tổ  Mới", field="Hộ tich", procedure="Việc chưa nghe"),
        case(unit="TỔ MỚI", receiving_unit="Nơi lạ"),
        case(unit="UBND xã Một", field="Lĩnh vực đất đai"),
    ]
    assert load(write(tmp_path / "a.csv", seen))["exit"] == 0
    assert rows("select code, name, kind, root_id = parent_id from units where kind = 'department' order by code") == [
        ("Tổ Mới", "Tổ Mới", "department", True),
        ("p1", "Phòng Một", "department", True),
        ("p2", "Phòng Hai", "department", True),
    ]
    assert rows("select code, name from fields where is_registered") == [("Hộ tich", "Hộ tich")]
    assert rows("select code from procedures where is_registered") == [("Việc chưa nghe",)]
    assert rows("select kind, name, nearest from nearest_names order by kind, name") == [
        ("field", "Hộ tich", "hộ tịch"),
        ("procedure", "Việc chưa nghe", None),
        ("unit", "Nơi lạ", None),
    ]
    assert rows("select fields.code, count(*) from cases join fields using (field_id) group by 1 order by 1") == [
        ("Hộ tich", 1),
        ("dat-dai", 1),
        ("ho-tich", 1),
    ]
    assert one("select count(*) from cases where receiving_unit_id is not null") == 0


def test_of_very_many_unknown_names_the_first_are_looked_up(tmp_path: Path) -> None:
    begun(tmp_path, a=[case(procedure=f"Tách thửa đất {number}") for number in range(600)])
    found = rows("select count(*), count(nearest) from nearest_names where kind = 'procedure'")
    assert found == [(600, 500)]


def test_names_equal_to_codes_are_those_units(tmp_path: Path) -> None:
    office(unknown_units="register", root="GỐC MỚI")
    seen = [case(unit="GỐC MỚI"), case(unit="gốc mới", field="dat-dai"), case(unit="Khác", field="dat-dai")]
    assert load(write(tmp_path / "a.csv", seen))["exit"] == 0
    assert rows("select code, count(*) from cases join units using (unit_id) group by code order by code") == [
        ("GỐC MỚI", 2),
        ("Khác", 1),
    ]
    assert rows("select code, is_registered from fields where code = 'dat-dai'") == [("dat-dai", False)]


def test_the_own_profile_of_the_same_name_wins(tmp_path: Path) -> None:
    office()
    add_profile("demo_hn", source="cua-minh", recognise_text=["của mình"])
    found = load(write(tmp_path / "a.csv", [case()], banner=["Bản xuất của mình"]))
    assert (found["files"][0]["profile"], list(found["cut_offs"])) == ("demo_hn", ["cua-minh"])


def test_the_same_code_in_two_sources_is_two_cases(tmp_path: Path) -> None:
    office()
    add_profile("khac", source="khac", recognise_text=["Phần mềm khác"])
    load(
        write(tmp_path / "a.csv", [case(case_code="H1")]),
        write(tmp_path / "b.csv", [case(case_code="H1", channel="online")], banner=["Phần mềm khác"]),
        write_sheets(tmp_path / "c.csv", [answer(case_code="H1")]),
    )
    assert rows("select source, channel from cases order by source") == [("khac", "online"), ("thu", "in_person")]
    # Which of the two was judged cannot be told.
    assert rows("select case_id from survey_sheets") == [(None,)]


def test_answers_that_cannot_be_placed(tmp_path: Path) -> None:
    office()
    wrong = [answer(instrument="Mẫu lạ"), answer(score=9), answer(unit="Xã Lạ"), answer(), answer(item="Thái độ")]
    found = load(write_sheets(tmp_path / "a.csv", wrong))
    assert found["files"][0]["reasons"] == {"score_out_of_scale": 1, "unknown_instrument": 1, "unknown_unit": 1}
    assert rows("select reason, value from rejected_rows order by reason") == [
        ("score_out_of_scale", "9.0"),
        ("unknown_instrument", "Mẫu lạ"),
        ("unknown_unit", "Xã Lạ"),
    ]
    given = rows(
        "select item, score, overall_score, is_satisfied from survey_answers join survey_sheets using (sheet_no) "
        "order by item"
    )
    assert given == [("Hài lòng chung", 5, 5, True), ("Thái độ", 5, None, None)]


def test_sheets_of_two_instruments_may_bear_the_same_number(tmp_path: Path) -> None:
    office()
    add_reference(
        "instruments", "instrument,title,scale,satisfied_from,overall_item,per_case\n"
        "A,Mẫu A,1-5,4,Hài lòng chung,true\nB,Mẫu B,1-10,7,Hài lòng chung,false\n",
    )  # fmt: skip
    sheets = [answer(sheet_id=f"P-{n}", instrument=name) for n in range(8) for name in "AB"]
    found = load(write_sheets(tmp_path / "a.csv", sheets))
    assert (found["exit"], found["files"][0]["new"]) == (0, 16)
    assert rows("select sheet_id, count(*) from survey_sheets group by all having count(*) <> 2") == []


def test_a_reference_file_typed_on_another_system(tmp_path: Path) -> None:
    office()
    text = "instrument,title,scale,satisfied_from,overall_item,per_case\n PDG-TTHC ,Phiếu,1-5,4, Hài lòng chung,true\n"
    add_reference("instruments", unicodedata.normalize("NFD", text))
    assert load(write_sheets(tmp_path / "a.csv", [answer()]))["exit"] == 0
    assert one("select is_satisfied from survey_sheets")


def test_a_field_written_as_unknown_is_the_unknown_one(tmp_path: Path) -> None:
    office()
    written = [case(field="khong-ro", procedure="khong-ro"), case(field="KHÔNG RÕ LĨNH VỰC"), case(field=None)]
    assert load(write(tmp_path / "a.csv", [*written, case(procedure="Không rõ thủ tục")]))["exit"] == 0
    assert rows("select code from fields where is_registered") == []
    assert rows("select code from procedures where is_registered") == []


def test_a_case_vanishes_from_a_complete_export(tmp_path: Path) -> None:
    office(complete=True)
    there = [
        case(case_code="CON", received_at=date(2023, 2, 1)),
        case(case_code="MAT"),
        case(case_code="XONG", status="finished", finished_at=date(2023, 3, 8)),
        case(case_code="DONVIKHAC", unit="Xã Hai"),
        case(case_code="NGOAIKY", received_at=date(2023, 1, 2), due_at=None),
        case(case_code="TROLAI"),
    ]
    span = ["Từ ngày 01/02/2023 đến ngày 30/04/2023"]
    load(write(tmp_path / "a.csv", there, banner=as_of("2023-03-31")))
    load(write(tmp_path / "b.csv", there[:1], banner=[*span, "Ngày xuất: 30/04/2023"]))
    load(write(tmp_path / "c.csv", [there[0], there[5]], banner=[*span, "Ngày xuất: 31/05/2023"]))
    gone = "select case_code, vanished_on from cases where vanished_on is not null"
    assert rows(gone) == [("MAT", date(2023, 4, 30))]
    left = "select event, count(*) from case_events join cases using (case_id) where case_code = 'MAT' group by event"
    assert ("stock_out", 1) in rows(left)
    # It was finished, so it stays so in every measure.
    due = "select event from case_events join cases using (case_id) where case_code = 'XONG' and event like 'due%'"
    assert rows(due) == [("due_on_time",)]


def test_a_case_whose_row_waits_for_an_alias_has_not_vanished(tmp_path: Path) -> None:
    office(complete=True)
    load(write(tmp_path / "a.csv", [case(case_code="CHO"), case(case_code="MAT")], banner=as_of("2023-04-10")))
    waiting = [case(case_code="CHO", unit="Xã Lạ"), case()]
    load(write(tmp_path / "b.csv", waiting, banner=as_of("2023-04-30")))
    assert rows("select case_code from cases where vanished_on is not null") == [("MAT",)]


def test_absent_from_the_newest_export_of_its_unit(tmp_path: Path) -> None:
    office()
    there = [case(case_code="CON"), case(case_code="VANG"), case(case_code="KHAC", unit="Xã Hai")]
    done = case(case_code="XONG", status="finished", finished_at=date(2023, 3, 8))
    load(write(tmp_path / "a.csv", [*there, done], banner=as_of("2023-03-31")))
    assert one("select count(*) from cases where is_absent_from_newest") == 0
    load(write(tmp_path / "b.csv", there[:1], banner=as_of("2023-04-30")))
    assert rows("select case_code from cases where is_absent_from_newest") == [("VANG",)]


def test_withdraw_and_restore(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office()
    load(write(tmp_path / "a.csv", [case(case_code="H1")], banner=as_of("2023-03-31")))
    load(write(tmp_path / "b.csv", [case(case_code="H1", channel="online")], banner=as_of("2023-04-30")))
    assert run("withdraw", "L0002")[0] == 0
    assert rows("select channel, cut_off from cases") == [("in_person", date(2023, 3, 31))]
    assert [line.split()[:3] for line in run("loads")[1].splitlines()] == [
        ["L0001", "tính", f"{date.today():%d/%m/%Y}"],
        ["L0002", "không", "tính"],
    ]
    assert run("restore", "L0002")[0] == 0
    assert rows("select channel, cut_off from cases") == [("online", date(2023, 4, 30))]
    assert run("withdraw", "L0001")[0] == 0
    assert run("withdraw", "L0002")[0] == 0
    assert one("select count(*) from cases") == 0
    assert questions.main(["measure", "received"]) == 2
    assert "chưa có lần nạp nào" in capsys.readouterr().err
    assert run("restore", "L9")[0] == 2
    assert "L0001, L0002" in capsys.readouterr().err


def test_a_withdrawn_number_is_not_given_again(tmp_path: Path) -> None:
    office()
    export = write(tmp_path / "a.csv", [case()])
    load(export)
    run("withdraw", "L0001")
    load(export)
    assert [each.load_id for each in archive.archived()] == ["L0001", "L0002"]
    assert archive.active_ids() == {"L0002"}


def test_rollback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = begun(tmp_path, a=[case(case_code="H1")], b=[case(case_code="H2")])
    code, text = run("rollback", first)
    assert (code, "L0002" in text) == (0, True)
    assert snapshots.current_id() == first
    assert archive.active_ids() == {"L0001"}
    assert len(archive.archived()) == 2
    # What is loaded next builds on what was rolled back to.
    load(write(tmp_path / "c.csv", [case(case_code="H3")]))
    assert rows("select case_code from cases order by 1") == [("H1",), ("H3",)]
    assert run("rollback", "2020-01-01-a")[0] == 2
    assert first in capsys.readouterr().err


def test_prune_leaves_what_is_needed(tmp_path: Path) -> None:
    (first,) = begun(tmp_path, a=[case()])
    for day in ("2026-01-05-a", "2026-01-05-b", "2026-01-30-a", "2026-02-03-a", "2026-02-03-b", "2026-02-03-c"):
        publish_copy(day, of=first)
    assert run("keep", "2026-01-05-b")[0] == 0
    assert run("rollback", "2026-02-03-b")[0] == 0
    code, text = run("prune", "--keep", "1")
    assert code == 0
    assert "Đã xoá: 2026-01-05-a, 2026-02-03-a." in text
    assert [(each.id, each.is_current, each.is_kept) for each in snapshots.snapshots()] == [
        ("2026-01-05-b", False, True),
        ("2026-01-30-a", False, False),
        ("2026-02-03-b", True, False),
        ("2026-02-03-c", False, False),
        (first, False, False),
    ]
    assert "Giữ 2026-01-30-a: bản cuối tháng 01/2026." in text
    assert "Giữ 2026-02-03-b: đang dùng." in text
    assert f"Giữ {first}: trong 1 bản mới nhất, bản cuối tháng" in text
    assert "2026-01-05-b  được giữ" in run("snapshots")[1]
    assert "2026-02-03-b  đang dùng" in run("snapshots")[1]
    assert "không bản nào" in run("prune", "--keep", "9")[1]
    assert run("prune", "--keep", "0")[0] == 2
    assert run("keep", "2026-01-05-a")[0] == 2


def test_a_failing_check_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (live,) = begun(tmp_path, a=[case()])
    rules = tmp_path / "checks"
    rules.mkdir()
    (rules / "never.sql").write_text("-- Không hồ sơ nào.\nselect case_code from cases")
    with monkeypatch.context() as patch:
        patch.setattr(publish, "COMMON_CHECKS", rules)
        second = write(tmp_path / "b.csv", [case()])
        found = load(second)
        assert (found["exit"], found["files"], found["snapshot"]) == (3, [], None)
        assert "never: 2 dòng sai (Không hồ sơ nào.)" in capsys.readouterr().err
        assert run("load", second)[0] == 3
        assert run("build")[0] == 3
    assert snapshots.current_id() == live
    assert archive.active_ids() == {"L0001"}
    assert len(archive.archived()) == 3
    assert [path.name for path in (data_folder() / "warehouse").iterdir() if "building" in path.name] == []


def test_one_load_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office()
    export = write(tmp_path / "a.csv", [case()])
    load(export)
    before = files_below(data_folder())
    with FileLock(data_folder() / ".writing.lock"):
        assert load(export)["exit"] == 2
        assert "đang chạy" in capsys.readouterr().err
        assert run("build")[0] == 2
        assert run("snapshots")[0] == 0
        assert one("select count(*) from cases") == 1
    assert files_below(data_folder()) == before


# A process of its own, as a kill would end it: not a copy of this one, whose main module a page test may have replaced.
DYING_LOAD = """
import os, sys
from etl import commands, publish
from warehouse import state
def die(*_):
    os._exit(9)
if sys.argv[1] == "before the state":
    state.write = die
else:
    publish.broken_rules = die
commands.main(["load", sys.argv[2], "--json"])
"""


@pytest.mark.parametrize("where", ["before the state", "before the checks"])
def test_a_crash_leaves_the_last_good_snapshot(tmp_path: Path, where: str) -> None:
    (live,) = begun(tmp_path, a=[case()])
    export = write(tmp_path / "b.csv", [case()])
    process = subprocess.run(
        [sys.executable, "-c", DYING_LOAD, where, str(export)], cwd=PROJECT, capture_output=True, check=False
    )
    assert process.returncode == 9, process.stderr
    assert snapshots.current_id() == live
    assert archive.active_ids() == {"L0001"}
    assert one("select count(*) from cases") == 1
    assert load(export)["exit"] == 0
    assert one("select count(*) from cases") == 2
    assert [path.name for path in (data_folder() / "warehouse").iterdir() if "building" in path.name] == []


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    office()
    # DuckDB puts what does not fit in memory into a folder beside the file that it writes.
    spilled = data_folder() / "warehouse" / ".building-1.duckdb.tmp"
    spilled.mkdir(parents=True)
    (spilled / "part").touch()
    assert load(write(tmp_path / "a.csv", [case()]))["exit"] == 0
    assert not spilled.exists()


def test_a_folder_named_like_a_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOISANH_DATA", str(tmp_path / "Số liệu [2023] (mới) *"))
    office()
    for name in ("Hồ sơ [1].csv", "Hồ sơ 2.xlsx"):
        assert load(write(tmp_path / "Tệp [xuất]" / name, [case()]))["exit"] == 0
    assert one("select count(*) from cases") == 2


@pytest.mark.parametrize("arguments", [["load", "a.csv"], ["build"], ["demo", "--scenario", "TL"]])
def test_a_folder_that_cannot_be_written_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    profile = add_profile()
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.csv", [case()])
    (tmp_path / "file").touch()
    monkeypatch.setenv("DOISANH_DATA", str(tmp_path / "file"))
    assert run(*arguments, *(("--profile", profile) if arguments[0] == "load" else ()))[0] == 4
    assert "quyền ghi vào thư mục dữ liệu" in capsys.readouterr().err


def test_a_reader_keeps_its_snapshot_while_a_load_publishes(tmp_path: Path) -> None:
    begun(tmp_path, a=[case()])
    reader = open_snapshot()
    load(write(tmp_path / "b.csv", [case()]))
    assert reader.read("select count(*) from cases").item() == 1
    assert open_snapshot().id != reader.id
    assert one("select count(*) from cases") == 2


def test_a_load_of_nothing_readable(tmp_path: Path) -> None:
    office()
    found = load(write(tmp_path / "a.csv", [case(status="lạ")]), "--as-of", "2023-04-30")
    assert found["exit"] == 1
    assert found["files"][0]["reasons"] == {"unknown_label": 1}
    assert one("select count(*) from cases") == 0


def test_the_archive_keeps_unchanged_rows_with_names_as_written(tmp_path: Path) -> None:
    office()
    export = write(tmp_path / "a.csv", [case(unit="UBND  xã MỘT", applicant="Trần Thị Bưởi", phone="0912345678")])
    load(export)
    load(export)
    for load_id in ("L0001", "L0002"):
        kept = pl.read_parquet(data_folder() / "archive" / load_id / "rows.parquet")
        assert kept["unit"].to_list() == ["UBND xã MỘT"]
        assert not {"applicant", "phone", "Họ và tên người nộp"} & set(kept.columns)


def test_demo_scenario_by_command() -> None:
    code, text = run("demo", "--scenario", "TL")
    assert code == 0
    assert "412 dòng dữ liệu, 0 dòng bị loại (cố ý: 0)" in text
    assert PROFILE["root"] not in {code for (code,) in rows("select code from units")}


@pytest.mark.parametrize(("module", "arguments"), [("etl", ["snapshots"]), ("comparison", ["measures"])])
def test_the_modules_are_commands(monkeypatch: pytest.MonkeyPatch, module: str, arguments: list[str]) -> None:
    monkeypatch.setattr("sys.argv", [module, *arguments])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module(module, run_name="__main__")
    assert stopped.value.code == 0


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_progress_is_silent_for_a_second(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> None:
    shown = progress.Progress(stream)
    shown.begin("Đọc", 3)
    shown.step("a.csv")
    assert stream.getvalue().strip() == ""
    monkeypatch.setattr(progress, "_SILENT_FOR_SECONDS", 0.0)
    shown.begin("Dựng", 2)
    shown.step("units")
    assert "Dựng" in stream.getvalue()
    assert "/2" in stream.getvalue()
    shown.end()
