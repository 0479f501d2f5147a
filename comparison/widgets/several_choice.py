"""Any number of units or fields behind one button that says what is chosen, found with or without accents."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from comparison.widgets.address import go
from comparison.widgets.view import View
from warehouse.text import search_key

_SEARCHED_FROM = 8


def choose_several(
    v: View, name: str, labels: Mapping[str, str], nothing: str, *, width: int, place: str = "choice"
) -> None:
    """A button with what `name` of the scope holds; `labels` are the names by code, `nothing` what none means.

    place: tells two of them on one page apart.
    """
    chosen = [code for code in labels if code in getattr(v.scope, name)]
    if len(chosen) == 1:
        label = labels[chosen[0]]
    else:
        label = v.say(f"filter.{name}_chosen", n=v.number(len(chosen))) if chosen else nothing
    with st.popover(_plain(label), key=f"{place}-{name}-button", width=width):
        _search(v, name, labels, chosen, place)


# A fragment: typing a name does not draw the page again, choosing one does.
@st.fragment
def _search(v: View, name: str, labels: Mapping[str, str], chosen: list[str], place: str) -> None:
    key = f"{place}-{name}"
    if st.session_state.pop(_changed(key), False):
        st.rerun()
    wanted = ""
    if len(labels) >= _SEARCHED_FROM:
        typed = st.text_input(
            v.say("filter.search"), placeholder=v.say("filter.search"), key=f"{key}-search", live=True,
            label_visibility="collapsed", icon=":material/search:",
        )  # fmt: skip
        wanted = search_key(typed or "")
    found = [code for code, label in labels.items() if wanted in search_key(label)]
    offered = [code for code in labels if code in chosen or code in found]
    st.session_state[key] = chosen
    if offered:
        st.pills(
            v.say(f"filter.{name}"), offered, selection_mode="multi", key=key,
            format_func=lambda code: _plain(labels[code]), on_change=_chosen, args=(name, key, tuple(chosen)),
            label_visibility="collapsed",
        )  # fmt: skip
    if not found:
        st.caption(v.say("filter.no_match"))


def _chosen(name: str, key: str, before: tuple[str, ...]) -> None:
    codes = tuple(st.session_state[key])
    if set(codes) != set(before):
        changes: dict[str, Any] = {name: codes}
        go(**changes)
        st.session_state[_changed(key)] = True


def _changed(key: str) -> str:
    return f"{key}-changed"


def _plain(label: str) -> str:
    """A label is Markdown: a name from the data must not be read as such."""
    return label.replace("\\", "\\\\").replace("[", "\\[").replace("*", "\\*").replace("_", "\\_").replace("`", "\\`")
