"""What every part of Trễ hạn asks: the late share by whichever way of counting, as an answer and as numbers."""

from dataclasses import replace

import polars as pl

from comparison.findings import kind_compared
from comparison.measures.on_time import MEASURES, late_share
from comparison.scope import Scope
from comparison.widgets.figure.method import method
from comparison.widgets.figure.numbers import Numbers, measured
from comparison.widgets.view import View


def late_by(v: View, by: tuple[str, ...], scope: Scope | None = None) -> pl.DataFrame:
    """The late share of the view's scope, or of another, by groups, as its way of counting on time has it."""
    return late_share(v.measure(MEASURES[v.scope.on_time], by, scope), v.scope.on_time)


def late_numbers(v: View, answer: pl.DataFrame) -> Numbers:
    """Such an answer as the numbers behind a figure."""
    return replace(measured(v.language, "late", answer), measures=(MEASURES[v.scope.on_time],))


def late_method(v: View, *names: str) -> str:
    """These sentences of methods, and what its way of counting on time takes for late and leaves out."""
    return method(v, *names, f"late_{v.scope.on_time}")


def compared_kind(v: View) -> str | None:
    """The kind of units that may stand beside each other: the scope's, else communes, else what the root has."""
    return kind_compared(v.known, v.scope)
