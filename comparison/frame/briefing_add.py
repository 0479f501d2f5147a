"""From a figure to a briefing: the button in its source row, and what it asks."""

from dataclasses import replace

import streamlit as st

from comparison.figures import slide_figures
from comparison.frame import elements
from comparison.frame.folded import folded
from comparison.frame.view import view
from comparison.frame.words import show_caption
from comparison.question import Question
from comparison.scope import write_link
from warehouse.briefings import (
    Briefing,
    BriefingError,
    BriefingMissing,
    Slide,
    briefings,
    find_briefing,
    new_name,
    save_briefing,
    slide_link,
)

_NEW = ""
# The briefing that a view was added to last in this session.
_LAST = "briefing-added-to"


def add_popover(v: Question, key: str) -> None:
    """The button that adds the view with this key to a briefing, in a `part`; nothing where it cannot be a slide."""
    if key not in slide_figures():
        return
    folded(
        v.say("briefing.add"), f"add-{key}", lambda: _ask(v, key), type="tertiary"
    )  # fmt: skip


def _ask(v: Question, key: str) -> None:
    show_caption(v, v.say("briefing.add_help"))
    there, _ = briefings()
    # One's own come first, and first of all the one that the last view was added to.
    last = st.session_state.get(_LAST)
    there = sorted(there, key=lambda each: (each.name != last, not each.is_own))
    titles = {each.name: each.title for each in there} | {_NEW: v.say("briefing.new")}
    chosen = elements.selectbox(
        v.say("briefing.choose"), list(titles), format_func=titles.__getitem__, key=f"add-to-{key}", width=360,
        filter_mode=None, placeholder=v.say("filter.choose"),
    )  # fmt: skip
    by_name = {each.name: each for each in there}
    if chosen == _NEW:
        elements.text_input(v.say("briefing.name"), key=f"add-name-{key}", max_chars=80)
    elements.text_input(v.say("briefing.slide_title"), key=f"add-title-{key}", max_chars=90)
    snapshot = by_name[chosen].snapshot if chosen in by_name else v.warehouse.id
    if snapshot is None:
        show_caption(v, v.say("briefing.newest_note"))
    elif chosen == _NEW or snapshot == v.warehouse.id:
        show_caption(v, v.say("briefing.pinned_note", snapshot=snapshot))
    else:
        show_caption(v, v.say("briefing.other_note", snapshot=snapshot, shown=v.warehouse.id))
    elements.button(v.say("briefing.add_now"), key=f"add-now-{key}", on_click=_add, args=(key,))


def _add(key: str) -> None:
    v, state = view(), st.session_state
    name, title = state[f"add-to-{key}"], str(state.get(f"add-name-{key}") or "").strip()
    try:
        briefing = find_briefing(name) if name else _made(v, title)
    except (BriefingMissing, BriefingError) as error:
        elements.toast(str(error), icon=":material/error:")
        return
    if briefing is None:
        elements.toast(v.say("briefing.name_missing"), icon=":material/error:")
        return
    # The page's question, not that of one figure, which may look further back.
    link = slide_link({**write_link(v.scope), **v.own})
    slide = Slide(key, link, str(state.get(f"add-title-{key}") or "").strip())
    saved = save_briefing(replace(briefing, slides=(*briefing.slides, slide)))
    state[_LAST] = saved.name
    elements.toast(v.say("briefing.added", title=saved.title, n=v.number(len(saved.slides))), icon=":material/check:")


def _made(v: Question, title: str) -> Briefing | None:
    return Briefing(new_name(title), title, (), v.warehouse.id) if title else None
