"""Figures carry the data they were given: in order, labelled, escaped, small numbers kept quiet, text readable."""

import json
import math
import re
import tomllib
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas  # noqa: F401 - before plotly, which otherwise imports it late
import plotly.graph_objects as go
import polars as pl
import pytest

from comparison.charts import template
from comparison.charts.bars import bars, first_half
from comparison.charts.heat_map import QUIET_STEPS, heat_map, step_of
from comparison.charts.intervals import intervals
from comparison.charts.lines import lines
from comparison.charts.since_launch import since_launch
from comparison.charts.sparkline import sparkline
from comparison.charts.stacked_bars import paired_bars, stacked_bars
from comparison.charts.template import Figure
from comparison.charts.timeline import timeline
from comparison.charts.tokens import Theme, contrast, text_on, tokens
from comparison.charts.unit_table import Column, unit_table

THEMES: tuple[Theme, ...] = ("light", "dark")
NASTY = '<b>Xã</b> & "Đông" Hòa'
SHOWN = "&lt;b&gt;Xã&lt;/b&gt; &amp;"
MINUS = "\u2212"


def percent(value: float) -> str:
    return f"{round(value * 100)} %"


def count(value: float) -> str:
    return f"{round(value)}"


def month(key: str) -> str:
    return f"{key[5:]}/{key[:4]}"


def months(first_year: int, how_many: int) -> list[str]:
    return [f"{first_year + index // 12}-{index % 12 + 1:02d}" for index in range(how_many)]


# One cell a row: (unit, field, value, n).
CELLS = [
    ("a", "land", 0.4, 142),
    ("a", "civil", 0.02, 25),
    ("b", "land", 0.1, 24),
    ("b", "civil", 0.5, 4),
    ("c", "land", None, 0),
    ("c", "civil", 0.0, 300),
]
UNITS = [("b", "P. Bê"), ("a", NASTY), ("c", "X. Xê"), ("d", "X. Không có gì")]
FIELDS = [("land", "Đất đai"), ("civil", "Người có công")]


def cells() -> pl.DataFrame:
    frame = pl.DataFrame(CELLS, schema=["unit", "field", "value", "n"], orient="row")
    return frame.with_columns(
        text=pl.format("v{}", pl.col("value").fill_null(-1)),
        n_text=pl.format("n{}", "n"),
        hover=pl.format("{} – {}\nsố", pl.lit(NASTY), "field"),
    )


def line_frame() -> pl.DataFrame:
    rows = [
        (key, line, role, value + index / 100, 0.5, 0.9, f"{NASTY}\n{key}")
        for line, role, value in (("all", "chosen", 0.8), ("then", "comparison", 0.7), ("u1", "unit", 0.6))
        for index, key in enumerate(months(2024, 14))
    ]
    return pl.DataFrame(rows, schema=["month", "line", "role", "value", "low", "high", "hover"], orient="row")


def draw_lines(theme: Theme, frame: pl.DataFrame | None = None, **options: Any) -> Figure:
    return lines(
        line_frame() if frame is None else frame,
        months(2024, 14),
        theme,
        value_text=percent,
        month_text=month,
        labels={"all": NASTY, "then": "cùng kỳ"},
        launches=[("2024-06", NASTY)],
        ceiling=1,
        **options,
    )


def draw_since(theme: Theme) -> Figure:
    rows = [
        (since, line, role, value, n, NASTY)
        for line, role, value, n in (("us", "chosen", 0.9, 6), ("them", "comparison", 0.8, 8), ("u1", "unit", 0.7, 1))
        for since in range(-8, 7)
    ]
    return since_launch(
        pl.DataFrame(rows, schema=["since", "line", "role", "value", "n", "hover"], orient="row"),
        theme,
        value_text=percent,
        labels={"us": NASTY, "them": "chưa làm\ntrong cùng tháng"},
        launch_text=NASTY,
        axis_text=NASTY,
    )


def draw_stack(theme: Theme, unfinished: bool = False) -> Figure:
    frame = pl.DataFrame(
        {
            "month": ["2024-01", "2024-03", "2024-01", "2024-02", "2024-03"],
            "part": ["online", "online", "desk", "desk", "desk"],
            "value": [10, 30, 1, 2, 3],
            "hover": [NASTY] * 5,
        }
    )
    return stacked_bars(
        frame,
        months(2024, 3),
        [("online", NASTY), ("desk", "trực tiếp")],
        theme,
        value_text=count,
        month_text=month,
        unfinished=unfinished,
    )


