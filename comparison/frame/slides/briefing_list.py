"""The briefings there are: each to be started, an office's own to be put in order, renamed, pinned and deleted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from comparison import wording
from comparison.figures import slide_figures
from comparison.frame import elements
from comparison.frame.slides.address import BRIEFING, first_slide, forget_slide
from comparison.frame.slides.script import START, slide_script
from comparison.frame.source_row import header
from comparison.frame.words import show_caption, show_text
from comparison.question import Question
from comparison.scope import Period
from comparison.wording.texts import bold
from warehouse.briefings import (
    Briefing,
    BriefingError,
    Slide,
    briefings,
    delete_briefing,
    find_briefing,
    moved,
    save_briefing,
)
from warehouse.snapshots import snapshots

_NEWEST = ""


def briefing_list(v: Question) -> None:
    """Every briefing with what can be done to it, and what is wrong with those that cannot be read."""
    forget_slide()
    found, faults = briefings()
    header(v.say("menu.slides"), v.say("briefing.list_note"))
    slide_script(v, {})
    _not_shown(v, found, faults)
    for fault in faults:
        elements.error(str(fault), icon=":material/error:")
    for briefing in found:
        _row(v, briefing)
    show_caption(v, v.say("briefing.keys"))


def _not_shown(v: Question, found: Sequence[Briefing], faults: Sequence[BriefingError]) -> None:
    """Why the briefing that the address names is not shown."""
    name = v.own.get(BRIEFING, "")
    if not name or any(fault.file == f"{name}.toml" for fault in faults):
        return
    is_there = any(briefing.name == name for briefing in found)
    key = "briefing.no_slides" if is_there else "briefing.missing"
    elements.warning(v.say(key, name=name), icon=":material/link_off:")


def _row(v: Question, briefing: Briefing) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"briefing-{briefing.name}"):
        with st.container(gap=None):
            show_text(v, bold(briefing.title))
            parts = [v.say("briefing.slides", n=v.number(len(briefing.slides))), _pinned(v, briefing.snapshot)]
            show_caption(v, " · ".join([*parts, v.say("briefing.own" if briefing.is_own else "briefing.shipped")]))
        with elements.popover(v.say("briefing.edit"), type="tertiary", key=f"edit-{briefing.name}"):
            _edit(v, briefing)
        elements.button(
            v.say("briefing.start"), key=f"{START}-{briefing.name}", on_click=_start,
            args=(briefing.name,), disabled=not briefing.slides, icon=":material/slideshow:",
        )  # fmt: skip


def _start(name: str) -> None:
    st.query_params.from_dict(first_slide(find_briefing(name)))


def _pinned(v: Question, snapshot: str | None) -> str:
    return v.say("briefing.pinned", snapshot=snapshot) if snapshot else v.say("briefing.newest")


def _edit(v: Question, briefing: Briefing) -> None:
    name = briefing.name
    if not briefing.is_own:
        for number, slide in enumerate(briefing.slides, 1):
            show_text(v, _slide_line(v, number, slide))
        show_caption(v, v.say("briefing.shipped_note"))
        elements.button(v.say("briefing.copy"), key=f"copy-{name}", on_click=_copy, args=(name,))
        return
    # The state is set on every run, so that a file edited by hand shows too.
    st.session_state[f"rename-{name}"] = briefing.title
    elements.text_input(v.say("briefing.name"), key=f"rename-{name}", max_chars=80, on_change=_rename, args=(name,))
    ids = [_NEWEST, *(each.id for each in reversed(snapshots()))]
    pinned = briefing.snapshot or _NEWEST
    st.session_state[f"pin-{name}"] = pinned
    elements.selectbox(
        v.say("briefing.snapshot"), ids if pinned in ids else [*ids, pinned], key=f"pin-{name}",
        format_func=lambda each: _pinned(v, each or None), on_change=_pin, args=(name,),
    )  # fmt: skip
    for number, slide in enumerate(briefing.slides, 1):
        _slide_row(v, briefing, number, slide)
    elements.button(v.say("briefing.delete"), key=f"delete-{name}", on_click=delete_briefing, args=(name,))


def _slide_row(v: Question, briefing: Briefing, number: int, slide: Slide) -> None:
    place, key = number - 1, f"{briefing.name}-{number}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_text(v, _slide_line(v, number, slide))
        for word, icon, by in (("up", "arrow_upward", -1), ("down", "arrow_downward", 1)):
            elements.button(
                "", icon=f":material/{icon}:", type="tertiary", key=f"{word}-{key}", help=v.say(f"briefing.{word}"),
                on_click=_move, args=(briefing.name, place, by), disabled=not 0 <= place + by < len(briefing.slides),
            )  # fmt: skip
        elements.button(
            "", icon=":material/close:", type="tertiary", key=f"remove-{key}", help=v.say("briefing.remove"),
            on_click=_remove, args=(briefing.name, place),
        )  # fmt: skip


def _slide_line(v: Question, number: int, slide: Slide) -> str:
    """ "3. Trễ hạn theo đơn vị và lĩnh vực, quý gần nhất"."""
    name = v.say(f"briefing.view.{slide.view}") if slide.view in slide_figures() else slide.view
    parts = [slide.title or name, _when(v, slide)]
    return f"{number}. " + ", ".join(filter(None, parts))


def _when(v: Question, slide: Slide) -> str:
    if slide.period:
        return v.say(f"briefing.{slide.period}")
    try:
        period = Period(date.fromisoformat(slide.link.get("from", "")), date.fromisoformat(slide.link.get("to", "")))
    except ValueError:
        return ""
    return wording.findings.lowered(wording.period_name(v.language, period))


def _changed(name: str, **changes: object) -> None:
    save_briefing(replace(find_briefing(name), **changes))  # type: ignore[arg-type] # names of its fields


def _copy(name: str) -> None:
    _changed(name)


def _rename(name: str) -> None:
    title = str(st.session_state[f"rename-{name}"]).strip()
    if title:
        _changed(name, title=title)


def _pin(name: str) -> None:
    _changed(name, snapshot=st.session_state[f"pin-{name}"] or None)


def _move(name: str, place: int, by: int) -> None:
    _changed(name, slides=moved(find_briefing(name).slides, place, by))


def _remove(name: str, place: int) -> None:
    slides = find_briefing(name).slides
    _changed(name, slides=(*slides[:place], *slides[place + 1 :]))
