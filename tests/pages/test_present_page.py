"""Trình chiếu through the dashboard: the list, slides drawn from every view, and what is added from a page."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from comparison.figures import slide_figures
from comparison.forms.enlarged import LEAST_TEXT, MOST_ROWS
from comparison.wording import say
from tests.helpers.page_words import htmls, markup, open_boxes, said, warned, words
from tests.helpers.pages import opened
from warehouse import snapshots
from warehouse.briefings import Briefing, Slide, delete_briefing, find_briefing, save_briefing

LINK = {"from": "2025-04-01", "to": "2025-06-30", "root": "district", "kind": "commune"}


@pytest.fixture(autouse=True)
def own_briefings(monkeypatch, tmp_path):
    """The shared data folders stay as they are: briefings are written elsewhere."""
    folder = tmp_path / "briefings"
    for module in ("warehouse.folders", "warehouse.briefings"):
        monkeypatch.setattr(f"{module}.own_briefings_folder", lambda: folder)
    return folder


def presented(**parameters: str) -> AppTest:
    return opened("present", **parameters)


def briefing(*slides: Slide, snapshot: str | None = None) -> str:
    return save_briefing(Briefing("thu", "Thử", slides, snapshot)).name


def title(app: AppTest) -> str:
    found = re.search(r'<h1 class="ds-slide-title">(.*?)</h1>', markup(app))
    return found[1] if found else ""


def test_the_district_itself_is_counted_by_its_word(small_district):
    of_district = LINK | {"kind": "district"}
    briefing(*(Slide(view, of_district) for view in ("tre-han-pheu", "tre-han-co-cau")))
    for number in ("1", "2"):
        assert title(presented(briefing="thu", slide=number))


@pytest.mark.parametrize("view", slide_figures())
def test_every_view_is_a_slide(small_district, view):
    unit = {"units": "xa-an-thuan-tay"} if view.startswith("dau-hieu") else {}
    unit |= {"units": "xa-an-thuan-tay,xa-tan-loc-trung"} if view.startswith("so-sanh") else {}
    app = presented(briefing=briefing(Slide(view, {**LINK, **unit})))
    assert title(app)
    assert "1\N{THIN SPACE}/\N{THIN SPACE}1" in words(app).replace("&thinsp;", "\N{THIN SPACE}")
    charts = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert len(charts) <= 1
    snapshot = snapshots.current_id()
    assert snapshot
    assert snapshot in words(app)
    for chart in charts:
        assert chart["layout"]["font"]["size"] == 30
        rows = chart["layout"]["yaxis"]["ticktext"]
        assert len(rows) <= max(MOST_ROWS, 22 if view == "lich-ho-so" else 0)
    for size in re.findall(r"font-size:([\d.]+)px", markup(app)):
        # The footer is the presenter's.
        assert float(size) >= LEAST_TEXT or size == "26"


def test_the_shipped_meeting_is_presented_in_both_languages(small_district):
    for language in ("vi", "en"):
        for number in range(1, 9):
            app = presented(briefing="hop-giao-ban-thang", slide=str(number), lang=language)
            assert title(app)
            assert not app.warning


def test_relative_periods_are_the_newest_whole_ones(small_district):
    app = presented(
        briefing=briefing(Slide("tre-han-don-vi", period="last_quarter"), Slide("o-so-lieu", period="last_month"))
    )
    assert "01/04–30/06/2025" in words(app)
    app = presented(briefing="thu", slide="2")
    assert "tháng 6/2025" in words(app)


def test_a_slide_says_what_part_it_is_of_and_which_rows_it_leaves_out(small_district):
    narrow = Slide("lich-ho-so", {**LINK, "units": "xa-an-thuan-tay", "fields": "dat-dai"})
    app = presented(briefing=briefing(narrow, Slide("tre-han-don-vi", LINK), Slide("don-vi", LINK)))
    assert "X. An Thuận Tây; Đất đai, Quý II/2025." in words(app)
    half = words(presented(briefing="thu", slide="2"))
    assert said("briefing.shown_most", shown="8", n="12") in half
    table = markup(presented(briefing="thu", slide="3"))
    assert say("vi", "briefing.shown_exceptions", shown="8", n="12") in table
    assert table.count('<th scope="row">') == MOST_ROWS
    assert "<a href" not in table


def test_a_table_says_how_many_rows_it_leaves_out(small_district):
    app = presented(briefing=briefing(Slide("tre-han-doi-hen", LINK)))
    assert said("briefing.shown_first", shown="8", n="13") in words(app)


def test_a_title_of_its_own_replaces_the_finding(small_district):
    app = presented(briefing=briefing(Slide("tre-han-don-vi", LINK, "Nơi *nào* <trễ>")))
    assert title(app) == "Nơi *nào* &lt;trễ&gt;"


def test_what_a_slide_cannot_show_is_said_in_its_place(small_district):
    views = [
        Slide("khong-co", LINK), Slide("dau-hieu-late", LINK), Slide("tre-han-pheu", LINK | {"kind": "department"}),
        Slide("o-noi-bat", LINK | {"from": "2015-01-01", "to": "2015-03-31"}),
        Slide("hai-long-don-vi", LINK | {"from": "2015-01-01", "to": "2015-03-31"}),
    ]  # fmt: skip
    then = "từ 01/01/2015 đến 31/03/2015"
    reasons = [
        "tre-han-pheu", said("briefing.one_unit_next"), said("briefing.departments_why"),
        said("empty.no_cases", range=then), said("empty.no_sheets", range=then),
    ]  # fmt: skip
    briefing(*views)
    for number, reason in enumerate(reasons, 1):
        assert reason in words(presented(briefing="thu", slide=str(number)))


def test_a_parameter_that_cannot_be_honoured_is_named_above_the_slide(small_district):
    app = presented(briefing=briefing(Slide("tre-han-don-vi", LINK | {"units": "xa-khong-co"})))
    assert "xa-khong-co" in warned(app)


def test_a_number_beyond_the_slides_is_the_nearest(small_district):
    briefing(Slide("o-so-lieu", LINK), Slide("tre-han-don-vi", LINK))
    last = title(presented(briefing="thu", slide="2"))
    assert title(presented(briefing="thu", slide="99")) == last
    first = title(presented(briefing="thu"))
    assert title(presented(briefing="thu", slide="hai")) == first != last


def test_a_slide_leads_to_its_neighbours_and_to_the_ends(small_district):
    app = presented(briefing=briefing(*(Slide("o-so-lieu", LINK) for _ in range(4))), slide="1")
    for button, number in (("last", 4), ("previous", 3), ("first", 1), ("next", 2)):
        app.button(key=f"slide-{button}").click().run()
        assert app.query_params["slide"] == str(number)


def test_the_list_starts_and_says_what_is_wrong(small_district, own_briefings):
    briefing(snapshot="2020-01-01-a")
    (own_briefings / "hong.toml").write_text("title = ", encoding="utf-8")
    app = presented(briefing="khong-co")
    assert said("briefing.missing", name="khong-co") in warned(app)
    assert "hong\\.toml" in app.error[0].value
    text = words(app)
    assert f"{said('briefing.slides', n='8')} · {said('briefing.newest')} · {said('briefing.shipped')}" in text
    pinned = said("briefing.pinned", snapshot="2020-01-01-a")
    assert f"{said('briefing.slides', n='0')} · {pinned} · {said('briefing.own')}" in text
    assert app.button(key="start-briefing-thu").disabled
    app.button(key="start-briefing-hop-giao-ban-thang").click().run()
    assert title(app)
    assert app.query_params["snapshot"] == snapshots.current_id()
    assert app.query_params["slide"] == "1"
    empty = presented(briefing="thu")
    assert said("briefing.no_slides", name="thu") in warned(empty)


def test_own_briefings_are_put_in_order_renamed_pinned_and_deleted(small_district):
    app = presented()
    app.button(key="copy-hop-giao-ban-thang").click().run()
    name = "hop-giao-ban-thang"
    before = find_briefing(name)
    assert before.is_own
    app.button(key=f"down-{name}-1").click().run()
    assert [slide.view for slide in find_briefing(name).slides[:2]] == ["o-noi-bat", "o-so-lieu"]
    app.button(key=f"remove-{name}-1").click().run()
    assert find_briefing(name).slides == (before.slides[0], *before.slides[2:])
    app.text_input(key=f"rename-{name}").set_value("Họp của huyện").run()
    app.selectbox(key=f"pin-{name}").set_value(snapshots.current_id()).run()
    assert (find_briefing(name).title, find_briefing(name).snapshot) == ("Họp của huyện", snapshots.current_id())
    app.text_input(key=f"rename-{name}").set_value("  ").run()
    assert find_briefing(name).title == "Họp của huyện"
    app.button(key=f"delete-{name}").click().run()
    assert not find_briefing(name).is_own
    delete_briefing(name)
    assert not app.exception


def test_a_filter_stays_in_the_address_and_not_in_the_file(small_district, own_briefings):
    briefing(Slide("tre-han-don-vi-linh-vuc", LINK))
    before = (own_briefings / "thu.toml").read_text(encoding="utf-8")
    app = presented(briefing="thu")
    whole = title(app)
    open_boxes(app, "slide-filter-button")
    app.button_group(key="choice-fields").set_value(["ho-tich"]).run()
    assert not app.exception
    assert app.query_params["fields"] == "ho-tich"
    assert app.query_params["briefing"] == "thu"
    assert "phường; Hộ tịch, Quý II/2025." in words(app)
    open_boxes(app, "slide-filter-button")
    app.button(key="slide-as-composed").click().run()
    assert title(app) == whole
    assert "Hộ tịch, Quý" not in words(app)
    assert "fields" not in app.query_params
    assert (own_briefings / "thu.toml").read_text(encoding="utf-8") == before


def test_a_unit_chosen_on_a_slide_opens_what_is_behind_it(small_district):
    app = presented(briefing=briefing(Slide("don-vi", LINK)))
    open_boxes(app, "slide-filter-button")
    app.selectbox(key="slide-unit-don-vi-0").set_value("xa-an-thuan-tay").run()
    assert not app.exception
    text = words(app)
    assert re.search(r"X\. An Thuận Tây: \d+ hồ sơ trễ trong \d+ hồ sơ đến hạn", text)
    assert "Tiếp nhận" in text


def test_nothing_but_the_slide_is_on_it(small_district):
    app = presented(briefing=briefing(Slide("tre-han-pheu", LINK)))
    labels = {block.proto.popover.label for block in app.get("popover")}
    assert labels == {say("vi", "briefing.filter")}
    assert not any("ds-tiles" in html for html in htmls(app))


def test_a_view_is_added_with_its_page_s_scope_and_parameters(small_district):
    app = opened("volume", **LINK, fields="dat-dai", lang="en")
    app.session_state["add-lich-ho-so"] = True
    app.query_params["calendar"] = "resolved"
    app.run()
    app.session_state["add-to-lich-ho-so"] = ""
    app.session_state["add-name-lich-ho-so"] = "Họp thử"
    app.session_state["add-title-lich-ho-so"] = "Đất đai"
    app.button(key="add-now-lich-ho-so").click().run()
    assert not app.exception
    made = find_briefing("hop-thu")
    assert made.snapshot == snapshots.current_id()
    (slide,) = made.slides
    assert (slide.view, slide.title) == ("lich-ho-so", "Đất đai")
    assert slide.link == {
        **LINK, "fields": "dat-dai", "compare": "year", "calendar": "resolved", "instrument": slide.link["instrument"],
    }  # fmt: skip
    # The next view goes to the same one, unless another is chosen.
    open_boxes(app, "add-tiep-nhan-don-vi")
    assert app.selectbox(key="add-to-tiep-nhan-don-vi").value == "hop-thu"
