"""The address of the page is the truth about what is shown: read on arrival, written by every change."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from comparison.scope import Language, Scope, write_link
from comparison.widgets.view import view

_LAST = "last_link"


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

    `own` changes parameters that only the page reads; they stay until the root changes.
    """
    v = view()
    asked = (scope or v.scope).with_(**changes)
    kept = v.own if asked.root == v.scope.root else {}
    parameters = write_link(asked, fixed=v.is_pinned, language=language or v.language) | dict(kept) | dict(own or {})
    if parameters != st.query_params.to_dict():
        st.query_params.from_dict(parameters)


# Until `st.navigation` has run once in a server, Streamlit knows the files in pages/ only and tells a link to any other
# address "Page not found", over the page that then opens all the same.
CLOSE_FALSE_ALARM = (
    "for(const told of document.querySelectorAll('[role=dialog]'))"
    "if(told.innerText.includes('Page not found'))told.querySelector('button').click();"
)


# What is kept is an address of this application without its snapshot; a tab that has shown a page is not sent away.
_LAST_VIEW = """
function lastView(query, isFirst) {
    const key = "doi-sanh-view", last = localStorage.getItem(key);
    if (!location.search && isFirst && last && !sessionStorage.getItem(key)) {
        sessionStorage.setItem(key, "1");
        location.replace(last);
        return;
    }
    sessionStorage.setItem(key, "1");
    if (!location.search) history.replaceState(history.state, "", location.pathname + query);
    const kept = new URLSearchParams(location.search);
    kept.delete("snapshot");
    localStorage.setItem(key, `${location.pathname}?${kept}`);
}
"""


def page_script(language: Language, parameters: Mapping[str, str], page: str) -> None:
    """The language of the document, a false alarm closed, and an address without parameters given them, as no new step.

    Setting `st.query_params` would add a step to a bare address, which Back could then never pass. A browser that comes
    to the first page anew gets back its last view, of the newest data.
    """
    query = json.dumps(f"?{urlencode(parameters)}").replace("<", "\\u003c")
    is_first = json.dumps(page == "")
    st.html(
        f"<script>/* {page} */document.documentElement.lang={json.dumps(language)};{CLOSE_FALSE_ALARM}"
        f"{_LAST_VIEW}lastView({query},{is_first})</script>",
        unsafe_allow_javascript=True,
    )
