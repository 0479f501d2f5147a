"""The days of the period on a calendar: what was received or resolved on each, and which days nobody worked."""

from functools import partial

import polars as pl
import streamlit as st

from comparison.charts.calendar import calendar_map, scale
from comparison.charts.frames.calendar import (
    COUNTED,
    Counted,
    busiest,
    calendar_cells,
    daily_counts,
    reached,
    weekday_and_day,
)
from comparison.charts.frames.hours import mean_text
from comparison.charts.frames.months import covered
from comparison.charts.frames.shares import source_text
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.measures.calendar_days import calendar_days
from comparison.measures.volume_lists import daily_received
from comparison.question import Question
from comparison.widgets import elements
from comparison.widgets.address import go
from comparison.widgets.figure.figures import figure
from comparison.widgets.frame.own_choice import own_asked
from comparison.wording import findings, group_name

# The page's own parameter that says which of the two counts the calendar shows.
CALENDAR = "calendar"
_KEY = f"choice-{CALENDAR}"


def counts_by_day(v: Question, of: Counted) -> pl.DataFrame | None:
    """Every day of the period that data reach with its count, as `daily_counts`; None where they reach none."""
    period = reached(v.scope.period, covered(v.known.root_of[v.scope.root]))
    if period is None:
        return None
    scope = v.scope.with_(period=period)
    return daily_counts(calendar_days(v.warehouse, period), daily_received(v.warehouse, scope, v.viewer), of)


def show_calendar(v: Question) -> None:
    """The calendar with a choice of what it counts; nothing where no day of the period has data."""
    of: Counted = own_asked(v, CALENDAR, COUNTED)
    counts = counts_by_day(v, of)
    if counts is None:
        return
    if v.slide is None:
        _choose(v, of)
    total, top = int(counts["n"].sum()), busiest(counts)
    low, high = scale(counts.filter("is_working")["n"])
    named = top is not None and total >= findings.FEWEST
    period = reached(v.scope.period, covered(v.known.root_of[v.scope.root])) or v.scope.period
    figure(
        v,
        title=v.say(f"calendar.title_{of}", day=weekday_and_day(v.language, top.on), n=v.number(top.n))
        if top is not None and named
        else v.say(f"calendar.subject_{of}"),
        subtitle=v.say(
            "calendar.note", low=v.number(low), high=v.number(high),
            mean=mean_text(v.language, top.mean if top else 0.0),
        ),
        fig=calendar_map(
            calendar_cells(counts, of, v.language), v.theme,
            weekdays=[v.say(f"calendar.short_{weekday}") for weekday in range(1, 8)],
            month_text=partial(group_name, v.language),
        ),
        table=Numbers(
            counts.select(
                pl.col("day").alias(v.say("calendar.column_day")),
                pl.Series(
                    v.say("column.weekday"), [v.say(f"calendar.weekday_{on.isoweekday()}") for on in counts["day"]]
                ),
                pl.col("is_working").alias(v.say("calendar.column_working")),
                pl.col("why").alias(v.say("calendar.column_why")),
                pl.col("n").alias(v.say(f"calendar.{of}")),
            ),
            measures=(of,),
        ),
        source=source_text(v.language, v.warehouse.id, period, total),
        key="lich-ho-so",
        method=method(v, "calendar"),
    )  # fmt: skip


def _choose(v: Question, of: Counted) -> None:
    # The state is set on every run, so that Back shows too.
    st.session_state[_KEY] = of
    elements.segmented_control(
        v.say("calendar.choose"), COUNTED, format_func=lambda each: v.say(f"calendar.{each}"), key=_KEY, required=True,
        on_change=lambda: go(own={CALENDAR: st.session_state[_KEY]}), label_visibility="collapsed",
    )  # fmt: skip
