"""Figures carry the data they were given: in order, labelled, escaped, small numbers kept quiet, text readable."""

import base64
import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from html import unescape
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pandas  # noqa: F401 - before plotly, which otherwise imports it late
import plotly.graph_objects as go
import polars as pl
import pytest

from comparison.forms import template
from comparison.forms.bars import bars
from comparison.forms.criteria_grid import criteria_grid
from comparison.forms.heat_map import QUIET_STEPS, heat_map, step_of
from comparison.forms.intervals import intervals
from comparison.forms.lines import lines
from comparison.forms.marks import Mark
from comparison.forms.since_launch import since_launch
from comparison.forms.sparkline import sparkline
from comparison.forms.stacked_bars import paired_bars, stacked_bars
from comparison.forms.template import Figure
from comparison.forms.timeline import timeline
from comparison.forms.tokens import Theme, contrast, mixed, text_on, tokens
from comparison.forms.unit_table import Column, unit_table
from comparison.judgements.half import first_half
from tests.helpers.drawing import MINUS, NASTY, SHOWN, THEMES, count, draw_strip, month, months, percent, plain
from warehouse.folders import PROJECT

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
        text=pl.when(pl.col("value").is_null()).then(pl.lit("")).otherwise(pl.format("v{}", "value")),
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


MARKS = (
    Mark("2024-06", NASTY, f"{NASTY}\n01/06/2024", "launch"),
    Mark("2024-02", "Kết thúc: B", "B: thôi làm", "end"),
    Mark("2024-10", "Sơ kết: C", "C: sơ kết", "interim"),
    Mark("2019-01", "Trước kỳ", "Trước kỳ", "launch"),
)


def draw_lines(theme: Theme, frame: pl.DataFrame | None = None, **options: Any) -> Figure:
    return lines(
        line_frame() if frame is None else frame,
        months(2024, 14),
        theme,
        value_text=percent,
        month_text=month,
        labels={"all": NASTY, "then": "cùng kỳ"},
        ceiling=1,
        **{"marks": MARKS} | options,
    )


def draw_since(theme: Theme, few_from: int = 99, **options: Any) -> Figure:
    rows = [
        (since, line, role, value, 1 if since >= few_from else n, NASTY)
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
        **options,
    )


def draw_stack(theme: Theme, unfinished: bool = False, **options: Any) -> Figure:
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
        **options,
    )


def draw_pair(theme: Theme, **options: Any) -> Figure:
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
        frame,
        months(2024, 2),
        (NASTY, "giải quyết"),
        theme,
        value_text=count,
        month_text=month,
        unfinished=True,
        **options,
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


def draw_intervals(theme: Theme, frame: pl.DataFrame | None = None) -> Figure:
    return intervals(
        interval_frame() if frame is None else frame,
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


REVIEWS = pl.DataFrame(
    [
        ("home", "interim", date(2024, 6, 5), "gần vòng"),
        ("home", "final", date(2024, 11, 5), NASTY),
        ("old", "interim", date(2023, 12, 1), "trước trục"),
        ("foreign", "interim", date(2024, 5, 1), "lạ"),
    ],
    schema=["model", "kind", "held_on", "title"],
    orient="row",
)
PLANS = pl.DataFrame(
    [("soon", "b", date(2024, 8, 1)), ("soon", "c", date(2024, 8, 1)), ("soon", "d", date(2031, 1, 1))],
    schema=["model", "unit", "planned_from"],
    orient="row",
)


def draw_timeline(theme: Theme, **options: Any) -> Figure:
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
        **options,
    )


def draw_life(theme: Theme) -> Figure:
    return draw_timeline(
        theme,
        reviews=REVIEWS,
        review_text=lambda kind: {"interim": "sơ kết", "final": "tổng kết"}[kind],
        review_hover=lambda name, kind, day, title: f"{name}\n{kind} {day:%d/%m/%Y}: {title}",
        plans=PLANS,
        plan_hover=lambda name, day, units: f"{name}: {units} từ {day:%d/%m/%Y}",
        data_from=(date(2024, 2, 1), NASTY),
    )


def criteria() -> pl.DataFrame:
    rows = [
        ("Tiếp đón", NASTY, "Sơ kết", 0.8, False),
        ("Tiếp đón", "Chào hỏi", "Sơ kết", 0.4, True),
        ("Kết quả", NASTY, "Sơ kết", None, False),
        ("Tiếp đón", NASTY, "Tổng kết", 1.0, False),
        ("Kết quả", NASTY, "Tổng kết", 0.7, True),
    ]
    return pl.DataFrame(
        rows, schema=["group_name", "criterion_name", "review", "value", "is_lowest"], orient="row"
    ).with_columns(text=pl.format("v{}", pl.col("value").fill_null(-1)), n_text=pl.lit("n=4"), hover=pl.lit(NASTY))


