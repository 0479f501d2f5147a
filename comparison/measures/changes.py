"""Why a number changed: the figures of a scope in two snapshots, and the cases behind it, each with a reason."""

from dataclasses import dataclass
from typing import Literal, get_args

import polars as pl

from comparison.measures.case_lists import MOST_LISTED
from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.query import CannotAnswer
from comparison.measures.run import measure
from comparison.measures.stored import narrowing, stored
from comparison.measures.units_asked import units_in
from comparison.scope import OnTime, Scope, Viewer
from warehouse.snapshots import Warehouse, open_pair

# In the order in which people should see them. Of several that hold for a case, the query takes one: not in the older
# snapshot, gone from the newer, counted elsewhere, then what was said of it before its source's older cut-off, then
# what happened since, and last what only the later cut-off changed.
Reason = Literal[
    "arrived_late", "corrected", "reclassified", "vanished", "received_since", "progressed", "newly_judged"
]
REASONS: tuple[Reason, ...] = get_args(Reason)
_ON_TIME: dict[OnTime, tuple[str, ...]] = {
    "due": ("on_time_due", "late"),
    "resolved": ("on_time_resolved",),
    "first_due": ("on_time_first_due",),
}
_COMPARED = (
    *("unit_name", "field_name", "procedure_name", "channel", "received_on", "due_on", "first_due_on"),
    *("finished_on", "closed_on", "vanished_on", "status", "conflicting_rows"),
)
# What a list shows of a case as it stands last.
_NEWEST = ("unit_name", "procedure_name", "source_file", "sheet", "row_number")


@dataclass(frozen=True)
class Figure:
    """One answer of a measure; all None where it is suppressed or has no value."""

    value: float | None
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True)
class ChangedFigure:
    """A figure that two snapshots give differently; `name` is the measure."""

    name: str
    before: Figure
    after: Figure


@dataclass(frozen=True)
class ChangedCases:
    """The cases that make two snapshots differ in a scope: how many there are `in_all` and by reason, and some of them.

    rows: case_code, unit_name, procedure_name, reason, source_file, sheet, row_number; `changed`, the names of the
    columns that differ; old_* and new_* of those columns, of outcome and cut_off, null where a snapshot has no such
    case or the viewer may not see its unit; and what the case adds to each count: received, resolved, early, on_time,
    late_resolved (by finished date), judged_on_time and judged (the on-time share by the scope's way of counting),
    in_progress, overdue_open.
    """

    in_all: int
    by_reason: tuple[tuple[Reason, int], ...]
    rows: pl.DataFrame


def changed_cases(
    old: Warehouse, new: Warehouse, scope: Scope, viewer: Viewer, most: int = MOST_LISTED
) -> ChangedCases:
    """The cases whose part in the figures of a scope differs between two snapshots, or that moved within it.

    Its part: received, finished, due (by the scope's way of counting) in the period, in stock or overdue at its end.
    """
    return _changed(old, new, scope.with_(snapshot=old.id, compare="none", instrument=None), viewer, most)


def changed_figures(old: Warehouse, new: Warehouse, scope: Scope, viewer: Viewer) -> tuple[ChangedFigure, ...]:
    """The figures at the top of a page that the two snapshots give differently; none of a root that either lacks."""
    if any(scope.root not in known(warehouse).root_of for warehouse in (old, new)):
        return ()
    names = ("received", "resolved", *_ON_TIME[scope.on_time], "in_progress", "overdue_open", "satisfaction")
    found = []
    for name in names:
        before, after = (_figure(warehouse, scope, viewer, name) for warehouse in (old, new))
        if before is not None and after is not None and before != after:
            found.append(ChangedFigure(name, before, after))
    return tuple(found)


def _figure(warehouse: Warehouse, scope: Scope, viewer: Viewer, name: str) -> Figure | None:
    try:
        answer = measure(warehouse, scope.with_(snapshot=warehouse.id), viewer, name)
    except CannotAnswer:
        return None
    return Figure(*answer.select("value", "numerator", "denominator").row(0))


@remembered(64)
def _changed(old: Warehouse, new: Warehouse, scope: Scope, viewer: Viewer, most: int) -> ChangedCases:
    units = {
        f"{side}_units": sorted(units_in(scope, known(warehouse), viewer))
        for side, warehouse in (("old", old), ("new", new))
    }
    narrowed = {name: value for name, value in narrowing(scope, known(old), viewer).items() if name != "units"}
    rows = open_pair(old, new).read(
        stored("lists/changed_cases"),
        {
            **narrowed, **units, "most": most, "on_time": scope.on_time,
            "starts_on": scope.period.starts_on, "ends_on": scope.period.ends_on,
        },
    )  # fmt: skip
    counts = dict(rows.select("reason", "in_reason").unique().iter_rows())
    by_reason = tuple((reason, counts[reason]) for reason in REASONS if reason in counts)
    return ChangedCases(sum(n for _, n in by_reason), by_reason, _listed(rows, viewer))


def _listed(rows: pl.DataFrame, viewer: Viewer) -> pl.DataFrame:
    for side in ("old", "new"):
        allowed = [code for code in rows[f"{side}_unit"].unique().drop_nulls() if viewer.allows(code)]
        is_allowed = pl.col(f"{side}_unit").is_in(allowed)
        rows = rows.with_columns(
            pl.when(is_allowed).then(name).alias(name) for name in rows.columns if name.startswith(f"{side}_")
        )
    is_shown = pl.col("new_unit").is_not_null()
    differs = [
        pl.when(pl.col(f"old_{name}").ne_missing(pl.col(f"new_{name}"))).then(pl.lit(name)) for name in _COMPARED
    ]
    return (
        rows.with_columns(
            *(pl.when(is_shown).then(f"new_{name}").otherwise(f"old_{name}").alias(name) for name in _NEWEST),
            pl.concat_list(differs).list.drop_nulls().alias("changed"),
        )
        .sort(pl.col("reason").cast(pl.Enum(REASONS)), "unit_name", "case_code")
        .drop("in_reason")
    )
