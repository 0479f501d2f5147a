"""Numbers, dates, names and sentences as they stand on screen."""

import random
import re
from datetime import date
from typing import get_args

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparison.scope import Period
from comparison.scope.link_reading import PARAMETERS, Why
from comparison.wording import (
    MessageError,
    date_range,
    day,
    group_name,
    interval_decimals,
    kind_of_one,
    messages,
    number,
    percent,
    percent_range,
    period_label,
    period_name,
    place_within,
    placeholders,
    points,
    points_between,
    say,
    short_unit_name,
    sort_key,
)


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (0, 0, "0", "0"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-23, 0, "−23", "−23"),
        (-0.04, 1, "0,0", "0.0"),
        (0.125, 2, "0,13", "0.13"),
        (2.675, 2, "2,68", "2.68"),
        (999.95, 1, "1.000,0", "1,000.0"),
    ],
)
def test_numbers(value, decimals, vietnamese, english):
    assert number("vi", value, decimals) == vietnamese
    assert number("en", value, decimals) == english


def test_signed_numbers():
    assert [number("vi", value, signed=True) for value in (23, 0, 0.4, -23)] == ["+23", "0", "0", "−23"]


@pytest.mark.parametrize(
    ("share", "vietnamese", "english"),
    [
        (0.863, "86,3\xa0%", "86.3%"),
        (0.8625, "86,3\xa0%", "86.3%"),
        (0.0, "0,0\xa0%", "0.0%"),
        (1.0, "100,0\xa0%", "100.0%"),
        (9644 / 9645, ">99,9\xa0%", ">99.9%"),
        (1 / 9645, "<0,1\xa0%", "<0.1%"),
    ],
)
def test_percentages(share, vietnamese, english):
    assert percent("vi", share) == vietnamese
    assert percent("en", share) == english


def test_ranges_and_points():
    assert percent_range("vi", 0.021, 0.033) == "2,1–3,3\xa0%"
    assert percent_range("en", 0.0, 0.2775) == "0–27.8%"
    assert percent_range("vi", 0.9908, 1.0, 2) == "99,08–100\xa0%"
    assert points("vi", -0.009) == "−0,9\xa0điểm"
    assert points("en", 0.039) == "+3.9\xa0points"
    assert points("vi", 0.972 - 0.972) == "0,0\xa0điểm"


def test_differences_are_those_of_the_numbers_that_are_read():
    assert points("vi", 0.11250 - 0.11449) == "−0,2\xa0điểm"
    assert (percent("vi", 0.11250), percent("vi", 0.11449)) == ("11,3\xa0%", "11,4\xa0%")
    assert points_between("vi", 0.11250, 0.11449) == "−0,1\xa0điểm"
    assert points_between("en", 0.5, 0.4604) == "+4.0\xa0points"


def test_an_interval_that_leaves_0_out_does_not_end_at_it():
    assert [interval_decimals(*ends) for ends in ((-0.1, 0.2), (0.02, 0.03), (-0.087, -0.0003), (0.00001, 0.01))] == [
        1, 1, 2, 3,
    ]  # fmt: skip
    assert interval_decimals(0.000001, 0.1) == 4
    assert interval_decimals(float("-inf"), float("inf")) == 1


@given(st.integers(-(10**12), 10**12), st.sampled_from((0, 1, 2)))
def test_numbers_can_be_read_back(units, decimals):
    value = units / 10**decimals
    text = number("vi", value, decimals)
    assert float(text.replace(".", "").replace(",", ".").replace("−", "-")) == value
    assert re.fullmatch(r"−?\d{1,3}(\.\d{3})*(,\d+)?", text)


@pytest.mark.parametrize(
    ("first", "last", "vietnamese", "english"),
    [
        ((2026, 9, 1), (2026, 9, 30), "Tháng 9/2026", "September 2026"),
        ((2026, 7, 1), (2026, 9, 30), "Quý III/2026 (01/07–30/09/2026)", "Q3 2026 (1 Jul – 30 Sep 2026)"),
        (
            (2026, 7, 1),
            (2026, 12, 31),
            "6 tháng cuối năm 2026 (01/07–31/12/2026)",
            "Second half of 2026 (1 Jul – 31 Dec 2026)",
        ),
        ((2026, 1, 1), (2026, 12, 31), "Năm 2026 (01/01–31/12/2026)", "2026 (1 Jan – 31 Dec 2026)"),
        ((2026, 1, 1), (2026, 8, 15), "01/01–15/08/2026", "1 Jan – 15 Aug 2026"),
        (
            (2025, 12, 15),
            (2026, 3, 14),
            "Kỳ báo cáo quý I/2026 (15/12/2025–14/03/2026)",
            "Reporting period Q1 2026 (15 Dec 2025 – 14 Mar 2026)",
        ),
        (
            (2026, 8, 15),
            (2026, 9, 14),
            "Kỳ báo cáo tháng 9/2026 (15/08–14/09/2026)",
            "Reporting period September 2026 (15 Aug – 14 Sep 2026)",
        ),
        (
            (2025, 12, 15),
            (2026, 9, 14),
            "Kỳ báo cáo 9 tháng năm 2026 (15/12/2025–14/09/2026)",
            "Reporting period nine months of 2026 (15 Dec 2025 – 14 Sep 2026)",
        ),
        (
            (2026, 6, 15),
            (2026, 12, 14),
            "Kỳ báo cáo 6 tháng cuối năm 2026 (15/06–14/12/2026)",
            "Reporting period second half of 2026 (15 Jun – 14 Dec 2026)",
        ),
        (
            (2024, 12, 15),
            (2025, 12, 14),
            "Kỳ báo cáo năm 2025 (15/12/2024–14/12/2025)",
            "Reporting period 2025 (15 Dec 2024 – 14 Dec 2025)",
        ),
        ((2026, 2, 15), (2026, 4, 14), "15/02–14/04/2026", "15 Feb – 14 Apr 2026"),
        ((2026, 9, 30), (2026, 9, 30), "30/09/2026", "30 Sep 2026"),
    ],
)
def test_periods(first, last, vietnamese, english):
    period = Period(date(*first), date(*last))
    assert period_label("vi", period) == vietnamese
    assert period_label("en", period) == english
    assert vietnamese.startswith(period_name("vi", period))
    assert date_range("vi", period) in vietnamese or period.kind == "month"


