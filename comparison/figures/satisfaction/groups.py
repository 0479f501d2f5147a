"""Satisfaction of units, fields or channels beside each other, each with its interval and who answered."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.satisfaction.numbers import responded
from comparison.figures.survey import (
    PAGE,
    answers,
    instrument_asked,
    is_answered,
    nobody_asked,
    notes,
    sheets_source,
)
from comparison.figures.words import method, shown_of
from comparison.findings.cells import least_satisfied, less_satisfied_than_most
from comparison.forms.frames.satisfaction import compared, group_intervals
from comparison.forms.frames.shares import room_for, short_units
from comparison.forms.frames.slide_rows import slide_rows
from comparison.forms.intervals import intervals
from comparison.forms.place import Place
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.wording import satisfaction_findings
from comparison.wording.findings import Share, share_of

Groups = Sequence[tuple[str, str]]


def everyone(q: Question, by: str) -> Question:
    """The same question of all groups: whether one stands out must not change with which are chosen."""
    return q.asking(q.scope.with_(**{f"{by}s": ()}))


def share_of_row(row: dict[str, Any]) -> Share:
    return Share(row["numerator"], row["denominator"])


def _made(q: Question, place: Place, by: str, groups: Groups, subject: str) -> Made | None:
    asked = instrument_asked(q)
    if asked is None or not is_answered(q):
        return nobody_asked(q)
    answer = answers(q, (by,)).filter(pl.col(by).is_in([code for code, _ in groups]))
    frame = group_intervals(answer, groups, by, q.language, "hover.satisfied")
    if frame.is_empty():
        return None
    every = frame.height
    # Units of different kinds do different work, and so does each department.
    compares = by != "unit" or q.scope.kind is not None
    flags = by != "unit" or q.scope.kind not in (None, "department")
    every_answer = answers(everyone(q, by), (by,)).filter(pl.col(by).is_not_null())
    flagged_by = less_satisfied_than_most if by == "unit" else least_satisfied
    found = flagged_by(every_answer) if flags else []
    least = [(dict(groups)[row[by]], share_of_row(row)) for row in found if row[by] in set(frame["unit"])]
    flagged = [name for _, name in groups if name in dict(least)]
    frame = frame.with_columns(is_flagged=pl.col("unit").is_in([row[by] for row in found]))
    if place.rows is not None:
        sizes = {unit: n or 0 for unit, n in frame.select("unit", "n").iter_rows()}
        kept = slide_rows(frame["unit"].to_list(), {row[by] for row in found}, sizes, place.rows)
        # A slide has no room to say what the pale bar of the silent is.
        frame = frame.filter(pl.col("unit").is_in(kept)).drop("bound_low", "bound_high", strict=False)
    overall = share_of(q.measure("satisfaction"))
    line = (overall.value, q.say("satisfaction.overall", share=q.percent(overall.value))) if overall.n else None
    return Made(
        title=satisfaction_findings.groups_title(
            q.language, subject, compared(answer) if compares else [], least, is_derived=asked.is_derived
        ),
        subtitle=shown_of(q, frame.height, every, "shown_units" if by == "unit" else "shown_groups")
        + notes(
            q,
            ("note", True),
            ("bounds_note", "bound_low" in frame.columns and frame["bound_low"].is_not_null().any()),
            ("few_note", frame["n"].is_between(5, 24).any()),
            ("hidden_note", frame["is_hidden"].any()),
            ("badge_note", frame["badge"].is_not_null().any()),
            names=q.say("satisfaction.least_note", names=", ".join(flagged)) if len(flagged) > 1 else "",
        ),
        body=Chart(
            intervals(
                frame,
                q.theme,
                value_text=q.tick,
                overall=line,
                hidden_text=q.say("word.hidden"),
                column_head=q.say(
                    "satisfaction.column_response" if asked.is_per_case else "satisfaction.column_sheets"
                ),
                left=room_for(frame["name"].to_list()),
            )
        ),
        numbers=responded(q, answer),
        source=sheets_source(q, overall),
        method=method(q, "groups", *(["bounds"] if asked.is_per_case else []), "satisfied", "wilson", "hiding"),
    )


def _units(q: Question, place: Place) -> Made | None:
    return _made(q, place, "unit", short_units(units_asked(q.warehouse, q.scope, q.viewer)), "units_satisfied")


def _fields(q: Question, place: Place) -> Made | None:
    if len(q.scope.fields) == 1:
        return None
    return _made(q, place, "field", [(field.code, field.short_name) for field in q.known.fields], "fields_satisfied")


def _channels(q: Question, place: Place) -> Made | None:
    if len(q.scope.channels) == 1 or answers(q, ("channel",)).height < 2:
        return None
    channels = [(code, q.say(f"channel.{code}")) for code in q.known.channels]
    return _made(q, place, "channel", channels, "channels_satisfied")


SATISFIED_BY_UNIT = Figure("hai-long-don-vi", PAGE, _units)
SATISFIED_BY_FIELD = Figure("hai-long-linh-vuc", PAGE, _fields)
SATISFIED_BY_CHANNEL = Figure("hai-long-hinh-thuc", PAGE, _channels, is_slide=False)
