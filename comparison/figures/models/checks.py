"""The checks of a model's effect, and a single adopter's place among what every other unit shows."""

import polars as pl

from comparison.figures.figure import Chart, Figure, Made, Table
from comparison.figures.models.asked import PAGE, model_asked, no_models, nothing_of, whole_life
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.check_list import check_list
from comparison.forms.frames.checks import checks
from comparison.forms.place import Place
from comparison.forms.strip import strip
from comparison.question import Question
from comparison.wording import short_unit_name


def _checks(q: Question, _: Place) -> Made | None:
    """Every check of the effect, the unfavourable ones in orange and explained."""
    asked = model_asked(q)
    if asked is None or asked.found is None:
        return None
    found = asked.found
    rows = checks(q.language, found, asked.changes(q), {field.code: field.short_name for field in q.known.fields})
    whole = "" if found.effect.estimate is not None and found.effect.estimate.adopters > 1 else "_without"
    return Made(
        title=q.say(f"check.title{whole}"),
        subtitle=q.say(f"check.note{whole}"),
        body=Table(check_list(rows, q.language, q.theme)),
        source=q.say("models.source_units", n=q.number(len(found.units))),
        method=method(q, "checks"),
        measures=(found.outcome.measure,),
    )


def _single(q: Question, place: Place) -> Made | None:
    """A single adopter among what every unit shows in its place; None for more adopters than one."""
    asked = model_asked(q)
    if asked is None:
        return no_models(q, place)
    if asked.found is None or not asked.found.has_data or asked.found.effect.single is None:
        return nothing_of(q, place, asked)
    single = asked.found.effect.single
    names = [short_unit_name(asked.found.units[int(unit)][1]) for unit in single.units]
    effects = [q.points(float(effect)) for effect in single.effects]
    frame = pl.DataFrame(
        {
            "name": names,
            "value": single.effects,
            "is_chosen": [place == 0 for place in range(len(names))],
            "hover": [f"{name}: {effect}" for name, effect in zip(names, effects, strict=True)],
        }
    )
    return Made(
        title=q.say("models.single_title", pilot=names[0], rank=q.number(single.rank), of=q.number(len(names))),
        subtitle=q.say("models.single_note"),
        body=Chart(strip(frame, q.theme, value_text=q.points)),
        source=q.say("models.source_units", n=q.number(len(names))),
        method=method(q, "single"),
        numbers=Numbers(
            frame.select(
                pl.col("name").alias(q.say("models.column_unit")), pl.Series(q.say("models.single_column"), effects)
            )
        ),
        asked=whole_life(q, q.scope),
        lead=str(asked.row["model_name"]),
    )


CHECKS = Figure("kiem-tra", PAGE, _checks, is_slide=False)
SINGLE_ADOPTER = Figure("vi-tri", PAGE, _single)
