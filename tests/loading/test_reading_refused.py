"""Files that are refused whole, each with its reason and what to do; and the choice of a profile."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from etl.profile import Profile
from etl.reading import FileRefused, read, unzip
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


def refusal(path: Path, *profiles: Profile) -> str:
    with pytest.raises(FileRefused) as caught:
        read(path, profiles, as_of=None, today=TODAY)
    message = str(caught.value)
    assert message.startswith(path.name)
    assert caught.value.remedy
    assert str(path.parent) not in message
    assert APPLICANT not in message
    assert PHONE not in message
    return message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Tệp rỗng"),
        (b" \r\n ", "Tệp rỗng"),
        (b",,\n,,\n", "không có dòng nào"),
        (b"\xef\xbb\xbf  <html><p>", "trang web (HTML) không có bảng"),
        ("<TABLE>".encode("utf-16"), "Trang web bị cắt cụt"),
        (b'<?xml version="1.0"?><Workbook/>', "XML không phải bảng tính"),
        (b"%PDF-1.4", "PDF"),
        (b"abc\x00\x01\x02", "không phải bảng tính"),
        (b"M\xe3 h\xe5", "không lưu bằng mã UTF-8"),
        ("Sè hå s¬,Ngµy tiÕp nhËn,C¬ quan,§¬n vÞ,LÜnh vùc\n".encode("latin-1", "replace"), "TCVN3"),
        ("Sè hå s¬,Ngµy tiÕp nhËn,C¬ quan,§¬n vÞ,LÜnh vùc\n".encode(), "TCVN3"),
        ("Soá hoà sô,Ngaøy tieáp nhaän,Ñôn vò,Lónh vöïc,Traïng thaùi,Ñaõ xöû lyù\n".encode(), "VNI"),
        (b"PK\x03\x04 broken", "bị hỏng hoặc bị cắt cụt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert reason in refusal(path, profile(tmp_path))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "Không mở được" in refusal(tmp_path / "gone.csv", profile(tmp_path))


def test_damaged_workbooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = xlsx_file(tmp_path, A=[HEADER, case(1)])
    content = good.read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(content[: len(content) // 2])
    assert "cắt cụt" in refusal(cut, profile(tmp_path))
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("other/document.xml", "<a/>")
    assert "không phải bảng tính Excel" in refusal(other, profile(tmp_path))
    with zipfile.ZipFile(good) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        at = info.header_offset + 30 + len(info.filename) + 10
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
    assert "bị hỏng" in refusal(wrong, profile(tmp_path))
    with zipfile.ZipFile(tmp_path / "hollow.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<nothing/>")
    assert "bị hỏng" in refusal(tmp_path / "hollow.xlsx", profile(tmp_path))
    monkeypatch.setattr(unzip, "LARGEST_UNPACKED", 1000)
    assert "bung ra lớn hơn" in refusal(good, profile(tmp_path))


def test_a_stored_member_that_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("_rels/.rels", "<workbook/>")
    path.write_bytes(path.read_bytes().replace(b"<workbook/>", b"<workbooc/>"))
    assert "sai mã kiểm tra" in refusal(path, profile(tmp_path))


def test_two_thousand_columns_at_most(tmp_path: Path) -> None:
    assert "2001 cột" in refusal(csv_file(tmp_path, [["a"] * 2001]), profile(tmp_path))


def test_no_profile_fits(tmp_path: Path) -> None:
    first, second = profile(tmp_path), profile(tmp_path, text=SURVEY, columns=LONG, name="q")
    data = [APPLICANT, PHONE, "Xã A", "1"]
    message = refusal(csv_file(tmp_path, [data, ["Số hồ sơ", "Chủ hồ sơ", "Tên lạ"], data]), first, second)
    assert "Tiêu đề tìm thấy: “Số hồ sơ”, “Chủ hồ sơ”, “Tên lạ”" in message
    assert "“Một cửa”, “Phiếu”" in message
    assert "Không thấy dòng nào giống" in refusal(csv_file(tmp_path, [[APPLICANT, "A", "B"]]), first, second)
    assert "Chưa có hồ sơ cấu hình" in refusal(csv_file(tmp_path, [HEADER]))


def test_the_given_profile_says_what_is_missing(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [["Số hồ sơ", "Đơn vị", "Lĩnh vực"], case(1)[1:4]])
    assert "cần các cột “Ngày tiếp nhận”" in refusal(path, profile(tmp_path))
    path = csv_file(tmp_path, [["Số hồ sơ", "Ngày tiếp nhận", "Lĩnh vực"], ["H1", "15/01/2024", "Đất đai"]])
    assert "một trong các cột “Đơn vị”" in refusal(path, profile(tmp_path))


LONG = 'instrument = ["Mẫu"]\nitem = ["Câu"]\nscore = ["Điểm"]'


def test_missing_questions_are_named(tmp_path: Path) -> None:
    wide = '[constants]\ninstrument = "SIPAS"\n[items]\n"a" = ["Câu 1"]'
    path = csv_file(tmp_path, [["Mã phiếu", "Đơn vị", "Ngày"], ["P1", "Xã A", "15/01/2024"]])
    assert "“Câu 1”" in refusal(path, profile(tmp_path, text=SURVEY, columns=wide))


def test_most_matched_headers_win_and_a_tie_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [HEADER, case(1)])
    small_text = PROFILE.replace('status = ["Trạng thái"]\n', "").replace("Một cửa", "Nhỏ")
    small, twin = profile(tmp_path, text=small_text, name="s"), profile(tmp_path, name="t")
    whole = profile(tmp_path)
    assert parse(path, small, whole).profile.name == "p"
    message = refusal(path, whole, twin)
    assert "“Một cửa” (p.toml), “Một cửa” (t.toml)" in message
    assert "--profile" in message


def test_text_above_the_header_or_in_the_file_name_tells_offices_apart(tmp_path: Path) -> None:
    one = profile(tmp_path, 'recognise_text = ["Hồng Ngự"]', name="one")
    two = profile(tmp_path, 'recognise_text = ["Ngã Bảy"]', name="two")
    banner: list[list[object]] = [["UBND THÀNH PHỐ HỒNG NGỰ"], HEADER, case(1)]
    assert parse(csv_file(tmp_path, banner), one, two).profile.name == "one"
    assert parse(csv_file(tmp_path, [HEADER, case(1)], "nga-bay_2024.csv"), one, two).profile.name == "two"
    assert "cần có chữ “Hồng Ngự”" in refusal(csv_file(tmp_path, [HEADER, case(1)]), one)


SHIFTED = [
    ({"code": APPLICANT}, "không có chữ số"),
    ({"code": ""}, "để trống"),
    ({"received": APPLICANT}, "không đọc được thành ngày (thấy: chữ, 13 ký tự)"),
    ({"due": PHONE}, "không đọc được thành ngày (thấy: số, 10 chữ số)"),
]


@pytest.mark.parametrize(("changes", "reason"), SHIFTED)
def test_columns_are_confirmed_by_what_they_hold(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    path = csv_file(tmp_path, [HEADER, *(case(number, **changes) for number in range(10))])
    message = refusal(path, profile(tmp_path))
    assert reason in message
    assert "dòng 2, 3, 4, …" in message
    assert "lệch" not in message


def test_only_shifted_columns_are_called_shifted(tmp_path: Path) -> None:
    rows = [case(number) for number in range(10)]
    names = [HEADER.index(header) for header in ("Số hồ sơ", "Đơn vị")]
    for row in rows:
        row[names[0]], row[names[1]] = row[names[1]], row[names[0]]
    assert "lệch so với tiêu đề" in refusal(csv_file(tmp_path, [HEADER, *rows]), profile(tmp_path))


def test_a_code_repeated_with_other_days_is_no_code(tmp_path: Path) -> None:
    rows = [case(number, code="H1", received=f"{number + 13}/01/2024") for number in range(10)]
    assert "lặp lại mã" in refusal(csv_file(tmp_path, [HEADER, *rows]), profile(tmp_path))
    # Monthly exports in one file repeat a case with the day it was received.
    assert parse(csv_file(tmp_path, [HEADER, *(case(1) for _ in range(10))]), profile(tmp_path)).frame.height == 10


@pytest.mark.parametrize("form", ["09123456{:02d}", "0123456789{:02d}", "{:02d}/01/2024"])
def test_codes_are_no_phones_identities_or_dates(tmp_path: Path, form: str) -> None:
    rows = [HEADER, *(case(number, code=form.format(number)) for number in range(1, 20))]
    assert "ngày, số điện thoại hoặc số giấy tờ" in refusal(csv_file(tmp_path, rows), profile(tmp_path))


def test_a_code_pattern_is_held(tmp_path: Path) -> None:
    strict = profile(tmp_path, r"case_code_pattern = '^H20-\d{6}-\d{4}$'")
    rows = [HEADER, *(case(number) for number in range(1, 50)), case(50, code=PHONE)]
    parsed = parse(csv_file(tmp_path, rows), strict)
    assert parsed.rejected.select("reason", "value").rows() == [("bad_case_code", "số, 10 chữ số")]
    rows = [HEADER, *(case(number, code=f"K-{number}") for number in range(1, 50))]
    assert "không đúng case_code_pattern" in refusal(csv_file(tmp_path, rows), strict)


def test_codes_of_a_given_pattern_may_repeat(tmp_path: Path) -> None:
    strict = profile(tmp_path, r"case_code_pattern = '^H\d$'")
    found = parse(csv_file(tmp_path, [HEADER, *(case(1, code=f"H{number // 8}") for number in range(40))]), strict)
    assert found.frame["case_code"].n_unique() == 5


def test_data_that_go_on_in_a_sheet_without_header(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path, Một=[HEADER, case(1)], Hai=[case(2)])
    assert "“Hai” có 1 dòng" in refusal(path, profile(tmp_path))


def test_a_day_of_extraction_in_the_future(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [["Ngày xuất: 02/06/2024"], HEADER, case(1)])
    assert "ở sau hôm nay" in refusal(path, profile(tmp_path))
    assert read(path, [profile(tmp_path)], as_of=date(2024, 5, 1), today=TODAY).extracted_on == date(2024, 5, 1)


def test_days_and_months_swapped_by_excel(tmp_path: Path) -> None:
    days = [datetime(2024, 3, day) for day in range(1, 13)] + [f"{day}/01/2024" for day in range(13, 29)]
    rows = [HEADER, *(case(number, received=day) for number, day in enumerate(days))]
    assert "đổi chỗ ngày với tháng" in refusal(xlsx_file(tmp_path, A=rows), profile(tmp_path))
    mixed = [HEADER, *(case(number, received=day) for number, day in enumerate([*days, "05/01/2024"]))]
    assert parse(xlsx_file(tmp_path, A=mixed), profile(tmp_path)).frame.height == 29
