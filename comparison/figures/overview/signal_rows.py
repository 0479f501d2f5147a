"""One unit's months as the points of its chart, and as the numbers behind it."""

from collections.abc import Sequence

import polars as pl

from comparison.figures.numbers import Numbers
from comparison.figures.overview.signal_sentences import point, when
from comparison.judgements.signals import point_kinds, points_shown
from comparison.question import Question
from comparison.signals import UnitSignals
from comparison.signals.tracked import measure_of


def chart_points(q: Question, chart: UnitSignals) -> pl.DataFrame:
    """The frame of `control`: month, value, centre, low, high, part, kind, hover. A share of under five is a gap."""
    own = chart.chart
    frame = pl.DataFrame(
        {
            "month": list(chart.last),
            "value": own.value,
            "centre": own.centre,
            "low": own.low,
            "high": own.high,
            "part": own.part,
            "kind": point_kinds(chart),
            "hover": [point(q, chart, at) for at in range(len(chart.last))],
        },
        schema_overrides={"kind": pl.String, "hover": pl.String, "month": pl.String},
    )
    return _gaps(frame, chart, ("value", "centre", "low", "high"), ("value", "low", "high"))


def chart_numbers(q: Question, chart: UnitSignals) -> Numbers:
    """The numbers behind the chart, a row a point."""
    own = chart.chart
    columns = {name: q.say(f"signal.column_{name}") for name in ("when", "x", "value", "centre", "low", "high", "word")}
    columns["n"] = q.say("signal.column_days" if chart.tracked.is_count else "signal.column_n")
    words = {kind: q.say("signal.apart" if kind == "apart" else f"icon.{kind}") for kind in point_kinds(chart)}
    frame = pl.DataFrame(
        {
            columns["when"]: [when(q, chart, at) for at in range(len(chart.last))],
            columns["x"]: chart.x.astype(int),
            columns["n"]: own.n.astype(int),
            columns["value"]: own.value,
            columns["centre"]: own.centre,
            columns["low"]: own.low,
            columns["high"]: own.high,
            columns["word"]: [words[kind] for kind in point_kinds(chart)],
        }
    )
    measured = [columns[name] for name in ("value", "centre", "low", "high")]
    return Numbers(
        _gaps(frame, chart, measured, [columns[name] for name in ("x", "value", "low", "high")]),
        frozenset() if chart.tracked.is_count else frozenset(measured),
        (measure_of(chart.tracked, q.scope.on_time),),
    )


def _gaps(frame: pl.DataFrame, chart: UnitSignals, measured: Sequence[str], told: Sequence[str]) -> pl.DataFrame:
    """Null where something measured is unknown, and what may be told only of points that may be shown."""
    is_shown = pl.Series(points_shown(chart), dtype=pl.Boolean)
    return frame.with_columns(pl.col(measured).fill_nan(None)).with_columns(
        pl.when(is_shown).then(pl.col(name)).alias(name) for name in told
    )
