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
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.measures.volume_lists import receipt_hours
from comparison.question import Question
from comparison.widgets.figure.figures import figure
from comparison.widgets.volume.calendar import counts_by_day
from comparison.wording import findings


def show_hours(v: Question) -> None:
    """Weekdays by hours; where the exports have no times, weekdays alone and a sentence that says so.

    Nothing where no working day of the period has data.
    """
    counts = counts_by_day(v, "received")
    if counts is None:
        return
    weekdays = by_weekday(counts)
    if weekdays.is_empty():
        return
    busy = busiest_weekday(weekdays)
    hours = hour_cells(receipt_hours(v.warehouse, v.scope, v.viewer), weekdays, v.language)
    total = int(weekdays["n"].sum())
    if hours.is_empty():
        _show_weekdays(v, weekdays, busy, total)
    else:
        _show_hours(v, hours, weekdays, busy, total)


def _title(v: Question, what: str, busy: Busy | None, total: int) -> str:
    if busy is not None:
        return v.say(
            "hours.title", weekday=weekday_name(v.language, busy.weekday), mean=mean_text(v.language, busy.mean),
            others=mean_text(v.language, busy.others),
        )  # fmt: skip
    return v.say(f"hours.{what}_even" if total >= findings.FEWEST else f"hours.{what}_subject")


def _show_weekdays(v: Question, weekdays: pl.DataFrame, busy: Busy | None, total: int) -> None:
    frame = weekday_bars(weekdays, busy, v.language)
    figure(
        v,
        title=_title(v, "weekday", busy, total),
        subtitle=f"{v.say('hours.note_weekday')} {v.say('hours.no_hours')}",
        fig=bars(frame, v.theme, accent="blue", left=room_for(frame["name"].to_list()), top=8),
        table=Numbers(
            weekdays.select(
                frame["name"].alias(v.say("hours.column_weekday")),
                pl.col("n").alias(v.say("hours.column_n")),
                pl.col("days").alias(v.say("load.column_days")),
                pl.col("mean").alias(v.say("hours.column_mean")),
            ),
            measures=("received",),
        ),
        source=source_text(v.language, v.warehouse.id, v.scope.period, total),
        key="thu-trong-tuan",
        method=method(v, "weekday"),
    )


def _show_hours(v: Question, hours: pl.DataFrame, weekdays: pl.DataFrame, busy: Busy | None, total: int) -> None:
    timed = int(hours["n"].sum())
    named = [(weekday, weekday_name(v.language, weekday)) for weekday in weekdays["weekday"]]
    title, peak = _title(v, "hour", busy, timed), busiest_hour(hours)
    if busy is None and peak is not None:
        title = v.say("hours.title_hour", hour=hour_name(peak[0]), share=v.percent(peak[1], 0))
    note = v.say("hours.note")
    if timed * 100 < total * 99:
        note += f" {v.say('hours.note_part', share=v.percent(timed / total, 0))}"
    figure(
        v,
        title=title,
        subtitle=note,
        fig=weekday_hours(
            hours,
            weekdays.select(
                "weekday",
                pl.Series("text", [mean_text(v.language, mean) for mean in weekdays["mean"]], dtype=pl.String),
                is_most=pl.col("weekday") == (busy.weekday if busy else 0),
            ),
            v.theme,
            weekdays=named,
            hours=[(hour, hour_name(hour)) for hour in range(int(hours["hour"].min()), int(hours["hour"].max()) + 1)],  # type: ignore[arg-type] # hours of the day
            total_head=v.say("hours.total"),
        ),
        table=Numbers(
            hours.select(
                pl.col("weekday")
                .replace_strict(dict(named), return_dtype=pl.String)
                .alias(v.say("hours.column_weekday")),
                pl.Series(v.say("hours.column_hour"), [hour_name(hour) for hour in hours["hour"]], dtype=pl.String),
                pl.col("n").alias(v.say("hours.column_n")),
                pl.col("value").alias(v.say("hours.column_mean")),
            ),
            measures=("received",),
        ),
        source=source_text(v.language, v.warehouse.id, v.scope.period, timed),
        key="thu-va-gio",
        method=method(v, "weekday", "hour"),
    )
