"""What every part of Trễ hạn asks: the late share by whichever way of counting, as an answer and as numbers."""

import polars as pl

from comparison.charts.frames.lateness import MEASURES, late_share
from comparison.scope import Scope
from comparison.widgets.numbers import Numbers, measured
from comparison.widgets.view import View

# Where every kind is asked for: who can be compared best.
_PREFERRED = ("commune", "one_stop", "police_desk", "department")


def late_by(v: View, by: tuple[str, ...], scope: Scope | None = None) -> pl.DataFrame:
    """The late share of the view's scope, or of another, by groups, as its way of counting on time has it."""
    return late_share(v.measure(MEASURES[v.scope.on_time], by, scope), v.scope.on_time)


def late_numbers(v: View, answer: pl.DataFrame) -> Numbers:
    """Such an answer as the numbers behind a figure."""
    return measured(v.language, "late", answer)


def compared_kind(v: View) -> str | None:
    """The kind of units that may stand beside each other: the scope's, else communes, else what the root has."""
    kinds = v.known.kinds_of(v.scope.root)
    return v.scope.kind or next((kind for kind in _PREFERRED if kind in kinds), None)
