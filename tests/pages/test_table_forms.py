"""How tables write what they hold: numbers at the right, lines of files as names, commands and days unbroken."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import polars as pl
import pytest

from comparison.figures.numbers import Numbers, as_text
from comparison.forms.fact_table import fact_table
from comparison.forms.frames.side_by_side import Difference
from comparison.forms.side_table import Cell, Head, side_table
from comparison.forms.tokens import DARK, LIGHT, Tokens, contrast
from comparison.frame.phone import chart_hint
from comparison.frame.workbook import workbook
from comparison.measures import lists
from tests.helpers.pages import chosen_cell, opened, seen

LATE, OTHER = "xa-an-thuan-tay", "phuong-cho-quan-tay"
TWO = {"kind": "commune", "units": f"{LATE},{OTHER}"}
YEAR = {"from": "2024-01-01", "to": "2024-12-31"}
QUARTER = {"from": "2025-04-01", "to": "2025-06-30", "vs": "none"}


def columns(app, heading: str) -> list[tuple[str, list[str]]]:
    """The side ("r" or "l") and the cells of every column of facts called so."""
    found = []
    for html in (item.proto.body for item in app.get("html") if 'class="facts"' in item.proto.body):
        heads = re.findall(r'<th scope="col" class="(\w)[^"]*">(.*?)</th>', html)
        rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in html.split("<tr>")[2:]]
        found += [
            (side, [unescape(row[place]) for row in rows])
            for place, (side, name) in enumerate(heads)
            if unescape(name) == heading
        ]
    return found


def test_units_of_the_portfolio_are_numbers(small_district):
    app = seen("models")
    for heading in ("Đang làm", "Kế hoạch đến nay", "Chậm"):
        ((side, cells),) = columns(app, heading)
        assert (side, all(cell.isdigit() for cell in cells)) == ("r", True), heading


def test_days_late_and_lines_of_files_stand_at_the_right_without_separators(small_district):
    app = chosen_cell(opened("lateness"), "xa-an-thuan-tay", "dat-dai")
    for heading in ("Trễ (ngày làm việc)", "Dòng", "Tỷ lệ trễ", "Hồ sơ"):
        assert columns(app, heading), heading
        assert {side for side, _ in columns(app, heading)} == {"r"}, heading
    lines = [cell for _, cells in columns(app, "Dòng") for cell in cells]
    assert all(line.isdigit() for line in lines)


def test_the_data_page_writes_lines_as_the_lists_of_cases_do(small_district, monkeypatch):
    kept = lists.rejections
    further = pl.col("row_number") + 6000
    monkeypatch.setattr(lists, "rejections", lambda *asked: kept(*asked).with_columns(further))
    ((side, lines),) = columns(opened("data"), "Dòng")
    assert side == "r"
    assert all(line.isdigit() for line in lines)


def test_simulations_are_numbers_at_the_right(small_district):
    app = seen("definitions")
    sides = [
        side
        for item in app.get("html")
        if 'class="facts"' in item.proto.body
        for side in re.findall(r'<th scope="col" class="(\w)', item.proto.body)
    ]
    assert set(sides) == {"r"}


def test_a_line_is_a_name_on_the_page_and_a_number_in_the_workbook():
    frame = pl.DataFrame({"Dòng": [6043, None], "Hồ sơ": [6043, 1]})
    numbers = Numbers(frame, lines=frozenset({"Dòng"}))
    assert as_text("vi", numbers).rows() == [("6043", "6.043"), ("", "1")]
    book = ZipFile(BytesIO(workbook(("A", "B"), frame, frozenset(), [], lines=numbers.lines)))
    styles = book.read("xl/styles.xml").decode().split("<cellXfs")[1]
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles)
    cells = re.findall(r'<c r="([AB])2"(?: s="(\d+)")?', book.read("xl/worksheets/sheet1.xml").decode())
    # 1 is the spreadsheet's own "0".
    assert [formats[int(style)] == "1" for _, style in cells] == [True, False]


def test_commands_and_names_of_snapshots_do_not_break():
    table = pl.DataFrame({"Việc": ["Thêm vào units.csv rồi chạy python -m etl build.", "Xem 2026-11-26-b lần nữa."]})
    html = fact_table(table, (), LIGHT)
    assert '<span translate="no" style="white-space:nowrap">python -m etl build</span>.' in html
    assert '<span translate="no" style="white-space:nowrap">2026-11-26-b</span>' in html


@pytest.mark.parametrize(
    ("standing", "good", "tone"),
    [
        ("higher", "up", "better"),
        ("lower", "up", "worse"),
        ("higher", "down", "worse"),
        ("lower", "down", "better"),
        ("higher", "none", ""),
        ("unclear", "up", ""),
        ("few", "down", ""),
        ("not_comparable", "up", ""),
    ],
)
def test_a_clear_difference_is_better_or_worse_for_people(standing, good, tone):
    assert Difference(0.1, 0.05, 0.15, standing, 0.6, 0.5).tone(good) == tone


def verdicts(app, measure: str) -> list[tuple[str, str]]:
    """The class and the words of what is clear in the rows called so."""
    return [
        found
        for item in app.get("html")
        if 'class="ds-side"' in item.proto.body
        for row in item.proto.body.split("<tr")
        if f'<th scope="row">{measure}<' in row
        for found in re.findall(r'<span class="(clear[^"]*)">(.*?)</span>', row)
    ]


def test_what_is_clear_has_the_colour_of_what_it_means(small_district):
    beside_late = seen("compare", **TWO, **YEAR, base=LATE)
    assert verdicts(beside_late, "Trễ đất đai") == [("clear better", "▼ rõ là thấp hơn")]
    assert verdicts(seen("compare", **TWO, **YEAR, base=OTHER), "Trễ đất đai") == [("clear worse", "▲ rõ là cao hơn")]
    profile = seen("unit", units=LATE, **YEAR)
    assert verdicts(profile, "Đúng hạn") == [("clear worse", "▼ rõ là thấp hơn")]
    assert ("clear worse", "▲ rõ là cao hơn") in verdicts(profile, "Đất đai")


def test_how_people_hand_in_is_neither_better_nor_worse(small_district):
    year = seen("unit", units=LATE, **{**QUARTER, "vs": "year"})
    found = verdicts(year, "Nộp trực tuyến")
    assert found
    assert all(name == "clear" for name, _ in found)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_both_colours_can_be_read(colours: Tokens):
    assert (
        min(contrast(each, on) for each in (colours.blue, colours.orange) for on in (colours.bg, colours.panel)) > 4.5
    )


def test_a_number_or_a_day_is_one_word():
    cells = [Cell("26/05/2025"), Cell("94,4 %"), Cell("Cấp lại 2 giấy")]
    html = side_table([Head("Mã"), *[Head("")] * 3], [(Head("A"), cells)], "light", caption="")
    assert re.findall(r"<b class=whole>(.*?)</b>", html) == ["26/05/2025", "94,4 %"]


def drawn(left: int, right: int) -> dict[str, Any]:
    return {"layout": {"margin": {"l": left, "r": right}}}


def test_a_chart_keeps_the_width_of_its_words():
    assert "<style>" not in chart_hint("a", drawn(112, 8))
    assert "min-width:731px" in chart_hint("a", drawn(423, 8))
    assert "@media(max-width:900px)" in chart_hint("a", drawn(186, 92), 1178)
    assert "direction:rtl" in chart_hint("a", drawn(56, 140))
    assert "direction:rtl" not in chart_hint("a", drawn(133, 142))


def test_one_chart_s_words_are_in_the_page_s_language(small_district):
    for language, words in (("vi", "vuốt ngang"), ("en", "swipe sideways")):
        styles = "".join(item.proto.body for item in seen("volume", lang=language).get("html"))
        assert words in styles


def test_the_narrowest_mix_holds_its_words(small_district: Path):
    styles = "".join(item.proto.body for item in seen("compare", **TWO, **YEAR).get("html"))
    assert re.search(r"max-width:880px\)\{\.st-key-chart-so-sanh-linh-vuc.*?min-width:720px", styles)
