"""The late share by whichever way of counting, as the numbers behind a figure, and its method."""

from dataclasses import replace

import polars as pl

from comparison.measures.on_time import MEASURES
from comparison.question import Question
from comparison.widgets.figure.method import method
from comparison.widgets.figure.numbers import Numbers, measured


def late_numbers(v: Question, answer: pl.DataFrame) -> Numbers:
    """Such an answer as the numbers behind a figure."""
    return replace(measured(v.language, "late", answer), measures=(MEASURES[v.scope.on_time],))


def late_method(v: Question, *names: str) -> str:
    """These sentences of methods, and what its way of counting on time takes for late and leaves out."""
    return method(v, *names, f"late_{v.scope.on_time}")
