"""The control chart and the icons: what is flagged is told by shape, colour and word, and nothing else is."""

import base64
import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

from comparison.forms.control import control
from comparison.forms.icons import KINDS, icon, picture
from comparison.forms.marks import Mark
from comparison.forms.tokens import contrast, tokens
from comparison.forms.unit_table import Column, Sign, key_row, unit_table
from tests.helpers.drawing import MINUS, NASTY, SHOWN, THEMES, month, months, percent

WORDS = {"better": "tốt lên", "worse": NASTY, "neutral": "khác thường"}
AXIS = months(2023, 12)


def frame(**changes: Sequence[object]) -> pl.DataFrame:
    columns = {
        "month": AXIS,
        "value": [0.95] * 8 + [0.7] * 3 + [0.96],
        "centre": [0.95] * 12,
        "low": [0.9] * 12,
        "high": [0.99] * 12,
        "part": [0] * 12,
        "kind": ["usual"] * 7 + ["few"] + ["worse"] * 3 + ["usual"],
        "hover": [f"{NASTY}\n{at}" for at in range(12)],
        **changes,
    }
    return pl.DataFrame(columns, schema_overrides=dict.fromkeys(("value", "centre", "low", "high"), pl.Float64))


def drawn(theme="light", table=None, **parts):
    asked: dict[str, Any] = {
        "value_text": percent, "month_text": month, "words": WORDS, "level_text": "mức", "ceiling": 1.0, **parts
    }  # fmt: skip
    return control(frame() if table is None else table, AXIS, theme, **asked)


def points(figure):
    (found,) = [trace for trace in figure["data"] if trace.get("hovertext") and trace["mode"] == "markers"]
    return found


def texts(figure):
    return [note["text"] for note in figure["layout"]["annotations"]]


@pytest.mark.parametrize("theme", THEMES)
def test_a_signal_is_a_shape_a_colour_and_a_word(theme):
    figure = drawn(theme)
    marker = points(figure)["marker"]
    assert marker["symbol"] == ["circle"] * 7 + ["circle-open"] + ["diamond"] * 3 + ["circle"]
    assert [colour == tokens(theme).orange for colour in marker["color"]] == [False] * 8 + [True] * 3 + [False]
    assert [text for text in texts(figure) if SHOWN in text] == [f"<b>{SHOWN} &#34;Đông&#34; Hòa</b>"]
    (label,) = [note for note in figure["layout"]["annotations"] if SHOWN in note["text"]]
    assert (label["x"], label["y"]) == (10, 0.7)


def test_without_a_signal_there_is_no_word():
    table = frame(kind=["usual"] * 12)
    assert texts(drawn(table=table)) == ["mức"]
    assert set(points(drawn(table=table))["marker"]["symbol"]) == {"circle"}


def test_each_level_has_its_own_line_and_band():
    table = frame(
        part=[0] * 6 + [1] * 6, centre=[0.95] * 6 + [0.8] * 6, low=[0.9] * 6 + [None] * 6, high=[0.99] * 6 + [None] * 6
    )
    lines = [trace for trace in drawn(table=table)["data"] if trace["mode"] == "lines"]
    levels = [trace for trace in lines if trace["y"] in ([0.95] * 6, [0.8] * 6)]
    assert [trace["x"] for trace in levels] == [list(range(6)), list(range(6, 12))]
    (band,) = [trace for trace in lines if trace.get("fill")]
    assert band["y"] == [0.99] * 6
    (label,) = [note for note in drawn(table=table)["layout"]["annotations"] if note["text"] == "mức"]
    assert label["y"] == pytest.approx(0.8)


def test_a_target_has_a_line_only_where_there_is_one():
    dashed = [
        trace
        for trace in drawn(target=(0.97, "chỉ tiêu"))["data"]
        if trace["mode"] == "lines" and trace["y"] == [0.97] * 2
    ]
    assert len(dashed) == 1
    assert "chỉ tiêu" in texts(drawn(target=(0.97, "chỉ tiêu")))
    assert not [trace for trace in drawn()["data"] if trace["y"] == [0.97] * 2]


