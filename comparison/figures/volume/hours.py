"""On which weekdays and at which hours people come."""

import polars as pl

from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.numbers import Numbers
from comparison.figures.volume.asked import received_in_all
from comparison.figures.volume.by_day import counts_by_day
from comparison.figures.volume.day_words import mean_text, weekday_name
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method
from comparison.forms.bars import bars
from comparison.forms.frames.shares import room_for, source_text
from comparison.forms.hours import weekday_hours
from comparison.forms.place import Place
from comparison.judgements.busiest import BusiestWeekday, busiest_hour, busiest_weekday, cases_by_weekday
from comparison.measures.volume_lists import receipt_hours
from comparison.question import Question
from comparison.scope import Language
from comparison.wording import findings, number, say

# Hours with less than this share of all cases at either end of the day are not drawn.
_EDGE = 0.001


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
    weekdays = cases_by_weekday(counts)
    if weekdays.is_empty():
        return None
    busy = busiest_weekday(weekdays)
    hours = hour_cells(receipt_hours(q.warehouse, q.scope, q.viewer), weekdays, q.language)
    return _weekdays(q, weekdays, busy) if hours.is_empty() else _hours(q, hours, weekdays, busy)


def _title(q: Question, what: str, busy: BusiestWeekday | None, total: int) -> str:
    if busy is not None:
        mean, others = (mean_text(q.language, each) for each in (busy.mean, busy.others))
        return q.say("hours.title", weekday=weekday_name(q.language, busy.weekday), mean=mean, others=others)
    return q.say(f"hours.{what}_even" if total >= findings.FEWEST else f"hours.{what}_subject")


def _weekdays(q: Question, weekdays: pl.DataFrame, busy: BusiestWeekday | None) -> Made:
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


def _hours(q: Question, hours: pl.DataFrame, weekdays: pl.DataFrame, busy: BusiestWeekday | None) -> Made:
    timed, total = int(hours["n"].sum()), int(weekdays["n"].sum())
    opened: list[int] = hours["hour"].to_list()
    named = [(weekday, weekday_name(q.language, weekday)) for weekday in weekdays["weekday"]]
    title, peak = _title(q, "hour", busy, timed), busiest_hour(hours)
    if busy is None and peak is not None:
        title = q.say("hours.title_hour", hour=hour_name(peak.hour), share=q.percent(peak.share, 0))
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


def hour_cells(hours: pl.DataFrame, weekdays: pl.DataFrame, language: Language) -> pl.DataFrame:
    """weekday, hour, n, days, value (cases a working day), text, hover. hours: weekday, hour, n. weekdays as
    `cases_by_weekday`."""
    cells = hours.join(weekdays.select("weekday", "days"), on="weekday", how="inner").sort("weekday", "hour")
    kept = cells.filter(pl.col("n").sum().over("hour") >= pl.col("n").sum() * _EDGE)["hour"]
    shown = cells.filter(pl.col("hour").is_between(kept.min(), kept.max())).with_columns(
        value=pl.col("n") / pl.col("days")
    )
    hovers = [
        say(
            language,
            "hours.hover",
            weekday=weekday_name(language, weekday),
            hour=hour_name(hour),
            mean=mean_text(language, value),
            n=number(language, n),
        )
        for weekday, hour, value, n in shown.select("weekday", "hour", "value", "n").iter_rows()
    ]
    return shown.with_columns(
        pl.Series("text", [mean_text(language, value) for value in shown["value"]], dtype=pl.String),
        pl.Series("hover", hovers, dtype=pl.String),
    )


def weekday_bars(weekdays: pl.DataFrame, busy: BusiestWeekday | None, language: Language) -> pl.DataFrame:
    """Bars of cases a working day by weekday, the busiest marked. weekdays as `cases_by_weekday`."""
    counts = weekdays.select("mean", "n", "days").iter_rows()
    told = [(mean_text(language, mean), number(language, n), number(language, days)) for mean, n, days in counts]
    hovers = [say(language, "hours.hover_day", mean=mean, n=n, days=days) for mean, n, days in told]
    return weekdays.select(
        pl.col("weekday").cast(pl.String).alias("unit"),
        pl.Series("name", [weekday_name(language, weekday) for weekday in weekdays["weekday"]], dtype=pl.String),
        pl.col("mean").alias("value"),
        pl.Series("text", [mean for mean, _, _ in told], dtype=pl.String),
        pl.Series("hover", hovers, dtype=pl.String),
        is_marked=pl.col("weekday") == (busy.weekday if busy else 0),
    )


def hour_name(hour: int) -> str:
    """The hour from 8:00 on: "8–9"."""
    return f"{hour}–{hour + 1}"


# One figure by two keys, as briefings name it by what it shows; a page lists the one that fits.
WEEKDAY_HOURS = Figure("thu-va-gio", PAGE, _made)
WEEKDAYS = Figure("thu-trong-tuan", PAGE, _made)
