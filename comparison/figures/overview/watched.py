"""What Tổng quan watches of each unit: the answers of the period, and the signals of the months."""

from collections.abc import Mapping, Sequence

import polars as pl

from comparison.figures.late_share import field_most_late
from comparison.forms.frames.shares import units_there
from comparison.judgements.signals import Units
from comparison.measures.case_lists import units_asked
from comparison.measures.on_time import ON_TIME
from comparison.question import Question
from comparison.scope import Scope
from comparison.signals import UnitSignals, unit_signals


def answers_by_unit(q: Question) -> Mapping[str, pl.DataFrame]:
    """What is watched -> its answer by unit, in the order of the table's columns; late in the field with most late
    cases, and only where it can be compared."""
    on_time, late = q.measure(ON_TIME[q.scope.on_time], ("unit",)), q.late(("unit",), _in_late_field(q))
    # Departments own their fields: a column that only one of several can have a figure in compares nothing.
    has_late = field_most_late(q) is not None and (late["denominator"] > 0).sum() >= min(2, on_time.height)
    return {
        "received": q.measure("received", ("unit",)),
        "on_time": on_time,
        **({"late": late} if has_late else {}),
        "satisfaction": q.measure("satisfaction", ("unit",)),
        "overdue": with_zeros(q.measure("overdue_open", ("unit",)), on_time),
    }


def units_watched(q: Question) -> Units:
    """(code, name) of the units asked for which there is any answer."""
    if not q.has_data:
        return ()
    return units_there(units_asked(q.warehouse, q.scope, q.viewer), *answers_by_unit(q).values())


def signals_of(q: Question, name: str) -> Sequence[UnitSignals]:
    """The signals of all units of the kind in one of TRACKED."""
    return unit_signals(q.warehouse, _in_late_field(q) if name == "late" else q.scope, q.viewer, name)


def with_zeros(counts: pl.DataFrame, shares: pl.DataFrame) -> pl.DataFrame:
    """A count by unit with 0 for the units that have none of it but whose share rests on cases."""
    due = shares.filter(pl.col("denominator") > 0).select("unit", "unit_name").join(counts, on="unit", how="anti")
    none = due.with_columns(numerator=pl.lit(0, pl.Int64), value=pl.lit(0.0), is_hidden=pl.lit(False))
    return pl.concat([counts, none], how="diagonal")


def _in_late_field(q: Question) -> Scope:
    field = field_most_late(q)
    return q.scope.with_(fields=(field.code,)) if field else q.scope
