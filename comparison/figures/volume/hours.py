"""On which weekdays and at which hours people come."""

import polars as pl

from comparison.charts.bars import bars
from comparison.charts.frames.hours import (
    Busy,
    busiest_hour,
    busiest_weekday,
    by_weekday,
    hour_cells,
    hour_name,
    mean_text,
    weekday_bars,
    weekday_name,
)
from comparison.charts.frames.shares import room_for, source_text
from comparison.charts.hours import weekday_hours
from comparison.charts.place import Place
from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.numbers import Numbers
from comparison.figures.volume.asked import received_in_all
from comparison.figures.volume.calendar import counts_by_day
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method
from comparison.measures.volume_lists import receipt_hours
from comparison.question import Question
from comparison.wording import findings


def are_hours_known(q: Question) -> bool:
    """Whether any export of the period says at which hour a case was received."""
    return not receipt_hours(q.warehouse, q.scope, q.viewer).is_empty()


def _made(q: Question, _: Place) -> Made | None:
    """Weekdays by hours; where the exports have no times, weekdays alone and a sentence that says so.

    None where no working day of the period has data.
    """
    counts = counts_by_day(q, "received") if received_in_all(q) else None
    if counts is None:
        return None
    weekdays = by_weekday(counts)
    if weekdays.is_empty():
        return None
    busy = busiest_weekday(weekdays)
    hours = hour_cells(receipt_hours(q.warehouse, q.scope, q.viewer), weekdays, q.language)
    return _weekdays(q, weekdays, busy) if hours.is_empty() else _hours(q, hours, weekdays, busy)


def _title(q: Question, what: str, busy: Busy | None, total: int) -> str:
    if busy is not None:
        mean, others = (mean_text(q.language, each) for each in (busy.mean, busy.others))
        return q.say("hours.title", weekday=weekday_name(q.language, busy.weekday), mean=mean, others=others)
    return q.say(f"hours.{what}_even" if total >= findings.FEWEST else f"hours.{what}_subject")


def _weekdays(q: Question, weekdays: pl.DataFrame, busy: Busy | None) -> Made:
    frame, total = weekday_bars(weekdays, busy, q.language), int(weekdays["n"].sum())
    return Made(
        title=_title(q, "weekday", busy, total),
        subtitle=f"{q.say('hours.note_weekday')} {q.say('hours.no_hours')}",
        body=Chart(bars(frame, q.theme, accent="blue", left=room_for(frame["name"].to_list()), top=8)),
        numbers=Numbers(
            weekdays.select(
                frame["name"].alias(q.say("hours.column_weekday")),
                pl.col("n").alias(q.say("hours.column_n")),
                pl.col("days").alias(q.say("load.column_days")),
                pl.col("mean").alias(q.say("hours.column_mean")),
            ),
            measures=("received",),
        ),
        source=source_text(q.language, q.warehouse.id, q.scope.period, total),
        method=method(q, "weekday"),
    )


def _hours(q: Question, hours: pl.DataFrame, weekdays: pl.DataFrame, busy: Busy | None) -> Made:
    timed, total = int(hours["n"].sum()), int(weekdays["n"].sum())
    opened: list[int] = hours["hour"].to_list()
    named = [(weekday, weekday_name(q.language, weekday)) for weekday in weekdays["weekday"]]
    title, peak = _title(q, "hour", busy, timed), busiest_hour(hours)
    if busy is None and peak is not None:
        title = q.say("hours.title_hour", hour=hour_name(peak[0]), share=q.percent(peak[1], 0))
    note = q.say("hours.note")
    if timed * 100 < total * 99:
        note += f" {q.say('hours.note_part', share=q.percent(timed / total, 0))}"
    return Made(
        title=title,
        subtitle=note,
        body=Chart(
            weekday_hours(
                hours,
                weekdays.select(
                    "weekday",
                    pl.Series("text", [mean_text(q.language, mean) for mean in weekdays["mean"]], dtype=pl.String),
                    is_most=pl.col("weekday") == (busy.weekday if busy else 0),
                ),
                q.theme,
                weekdays=named,
                hours=[(hour, hour_name(hour)) for hour in range(min(opened), max(opened) + 1)],
                total_head=q.say("hours.total"),
            )
        ),
        numbers=Numbers(
            hours.select(
                pl.col("weekday")
                .replace_strict(dict(named), return_dtype=pl.String)
                .alias(q.say("hours.column_weekday")),
                pl.Series(q.say("hours.column_hour"), [hour_name(hour) for hour in hours["hour"]], dtype=pl.String),
                pl.col("n").alias(q.say("hours.column_n")),
                pl.col("value").alias(q.say("hours.column_mean")),
            ),
            measures=("received",),
        ),
        source=source_text(q.language, q.warehouse.id, q.scope.period, timed),
        method=method(q, "weekday", "hour"),
    )


# One figure by two keys, as briefings name it by what it shows; a page lists the one that fits.
WEEKDAY_HOURS = Figure("thu-va-gio", PAGE, _made)
WEEKDAYS = Figure("thu-trong-tuan", PAGE, _made)
