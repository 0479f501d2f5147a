"""The address of the page is the truth about what is shown: read on arrival, written by every change."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from comparison.frame.view import set_view, view
from comparison.scope import Language, Scope, write_link

_LAST = "last_link"
_ASKED_ANEW = "asked-anew"
# The addresses that a choice on the page may come from.
_DRAWN = "drawn-for"


def arrived_with() -> Mapping[str, str]:
    """The parameters in force: those of the address, or where it has none those last seen in this session.

    Streamlit's own menu leads to an address without parameters.
    """
    return st.query_params.to_dict() or last_seen()


def last_seen() -> Mapping[str, str]:
    """The parameters of the last page of this session that is not a slide; none before the first."""
    found: Mapping[str, str] = st.session_state.get(_LAST, {})
    return found


def remember(parameters: Mapping[str, str]) -> None:
    """What a page without parameters shows from now on."""
    st.session_state[_LAST] = dict(parameters)


def go(
    *,
    language: Language | None = None,
    scope: Scope | None = None,
    own: Mapping[str, str] | None = None,
    **changes: Any,
) -> None:
    """Show another question; called by widgets. Adds a step that the browser's Back undoes.

    `own` changes parameters that only the page reads, "" drops one; they stay until the root changes. Where the address
    is not the one that the page was drawn for, nothing is changed: Back was pressed while the page still answered, and
    a box that stood between two questions is taken for a choice.
    """
    address = st.query_params.to_dict()
    if address not in st.session_state.get(_DRAWN, ()):
        return
    v = view()
    asked = (scope or v.scope).with_(**changes)
    kept = v.own if asked.root == v.scope.root else {}
    kept = {name: value for name, value in {**kept, **(own or {})}.items() if value}
    # A second change that comes with this one, before anything is drawn, starts from what this one asks.
    set_view(replace(v, scope=asked, own_parameters=tuple(kept.items()), language=language or v.language))
    parameters = {**write_link(asked, fixed=v.is_pinned, language=language or v.language), **kept}
    if parameters != address:
        # What the browser sends next may still come from before it knew of this step.
        st.session_state[_DRAWN] = [parameters, address]
        st.query_params.from_dict(parameters)
        draw_all()


def draw_all() -> None:
    """Have the whole page drawn, whatever part of it the widget stands in."""
    st.session_state[_ASKED_ANEW] = True


def is_asked_anew() -> bool:
    """Whether the page shows another question than the one that `go` has asked for."""
    return _ASKED_ANEW in st.session_state


def answered(*written: Mapping[str, str]) -> None:
    """The whole page is drawn from here on, for the address that it has or is given in the browser (`written`)."""
    address = st.query_params.to_dict()
    is_own_step = _ASKED_ANEW in st.session_state and address in st.session_state.get(_DRAWN, ())[:1]
    if not is_own_step:
        st.session_state[_DRAWN] = [address, *map(dict, written)]
    st.session_state.pop(_ASKED_ANEW, None)
