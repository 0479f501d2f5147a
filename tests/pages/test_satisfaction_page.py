"""Hài lòng through the dashboard: every figure is what its measure says, and what cannot be known is said so."""

import json
from datetime import date
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from comparison.findings.cells import lagging_item, least_satisfied
from comparison.forms.frames import satisfaction
from comparison.measures import known, measure
from comparison.measures.survey import responses
from comparison.scope import Period, Scope, Viewer, default_scope
from comparison.wording import percent, satisfaction_findings, say, short_unit_name
from comparison.wording.findings import Change, Share
from tests.helpers.examples import answer, as_of, case, load, office, write, write_sheets
from tests.helpers.page_words import NBSP, headings, markup, open_boxes, page_title, said, words
from tests.helpers.pages import HN, NOTHING, opened, seen
from warehouse.snapshots import open_snapshot

YEARLY = {"instrument": "SIPAS-XA", "from": "2024-10-01", "to": "2024-12-31"}


def scope_of(**changes: Any) -> Scope:
    return default_scope(known(open_snapshot()), "district").with_(**changes)


def spec(app: AppTest, key: str) -> Any:
    """The figure with this key."""
    return json.loads(next(chart for chart in app.get("plotly_chart") if chart.key == f"chart-{key}").proto.spec)


def there(app: AppTest, key: str) -> bool:
    return any(chart.key == f"chart-{key}" for chart in app.get("plotly_chart"))


def dots(figure: Any) -> dict[str, float]:
    """Code of the row -> value of its dot."""
    trace = next(each for each in figure["data"] if each.get("customdata"))
    return {codes[0]: value for codes, value in zip(trace["customdata"], trace["x"], strict=True)}


def column_texts(figure: Any) -> dict[str, str]:
    """Name of the row -> the text beside it, without its tags."""
    names = figure["layout"]["yaxis"]["ticktext"]
    notes = [each for each in figure["layout"]["annotations"] if each.get("yref") != "paper"]
    return {names[each["y"]]: each["text"].replace(NBSP, " ") for each in notes}


@pytest.mark.parametrize(
    ("by", "key"), [("unit", "hai-long-don-vi"), ("field", "hai-long-linh-vuc"), ("channel", "hai-long-hinh-thuc")]
)
def test_the_dots_and_bounds_are_what_the_measure_says(small_district, by, key):
    scope = scope_of()
    found = responses(open_snapshot(), scope, scope.compared(), Viewer(), (by,)).filter(pl.col("value").is_not_null())
    figure = spec(opened("satisfaction"), key)
    assert dots(figure) == dict(found.select(by, "value").iter_rows())
    bounded = found.filter(pl.col("bound_low").is_not_null())
    pale = next(trace for trace in figure["data"] if trace["mode"] == "lines" and trace["line"]["width"] > 10)
    drawn = {(low, high) for low, high in zip(pale["x"][::3], pale["x"][1::3], strict=True)}
    assert drawn == set(bounded.select("bound_low", "bound_high").iter_rows())
    assert bounded.height > 1


def test_n_response_and_badge_stand_beside_each_unit(small_district):
    scope = scope_of()
    found = responses(open_snapshot(), scope, scope.compared(), Viewer(), ("unit",))
    texts = column_texts(spec(seen("satisfaction"), "hai-long-don-vi"))
    badged = found.filter(pl.col("badge").is_in(["low_response", "response_shifted"]) & pl.col("value").is_not_null())
    assert badged.height > 0
    for row in found.to_dicts():
        text = texts[short_unit_name(row["unit_name"])]
        if row["is_hidden"]:
            assert text.endswith(">ẩn</span>")
        elif row["rate"] is not None and row["value"] is not None:
            assert f"{row['denominator']} · {percent('vi', row['rate'], 0)}".replace(NBSP, " ") in text
            assert (said("satisfaction.badge") in text) == (row["badge"] is not None)


