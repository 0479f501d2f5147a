"""The words of a page: in English, what the data call by a Vietnamese name is marked as Vietnamese."""

import re
from typing import Any

import streamlit as st

from comparison.measures.lists import data_names
from comparison.widgets.view import View
from comparison.wording import short_unit_name
from comparison.wording.markdown import as_html
from comparison.wording.marking import marked, name_pattern
from warehouse.briefings import briefings
from warehouse.snapshots import Warehouse

_TITLE = "font-size:1.6rem;font-weight:650;line-height:1.3;letter-spacing:-.005em;margin:0;padding:0"
_HEADING = "font-size:1.12rem;font-weight:600;line-height:1.4;margin:0;padding:0"
_NOTE = "font-size:14px;line-height:1.55;opacity:.72;margin:0"

# A snapshot's name, and a command as it is typed.
_WHOLE = re.compile(r"\d{4}-\d\d-\d\d-[a-z]+\b|python -m (?:etl \w+|comparison measure \w+(?: --by item)?)")


def show_html(v: View, html: str, **options: Any) -> None:
    """As st.html, with its options."""
    st.html(_marked(v, html), **options)


def show_markdown(v: View, text: str, **options: Any) -> None:
    """As st.markdown, with its options."""
    st.markdown(_marked(v, text), unsafe_allow_html=_is_marked(v), **options)


def show_caption(v: View, text: str, **options: Any) -> None:
    """As st.caption, with its options."""
    st.caption(_marked(v, text), unsafe_allow_html=_is_marked(v), **options)


def show_title(v: View, title: str, *notes: str) -> None:
    """The title of a page and the lines under it, Markdown of our own messages; empty lines are left out."""
    show_html(v, f'<h1 style="{_TITLE}">{as_html(title)}</h1>{"".join(map(_note, filter(None, notes)))}')


def show_heading(v: View, title: str, note: str = "", *, below: str = "") -> None:
    """The title of a figure or list and how to read it, as `show_title`; `below`: HTML that comes after it."""
    show_html(v, f'<h2 style="{_HEADING}">{as_html(title)}</h2>{_note(note) if note else ""}{below}')


def show_note(v: View, text: str) -> None:
    """A line in the colour of notes, as wide as what stands beside it leaves, as `show_title`."""
    # Without a width of its own it breaks into lines before its neighbours are pushed below it.
    show_html(v, f'<div style="contain:inline-size;min-width:9rem">{_note(text)}</div>', width="stretch")


def _note(text: str) -> str:
    return f'<p class="ds-note" style="{_NOTE}">{whole(as_html(text))}</p>'


def whole(html: str) -> str:
    """HTML of text in which names of snapshots and commands move to the next line before they break."""
    return _WHOLE.sub(r'<span translate="no" style="white-space:nowrap">\g<0></span>', html)


def names_there(warehouse: Warehouse) -> tuple[str, ...]:
    """The names that came with the data, units by their short names too, and those of briefings; read once a run."""
    names = {*data_names(warehouse), *(each.title for each in briefings()[0])}
    return tuple(sorted({*names, *(short_unit_name(name) for name in names)}))


def _is_marked(v: View) -> bool:
    return v.language != "vi"


def _marked(v: View, text: str) -> str:
    return marked(text, name_pattern(v.marked_names)) if _is_marked(v) else text
