"""What stands behind a button is drawn only once it is open, by a part of the page that can be drawn alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import streamlit as st

from comparison.frame import elements
from comparison.frame.address import is_asked_anew
from comparison.frame.failing import failing_in_words

_P = ParamSpec("_P")


def part(function: Callable[_P, None]) -> Callable[_P, None]:
    """A fragment of the page: what happens in it draws it alone, unless it asks another question."""

    @wraps(function)
    def drawn(*args: _P.args, **kwargs: _P.kwargs) -> None:
        if is_asked_anew():
            st.rerun()
        with failing_in_words():
            function(*args, **kwargs)

    return st.fragment(drawn)


def folded(label: str, key: str, draw: Callable[[], None], **popover: Any) -> None:
    """A button that opens what `draw` draws; stands in a `part`. `popover`: what else st.popover is told."""
    # To Streamlit a button with another label is another button, closed at first: choosing a second unit would need
    # the box to be opened anew.
    named = f"{key}-label"
    if st.session_state.get(key) and st.session_state.get(named) != label:
        st.session_state[key] = True
    st.session_state[named] = label
    opened = elements.popover(label, key=key, on_change="rerun", **popover)
    if opened.open:
        with opened:
            draw()