FIGURES: dict[str, Callable[[Theme], Figure]] = {
    "lines": draw_lines,
    "since_launch": draw_since,
    "stacked_bars": draw_stack,
    "paired_bars": draw_pair,
    "bars": draw_bars,
    "heat_map": lambda theme: heat_map(cells(), UNITS, FIELDS, theme, least_maximum=0.05),
    "intervals": draw_intervals,
    "timeline": draw_timeline,
    "timeline_life": draw_life,
    "since_launch_windows": lambda theme: draw_since(
        theme, few_from=4, windows=(NASTY, "6 tháng sau"), baseline=(0.7, NASTY), compact=True
    ),
    "stacked_bars_marks": lambda theme: draw_stack(theme, marks=[Mark("2024-02", NASTY, NASTY, "end")]),
    "criteria_grid": lambda theme: criteria_grid(criteria(), theme, lowest_text="thấp nhất"),
    "strip": draw_strip,
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
    for cell in criteria_cells(theme)["colorscale"]:
        assert contrast(text_on(cell[1], colours), cell[1]) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_file_and_the_charts_agree(theme: Theme) -> None:
    settings = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
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
    figure = heat_map(cells(), UNITS, FIELDS, "light", least_maximum=0.05)
    return figure["data"][0], figure["data"][1], figure


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
    drawn = heat_map(frame, UNITS, FIELDS, "light", least_maximum=0.05)["data"][0]
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
    drawn = [trace for trace in figure["data"] if "line" in trace and trace.get("fill") is None]
    assert [trace["line"]["color"] for trace in drawn] == [colours.blue_soft, colours.mark, colours.blue]
    assert [trace["line"]["width"] for trace in drawn] == [1, 2.2, 3.4]
    assert "dash" in drawn[1]["line"]
    assert "dash" not in drawn[2]["line"]
    assert drawn[2]["y"][13] == pytest.approx(0.93)
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert [text for text in texts if "cùng kỳ" in text] == ["cùng kỳ"]
    assert texts[1].startswith(f"<b>{SHOWN}")
    assert figure["layout"]["yaxis"]["ticktext"][-1] == "100 %"
    assert figure["layout"]["xaxis"]["ticktext"] == [f"{odd:02d}/2024" for odd in range(1, 12, 2)] + ["01/2025"]


def test_a_running_month_is_drawn_apart() -> None:
    figure = draw_lines("light", unfinished=True)
    chosen = [trace for trace in figure["data"] if trace.get("line", {}).get("width") == 3.4]
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
    chosen = next(trace for trace in figure["data"] if trace.get("line", {}).get("width") == 3.4)
    assert chosen["y"][2] is None
    assert not chosen["connectgaps"]
    assert [index for index, size in enumerate(chosen["marker"]["size"]) if size] == [3]


def test_lines_without_any_value_keep_their_frame() -> None:
    frame = line_frame().with_columns(pl.lit(None, pl.Float64).alias(name) for name in ("value", "low", "high"))
    figure = draw_lines("dark", frame, marks=())
    assert figure["layout"]["yaxis"]["range"] == [0, 1]
    assert figure["layout"]["annotations"] == []


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
    bars_unseen, rings = figure["data"]
    assert rings["x"] == ["2024-03-01", "2024-06-01", "2024-09-01"]
    assert rings["text"] == ["+2", "+1", f"{MINUS}1"]
    assert rings["customdata"] == [["home"]] * 3
    assert rings["marker"]["symbol"] == ["circle"] * 3
    assert {tuple(code) for code in bars_unseen["customdata"]} == {("home",), ("old",)}
    assert bars_unseen["marker"]["opacity"] == 0
    assert "Cũ<br>2/14 đơn vị" in bars_unseen["hovertext"]
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


def test_timeline_shows_reviews_plans_and_where_the_data_begin() -> None:
    figure = draw_life("light")
    _, plans, _, reviews = figure["data"]
    assert reviews["x"] == ["2024-06-05", "2024-11-05"]
    assert reviews["text"] == ["", "tổng kết"], "the first runs into the +1 of its ring"
    assert reviews["marker"]["symbol"] == "square"
    assert reviews["customdata"] == [["home"], ["home"]]
    assert "interim 05/06/2024: gần vòng" in reviews["hovertext"][0]
    assert (plans["x"], plans["y"], plans["customdata"]) == (["2024-08-01"], [2], [["soon"]])
    assert plans["hovertext"] == ["Chưa: 2 từ 01/08/2024"]
    rings = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "circle"]
    assert [(ring["xanchor"], ring["yanchor"]) for ring in rings] == [("2024-08-01", 2)]
    assert "dash" in rings[0]["line"]
    begin = figure["layout"]["shapes"][0]
    assert (begin["x0"], begin["line"]["dash"]) == ("2024-02-01", "1px,3px")
    assert figure["layout"]["annotations"][-1]["text"].startswith(SHOWN)
    early = draw_timeline("light", data_from=(date(2020, 1, 1), "số liệu từ"))
    assert len(early["layout"]["annotations"]) == 3, "the axis begins with the data: nothing to tell"


