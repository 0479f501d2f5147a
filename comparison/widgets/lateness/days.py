"""How late the late ones were, and how much of the time allowed was used."""

import polars as pl
import streamlit as st

from comparison.charts.distribution import distribution
from comparison.charts.frames.late_details import day_bins, middle_and_ninetieth, time_bins, within
from comparison.measures.lateness_lists import days_late, statutory_time_used
from comparison.question import Question
from comparison.statistics import COMPARED_FROM
from comparison.widgets.figure.figures import figure, heading
from comparison.widgets.figure.method import method
from comparison.widgets.figure.numbers import Numbers


def late_days(v: Question) -> None:
    """Working days late and the part of the statutory time used, side by side."""
    left, right = st.columns(2, gap="medium")
    with left:
        days_late_figure(v)
    with right:
        time_used_figure(v)


def days_late_figure(v: Question) -> None:
    """How many working days late the late ones were."""
    days = days_late(v.warehouse, v.scope, v.viewer)
    n = int(days["n"].sum())
    if not n:
        heading(v.say("days_late.none"), v.say("days_late.note"))
        return
    middle, ninetieth = middle_and_ninetieth(days)
    figure(
        v,
        title=v.say("days_late.title", median=v.days(middle)) if n >= COMPARED_FROM else v.say("days_late.subject"),
        subtitle=v.say("days_late.note"),
        fig=distribution(
            day_bins(days, v.language), v.theme, axis_text=v.say("days_late.axis"),
            marks=(
                (middle + 1, v.say("days_late.median", days=v.number(middle))),
                (ninetieth + 1, v.say("days_late.ninetieth", days=v.number(ninetieth))),
            ),
        ),
        table=Numbers(
            days.rename({"days": v.say("days_late.column_days"), "n": v.say("days_late.column_n")}),
            measures=("working_days_late",),
        ),
        source=_source(v, "days_late.source", n),
        key="tre-han-so-ngay",
        method=method(v, "days_late"),
    )  # fmt: skip


def time_used_figure(v: Question) -> None:
    """How much of the time allowed was used."""
    used = statutory_time_used(v.warehouse, v.scope, v.viewer)
    half = within(used, 0.5)
    if not half.n:
        heading(v.say("time_used.subject"), v.say("time_used.note"))
        return
    bins = time_bins(used, v.language)
    headings = {"label": v.say("time_used.column_used"), "value": v.say("time_used.column_n")}
    spans = pl.Series("label", [hover.rsplit(":", 1)[0] for hover in bins["hover"]], dtype=pl.String)
    figure(
        v,
        title=v.say("time_used.title", share=v.percent(half.value)) if half.is_enough else v.say("time_used.subject"),
        subtitle=v.say("time_used.note"),
        fig=distribution(
            bins, v.theme, axis_text=v.say("time_used.axis"), accent_from=1.0 - 1e-9,
            marks=((1.0, v.say("time_used.limit")),) if bins["start"].max() > 0.95 else (),  # type: ignore[operator] # a float
        ),
        table=Numbers(bins.with_columns(spans).select(*headings).rename(headings), measures=("working_days_taken",)),
        source=_source(v, "time_used.source", half.n),
        key="tre-han-thoi-han",
        method=method(v, "time_used"),
    )  # fmt: skip


def _source(v: Question, key: str, n: int) -> str:
    return f"{v.say(key, n=v.number(n))} · {v.say('source.snapshot', snapshot=v.warehouse.id)}"
