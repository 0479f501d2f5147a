"""Widgets that stand in a closed popover while the view changes around them."""

from collections.abc import Hashable

import streamlit as st


def fresh_key(key: str, value: Hashable) -> str:
    """The key of a widget that shows `value`: another one once that has changed without the widget, as by Back.

    What a closed popover holds is not told of a new value; at the next run it would send back the old one as a choice.
    """
    seen, turn = f"{key}-seen", f"{key}-turn"
    if st.session_state.setdefault(seen, value) != value:
        st.session_state[turn] = st.session_state.get(turn, 0) + 1
    st.session_state[seen] = value
    turns = st.session_state.get(turn, 0)
    return f"{key}~{turns}" if turns else key


def now_shows(key: str, value: Hashable) -> None:
    """The widget itself has changed what it shows; called before the address is."""
    st.session_state[f"{key}-seen"] = value
