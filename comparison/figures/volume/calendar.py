"""The days of the period on a calendar: what was received or resolved on each, and which days nobody worked."""

from datetime import date
from functools import partial

import polars as pl

from comparison.figures.figure import Chart, Choice, Figure, Made
from comparison.figures.numbers import Numbers
from comparison.figures.own_choice import own_choice
from comparison.figures.volume.asked import days_with_data, has_work
from comparison.figures.volume.by_day import COUNTED, Counted, counts_by_day
from comparison.figures.volume.day_words import mean_text
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method
from comparison.forms.calendar import calendar_map, scale
from comparison.forms.frames.shares import source_text
from comparison.forms.place import Place
from comparison.judgements.busiest import busiest_day
from comparison.question import Question
from comparison.scope import Language
from comparison.wording import day, findings, group_name, number, say

# The page's own parameter that says which of the two counts the calendar shows.
CALENDAR = "calendar"


def _made(q: Question, _: Place) -> Made | None:
    """The calendar with a choice of what it counts; None where no day of the period has data."""
    of, ignored = own_choice(q, CALENDAR, COUNTED)
    counts, period = counts_by_day(q, of), days_with_data(q)
    if counts is None or not has_work(q):
        return None
    total, top = int(counts["n"].sum()), busiest_day(counts)
    low, high = scale(counts.filter("is_working")["n"])
    mean = mean_text(q.language, top.mean if top else 0.0)
    return Made(
        title=q.say(f"calendar.title_{of}", day=_weekday_and_day(q.language, top.on), n=q.number(top.n))
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


def calendar_cells(counts: pl.DataFrame, of: Counted, language: Language) -> pl.DataFrame:
    """`counts_by_day` with the text and hover of a calendar's cell."""
    rows = counts.select("day", "n", "is_working", "is_holiday", "why").iter_rows()
    return counts.with_columns(
        pl.Series("text", [number(language, n) for n in counts["n"]], dtype=pl.String),
        pl.Series("hover", [_hover(language, of, *row) for row in rows], dtype=pl.String),
    )


def _hover(language: Language, of: Counted, on: date, n: int, is_working: bool, is_holiday: bool, why: str) -> str:
    head = findings.sentence(_weekday_and_day(language, on))
    count = say(language, f"hover.{of}", n=number(language, n))
    if is_working:
        return f"{head}\n{count}"
    off = say(language, "calendar.holiday", why=why) if is_holiday and why else say(language, "calendar.off")
    return f"{head}: {off}\n{count}"


def _weekday_and_day(language: Language, on: date) -> str:
    """ "thứ Hai 14/04/2025"."""
    weekday = say(language, f"calendar.weekday_{on.isoweekday()}")
    return say(language, "calendar.day", weekday=weekday, day=day(language, on))


CASES_BY_DAY = Figure("lich-ho-so", PAGE, _made)
