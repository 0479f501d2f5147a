"""A figure that has nothing to show: what is missing, the last load that has it, and a way there."""

from datetime import date
from typing import Literal

import polars as pl

from comparison import wording
from comparison.figures.figure import Made, Missing
from comparison.measures import latest_cut_off, lists
from comparison.question import Question
from comparison.scope import Period, default_scope
from comparison.scope.periods import calendar_period


def missing(q: Question, *, title: str, page: str, kind: Literal["cases", "survey_answers"] = "cases") -> Made:
    """An empty figure of `page` (its place in the address), for want of cases or of answer sheets in the period."""
    period = q.scope.period
    between = q.say(
        "empty.between",
        first=wording.day(q.language, period.starts_on),
        last=wording.day(q.language, period.ends_on),
    )
    is_cases = kind == "cases"
    hint, latest = _cases_there(q) if is_cases else _sheets_there(q)
    return Made(
        title=title,
        body=Missing(
            q.say("empty.no_cases" if is_cases else "empty.no_sheets", range=between),
            hint,
            (q.say("empty.see_latest"), q.link(page, period=latest)) if latest else None,
        ),
        source=" · ".join(
            [
                q.say("source.cases" if is_cases else "source.sheets", n=q.number(0)),
                q.say("source.snapshot", snapshot=q.warehouse.id),
            ]
        ),
    )


def _cases_there(q: Question) -> tuple[str, Period | None]:
    """Where cases are to be found, and the period to look at; None where the filters leave nothing of it."""
    loads = lists.loads(q.warehouse, q.scope, q.viewer).filter(
        (pl.col("kind") == "cases") & pl.col("covers_to").is_not_null()
    )
    latest = default_scope(q.known, q.scope.root).period
    if loads.is_empty():
        return q.say("empty.never_loaded"), None
    if latest == q.scope.period:
        return q.say("empty.filtered_out"), None
    last = loads.sort("covers_to", "loaded_at").row(-1, named=True)
    return (
        q.say(
            "empty.last_load",
            loaded_on=wording.day(q.language, last["loaded_at"]),
            covers_to=wording.day(q.language, last["covers_to"]),
        ),
        latest,
    )


def _sheets_there(q: Question) -> tuple[str, Period | None]:
    """The last month in which this questionnaire was answered, every filter kept, and the period as long as this one
    that holds it: a survey of once a year is in no quarter but one."""
    if not q.known.instruments_of(q.scope.root):
        return q.say("empty.never_loaded"), None
    ever = Period(date(2000, 1, 1), max(latest_cut_off(q.warehouse, q.scope.root), date(2000, 1, 1)))
    by_month = q.measure("satisfaction", ("month",), q.scope.with_(period=ever))
    answered = by_month.filter(pl.col("is_hidden") | (pl.col("denominator") > 0))
    if answered.is_empty():
        return q.say("empty.filtered_out"), None
    month = str(answered["month"].max())
    kind = q.scope.period.kind
    latest = calendar_period(date.fromisoformat(f"{month}-01"), "quarter" if kind == "custom" else kind)
    return q.say("empty.last_sheets", month=wording.group_name(q.language, month)), latest
