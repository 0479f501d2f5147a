"""Which units are compared, of which kind and with whom; why none can be yet."""

import streamlit as st

from comparison.charts.frames.side_by_side import REST
from comparison.charts.unit_lines import MOST_LINES
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.widgets import elements
from comparison.widgets.address import go
from comparison.widgets.frame.own_choice import own_asked
from comparison.widgets.frame.unit_choice import choose_kind, choose_units, kind_asked, kinds_with
from comparison.widgets.unit.beside import Beside
from comparison.wording import short_unit_name

_BASE = "base"
_LEAST = 2


def beside_asked(v: Question) -> Beside | None:
    """The chosen units beside each other; None where too few or too many of one kind are chosen."""
    units = units_asked(v.warehouse, v.scope, v.viewer)
    kind = kind_asked(v, [code for code, _ in units])
    if kind is None or kind not in kinds_with(v, _LEAST) or not _LEAST <= len(units) <= MOST_LINES:
        return None
    # With the first of them, unless the address names another or the rest.
    bases = [code for code, _ in units] + ([] if kind == "department" else [REST])
    return Beside(v, kind, units, own_asked(v, _BASE, bases))


def why_nothing(v: Question) -> str:
    """Why nothing can be compared yet, and what to choose."""
    units = units_asked(v.warehouse, v.scope, v.viewer)
    kind, kinds = kind_asked(v, [code for code, _ in units]), kinds_with(v, _LEAST)
    if not kinds:
        return v.say("compare_units.nobody")
    if kind is None:
        return v.say("compare_units.several_kinds")
    if kind not in kinds:
        return v.say("compare_units.only_one", kind=v.say(f"kind.{kind}"))
    if len(units) > MOST_LINES and v.scope.units:
        return v.say("compare_units.too_many", n=v.number(len(units)), most=v.number(MOST_LINES))
    if len(units) < _LEAST:
        return v.say("compare_units.too_few")
    return v.say("compare_units.none_chosen", n=v.number(len(units)), most=v.number(MOST_LINES))


def choose_beside(v: Question, beside: Beside | None) -> None:
    """The kind, the units, and what they are compared with once there are some."""
    units = units_asked(v.warehouse, v.scope, v.viewer)
    kind, kinds = kind_asked(v, [code for code, _ in units]), kinds_with(v, _LEAST)
    with st.container(horizontal=True, vertical_alignment="center"):
        choose_kind(v, kinds, kind)
        if kind is not None and kind in kinds:
            choose_units(v, kind)
        if beside is not None:
            _choose_base(v, beside)


def _choose_base(v: Question, beside: Beside) -> None:
    names = {code: short_unit_name(name) for code, name in beside.units}
    if beside.kind != "department":
        names[REST] = v.say("compare_units.rest")
    st.session_state["choice-base"] = beside.base
    elements.selectbox(
        v.say("parameter.base"), list(names), key="choice-base", label_visibility="collapsed", width=320,
        filter_mode=None, placeholder=v.say("filter.choose"),
        format_func=lambda code: v.say("compare_units.against", base=names[code]),
        on_change=lambda: go(own={_BASE: st.session_state["choice-base"]}),
    )  # fmt: skip
