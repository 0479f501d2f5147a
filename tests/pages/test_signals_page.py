"""Tổng quan's icon table and the charts of one unit, read from the page: the planted truths, and no false alarm."""

import json
import re
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from comparison.measures import known
from comparison.wording import number
from comparison.wording.texts import label
from etl.demo.ground import truths
from tests.helpers.page_words import NBSP, headings, htmls, markup, open_boxes, said, warned, words
from tests.helpers.pages import opened, seen
from tests.helpers.signals_page import SIGNALS, WORSE, chart, flagged, icons
from warehouse.snapshots import open_snapshot

SMALL = (truths()["perfect"]["unit"], truths()["single_late"]["unit"])


def heads(app) -> list[str]:
    (html,) = [item.proto.body for item in app.get("html") if "ds-units" in item.proto.body]
    return [unescape(each) for each in re.findall(r'<th scope="col">(.*?)<small>', html)]


def titles(app) -> list[str]:
    return headings(app)


def months_charts(app: AppTest) -> dict[str, Any]:
    """Key -> figure of every chart of monthly signals, from top to bottom."""
    charts = app.get("plotly_chart")
    return {each.key: json.loads(each.proto.spec) for each in charts if each.key and "dau-hieu" in each.key}


def test_the_department_that_turned_worse_is_the_one_named(district):
    app = seen("overview", kind="department")
    assert said("signal.title_worse_one", unit="Phòng Kinh tế và Hạ tầng", n="một") in titles(app)
    found = icons(app)
    assert found[WORSE][heads(app).index("Đúng hạn") - 1] == "xấu đi"
    assert [unit for unit, told in found.items() if "xấu đi" in told] == [WORSE]
    assert "xấu đi</span>" in markup(app)
    (key,) = [each for each in htmls(app) if "ds-key" in each]
    assert "<p" not in key
    # Each department has fields of its own: a late share that one of them has alone compares nothing.
    assert not [head for head in heads(app) if head.startswith("Trễ")]


def test_its_chart_tells_since_when(district):
    app = opened("overview", kind="department", units=WORSE)
    figure = chart(app, "on_time")
    months = [re.match(r"(\d\d)/(\d{4})", text) for text in flagged(figure)]
    since = f"{truths()['worse']['from']:%Y-%m}"
    flags = [f"{each[2]}-{each[1]}" for each in months if each]
    assert len(flags) == len(months)
    assert min(flags) >= "2023-05"
    assert len([month for month in flags if month >= since]) >= 20
    (title,) = [each for each in titles(app) if each.startswith("Đúng hạn")]
    assert re.fullmatch(r"Đúng hạn 06/2025: \d+,\d %, xấu đi; mức thường 9\d,\d %", title)
    text = words(open_boxes(app))
    assert re.search(r"thấp hơn (mức|khoảng) thường", text)
    assert said("signal.power", cases="30", share="56 %") in text
    assert re.search(r"Hai luật chuỗi \(Anhøj.*?: có dịch chuyển", text)
    assert "chỉ tiêu 97 %" in json.dumps(figure, ensure_ascii=False).replace(NBSP, " ")


@pytest.mark.parametrize(
    "period", [{}, {"from": "2024-07-01", "to": "2024-09-30"}, {"from": "2022-01-01", "to": "2022-12-31"}]
)
def test_the_small_communes_are_flagged_nowhere(district, period):
    found = icons(seen("overview", **period))
    for unit in SMALL:
        assert not set(found[unit]) & set(SIGNALS), unit


@pytest.mark.parametrize("unit", SMALL)
def test_no_month_of_a_small_commune_is_a_signal(district, unit):
    app = opened("overview", units=unit)
    charts = months_charts(app)
    assert {key.rpartition("-")[2] for key in charts} >= {"on_time", "received"}
    for key, figure in charts.items():
        assert flagged(figure) == [], key
    behind = words(open_boxes(app))
    assert "phần lớn không thấy được" in behind
    assert said("signal.unit_quarters") in behind


def test_a_stable_commune_has_no_signal(district):
    app = seen("overview", units="xa-dong-hoa-thuong")
    assert titles(app)[1] == said("signal.title_usual_one")
    assert flagged(chart(app, "on_time")) == []
    assert "không có dấu hiệu" in words(app)


def test_the_models_gain_is_found_and_the_recorded_level_is_not_one(district):
    at = heads(seen("overview")).index("Hài lòng") - 1
    found = icons(seen("overview"))
    gained = {unit for unit in truths()["model"]["units"] if found[unit][at] == "tốt lên"}
    assert len(gained) == 3
    app = seen("overview", units="phuong-ben-thuy-dong")
    figure = chart(app, "satisfaction")
    told = json.dumps(figure, ensure_ascii=False).replace(NBSP, " ")
    assert "Mức mới" in str(figure["layout"]["annotations"])
    levels = {
        next(iter(trace["y"])) for trace in figure["data"] if trace["mode"] == "lines" and len(set(trace["y"])) == 1
    }
    assert len(levels) >= 2
    assert said("signal.rebase_hover", month="01/2024", reason="Bắt đầu mô hình") in told


def test_the_title_says_what_the_table_shows(district):
    app = seen("overview")
    found = icons(app)
    worse = sum("xấu đi" in told for told in found.values())
    better = sum("tốt lên" in told for told in found.values())
    assert (worse, better) == (0, 3)
    assert said("signal.title_none_worse_some_better", n="ba") in titles(app)
    judged = sum(word in (*SIGNALS, "như thường") for told in found.values() for word in told)
    # 1.7 of 100 months of a steady unit signal, by the simulations that Định nghĩa shows.
    alarms = number("vi", judged * 0.0172, 1)
    assert said("signal.table_note", month="06/2025", n=judged, alarms=alarms) in words(app)


