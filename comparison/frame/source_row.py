"""A figure or table in its frame: title, subtitle, the thing itself, and the row that says what it rests on."""

import polars as pl
import streamlit as st

from comparison import wording
from comparison.figures.numbers import Numbers, numbers_table
from comparison.forms.tokens import tokens
from comparison.frame import elements
from comparison.frame.about import about
from comparison.frame.briefing_add import add_popover
from comparison.frame.folded import folded, part
from comparison.frame.method import method_popover, source_container
from comparison.frame.picture import picture
from comparison.frame.view import view
from comparison.frame.words import show_caption, show_heading, show_html, show_note, show_text, show_title
from comparison.frame.workbook import workbook
from comparison.question import Question
from comparison.statistics.comparability import Level
from comparison.wording.texts import Html, bold, markup

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SIGNS = {Level.SAME: "✓", Level.NOTE: "△", Level.WARNING: "▲"}


def header(title: str, *captions: str) -> None:
    """The title of a page, and under it what is compared; empty captions are left out."""
    show_title(view(), title, *captions)


def empty(
    v: Question, *, title: str, message: str, hint: str = "", link: tuple[str, str] | None = None, subtitle: str = "",
    height: int = 300, source: str = "",
) -> None:  # fmt: skip
    """The same frame with nothing in it: what is missing, what to do, and one link (its text and address)."""
    if title:
        show_heading(v, title, subtitle)
    with st.container(
        height=height, border=False, horizontal_alignment="center", vertical_alignment="center", gap=None
    ):
        show_text(v, bold(message), width="content")
        if hint:
            show_caption(v, hint, width="content", align="center")
        if link:
            show_html(v, _link(v, *link), width="content")
    if source:
        show_caption(v, source)


def source_row(
    v: Question, text: str, table: Numbers | pl.DataFrame, key: str, *, method: str, title: str = "",
    pictured: str | None = None,
) -> None:  # fmt: skip
    """What a figure rests on at the left, at the right how it is calculated and its numbers.

    `table` is a frame with headings in words; what is not text is written out in the run's language. pictured: the
    subtitle that goes into the image of the chart of this key; None where there is no chart.
    """
    _source_row(v, text, table if isinstance(table, Numbers) else Numbers(table), title or text, key, method, pictured)


@part
def _source_row(
    v: Question, text: str, numbers: Numbers, title: str, key: str, method: str, pictured: str | None
) -> None:  # fmt: skip
    with source_container(key):
        show_note(v, text)
        method_popover(v, method, numbers.measures, key)
        add_popover(v, key)
        folded(
            v.say("source.table"), f"numbers-{key}", lambda: _numbers(v, text, numbers, title, key, pictured),
            type="tertiary",
        )  # fmt: skip


def _numbers(v: Question, text: str, numbers: Numbers, title: str, key: str, pictured: str | None) -> None:
    show_html(v, numbers_table(v.language, v.theme, numbers, 420))
    with st.container(horizontal=True, vertical_alignment="center"):
        _download(v, numbers, title, key)
        if pictured is not None:
            source, file_name = _whole_source(v, text), f"{_file_name(v, key)}.png"
            picture(v, key, title=title, subtitle=pictured, source=source, file_name=file_name)


def listing(
    v: Question,
    *,
    title: str,
    subtitle: str,
    table: Numbers | pl.DataFrame,
    source: str,
    key: str,
    method: str,
    download: Numbers | None = None,
    height: int = 400,
) -> None:
    """A table of facts in its frame; the workbook holds `download`, by default the same table."""
    numbers = table if isinstance(table, Numbers) else Numbers(table)
    show_heading(v, title, subtitle)
    if not numbers.frame.is_empty():
        show_html(v, numbers_table(v.language, v.theme, numbers, height))
        listing_row(v, source, download or numbers, title, key, method)


@part
def listing_row(v: Question, source: str, numbers: Numbers, title: str, key: str, method: str) -> None:
    """Under a table of facts: what it rests on, how it is calculated, and the workbook of its numbers."""
    with source_container(key):
        show_note(v, source)
        method_popover(v, method, numbers.measures, key)
        add_popover(v, key)
        _download(v, numbers, title, key)


def _whole_source(v: Question, text: str) -> str:
    """What an image rests on, which leaves the page behind: the period and the snapshot too."""
    parts = [wording.date_range(v.language, v.scope.period), v.say("source.snapshot", snapshot=v.warehouse.id)]
    return " · ".join([text, *(part for part in parts if part not in text)])


def _file_name(v: Question, key: str) -> str:
    period = v.scope.period
    return f"{key}-{period.starts_on:%Y%m%d}-{period.ends_on:%Y%m%d}-{v.warehouse.id}"


def _download(v: Question, numbers: Numbers, title: str, key: str) -> None:
    elements.download_button(
        v.say("source.download_xlsx"),
        data=lambda: workbook(
            (v.say("about.numbers"), v.say("about.sheet")),
            numbers.frame,
            numbers.shares,
            about(v, title, numbers),
            numbers.scores,
            numbers.lines,
        ),
        file_name=f"{_file_name(v, key)}.xlsx",
        mime=_XLSX,
        key=f"xlsx-{key}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _link(v: Question, text: str, address: str) -> Html:
    return markup(
        '<p style="margin:6px 0 0;text-align:center"><a href="{}" target="_self" style="color:{}">→ {}</a></p>',
        address, tokens(v.theme).blue, text,
    )  # fmt: skip
