"""What an office has decided and reported: targets, levels that start anew, and how many officials work where."""

import polars as pl

from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.stored import stored
from comparison.measures.units_asked import units_in
from comparison.scope import Scope, Viewer
from warehouse.snapshots import Warehouse


@remembered(256)
def target_of(warehouse: Warehouse, measure: str, kind: str, year: int) -> float | None:
    """The target of a measure for units of a kind in a year, a share from 0 to 1; None where none is set."""
    found = warehouse.read(stored("lists/target"), {"measure": measure, "kind": kind, "year": year})
    return None if found.is_empty() else float(found["target"].item())


def target_in(warehouse: Warehouse, measure: str, kind: str, scope: Scope) -> float | None:
    """The target of the year in which a scope's period ends. A target is set for all cases of a unit, so that it says
    nothing where some of them are asked for: None."""
    if scope.fields or scope.procedures or scope.channels:
        return None
    return target_of(warehouse, measure, kind, scope.period.ends_on.year)


@remembered(64)
def rebases(warehouse: Warehouse, root: str, viewer: Viewer) -> pl.DataFrame:
    """Recorded decisions that the usual level of a unit's measure starts anew: measure, unit, from_month ("2024-01",
    the first month of the new level), reason. A decision for a root has a row for each of its units, itself included.
    """
    allowed = [unit.code for unit in known(warehouse).units_of(root) if viewer.allows(unit.code)]
    return warehouse.read(stored("lists/rebases"), {"root": root, "units": allowed})


def officials(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """How many officials the units of a scope have in each month of its period: unit, month ("2024-01"), officials.

    A count holds until the next; months before the first, and units without any, are absent.
    """
    return _officials(warehouse, scope.with_(compare="none", instrument=None), viewer)


@remembered(64)
def _officials(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    parameters = {
        "root": scope.root,
        "units": sorted(units_in(scope, known(warehouse), viewer)),
        "starts_on": scope.period.starts_on,
        "ends_on": scope.period.ends_on,
    }
    return warehouse.read(stored("lists/officials"), parameters)
