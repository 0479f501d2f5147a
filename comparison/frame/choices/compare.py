"""What So sánh đơn vị compares: the kind, the units, and what they are compared with once there are some."""

import streamlit as st

from comparison.figures.compare.asked import LEAST, base_choice
from comparison.figures.kinds import kind_asked, kinds_with
from comparison.frame.choices.unit import choose_kind, choose_units
from comparison.frame.show import choose
from comparison.measures.case_lists import units_asked
from comparison.question import Question


def choose_beside(v: Question) -> None:
    units = units_asked(v.warehouse, v.scope, v.viewer)
    kind, kinds = kind_asked(v, [code for code, _ in units]), kinds_with(v, LEAST)
    base = base_choice(v)
    with st.container(horizontal=True, vertical_alignment="center"):
        choose_kind(v, kinds, kind)
        if kind is not None and kind in kinds:
            choose_units(v, kind)
        if base is not None:
            choose(v, [base])
