"""Counts by unit and month as arrays, nothing suppressed: only sums of thirty answers and more are made of them."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comparison.measures.definitions import catalogue
from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.query import compose
from comparison.measures.relations import relations
from comparison.measures.run import latest_cut_off
from comparison.measures.stored import narrowing, stored
from comparison.scope import Period, Root, Scope, Viewer
from comparison.scope.periods import last_full
from warehouse.snapshots import Warehouse

Counts = NDArray[np.float64]


def whole_months(root: Root) -> Period | None:
    """From the month of the first covered day to the last month that is over; None if no month is."""
    first, last = root.covers_from.replace(day=1), last_full("month", root.cut_off).ends_on
    return Period(first, last) if first <= last else None


@remembered(64)
def monthly(
    warehouse: Warehouse, scope: Scope, viewer: Viewer, name: str, units: tuple[str, ...], months: tuple[str, ...]
) -> tuple[Counts, Counts]:
    """A share's numerator and denominator over the scope's period: two arrays (units, months), 0 where there is none.

    name: a measure that is a share. Shared between readers: not to be changed.
    """
    definition = catalogue()[name]
    query = compose(
        definition, relations(warehouse)[definition.reads], stored(name), scope, known(warehouse), viewer,
        ("unit", "month"),
        latest_cut_off(warehouse, scope.root),
    )  # fmt: skip
    counted = warehouse.read(query.text, query.parameters)
    return _array(counted, "numerator", units, months), _array(counted, "denominator", units, months)


@remembered(64)
def due_of_received_since(
    warehouse: Warehouse, scope: Scope, viewer: Viewer, since: date, units: tuple[str, ...], months: tuple[str, ...]
) -> tuple[Counts, Counts]:
    """By month of the due date in the scope's period, of the cases received on `since` or later: (on time, all), two
    arrays (units, months)."""
    parameters = narrowing(scope, known(warehouse), viewer) | {"since": since, "ends_on": scope.period.ends_on}
    counted = warehouse.read(stored("lists/due_of_received_since"), parameters)
    return _array(counted, "on_time", units, months), _array(counted, "due", units, months)


def _array(counted: pl.DataFrame, column: str, units: Sequence[str], months: Sequence[str]) -> Counts:
    rows = pl.DataFrame({"unit": list(units), "row": range(len(units))}, schema={"unit": pl.String, "row": pl.Int64})
    places = pl.DataFrame(
        {"month": list(months), "at": range(len(months))}, schema={"month": pl.String, "at": pl.Int64}
    )
    found = counted.join(rows, on="unit").join(places, on="month")
    array = np.zeros((len(units), len(months)))
    array[found["row"].to_numpy(), found["at"].to_numpy()] = found[column].round().to_numpy()
    return array
