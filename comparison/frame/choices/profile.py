"""Which unit Hồ sơ đơn vị is of: chosen on the screen, not printed."""

import streamlit as st

from comparison.figures.kinds import kinds_with
from comparison.figures.unit.asked import beside_asked
from comparison.frame.choices.unit import choose_kind, choose_unit
from comparison.frame.paper import screen_only
from comparison.frame.words import show_caption
from comparison.question import Question


def choose_profile(v: Question) -> None:
    """A unit; before one is chosen its kind too."""
    now = beside_asked(v)
    if now is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            choose_kind(v, kinds_with(v, 1), v.scope.kind)
            choose_unit(v, v.scope.kind)
        return
    with screen_only("choice"):
        choose_unit(v, now.kind)
        show_caption(v, v.say("unit_profile.paper"))
