"""The periods that people can choose from, by calendar or statutory, and the two dates where none of them fits."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

import streamlit as st

from comparison import wording
from comparison.frame import elements
from comparison.frame.address import draw_all, go
from comparison.frame.view import view
from comparison.question import Question
from comparison.scope import Period
from comparison.scope.link_reading import EARLIEST, LAST
from comparison.scope.periods import CalendarKind, full_nine_months, full_periods, namesake, presets
from comparison.wording import findings

# Choices that are not a period of their own: each leads to one, or to two dates.
Word = Literal["last_quarter", "last_month", "other_reckoning", "custom"]
CUSTOM: Literal["custom"] = "custom"
_LAST: tuple[Word, ...] = ("last_quarter", "last_month")
_HOW_MANY: dict[CalendarKind, int] = {"quarter": 6, "month": 12, "half_year": 4, "year": 10}
_NINE_MONTHS = 3
_KEY = "choice-period"
# What is looked at while the two dates are asked for: the period and, of a briefing, the slide.
_DATES = "choice-dates-of"
_FROM, _TO = "choice-from", "choice-to"
_PROBLEM = "choice-dates-problem"


def offered(v: Question) -> list[Period | Word]:
    """The last full quarter and month, the periods to date, the other reckoning; quarters, months, half-years and
    years, newest first; other dates. All by the reckoning of the period shown, which is always among them."""
    there, found = _presets(v), _whole(v)
    choices: list[Period | Word] = [word for word in _LAST if word in there]
    choices += [period for name, period in there.items() if name not in _LAST]
    if v.scope.period not in (*choices, *found):
        choices.insert(0, v.scope.period)
    if _in_other_reckoning(v):
        choices.append("other_reckoning")
    return list(dict.fromkeys([*choices, *found, CUSTOM]))


def _presets(v: Question) -> dict[str, Period]:
    root = v.known.root_of[v.scope.root]
    found = presets(root.covers_from, root.cut_off, v.scope.period.reckoning)
    return {str(name): period for name, period in found.items()}


def _whole(v: Question, *, other: bool = False) -> list[Period]:
    """The whole periods that data cover, of the reckoning of the period shown or of the other one."""
    root, is_statutory = v.known.root_of[v.scope.root], (v.scope.period.reckoning == "statutory") != other
    reckoning: Literal["calendar", "statutory"] = "statutory" if is_statutory else "calendar"
    found: list[Period] = []
    for kind, most in _HOW_MANY.items():
        found += full_periods(kind, root.covers_from, root.cut_off, reckoning)[:most]
    if is_statutory:
        found += full_nine_months(root.covers_from, root.cut_off, reckoning)[:_NINE_MONTHS]
    return found


def _in_other_reckoning(v: Question) -> Period | None:
    """The period of the same name in the other reckoning, else the newest quarter or month there; None without any."""
    there, shown = _whole(v, other=True), v.scope.period
    if shown.statutory is not None or shown.kind != "custom":
        same = namesake(shown)
        if same in there:
            return same
    return there[0] if there else None


def _label(v: Question, choice: Period | Word, there: Mapping[str, Period]) -> str:
    """What a choice is called; `there`: the presets by name."""
    if choice == "custom":
        return v.say("period.custom")
    is_statutory = v.scope.period.reckoning == "statutory"
    if choice == "other_reckoning":
        return v.say("period.to_calendar" if is_statutory else "period.to_statutory")
    if isinstance(choice, str):
        name = findings.within(v.language, wording.period_name(v.language, there[choice]))
        return f"{v.say(f'period.{choice}')}: {name}"
    named = next((name for name, period in there.items() if period == choice and name not in _LAST), None)
    if named is None or choice.kind != "custom" or choice.statutory is not None:
        return wording.period_label(v.language, choice)
    text = v.say(f"period.{named}")
    if is_statutory:
        text = v.say("period.statutory_to_date", name=findings.within(v.language, text))
    return f"{text} ({wording.date_range(v.language, choice)})"


def choose_period(v: Question, width: int) -> None:
    """The period in one box; choosing one shows it."""
    st.session_state[_KEY] = CUSTOM if _are_dates_open(v) else v.scope.period
    there = _presets(v)
    elements.selectbox(
        v.say("filter.period"), offered(v), format_func=lambda choice: _label(v, choice, there), key=_KEY,
        on_change=_chosen, label_visibility="collapsed", width=width, filter_mode=None,
        placeholder=v.say("filter.choose"),
    )  # fmt: skip


def _chosen() -> None:
    choice, v = st.session_state[_KEY], view()
    st.session_state[_DATES] = _looked_at(v, v.scope.period) if choice == CUSTOM else None
    if choice == "other_reckoning":
        choice = _in_other_reckoning(v)
    elif choice in _LAST:
        choice = _presets(v)[choice]
    if isinstance(choice, Period):
        go(period=choice)


def choose_dates(v: Question) -> None:
    """Two dates below the boxes, once "custom" is chosen and until another period is, in whatever way."""
    if not _are_dates_open(v):
        return
    problem = st.session_state.pop(_PROBLEM, "")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for key, name, day in (
            (_FROM, "period.starts_on", v.scope.period.starts_on),
            (_TO, "period.ends_on", v.scope.period.ends_on),
        ):
            if not problem:
                st.session_state[key] = wording.day(v.language, day)
            # Typed, as st.date_input opens a calendar in English.
            elements.text_input(
                v.say(name), key=key, placeholder=v.say("period.written_as"), width=180, on_change=_dated
            )
        if problem:
            elements.warning(problem, width=420)


def _dated() -> None:
    days = []
    for text in (st.session_state[_FROM], st.session_state[_TO]):
        day = _read(text)
        if day is None or not EARLIEST <= day <= LAST:
            key = "period.no_date" if day is None else "period.impossible_date"
            st.session_state[_PROBLEM] = view().say(key, text=text)
            return
        days.append(day)
    if days[1] < days[0]:
        st.session_state[_PROBLEM] = view().say("period.ends_before_start")
    else:
        period = Period(*days)
        st.session_state[_DATES] = _looked_at(view(), period)
        go(period=period)


def _looked_at(v: Question, period: Period) -> tuple[Period, str, str]:
    return period, v.own.get("briefing", ""), v.own.get("slide", "")


def _are_dates_open(v: Question) -> bool:
    return bool(st.session_state.get(_DATES) == _looked_at(v, v.scope.period))


def _read(text: str) -> date | None:
    """ "5/2/2025" as a day; None for what is none."""
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()
    except ValueError:
        return None


def close_dates() -> None:
    """Put the two dates away, as after a reset."""
    if st.session_state.pop(_DATES, None):
        draw_all()