def test_a_model_that_ends_is_struck_and_one_only_planned_has_no_bar() -> None:
    adoptions = pl.DataFrame(
        [("home", "a", date(2024, 3, 1), date(2024, 9, 1)), ("soon", "a", None, None)],
        schema=ADOPTIONS.schema,
        orient="row",
    )
    figure = timeline(
        adoptions,
        [("home", "Nhà"), ("soon", "Chưa")],
        (date(2024, 1, 1), date(2024, 12, 31)),
        "light",
        units=3,
        count_text=str,
        hover_text=lambda *ring: str(ring),
        month_text=month,
    )
    assert figure["data"][1]["marker"]["symbol"] == ["circle", "line-ns"]
    assert [shape["y0"] for shape in figure["layout"]["shapes"]] == [0]


# Lines mark the month itself, bars its left edge.
@pytest.mark.parametrize(("draw", "first"), [(draw_lines, 0), (draw_stack, -0.5), (draw_pair, -0.5)])
def test_every_form_by_month_marks_launch_end_and_review(draw: Callable[..., Figure], first: float) -> None:
    marks = [
        Mark("2024-01", "Bắt đầu: A", "A\nbắt đầu", "launch"),
        Mark("2024-02", "Kết thúc: B", "B", "end"),
        Mark("2024-02", "Sơ kết: C", "C", "interim"),
        Mark("2030-01", "Sau kỳ", "Sau kỳ", "launch"),
    ]
    figure, bare = draw("light", marks=marks), draw("light", marks=())
    launch, end = (shape for shape in figure["layout"]["shapes"] if shape["y0"] == 0)
    assert (launch["x0"], end["x0"]) == (first, first + 1)
    assert ("dash" in launch["line"], "dash" in end["line"]) == (False, True)
    handles = figure["data"][-1]
    assert handles["x"] == [first, first + 1, first + 1]
    assert handles["marker"]["opacity"] == [0, 0, 1], "only a review's square is seen"
    assert handles["hovertext"] == ["A<br>bắt đầu", "B", "C"]
    assert set(handles["y"]) == {figure["layout"]["yaxis"]["range"][1]}
    words = [note["text"] for note in figure["layout"]["annotations"]]
    assert {"Bắt đầu: A", "Kết thúc: B", "Sơ kết: C"} < set(words)
    assert not any("Sau kỳ" in text for text in words)
    # The labels stand in a band of their own: the plot keeps its height, and its data.
    inner = [each["layout"]["height"] - each["layout"]["margin"]["t"] for each in (figure, bare)]
    assert inner[0] == inner[1]
    assert figure["data"][:-1] == bare["data"]


def labels_of(marks: list[Mark], width: int = 380) -> list[dict[str, Any]]:
    figure = draw_lines("light", marks=marks, width=width)
    return [note for note in figure["layout"]["annotations"] if "hovertext" in note]


def spread(label: dict[str, Any], width: int) -> tuple[float, float]:
    """Where a label lies on a plot of so many px."""
    low = (label["x"] + 0.3) / 13.4 * width + label["xshift"]
    return low, low + len(label["text"]) * template.LETTER * 13 / 14


@pytest.mark.parametrize("width", [380, 700, 1200])
@pytest.mark.parametrize("at", [[0], [3, 4], [0, 1, 2, 3], [12, 13, 13], [2, 2, 2], range(14)])
def test_labels_of_marks_never_run_into_each_other_or_out_of_the_chart(at: list[int], width: int) -> None:
    keys = months(2024, 14)
    marks = [Mark(keys[index], f"Mô hình thứ {index}: 4 đơn vị", f"hover {index}", "launch") for index in at]
    labels = labels_of(marks, width)
    assert len({label["yshift"] for label in labels}) <= 3
    for label in labels:
        low, high = spread(label, width)
        assert low >= 0
        assert high <= width + 140
        for other in labels:
            if other is not label and other["yshift"] == label["yshift"]:
                assert spread(other, width)[1] <= low or high <= spread(other, width)[0]
    # What has no label of its own is counted on another, and told in its hover.
    folded = sum(int(label["text"].rpartition("(+")[2].rstrip(")")) for label in labels if "(+" in label["text"])
    assert len(labels) + folded == len(marks)
    told = "<br>".join(label["hovertext"] for label in labels).split("<br>")
    assert sorted(told) == sorted(mark.hover for mark in marks)


