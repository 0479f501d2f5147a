"""The periods that people can choose from, and the two dates where none of them fits."""

from datetime import date
from typing import Literal

import streamlit as st

from comparison import wording
from comparison.scope import Period
from comparison.scope.periods import CalendarKind, full_periods, year_to_date
from comparison.widgets.address import go
from comparison.widgets.view import View, view

Custom = Literal["custom"]
CUSTOM: Custom = "custom"
_HOW_MANY: dict[CalendarKind, int] = {"quarter": 6, "month": 12, "half_year": 4, "year": 10}
_KEY = "choice-period"
_DATES = "choice-dates-are-open"
_FROM, _TO = "choice-from", "choice-to"
_PROBLEM = "choice-dates-problem"


def offered(v: View) -> list[Period | Custom]:
    """Newest first: quarters, months, half-years, years, the year to date; and the period shown, whatever it is."""
    root = v.known.root_of[v.scope.root]
    found: list[Period | Custom] = []
    for kind, most in _HOW_MANY.items():
        found += full_periods(kind, root.covers_from, root.cut_off)[:most]
    to_date = year_to_date(root.cut_off)
    if to_date.starts_on >= root.covers_from:
        found.append(to_date)
    if v.scope.period not in found:
        found.insert(0, v.scope.period)
    return [*dict.fromkeys(found), CUSTOM]


def choose_period(v: View, width: int) -> None:
    """The period in one box; choosing one shows it."""
    root = v.known.root_of[v.scope.root]

    def label(choice: Period | Custom) -> str:
        if choice == "custom":
            return v.say("period.custom")
        if choice == year_to_date(root.cut_off) and choice.kind == "custom":
            return f"{v.say('period.year_to_date')} ({wording.date_range(v.language, choice)})"
        return wording.period_label(v.language, choice)

    st.session_state[_KEY] = CUSTOM if st.session_state.get(_DATES) else v.scope.period
    st.selectbox(
        v.say("filter.period"), offered(v), format_func=label, key=_KEY, on_change=_chosen,
        label_visibility="collapsed", width=width,
    )  # fmt: skip


def _chosen() -> None:
    choice = st.session_state[_KEY]
    st.session_state[_DATES] = choice == CUSTOM
    if isinstance(choice, Period):
        go(period=choice)


def choose_dates(v: View) -> None:
    """Two dates below the boxes, once "custom" is chosen and until another period is."""
    if not st.session_state.get(_DATES):
        return
    problem = st.session_state.pop(_PROBLEM, "")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for key, name, day in (
            (_FROM, "period.starts_on", v.scope.period.starts_on),
            (_TO, "period.ends_on", v.scope.period.ends_on),
        ):
            if not problem:
                st.session_state[key] = day
            st.date_input(
                v.say(name), key=key, format="DD/MM/YYYY", width=180, on_change=_dated,
                min_value=date(2000, 1, 1), max_value=date(2099, 12, 31),
            )  # fmt: skip
        if problem:
            st.warning(problem, width=420)


def _dated() -> None:
    starts_on, ends_on = st.session_state[_FROM], st.session_state[_TO]
    if starts_on is None or ends_on is None or ends_on < starts_on:
        st.session_state[_PROBLEM] = view().say("period.ends_before_start")
    else:
        go(period=Period(starts_on, ends_on))


def close_dates() -> None:
    """Put the two dates away, as after a reset."""
    st.session_state[_DATES] = False
