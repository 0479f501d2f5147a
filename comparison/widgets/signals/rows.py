"""Which units the table of signals shows, and in which order: two choices that stand in the address."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from comparison.charts.frames.signals import CHOICES, Choice, chosen, judged
from comparison.charts.frames.unit_order import worst_first
from comparison.charts.unit_table import Column
from comparison.question import Question
from comparison.signals import UnitSignals
from comparison.statistics.funnel import Good
from comparison.widgets import elements
from comparison.widgets.address import go
from comparison.widgets.frame.own_choice import own_asked
from comparison.wording import findings

SHOW, ORDER = "show", "order"
_BY_NAME = "name"
# The measures that can be put in order, and which direction is good; counts tell of size, not of work.
_GOOD: dict[str, Good] = {"on_time": "up", "late": "down", "satisfaction": "up"}

Charts = dict[str, Sequence[UnitSignals]]
Units = Sequence[tuple[str, str]]


def rows_shown(
    v: Question, units: Units, columns: Sequence[Column], answers: dict[str, pl.DataFrame], charts: Charts
) -> tuple[Units, str]:
    """The units (code, name) to show, in order, and a sentence on that order; "" where it is that of their names."""
    if len(units) < 2:
        return units, ""
    offered = {choice: chosen(charts, units, choice) for choice in CHOICES} if judged(charts, units) else {}
    choice: Choice = own_asked(v, SHOW, CHOICES) if offered else "all"
    names = {column.key: column.title for column in columns if column.key in _GOOD}
    by = own_asked(v, ORDER, (_BY_NAME, *names))
    if offered:
        _choose(v, choice, offered)
    _choose_order(v, by, names)
    shown = offered.get(choice, units)
    if by == _BY_NAME:
        return shown, ""
    asked = findings.lowered(names[by])
    kinds = {v.known.unit_of[code].kind for code, _ in units}
    if len(kinds) > 1 or "department" in kinds:
        return shown, v.say("order.other_work", by=asked)
    in_order = worst_first(answers[by], units, _GOOD[by])
    if in_order is None:
        return shown, v.say("order.refused", by=asked)
    codes = {code for code, _ in shown}
    return [unit for unit in in_order if unit[0] in codes], v.say("order.note", by=asked)


def _choose(v: Question, choice: Choice, offered: dict[Choice, list[tuple[str, str]]]) -> None:
    # The state is set on every run, so that Back shows too.
    st.session_state["choice-show"] = choice
    elements.segmented_control(
        v.say("parameter.show"), [each for each in offered if each in ("all", choice) or offered[each]],
        format_func=lambda each: v.say(f"signal.show_{each}", n=v.number(len(offered[each]))), key="choice-show",
        required=True, on_change=lambda: go(own={SHOW: st.session_state["choice-show"]}),
        label_visibility="collapsed", help=v.say("signal.show_help"),
    )  # fmt: skip


def _choose_order(v: Question, by: str, names: dict[str, str]) -> None:
    if not names:
        return
    st.session_state["choice-order"] = by
    elements.selectbox(
        v.say("parameter.order"), [_BY_NAME, *names], key="choice-order", width=250, filter_mode=None,
        placeholder=v.say("filter.choose"),
        label_visibility="collapsed",
        format_func=lambda each: v.say("order.by_name")
        if each == _BY_NAME
        else v.say("order.by", by=findings.lowered(names[each])),
        on_change=lambda: go(own={ORDER: st.session_state["choice-order"]}),
    )  # fmt: skip
