"""The figures of Trễ hạn and what goes into them: marks, lines, labels and words as the numbers have them."""

import json
from itertools import combinations
from typing import Any

import numpy as np
import pandas  # noqa: F401 - before plotly, which otherwise imports it late
import plotly.graph_objects as go
import polars as pl
import pytest

from comparison.findings.explained import explaining_field
from comparison.forms.distribution import distribution
from comparison.forms.dumbbell import dumbbell
from comparison.forms.frames import case_mix, departments, funnel, late_details
from comparison.forms.funnel import funnel as draw
from comparison.forms.template import LETTER, Figure
from comparison.forms.tokens import DARK, LIGHT, Theme
from comparison.measures.adjusted import Adjusted
from comparison.statistics.case_mix import expected_late, mix_effect
from comparison.statistics.funnel_lines import lines
from comparison.wording import lateness_findings, say
from comparison.wording.findings import Share
from tests.helpers.drawing import NASTY, SHOWN, THEMES, percent
from tests.helpers.shares import answer

# One unit a row: (code, name, late, cases).
POINTS = [
    ("a", NASTY, 120, 1000),
    ("b", "X. Xấu kề", 119, 1010),
    ("c", "X. Xấu gần", 121, 990),
    ("d", "X. Tốt", 5, 1200),
    ("e", "X. Thường", 40, 1000),
    ("f", "X. Nhỏ", 1, 20),
]
STANDING = ["worse", "worse", "worse", "better", "usual", "few"]


def points(chosen: str = "") -> pl.DataFrame:
    frame = pl.DataFrame(POINTS, schema=["unit", "name", "late", "n"], orient="row")
    return frame.with_columns(
        value=pl.col("late") / pl.col("n"), text=pl.format("{} %", "late"), hover=pl.lit(NASTY),
        standing=pl.Series(STANDING), is_chosen=pl.col("unit") == chosen,
    )  # fmt: skip


def limits() -> pl.DataFrame:
    n = np.linspace(25, 1270, 60).round()
    found = lines(n, 0.04, 0.0001)
    return pl.DataFrame({"n": n, **vars(found)})


def draw_funnel(theme: Theme, chosen: str = "", **options: Any) -> Figure:
    return draw(
        points(chosen), limits(), theme, value_text=percent, count_text=lambda n: f"{n:.0f}", axis_text=NASTY,
        line_texts=("95 %", "99,8 %"), centre=(0.04, "4 %"), **options,
    )  # fmt: skip


def pairs() -> pl.DataFrame:
    rows = [
        ("a", NASTY, 0.08, 0.09, "more", "2,62", "(2,07–3,27)", True),
        ("b", "X. Cơ cấu", 0.06, 0.03, "usual", "0,99", "(0,77–1,24)", False),
        ("c", "X. Ít", 0.02, 0.03, "few", "1,11", "(0,30–2,84)", False),
        ("d", "X. Không", 0.01, None, "few", "–", "", False),
    ]
    names = ["unit", "name", "raw", "adjusted", "standing", "text", "range_text", "is_chosen"]
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(hover=pl.lit(NASTY))


def draw_pairs(theme: Theme) -> Figure:
    return dumbbell(pairs(), theme, value_text=percent, overall=(0.037, NASTY), column_head=NASTY)


def draw_days(theme: Theme) -> Figure:
    days = pl.DataFrame({"days": [1, 2, 3, 40], "n": [50, 30, 15, 5]})
    bins = late_details.day_bins(days, "vi").with_columns(hover=pl.lit(NASTY))
    return distribution(bins, theme, axis_text=NASTY, marks=((2, NASTY),), accent_from=3)


FIGURES = {"funnel": draw_funnel, "dumbbell": draw_pairs, "distribution": draw_days}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("form", FIGURES)
def test_every_figure_is_plain_valid_and_escaped(form, theme):
    figure = FIGURES[form](theme)
    text = json.dumps(figure, ensure_ascii=False, allow_nan=False)
    assert "<b>Xã" not in text
    assert SHOWN in text
    assert "layout" not in go.Figure(**figure).to_dict()["layout"]["template"]
    assert figure["layout"]["separators"] == ",."