def draw_pair(theme: Theme) -> Figure:
    frame = pl.DataFrame(
        {
            "month": ["2024-02", "2024-01"],
            "first": [7, 5],
            "second": [3, 4],
            "first_hover": [NASTY] * 2,
            "second_hover": [NASTY] * 2,
        }
    )
    return paired_bars(
        frame, months(2024, 2), (NASTY, "giải quyết"), theme, value_text=count, month_text=month, unfinished=True
    )


def draw_bars(theme: Theme, **options: Any) -> Figure:
    frame = pl.DataFrame(
        {
            "unit": ["x", "y", "z"],
            "name": [NASTY, "P. Y", "X. Z"],
            "value": [9, 4, 1],
            "text": ["9<", "4", "1"],
            "hover": [NASTY] * 3,
            "is_marked": [True, False, False],
        }
    )
    return bars(frame, theme, above=NASTY, below="còn lại", **options)


def interval_frame() -> pl.DataFrame:
    rows = [
        ("a", NASTY, 0.9, 0.85, 0.94, 200, False),
        ("b", "P. Ít", 0.8, 0.6, 0.95, 24, False),
        ("c", "P. Quá ít", 1.0, 0.4, 1.0, 4, False),
        ("d", "P. Không", None, None, None, 0, False),
        ("e", "P. Ẩn", None, None, None, None, True),
    ]
    names = ["unit", "name", "value", "low", "high", "n", "is_hidden"]
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(
        text=pl.format("v{}<", pl.col("value").fill_null(-1)),
        n_text=pl.format("n{}", pl.col("n").fill_null(0)),
        hover=pl.lit(NASTY),
    )


def draw_intervals(theme: Theme) -> Figure:
    return intervals(
        interval_frame(),
        theme,
        value_text=percent,
        overall=(0.88, NASTY),
        target=(0.9, "chỉ tiêu"),
        column_head=NASTY,
    )


ADOPTIONS = pl.DataFrame(
    [
        ("home", "a", date(2024, 3, 1), None),
        ("home", "b", date(2024, 3, 1), date(2024, 9, 1)),
        ("home", "c", date(2024, 6, 1), None),
        ("old", "a", date(2020, 1, 1), None),
        ("old", "b", date(2020, 1, 1), None),
        ("soon", "a", date(2030, 1, 1), None),
        ("foreign", "a", date(2024, 3, 1), None),
    ],
    schema={"model": pl.String, "unit": pl.String, "adopted_from": pl.Date, "adopted_to": pl.Date},
    orient="row",
)


def draw_timeline(theme: Theme) -> Figure:
    return timeline(
        ADOPTIONS,
        [("old", "Cũ"), ("home", NASTY), ("soon", "Chưa")],
        (date(2024, 1, 10), date(2024, 12, 31)),
        theme,
        units=14,
        count_text=lambda units: f"{units}/14 đơn vị",
        hover_text=lambda name, day, change, units: f"{name}\n{day:%d/%m/%Y} {change:+d} {units}",
        month_text=month,
        chosen="home",
    )


