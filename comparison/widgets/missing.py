"""The frame of a figure that has nothing to show: what is missing, the last load that has it, and a way there."""

from typing import Literal

import polars as pl

from comparison import wording
from comparison.measures import lists
from comparison.scope import default_scope
from comparison.widgets.figures import empty
from comparison.widgets.view import View


def missing(v: View, *, title: str, page: str, kind: Literal["cases", "survey_answers"] = "cases") -> None:
    """An empty figure of `page` (its place in the address), for want of cases or of answer sheets in the period."""
    period = v.scope.period
    between = v.say(
        "empty.between",
        first=wording.day(v.language, period.starts_on),
        last=wording.day(v.language, period.ends_on),
    )
    loads = lists.loads(v.warehouse, v.scope, v.viewer).filter(
        (pl.col("kind") == kind) & pl.col("covers_to").is_not_null()
    )
    latest = default_scope(v.known, v.scope.root).period
    hint, link = v.say("empty.never_loaded"), None
    if loads.height and latest == period:
        hint = v.say("empty.filtered_out")
    elif loads.height:
        last = loads.sort("covers_to", "loaded_at").row(-1, named=True)
        hint = v.say(
            "empty.last_load",
            loaded_on=wording.day(v.language, last["loaded_at"]),
            covers_to=wording.day(v.language, last["covers_to"]),
        )
        link = (v.say("empty.see_latest"), v.link(page, period=latest))
    is_cases = kind == "cases"
    empty(
        v,
        title=title,
        message=v.say("empty.no_cases" if is_cases else "empty.no_sheets", range=between),
        hint=hint,
        link=link,
        source=" · ".join(
            [
                v.say("source.cases" if is_cases else "source.sheets", n=v.number(0)),
                v.say("source.snapshot", snapshot=v.warehouse.id),
            ]
        ),
    )
