"""Satisfaction of units, fields or channels beside each other, each with its interval and who answered."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from comparison.charts.frames.satisfaction import compared, group_intervals
from comparison.charts.frames.shares import room_for, short_units
from comparison.charts.frames.slide_rows import slide_rows
from comparison.charts.intervals import intervals
from comparison.figures.words import method, shown_of
from comparison.findings.cells import least_satisfied, less_satisfied_than_most
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.scope import Instrument
from comparison.widgets.figure.figures import figure
from comparison.widgets.satisfaction.captions import answers, notes, sheets_source
from comparison.widgets.satisfaction.numbers import responded
from comparison.wording import satisfaction_findings
from comparison.wording.findings import Share, share_of

Groups = Sequence[tuple[str, str]]


def everyone(v: Question, by: str) -> Question:
    """The same view of all groups: whether one stands out must not change with which are chosen."""
    return v.asking(v.scope.with_(**{f"{by}s": ()}))


def share_of_row(row: dict[str, Any]) -> Share:
    return Share(row["numerator"], row["denominator"])


def show_groups(v: Question, asked: Instrument, by: str, groups: Groups, subject: str, key: str) -> None:
    answer = answers(v, (by,)).filter(pl.col(by).is_in([code for code, _ in groups]))
    frame = group_intervals(answer, groups, by, v.language, "hover.satisfied")
    if frame.is_empty():
        return
    every = frame.height
    # Units of different kinds do different work, and so does each department.
    compares = by != "unit" or v.scope.kind is not None
    flags = by != "unit" or v.scope.kind not in (None, "department")
    every_answer = answers(everyone(v, by), (by,)).filter(pl.col(by).is_not_null())
    flagged_by = less_satisfied_than_most if by == "unit" else least_satisfied
    found = flagged_by(every_answer) if flags else []
    least = [(dict(groups)[row[by]], share_of_row(row)) for row in found if row[by] in set(frame["unit"])]
    flagged = [name for _, name in groups if name in dict(least)]
    frame = frame.with_columns(is_flagged=pl.col("unit").is_in([row[by] for row in found]))
    if v.slide is not None:
        sizes = dict(frame.select("unit", "n").iter_rows())
        kept = slide_rows(
            frame["unit"].to_list(), {row[by] for row in found}, {unit: n or 0 for unit, n in sizes.items()}
        )
        # A slide has no room to say what the pale bar of the silent is.
        frame = frame.filter(pl.col("unit").is_in(kept)).drop("bound_low", "bound_high", strict=False)
    overall = share_of(v.measure("satisfaction"))
    line = (overall.value, v.say("satisfaction.overall", share=v.percent(overall.value))) if overall.n else None
    figure(
        v,
        title=satisfaction_findings.groups_title(
            v.language, subject, compared(answer) if compares else [], least, is_derived=asked.is_derived
        ),
        subtitle=shown_of(v, frame.height, every, "shown_units" if by == "unit" else "shown_groups") + notes(
            v,
            ("note", True),
            ("bounds_note", "bound_low" in frame.columns and frame["bound_low"].is_not_null().any()),
            ("few_note", frame["n"].is_between(5, 24).any()),
            ("hidden_note", frame["is_hidden"].any()),
            ("badge_note", frame["badge"].is_not_null().any()),
            names=v.say("satisfaction.least_note", names=", ".join(flagged)) if len(flagged) > 1 else "",
        ),
        fig=intervals(
            frame, v.theme, value_text=v.tick, overall=line, hidden_text=v.say("word.hidden"),
            column_head=v.say("satisfaction.column_response" if asked.is_per_case else "satisfaction.column_sheets"),
            left=room_for(frame["name"].to_list()),
        ),
        table=responded(v, answer),
        source=sheets_source(v, overall),
        key=key,
        method=method(v, "groups", *(["bounds"] if asked.is_per_case else []), "satisfied", "wilson", "hiding"),
    )  # fmt: skip


def show_units(v: Question, asked: Instrument) -> None:
    units = short_units(units_asked(v.warehouse, v.scope, v.viewer))
    show_groups(v, asked, "unit", units, "units_satisfied", "hai-long-don-vi")


def show_fields(v: Question, asked: Instrument) -> None:
    fields = [(field.code, field.short_name) for field in v.known.fields]
    if len(v.scope.fields) != 1:
        show_groups(v, asked, "field", fields, "fields_satisfied", "hai-long-linh-vuc")


def show_channels(v: Question, asked: Instrument) -> None:
    channels = [(code, v.say(f"channel.{code}")) for code in v.known.channels]
    if len(v.scope.channels) != 1 and answers(v, ("channel",)).height > 1:
        show_groups(v, asked, "channel", channels, "channels_satisfied", "hai-long-hinh-thuc")
