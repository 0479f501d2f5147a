"""The launches, ends and reviews of models, worded for the time charts of a question."""

import polars as pl

from comparison.forms.marks import Mark, MarkKind
from comparison.measures.case_lists import units_asked
from comparison.measures.model_lists import life_marks
from comparison.question import Question
from comparison.scope import Scope
from comparison.wording import day

_LONGEST = 20
_REVIEWS: tuple[MarkKind, ...] = ("interim", "final")


def marks(v: Question, scope: Scope | None = None) -> tuple[Mark, ...]:
    """What to mark for the units of the view's scope, or of another, in order of month; whatever the period.

    One mark a month and kind: a model by its name, with the number of units where more than one is asked, several
    models by their number; every model stands in the hover.
    """
    asked = scope or v.scope
    is_alone = len(units_asked(v.warehouse, asked, v.viewer)) == 1
    # Units begin on different days of a month, while a review is of all that have begun by its day.
    units = (
        pl.when(pl.col("kind").is_in(["launch", "end"])).then(pl.col("units").sum()).otherwise(pl.col("units").max())
    )
    by_model = (
        life_marks(v.warehouse, asked, v.viewer)
        .group_by("month", "kind", "model", "model_name", maintain_order=True)
        .agg(units.first(), pl.col("day").min())
    )
    return tuple(_mark(v, part, is_alone) for part in by_model.partition_by("month", "kind", maintain_order=True))


def _mark(v: Question, models: pl.DataFrame, is_alone: bool) -> Mark:
    month, kind = models["month"][0], models["kind"][0]
    hovers = [
        v.say(f"marks.{kind}_hover", name=name, day=day(v.language, on), n=v.number(units))
        if not is_alone
        else v.say(f"marks.{kind}_hover_alone", name=name, day=day(v.language, on))
        for name, on, units in models.select("model_name", "day", "units").iter_rows()
    ]
    # A model is reviewed every half-year: its name once is enough.
    again = v.say(f"marks.{kind}_again") if kind in _REVIEWS else ""
    return Mark(month, _text(v, kind, models, is_alone), "\n".join(hovers), kind, again)


def _text(v: Question, kind: MarkKind, models: pl.DataFrame, is_alone: bool) -> str:
    if models.height > 1:
        return v.say(f"marks.{kind}_many", n=v.number(models.height))
    name = _shortened(models["model_name"][0])
    if is_alone or kind in _REVIEWS:
        return v.say(f"marks.{kind}", name=name)
    return v.say(f"marks.{kind}_units", name=name, n=v.number(models["units"][0]))


def _shortened(name: str) -> str:
    """A model's name for a label, its first words where it is long: "Một cửa đồng hành…"."""
    if len(name) <= _LONGEST:
        return name
    words = name[:_LONGEST].rsplit(" ", 1)[0] if " " in name[:_LONGEST] else name[: _LONGEST - 1]
    return words.rstrip(" ,–-") + "…"
