"""Every chart, table and list says how it is read, and behind "Cách tính" how it is calculated."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from comparison.measures import catalogue
from comparison.wording import messages, say
from tests.helpers.page_words import as_read, behind, htmls, open_boxes
from tests.helpers.pages import PAGES, opened

EVERY_PAGE = (*PAGES, "data", "definitions")
UNITS = "xa-an-thuan-tay,xa-dong-hoa-thuong,xa-tan-loc-trung"
# Our own tables by their classes, beside charts and data frames.
TABLES = re.compile(r'class="?(facts|ds-units|ds-side|checks)\b')
ASKED = [
    *((page, {}) for page in EVERY_PAGE),
    ("lateness", {"kind": "department", "on_time": "resolved", "from": "2024-01-01", "to": "2024-12-31"}),
    ("lateness", {"kind": "all", "on_time": "first_due", "from": "2021-01-01", "to": "2025-06-30"}),
    ("overview", {"units": "xa-an-thuan-tay"}),
    ("models", {"kind": "department"}),
    ("models", {"units": "xa-an-thuan-tay", "lang": "en"}),
    ("compare", {"units": UNITS, "from": "2021-01-01", "to": "2025-06-30"}),
    ("unit", {"units": "xa-an-thuan-tay", "from": "2021-01-01", "to": "2025-06-30"}),
]


def in_order(block: Any) -> Iterator[Any]:
    """Every element of a page from top to bottom, a popover as one of them."""
    for child in block.children.values():
        if hasattr(child, "children") and child.type != "popover":
            yield from in_order(child)
        else:
            yield child


def is_figure(element: Any) -> bool:
    if element.type == "html":
        return bool(TABLES.search(element.proto.body))
    return element.type in ("plotly_chart", "arrow_data_frame")


def unexplained(app: AppTest, button: str) -> list[str]:
    """The figures without a caption above them, or without a method under them; told by the title they stand under."""
    found: list[str] = []
    title, has_caption, waiting = "", False, ""
    for element in in_order(app.main):
        heading = re.search(r"<h2\b[^>]*>(.*?)</h2>", element.proto.body) if element.type == "html" else None
        if heading:
            if waiting:
                found.append(f"{waiting}: no method")
            title, has_caption, waiting = as_read(heading[1]), "ds-note" in element.proto.body, ""
        elif is_figure(element):
            if not has_caption:
                found.append(f"{title}: no caption")
            if waiting:
                found.append(f"{waiting}: no method")
            waiting = title or "untitled"
        elif element.type == "popover" and element.proto.popover.label == button:
            assert "".join(htmls(element)), title
            waiting = ""
    return [*found, *([f"{waiting}: no method"] if waiting else [])]


@pytest.mark.parametrize(
    ("page", "parameters"), ASKED, ids=lambda each: each if isinstance(each, str) else "&".join(each) or "default"
)
def test_every_figure_can_be_read_and_checked(small_district, page, parameters):
    app = open_boxes(opened(page, **parameters))
    button = say("en" if parameters.get("lang") == "en" else "vi", "source.method")
    assert unexplained(app, button) == []
    told = behind(app, button)
    figures = [element for element in in_order(app.main) if is_figure(element)]
    # Without a unit or several chosen there is nothing to see yet.
    assert len(told) >= len(figures) > 0 or (page in ("compare", "unit") and not parameters)
    assert all('<a href="dinh-nghia?' in each and "root=district" in each for each in told)


def test_the_definitions_of_a_figures_measures_follow_its_method(small_district):
    shown = map(as_read, behind(open_boxes(opened("volume")), say("vi", "source.method")))
    (told,) = [each for each in shown if say("vi", "method.online") in each]
    online = catalogue()["online_share"]
    assert f"\n{online.title_vi} – " in told
    assert f"({online.numerator_vi} ÷ {online.denominator_vi})" in told


def test_statistical_names_stand_behind_the_button_alone():
    names = re.compile(r"Wilson|Newcombe|Holm|Manski|Laney|Byar|mid-p|Poisson|nhị thức|binomial|Student", re.IGNORECASE)
    for language in ("vi", "en"):
        assert [
            key for key, text in messages(language).items() if names.search(text) and not key.startswith("method.")
        ] == []
