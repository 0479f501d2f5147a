"""How late the late ones were, and how much of the time allowed was used."""

import polars as pl

from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.lateness.titles import PAGE
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.distribution import distribution
from comparison.forms.frames.late_details import day_bins, middle_and_ninetieth, time_bins, within
from comparison.forms.place import Place
from comparison.measures.lateness_lists import days_late, statutory_time_used
from comparison.question import Question
from comparison.statistics import COMPARED_FROM


def _days_late(q: Question, _: Place) -> Made:
    days = days_late(q.warehouse, q.scope, q.viewer)
    n = int(days["n"].sum())
    if not n:
        return Made(title=q.say("days_late.none"), subtitle=q.say("days_late.note"))
    middle, ninetieth = middle_and_ninetieth(days)
    return Made(
        title=q.say("days_late.title", median=q.days(middle)) if n >= COMPARED_FROM else q.say("days_late.subject"),
        subtitle=q.say("days_late.note"),
        body=Chart(
            distribution(
                day_bins(days, q.language),
                q.theme,
                axis_text=q.say("days_late.axis"),
                marks=(
                    (middle + 1, q.say("days_late.median", days=q.number(middle))),
                    (ninetieth + 1, q.say("days_late.ninetieth", days=q.number(ninetieth))),
                ),
            )
        ),
        numbers=Numbers(
            days.rename({"days": q.say("days_late.column_days"), "n": q.say("days_late.column_n")}),
            measures=("working_days_late",),
        ),
        source=_source(q, "days_late.source", n),
        method=method(q, "days_late"),
    )


def _time_used(q: Question, _: Place) -> Made:
    used = statutory_time_used(q.warehouse, q.scope, q.viewer)
    half = within(used, 0.5)
    if not half.n:
        return Made(title=q.say("time_used.subject"), subtitle=q.say("time_used.note"))
    bins = time_bins(used, q.language)
    headings = {"label": q.say("time_used.column_used"), "value": q.say("time_used.column_n")}
    spans = pl.Series("label", [hover.rsplit(":", 1)[0] for hover in bins["hover"]], dtype=pl.String)
    return Made(
        title=q.say("time_used.title", share=q.percent(half.value)) if half.is_enough else q.say("time_used.subject"),
        subtitle=q.say("time_used.note"),
        body=Chart(
            distribution(
                bins,
                q.theme,
                axis_text=q.say("time_used.axis"),
                accent_from=1.0 - 1e-9,
                marks=((1.0, q.say("time_used.limit")),) if bins["start"].max() > 0.95 else (),  # type: ignore[operator] # a float
            )
        ),
        numbers=Numbers(bins.with_columns(spans).select(*headings).rename(headings), measures=("working_days_taken",)),
        source=_source(q, "time_used.source", half.n),
        method=method(q, "time_used"),
    )


def _source(q: Question, key: str, n: int) -> str:
    return f"{q.say(key, n=q.number(n))} · {q.say('source.snapshot', snapshot=q.warehouse.id)}"


DAYS_LATE = Figure("tre-han-so-ngay", PAGE, _days_late)
TIME_USED = Figure("tre-han-thoi-han", PAGE, _time_used)
