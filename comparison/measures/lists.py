"""How the data came to be: loads, what they rejected, faults, sources, unsettled names, snapshots."""

import polars as pl

from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.stored import narrowing, of_listed_cases, stored
from comparison.scope import Scope, Viewer
from warehouse import snapshots as published
from warehouse.snapshots import Warehouse

# The faults of a case's dates and rows, in the order in which they are told.
FAULTS = (
    "ended_before_received",
    "due_before_received",
    "received_after_cutoff",
    "finished_after_cutoff",
    "finished_without_date",
    "conflicting_rows",
    "lone_late_date",
    "lone_early_date",
)


def loads(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """The active loads of the root, newest first: file, source, kind, times, and rows = layout + data, data by fate."""
    return _run(warehouse, "loads", scope.root)


def rejections(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Every cell that keeps a row out: source_file, sheet, row_number, column_name, value, reason, allowed, remedy."""
    return _run(warehouse, "rejections", scope.root)


def sources(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """The sources of the root: source_title, kind, covers_from, cut_off, retired_on (Date), loads, last_loaded_at."""
    return _run(warehouse, "sources", scope.root)


def unsettled_names(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Names that no reference file knows: kind (unit, field, procedure), name, n rows, nearest known name or null."""
    return _run(warehouse, "unsettled_names", scope.root)


def faults_by_unit(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Cases by unit and fault, whatever the period: unit, unit_name, one column for each of
    FAULTS, cases with any of them."""
    return _faults(warehouse, scope.with_(compare="none", instrument=None), viewer)


@remembered(4)
def data_names(warehouse: Warehouse) -> tuple[str, ...]:
    """Every name and text of the snapshot that is not one of ours, of all roots, in order."""
    return tuple(warehouse.read(stored("lists/data_names"), {})["name"])


def snapshots_there() -> pl.DataFrame:
    """The published snapshots, newest first: snapshot, published_on (Date), is_current, is_kept."""
    there = reversed(published.snapshots())
    return pl.DataFrame(
        [(each.id, each.published_on, each.is_current, each.is_kept) for each in there],
        schema={"snapshot": pl.String, "published_on": pl.Date, "is_current": pl.Boolean, "is_kept": pl.Boolean},
        orient="row",
    )


@remembered(32)
def _faults(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    return warehouse.read(of_listed_cases("faults_by_unit"), narrowing(scope, known(warehouse), viewer))


@remembered(32)
def _run(warehouse: Warehouse, name: str, root: str) -> pl.DataFrame:
    return warehouse.read(stored(f"lists/{name}"), {"root": root})