def test_a_label_moved_left_from_the_edge_is_kept_off_a_short_one_before_it() -> None:
    marks = [
        Mark("2024-11", "A: 1", "A", "launch"),
        Mark("2025-02", "Một mô hình tên rất dài: 12 đơn vị làm", "B", "end"),
    ]
    short, long = sorted(labels_of(marks), key=lambda label: label["x"])
    assert long["xshift"] < 0
    assert spread(short, 380)[1] > spread(long, 380)[0]
    assert short["yshift"] > long["yshift"]


def test_a_launch_keeps_its_label_before_a_review() -> None:
    marks = [Mark("2024-05", f"Sơ kết: {name}", name, "interim") for name in "ABCD"]
    marks.append(Mark("2024-05", "Bắt đầu: E", "E", "launch"))
    texts = [label["text"] for label in labels_of(marks)]
    assert any(text.startswith("Bắt đầu: E") for text in texts)
    assert len(texts) == 3


def test_since_launch_dots_the_line_where_one_unit_is_left() -> None:
    chosen = [trace for trace in draw_since("light", few_from=4)["data"] if trace["line"]["width"] == 3.4]
    dotted, solid = chosen
    assert dotted["line"]["dash"] == "3px,4px"
    known = [[x for x, y in zip(trace["x"], trace["y"], strict=True) if y is not None] for trace in chosen]
    assert known == [[3, 4, 5, 6], list(range(-8, 4))]
    assert "dash" not in solid["line"]
    alone = [trace for trace in draw_since("light", few_from=-8)["data"] if trace["line"]["width"] == 3.4]
    assert len(alone) == 1, "a model of one unit: its units never change"


def test_since_launch_shades_the_months_of_the_effect() -> None:
    figure = draw_since("light", windows=("6 tháng trước", "6 tháng sau"), baseline=(0.7, "trước = 100 %"))
    before, after, level, launch = figure["layout"]["shapes"]
    assert (before["x0"], before["x1"], after["x0"], after["x1"]) == (-6.5, -0.5, 0.5, 6.2)
    assert before["fillcolor"] == tokens("light").panel
    assert (level["y0"], level["y1"]) == (0.7, 0.7)
    assert launch["x0"] == 0
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert {"6 tháng trước", "6 tháng sau", "trước = 100 %"} < set(texts)
    assert len(draw_since("light")["layout"]["shapes"]) == 1


def test_since_launch_has_a_square_for_each_review_with_its_title_in_the_hover() -> None:
    figure = draw_since("light", reviews=[(2, "Sơ kết 05/07/2024\nSáu tháng <đầu>"), (6, "Tổng kết")])
    squares = figure["data"][-1]
    assert (squares["x"], squares["marker"]["symbol"]) == ([2, 6], "square")
    assert squares["hovertext"] == ["Sơ kết 05/07/2024<br>Sáu tháng &lt;đầu&gt;", "Tổng kết"]
    low, high = figure["layout"]["yaxis"]["range"]
    assert all(low < y < low + (high - low) / 20 for y in squares["y"]), "at the foot, where no share stands"


def test_compact_since_launch_leaves_the_row_of_n_out() -> None:
    small, whole = draw_since("light", compact=True), draw_since("light")
    assert small["layout"]["height"] == 240
    assert not any("n =" in tick for tick in small["layout"]["xaxis"]["ticktext"])
    assert small["layout"]["margin"]["r"] < whole["layout"]["margin"]["r"]
    assert draw_since("light", compact=True, height=300)["layout"]["height"] == 300


def test_since_launch_without_a_ceiling_shows_an_index_beyond_one() -> None:
    rows = [(since, "us", "chosen", None if since == 0 else 1.4 + since / 50, 3, "") for since in (-1, 0, 1)]
    figure = since_launch(
        pl.DataFrame(rows, schema=["since", "line", "role", "value", "n", "hover"], orient="row"),
        "light",
        value_text=percent,
        labels={},
        launch_text="",
        axis_text="",
        ceiling=None,
        baseline=(1.0, "100 %"),
    )
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= 1.0 < 1.42 <= high
    assert figure["data"][0]["y"] == [1.38, None, 1.42]


