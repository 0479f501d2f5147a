"""The units that have a model, since when, and what has become of each."""

from datetime import date

import polars as pl

from comparison.charts.frames.models import unit_table
from comparison.figures.words import method
from comparison.life import Life
from comparison.question import Question
from comparison.statistics.effect import Standing
from comparison.widgets.figure.figures import listing
from comparison.wording import findings, short_unit_name


def show_units(v: Question, own: pl.DataFrame, found: Life | None, share: str, on: date) -> None:
    """The units that have the model, from when, and their figures before and after where there are any."""
    with_figures = found is not None and found.has_data
    beside = found.names_of(Standing.COMPARED) if found is not None else []
    note = (
        v.say("models.units_note", share=findings.sentence(share)) if with_figures else v.say("models.units_note_dates")
    )
    table = unit_table(v.language, own, found if with_figures else None, on)
    if v.slide is not None:
        # A slide has no room for more dates.
        table = table.drop(
            (v.say(f"models.column_{name}") for name in ("planned_from", "adopted_to")), strict=False
        )  # fmt: skip
    if beside:
        note += " " + v.say("models.units_beside", units=", ".join(short_unit_name(name) for name in beside))
    listing(
        v,
        title=v.say("models.units_title"),
        subtitle=note,
        table=table,
        source=v.say("models.source_units", n=v.number(own.height)),
        key="don-vi-lam-mo-hinh",
        method=method(v, "model_units"),
    )
