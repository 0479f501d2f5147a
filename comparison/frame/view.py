"""The question of one run of the dashboard: opened in the entry point, read by every page."""

import streamlit as st

from comparison.question import Question

_KEY = "view"


def set_view(view: Question) -> None:
    """Make this the view of the run; the entry point's part alone."""
    st.session_state[_KEY] = view


def view() -> Question:
    """The view of this run."""
    found = st.session_state[_KEY]
    assert isinstance(found, Question)
    return found