def marker(figure: Figure, trace: int = -1) -> dict[str, tuple[str, int, str]]:
    """Unit -> symbol, size and fill."""
    drawn = figure["data"][trace]
    return {
        codes[0]: (symbol, size, fill)
        for codes, symbol, size, fill in zip(
            drawn["customdata"],
            drawn["marker"]["symbol"],
            drawn["marker"]["size"],
            drawn["marker"]["color"],
            strict=True,
        )
    }


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_the_funnel_tells_its_units_apart_by_shape_as_well(theme, colours):
    found = marker(draw_funnel(theme))
    assert found["a"] == ("diamond", 12, colours.orange)
    assert found["d"] == ("circle", 11, colours.blue)
    assert found["e"] == ("circle", 9, colours.soft)
    assert found["f"] == ("circle", 7, colours.bg)


def boxes(figure: Figure, width: int = 440, height: int = 338) -> dict[str, tuple[float, float, float, float]]:
    """Where the names stand, px: text -> left, top, right, bottom."""
    (low, high), (bottom, top) = figure["layout"]["xaxis"]["range"], figure["layout"]["yaxis"]["range"]
    found = {}
    for note in figure["layout"]["annotations"]:
        if note.get("yref") == "paper" or not note["text"].startswith("<b>"):
            continue
        bare = note["text"].replace("<b>", "").replace("</b>", "").replace("&lt;", "<").replace("&gt;", ">")
        x = (note["x"] - low) / (high - low) * width + note["xshift"]
        y = (top - note["y"]) / (top - bottom) * height - note["yshift"]
        wide = len(bare) * LETTER
        left = x - wide if note["xanchor"] == "right" else x
        found[bare] = (left, y - 9, left + wide, y + 9)
    return found


def test_the_flagged_and_the_chosen_are_named_with_their_values_and_nobody_else():
    named = boxes(draw_funnel("light"))
    assert {name.split()[-2] for name in named} == {"120", "119", "121", "5"}
    assert len(boxes(draw_funnel("light", chosen="e"))) == len(named) + 1