def test_intervals_show_what_the_silent_could_change() -> None:
    frame = interval_frame().with_columns(
        bound_low=pl.Series([0.3, None, 0.1, None, 0.0]),
        bound_high=pl.Series([0.98, None, 1.0, None, 1.0]),
        badge=pl.Series(["không so < được", None, "", None, None]),
    )
    figure = draw_intervals("light", frame)
    bounds, whiskers, dots = figure["data"]
    assert bounds["x"] == [0.3, 0.98, None], "hidden rows and rows without bounds have none"
    assert bounds["line"]["width"] > whiskers["line"]["width"]
    assert figure["layout"]["xaxis"]["range"][0] <= 0.3
    assert draw_intervals("light")["layout"]["xaxis"]["range"][0] > 0.3
    column = {note["y"]: note["text"] for note in figure["layout"]["annotations"] if note.get("yref") is None}
    assert column[0].endswith(f'<span style="color:{tokens("light").orange};font-size:11px">không so &lt; được</span>')
    assert all(tokens("light").orange not in column[row] for row in (1, 2, 3, 4))
    assert figure["layout"]["margin"]["r"] > draw_intervals("light")["layout"]["margin"]["r"]
    assert dots["customdata"] == [["a"], ["b"]]


def criteria_cells(theme: Theme = "light") -> dict[str, Any]:
    cells: dict[str, Any] = criteria_grid(criteria(), theme, lowest_text="thấp nhất")["data"][0]
    return cells


def test_criteria_stand_under_their_groups_in_order() -> None:
    figure = criteria_grid(criteria(), "light", lowest_text="thấp nhất")
    rows = figure["layout"]["yaxis"]["ticktext"]
    assert [rows[0], rows[2], rows[3]] == ["<b>Tiếp đón</b>", "Chào hỏi", "<b>Kết quả</b>"]
    assert rows[1] == rows[4]
    assert rows[1].startswith(SHOWN)
    assert figure["layout"]["xaxis"]["ticktext"] == ["Sơ kết", "Tổng kết"]
    assert [[plain(text) for text in row] for row in figure["data"][0]["text"]] == [
        ["", ""],
        ["v0.8 n=4", "v1.0 n=4"],
        ["v0.4 n=4 · thấp nhất", ""],
        ["", ""],
        ["–", "v0.7 n=4 · thấp nhất"],
    ]


def test_the_lowest_criterion_has_a_frame_and_high_is_strong() -> None:
    figure = criteria_grid(criteria(), "light", lowest_text="thấp nhất")
    framed = [(round(shape["x0"] + 0.47), round(shape["y0"] + 0.47)) for shape in figure["layout"]["shapes"]]
    assert framed == [(0, 2), (1, 4)]
    steps = figure["data"][0]["z"]
    assert steps == [[None, None], [3, 5], [0, None], [None, None], [0, 2]]
    assert criteria_cells()["colorscale"][-1][1] == mixed("#FFFFFF", tokens("light").blue, 0.4)


def picture(html: str) -> str:
    return base64.b64decode(html.partition("base64,")[2].partition('"')[0]).decode()


def test_sparkline_keeps_gaps_and_needs_two_points() -> None:
    html = sparkline(pl.Series([None, 1, 2, None, 3]), months(2024, 5), "light", colour="gray", alt=NASTY)
    path = re.search(r'<path d="([^"]*)"', picture(html))
    assert path
    assert path[1] == "M1 46.0h0.001L2 28.0M4 10.0h0.001"
    assert "<b>Xã" not in html
    assert sparkline(pl.Series([None, 2, None]), months(2024, 3), "light", colour="gray", alt="") == ""
    flat = sparkline(pl.Series([2, 2]), months(2024, 2), "light", colour="blue", alt="")
    assert "M0 28.0h0.001L1 28.0" in picture(flat)
    assert tokens("light").blue in picture(flat)


def test_sparkline_marks_without_words() -> None:
    html = sparkline(pl.Series([1.0] * 14), months(2024, 14), "dark", colour="orange", alt="x", marks=MARKS)
    drawn = picture(html)
    assert 'd="M5 0V56"' in drawn
    assert re.search(r'd="M1 0V56"[^/]*stroke-dasharray', drawn)
    assert 'd="M9 4h0.001"' in drawn
    assert drawn.count("<path") == 4, "the launch before the months shown has none"
    title = re.search('title="([^"]*)"', html)
    assert title
    assert unescape(title[1]).splitlines() == [NASTY, "01/06/2024", "B: thôi làm", "C: sơ kết"]


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