def test_the_header_says_share_response_and_bounds(small_district):
    now = responses(open_snapshot(), scope_of(), None, Viewer()).row(0, named=True)
    app = seen("satisfaction")
    text = words(app)
    assert page_title(app) == say("vi", "finding.satisfied", share=percent("vi", now["value"]))
    assert f"{now['numerator']} hài lòng trong {now['denominator']} phiếu" in text
    low, high = (percent("vi", now[edge], 0) for edge in ("bound_low", "bound_high"))
    assert said("satisfaction.bounds", low=low, high=high) in text
    assert f"Phản hồi {percent('vi', now['rate'])}".replace(NBSP, " ") in text
    instrument = "Phiếu đánh giá sau khi trả kết quả"
    assert said("satisfaction.caption", instrument=instrument, scale="1–5", least="4", item="Hài lòng chung") in text
    assert said("satisfaction.several") in text


def test_items_have_shares_and_means(small_district):
    app = opened("satisfaction")
    figure = spec(app, "hai-long-cau-hoi")
    shares = measure(open_snapshot(), scope_of(), Viewer(), "item_satisfaction", ("item",))
    assert dots(figure) == dict(shares.select("item", "value").iter_rows())
    assert figure["layout"]["yaxis"]["ticktext"][-1] == "Hài lòng chung"
    for item, mean, high in (
        measure(open_snapshot(), scope_of(), Viewer(), "mean_score", ("item",))
        .select("item", "value", "high")
        .iter_rows()
    ):
        assert f"{mean:.2f} ± {high - mean:.2f}".replace(".", ",") in column_texts(figure)[item]


def test_the_map_has_every_unit_and_item_and_hides_what_is_hidden(small_district):
    cells = measure(open_snapshot(), scope_of(), Viewer(), "item_satisfaction", ("unit", "item"))
    heat = spec(seen("satisfaction"), "hai-long-don-vi-cau-hoi")
    shown = {text for row in heat["data"][0]["text"] for text in row}
    asked = cells["item"].n_unique() - 1  # the overall one is the figure of units
    assert len(heat["layout"]["xaxis"]["ticktext"]) == asked
    assert len(heat["layout"]["yaxis"]["ticktext"]) == cells["unit"].n_unique()
    hidden = cells.filter(pl.col("is_hidden") & (pl.col("item") != "Hài lòng chung")).height
    assert sum("ẩn" in text for row in heat["data"][0]["text"] for text in row) == hidden > 0
    assert not any("n&lt;5" in text for text in shown)


def test_months_carry_marks_and_leave_hidden_months_open(small_district):
    whole = {"from": "2023-07-01", "to": "2024-06-30"}
    month = spec(seen("satisfaction", **whole), "hai-long-thang")
    assert any("Một cửa đồng hành" in note["text"] for note in month["layout"]["annotations"])
    scope = scope_of(period=Period(date(2023, 7, 1), date(2024, 6, 30)))
    line = next(trace for trace in month["data"] if trace["mode"] == "lines+markers")
    assert line["y"] == measure(open_snapshot(), scope, Viewer(), "satisfaction", ("month",))["value"].to_list()
    few = seen("satisfaction", units="xa-cu-lao-sen", **{"from": "2021-01-01", "to": "2025-06-30"})
    assert not there(few, "hai-long-thang")
    assert said("empty.hidden_answers") in words(few)


def test_three_sheets_a_quarter_are_hidden_and_the_year_is_offered(small_district):
    app = seen("satisfaction", units="xa-cu-lao-sen", **{"from": "2024-04-01", "to": "2024-06-30"})
    text = words(app)
    assert page_title(app) == "X. Cù Lao Sen: hài lòng"
    assert not app.get("plotly_chart")
    hidden = said("satisfaction.all_hidden")
    assert hidden in text
    assert "from=2024-01-01&amp;to=2024-12-31" in markup(app)
    assert " %" not in text.split(hidden)[0].replace("95 %", "")
    year = seen("satisfaction", units="xa-cu-lao-sen", **{"from": "2024-01-01", "to": "2024-12-31"})
    assert there(year, "hai-long-cau-hoi")


