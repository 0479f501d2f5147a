"""The script of a page that is no slide: its language, a false alarm closed, its address, and the last view kept."""

from urllib.parse import urlencode

import streamlit as st

from comparison.frame import elements
from comparison.frame.page_language import LANGUAGE, language_told
from comparison.question import Question
from comparison.wording.texts import script

# Until `st.navigation` has run once in a server, Streamlit knows the files in pages/ only and tells a link to any other
# address "Page not found", over the page that then opens all the same.
CLOSE_FALSE_ALARM = (
    "for(const told of document.querySelectorAll('[role=dialog]'))"
    "if(told.innerText.includes('Page not found'))told.querySelector('button').click();"
)


# What is kept is an address of this application without its snapshot; a tab that has shown a page is not sent away.
# The script is the same on every run, so that a page draws it once: later addresses are seen as they change.
_LAST_VIEW = """
function lastView(query, isFirst) {
    const key = "doi-sanh-view", last = localStorage.getItem(key);
    if (!location.search && isFirst && last && !sessionStorage.getItem(key)) {
        sessionStorage.setItem(key, "1");
        location.replace(last);
        return;
    }
    sessionStorage.setItem(key, "1");
    if (query && !location.search) history.replaceState(history.state, "", location.pathname + query);
    const keep = () => {
        const kept = new URLSearchParams(location.search);
        kept.delete("snapshot");
        if (kept.size && !kept.has("slide")) localStorage.setItem(key, `${location.pathname}?${kept}`);
    };
    keep();
    if (window.doiSanhKeeps) return;
    window.doiSanhKeeps = true;
    addEventListener("popstate", keep);
    for (const name of ["pushState", "replaceState"]) {
        const change = history[name];
        history[name] = function (...how) { change.apply(this, how); keep(); };
    }
}
"""
# A link of ours within the application is one more step of it: Streamlit reads the address as it does after Back.
_LINKS = """
if (!window.doiSanhLinks) {
    window.doiSanhLinks = true;
    document.addEventListener("click", event => {
        const link = event.target.closest?.("[data-testid=stHtml] a[href]");
        const isElsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
        if (!link || isElsewhere || link.origin !== location.origin) return;
        event.preventDefault();
        history.pushState(history.state, "", link.href);
        dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
        document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
    });
}
"""
_SCRIPT = f"{LANGUAGE}{CLOSE_FALSE_ALARM}{_LINKS}{_LAST_VIEW}lastView(query, page === '')"


def page_script(v: Question, page: str) -> None:
    """The language of the document, a false alarm closed, and an address without parameters given them, as no new step.

    Setting `st.query_params` would add a step to a bare address, which Back could then never pass. A browser that comes
    to the first page anew gets back its last view, of the newest data.
    """
    is_bare = not st.query_params.to_dict()
    query = f"?{urlencode({**v.parameters(), **v.own})}" if is_bare else ""
    elements.html_with_script(script(_SCRIPT, page=page, told=language_told(v), query=query))
