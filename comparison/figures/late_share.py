"""The late share by whichever way of counting, as the numbers behind a figure, and its method."""

from dataclasses import replace

import polars as pl

from comparison.figures.numbers import Numbers, measured
from comparison.figures.words import method
from comparison.forms.frames.lateness import LAND
from comparison.judgements.late_field import FieldLate, most_late
from comparison.measures.on_time import MEASURES
from comparison.question import Question


def late_numbers(q: Question, answer: pl.DataFrame) -> Numbers:
    """Such an answer as the numbers behind a figure."""
    return replace(measured(q.language, "late", answer), measures=(MEASURES[q.scope.on_time],))


def late_method(q: Question, *names: str) -> str:
    """These sentences of methods, and what its way of counting on time takes for late and leaves out."""
    return method(q, *names, f"late_{q.scope.on_time}")


def field_most_late(q: Question) -> FieldLate | None:
    """The field with most late cases; None where none has cases due."""
    return most_late(q.late(("field",)), LAND)
