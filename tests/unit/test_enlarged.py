"""Figures enlarged for slides: no text under 28 px, and the same data."""

import json
from typing import Any

import plotly.graph_objects as go
import polars as pl
import pytest

from comparison.forms.enlarged import HEIGHT, LEAST_TEXT, MOST_ROWS, SCALE, WIDTH, enlarged, size_for
from comparison.forms.frames.slide_rows import slide_rows
from comparison.forms.template import axis, layout, note, sized
from comparison.forms.tile_row import SLIDE_TEXT, SLIDE_VALUE, Colour, Tile, slide_tiles, tile_row
from comparison.forms.tokens import LIGHT
from comparison.wording.texts import Html, html_of, in_lines, markup


def figure() -> dict[str, Any]:
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [0, 1],
                "y": [0.5, 1.0],
                "customdata": [["a"], ["b"]],
                "marker": {"size": [9, 12], "line": {"width": 1.5}},
                "line": {"width": 2, "dash": "2px,3px"},
                "textfont": {"size": 11},
                "text": ["a", sized(html_of("b"), "#000000", 11)],
            },
            {
                "type": "bar",
                "x": [0, 1],
                "y": [2, 3],
                "width": 0.8,
                "marker": {"pattern": {"shape": ["", "/"], "size": 5}},
            },
        ],
        "layout": layout(
            LIGHT,
            height=340,
            left=112,
            right=58,
            top=20,
            bottom=40,
            xaxis=axis(
                LIGHT,
                (0, 1),
                at=[0],
                ticklabelstandoff=5,
                texts=[markup("0<br>{}", sized(html_of("n"), "#000000", 11))],
                title={"text": "t", "font": {"size": 13}, "standoff": 4},
            ),
            yaxis=axis(LIGHT, (0, 1), at=[0], texts=[html_of("X. Dài")], grid=True),
            shapes=[
                {"type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1 + 28 / 280, "yref": "paper", "line": {"width": 1}},
                {"type": "line", "x0": 0, "x1": 1, "y0": 0.4, "y1": 0.4, "line": {"width": 1}},
            ],
            annotations=[note(html_of("a"), 0, 0.5, xshift=8, yshift=-3, font={"size": 13})],
        ),
    }


def sizes(part: Any, parent: str = "") -> list[float]:
    """Every size of type in a figure, in fonts and in texts."""
    if isinstance(part, dict):
        own = [part["size"]] if "size" in part and "font" in parent else []
        return own + [size for key, value in part.items() for size in sizes(value, key)]
    if isinstance(part, list):
        return [size for each in part for size in sizes(each, parent)]
    return [float(each.split("px")[0]) for each in str(part).split("font-size:")[1:]] if isinstance(part, str) else []


def test_nothing_is_written_smaller_than_a_room_can_read() -> None:
    assert min(sizes(figure())) == 11
    found = sizes(enlarged(figure()))
    assert len(found) == len(sizes(figure())) > 8
    assert min(found) == LEAST_TEXT
    assert enlarged(figure())["layout"]["font"]["size"] == 30


def test_everything_grows_by_one_factor_and_the_data_stay() -> None:
    before, after = figure(), enlarged(figure())
    assert before == figure()
    for name in ("x", "y", "customdata"):
        assert after["data"][0][name] == before["data"][0][name]
    assert (after["data"][1]["y"], after["data"][1]["width"]) == ([2, 3], 0.8)
    assert after["data"][0]["marker"]["size"] == [round(9 * SCALE, 1), round(12 * SCALE, 1)]
    assert after["data"][0]["line"] == {"width": round(2 * SCALE, 1), "dash": "4px,6px"}
    made = after["layout"]
    assert made["height"] == HEIGHT
    assert made["margin"]["l"] == round(112 * SCALE)
    assert made["annotations"][0]["xshift"] == round(8 * SCALE)
    assert made["xaxis"]["range"] == [0, 1]


def test_what_reaches_beyond_the_plot_reaches_as_many_larger_pixels() -> None:
    made = enlarged(figure(), height=700)["layout"]
    inner = 700 - made["margin"]["t"] - made["margin"]["b"]
    assert (made["shapes"][0]["y1"] - 1) * inner == pytest.approx(28 * SCALE)
    assert made["shapes"][1]["y1"] == 0.4


def test_names_that_could_not_shrink_get_more_room() -> None:
    long = figure()
    long["layout"]["yaxis"]["ticktext"] = [sized(in_lines("Phòng Lao động\nThương binh và Xã hội"), "#000000", 11)]
    assert enlarged(long)["layout"]["margin"]["l"] > round(112 * SCALE)


def test_a_plotly_figure_comes_out() -> None:
    go.Figure(json.loads(json.dumps(enlarged(figure()))))


def test_a_chart_asked_for_a_slide_fills_it() -> None:
    height, width = size_for(left=48, right=58)
    assert height * SCALE == pytest.approx(HEIGHT, abs=SCALE)
    assert (width + 48 + 58) * SCALE == pytest.approx(WIDTH, abs=SCALE)


def test_what_stands_out_is_shown_before_the_largest_in_the_order_given() -> None:
    codes = [chr(97 + place) for place in range(12)]
    size = {code: place for place, code in enumerate(codes)}
    kept = slide_rows(codes, {"a", "c"}, size)
    assert len(kept) == MOST_ROWS
    assert kept == ["a", "c", "g", "h", "i", "j", "k", "l"]
    assert slide_rows(codes[:3], set(), {}) == ["a", "b", "c"]


def test_key_figures_are_large_and_say_their_change_in_a_word() -> None:
    assert SLIDE_VALUE >= 64
    assert SLIDE_TEXT >= LEAST_TEXT
    words: dict[Colour, str] = {"blue": "tốt lên", "orange": "xấu đi", "gray": "như thường"}
    months = pl.Series([1.0, 2.0])
    tile = Tile("Trễ <hạn>", "11,3 %", "n = 948", months, "−2 điểm", "so với 13 %", "blue", "down")
    html = slide_tiles([tile], [Html()], words, "light")
    assert "Trễ &lt;hạn&gt;" in html
    assert 'alt="tốt lên"' in html
    unclear = Tile("a", "1", "n", months, "+1", arrow="up")
    assert "alt" not in slide_tiles([unclear], [Html()], words, "light")


def test_key_figures_of_a_page_say_their_change_and_show_their_line() -> None:
    tile = Tile("Trễ <hạn>", "11,3 %", "n = 948", pl.Series([1.0, 2.0]), "−2 điểm", "so với 13 %", "orange", "down")
    html = tile_row([tile], [Html("<img alt='đường'>")], "light")
    for shown in ("Trễ &lt;hạn&gt;", "11,3 %", "n = 948", "so với 13 %", "<img alt='đường'>", LIGHT.orange_pill):
        assert shown in html
    unchanged = Tile("a", "1", "n", pl.Series([1.0, 2.0]))
    assert 'class="change"' not in tile_row([unchanged], [Html()], "light")
