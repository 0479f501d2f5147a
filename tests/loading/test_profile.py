"""Every key of a profile is checked, and every fault names file, key, what was found and what is allowed."""

from datetime import date
from pathlib import Path

import pytest

from etl.profile import ProfileError, all_profiles, load_profile

CASES = """
title = "Một cửa"
kind = "cases"
source = "igate"
recognise = ["Số hồ sơ"]
{extra}
[columns]
case_code = ["Số hồ sơ"]
unit = ["Đơn vị"]
field = ["Lĩnh vực"]
received_at = ["Ngày tiếp nhận"]
{columns}
"""
SURVEY = """
title = "Phiếu khảo sát"
kind = "survey_answers"
source = "phieu"
recognise = ["Mã phiếu"]
[columns]
sheet_id = ["Mã phiếu"]
unit = ["Đơn vị"]
answered_on = ["Ngày"]
{columns}
"""


def profile_file(folder: Path, text: str, name: str = "igate.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def cases(extra: str = "", columns: str = "") -> str:
    return CASES.format(extra=extra, columns=columns)


def test_defaults(tmp_path: Path) -> None:
    profile = load_profile(profile_file(tmp_path, cases()))
    assert profile.name == "igate"
    assert profile.dates == ()
    assert profile.timezone == "Asia/Ho_Chi_Minh"
    assert profile.no_due_date == ("",)
    assert (profile.unknown_units, profile.unit_kind, profile.root) == ("reject", "commune", "district")
    assert (profile.covers_from, profile.header_row, profile.complete) == (None, 0, False)
    assert profile.columns["case_code"] == ("Số hồ sơ",)


def test_every_key_is_read(tmp_path: Path) -> None:
    extra = """
recognise_text = ["Hồng Ngự"]
encoding = "windows-1258"
delimiter = ";"
dates = ["%Y/%m/%d"]
timezone = "UTC"
no_due_date = ["", "Không có"]
case_code_pattern = '^H\\d+$'
complete = true
covers_from = "2023-01-01"
unknown_units = "register"
unit_kind = "department"
root = "HN"
header_row = 7
"""
    columns = """
[constants]
channel = "online"
extension_count = 0
finished_at = 2024-01-01
[values.status]
"Đã trả" = "finished"
"*" = "in_progress"
"""
    profile = load_profile(profile_file(tmp_path, cases(extra, columns)))
    assert profile.recognise_text == ("Hồng Ngự",)
    assert profile.covers_from == date(2023, 1, 1)
    assert profile.code_pattern == r"^H\d+$"
    assert profile.constants == {"channel": "online", "extension_count": 0, "finished_at": date(2024, 1, 1)}
    assert profile.values == {"status": {"Đã trả": "finished", "*": "in_progress"}}
    assert (profile.root, profile.header_row, profile.complete) == ("HN", 7, True)


def test_date_key_may_be_a_toml_date(tmp_path: Path) -> None:
    assert load_profile(profile_file(tmp_path, cases("covers_from = 2023-01-01"))).covers_from == date(2023, 1, 1)


@pytest.mark.parametrize(
    ("extra", "columns", "key"),
    [
        ('tittle = "x"', "", "tittle"),
        ("recognise_text = 5", "", "recognise_text"),
        ('recognise_text = [""]', "", "recognise_text"),
        ('encoding = "abc"', "", "encoding"),
        ('encoding = "hex"', "", "encoding"),
        ('delimiter = "ab"', "", "delimiter"),
        ("delimiter = '\"'", "", "delimiter"),
        ('dates = ["%d/%m"]', "", "dates"),
        ('dates = ["%Q"]', "", "dates"),
        ('timezone = "Hanoi"', "", "timezone"),
        ('case_code_pattern = "("', "", "case_code_pattern"),
        ('complete = "yes"', "", "complete"),
        ('covers_from = "01/01/2023"', "", "covers_from"),
        ("covers_from = 5", "", "covers_from"),
        ('unknown_units = "drop"', "", "unknown_units"),
        ('unit_kind = "village"', "", "unit_kind"),
        ("header_row = -1", "", "header_row"),
        ("header_row = true", "", "header_row"),
        ("constants = 5", "", "constants"),
        ("", 'returned = ["x"]', "columns.returned"),
        ("", "due_at = []", "columns.due_at"),
        ("", 'due_at = "Hẹn trả"', "columns.due_at"),
        ("", '[items]\n"q" = ["Câu 1"]', "items"),
        ("", '[constants]\ncase_code = "1"', "constants.case_code"),
        ("", '[constants]\nnothing = "1"', "constants.nothing"),
        ("", '[constants]\nchannel = "tele"', "constants.channel"),
        ("", "[constants]\nprocedure = 5", "constants.procedure"),
        ("", "[constants]\nextension_count = 1.5", "constants.extension_count"),
        ("", '[constants]\nfinished_at = "hôm qua"', "constants.finished_at"),
        ("", '[values.unit]\n"a" = "b"', "values.unit"),
        ("", '[values.status]\n"Xong" = "done"', "values.status.Xong"),
        ("", '[values.status]\n"Xong" = "finished"\n"XONG." = "refused"', "values.status.XONG."),
    ],
)
def test_faults_name_the_key(tmp_path: Path, extra: str, columns: str, key: str) -> None:
    with pytest.raises(ProfileError) as caught:
        load_profile(profile_file(tmp_path, cases(extra, columns)))
    assert caught.value.key == key
    assert "igate.toml" in str(caught.value)
    assert f"“{key}”" in str(caught.value)
    assert "Được phép" in str(caught.value)


def test_unknown_key_suggests_the_near_one(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="có phải “header_row”"):
        load_profile(profile_file(tmp_path, cases("header_rows = 1")))


@pytest.mark.parametrize("key", ["title", "kind", "source", "recognise"])
def test_keys_that_must_be_there(tmp_path: Path, key: str) -> None:
    text = "\n".join(line for line in cases().splitlines() if not line.startswith(key))
    with pytest.raises(ProfileError, match="không có khóa này") as caught:
        load_profile(profile_file(tmp_path, text))
    assert caught.value.key == key


def test_source_is_a_plain_word(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as caught:
        load_profile(profile_file(tmp_path, cases().replace('"igate"', '"../một cửa"')))
    assert caught.value.key == "source"


@pytest.mark.parametrize("column", ["case_code", "unit", "field", "received_at"])
def test_required_columns_of_cases(tmp_path: Path, column: str) -> None:
    text = "\n".join(line for line in cases().splitlines() if not line.startswith(column))
    with pytest.raises(ProfileError, match="cột bắt buộc"):
        load_profile(profile_file(tmp_path, text))


@pytest.mark.parametrize(
    "header",
    [
        "Chủ hồ sơ", "Họ tên", "Họ và tên người nộp", "Người nộp", "Số điện thoại", "SĐT", "Điện thoại liên hệ", "CCCD",
        "CMND", "Số giấy tờ", "ĐỊA CHỈ", "E-mail", "Email", "Ngày sinh", "Chủ Sử Dụng", "Cán bộ xử lý", "Ghi chú",
        "Số CMND/CCCD", "Mã công dân", "Ý kiến khác", "Góp ý của người dân",
    ],
)  # fmt: skip
def test_personal_columns_are_refused(tmp_path: Path, header: str) -> None:
    with pytest.raises(ProfileError, match="dữ liệu cá nhân") as caught:
        load_profile(profile_file(tmp_path, cases(columns=f'late_cause = ["Nguyên nhân", "{header}"]')))
    assert caught.value.key == "columns.late_cause"


@pytest.mark.parametrize("header", ["Tên thủ tục", "Ngày trả cho công dân", "Đơn vị/ cá nhân giải quyết", "Tổ hỗ trợ"])
def test_columns_that_only_mention_persons_are_not_personal(tmp_path: Path, header: str) -> None:
    load_profile(profile_file(tmp_path, cases(columns=f'late_cause = ["{header}"]')))


def test_wide_survey_sheets(tmp_path: Path) -> None:
    wide = '[constants]\ninstrument = "SIPAS"\n[items]\n"Thái độ" = ["Cán bộ lịch sự"]\n[values.score]\n"Tốt" = 5'
    profile = load_profile(profile_file(tmp_path, SURVEY.format(columns=wide)))
    assert profile.items == {"Thái độ": ("Cán bộ lịch sự",)}
    assert profile.values == {"score": {"Tốt": 5.0}}
    assert profile.code_pattern == ""


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ('instrument = ["Mẫu"]', "columns.item"),
        ('instrument = ["Mẫu"]\nitem = ["Câu"]\n[items]\n"a" = ["A"]', "columns.item"),
        ('instrument = ["Mẫu"]\n[items]\n"a" = ["Năm sinh"]', "items.a"),
        ('instrument = ["Mẫu"]\n[items]\n"a" = ["A"]\n[values.score]\n"Tốt" = "5"', "values.score.Tốt"),
        ('instrument = ["Mẫu"]\n[items]\n"a" = ["Ý kiến khác"]', "items.a"),
        ('instrument = ["Mẫu"]\nitem = ["Ý kiến khác"]\nscore = ["Điểm"]', "columns.item"),
        ('item = ["Câu"]\nscore = ["Điểm"]', "columns.instrument"),
    ],
)
def test_survey_faults(tmp_path: Path, columns: str, key: str) -> None:
    with pytest.raises(ProfileError) as caught:
        load_profile(profile_file(tmp_path, SURVEY.format(columns=columns)))
    assert caught.value.key == key


def test_files_that_are_no_toml(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="cú pháp"):
        load_profile(profile_file(tmp_path, "title ="))
    (tmp_path / "latin.toml").write_bytes(b'title = "\xe0"')
    with pytest.raises(ProfileError, match="UTF-8"):
        load_profile(tmp_path / "latin.toml")
    with pytest.raises(ProfileError, match=r"gone\.toml"):
        load_profile(tmp_path / "gone.toml")


def test_an_office_s_profile_replaces_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOISANH_DATA", str(tmp_path))
    shipped = {profile.name for profile in all_profiles()}
    profile_file(tmp_path / "profiles", cases(), "zz_own.toml")
    assert {profile.name for profile in all_profiles()} == shipped | {"zz_own"}
    for name in sorted(shipped)[:1]:
        profile_file(tmp_path / "profiles", cases(), f"{name}.toml")
        assert {profile.title for profile in all_profiles() if profile.name == name} == {"Một cửa"}
