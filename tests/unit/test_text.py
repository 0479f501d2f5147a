"""Two spellings of one Vietnamese name are known to be the same; two names are not."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.text import fold, search_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xã  Đông Hoà. ", "xã đông hòa"),
        ("Thanh Thuỷ", "THANH THỦY"),
        ("khoẻ", "khỏe"),
        ("Khoá Hoạ", "khóa họa"),
        ("Phòng TN&MT", "phòng tn mt"),
        ("D'Ran", "D’Ran"),
        ("Cơ quan/đơn vị", "cơ quan - đơn vị"),
        ("Hộ_tịch", "hộ tịch"),
        ("\u00a0Hộ\u2003tịch\t", "Hộ tịch"),
    ],
)
def test_the_same_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold(unicodedata.normalize("NFD", one)) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hóa"), ("Đông", "Dong"), ("quý", "qúy"), ("An Bình A", "An Bình B"), ("Xã 1", "Xã 11"), ("hoàn", "hòan")],
)
def test_different_names(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_marks_of_a_closed_syllable_and_of_qu_stay() -> None:
    assert fold("Hoàng Quý Thuỷ") == "hoàng quý thủy"


@pytest.mark.parametrize(
    ("name", "typed"), [("Xã Đông Hoà", "xa dong hoa"), ("ĐẤT ĐAI", "dat dai"), ("Ưng Ước", "ung uoc"), ("", "")]
)
def test_what_a_person_types_without_marks(name: str, typed: str) -> None:
    assert search_key(name) == typed


@settings(deadline=None)
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert search_key(search_key(text)) == search_key(text)
    assert fold(f"  {text}\n") == fold(text)
