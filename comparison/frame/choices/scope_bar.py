"""The bar above every page: what is asked, in one row, what it is asked of, and a chip for whatever else narrows it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, get_args

import streamlit as st

from comparison import wording
from comparison.figures.part_shown import units_shown
from comparison.frame import elements
from comparison.frame.address import go
from comparison.frame.changes import pinned_line
from comparison.frame.choices.period import choose_dates, choose_period, close_dates
from comparison.frame.choices.scope_chips import chips
from comparison.frame.choices.several import several_choices, several_text
from comparison.frame.folded import folded, part
from comparison.frame.page_script import page_script
from comparison.frame.page_style import page_style
from comparison.frame.sharing import share
from comparison.frame.view import view
from comparison.frame.words import show_caption
from comparison.question import Question
from comparison.scope import Compare, Language, OnTime, default_scope
from comparison.wording.texts import markup, style

_ALL = "all"
_BAR, _BUTTONS = "scope-bar", "scope-buttons"
# A part of the page has boxes of its own; without them its buttons stand, and wrap, in the row itself.
_STYLE = f".st-key-{_BAR} :has(.st-key-{_BUTTONS}),.st-key-{_BUTTONS}{{display:contents!important}}"


def scope_bar(v: Question, page: str) -> None:
    """The row of boxes; every change is a change of the address. `page` is the page's place in the menu."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=_BAR):
        choose_period(v, 252)
        _one(v, "compare", get_args(Compare), lambda word: _compare_label(v, word), width=184)
        _buttons(v)
        with st.container(gap=None):
            show_caption(v, v.say_snapshot("source.header"), align="right")
            # Streamlit would put a piece of nothing but style where a message that comes later takes its place.
            elements.html(markup("<i hidden></i>") + style(f"{_STYLE}{page_style(v)}"))
            page_script(v, page)
    choose_dates(v)
    chips(v)
    pinned_line(v)


@part
def _buttons(v: Question) -> None:
    other: Language = "en" if v.language == "vi" else "vi"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key=_BUTTONS):
        everything = units_shown(_without_units(v))
        folded(several_text(v, "units", _unit_names(v), everything), "choice-units-button", lambda: _units(v))
        folded(v.say("filter.more"), "choice-more", lambda: _more(v), type="tertiary")
        elements.button(v.say("filter.reset"), type="tertiary", key="choice-reset", on_click=_reset)
        share(v)
        elements.button(
            v.say(f"app.language_{other}"), type="tertiary", key=_key("language"),
            on_click=lambda: go(language=other),
        )  # fmt: skip


def scope_choices(v: Question) -> None:
    """What the row offers, one under the other, for a place without room for a row: a slide. Stands in a `part`."""
    choose_period(v, 340)
    choose_dates(v)
    _one(v, "compare", get_args(Compare), lambda word: _compare_label(v, word))
    _units(v)
    _fields(v)
    _channels(v)


def _key(name: str) -> str:
    return f"choice-{name}"


def _one(
    v: Question, name: str, options: Sequence[str], label: Callable[[str], str], *, width: int | None = None,
    change: Callable[[str, str], None] | None = None,
) -> None:  # fmt: skip
    """A box with one choice, showing what the scope says: the state is set on every run, so that Back shows too."""
    value = getattr(v.scope, name) or _ALL
    key = _key(name)
    st.session_state[key] = value
    # Nothing to type: Streamlit answers a name that it does not find in English.
    elements.selectbox(
        v.say(f"filter.{name}"), options, format_func=label, key=key, filter_mode=None,
        placeholder=v.say("filter.choose"),
        on_change=change or _chosen, args=(name, key),
        # A box without a label stands in the row itself.
        label_visibility="collapsed" if width else "visible", width=width or "stretch",
    )  # fmt: skip


def _picked(name: str, key: str) -> str:
    value: str = st.session_state[key]
    return value


def _chosen(name: str, key: str) -> None:
    changes: dict[str, Any] = {name: _picked(name, key)}
    go(**changes)


def _kind_chosen(key: str) -> None:
    kind = _picked("kind", key)
    go(kind=None if kind == _ALL else kind, units=())


def _peers(kind: str) -> None:
    go(kind=kind, units=())


def _root_chosen(name: str, key: str) -> None:
    v = view()
    go(scope=default_scope(v.known, _picked(name, key)), compare=v.scope.compare)


def _reset() -> None:
    v = view()
    close_dates()
    go(scope=default_scope(v.known, v.scope.root))


def _compare_label(v: Question, word: str) -> str:
    before = v.scope.period.year_before()
    if word == "year" and before and before.starts_on.year == before.ends_on.year:
        return v.say("compare.year_named", year=before.starts_on.year)
    return v.say(f"compare.{word}")


def _unit_names(v: Question) -> dict[str, str]:
    return {unit.code: wording.short_unit_name(unit.name) for unit in v.known.units_of(v.scope.root, v.scope.kind)}


def _units(v: Question) -> None:
    """All of a kind in one click, the peers of a single unit in another, and any number of units by name."""
    # The root itself handles no case: as a choice it would only empty every page.
    kinds = [kind for kind in v.known.kinds_of(v.scope.root) if kind != "district" or kind == v.scope.kind]
    if len(kinds) > 1:
        key = _key("kind")
        st.session_state[key] = v.scope.kind or _ALL
        elements.pills(
            v.say("filter.kind"), (_ALL, *kinds), format_func=lambda kind: v.say(f"kind.{kind}"), key=key,
            required=True, on_change=_kind_chosen, args=(key,), label_visibility="collapsed",
        )  # fmt: skip
    if len(v.scope.units) == 1:
        unit = v.known.unit_of[v.scope.units[0]]
        elements.button(
            v.say("filter.peers", unit=wording.short_unit_name(unit.name)), type="tertiary", key=_key("peers"),
            icon=":material/groups:", on_click=_peers, args=(unit.kind,),
        )  # fmt: skip
    several_choices(v, "units", _unit_names(v))


def _fields(v: Question) -> None:
    show_caption(v, v.say("filter.fields"))
    several_choices(v, "fields", {field.code: field.short_name for field in v.known.fields})


def _channels(v: Question) -> None:
    show_caption(v, v.say("filter.channels"))
    several_choices(v, "channels", {code: v.say(f"channel.{code}") for code in v.known.channels})


def _without_units(v: Question) -> Question:
    return replace(v, scope=v.scope.with_(units=()))


def _more(v: Question) -> None:
    known, scope = v.known, v.scope
    if len(known.roots) > 1:
        roots = {root.code: root.name for root in known.roots}
        _one(v, "root", list(roots), roots.__getitem__, change=_root_chosen)
    _fields(v)
    _channels(v)
    show_caption(v, v.say("filter.procedures"))
    several_choices(v, "procedures", {
        each.code: each.name
        for each in known.procedures
        if not scope.fields or each.field in scope.fields or each.code in scope.procedures
    })  # fmt: skip
    instruments = {each.code: wording.instrument_title(v.language, each) for each in known.instruments_of(scope.root)}
    if len(instruments) > 1:
        _one(v, "instrument", list(instruments), instruments.__getitem__)
    _one(v, "on_time", get_args(OnTime), lambda word: v.say(f"on_time.{word}"))
