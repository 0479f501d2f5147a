"""How a figure is calculated: its own sentences, the definitions of the measures in it, and the way to all of them."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import cache

import streamlit as st

from comparison.frame.briefing_add import add_popover
from comparison.frame.folded import folded, part
from comparison.frame.words import list_of, show_html, show_note, show_text
from comparison.measures import catalogue
from comparison.question import Question
from comparison.scope import Language
from comparison.wording.texts import bold, markup, sentences

# The popover is as wide as what is in it; lines longer than this are not read, px.
_WIDTH = 520


def method_popover(v: Question, text: str, measures: Sequence[str], key: str) -> None:
    """The button that opens a method: its text, a line a measure, and a link to the definitions in the same scope.

    Stands in a `part`."""
    folded(v.say("source.method"), f"method-{key}", lambda: _show(v, text, measures), type="tertiary")


def source_container(key: str) -> AbstractContextManager[object]:
    """The row under a figure: what it rests on, and its buttons."""
    return st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="right", key=f"source-row-{key}"
    )


@part
def method_row(v: Question, source: str, text: str, key: str, measures: Sequence[str] = ()) -> None:
    """Under what has no table of numbers: what it rests on at the left, at the right how it is calculated."""
    with source_container(key):
        show_note(v, source)
        method_popover(v, text, measures, key)
        add_popover(v, key)


def _show(v: Question, text: str, measures: Sequence[str]) -> None:
    if text:
        show_text(v, text, width=_WIDTH)
    if measures:
        show_html(v, list_of([_defined(v.language, name) for name in dict.fromkeys(measures)]), width=_WIDTH)
    link = markup('<a href="{}">{}</a>', v.link("dinh-nghia"), v.say("method.definitions"))
    show_html(v, link, width=_WIDTH)


@cache
def _defined(language: Language, name: str) -> str:
    """ "Trễ hạn – what it means. (numerator ÷ denominator)"."""
    found = catalogue()[name]
    title, meaning, above, below = (
        (found.title_en, found.meaning_en, found.numerator_en, found.denominator_en)
        if language == "en"
        else (found.title_vi, found.meaning_vi, found.numerator_vi, found.denominator_vi)
    )
    divided = f" ({above} ÷ {below})" if above and below else ""
    return sentences([bold(title), "–", meaning.strip() + divided])
