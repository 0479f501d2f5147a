"""The frame of a figure that has nothing to show: what is missing, the last load that has it, and a way there."""

from datetime import date
from typing import Literal

import polars as pl

from comparison import wording
from comparison.measures import latest_cut_off, lists
from comparison.question import Question
from comparison.scope import Period, default_scope
from comparison.scope.periods import calendar_period
from comparison.widgets.figure.figures import empty


def missing(v: Question, *, title: str, page: str, kind: Literal["cases", "survey_answers"] = "cases") -> None:
    """An empty figure of `page` (its place in the address), for want of cases or of answer sheets in the period."""
    period = v.scope.period
    between = v.say(
        "empty.between",
        first=wording.day(v.language, period.starts_on),
        last=wording.day(v.language, period.ends_on),
    )
    is_cases = kind == "cases"
    hint, latest = _cases_there(v) if is_cases else _sheets_there(v)
    empty(
        v,
        title=title,
        message=v.say("empty.no_cases" if is_cases else "empty.no_sheets", range=between),
        hint=hint,
        link=(v.say("empty.see_latest"), v.link(page, period=latest)) if latest else None,
        source=" · ".join(
            [
                v.say("source.cases" if is_cases else "source.sheets", n=v.number(0)),
                v.say("source.snapshot", snapshot=v.warehouse.id),
            ]
        ),
    )


def _cases_there(v: Question) -> tuple[str, Period | None]:
    """Where cases are to be found, and the period to look at; None where the filters leave nothing of it."""
    loads = lists.loads(v.warehouse, v.scope, v.viewer).filter(
        (pl.col("kind") == "cases") & pl.col("covers_to").is_not_null()
    )
    latest = default_scope(v.known, v.scope.root).period
    if loads.is_empty():
        return v.say("empty.never_loaded"), None
    if latest == v.scope.period:
        return v.say("empty.filtered_out"), None
    last = loads.sort("covers_to", "loaded_at").row(-1, named=True)
    return (
        v.say(
            "empty.last_load",
            loaded_on=wording.day(v.language, last["loaded_at"]),
            covers_to=wording.day(v.language, last["covers_to"]),
        ),
        latest,
    )


def _sheets_there(v: Question) -> tuple[str, Period | None]:
    """The last month in which this questionnaire was answered, every filter kept, and the period as long as this one
    that holds it: a survey of once a year is in no quarter but one."""
    if not v.known.instruments_of(v.scope.root):
        return v.say("empty.never_loaded"), None
    ever = Period(date(2000, 1, 1), max(latest_cut_off(v.warehouse, v.scope.root), date(2000, 1, 1)))
    by_month = v.measure("satisfaction", ("month",), v.scope.with_(period=ever))
    answered = by_month.filter(pl.col("is_hidden") | (pl.col("denominator") > 0))
    if answered.is_empty():
        return v.say("empty.filtered_out"), None
    month = str(answered["month"].max())
    kind = v.scope.period.kind
    latest = calendar_period(date.fromisoformat(f"{month}-01"), "quarter" if kind == "custom" else kind)
    return v.say("empty.last_sheets", month=wording.group_name(v.language, month)), latest
