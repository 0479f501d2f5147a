"""The questionnaires of a place side by side, one of them chosen: they are never taken together."""

import streamlit as st

from comparison.figures.survey import instrument_asked
from comparison.frame import elements
from comparison.frame.address import go
from comparison.frame.words import show_caption
from comparison.question import Question

_KEY = "choice-instrument-here"


def choose_instrument(v: Question) -> None:
    """A row of questionnaires to choose from; nothing where there is one only. Choosing changes the address."""
    titles = {each.code: each.title for each in v.known.instruments_of(v.scope.root)}
    asked = instrument_asked(v)
    if len(titles) < 2 or asked is None:
        return
    # The state is set on every run, so that Back shows too.
    st.session_state[_KEY] = asked.code
    with st.container(horizontal=True, vertical_alignment="center"):
        elements.segmented_control(
            v.say("satisfaction.choose"), list(titles), format_func=titles.__getitem__, key=_KEY, required=True,
            on_change=_chosen, label_visibility="collapsed",
        )  # fmt: skip
        show_caption(v, v.say("satisfaction.several"))


def _chosen() -> None:
    go(instrument=st.session_state[_KEY])