def test_a_gap_stays_a_gap_and_hovers_are_escaped():
    table = frame(value=[0.95] * 5 + [None] + [0.95] * 6, kind=["usual"] * 12)
    trace = points(drawn(table=table))
    assert trace["y"][5] is None
    assert all(SHOWN in text and "<br>" in text for text in trace["hovertext"])


def test_marks_and_new_levels_stand_above():
    marks = [Mark("2023-04", "Mô hình", "Mô hình bắt đầu", "launch"), Mark("2023-09", "Mức mới", "vì", "rebase")]
    figure = drawn(marks=marks)
    shapes = {shape["x0"]: shape["line"].get("dash") for shape in figure["layout"]["shapes"]}
    assert shapes == {3: None, 8: "2px,2px"}
    assert {"Mô hình", "Mức mới"} <= set(texts(figure))
    assert figure["layout"]["height"] > drawn()["layout"]["height"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_icon_is_a_picture_with_its_word(theme, kind):
    html = picture(kind, NASTY, tokens(theme))
    assert re.search(r'alt="&lt;b&gt;Xã&lt;/b&gt; &amp; &#34;Đông&#34; Hòa"', html)
    (source,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    root = ElementTree.fromstring(base64.b64decode(source))
    assert root.attrib["viewBox"] == "0 0 16 16"
    colours = set(re.findall(r"#[0-9A-F]{6}", base64.b64decode(source).decode())) - {tokens(theme).bg}
    assert all(contrast(colour, tokens(theme).bg) >= 3 for colour in colours)


def test_every_icon_looks_different_and_arrows_point_the_way():
    assert len({icon(kind, tokens("light")) for kind in KINDS}) == len(KINDS)
    for kind in ("better", "worse", "neutral"):
        assert icon(kind, tokens("light"), "up") != icon(kind, tokens("light"), "down")


def cells() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "unit": ["a", "b", "c"],
            "measure": ["late"] * 3,
            "text": ["5,9 %", "20,1 %", "8 %"],
            "n": [300, 400, 12],
            "n_text": ["300", "400", "12"],
            "title": ["x", "y", "z"],
        }
    )


def test_only_exceptions_carry_words_in_the_table():
    signs = {
        ("a", "late"): Sign("usual", "như thường"),
        ("b", "late"): Sign("worse", "xấu đi", "up", is_written=True, why="vì thế"),
        ("c", "late"): Sign("worse", "xấu đi", is_written=True),
        ("b", "target"): Sign("fail", "không đạt", is_written=True),
    }
    columns = [Column("late", "Trễ", "thấp là tốt"), Column("target", "Chỉ tiêu", "95 %", "word")]
    units = [("a", "X. A"), ("b", "X. B"), ("c", "X. C")]
    html = unit_table(cells(), units, columns, "light", caption="bảng", links={}, signs=signs)
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", html)
    assert ['aria-label="như thường"' in row for row in rows] == [True, False, False]
    assert [re.findall(r"<span[^>]*>(.*?)</span>", row) for row in rows] == [
        [],
        ["xấu đi", "không đạt"],
        ["ít số liệu"],
    ]
    assert "y · vì thế" in rows[1]
    assert 'data-sign="ít số liệu"' in rows[2], "few cases are never flagged"
    # The values stand under each other.
    assert [row.count("ds-sign") for row in rows] == [1, 2, 1]
    assert "–" in rows[0]


def test_the_key_says_every_word():
    html = key_row([Sign("better", "tốt lên"), Sign("few", NASTY)], "dark")
    assert "tốt lên" in html
    assert SHOWN.split()[0] in html
    assert html.count("<img") == 2
    assert MINUS not in html
