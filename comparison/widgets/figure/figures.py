"""A figure or table in its frame: title, subtitle, the thing itself, and the row that says what it rests on."""

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from comparison import wording
from comparison.charts.enlarged import LEAST_TEXT as SLIDE_TEXT
from comparison.charts.enlarged import MOST_ROWS
from comparison.charts.tokens import tokens
from comparison.figures.numbers import Numbers, numbers_table
from comparison.figures.words import shown_of
from comparison.question import Question
from comparison.statistics.comparability import Level
from comparison.widgets import elements
from comparison.widgets.figure.about import about
from comparison.widgets.figure.briefing_add import add_popover
from comparison.widgets.figure.chart import show_chart
from comparison.widgets.figure.method import method_popover, source_container
from comparison.widgets.figure.phone import chart_hint
from comparison.widgets.figure.picture import picture
from comparison.widgets.figure.slide_drill import drilled
from comparison.widgets.figure.slide_frame import slide_figure, slide_heading, slide_text
from comparison.widgets.figure.workbook import workbook
from comparison.widgets.folded import folded, part
from comparison.widgets.view import view
from comparison.widgets.words import show_caption, show_heading, show_html, show_note, show_text, show_title
from comparison.wording.texts import Html, bold, markup

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SIGNS = {Level.SAME: "✓", Level.NOTE: "△", Level.WARNING: "▲"}


def header(title: str, *captions: str) -> None:
    """The title of a page, and under it what is compared; empty captions are left out."""
    show_title(view(), title, *captions)


def figure(
    v: Question,
    *,
    title: str,
    subtitle: str,
    fig: dict[str, Any],
    table: Numbers | pl.DataFrame,
    source: str,
    key: str,
    method: str,
    click: bool = False,
    narrowest: int = 0,
) -> Any | None:
    """A plotly figure in its frame. With `click`, the customdata of the mark that is chosen, else None.

    method: how it is calculated, behind "Cách tính"; the definitions of the table's measures follow it there.
    narrowest: px below which its words do not fit; in a narrower window it is moved sideways.
    """
    if v.slide is not None:
        slide_heading(v, title, subtitle)
        v.slide.source = source
        drilled(v, key, lambda place: slide_figure(v, fig, place, title))
        return None
    show_heading(v, title, subtitle, below=chart_hint(key, fig, narrowest))
    chosen = show_chart(fig, key=f"chart-{key}", title=title, click=click)
    source_row(v, source, table, key, title=title, method=method, pictured=subtitle)
    return chosen


def table(
    v: Question,
    *,
    title: str,
    subtitle: str,
    html: Html,
    table: Numbers | pl.DataFrame,
    source: str,
    key: str,
    method: str,
) -> None:
    """Our own HTML table in the same frame."""
    _heading(v, title, subtitle)
    show_html(v, html)
    source_row(v, source, table, key, title=title, method=method)


def empty(
    v: Question, *, title: str, message: str, hint: str = "", link: tuple[str, str] | None = None, subtitle: str = "",
    height: int = 300, source: str = "",
) -> None:  # fmt: skip
    """The same frame with nothing in it: what is missing, what to do, and one link (its text and address)."""
    if v.slide is not None:
        slide_heading(v, title, subtitle)
        slide_text(v, [(message, hint)])
        v.slide.source = source
        return
    if title:
        heading(title, subtitle)
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


def heading(title: str, subtitle: str = "") -> None:
    """The title of a figure or list, and how to read it."""
    _heading(view(), title, subtitle)


def _heading(v: Question, title: str, subtitle: str) -> None:
    if v.slide is not None:
        slide_heading(v, title, subtitle)
        return
    show_heading(v, title, subtitle)


def source_row(
    v: Question, text: str, table: Numbers | pl.DataFrame, key: str, *, method: str, title: str = "",
    pictured: str | None = None,
) -> None:  # fmt: skip
    """What a figure rests on at the left, at the right how it is calculated and its numbers.

    `table` is a frame with headings in words; what is not text is written out in the run's language. pictured: the
    subtitle that goes into the image of the chart of this key; None where there is no chart.
    """
    if v.slide is not None:
        v.slide.source = text
        return
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
    v: Question, *, title: str, subtitle: str, table: Numbers | pl.DataFrame, source: str, key: str, method: str,
    download: Numbers | None = None, height: int = 400,
) -> None:  # fmt: skip
    """A table of facts in the same frame; the workbook holds `download`, by default the same table."""
    numbers = table if isinstance(table, Numbers) else Numbers(table)
    rows = numbers.frame.height
    _heading(v, title, (shown_of(v, min(MOST_ROWS, rows), rows, "shown_first") if v.slide else "") + subtitle)
    if numbers.frame.is_empty():
        return
    if v.slide is not None:
        v.slide.source = source
        show_html(
            v,
            numbers_table(v.language, v.theme, replace(numbers, frame=numbers.frame.head(MOST_ROWS)), None, SLIDE_TEXT),
        )
        return
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
