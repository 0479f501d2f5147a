"""Lists that read what the measures read: the same rollups, narrowed to a scope and cut into groups alike."""

import polars as pl

from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.query import Reading, compose
from comparison.measures.relations import relations
from comparison.measures.run import latest_cut_off
from comparison.measures.stored import stored
from comparison.scope import Scope, Viewer
from warehouse.snapshots import Warehouse


def scoped(
    warehouse: Warehouse, scope: Scope, viewer: Viewer, name: str, reads: str, by: tuple[str, ...] = ()
) -> pl.DataFrame:
    """The rows of lists/<name>.sql, of the relation that it reads, by these groups: their columns, then its own.

    Whatever the comparison and the instrument. Shared between readers: not to be changed.
    """
    return _scoped(warehouse, scope.with_(compare="none", instrument=None), viewer, name, reads, by)


@remembered(256)
def _scoped(
    warehouse: Warehouse, scope: Scope, viewer: Viewer, name: str, reads: str, by: tuple[str, ...]
) -> pl.DataFrame:
    query = compose(
        Reading(reads), relations(warehouse)[reads], stored(f"lists/{name}"), scope, known(warehouse), viewer, by,
        latest_cut_off(warehouse, scope.root),
    )  # fmt: skip
    return warehouse.read(query.text, query.parameters)
