"""What is behind a mark of a slide: its figures in a dialog over the slide, and the way to its page and back."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from comparison.figures import slide_figures
from comparison.forms.enlarged import LEAST_TEXT
from comparison.forms.fact_table import fact_table
from comparison.forms.frames.lateness import procedures
from comparison.forms.frames.shares import total_of
from comparison.forms.tokens import tokens
from comparison.frame import elements
from comparison.frame.words import show_html
from comparison.measures.on_time import MEASURES, late_share
from comparison.menu import page_file
from comparison.question import Question
from comparison.scope import Scope
from comparison.wording import short_unit_name
from comparison.wording.findings import share_of
from comparison.wording.texts import markup

_MOST = 6
_CLOSED = "slide-drill-closed"


def drilled(v: Question, key: str, draw: Callable[[str], Any | None]) -> None:
    """Draw a figure by `draw`, which takes the chart's key and gives the customdata of a clicked mark, and open the
    dialog of that mark: [unit] or [unit, field], by their codes."""
    # A chart of another key has no selection: once the dialog is closed the same mark can be clicked again.
    clicked = draw(f"chart-{key}-{st.session_state.get(_CLOSED, 0)}")
    codes = [code for code in clicked or [] if isinstance(code, str)]
    if codes and codes[0] in v.known.unit_of:
        fields = {field.code for field in v.known.fields}
        _open(v, key, codes[0], next((code for code in codes if code in fields), None))


def choose_unit_behind(v: Question, key: str) -> None:
    """A box of units that opens the same dialog: for tables and tiles, and for who has no mouse at hand."""
    names = {unit.code: short_unit_name(unit.name) for unit in v.known.units_of(v.scope.root, v.scope.kind)}
    # A box of another key is empty again once the dialog is closed.
    unit = elements.selectbox(
        v.say("briefing.unit_behind"), list(names), index=None, format_func=names.__getitem__,
        key=f"slide-unit-{key}-{st.session_state.get(_CLOSED, 0)}", placeholder=v.say("filter.search"),
    )  # fmt: skip
    if unit is not None:
        _open(v, key, unit, None)


def _open(v: Question, key: str, unit: str, field: str | None) -> None:
    names = {each.code: each.short_name for each in v.known.fields}
    name = short_unit_name(v.known.unit_of[unit].name)
    title = f"{name} – {names[field]}" if field else name
    changes: dict[str, Any] = {"units": (unit,)} | ({"fields": (field,)} if field else {})
    elements.dialog(title, width="large", on_dismiss=_close)(_content)(v, slide_figures()[key].page, title, changes)


def _close() -> None:
    st.session_state[_CLOSED] = st.session_state.get(_CLOSED, 0) + 1


def _content(v: Question, page: str, name: str, changes: dict[str, Any]) -> None:
    scope = v.scope.with_(**changes)
    _write(v, *_late(v, name, scope))
    by_procedure = late_share(v.measure(MEASURES[scope.on_time], ("procedure",), scope), scope.on_time)
    rows = procedures(by_procedure.filter(by_procedure["denominator"] > 0), v.language).head(_MOST)
    if rows.height:
        # The last column, an interval, is on the page that the link opens.
        show_html(v, fact_table(rows[:, :4], rows.columns[1:4], tokens(v.theme), size=LEAST_TEXT))
    _write(v, v.say("briefing.received", n=v.number(total_of(v.measure("received", (), scope)))), *_satisfied(v, scope))
    with st.container(horizontal=True):
        elements.page_link(
            page_file(page), label=v.say("briefing.open_page"), icon=":material/arrow_forward:",
            query_params=v.parameters(**changes),
        )  # fmt: skip
        elements.page_link(
            "pages/unit.py", label=v.say("overview.open_profile"), icon=":material/arrow_forward:",
            query_params=v.parameters(units=changes["units"]),
        )  # fmt: skip


def _late(v: Question, name: str, scope: Scope) -> list[str]:
    answer = late_share(v.measure(MEASURES[scope.on_time], (), scope), scope.on_time)
    late, row = share_of(answer), answer.row(0, named=True)
    counts = {"name": name, "late": v.number(late.x), "n": v.number(late.n)}
    if late.n == 0:
        return [v.say("briefing.drill_none", name=name)]
    if not late.is_enough:
        return [v.say("briefing.drill_few", **counts)]
    return [v.say("briefing.drill", **counts, share=v.percent(late.value), range=v.range(row["low"], row["high"]))]


def _satisfied(v: Question, scope: Scope) -> list[str]:
    answered = share_of(v.measure("satisfaction", (), scope))
    if answered.is_hidden or answered.n == 0:
        return []
    n = v.number(answered.n)
    if not answered.is_enough:
        return [v.say("briefing.few_sheets", n=n)]
    return [v.say("briefing.satisfied", share=v.percent(answered.value), n=n)]


def _write(v: Question, *sentences: str) -> None:
    show_html(
        v,
        markup(
            '<p style="font-size:{}px;line-height:40px;margin:0;color:{}">{}</p>',
            LEAST_TEXT,
            tokens(v.theme).ink,
            " ".join(sentences),
        ),
    )
