"""What a snapshot holds, read once, for scopes and links to be checked against."""

from functools import lru_cache

import polars as pl

from comparison.measures.stored import stored
from comparison.scope import Field, Instrument, Known, Procedure, Root, Unit
from warehouse.snapshots import Warehouse, snapshots


def _rows(warehouse: Warehouse, name: str) -> list[tuple[object, ...]]:
    return warehouse.read(stored(f"contents/{name}")).rows()


def _instruments(warehouse: Warehouse) -> tuple[Instrument, ...]:
    rows = warehouse.read(stored("contents/instruments"))
    together = rows.group_by(pl.exclude("root"), maintain_order=True).agg("root")
    return tuple(
        Instrument(code, title, tuple(roots), scale, satisfied_from, is_per_case, is_derived, overall_item)
        for _, code, title, scale, satisfied_from, is_per_case, is_derived, overall_item, roots in together.iter_rows()
    )


@lru_cache(maxsize=8)
def known(warehouse: Warehouse) -> Known:
    """The roots, units, fields, procedures, channels and instruments that have data, in Vietnamese order.

    Instruments stand in the order of their reference file.
    """
    return Known(
        snapshot=warehouse.id,
        snapshots=tuple(snapshot.id for snapshot in snapshots()),
        roots=tuple(Root(*row) for row in _rows(warehouse, "roots")),  # type: ignore[arg-type] # typed by the query
        units=tuple(Unit(*row) for row in _rows(warehouse, "units")),  # type: ignore[arg-type] # typed by the query
        fields=tuple(Field(*row) for row in _rows(warehouse, "fields")),  # type: ignore[arg-type] # typed by the query
        procedures=tuple(Procedure(*row) for row in _rows(warehouse, "procedures")),  # type: ignore[arg-type] # as above
        channels=tuple(str(channel) for (channel,) in _rows(warehouse, "channels")),
        instruments=_instruments(warehouse),
    )
