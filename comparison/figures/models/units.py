"""The units that have a model, since when, and what has become of each."""

from comparison.figures.figure import Figure, Listing, Made
from comparison.figures.models.asked import PAGE, model_asked, no_models
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.frames.models import unit_table
from comparison.forms.place import Place
from comparison.question import Question
from comparison.statistics.effect import Standing
from comparison.wording import findings, short_unit_name


def _units(q: Question, place: Place) -> Made:
    """The units that have the model, from when, and their figures before and after where there are any."""
    asked = model_asked(q)
    if asked is None:
        return no_models(q, place)
    own, found = asked.own, asked.found
    with_figures = found is not None and found.has_data
    beside = found.names_of(Standing.COMPARED) if found is not None else []
    share = findings.sentence(asked.subject.share)
    note = q.say("models.units_note", share=share) if with_figures else q.say("models.units_note_dates")
    table = unit_table(q.language, own, found if with_figures else None, asked.portfolio.as_of)
    if place.rows is not None:
        # A slide has no room for more dates.
        table = table.drop((q.say(f"models.column_{name}") for name in ("planned_from", "adopted_to")), strict=False)
    if beside:
        note += " " + q.say("models.units_beside", units=", ".join(short_unit_name(name) for name in beside))
    return Made(
        title=q.say("models.units_title"),
        subtitle=note,
        body=Listing(Numbers(table)),
        lead=str(asked.row["model_name"]),
        source=q.say("models.source_units", n=q.number(own.height)),
        method=method(q, "model_units"),
    )


UNITS_OF_MODEL = Figure("don-vi-lam-mo-hinh", PAGE, _units)