def test_days():
    assert day("vi", date(2026, 9, 3)) == "03/09/2026"
    assert day("en", date(2026, 9, 3)) == "3 Sep 2026"


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"),
    [("2023-09", "09/2023", "Sep 2023"), ("2023-Q4", "Quý IV/2023", "Q4 2023"), ("2023", "2023", "2023")],
)
def test_groups_of_time(code, vietnamese, english):
    assert (group_name("vi", code), group_name("en", code)) == (vietnamese, english)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Phường Đông Hòa", "P. Đông Hòa"),
        ("Xã Hiệp Phước", "X. Hiệp Phước"),
        ("XÃ HIỆP PHƯỚC", "X. HIỆP PHƯỚC"),
        ("Xa\u0303 Hiệp Phước", "X. Hiệp Phước"),
        ("Thị trấn Bến Lức", "TT. Bến Lức"),
        ("Phòng Quản lý đô thị", "Phòng Quản lý đô thị"),
        ("Bộ phận một cửa Phường 1", "Bộ phận một cửa Phường 1"),
        ("Xã", "Xã"),
    ],
)
def test_short_unit_names(name, short):
    assert short_unit_name(name) == short


@pytest.mark.parametrize(
    ("kind", "name", "vietnamese", "english"),
    [
        ("commune", "Xã Hiệp Phước", "Xã", "Commune or ward"),
        ("commune", "PHƯỜNG 1", "Phường", "Commune or ward"),
        ("department", "Phòng Tư pháp", "Phòng, ban", "Department"),
    ],
)
def test_what_one_unit_is(kind, name, vietnamese, english):
    assert kind_of_one("vi", kind, name) == vietnamese
    assert kind_of_one("en", kind, name) == english


def test_a_place_inside_a_sentence():
    assert place_within("vi", "Huyện Tân Phước Đông") == "huyện Tân Phước Đông"
    assert place_within("vi", "Thị xã Một") == "thị xã Một"
    assert place_within("vi", "Tân Phước") == "Tân Phước"
    assert place_within("en", "Huyện Tân Phước Đông") == "Huyện Tân Phước Đông"


def test_vietnamese_order():
    ordered = [
        *("An", "An Hòa", "Ăn", "Ân", "Ấn", "Bà", "Cam", "Chợ", "Dương", "Đông", "Em", "Êm", "Gò"),
        *("ma", "mà", "mả", "mã", "má", "mạ", "Oanh", "Ông", "Ơn", "Phường 2", "Phường 10", "Phường Tây", "Thu"),
        *("Ưng", "Vĩnh", "Xã An", "Yên"),
    ]
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=sort_key) == ordered


def test_spellings_of_one_name_stand_together():
    assert sorted(["Hoà B", "Hòa A", "Hoà A", "Hòa B"], key=sort_key) == ["Hoà A", "Hòa A", "Hoà B", "Hòa B"]
    assert sort_key("Xa\u0303 Ho\u0300a")[:2] == sort_key("Xã Hòa")[:2]


WORDS = """
    an ăn ân ấn áo bà bá bạ cam chợ da dạ đa đá đạ em êm ếm gò hoa hòa hóa họa im lan lân mơ mờ mợ mô một ong ông ống
    ơn phú quý rồng sơn tân tấn thanh thạnh thành thu thư thứ ưng vĩnh vinh xã xuân yên ý
"""


@given(
    st.lists(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=4).map(" ".join), unique=True, max_size=30)
)
def test_the_order_is_that_of_the_unicode_collation(names):
    # ICU as DuckDB carries it; the product itself does not depend on it.
    query = "select unnest($names::varchar[]) as name order by name collate vi"
    with duckdb.connect() as connection:
        rows = connection.execute(query, {"names": names}).fetchall()
    assert sorted(names, key=sort_key) == [name for (name,) in rows]


def test_both_languages_say_the_same_things():
    vietnamese, english = messages("vi"), messages("en")
    assert vietnamese.keys() == english.keys()
    assert {key: placeholders(text) for key, text in vietnamese.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


def test_no_message_is_empty():
    for language in ("vi", "en"):
        assert [key for key, text in messages(language).items() if not text.strip()] == []


def test_every_reason_and_parameter_of_a_link_has_its_words():
    assert {f"link.{why}" for why in get_args(Why)} <= messages("vi").keys()
    assert {f"parameter.{name}" for name in PARAMETERS} <= messages("vi").keys()


def test_say_puts_values_in():
    assert say("vi", "source.cases", n="13.422") == "n = 13.422 hồ sơ"
    assert say("en", "menu.lateness") == "Lateness"


@pytest.mark.parametrize(
    ("key", "values"), [("menu.nowhere", {}), ("source.cases", {}), ("source.cases", {"n": "1", "m": "2"})]
)
def test_say_refuses_what_it_cannot_say(key, values):
    with pytest.raises(MessageError):
        say("vi", key, **values)