def test_another_questionnaire_is_another_address_and_other_figures(small_district):
    app = opened("satisfaction", **{"from": "2024-10-01", "to": "2024-12-31"})
    before = page_title(app)
    app.button_group(key="choice-instrument-here").set_value("SIPAS-XA").run()
    assert not app.exception
    assert app.query_params["instrument"] == "SIPAS-XA"
    scope = scope_of(instrument="SIPAS-XA", period=Period(date(2024, 10, 1), date(2024, 12, 31)))
    value = measure(open_snapshot(), scope, Viewer(), "satisfaction")["value"][0]
    satisfied = say("vi", "finding.satisfied", share=percent("vi", value))
    assert page_title(app) == say("vi", "word.derived", title=satisfied) != before
    open_boxes(app, "choice-more")
    assert app.selectbox(key="choice-instrument").value == "SIPAS-XA"


def test_a_derived_index_is_called_one_and_has_no_response_rate(small_district):
    app = seen("satisfaction", **YEARLY)
    text = words(app)
    assert said("satisfaction.not_tied") in text
    assert "Nếu người không trả lời" not in text
    instrument = "Phiếu khảo sát mức độ hài lòng hằng năm cấp xã"
    assert said("satisfaction.caption_derived", instrument=instrument, scale="1–5", least="4") in text
    assert not there(app, "phan-hoi-thang")
    titles = headings(app)
    assert sum(each.endswith("(chỉ số suy ra)") for each in titles) == 3  # units, fields, rounds
    assert len(titles) == 6
    units = spec(app, "hai-long-don-vi")
    assert not any(trace["x"] for trace in units["data"] if trace["mode"] == "lines" and trace["line"]["width"] > 10)


def test_a_quarter_without_the_yearly_survey_leads_to_the_last_one(small_district):
    app = seen("satisfaction", instrument="SIPAS-XA")
    text = words(app)
    assert page_title(app) == say("vi", "finding.satisfied_none")
    assert said("empty.last_sheets", month="11/2024") in text
    assert "from=2024-10-01&amp;to=2024-12-31" in markup(app)
    assert "instrument=SIPAS-XA" in markup(app)
    line = next(trace for trace in spec(app, "hai-long-thang")["data"] if trace["mode"] == "lines+markers")
    assert sum(value is not None for value in line["y"]) == 4


def test_a_place_without_any_survey_says_so(hn_tl):
    app = seen("satisfaction", **HN)
    assert page_title(app) == say("vi", "satisfaction.no_instrument")
    assert not app.get("plotly_chart")


def test_nothing_in_the_period_is_neither_zero_nor_hundred(small_district):
    text = words(seen("satisfaction", **NOTHING))
    assert said("empty.see_latest") in text
    assert "0,0 %" not in text
    assert "100 %" not in text


def two_years(tmp_path: Any, before: tuple[int, int], after: tuple[int, int]) -> AppTest:
    """An office asked in March of two years: (satisfied, sheets) of 200 closings each."""
    office()
    cases, sheets = [], []
    for year, (pleased, answered) in ((2022, before), (2023, after)):
        for number in range(200):
            code = f"H-{year}-{number:03}"
            day = date(year, 3, 9)
            cases.append(
                case(
                    case_code=code,
                    received_at=date(year, 3, 1),
                    due_at=date(year, 3, 10),
                    finished_at=day,
                    status="finished",
                )
            )
            if number < answered:
                sheets.append(answer(case_code=code, answered_on=day, score=5 if number < pleased else 2))
    banner = as_of("2023-04-30")
    write(tmp_path / "xuat" / "ho-so.csv", cases, banner=banner)
    write_sheets(tmp_path / "xuat" / "phieu.csv", sheets, banner=banner)
    assert load(tmp_path / "xuat")["exit"] == 0
    return opened("satisfaction", kind="commune", compare="year", **{"from": "2023-03-01", "to": "2023-03-31"})


@pytest.mark.parametrize(
    ("before", "after", "ending", "why"),
    [
        ((60, 100), (95, 110), "hài lòng, tăng 26,4 điểm", ""),
        ((60, 100), (38, 40), "hài lòng", said("satisfaction.shifted", before="50,0 %", now="20,0 %")),
        ((12, 18), (16, 16), "Hài lòng", said("satisfaction.few_now")),
    ],
)
def test_a_change_is_claimed_only_between_the_same_kind_of_people(tmp_path, before, after, ending, why):
    app = two_years(tmp_path, before, after)
    assert page_title(app).replace(NBSP, " ").endswith(ending)
    assert why in words(app)
    assert ("Không so được hai kỳ" in words(app)) == bool(why)


