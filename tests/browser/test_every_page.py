"""What holds of every page, seen in one opening of each in either language: it asks nobody but its own server; its
words are of one language, and in English names from the data are marked; axe-core finds nothing in it, light or dark,
that people who hear it, use no mouse or need contrast would miss."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it ships no types of its own
from playwright.sync_api import Page, expect

from comparison.measures.lists import data_names
from comparison.wording import messages, short_unit_name
from comparison.wording.marking import VIETNAMESE, name_pattern
from tests.helpers.browsing import Contexts, heard, opened, still
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


@dataclass(frozen=True)
class Opening:
    """A page as it stays, and all that was asked for meanwhile."""

    page: Page
    address: str
    asked: list[str]

    def texts(self) -> list[tuple[str, str, str]]:
        """Language, attribute ("" for text) and words of all that is on the page."""
        return [(language, name, words) for language, name, words in self.page.evaluate(_TEXTS)]


def opening(
    contexts: Contexts, address: str, path: str, language: str, scheme: Literal["light", "dark"]
) -> Iterator[Opening]:
    units = f"&units={UNITS[path]}" if path in UNITS else ""
    context = contexts.of(viewport={"width": 1366, "height": 900}, color_scheme=scheme)
    with heard(context) as asked:
        page = opened(context, f"{address}/{path}?{PERIOD}{units}&lang={language}")
        page.wait_for_function(f"document.documentElement.lang === '{language}'")
        still(page)
        yield Opening(page, address, asked)
    contexts.forget()


@pytest.fixture(scope="module", params=PAGES)
def vietnamese(request: pytest.FixtureRequest, kept_contexts: Contexts, address: str) -> Iterator[Opening]:
    """A page in Vietnamese, light."""
    yield from opening(kept_contexts, address, request.param, "vi", "light")


@pytest.fixture(scope="module", params=PAGES)
def english(request: pytest.FixtureRequest, kept_contexts: Contexts, address: str) -> Iterator[Opening]:
    """A page in English, dark."""
    yield from opening(kept_contexts, address, request.param, "en", "dark")


@pytest.fixture
def names(data: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every name of the data, one after the other."""
    monkeypatch.setenv("DOISANH_DATA", str(data))
    there = {*data_names(open_snapshot()), *(each.title for each in briefings()[0])}
    return "\n".join(sorted({*there, *map(short_unit_name, there)})).lower()


def words_of(language: str) -> set[str]:
    said = " ".join(re.sub(r"\{\w*\}", " ", text) for text in messages(language).values())
    return set(re.findall(r"[a-z]{3,}", said.lower()))


def is_of(words: str, names: str) -> bool:
    """Whether it is a name or a part of one, as where a label is broken into lines or shortened."""
    return words.lower().strip(" .,:;…%0123456789()“”") in names


def has_no_error_and_asks_nobody_else(opened: Opening) -> None:
    expect(opened.page.locator("[data-testid=stException]")).to_have_count(0)
    expect(opened.page.get_by_text("Page not found")).to_have_count(0)
    own = (opened.address, "data:", "blob:", "ws://127.0.0.1")
    assert [url for url in opened.asked if not url.startswith(own)] == []


def has_no_violation(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"][:3]]) for each in found] == []


class TestInVietnamese:
    def test_there_is_no_error_and_nobody_else_is_asked(self, vietnamese: Opening) -> None:
        has_no_error_and_asks_nobody_else(vietnamese)

    def test_no_word_is_english(self, vietnamese: Opening, names: str) -> None:
        english = (words_of("en") | STREAMLIT) - words_of("vi") - set(re.findall(r"[a-z]{3,}", names))
        told = [words for language, _, words in vietnamese.texts() if language != "en" and not FOREIGN.search(words)]
        told = [words for words in told if not FILE.fullmatch(words)]
        assert [words for words in told if set(re.findall(r"[a-z]{3,}", words.lower())) & english] == []

    def test_axe_finds_nothing_in_light(self, vietnamese: Opening) -> None:
        has_no_violation(vietnamese.page)


class TestInEnglish:
    def test_there_is_no_error_and_nobody_else_is_asked(self, english: Opening) -> None:
        has_no_error_and_asks_nobody_else(english)

    def test_only_names_are_vietnamese_and_they_are_marked(self, english: Opening, names: str) -> None:
        found = [each for each in english.texts() if FOREIGN.search(each[2])]
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

    def test_axe_finds_nothing_in_dark(self, english: Opening) -> None:
        has_no_violation(english.page)
