"""A figure or table in its frame: title, subtitle, the thing itself, and the row that says what it rests on."""

from html import escape
from typing import Any

import polars as pl
import streamlit as st

from comparison import wording
from comparison.charts.template import CONFIG
from comparison.charts.tokens import tokens
from comparison.widgets.about import about
from comparison.widgets.fact_table import fact_table
from comparison.widgets.numbers import Numbers, as_text
from comparison.widgets.view import View
from comparison.widgets.workbook import workbook
from comparison.wording import findings

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def header(title: str, *captions: str) -> None:
    """The title of a page, and under it what is compared; empty captions are left out."""
    with st.container(gap=None):
        st.title(title, anchor=False)
        for caption in captions:
            if caption:
                st.caption(caption)


def period_caption(v: View) -> str:
    """The period and what it is compared with, or why it is not compared."""
    period = wording.period_label(v.language, v.scope.period)
    other = v.compared()
    if other is None:
        return f"{period}. {v.not_compared_why()}"
    other_period = wording.period_label(v.language, other.period)
    return v.say(
        "compare.periods",
        period=findings.within(v.language, period),
        other=findings.within(v.language, other_period),
    )


def figure(
    v: View, *, title: str, subtitle: str, fig: dict[str, Any], table: Numbers | pl.DataFrame, source: str, key: str,
    click: bool = False, method: str = "",
) -> Any | None:  # fmt: skip
    """A plotly figure in its frame. With `click`, the customdata of the mark that is chosen, else None.

    method: how it is calculated, Markdown behind "Cách tính".
    """
    heading(title, subtitle)
    chart = f"chart-{key}"
    chosen: Any = None
    if click:
        event = st.plotly_chart(
            fig, theme=None, config=CONFIG, key=chart, alt=title, on_select="rerun", selection_mode="points"
        )
        points = event["selection"]["points"] if event else []
        chosen = points[0].get("customdata") if points else None
    else:
        st.plotly_chart(fig, theme=None, config=CONFIG, key=chart, alt=title)
    source_row(v, source, table, key, title=title, method=method)
    return chosen


def table(
    v: View, *, title: str, subtitle: str, html: str, table: Numbers | pl.DataFrame, source: str, key: str
) -> None:
    """Our own HTML table in the same frame."""
    heading(title, subtitle)
    st.html(html)
    source_row(v, source, table, key, title=title)


def empty(
    v: View, *, title: str, message: str, hint: str = "", link: tuple[str, str] | None = None, subtitle: str = "",
    height: int = 300, source: str = "",
) -> None:  # fmt: skip
    """The same frame with nothing in it: what is missing, what to do, and one link (its text and address)."""
    heading(title, subtitle)
    with st.container(
        height=height, border=False, horizontal_alignment="center", vertical_alignment="center", gap=None
    ):
        st.markdown(f"**{message}**", width="content")
        if hint:
            st.caption(hint, width="content", text_alignment="center")
        if link:
            st.html(_link(v, *link), width="content")
    if source:
        st.caption(source)


def heading(title: str, subtitle: str = "") -> None:
    """The title of a figure or list, and how to read it."""
    with st.container(gap=None):
        st.subheader(title, anchor=False)
        if subtitle:
            st.caption(subtitle)


def source_row(
    v: View, text: str, table: Numbers | pl.DataFrame, key: str, *, title: str = "", method: str = ""
) -> None:
    """What a figure rests on at the left, at the right how it is calculated (if that is given) and its numbers.

    `table` is a frame with headings in words; what is not text is written out in the run's language.
    """
    _source_row(v, text, table if isinstance(table, Numbers) else Numbers(table), title or text, key, method)


# A fragment: opening the numbers of one figure draws that row alone, not the page.
@st.fragment
def _source_row(v: View, text: str, numbers: Numbers, title: str, key: str, method: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
        st.caption(text)
        if method:
            with st.popover(v.say("source.method"), type="tertiary", key=f"method-{key}"):
                st.markdown(method)
        opened = st.popover(v.say("source.table"), type="tertiary", key=f"numbers-{key}", on_change="rerun")
    if opened.open:
        with opened:
            st.html(_html(v, numbers, 420))
            _download(v, numbers, title, key)


def listing(
    v: View, *, title: str, subtitle: str, table: Numbers | pl.DataFrame, source: str, key: str,
    download: Numbers | None = None, height: int = 400,
) -> None:  # fmt: skip
    """A table of facts in the same frame; the workbook holds `download`, by default the same table."""
    heading(title, subtitle)
    numbers = table if isinstance(table, Numbers) else Numbers(table)
    if numbers.frame.is_empty():
        return
    st.html(_html(v, numbers, height))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
        st.caption(source)
        _download(v, download or numbers, title, key)


def _html(v: View, numbers: Numbers, height: int) -> str:
    right = [name for name, dtype in numbers.frame.schema.items() if dtype.is_numeric()]
    return fact_table(as_text(v.language, numbers), right, tokens(v.theme), height=height)


def _download(v: View, numbers: Numbers, title: str, key: str) -> None:
    period = v.scope.period
    st.download_button(
        v.say("source.download_xlsx"),
        data=lambda: workbook(
            (v.say("about.numbers"), v.say("about.sheet")),
            numbers.frame,
            numbers.shares,
            about(v, title, numbers),
            numbers.scores,
        ),
        file_name=f"{key}-{period.starts_on:%Y%m%d}-{period.ends_on:%Y%m%d}-{v.warehouse.id}.xlsx",
        mime=_XLSX,
        key=f"xlsx-{key}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def _link(v: View, text: str, address: str) -> str:
    colour = tokens(v.theme).blue
    return (
        f'<p style="margin:6px 0 0;text-align:center"><a href="{escape(address)}" target="_self" '
        f'style="color:{colour}">→ {escape(text)}</a></p>'
    )
