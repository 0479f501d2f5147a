"""The words of a page as HTML: names stand in them as they are, in English marked as Vietnamese."""

from collections.abc import Sequence
from typing import Any, Literal

import streamlit as st

from comparison.frame import elements
from comparison.measures.lists import data_names
from comparison.measures.memory import remembered
from comparison.question import Question
from comparison.wording import short_unit_name
from comparison.wording.marking import marked, name_pattern, whole
from comparison.wording.texts import Html, html_of, joined, markup
from warehouse.briefings import briefings
from warehouse.snapshots import Warehouse

_TITLES = "briefing-titles"
_TITLE = "font-size:1.6rem;font-weight:650;line-height:1.3;letter-spacing:-.005em;margin:0;padding:0"
_HEADING = "font-size:1.12rem;font-weight:600;line-height:1.4;margin:0;padding:0"
_NOTE = "font-size:14px;line-height:1.55;opacity:.72;margin:0"
_TEXT = "line-height:1.6;margin:0"


def show_html(v: Question, html: Html, **options: Any) -> None:
    """HTML with the names in it marked; `options` as those of st.html."""
    elements.html(marked(html, name_pattern(names_marked(v))) if v.language != "vi" else html, **options)


def show_text(v: Question, *paragraphs: str, **options: Any) -> None:
    """Paragraphs one below the other, with the options of `show_html`."""
    first, *others = (markup('<p class="ds-text" style="{}">{}</p>', _TEXT, each) for each in paragraphs)
    show_html(v, joined([first, *(markup('<div style="height:1rem"></div>{}', each) for each in others)]), **options)


def list_of(lines: Sequence[str]) -> Html:
    """Lines as a list of points."""
    items = joined(markup('<li style="{}">{}</li>', _TEXT, line) for line in lines)
    return markup('<ul style="margin:0;padding:0 0 0 1.2em">{}</ul>', items) if lines else Html()


def show_caption(v: Question, text: str, *, align: Literal["left", "center", "right"] = "left", **options: Any) -> None:
    """A line in the colour of notes, with the options of `show_html`."""
    show_html(v, _note(text, align), **options)


def show_title(v: Question, title: str, *notes: str) -> None:
    """The title of a page and the lines under it; empty lines are left out."""
    show_html(v, title_of(title) + joined(map(_note, filter(None, notes))))


def title_of(title: str) -> Html:
    """The title of a page."""
    return markup('<h1 style="{}">{}</h1>', _TITLE, title)


def show_heading(v: Question, title: str, note: str = "", *, below: Html = Html()) -> None:  # noqa: B008 # never changes
    """The title of a figure or list and how to read it; `below`: what comes after it."""
    show_html(v, markup('<h2 style="{}">{}</h2>{}{}', _HEADING, title, _note(note) if note else "", below))


def show_note(v: Question, text: str) -> None:
    """A line in the colour of notes, as wide as what stands beside it leaves."""
    # Without a width of its own it breaks into lines before its neighbours are pushed below it.
    show_html(v, markup('<div style="contain:inline-size;min-width:9rem">{}</div>', _note(text)), width="stretch")


def _note(text: str, align: str = "left") -> Html:
    aligned = f"{_NOTE};text-align:{align}" if align != "left" else _NOTE
    return markup('<p class="ds-note" style="{}">{}</p>', aligned, whole(html_of(text)))


def names_marked(v: Question) -> tuple[str, ...]:
    """What the data call by a Vietnamese name, to be marked; none in Vietnamese."""
    return () if v.language == "vi" else _names_there(v.warehouse, st.session_state[_TITLES])


def read_titles(v: Question) -> None:
    """Read once a run what briefings are called, for their names to be marked."""
    st.session_state[_TITLES] = () if v.language == "vi" else tuple(each.title for each in briefings()[0])


@remembered(8)
def _names_there(warehouse: Warehouse, titles: tuple[str, ...]) -> tuple[str, ...]:
    """The names that came with the data, units by their short names too, and those of briefings."""
    names = {*data_names(warehouse), *titles}
    return tuple(sorted({*names, *(short_unit_name(name) for name in names)}))
