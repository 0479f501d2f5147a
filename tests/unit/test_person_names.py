"""What is a person's name and what is a place, a unit or a phrase; names in the names of files."""

import pytest

from etl.person_names import is_person_name, without_person_names

PERSONS = [
    "Phạm Bí Mật", "TRẦN THỊ KIỂM", "Nguyễn Kiểm", "Hồ Văn Kiểm", "Đăng ký khai sinh cho cháu Phạm Bí Mật",
    "CB Phạm Bí Mật", "Chờ bà Phạm Bí Mật ký", "Cấp giấy cho hộ Trần Kiểm Thử",
]  # fmt: skip
NO_PERSONS = [
    "Phường Trần Hưng Đạo", "UBND phường Lê Chân", "Trường THCS Nguyễn Văn Cừ", "PWDx", "Group 2", "Hồ Sơ Đất Đai",
    "CẤP PHIẾU LÝ LỊCH TƯ PHÁP", "Hà Nội", "Văn phòng HĐND và UBND", "Phòng Văn hóa - Xã hội", "Lý lịch tư pháp",
    "Nông Nghiệp Và Môi Trường", "Đường Lê Lợi", "Lê", "",
]  # fmt: skip


@pytest.mark.parametrize("text", PERSONS)
def test_persons(text: str) -> None:
    assert is_person_name(text)


@pytest.mark.parametrize("text", NO_PERSONS)
def test_no_persons(text: str) -> None:
    assert not is_person_name(text)


def test_a_name_known_to_a_reference_file_is_no_person() -> None:
    assert is_person_name("Nguyễn Văn Cừ")
    assert not is_person_name("Nguyễn Văn Cừ", {"nguyễn văn cừ"})


def test_names_in_the_names_of_files() -> None:
    assert without_person_names("DS ong Pham Bi Mat.csv", "…") == "DS ong ….csv"
    assert without_person_names("Hồ sơ của bà Phạm Bí Mật tháng 3.xlsx", "…") == "Hồ sơ của bà … tháng 3.xlsx"
    for name in ("cap-xa-2024-10.csv", "Bao cao Phuong Tran Hung Dao.xlsx", "DANH SACH HO SO.xls"):
        assert without_person_names(name, "…") == name