def test_exceptions_alone(district):
    app = opened("overview")
    whole = icons(app)
    app.segmented_control(key="choice-show").set_value("exceptions").run()
    assert not app.exception
    only = icons(app)
    assert set(only) == {unit for unit, told in whole.items() if {*SIGNALS, "không đạt"} & set(told)} != set(whole)
    assert only == {unit: whole[unit] for unit in only}


def test_each_choice_of_units_stands_in_the_address(district):
    assert icons(opened("overview", show="exceptions")).keys() < icons(opened("overview")).keys()
    worse = opened("overview", kind="department", show="worse")
    assert list(icons(worse)) == [WORSE]
    assert label(said("signal.show_worse", n="1")) in worse.segmented_control(key="choice-show").options
    nobody = opened("overview", show="worse")
    assert said("signal.no_exceptions") in words(nobody)
    unknown = opened("overview", show="chua-co")
    assert said("parameter.show") in warned(unknown)
    assert len(icons(unknown)) == 12


def test_what_is_left_after_correction_is_a_part_of_the_signals(district):
    whole = icons(seen("overview", show="exceptions"))
    kept = icons(seen("overview", show="kept"))
    gained = {unit for unit, told in whole.items() if "tốt lên" in told}
    assert set() < set(kept) <= gained <= set(truths()["model"]["units"])
    # Eight months in a row are a signal; of so many cells looked at, one such may be chance.
    assert said("signal.no_exceptions") in words(seen("overview", kind="department", show="kept"))


def test_units_are_put_in_order_only_where_they_differ_beyond_chance(district):
    land = opened("overview", order="late")
    assert list(icons(land))[:2] == ["xa-an-thuan-tay", "xa-tan-loc-trung"]
    assert set(list(icons(land))[-2:]) == set(SMALL)
    assert said("order.note", by="trễ đất đai") in words(land)
    by_name = list(icons(opened("overview")))
    refused = opened("overview", order="on_time", **{"from": "2025-05-05", "to": "2025-05-06"})
    assert list(icons(refused)) == by_name
    assert said("order.refused", by="đúng hạn") in words(refused)
    both = list(icons(opened("overview", order="late", show="better")))
    assert both == [unit for unit in icons(land) if unit in both] != list(icons(land))
    departments = opened("overview", kind="department", order="on_time")
    assert said("order.other_work", by="đúng hạn") in words(departments)
    app = opened("overview")
    app.selectbox(key="choice-order").set_value("late").run()
    assert list(icons(app)) == list(icons(land))


def test_every_name_leads_to_its_charts(district):
    app = seen("overview")
    communes = [unit.code for unit in known(open_snapshot()).units_of("district", "commune")]
    assert list(icons(app)) == communes
    assert not months_charts(app)
    one = seen("overview", units=communes[0])
    assert [each.key for each in one.get("plotly_chart")] == [
        f"chart-dau-hieu-{name}" for name in ("received", "on_time", "late", "satisfaction")
    ]


def test_the_only_unit_of_the_table_leads_to_its_own_page(district):
    assert not [
        each for each in seen("overview").get("page_link") if label(said("overview.open_profile")) == each.proto.label
    ]
    (way,) = seen("overview", units=SMALL[0]).get("page_link")
    assert (way.proto.page, way.proto.label) == ("ho-so-don-vi", label(said("overview.open_profile")))
    assert f"units={SMALL[0]}" in way.proto.query_string


def test_a_single_month_is_no_course_of_time(hn_tl):
    unit = "hn-p-lao-dong"
    assert not months_charts(opened("overview", root="HN", units=unit, **{"from": "2023-01-01", "to": "2023-01-31"}))
    assert months_charts(opened("overview", root="HN", units=unit, **{"from": "2023-01-01", "to": "2023-03-31"}))


def test_too_few_months_for_a_signal_say_so(hn_tl):
    app = seen("overview", root="TL", **{"from": "2017-01-01", "to": "2017-04-28"})
    assert said("signal.table_note_none") in words(app)
    assert not any(icons(app).values())
    assert "Chỉ tiêu" not in heads(app)
    assert not [each for each in app.segmented_control if each.key == "choice-show"]


def test_months_around_tet_alone_have_no_usual_level(hn_tl):
    app = opened("overview", root="HN", kind="all", units="hn-p-lao-dong", **{"from": "2023-02-05", "to": "2023-02-28"})
    figure = chart(app, "received")
    assert "gần Tết" in words(app)
    assert "mức thường" not in json.dumps(figure["layout"], ensure_ascii=False).replace(NBSP, " ")


def test_in_english(district):
    app = seen("overview", lang="en", kind="department", units=WORSE)
    assert "Phòng Kinh tế và Hạ tầng is worse in one measure" in titles(app)
    for word in (*SIGNALS, "mức thường", "đợt", "chỉ tiêu", "Dấu hiệu", "gần Tết"):
        assert word not in words(app), word


def test_the_definitions_show_how_often_signals_are_wrong(small_district):
    app = opened("definitions")
    text = words(app)
    for key in ("funnels_simulated", "mixes_simulated", "signals_simulated"):
        assert said(f"definition.{key}") in text
    app.text_input(key="definition-search").set_value("dau hieu theo thang").run()
    assert said("definition.signals_simulated") in words(app)
    app.text_input(key="definition-search").set_value("phieu khao sat khong co").run()
    assert said("definition.signals_simulated") not in words(app)