def test_titles_of_a_derived_index_and_of_long_names_fit():
    many, few = Share(90, 100), Share(20, 24)
    rise = Change(many, Share(50, 100), is_clear=True)
    title = satisfaction_findings.satisfied_title("vi", many, rise, is_derived=True)
    assert title.replace(NBSP, " ") == "90,0 % người trả lời hài lòng, tăng 40,0 điểm (chỉ số suy ra)"
    assert satisfaction_findings.satisfied_title("vi", few, None, is_derived=True) == "Hài lòng"
    named = satisfaction_findings.items_title("vi", [0.5, 0.9], ("Thời gian giải quyết", Share(50, 100)))
    assert named.replace(NBSP, " ") == "Thời gian giải quyết kém hơn các câu khác: 50,0 %"
    long = satisfaction_findings.items_title("vi", [0.5, 0.9], ("Câu hỏi rất dài " * 5, Share(50, 100)))
    assert long.replace(NBSP, " ") == "Một câu kém hơn hẳn các câu khác: 50,0 %"
    many_items = satisfaction_findings.items_title("vi", [0.72, 0.724, 0.728], None)
    assert many_items.replace(NBSP, " ") == "Ba câu hỏi riêng: 72,0–72,8 % hài lòng"
    assert satisfaction_findings.items_title("vi", [0.72], None) == "Hài lòng theo từng câu hỏi"
    two = [("A", "Giá", Share(50, 100)), ("B", "Giá", Share(50, 100))]
    assert satisfaction_findings.item_cells_title("vi", two).startswith("Hai ô kém hẳn")
    one = satisfaction_findings.groups_title("vi", "units_satisfied", [], [("X. A", many)], is_derived=False)
    assert one.replace(NBSP, " ") == "X. A kém hài lòng hơn hẳn nơi khác: 90,0 %"
    assert (
        satisfaction_findings.groups_title("vi", "units_satisfied", [], [], is_derived=False) == "Hài lòng theo đơn vị"
    )


def shares(rows: list[tuple[str, int, int]], by: str) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={by: pl.String, "numerator": pl.Int64, "denominator": pl.Int64}, orient="row")
    return frame.with_columns(value=pl.col("numerator") / pl.col("denominator"))


def test_the_lagging_item_is_named_only_where_it_clearly_lags():
    clear = shares([("Chung", 10, 400), ("Giá", 200, 400), ("Hẹn", 360, 400), ("Lời", 350, 400)], "item")
    assert lagging_item(clear, "Chung") == ("Giá", Share(200, 400))
    close = shares([("Giá", 340, 400), ("Hẹn", 352, 400), ("Lời", 350, 400)], "item")
    assert lagging_item(close, None) is None
    assert lagging_item(clear.head(2), "Chung") is None


def test_a_unit_stands_out_only_beside_enough_others_and_without_a_badge():
    rows = shares([("a", 200, 400), ("b", 350, 400), ("c", 352, 400)], "unit")
    assert [row["unit"] for row in least_satisfied(rows)] == ["a"]
    badged = rows.with_columns(badge=pl.when(pl.col("unit") == "a").then(pl.lit("low_response")))
    assert least_satisfied(badged) == []
    assert satisfaction.compared(badged) == [0.875, 0.88]
    assert satisfaction.values_if_all_compared(badged) == []
    assert satisfaction.values_if_all_compared(rows) == [0.5, 0.875, 0.88]
    # Many beside few: the tail alone would flag it, though the others' own share is not sure.
    few = shares([("online", 528, 647), ("counter", 203, 235)], "channel")
    assert least_satisfied(few) == []
    by_item = shares([("a", 50, 100), ("b", 50, 100), ("c", 95, 100), ("d", 95, 100)], "unit").with_columns(
        item=pl.Series(["x", "x", "y", "y"])
    )
    assert least_satisfied(by_item, "item") == []
