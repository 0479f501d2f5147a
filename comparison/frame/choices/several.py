"""Any number of units, fields, procedures or channels, or one of them, found by name with or without accents."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from comparison.frame import elements
from comparison.frame.address import go
from comparison.frame.folded import folded, part
from comparison.frame.words import show_caption
from comparison.question import Question
from warehouse.text import search_key

_SEARCHED_FROM = 8
# Of a long list so many stand to be chosen at once; the rest is found by typing.
_MOST = 40


@part
def choose_several(
    v: Question, name: str, labels: Mapping[str, str], nothing: str, *, width: int, place: str = "choice",
    single: bool = False,
) -> None:  # fmt: skip
    """A button with what `name` of the scope holds; `labels` are the names by code, `nothing` what none means.

    place: tells two of them on one page apart. single: choosing one lets go of another, and one always stays chosen.
    """
    folded(
        several_text(v, name, labels, nothing), f"{place}-{name}-button",
        lambda: several_choices(v, name, labels, place, single=single), width=width,
    )  # fmt: skip


def several_text(v: Question, name: str, labels: Mapping[str, str], nothing: str) -> str:
    """What is chosen in a few words: the name of a single one, how many, or `nothing`."""
    chosen = [code for code in labels if code in getattr(v.scope, name)]
    if len(chosen) == 1:
        return labels[chosen[0]]
    return v.say(f"filter.{name}_chosen", n=v.number(len(chosen))) if chosen else nothing


def several_choices(
    v: Question, name: str, labels: Mapping[str, str], place: str = "choice", *, single: bool = False
) -> None:  # fmt: skip
    """The names to choose from, and above a long list a box to find one; none chosen means all. single: one alone.

    Stands in a `part`: typing a name does not draw the page again, choosing one does.
    """
    key = f"{place}-{name}"
    wanted = ""
    if len(labels) >= _SEARCHED_FROM:
        typed = elements.text_input(
            v.say("filter.search"), placeholder=v.say("filter.search"), key=f"{key}-search", live=True,
            label_visibility="collapsed", icon=":material/search:",
        )  # fmt: skip
        wanted = search_key(typed or "")
    chosen = [code for code in labels if code in getattr(v.scope, name)]
    found = [code for code, label in labels.items() if wanted in search_key(label)]
    offered = [code for code in labels if code in chosen or code in found[:_MOST]]
    if single:
        st.session_state[key] = chosen[0] if len(chosen) == 1 else None
    else:
        st.session_state[key] = chosen
    if offered:
        elements.pills(
            v.say(f"filter.{name}"), offered, selection_mode="single" if single else "multi", key=key,
            format_func=lambda code: labels[code], on_change=_chosen, args=(name, key, tuple(chosen)),
            label_visibility="collapsed",
        )  # fmt: skip
    if not found:
        show_caption(v, v.say("filter.no_match"))
    elif len(found) > _MOST:
        show_caption(v, v.say("filter.more_match", n=v.number(len(found) - _MOST)))


def _chosen(name: str, key: str, before: tuple[str, ...]) -> None:
    picked = st.session_state[key]
    # Of single ones the chosen one was clicked again: one stays chosen.
    codes = before if picked is None else (picked,) if isinstance(picked, str) else tuple(picked)
    if set(codes) != set(before):
        changes: dict[str, Any] = {name: codes}
        go(**changes)
