"""Units that look late over all fields and are not, once their fields are allowed for; and the field that does it."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from comparison.measures.adjusted import Adjusted
from comparison.statistics.case_mix import Lateness
from comparison.statistics.funnel import Flag, funnel


@dataclass(frozen=True)
class Explained:
    """A field that makes most of what the mix adds to a unit's share: its part of the unit's cases and of others'."""

    field: str
    own: float
    others: float


def explained_units(cells: pl.DataFrame, adjusted: Adjusted) -> dict[str, tuple[Flag, Explained]]:
    """Unit -> (flag, field) of those that the funnel of all fields flags or watches as late, whose own expectation
    explains it. cells: the late share by unit and field of all units of the kind."""
    by_unit = cells.group_by("unit").agg(pl.col("numerator", "denominator").sum()).sort("unit")
    by_unit = by_unit.filter(pl.col("denominator") > 0)
    drawn = funnel(by_unit["numerator"].to_numpy(), by_unit["denominator"].to_numpy(), "down")
    flags = dict(zip(by_unit["unit"], drawn.flags, strict=True))
    found = {}
    for at, (unit, _) in enumerate(adjusted.units):
        is_no_more = adjusted.case_mix.lateness[at] in (Lateness.USUAL, Lateness.LESS)
        if is_no_more and adjusted.effect.mix[at] > 0 and flags.get(unit) in (Flag.HIGH, Flag.WATCH_HIGH):
            field = explaining_field(cells, unit)
            if field is not None:
                found[unit] = (flags[unit], field)
    return found


def explaining_field(cells: pl.DataFrame, unit: str) -> Explained | None:
    """The field whose part of the unit's cases adds most to its late share; None if no field adds anything.

    cells: the late share by unit and field of all units of the kind. A field adds (own part - others' part) x (others'
    share late in it - others' share late).
    """
    own = cells.filter((pl.col("unit") == unit) & (pl.col("denominator") > 0)).select("field", n="denominator")
    rest = (
        cells.filter(pl.col("unit") != unit)
        .group_by("field", "field_name")
        .agg(pl.col("numerator").sum().alias("late"), pl.col("denominator").sum().alias("cases"))
        .filter(pl.col("cases") > 0)
    )
    if own.is_empty() or rest.is_empty():
        return None
    joined = rest.join(own, on="field", how="left").with_columns(pl.col("n").fill_null(0)).sort("field")
    n, late, cases = (joined[name].to_numpy().astype(np.float64) for name in ("n", "late", "cases"))
    mine, theirs = n / n.sum(), cases / cases.sum()
    adds = (mine - theirs) * (late / cases - late.sum() / cases.sum())
    place = int(np.argmax(adds))
    if adds[place] <= 0 or mine[place] <= theirs[place]:
        return None
    return Explained(joined["field_name"][place], float(mine[place]), float(theirs[place]))
