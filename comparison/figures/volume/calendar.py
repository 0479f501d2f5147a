"""The days of the period on a calendar: what was received or resolved on each, and which days nobody worked."""

from functools import partial

import polars as pl

from comparison.charts.calendar import calendar_map, scale
from comparison.charts.frames.calendar import COUNTED, Counted, busiest, calendar_cells, daily_counts, weekday_and_day
from comparison.charts.frames.hours import mean_text
from comparison.charts.frames.shares import source_text
from comparison.charts.place import Place
from comparison.figures.figure import Chart, Choice, Figure, Made
from comparison.figures.numbers import Numbers
from comparison.figures.own_choice import own_choice
from comparison.figures.volume.asked import days_with_data, has_work
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method
from comparison.measures.calendar_days import calendar_days
from comparison.measures.volume_lists import daily_received
from comparison.question import Question
from comparison.wording import findings, group_name

# The page's own parameter that says which of the two counts the calendar shows.
CALENDAR = "calendar"


def counts_by_day(q: Question, of: Counted) -> pl.DataFrame | None:
    """Every day of the period that data reach with its count, as `daily_counts`; None where they reach none."""
    period = days_with_data(q)
    if period is None:
        return None
    daily = daily_received(q.warehouse, q.scope.with_(period=period), q.viewer)
    return daily_counts(calendar_days(q.warehouse, period), daily, of)


def _made(q: Question, _: Place) -> Made | None:
    """The calendar with a choice of what it counts; None where no day of the period has data."""
    of, ignored = own_choice(q, CALENDAR, COUNTED)
    counts, period = counts_by_day(q, of), days_with_data(q)
    if counts is None or not has_work(q):
        return None
    total, top = int(counts["n"].sum()), busiest(counts)
    low, high = scale(counts.filter("is_working")["n"])
    mean = mean_text(q.language, top.mean if top else 0.0)
    return Made(
        title=q.say(f"calendar.title_{of}", day=weekday_and_day(q.language, top.on), n=q.number(top.n))
        if top is not None and total >= findings.FEWEST
        else q.say(f"calendar.subject_{of}"),
        subtitle=q.say("calendar.note", low=q.number(low), high=q.number(high), mean=mean),
        body=Chart(
            calendar_map(
                calendar_cells(counts, of, q.language),
                q.theme,
                weekdays=[q.say(f"calendar.short_{weekday}") for weekday in range(1, 8)],
                month_text=partial(group_name, q.language),
            )
        ),
        numbers=Numbers(
            counts.select(
                pl.col("day").alias(q.say("calendar.column_day")),
                pl.Series(
                    q.say("column.weekday"), [q.say(f"calendar.weekday_{on.isoweekday()}") for on in counts["day"]]
                ),
                pl.col("is_working").alias(q.say("calendar.column_working")),
                pl.col("why").alias(q.say("calendar.column_why")),
                pl.col("n").alias(q.say(f"calendar.{of}")),
            ),
            measures=(of,),
        ),
        source=source_text(q.language, q.warehouse.id, period, total),
        method=method(q, "calendar"),
        choices=(
            Choice(CALENDAR, q.say("calendar.choose"), {each: q.say(f"calendar.{each}") for each in COUNTED}, of),
        ),
        ignored=ignored,
    )


CASES_BY_DAY = Figure("lich-ho-so", PAGE, _made)
