"""What measures may read, as the snapshot itself says it: each kind of export brings relations of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from comparison.measures.stored import stored
from warehouse.snapshots import Warehouse

_NAME = re.compile(r"[a-z_]+")


@dataclass(frozen=True)
class Table:
    """A table that holds a relation. `is_monthly`: it answers for whole months alone. `has_procedures`: it tells
    procedures apart."""

    name: str
    is_monthly: bool
    has_procedures: bool


@dataclass(frozen=True)
class Relation:
    """`columns`: what it offers beside unit, field, channel, day and how many (`n`). `is_shared_out`: whether n is
    divided where a unit was. `tables`: those that hold it, the smallest first."""

    name: str
    columns: tuple[str, ...]
    is_shared_out: bool
    tables: tuple[Table, ...]

    def table(self, *, of_whole_months: bool, by_procedure: bool) -> Table:
        """The smallest table whose grain answers the question exactly."""
        return next(
            table
            for table in self.tables
            if (of_whole_months or not table.is_monthly) and (table.has_procedures or not by_procedure)
        )


@lru_cache(maxsize=8)
def relations(warehouse: Warehouse) -> Mapping[str, Relation]:
    """The relations of a snapshot, by name. They become part of queries: each is a plain name."""
    found = {}
    rows = warehouse.read(stored("contents/relations"))
    for (name,), own in rows.group_by("relation", maintain_order=True):
        tables = tuple(Table(*row) for row in own.select("table_name", "is_monthly", "has_procedures").rows())
        relation = Relation(str(name), tuple(own["columns"][0].split()), own["is_shared_out"][0], tables)
        for each in (relation.name, *relation.columns, *(table.name for table in tables)):
            assert _NAME.fullmatch(each), f"{each} is no name"
        found[relation.name] = relation
    return found
