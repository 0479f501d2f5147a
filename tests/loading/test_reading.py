"""Real files in, typed rows out: every row of a file is accounted for."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from unicodedata import normalize

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from etl.reading import FileRefused, header, read
from etl.reading.confirm import TOLERATED
from tests.helpers.export_files import (
    APPLICANT,
    HEADER,
    PHONE,
    PROFILE,
    SURVEY,
    TODAY,
    case,
    csv_file,
    parse,
    profile,
    xlsx_file,
)
from tests.helpers.properties import examples
from warehouse.text import fold


def test_typed_rows(tmp_path: Path) -> None:
    parsed = parse(csv_file(tmp_path, [HEADER, case(extended="2")]), profile(tmp_path))
    row = parsed.frame.row(0, named=True)
    assert row == {
        "case_code": "H20-240115-0001", "unit": "Xã Tân Thành", "receiving_unit": None, "procedure": None,
        "field": "Đất đai", "received_at": datetime(2024, 1, 15, 8, 30), "due_at": datetime(2024, 1, 25, 17),
        "finished_at": datetime(2024, 1, 24), "handed_over_at": None, "status": "finished", "channel": "online",
        "assisted_by": None, "apology_sent_on": None, "extension_count": 2, "late_cause": None, "row_number": 2,
        "sheet": "", "of_load": None, "of_sheet": None, "of_row": None,
    }  # fmt: skip
    assert parsed.frame.schema["apology_sent_on"] == pl.Date
    assert parsed.frame.schema["extension_count"] == pl.Int32
    assert parsed.headers["case_code"] == "Số hồ sơ"
    assert "Chủ hồ sơ" not in parsed.headers.values()
    assert parsed.layout == {"blank": 0, "banner": 0, "header": 1, "group": 0, "total": 0, "signature": 0, "note": 0}
    assert (parsed.extracted_on, parsed.covers_from, parsed.covers_to) == (
        date(2024, 1, 24), date(2024, 1, 15), date(2024, 1, 15),
    )  # fmt: skip


def test_whole_layout_of_a_workbook(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [
        [],
        ["UBND THÀNH PHỐ HỒNG NGỰ", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["DANH SÁCH HỒ SƠ"],
        ["TỪ NGÀY 01/01/2024 ĐẾN NGÀY 31/03/2024"],
        [],
        HEADER,
        [f"({number})" for number in range(1, 13)],
        ["I", "Xã Tân Thành"],
        case(1, received=datetime(2024, 1, 15, 8, 30)),
        [],
        case(2),
        HEADER,
        ["", "Xã Hiệp Lợi"],
        case(3),
        ["Tổng cộng", "", "", "", "", "", "3", "3"],
        [],
        ["", "", "", "", "", "", "", "Hồng Ngự, ngày 05 tháng 04 năm 2024"],
        ["NGƯỜI LẬP BIỂU", "", "KẾ TOÁN", "", "", "", "THỦ TRƯỞNG ĐƠN VỊ"],
        ["Lê Văn Một", "", "Lê Văn Hai", "", "", "", "Lê Văn Ba"],
    ]
    parsed = parse(xlsx_file(tmp_path, Hồ_sơ=rows), profile(tmp_path))
    assert parsed.layout == {"blank": 4, "banner": 3, "header": 3, "group": 2, "total": 1, "signature": 3, "note": 0}
    assert parsed.frame["row_number"].to_list() == [9, 11, 14]
    assert parsed.frame["received_at"].to_list() == [datetime(2024, 1, 15, 8, 30)] * 3
    assert (parsed.extracted_on, parsed.covers_from, parsed.covers_to) == (
        date(2024, 3, 31), date(2024, 1, 1), date(2024, 3, 31),
    )  # fmt: skip


def test_two_level_header(tmp_path: Path) -> None:
    keys = profile(tmp_path, columns='handed_over_at = ["Ngày trả"]')
    rows = [
        ["Số hồ sơ", "Đơn vị", "Lĩnh vực", "Ngày", "", "", "Ghi chú"],
        ["", "", "", "tiếp nhận", "hẹn trả", "trả", ""],
        ["H20-1", "Xã A", "Đất đai", "15/01/2024", "25/01/2024", "20/01/2024", APPLICANT],
    ]
    parsed = parse(xlsx_file(tmp_path, A=rows), keys)
    assert parsed.headers["due_at"] == "Ngày hẹn trả"
    assert parsed.frame["handed_over_at"].to_list() == [datetime(2024, 1, 20)]
    assert parsed.layout["header"] == 2


def test_header_with_a_row_of_hints_below(tmp_path: Path) -> None:
    rows = [
        ["Số hồ sơ", "Đơn vị", "Lĩnh vực", "Ngày tiếp nhận"],
        ["H20-1", "Xã A", "Đất đai", "15/01/2024"],
        ["H20-2", "Xã A", "Đất đai", "16/01/2024"],
    ]
    assert parse(csv_file(tmp_path, rows), profile(tmp_path)).frame["row_number"].to_list() == [2, 3]


def test_header_row_can_be_given(tmp_path: Path) -> None:
    rows = [["Số hồ sơ", "Đơn vị", "Lĩnh vực", "Ngày tiếp nhận"], ["H20-1", "Xã A", "Đất đai", "15/01/2024"]]
    assert parse(csv_file(tmp_path, rows), profile(tmp_path, "header_row = 1")).data_rows == 1
    with pytest.raises(FileRefused, match="ở dòng 2"):
        parse(csv_file(tmp_path, rows), profile(tmp_path, "header_row = 2"))
    far = [["x"]] * 40 + rows
    with pytest.raises(FileRefused, match="Không thấy dòng tiêu đề"):
        parse(csv_file(tmp_path, far), profile(tmp_path))
    assert parse(csv_file(tmp_path, far), profile(tmp_path, "header_row = 41")).layout["banner"] == 40


def test_the_last_of_duplicate_headers_and_the_first_accepted_header_count(tmp_path: Path) -> None:
    rows = [
        ["Số hồ sơ", "Mã hồ sơ", "Đơn vị", "Lĩnh vực", "Ngày tiếp nhận", "Ngày tiếp nhận"],
        ["S1", "M1", "Xã A", "Đất đai", "15/01/2024", "16/01/2024"],
    ]
    row = parse(csv_file(tmp_path, rows), profile(tmp_path)).frame.row(0, named=True)
    assert (row["case_code"], row["received_at"]) == ("M1", datetime(2024, 1, 16))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [HEADER, case(1, unit="Xã A, B; C | D"), [], case(2)]
    path = csv_file(tmp_path, rows, encoding=encoding, delimiter=delimiter)
    parsed = parse(path, profile(tmp_path))
    assert parsed.frame["row_number"].to_list() == [2, 4]
    assert parsed.frame["unit"][0] == "Xã A, B; C | D"


def test_decomposed_text_and_old_line_ends(tmp_path: Path) -> None:
    text = "\r".join(",".join(map(str, row)) for row in [HEADER, case(1)])
    (tmp_path / "a.csv").write_bytes(normalize("NFD", text).encode())
    assert parse(tmp_path / "a.csv", profile(tmp_path)).frame["unit"].to_list() == ["Xã Tân Thành"]
    decomposed = [[normalize("NFD", str(cell)) for cell in row] for row in [HEADER, case(1)]]
    assert parse(xlsx_file(tmp_path, A=decomposed), profile(tmp_path)).frame["field"].to_list() == ["Đất đai"]


def test_a_declared_encoding_and_delimiter(tmp_path: Path) -> None:
    rows = [[normalize("NFC", str(cell)) for cell in row] for row in [HEADER, case(1)]]
    text = "\n".join("^".join(row) for row in rows)
    (tmp_path / "a.csv").write_bytes(text.encode("utf-16-le"))
    declared = profile(tmp_path, 'encoding = "utf-16-le"\ndelimiter = "^"')
    assert parse(tmp_path / "a.csv", declared).data_rows == 1


def test_quotes_inside_cells(tmp_path: Path) -> None:
    lines = [",".join(map(str, row)) for row in (HEADER, case(1, unit='Xã 5" A'), case(2, unit='B 7" x'))]
    (tmp_path / "a.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert parse(tmp_path / "a.csv", profile(tmp_path)).frame["unit"].to_list() == ['Xã 5" A', 'B 7" x']
    (tmp_path / "a.csv").write_text("\n".join(lines[:2]) + '\n"H20', encoding="utf-8")
    with pytest.raises(FileRefused, match="dấu ngoặc kép"):
        parse(tmp_path / "a.csv", profile(tmp_path))


def test_a_row_longer_than_the_header_is_rejected(tmp_path: Path) -> None:
    parsed = parse(csv_file(tmp_path, [HEADER, case(1), [*case(2), "thừa", PHONE], [*case(3), ""]]), profile(tmp_path))
    assert parsed.frame["row_number"].to_list() == [2, 4]
    assert parsed.rejected.select("row_number", "reason", "value").rows() == [(3, "too_many_cells", "2 ô thừa")]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("2024-03-24", datetime(2024, 3, 24)),
        ("2024-03-24 01:26:00", datetime(2024, 3, 24, 1, 26)),
        ("2024-03-24T01:26", datetime(2024, 3, 24, 1, 26)),
        ("2024-03-24T01:26:00.123456", datetime(2024, 3, 24, 1, 26)),
        ("2024-03-23T18:26:00Z", datetime(2024, 3, 24, 1, 26)),
        ("2024-03-24T01:26:00.5+07:00", datetime(2024, 3, 24, 1, 26)),
        ("2024-03-23T13:26:00-0500", datetime(2024, 3, 24, 1, 26)),
        ("20240324012600", datetime(2024, 3, 24, 1, 26)),
        ("24/3/2024  1:26", datetime(2024, 3, 24, 1, 26)),
    ],
)
def test_dates(tmp_path: Path, text: str, read_as: datetime) -> None:
    parsed = parse(csv_file(tmp_path, [HEADER, case(1, received=text, due="", finished="")]), profile(tmp_path))
    assert parsed.frame["received_at"].to_list() == [read_as]


@pytest.mark.parametrize("text", ["", "Không có", "KHÔNG  CÓ."])
def test_no_due_date(tmp_path: Path, text: str) -> None:
    assert parse(csv_file(tmp_path, [HEADER, case(1, due=text)]), profile(tmp_path)).frame["due_at"].to_list() == [None]
    due = profile(tmp_path, columns="").no_due_date
    assert due == ("", "Không có")


def test_a_readable_date_can_mean_no_due_date(tmp_path: Path) -> None:
    own = profile(tmp_path, text=PROFILE.replace('"Không có"', '"31/12/9999"'))
    assert parse(csv_file(tmp_path, [HEADER, case(1, due="31/12/9999")]), own).frame["due_at"].to_list() == [None]


def test_of_dates_that_mean_none_only_the_very_text_does(tmp_path: Path) -> None:
    said = profile(tmp_path, keys='no_date = ["31/01/2024"]')
    rows = [
        HEADER,
        case(1, due="31/01/2024"),
        case(2, due="31-01-2024"),
        case(3, due="N/A"),
        case(4, due="31/1/2024"),
    ]
    parsed = parse(csv_file(tmp_path, rows), said)
    assert parsed.frame["due_at"].to_list() == [None, datetime(2024, 1, 31), None, datetime(2024, 1, 31)]


@pytest.mark.parametrize(
    ("changes", "reason", "column", "value"),
    [
        ({"code": ""}, "no_case_code", "Số hồ sơ", ""),
        ({"code": APPLICANT}, "bad_case_code", "Số hồ sơ", APPLICANT),
        ({"code": "0912345678"}, "bad_case_code", "Số hồ sơ", "số, 10 chữ số"),
        ({"received": ""}, "no_received_at", "Ngày tiếp nhận", ""),
        ({"received": APPLICANT}, "unreadable_date", "Ngày tiếp nhận", "chữ, 13 ký tự"),
        ({"received": "0912 345 678"}, "unreadable_date", "Ngày tiếp nhận", "số, 10 chữ số"),
        ({"due": "31/02/2024"}, "unreadable_date", "Ngày hẹn trả", "31/02/2024"),
        # No text means "none" only because it folds to nothing, as the empty one of the profile does.
        ({"due": "?"}, "unreadable_date", "Ngày hẹn trả", "?"),
        ({"finished": "a@b.vn"}, "unreadable_date", "Ngày kết thúc", "thư điện tử, 6 ký tự"),
        ({"received": "31/12/1999"}, "date_out_of_range", "Ngày tiếp nhận", "31/12/1999"),
        ({"received": "02/06/2024"}, "date_out_of_range", "Ngày tiếp nhận", "02/06/2024"),
        ({"finished": "02/06/2024"}, "date_out_of_range", "Ngày kết thúc", "02/06/2024"),
        ({"due": "16/01/2034"}, "date_out_of_range", "Ngày hẹn trả", "16/01/2034"),
        ({"status": "Lạ"}, "unknown_label", "Trạng thái", "Lạ"),
        ({"channel": "Điện tín"}, "unknown_label", "Kênh", "Điện tín"),
        ({"field": ""}, "no_procedure_or_field", "Lĩnh vực", ""),
        ({"unit": ""}, "no_unit", "Đơn vị", ""),
        ({"unit": PHONE}, "personal_value", "Đơn vị", "số, 10 chữ số"),
        ({"extended": "1,5"}, "bad_number", "Số lần gia hạn", "1,5"),
        ({"extended": APPLICANT}, "bad_number", "Số lần gia hạn", "chữ, 13 ký tự"),
    ],
)
def test_every_rejection(tmp_path: Path, changes: dict[str, str], reason: str, column: str, value: str) -> None:
    good = [case(number, finished="") for number in range(2, 4)]
    rows = [HEADER, case(1, **({"finished": ""} | changes)), *good]
    rejected = read(csv_file(tmp_path, rows), [profile(tmp_path)], as_of=date(2024, 1, 15), today=TODAY).rejected
    line = rejected.row(0, named=True)
    shown = "chữ, 13 ký tự" if reason == "bad_case_code" and value == APPLICANT else value
    assert rejected.height == 1
    assert (line["row_number"], line["reason"], line["column"], line["value"]) == (2, reason, column, shown)
    assert line["allowed"]
    assert line["remedy"]


def test_every_unreadable_cell_of_a_row_is_listed_and_a_shifted_row_shows_no_letters(tmp_path: Path) -> None:
    shifted = case(1, received="Xã", status=APPLICANT, unit="")
    rejected = parse(csv_file(tmp_path, [HEADER, shifted, case(2)]), profile(tmp_path)).rejected
    assert rejected.sort("column").select("column", "reason", "value").rows() == [
        ("Ngày tiếp nhận", "unreadable_date", "chữ, 2 ký tự"),
        ("Trạng thái", "unknown_label", "chữ, 13 ký tự"),
        ("Đơn vị", "no_unit", ""),
    ]


def test_labels(tmp_path: Path) -> None:
    rows = [HEADER, case(1, status="ĐÃ  TRẢ", channel=""), case(2, status="refused"), case(3, status="")]
    frame = parse(csv_file(tmp_path, rows), profile(tmp_path)).frame
    assert frame["status"].to_list() == ["finished", "refused", None]
    assert frame["channel"].to_list() == ["unknown", "online", "online"]
    caught_all = profile(tmp_path, text=PROFILE.replace("[values.channel]", '"*" = "stopped"\n[values.channel]'))
    assert parse(csv_file(tmp_path, [HEADER, case(1, status="Lạ")]), caught_all).frame["status"].to_list() == [
        "stopped"
    ]


def test_constants_fill_what_the_export_lacks(tmp_path: Path) -> None:
    rows = [["Số hồ sơ", "Lĩnh vực", "Ngày tiếp nhận"], ["H1", "Đất đai", "15/01/2024"]]
    text = PROFILE.replace('unit = ["Đơn vị"]\n', "") + '[constants]\nunit = "Xã A"\nfinished_at = 2024-01-16\n'
    row = parse(csv_file(tmp_path, rows), profile(tmp_path, text=text)).frame.row(0, named=True)
    assert (row["unit"], row["channel"], row["finished_at"]) == ("Xã A", "unknown", datetime(2024, 1, 16))


@pytest.mark.parametrize(
    ("banner", "expected"),
    [
        ("Ngày xuất: 05/05/2024", date(2024, 5, 5)),
        ("Thời điểm xuất báo cáo: 08:30 ngày 05/05/2024", date(2024, 5, 5)),
        ("Xuất ngày 5 tháng 5 năm 2024", date(2024, 5, 5)),
        ("Chốt số liệu đến ngày 05-05-2024", date(2024, 5, 5)),
        ("Từ ngày 01/01/2024 đến ngày 05/05/2024", date(2024, 5, 5)),
        ("Từ ngày 01/01/2024 đến ngày 31/12/2024", date(2024, 1, 24)),
        ("Từ ngày 01/01/2024 đến ngày 31/02/2024", date(2024, 1, 24)),
        ("Danh sách hồ sơ", date(2024, 1, 24)),
    ],
)
def test_day_of_extraction(tmp_path: Path, banner: str, expected: date) -> None:
    path = csv_file(tmp_path, [[banner], HEADER, case(1)])
    assert parse(path, profile(tmp_path)).extracted_on == expected
    assert parse(path, profile(tmp_path), as_of=date(2024, 5, 31)).extracted_on == date(2024, 5, 31)


def test_ten_years_from_a_leap_day(tmp_path: Path) -> None:
    rows = [HEADER, case(1, due="28/02/2034"), case(2, due="01/03/2034")]
    parsed = parse(csv_file(tmp_path, rows), profile(tmp_path), as_of=date(2024, 2, 29))
    assert parsed.rejected["row_number"].to_list() == [3]


def test_many_blank_lines_before_the_banner(tmp_path: Path) -> None:
    parsed = parse(csv_file(tmp_path, [[]] * 300 + [HEADER, case(1)]), profile(tmp_path, "header_row = 301"))
    assert parsed.layout["blank"] == 300


def test_codes_that_are_numbers_may_look_like_telephone_numbers(tmp_path: Path) -> None:
    rows = [HEADER, *(case(number, code=f"1{number:09d}") for number in range(9)), case(9, code="0912345670")]
    assert parse(csv_file(tmp_path, rows), profile(tmp_path)).frame.height == 10


def test_coverage_of_the_profile(tmp_path: Path) -> None:
    parsed = parse(csv_file(tmp_path, [HEADER, case(1)]), profile(tmp_path, "covers_from = 2023-06-01"))
    assert (parsed.covers_from, parsed.covers_to) == (date(2023, 6, 1), date(2024, 1, 24))


def test_an_export_without_cases_tells_no_day(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [HEADER])
    assert parse(path, profile(tmp_path)).extracted_on is None
    parsed = parse(path, profile(tmp_path), as_of=TODAY)
    assert (parsed.frame.height, parsed.covers_from, parsed.covers_to) == (0, None, None)


def test_all_sheets_are_read(tmp_path: Path) -> None:
    path = xlsx_file(
        tmp_path,
        Bìa=[["Báo cáo"], [], ["Năm 2024"]],
        Một=[HEADER, case(1)],
        Trống=[],
        Hai=[["Quý II"], HEADER, case(2)],
    )
    parsed = parse(path, profile(tmp_path))
    assert parsed.frame.select("sheet", "row_number").rows() == [("Một", 2), ("Hai", 3)]
    assert (parsed.layout["banner"], parsed.layout["blank"], parsed.rows) == (3, 1, 8)


def test_wide_survey_sheets(tmp_path: Path) -> None:
    wide = '[constants]\ninstrument = "SIPAS"\n[items]\n"Thái độ" = ["Câu 1"]\n"Chung" = ["Câu 2"]'
    wide += '\n[values.score]\n"Tốt" = 5'
    own = profile(tmp_path, columns=wide, text=SURVEY)
    rows = [
        ["Mã phiếu", "Đơn vị", "Ngày", "Câu 1", "Câu 2", "Họ tên"],
        ["P1", "Xã A", "15/01/2024", "4,5", "Tốt", APPLICANT],
        ["P2", "Xã A", "15/01/2024", "", "3", APPLICANT],
        ["P3", "Xã A", "15/01/2024", "", "", APPLICANT],
        ["P4", "Xã A", "15/01/2024", "tệ", "3", APPLICANT],
        ["P5", "Xã A", "", "3", "3", APPLICANT],
        ["", "Xã A", "15/01/2024", "3", "3", APPLICANT],
    ]
    parsed = parse(csv_file(tmp_path, rows), own)
    assert parsed.frame.select("sheet_id", "item", "score", "row_number").rows() == [
        ("P1", "Thái độ", 4.5, 2), ("P1", "Chung", 5.0, 2), ("P2", "Chung", 3.0, 3), ("P3", None, None, 4),
    ]  # fmt: skip
    assert parsed.rejected.select("row_number", "column", "reason").rows() == [
        (5, "Câu 1", "bad_score"), (6, "Ngày", "no_answered_on"), (7, "Mã phiếu", "no_sheet_id"),
    ]  # fmt: skip
    assert parsed.frame.schema["answered_on"] == pl.Date


def test_long_survey_sheets(tmp_path: Path) -> None:
    long = 'instrument = ["Mẫu"]\nitem = ["Câu"]\nscore = ["Điểm"]'
    rows: list[list[object]] = [["Mã phiếu", "Đơn vị", "Ngày", "Mẫu", "Câu", "Điểm"]]
    rows += [[f"P{number}", "Xã A", "15/01/2024", "SIPAS", item, 4] for number in range(10) for item in ("a", "b")]
    rows += [["P11", "Xã A", "15/01/2024", "", "a", "nan"], ["P12", "Xã A", "15/01/2024", "SIPAS", "", 3]]
    parsed = parse(csv_file(tmp_path, rows), profile(tmp_path, columns=long, text=SURVEY))
    assert parsed.frame.height == 20
    assert parsed.rejected["reason"].sort().to_list() == ["bad_score", "no_instrument", "no_item"]


ROW_KINDS: dict[str, Callable[[int], list[object]]] = {
    "data": lambda n: case(n), "blank": lambda n: [], "group": lambda n: ["", f"Xã thứ {n}"],
    "header": lambda n: HEADER, "total": lambda n: ["Tổng số", "", "", n],
    "broken": lambda n: case(n, received="?", status="?"),
}  # fmt: skip


@settings(examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(ROW_KINDS)), max_size=15), st.booleans())
def test_every_row_is_accounted_for(tmp_path: Path, kinds: list[str], as_workbook: bool) -> None:
    assume(kinds.count("broken") <= TOLERATED)  # more of them refuse the file
    rows = [HEADER, *(ROW_KINDS[kind](number) for number, kind in enumerate(kinds)), case(99)]
    path = xlsx_file(tmp_path, A=rows) if as_workbook else csv_file(tmp_path, rows)
    parsed = parse(path, profile(tmp_path))
    assert parsed.rows == len(rows)
    assert parsed.frame.height == 1 + kinds.count("data")
    assert parsed.rejected["row_number"].n_unique() == kinds.count("broken")
    assert parsed.layout["blank"] == kinds.count("blank")
    assert parsed.layout["group"] == kinds.count("group")
    assert parsed.layout["total"] == kinds.count("total")
    assert parsed.layout["header"] == 1 + kinds.count("header")


def test_a_row_without_code_and_date_is_still_data(tmp_path: Path) -> None:
    parsed = parse(csv_file(tmp_path, [HEADER, case(1, code="", received=""), case(2)]), profile(tmp_path))
    assert parsed.rejected["reason"].to_list() == ["no_received_at", "no_case_code"]
    assert parsed.layout["group"] == 0


def test_a_profile_without_date_forms_reads_iso(tmp_path: Path) -> None:
    rows = [HEADER, case(1, received="2024-01-15T08:30:00Z", due="2024-01-25 17:00:00", finished="2024-01-24")]
    (row,) = parse(csv_file(tmp_path, rows), profile(tmp_path, "dates = []")).frame.iter_rows(named=True)
    assert [row[name] for name in ("received_at", "due_at", "finished_at")] == [
        datetime(2024, 1, 15, 15, 30), datetime(2024, 1, 25, 17), datetime(2024, 1, 24),
    ]  # fmt: skip


def test_headers_are_folded_once_whatever_the_number_of_profiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded: list[str] = []

    def counting(text: str) -> str:
        folded.append(text)
        return fold(text)

    monkeypatch.setattr(header, "fold", counting)
    path = csv_file(tmp_path, [HEADER, case(1), case(2)])
    one = profile(tmp_path)
    others = [
        profile(tmp_path, text=PROFILE.replace("Ngày tiếp nhận", f"Ngày nhận {n}"), name=f"q{n}") for n in range(5)
    ]
    parse(path, one, *others)
    # No profile maps it, so that nothing but the sheet is folded by this name.
    assert folded.count("Chủ hồ sơ") == 1
