"""What there is to say of late cases beside how many: how late, why, where, and if people were told."""

import polars as pl

from comparison.measures.run import measure
from comparison.measures.scoped_lists import scoped
from comparison.scope import Scope, Viewer
from warehouse.snapshots import Warehouse

# Tenths of the time allowed; what took more than twice as long is taken together.
_TENTHS = 20


def days_late(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """The cases of `late_resolved` by the working days after the due date: days (Int, from 0), n; fewest first.

    0 days late is a case finished on a day off after its due date.
    """
    return scoped(warehouse, scope, viewer, "days_late", "durations").sort("days")


def statutory_time_used(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """The cases finished in the period by the working days taken of those that their due date allowed.

    share_from, share_to (null: anything above), n: share_from < share <= share_to, and the first from 0 on, in tenths
    up to 2, so that the cases up to share_to = 1 are those in time. Only steps with cases. A case due on the day it
    came, or without a due date, has no such share.
    """
    tenths = scoped(warehouse, scope, viewer, "statutory_time_used", "durations").sort("tenth")
    return tenths.select(
        ((pl.col("tenth") - 1) / 10).round(1).alias("share_from"),
        pl.when(pl.col("tenth") <= _TENTHS).then((pl.col("tenth") / 10).round(1)).alias("share_to"),
        "n",
    )


def late_causes(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """The numerator of `late` by recorded cause: cause, n; the most frequent first, "" (none recorded) last."""
    recorded = scoped(warehouse, scope, viewer, "late_causes", "causes").sort(["n", "cause"], descending=[True, False])
    late = measure(warehouse, scope, viewer, "late")["numerator"].item()
    rest = pl.DataFrame({"cause": [""], "n": [late - recorded["n"].sum()]}, schema=recorded.schema)
    return pl.concat([recorded, rest.filter(pl.col("n") > 0)])


def apologies(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Cases of `late_resolved` by unit: unit, unit_name, late, with_letter, sent_before_due (the letter, before the due
    day, as decree 61/2018 asks). Only units with late cases."""
    return scoped(warehouse, scope, viewer, "apologies", "events", ("unit",))


def due_moved(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """The population of `on_time_due` by unit, by its first-seen and by its current due date: unit, unit_name, n,
    moved (those with another due date than the first seen), on_time_first, on_time_now (counts)."""
    return scoped(warehouse, scope, viewer, "due_moved", "events", ("unit",)).filter(pl.col("n") > 0)


def half_of_late(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """The numerator of `late` by unit and procedure, most first: unit, unit_name, procedure, procedure_name, late.

    Every pair that has late cases, so that the first ones can be taken until they make half of all.
    """
    found = measure(warehouse, scope, viewer, "late", ("unit", "procedure")).filter(pl.col("numerator") > 0)
    return found.select(
        "unit", "unit_name", "procedure", "procedure_name", pl.col("numerator").alias("late")
    ).sort(["late", "unit", "procedure"], descending=[True, False, False])  # fmt: skip
