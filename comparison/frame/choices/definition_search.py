"""What is searched for in Định nghĩa; it does not stand in the address."""

import streamlit as st

from comparison.frame import elements
from comparison.question import Question
from warehouse.text import search_key

_KEY = "definition-search"


def search_definitions(v: Question) -> None:
    """The box that a reader types in."""
    elements.text_input(
        v.say("definition.search"),
        placeholder=v.say("filter.search"),
        key=_KEY,
        live=True,
        label_visibility="collapsed",
        icon=":material/search:",
        width=420,
    )


def searched() -> str:
    """What was typed, as a `search_key`; "" finds everything."""
    return search_key(st.session_state.get(_KEY) or "")
