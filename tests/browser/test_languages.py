"""Two languages, each whole: in English only names from the data are Vietnamese, and marked; in Vietnamese none is
English."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from comparison.measures.lists import data_names
from comparison.wording import messages, short_unit_name
from comparison.wording.marking import VIETNAMESE, name_pattern
from tests.helpers.browsing import opened, still
from warehouse.briefings import briefings
from warehouse.snapshots import open_snapshot

PERIOD = "from=2024-01-01&to=2024-12-31&root=district"
UNITS = {"so-sanh": "xa-an-thuan-tay,xa-phuoc-tho-dong", "ho-so-don-vi": "xa-an-thuan-tay"}
PAGES = (
    "", "khoi-luong", "tre-han", "hai-long", "mo-hinh", "so-sanh", "ho-so-don-vi", "trinh-chieu", "du-lieu",
    "dinh-nghia",
)  # fmt: skip
FOREIGN = re.compile(f"[{VIETNAMESE}]", re.IGNORECASE)
FILE = re.compile(r"[\w-]+\.(?:csv|xlsx)")
# Words that Streamlit says by itself, beside those of our own English.
STREAMLIT = {
    *("skip", "main", "content", "pages", "navigate", "home", "logo", "open"),
    *("close", "choose", "option", "clear", "running", "stop"),
}
# What the other language calls itself.
OWN_NAME = "Tiếng Việt"

# Every text and spoken attribute, with the language it is in. Not heard are pictures that are letters of a font.
_TEXTS = """
() => {
    const found = [], language = each => each.closest("[lang]").getAttribute("lang");
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const holder = texts.currentNode.parentElement;
        const words = texts.currentNode.nodeValue.trim();
        // A command is typed alike in every language.
        if (words && !holder.closest("script, style, noscript, [translate=no], [data-testid=stIconMaterial]"))
            found.push([language(holder), "", words]);
    }
    for (const name of ["aria-label", "alt", "title", "placeholder"])
        for (const each of document.querySelectorAll(`body [${name}]`))
            found.push([language(each), name, each.getAttribute(name)]);
    return found;
}
"""


def texts(page: Page) -> list[tuple[str, str, str]]:
    """Language, attribute ("" for text) and words of all that is on the page."""
    still(page)
    return [(language, name, words) for language, name, words in page.evaluate(_TEXTS)]


def link(address: str, path: str, language: str) -> str:
    units = f"&units={UNITS[path]}" if path in UNITS else ""
    return f"{address}/{path}?{PERIOD}{units}&lang={language}"


@pytest.fixture
def names(data: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every name of the data, one after the other."""
    monkeypatch.setenv("DOISANH_DATA", str(data))
    there = {*data_names(open_snapshot()), *(each.title for each in briefings()[0])}
    return "\n".join(sorted({*there, *map(short_unit_name, there)})).lower()


def words_of(language: str) -> set[str]:
    said = " ".join(re.sub(r"\{\w*\}", " ", text) for text in messages(language).values())
    return set(re.findall(r"[a-z]{3,}", said.lower()))


@pytest.mark.parametrize("path", PAGES)
class TestInTheBrowser:
    def test_english_has_no_vietnamese_but_marked_names(
        self, context: BrowserContext, address: str, path: str, names: str
    ) -> None:
        page = opened(context, link(address, path, "en"))
        page.wait_for_function("document.documentElement.lang === 'en'")
        found = [each for each in texts(page) if FOREIGN.search(each[2])]
        unmarked = [words for language, name, words in found if language != "vi" and not name]
        assert unmarked == []
        no_names = [words for _, name, words in found if not name and words != OWN_NAME and not is_of(words, names)]
        assert no_names == [], no_names
        # An attribute has no part of its own language: what is Vietnamese in it is a name all the same.
        pattern = name_pattern(tuple(names.split("\n")))
        left = [
            pattern.sub(lambda each: "" if is_of(each[0], names) else each[0], words)
            for _, name, words in found
            if name
        ]
        assert [words for words in left if FOREIGN.search(words)] == []

    def test_vietnamese_has_no_english(self, context: BrowserContext, address: str, path: str, names: str) -> None:
        page = opened(context, link(address, path, "vi"))
        page.wait_for_function("document.documentElement.lang === 'vi'")
        english = (words_of("en") | STREAMLIT) - words_of("vi") - set(re.findall(r"[a-z]{3,}", names))
        told = [words for language, _, words in texts(page) if language != "en" and not FOREIGN.search(words)]
        told = [words for words in told if not FILE.fullmatch(words)]
        assert [words for words in told if set(re.findall(r"[a-z]{3,}", words.lower())) & english] == []


def is_of(words: str, names: str) -> bool:
    """Whether it is a name or a part of one, as where a label is broken into lines or shortened."""
    return words.lower().strip(" .,:;…%0123456789()“”") in names


def test_the_switch_turns_the_page_and_the_document_and_back(context: BrowserContext, address: str) -> None:
    page = opened(context, link(address, "tre-han", "vi"))
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Reset")).to_be_visible()
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert "lang=en" in page.url
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("button", name="Đặt lại")).to_be_visible()
    page.wait_for_function("document.documentElement.lang === 'vi'")