FIGURES: dict[str, Callable[[Theme], Figure]] = {
    "lines": draw_lines,
    "since_launch": draw_since,
    "stacked_bars": draw_stack,
    "paired_bars": draw_pair,
    "bars": draw_bars,
    "heat_map": lambda theme: heat_map(cells(), UNITS, FIELDS, theme),
    "intervals": draw_intervals,
    "timeline": draw_timeline,
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("form", FIGURES)
def test_every_figure_is_plain_valid_and_escaped(form: str, theme: Theme) -> None:
    figure = FIGURES[form](theme)
    text = json.dumps(figure, ensure_ascii=False, allow_nan=False)
    assert "<b>Xã" not in text
    assert SHOWN in text
    # Streamlit builds the same object, which refuses unknown or impossible properties.
    built = go.Figure(**figure).to_dict()
    assert "layout" not in built["layout"]["template"], "plotly's own colours and grid lines come back"
    assert figure["data"], "Streamlit refuses a figure without traces"
    assert figure["layout"]["font"]["family"].startswith('"Source Sans"')
    assert figure["layout"]["separators"] == ",."


@pytest.mark.parametrize("theme", THEMES)
def test_text_reaches_its_contrast_in_every_place(theme: Theme) -> None:
    colours = tokens(theme)
    for step in colours.ramp:
        assert contrast(text_on(step, colours), step) >= 4.5
    for step in colours.ramp[:QUIET_STEPS]:
        assert contrast(colours.muted, step) >= 4.5
    for text in (colours.ink, colours.muted, colours.blue, colours.orange):
        assert contrast(text, colours.bg) >= 4.5
    assert contrast(colours.muted, colours.panel) >= 4.5
    assert contrast(colours.blue, colours.blue_pill) >= 4.5
    assert contrast(colours.orange, colours.orange_pill) >= 4.5
    assert contrast(colours.mark, colours.bg) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_file_and_the_charts_agree(theme: Theme) -> None:
    settings = tomllib.loads((Path(__file__).parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    colours, own = tokens(theme), settings["theme"][theme]
    expected = {
        "backgroundColor": colours.bg,
        "secondaryBackgroundColor": colours.panel,
        "grayBackgroundColor": colours.panel,
        "textColor": colours.ink,
        "grayTextColor": colours.muted,
        "dataframeHeaderTextColor": colours.muted,
        "grayColor": colours.mark,
        "borderColor": colours.rule,
        "primaryColor": colours.blue,
        "linkColor": colours.blue,
        "blueColor": colours.blue,
        "blueTextColor": colours.blue,
        "blueBackgroundColor": colours.blue_pill,
        "orangeColor": colours.orange,
        "orangeTextColor": colours.orange,
        "orangeBackgroundColor": colours.orange_pill,
    }
    assert {name: own[name] for name in expected} == expected
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["runner"]["postScriptGC"] is False
    assert settings["browser"]["gatherUsageStats"] is False


def test_the_locale_has_a_dictionary_and_a_format() -> None:
    config = template.CONFIG
    assert config["locale"] == "vi"
    assert config["locales"]["vi"]["format"]["decimal"] == ","
    assert len(config["locales"]["vi"]["format"]["months"]) == 12
    assert config["locales"]["vi"]["dictionary"]


def heat() -> tuple[dict[str, Any], dict[str, Any], Figure]:
    figure = heat_map(cells(), UNITS, FIELDS, "light")
    return figure["data"][0], figure["data"][1], figure


def plain(text: str) -> str:
    return re.sub(r"<[^>]*>", "", text)


def test_heat_map_keeps_the_order_given_and_lands_values_in_their_cells() -> None:
    drawn, _, figure = heat()
    assert figure["layout"]["yaxis"]["ticktext"][0] == "P. Bê"
    assert figure["layout"]["yaxis"]["range"] == [3.5, -0.5]
    assert figure["layout"]["xaxis"]["ticktext"] == ["Đất đai", "Người<br>có công"]
    assert [[plain(text) for text in row] for row in drawn["text"]] == [
        ["v0.1 n24", "n&lt;5"],
        ["v0.4 n142", "v0.02 n25"],
        ["–", "v0.0 n300"],
        ["", ""],
    ]


def test_heat_map_keeps_small_numbers_quiet() -> None:
    drawn, _, _ = heat()
    muted = tokens("light").muted
    few = drawn["text"][0][0]
    assert f"color:{muted}" in few
    assert "<i>" in few
    assert "<i>" not in drawn["text"][1][1]
    # 4 of 50 % and 24 of 10 % stay uncoloured; the ramp's end is the highest of 25 and more.
    assert drawn["z"] == [[0, 0], [5, 0], [0, 0], [0, 0]]
    assert "0.5" not in "".join(drawn["text"][0])


def test_heat_map_clicks_give_unit_and_field() -> None:
    _, targets, _ = heat()
    at = dict(zip(zip(targets["x"], targets["y"], strict=True), targets["customdata"], strict=True))
    assert at[(0, 1)] == ["a", "land"]
    assert at[(1, 0)] == ["b", "civil"]
    assert len(at) == len(CELLS)
    assert targets["marker"]["opacity"] == 0
    assert targets["hovertext"][0].endswith(" – land<br>số")


def test_a_little_lateness_is_never_dark() -> None:
    frame = cells().with_columns(value=pl.col("value") / 400)
    drawn = heat_map(frame, UNITS, FIELDS, "light")["data"][0]
    assert max(step for row in drawn["z"] for step in row) == 0


def test_the_ramp_has_six_steps_from_none_to_the_highest() -> None:
    assert [step_of(value / 100, 0.5) for value in (0, 4, 6, 25, 50, 90)] == [0, 0, 1, 2, 5, 5]


def test_heat_map_and_bars_share_their_rows() -> None:
    _, _, figure = heat()
    beside = draw_bars("light", top=figure["layout"]["margin"]["t"])
    for drawn, rows in ((figure, 4), (beside, 3)):
        margin = drawn["layout"]["margin"]
        assert drawn["layout"]["height"] - margin["t"] - margin["b"] == 28 * rows


def test_first_half_takes_the_fewest_leading_values() -> None:
    assert first_half(pl.Series([77, 72, 61, 37, 243])).to_list() == [True, True, True, True, False]
    assert first_half(pl.Series([5, 5])).to_list() == [True, False]
    assert first_half(pl.Series([0, 0])).to_list() == [False, False]


def test_bars_mark_the_first_half_and_print_every_value() -> None:
    figure = draw_bars("light")
    colours, drawn = tokens("light"), figure["data"][0]
    assert drawn["marker"]["color"] == [colours.orange, colours.soft, colours.soft]
    assert [plain(text).strip() for text in drawn["text"]] == ["9&lt;", "4", "1"]
    assert drawn["text"][0].startswith("<b>")
    assert drawn["customdata"] == [["x"], ["y"], ["z"]]
    assert figure["layout"]["shapes"][0]["y0"] == 0.5
    blue = draw_bars("light", accent="blue")["data"][0]["marker"]["color"][0]
    assert blue == colours.blue


def test_bars_without_marks_have_no_dividing_line() -> None:
    frame = pl.DataFrame({"unit": ["x"], "name": ["X"], "value": [0], "text": ["0"], "hover": ["h"]})
    figure = bars(frame, "dark", above="trên", below="dưới")
    assert figure["layout"]["shapes"] == []
    assert figure["layout"]["xaxis"]["range"][1] > 0


def test_lines_draw_roles_in_order_and_label_only_what_is_named() -> None:
    figure = draw_lines("light")
    colours = tokens("light")
    drawn = [trace for trace in figure["data"] if trace.get("fill") is None]
    assert [trace["line"]["color"] for trace in drawn] == [colours.blue_soft, colours.mark, colours.blue]
    assert [trace["line"]["width"] for trace in drawn] == [1, 2.2, 3.4]
    assert "dash" in drawn[1]["line"]
    assert "dash" not in drawn[2]["line"]
    assert drawn[2]["y"][13] == pytest.approx(0.93)
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert [text for text in texts if "cùng kỳ" in text] == ["cùng kỳ"]
    assert texts[-1].startswith(SHOWN)
    assert figure["layout"]["shapes"][0]["x0"] == 5
    assert figure["layout"]["yaxis"]["ticktext"][-1] == "100 %"
    assert figure["layout"]["xaxis"]["ticktext"] == [f"{odd:02d}/2024" for odd in range(1, 12, 2)] + ["01/2025"]


def test_a_running_month_is_drawn_apart() -> None:
    figure = draw_lines("light", unfinished=True)
    chosen = [trace for trace in figure["data"] if trace["line"].get("width") == 3.4]
    assert [trace["x"] for trace in chosen] == [list(range(13)), [12, 13]]
    assert "dash" not in chosen[0]["line"]
    assert "dash" in chosen[1]["line"]


def test_a_gap_breaks_line_and_band_and_a_lone_value_is_still_seen() -> None:
    gaps = pl.col("month").is_in(["2024-03", "2024-05"]) & (pl.col("role") == "chosen")
    frame = line_frame().with_columns(
        pl.when(gaps).then(None).otherwise(pl.col(name)).alias(name) for name in ("value", "low", "high")
    )
    figure = draw_lines("light", frame)
    bands = [trace for trace in figure["data"] if trace.get("fill") == "toself"]
    assert [len(band["x"]) for band in bands] == [4, 2, 18]
    chosen = next(trace for trace in figure["data"] if trace["line"].get("width") == 3.4)
    assert chosen["y"][2] is None
    assert not chosen["connectgaps"]
    assert [index for index, size in enumerate(chosen["marker"]["size"]) if size] == [3]


def test_lines_without_any_value_keep_their_frame() -> None:
    frame = line_frame().with_columns(pl.lit(None, pl.Float64).alias(name) for name in ("value", "low", "high"))
    figure = draw_lines("dark", frame)
    assert figure["layout"]["yaxis"]["range"] == [0, 1]
    assert len(figure["layout"]["annotations"]) == 1


def test_since_launch_prints_n_under_every_tick() -> None:
    figure = draw_since("light")
    assert figure["layout"]["xaxis"]["tickvals"] == [-8, -6, -4, -2, 0, 2, 4, 6]
    assert figure["layout"]["xaxis"]["ticktext"][0] == f"{MINUS}8<br>n = 6"
    assert figure["layout"]["xaxis"]["ticktext"][-1] == "+6<br>n = 6"
    assert figure["layout"]["shapes"][0]["x0"] == 0
    labels = [note["text"] for note in figure["layout"]["annotations"]]
    assert "chưa làm<br>trong cùng tháng" in labels


def test_stacked_bars_fill_missing_months_with_nothing() -> None:
    online, desk = draw_stack("light")["data"]
    assert online["y"] == [10, 0, 30]
    assert desk["y"] == [1, 2, 3]
    assert online["hovertext"][1] == ""
    assert "pattern" not in online["marker"]
    assert draw_stack("light", unfinished=True)["data"][0]["marker"]["pattern"]["shape"] == ["", "", "/"]
    assert draw_stack("light")["layout"]["barmode"] == "stack"


def test_paired_bars_keep_months_in_order() -> None:
    figure = draw_pair("dark")
    assert [trace["y"] for trace in figure["data"]] == [[5, 7], [4, 3]]
    assert figure["layout"]["barmode"] == "group"


def test_intervals_hide_and_quieten_small_numbers() -> None:
    figure = draw_intervals("light")
    whiskers, dots = figure["data"]
    assert dots["customdata"] == [["a"], ["b"]]
    assert dots["marker"]["color"] == [tokens("light").blue, tokens("light").bg]
    assert whiskers["x"] == [0.85, 0.94, None, 0.6, 0.95, None]
    column = {note["y"]: plain(note["text"]) for note in figure["layout"]["annotations"] if note.get("yref") is None}
    assert column == {0: "v0.9&lt; n200", 1: "v0.8&lt; n24", 2: "n&lt;5", 3: "–", 4: "ẩn"}
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [0.88, 0.9]
    assert figure["layout"]["yaxis"]["ticktext"][1:] == ["P. Ít", "P. Quá ít", "P. Không", "P. Ẩn"]


def test_intervals_without_hidden_column_and_without_lines() -> None:
    frame = interval_frame().drop("is_hidden").filter(pl.col("unit") == "d")
    figure = intervals(frame, "light", value_text=percent)
    assert figure["layout"]["shapes"] == []
    assert figure["data"][1]["x"] == []


def test_timeline_counts_units_over_time() -> None:
    figure = draw_timeline("light")
    rings = figure["data"][0]
    assert rings["x"] == ["2024-03-01", "2024-06-01", "2024-09-01"]
    assert rings["text"] == ["+2", "+1", f"{MINUS}1"]
    assert rings["customdata"] == [["home"]] * 3
    assert rings["hovertext"][1].endswith("01/06/2024 +1 3")
    spans = [(shape["y0"], shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"]]
    assert spans == [
        (1, "2024-03-01", "2024-06-01"),
        (1, "2024-06-01", "2024-09-01"),
        (1, "2024-09-01", "2024-12-31"),
        (0, "2024-01-10", "2024-12-31"),
    ]
    widths = [shape["line"]["width"] for shape in figure["layout"]["shapes"]]
    assert widths[0] == widths[2] < widths[1]
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["2/14 đơn vị", "2/14 đơn vị", "0/14 đơn vị"]
    assert figure["layout"]["yaxis"]["ticktext"][1].startswith("<b>")


def test_sparkline_keeps_gaps_and_needs_two_points() -> None:
    values = sparkline(pl.Series([None, 1, None, 3, None]))
    assert values[0] == 1
    assert math.isnan(values[1])
    assert values[2:] == [3]
    assert sparkline(pl.Series([None, 2, None])) == []


COLUMNS = [Column("received", "Tiếp nhận", "trong kỳ", "count"), Column("late", NASTY, "trễ")]


def table(with_hidden: bool = True) -> str:
    rows = [
        ("a", "received", "1.234", None, "", "", False),
        ("a", "late", "5,0 %", 200, "200", NASTY, False),
        ("b", "late", "7,0 %", 24, "24", "", False),
        ("c", "late", "9,0 %", 4, "4", "", False),
        ("d", "late", None, 0, "0", "", False),
        ("e", "late", "3,3 %", 99, "99", "", True),
    ]
    names = ["unit", "measure", "text", "n", "n_text", "title", "is_hidden"]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    units = [("b", "P. Bê"), ("a", NASTY), ("c", "X. Xê"), ("d", "X. Dê"), ("e", "X. E")]
    return unit_table(
        frame if with_hidden else frame.drop("is_hidden"),
        units,
        COLUMNS,
        "dark",
        caption=NASTY,
        links={"a": '/ho-so?units=a"&x=1', "b": "/b"},
    )


def parsed_rows(text: str) -> dict[str, list[ElementTree.Element]]:
    body = ElementTree.fromstring(re.sub(r"<colgroup>.*?</colgroup>", "", text)).find(".//tbody")
    assert body is not None
    return {"".join(row[0].itertext()): list(row) for row in body}


def test_unit_table_is_semantic_escaped_and_in_order() -> None:
    text = table()
    rows = parsed_rows(text)
    assert list(rows) == ["P. Bê", NASTY, "X. Xê", "X. Dê", "X. E"]
    assert text.count('scope="col"') == 3
    assert text.count('scope="row"') == 5
    link = rows[NASTY][0].find("a")
    assert link is not None
    assert link.get("href") == '/ho-so?units=a"&x=1'
    assert rows["X. Xê"][0].find("a") is None
    assert rows[NASTY][2].get("title") == NASTY


def test_unit_table_keeps_small_numbers_quiet() -> None:
    rows = parsed_rows(table())
    shown = {name: "|".join(cells[2].itertext()) for name, cells in rows.items()}
    assert shown == {
        "P. Bê": "7,0 %|24|ít số liệu",
        NASTY: "5,0 %|200",
        "X. Xê": "n<5",
        "X. Dê": "–",
        "X. E": "ẩn",
    }
    quiet = {name for name, cells in rows.items() if cells[2].get("class") == "few"}
    assert quiet == {"P. Bê", "X. Xê", "X. Dê", "X. E"}
    assert "".join(rows[NASTY][1].itertext()) == "1.234"
    assert "".join(parsed_rows(table(with_hidden=False))["X. E"][2].itertext()) == "3,3 %99"


def test_ticks_are_round_and_cover_the_values() -> None:
    assert template.ticks(0, 9.3) == [0, 2, 4, 6, 8, 10]
    assert template.ticks(0.68, 1) == [0.6, 0.7, 0.8, 0.9, 1.0]
    assert template.ticks(5, 5)[0] <= 5 <= template.ticks(5, 5)[-1]


def test_month_ticks_line_years_up() -> None:
    at, texts = template.month_ticks(months(2021, 54), month)
    assert texts == [f"01/{year}" for year in range(2021, 2026)]
    assert at == [0, 12, 24, 36, 48]
    assert template.month_ticks(["2024-03"], month) == ([0], ["03/2024"])


def test_labels_are_pushed_apart_but_stay_in_order() -> None:
    assert template.apart([10, 100], 18) == [10, 100]
    placed = template.apart([50, 51, 52, 200], 18)
    assert placed == pytest.approx([33, 51, 69, 200])
    chained = template.apart([0, 20, 21], 18)
    assert [b - a for a, b in pairwise(chained)] >= [18 - 1e-9, 18 - 1e-9]


def test_names_break_evenly_and_are_cut_where_too_long() -> None:
    assert template.lines_of("Người có công", 11) == "Người<br>có công"
    assert template.lines_of("Giải quyết khiếu nại tố cáo công dân", 8, most=2) == "Giải<br>quyết …"
    assert template.row_name("X. Long Điền", 106) == "X. Long Điền"
    small = '<span style="font-size:11px">'
    assert template.row_name("Phòng Lao động & Xã hội", 106) == f"{small}Phòng Lao<br>động &amp; Xã hội</span>"
    assert template.row_name("Phòng Lao động & Xã hội", 60) == f"{small}Phòng Lao<br>động &amp; Xã…</span>"
    assert template.row_name("Nghiêngngảngangnghĩa", 60) == f"{small}Nghiêngngả…</span>"
