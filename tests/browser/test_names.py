"""Names that try to be something else are seen as they are written, on every page in both languages."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.helpers.browsing import heard, opened, still
from tests.helpers.hostile import HOST, RAN, ROOT, hostile

PERIOD = {"from": "2024-01-01", "to": "2024-12-31"}
DISTRICT = PERIOD | {"root": "district"}
UNITS = {"units": "xa-an-thuan-tay,xa-phuoc-tho-dong"}
ALONE = {"units": "xa-an-thuan-tay"}
OWN_ROOT = PERIOD | {"root": ROOT}
PAGES = (
    ("", DISTRICT), ("khoi-luong", DISTRICT), ("tre-han", DISTRICT), ("hai-long", DISTRICT), ("mo-hinh", DISTRICT),
    ("so-sanh", DISTRICT | UNITS), ("ho-so-don-vi", DISTRICT | ALONE), ("trinh-chieu", DISTRICT), ("du-lieu", DISTRICT),
    ("dinh-nghia", DISTRICT), ("trinh-chieu", {"briefing": "thu", "slide": "2"}),
)  # fmt: skip
# One unit or cell alone; a root and units whose codes are such names too; slides; addresses that are nothing else. In
# the language in which names are marked.
FURTHER = (
    ("", DISTRICT | ALONE), ("tre-han", DISTRICT | {"cell_unit": "xa-an-thuan-tay", "cell_field": "dat-dai"}),
    ("", OWN_ROOT | {"fields": hostile(1, "Lĩnh vực")}), ("khoi-luong", OWN_ROOT | {"units": hostile(2, "Xã Thử")}),
    ("trinh-chieu", {"briefing": "thu", "slide": "1"}), ("trinh-chieu", {"briefing": "thu", "slide": "3"}),
    ("tre-han", {name: hostile(at, name) for at, name in enumerate(("kind", "units", "fields", "snapshot", "x"))}),
    (quote("trang <u class=made>**made**"), DISTRICT),
)  # fmt: skip
# Elements, attributes and words that no page has of its own.
_MADE = f"""
() => {{
    const all = [...document.querySelectorAll("body *")];
    const made = all.filter(each => each.matches("iframe, .made, .katex, [onerror], [onload], [href^=javascript]")
        || (each.hostname ?? new URL(each.src || "data:", location).hostname) === "{HOST}"
        || (!each.children.length && each.textContent.trim() === "made")
        || (each.dataset.testid === "stIconMaterial" && each.textContent === "home"));
    const words = document.body.innerText;
    return [...made.map(each => each.outerHTML), ...(window.{RAN} ? ["a script ran"] : []),
        ...["😄", "\\\\*", "\\\\<", "&#34;", "&amp;lt;"].filter(each => words.includes(each))];
}}
"""


@pytest.fixture
def watched(context: BrowserContext, hostile_address: str) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser, and what it was asked for or told that is not of the server."""
    with heard(context) as seen:
        yield context, seen
    own = (hostile_address, "data:", "blob:", "ws://127.0.0.1")
    assert [each for each in seen if not each.startswith(own)] == []


def nothing_made(page: Page, address: str) -> None:
    assert page.evaluate(_MADE) == [], address
    assert page.locator("[data-testid=stException]").count() == 0, address


@pytest.mark.parametrize(("language", "opening"), [("vi", PAGES), ("en", PAGES + FURTHER)], ids=["vi", "en"])
def test_no_name_makes_an_element_a_request_or_a_dialog(
    watched: tuple[BrowserContext, list[str]], hostile_address: str, language: str,
    opening: tuple[tuple[str, dict[str, str]], ...],
) -> None:  # fmt: skip
    for path, asked in opening:
        address = f"{path}?{urlencode(asked | {'lang': language})}"
        page = opened(watched[0], f"{hostile_address}/{address}")
        still(page)
        nothing_made(page, address)
        page.close()


def test_a_name_is_read_as_it_is_written_in_titles_charts_tables_and_boxes(
    watched: tuple[BrowserContext, list[str]], hostile_address: str
) -> None:
    page = opened(watched[0], f"{hostile_address}/tre-han?{urlencode(DISTRICT | {'lang': 'en'})}")
    still(page)
    unit = hostile(11, "X. An Thuận Tây")
    for shown in (".ds-findings", ".facts"):
        assert unit in page.locator(shown).first.inner_text(), shown
    # A box says what it has, also where it reads Markdown.
    for box in (
        "choice-units-button",
        "choice-more",
        "numbers-tre-han-don-vi",
        "method-tre-han-don-vi",
        "add-tre-han-don-vi",
    ):
        page.locator(f".st-key-{box} button").first.click()
        opened_box = page.locator("[data-testid=stPopoverBody]")
        opened_box.wait_for()
        still(page)
        nothing_made(page, box)
        if box == "choice-units-button":
            assert unit in [
                each.replace("\N{WORD JOINER}", "") for each in opened_box.get_by_role("button").all_inner_texts()
            ]
        page.keyboard.press("Escape")
        opened_box.wait_for(state="hidden")
