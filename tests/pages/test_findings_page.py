"""Findings on the pages: the planted truths stand where they should, and no small good unit is ever among them."""

import re
import tomllib
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from comparison.wording import say
from tests.helpers.page_words import NBSP, behind, headings, open_boxes, page_title, said, words
from tests.helpers.pages import NOTHING, PAGES, opened, seen
from warehouse.folders import PROJECT

TRUTHS = tomllib.loads((PROJECT / "etl" / "demo" / "truths.toml").read_text(encoding="utf-8"))
YEARS = {"from": "2021-01-01", "to": "2025-06-30"}
WITH_FINDINGS = PAGES[:5]
SMALL = ("X. Cù Lao Sen", "X. Rạch Trâm")
LATE = ("X. An Thuận Tây", "X. Tân Lộc Trung")
CHANCE = "nếu thực ra không nơi nào khác nơi nào, ngẫu nhiên vẫn cho trung bình không quá"


def block(app: AppTest) -> str:
    found = [element.proto.body for element in app.get("html") if "ds-findings" in element.proto.body]
    assert len(found) <= 1
    return found[0] if found else ""


def told(app: AppTest) -> list[str]:
    """The sentences of the findings, in their order, each followed by what it rests on."""
    found = re.findall(r'<p class="sentence">(.*?)</p><p class="note">(.*?)</p>', block(app))
    return [unescape(re.sub("<[^>]*>", "", f"{sentence} {note}")).replace(NBSP, " ") for sentence, note in found]


def links(app: AppTest) -> list[str]:
    return [unescape(link) for link in re.findall(r'<a href="(.*?)"', block(app))]


def test_the_late_communes_come_first_where_all_years_are_looked_at(district):
    app = seen("overview", **YEARS)
    assert len(told(app)) == 3
    for unit, sentence in zip(LATE, told(app), strict=False):
        assert sentence.startswith(f"{unit} trễ ")
        assert "hồ sơ đất đai, gấp" in sentence
        assert "95 %:" in sentence
        assert "đã hiệu chỉnh cho" in sentence
    assert any("units=xa-an-thuan-tay" in link and "fields=dat-dai" in link for link in links(app))
    assert CHANCE in words(app)
    assert told(seen("lateness", **YEARS))[:2] == told(app)[:2]


def test_the_model_that_worked_is_told_and_leads_to_its_page(district):
    app = seen("overview")
    (model,) = [sentence for sentence in told(app) if "hài lòng rõ là tốt lên" in sentence]
    assert "Chưa tách được khỏi" in model
    assert any(f"model={TRUTHS['model']['code']}" in link for link in links(app))
    # Its own page says so in the title; the block there tells what the title does not.
    page = seen("models")
    assert "rõ là tốt lên" in page_title(page)
    assert not [sentence for sentence in told(page) if "rõ là tốt lên" in sentence]


def test_the_commune_explained_by_its_fields_is_never_called_late(district):
    for page in WITH_FINDINGS:
        for sentence in told(seen(page, **YEARS)):
            assert "X. Phước Thọ Đông" not in sentence or "không hơn kỳ vọng" in sentence


@pytest.mark.parametrize(
    "asked", [{}, YEARS, {"units": "xa-cu-lao-sen"}, {"units": "xa-rach-tram", **YEARS}, {"compare": "previous"}]
)
def test_the_small_communes_are_named_nowhere(district, asked):
    for page in WITH_FINDINGS:
        found = told(seen(page, **asked))
        assert not [sentence for sentence in found if any(small in sentence for small in SMALL)], page


def test_a_page_has_three_at_most_and_says_how_many_there_are(district):
    for page in WITH_FINDINGS:
        app = seen(page)
        assert len(told(app)) <= 3, page
    assert "Hiện 3 trong " in words(seen("overview"))


def test_where_nothing_passes_one_sentence_says_so(hn_tl):
    app = seen("overview", root="TL", **{"from": "2017-01-01", "to": "2017-04-28"})
    assert said("findings_block.nothing") in headings(app)
    assert told(app) == []


@pytest.mark.parametrize("page", WITH_FINDINGS[:4])
def test_without_data_there_is_no_such_block(small_district, page):
    app = seen(page, **NOTHING)
    assert told(app) == []
    assert said("findings_block.nothing") not in words(app)


def test_the_test_behind_a_finding_has_its_name_only_behind_the_button(small_district):
    app = open_boxes(opened("overview", **YEARS))
    shown = behind(app, say("vi", "source.method"))
    assert any("Holm (1979)" in text and "một phần trăm" in text for text in shown)
    assert not [sentence for sentence in told(app) if "Holm" in sentence]


def test_in_english(district):
    first = told(seen("overview", lang="en", **YEARS))[0]
    assert first.startswith("X. An Thuận Tây: ")
    assert "corrected for" in first


def test_on_its_own_page_a_finding_narrows_what_is_asked(small_district):
    app = seen("lateness", **YEARS)
    (own, *_) = [link for link in links(app) if link.startswith("tre-han?")]
    asked = dict(parse_qsl(urlsplit(own).query))
    assert asked["units"] == "xa-an-thuan-tay"
    assert asked["fields"] == "dat-dai"
    # What is asked already needs no way there.
    assert own not in links(seen("lateness", **asked))