def test_names_of_neighbours_do_not_lie_on_each_other():
    for one, other in combinations(boxes(draw_funnel("light")).values(), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 1 or other[3] <= one[1] + 1


def test_the_lines_are_those_of_the_statistics_and_labelled_at_their_ends():
    figure = draw_funnel("light", target=(0.03, "chỉ tiêu 3 %"))
    drawn = [trace["y"] for trace in figure["data"] if trace["mode"] == "lines"]
    assert drawn == [limits()[name].to_list() for name in ("low_998", "low_95", "high_95", "high_998")]
    ends = [note["text"] for note in figure["layout"]["annotations"] if note.get("yref") == "paper"]
    assert sorted(ends) == sorted(["4 %", "chỉ tiêu 3 %", "95 %", "95 %", "99,8 %", "99,8 %"])
    levels = [shape["y0"] for shape in figure["layout"]["shapes"]]
    assert levels == [0.04, 0.03]


def test_the_dumbbell_draws_raw_hollow_adjusted_filled_and_few_in_grey():
    figure = draw_pairs("light")
    bar, raw, adjusted = figure["data"]
    assert bar["x"][:3] == [0.08, 0.09, None]
    assert len(bar["x"]) == 9  # without an adjusted share there is no bar
    assert raw["marker"]["color"] == LIGHT.bg
    assert marker(figure)["a"][0] == "diamond"
    assert [fill for _, _, fill in marker(figure).values()] == [LIGHT.orange, LIGHT.mark, LIGHT.soft]
    assert adjusted["x"] == [0.09, 0.03, 0.03]
    names = figure["layout"]["yaxis"]["ticktext"]
    assert names[0].startswith("<b>")
    assert LIGHT.muted in names[2]
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert any(">2,62</span>" in text and "(2,07–3,27)" in text and LIGHT.orange in text for text in texts)


def test_bars_of_days_keep_empty_days_and_take_the_far_ones_together():
    days = pl.DataFrame({"days": [1, 3, 60, 90], "n": [50, 40, 1, 2]})
    bins = late_details.day_bins(days, "vi")
    assert bins["value"].to_list() == [50, 0, 40, *[0] * 11, 3]
    assert bins["label"][-1] == "≥ 15"
    assert say("vi", "days_late.hover_rest", days="15", n="3") in bins["hover"][-1]
    assert late_details.middle_and_ninetieth(days) == (1, 3)
    assert late_details.middle_and_ninetieth(pl.DataFrame({"days": [0, 5], "n": [1, 1]})) == (0, 5)


def test_time_used_counts_what_ended_within_it():
    used = pl.DataFrame({"share_from": [0.1, 0.4, 0.9, 2.0], "share_to": [0.2, 0.5, 1.0, None], "n": [1, 2, 4, 8]})
    assert late_details.within(used, 0.5) == Share(3, 15)
    assert late_details.within(used, 1.0) == Share(7, 15)
    bins = late_details.time_bins(used, "vi")
    assert bins["value"].sum() == 15
    assert bins.height == 21
    assert bins["label"][-1].startswith(">")


def test_the_pairs_that_make_half_stop_there():
    frame = pl.DataFrame(
        {"unit": ["a", "b", "c"], "unit_name": ["A", "B", "C"], "procedure_name": ["p"] * 3, "late": [5, 3, 2]}
    )
    rows = late_details.half_rows(frame)
    assert rows["unit"].to_list() == ["a"]
    assert rows["part"].to_list() == rows["cumulative"].to_list() == [0.5]


def test_small_units_are_points_but_never_named():
    by_unit = answer([(30, 100, 0), (0, 20, 0), (1, 3, 0), *[(2, 100, 0)] * 8], unit=list("abcdefghijk"),
                     unit_name=[f"Xã {letter}" for letter in "abcdefghijk"])  # fmt: skip
    found = funnel.late_funnel(by_unit)
    judged = funnel.judged(by_unit, found)
    shown = funnel.funnel_points(judged, ("b",), "vi")
    assert "c" not in shown["unit"].to_list()
    assert dict(shown.select("unit", "standing").iter_rows())["b"] == "few"
    assert funnel.named(judged) == (["X. a"], [])
    assert funnel.by_chance(found) == pytest.approx(9 * 0.002)
    nothing = answer([(0, 100, 0)] * 9, unit=list("abcdefghi"))
    assert funnel.funnel_lines(nothing, funnel.late_funnel(nothing)).is_empty()


def mixed() -> tuple[Adjusted, pl.DataFrame]:
    """Nine units alike in two fields; "a" has much of the late field, "b" is late itself."""
    codes = list("abcdefghi")
    late = [[80, 1], [80, 9], *[[20, 9]] * 7]
    cases = [[800, 100], [200, 900], *[[200, 900]] * 7]
    found = expected_late(late, cases)
    units = tuple((code, f"Xã {code}") for code in codes)
    cells = answer(
        [(x, n, 0) for xs, ns in zip(late, cases, strict=True) for x, n in zip(xs, ns, strict=True)],
        unit=[code for code in codes for _ in range(2)],
        field=["land", "civil"] * 9,
        field_name=["Đất đai", "Hộ tịch"] * 9,
    )
    return Adjusted(units, found, mix_effect(late, cases, found)), cells


def test_later_than_expected_stands_on_top_and_the_rest_in_order():
    adjusted, cells = mixed()
    frame = case_mix.mix_frame(adjusted)
    assert frame["unit"].to_list()[0] == "b"
    usual = frame.filter(pl.col("lateness") == "usual")["unit"].to_list()
    assert usual == sorted(usual)
    assert dict(frame.select("unit", "lateness").iter_rows())["b"] == "more"
    assert frame.filter(pl.col("unit") == "a")["mix"][0] > 0.03
    field = explaining_field(cells, "a")
    assert field is not None
    assert (field.field, round(field.own, 3), round(field.others, 3)) == ("Đất đai", 0.889, 0.182)
    assert explaining_field(cells.filter(pl.col("unit") == "a"), "a") is None
    numbers, shares, _ = case_mix.mix_numbers(frame, "vi")
    assert numbers.height == 9
    assert shares <= set(numbers.columns)


def test_a_department_is_worse_only_beyond_chance():
    now = answer([(60, 200, 0), (3, 20, 0), (10, 200, 0), (0, 0, 3)], unit=list("abcd"), unit_name=list("ABCD"))
    before = answer([(10, 200, 0), (0, 200, 0), (9, 200, 0)], unit=list("abc"), unit_name=list("ABC"))
    rows = departments.beside_themselves(now, before, "vi")
    assert rows["verdict"].to_list() == ["worse", "few", "usual"]
    assert rows["now"].to_list() == [0.3, 0.15, 0.05]
    assert departments.beside_themselves(now, None, "vi")["verdict"].to_list() == ["", "", ""]
    assert departments.beside_themselves(before, now, "vi")["verdict"].to_list()[0] == "better"


def test_only_fields_of_two_departments_are_shared():
    cells = answer(
        [(1, 30, 0), (2, 30, 0), (3, 40, 0), (0, 0, 5)], unit=["a", "b", "a", "b"], field=["f", "f", "g", "g"]
    )
    shared, covered = departments.shared_fields(cells)
    assert shared["field"].unique().to_list() == ["f"]
    assert covered == 0.6


def test_titles_name_units_while_they_fit():
    title = lateness_findings.funnel_title
    assert title("vi", ["X. Hiệp Phước"], ["P. Đông Hòa"]).endswith("; P. Đông Hòa trễ ít hơn hẳn")
    assert title("vi", ["X. A", "X. B"], []).startswith("X. A và X. B trễ hơn hẳn nơi khác")
    assert title("vi", ["X. A", "X. B", "X. C"], []).startswith("Ba đơn vị trễ hơn hẳn nơi khác")
    assert title("en", [], []) == "No unit is clearly later or less late than elsewhere"
    long = ["Xã Rất Là Dài Của Huyện Một", "Xã Rất Là Dài Của Huyện Hai"]
    assert title("vi", long, []).startswith("Hai đơn vị")
    adjusted = lateness_findings.adjusted_title
    assert adjusted("vi", ["X. A"], ["X. B"], []) == "X. A trễ do cơ cấu hồ sơ; X. B thì không"
    assert adjusted("vi", ["X. A"], long, []) == "X. A trễ do cơ cấu hồ sơ; hai đơn vị thì không"
    assert adjusted("en", ["X. A"], ["X. B", "X. C"], []) == "X. A is late due to its case mix; X. B and X. C are not"
    assert adjusted("en", ["X. A", "X. B"], ["X. C"], []) == "X. A and X. B are late due to their case mix; X. C is not"
    assert adjusted("en", ["X. A"], [], []) == "X. A is late due to its case mix, as expected"
    assert adjusted("vi", [], [], ["X. C"]) == "X. C trễ ít hơn hẳn kỳ vọng của mình"
    assert adjusted("vi", [], [], []) == "Tính cơ cấu hồ sơ, không đơn vị nào khác hẳn kỳ vọng"
    half = lateness_findings.half_procedures_title
    told = "52\N{NO-BREAK SPACE}% số hồ sơ trễ nằm ở năm thủ tục, tính riêng từng đơn vị"
    assert half("vi", Share(52, 100), 5, 40) == told
    assert half("vi", Share(52, 100), 20, 40) == half("vi", Share(12, 20), 1, 40) == "Hồ sơ trễ theo đơn vị và thủ tục"
    ways = lateness_findings.definitions_title
    assert ways("vi", [Share(9, 10), Share(8, 10)]) == "Ba cách tính đúng hạn"
    assert ways("en", [Share(90, 100), Share(90, 100)]) == "All three ways of counting give 90.0% on time"
