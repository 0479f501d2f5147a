"""Units chosen on the page itself, for the pages that want one of them or a few of one kind."""

import streamlit as st

from comparison.frame import elements
from comparison.frame.address import go
from comparison.frame.choices.several import choose_several
from comparison.question import Question
from comparison.wording import short_unit_name

_KIND = "choice-kind-here"


def choose_kind(v: Question, kinds: list[str], chosen: str | None) -> None:
    """A row of kinds; choosing one lets go of the units of another. Nothing where there is one only."""
    if len(kinds) < 2:
        return
    st.session_state[_KIND] = chosen if chosen in kinds else None
    elements.segmented_control(
        v.say("filter.kind"),
        kinds,
        format_func=lambda kind: v.say(f"kind.{kind}"),
        key=_KIND,
        on_change=_kind_chosen,
        label_visibility="collapsed",
    )


def choose_units(v: Question, kind: str) -> None:
    """A button with the units of a kind, any number of them."""
    names = {unit.code: short_unit_name(unit.name) for unit in v.known.units_of(v.scope.root, kind)}
    choose_several(v, "units", names, v.say("compare_units.choose"), width=220, place="beside")


def choose_unit(v: Question, kind: str | None) -> None:
    """A button with the units of a kind (None: of every kind), one to be chosen; it leads to that unit."""
    units = [unit for unit in v.known.units_of(v.scope.root, kind) if unit.kind != "district"]
    names = {unit.code: short_unit_name(unit.name) for unit in units}
    choose_several(v, "units", names, v.say("unit_profile.choose"), width=320, place="here", single=True)


def _kind_chosen() -> None:
    kind = st.session_state[_KIND]
    if kind:
        go(kind=kind, units=())
