"""The bar above every page: what is asked, in one row, and what it is asked of."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, get_args

import streamlit as st

from comparison import wording
from comparison.measures import latest_cut_off
from comparison.scope import Compare, default_scope
from comparison.widgets.address import go, page_script
from comparison.widgets.changes import pinned_line
from comparison.widgets.opening import units_shown
from comparison.widgets.period_choice import choose_dates, choose_period, close_dates
from comparison.widgets.several_choice import choose_several
from comparison.widgets.sharing import share
from comparison.widgets.view import View, view

_ALL = "all"


def scope_bar(v: View, page: str) -> None:
    """The row of boxes; every change is a change of the address. `page` is the page's place in the menu."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="scope-bar"):
        choose_period(v, 252)
        _one(v, "compare", get_args(Compare), lambda word: _compare_label(v, word), width=184)
        _several_units(v)
        _several_fields(v)
        with st.popover(_more_label(v), type="tertiary", key="choice-more"):
            _more(v)
        st.button(
            v.say("filter.reset"), type="tertiary", key="choice-reset", help=v.say("filter.reset_help"), on_click=_reset
        )
        share(v)
        with st.container(gap=None):
            st.caption(_snapshot(v), text_alignment="right")
            page_script(v.language, {**v.parameters(), **v.own}, page)
    choose_dates(v)
    pinned_line(v)


def scope_choices(v: View) -> None:
    """What the row offers, one under the other, for a place without room for a row: a slide."""
    choose_period(v, 340)
    choose_dates(v)
    _one(v, "compare", get_args(Compare), lambda word: _compare_label(v, word))
    _one(v, "kind", (_ALL, *v.known.kinds_of(v.scope.root)), lambda kind: v.say(f"kind.{kind}"), change=_kind_chosen)
    units = {unit.code: wording.short_unit_name(unit.name) for unit in v.known.units_of(v.scope.root, v.scope.kind)}
    _several(v, "units", list(units), units.__getitem__, units_shown(_without_units(v)))
    fields = {field.code: field.short_name for field in v.known.fields}
    _several(v, "fields", list(fields), fields.__getitem__, v.say("filter.all_fields"))
    _several(v, "channels", v.known.channels, lambda code: v.say(f"channel.{code}"), v.say("filter.all_channels"))


def _key(name: str) -> str:
    return f"choice-{name}"


def _one(
    v: View, name: str, options: Sequence[str], label: Callable[[str], str], *, width: int | None = None,
    change: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """A box with one choice, showing what the scope says: the state is set on every run, so that Back shows too."""
    st.session_state[_key(name)] = getattr(v.scope, name) or _ALL
    st.selectbox(
        v.say(f"filter.{name}"), options, format_func=label, key=_key(name),
        on_change=change or _chosen, args=None if change else (name,),
        label_visibility="collapsed" if width else "visible", width=width or "stretch",
    )  # fmt: skip


def _several(v: View, name: str, options: Sequence[str], label: Callable[[str], str], nothing: str) -> None:
    """A box with any number of choices; none means all, and `nothing` says so."""
    chosen = set(getattr(v.scope, name))
    st.session_state[_key(name)] = [code for code in options if code in chosen]
    st.multiselect(
        v.say(f"filter.{name}"), options, format_func=label, key=_key(name), placeholder=nothing,
        on_change=_several_chosen, args=(name,), filter_mode="contains", select_all=False,
    )  # fmt: skip


def _chosen(name: str) -> None:
    go(**{name: st.session_state[_key(name)]})


def _several_chosen(name: str) -> None:
    changes: dict[str, Any] = {name: tuple(st.session_state[_key(name)])}
    go(**changes)


def _kind_chosen() -> None:
    kind = st.session_state[_key("kind")]
    go(kind=None if kind == _ALL else kind, units=())


def _root_chosen() -> None:
    v = view()
    go(scope=default_scope(v.known, st.session_state[_key("root")]), compare=v.scope.compare)


def _reset() -> None:
    v = view()
    close_dates()
    go(scope=default_scope(v.known, v.scope.root))


def _language_chosen() -> None:
    go(language=st.session_state[_key("language")])


def _compare_label(v: View, word: str) -> str:
    before = v.scope.period.year_before()
    if word == "year" and before and before.starts_on.year == before.ends_on.year:
        return v.say("compare.year_named", year=before.starts_on.year)
    return v.say(f"compare.{word}")


def _several_units(v: View) -> None:
    names = {unit.code: wording.short_unit_name(unit.name) for unit in v.known.units_of(v.scope.root, v.scope.kind)}
    everything = units_shown(_without_units(v))
    choose_several(v, "units", names, everything, width=160)


def _without_units(v: View) -> View:
    return replace(v, scope=v.scope.with_(units=()))


def _several_fields(v: View) -> None:
    names = {field.code: field.short_name for field in v.known.fields}
    choose_several(v, "fields", names, v.say("filter.all_fields"), width=140)


def _more_label(v: View) -> str:
    usual = default_scope(v.known, v.scope.root)
    names = ("kind", "channels", "procedures", "instrument")
    changed = sum(getattr(v.scope, name) != getattr(usual, name) for name in names)
    return f"{v.say('filter.more')} ({changed})" if changed else v.say("filter.more")


def _more(v: View) -> None:
    known, scope = v.known, v.scope
    if len(known.roots) > 1:
        roots = {root.code: root.name for root in known.roots}
        _one(v, "root", list(roots), roots.__getitem__, change=_root_chosen)
    kinds = (_ALL, *known.kinds_of(scope.root))
    _one(v, "kind", kinds, lambda kind: v.say(f"kind.{kind}"), change=_kind_chosen)
    instruments = {each.code: wording.instrument_title(v.language, each) for each in known.instruments_of(scope.root)}
    if len(instruments) > 1:
        _one(v, "instrument", list(instruments), instruments.__getitem__)
    _several(v, "channels", known.channels, lambda code: v.say(f"channel.{code}"), v.say("filter.all_channels"))
    procedures = {
        each.code: each.name
        for each in known.procedures
        if not scope.fields or each.field in scope.fields or each.code in scope.procedures
    }
    _several(v, "procedures", list(procedures), procedures.__getitem__, v.say("filter.all_procedures"))
    st.session_state[_key("language")] = v.language
    st.segmented_control(
        v.say("app.language_label"), ("vi", "en"), key=_key("language"), required=True, on_change=_language_chosen,
        format_func=lambda code: v.say(f"app.language_{code}"),
    )  # fmt: skip


def _snapshot(v: View) -> str:
    first, last = v.known.root_of[v.scope.root].cut_off, latest_cut_off(v.warehouse, v.scope.root)
    if first == last:
        return v.say("source.header", snapshot=v.warehouse.id, cut_off=wording.day(v.language, last))
    return v.say(
        "source.header_several", snapshot=v.warehouse.id, first=wording.day(v.language, first),
        last=wording.day(v.language, last),
    )  # fmt: skip
