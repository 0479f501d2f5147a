"""x of n by unit and month as arrays: cases, what is shown of answers, or cases in working days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comparison.measures.calendar_days import calendar_days
from comparison.measures.run import measure
from comparison.scope import Period, Scope, Viewer
from comparison.signals.tracked import Tracked, is_turned, measure_of
from comparison.statistics.tet import first_days
from warehouse.snapshots import Warehouse

# Around Tết offices take in far less, and Tết moves between January and February.
TET_WITHIN = timedelta(days=14)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """x of n, both (units, months); `apart` (months,): months known beforehand to be unlike the others."""

    x: Floats
    n: Floats
    apart: NDArray[np.bool_]


def counts(
    warehouse: Warehouse, scope: Scope, viewer: Viewer, tracked: Tracked, units: Sequence[str], months: Sequence[str]
) -> Counts:
    """What is watched, of units and whole months that cover the scope's period; 0 of 0 where there is nothing.

    Of counts n are the working days, 0 before a unit's first case. Of answers only what the suppressed measure shows is
    counted: the months shown, or the whole quarter, in its first month, where none of its months is.
    """
    name = measure_of(tracked, scope.on_time)
    answer = measure(warehouse, scope, viewer, name, ("unit", "month"))
    x, n = _arrays(answer, "month", units, months)
    apart = np.zeros(len(months), dtype=bool)
    if tracked.is_count:
        days, apart = _calendar(warehouse, scope, months)
        return Counts(x, np.where(np.cumsum(x, axis=1) > 0, days, 0.0), apart)
    if tracked.is_survey:
        x, n = _with_quarters(measure(warehouse, scope, viewer, name, ("unit", "quarter")), x, n, units, months)
    return Counts(n - x if is_turned(tracked, scope.on_time) else x, n, apart)


def quarter_of(month: str) -> str:
    """ "2024-05" -> "2024-Q2"."""
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"


def _with_quarters(
    by_quarter: pl.DataFrame, x: Floats, n: Floats, units: Sequence[str], months: Sequence[str]
) -> tuple[Floats, Floats]:
    labels = [quarter_of(month) for month in months]
    quarters = list(dict.fromkeys(labels))
    whole_x, whole_n = _arrays(by_quarter, "quarter", units, quarters)
    firsts = [labels.index(quarter) for quarter in quarters]
    shown = np.add.reduceat(n, firsts, axis=1) if firsts else whole_n
    x, n = x.copy(), n.copy()
    x[:, firsts] += np.where(shown == 0, whole_x, 0)
    n[:, firsts] += np.where(shown == 0, whole_n, 0)
    return x, n


def _calendar(warehouse: Warehouse, scope: Scope, months: Sequence[str]) -> tuple[Floats, NDArray[np.bool_]]:
    """Working days of each month, and whether any of them lies within two weeks of the first day of Tết."""
    around = Period(scope.period.starts_on - TET_WITHIN, scope.period.ends_on + TET_WITHIN)
    days = calendar_days(warehouse, around)
    firsts = first_days(days)
    working = days.filter("is_working").select(month=pl.col("day").dt.strftime("%Y-%m"), day="day")
    near = [(pl.col("day") - first).abs() <= TET_WITHIN for first in firsts]
    there = working.group_by("month").agg(pl.len().alias("days"), pl.any_horizontal(False, *near).any().alias("apart"))
    along = pl.DataFrame({"month": list(months)}, schema={"month": pl.String}).join(
        there, on="month", how="left", maintain_order="left"
    )
    return along["days"].fill_null(0).cast(pl.Float64).to_numpy(), along["apart"].fill_null(False).to_numpy()


def _arrays(answer: pl.DataFrame, by: str, units: Sequence[str], columns: Sequence[str]) -> tuple[Floats, Floats]:
    rows = pl.DataFrame({"unit": list(units), "row": range(len(units))}, schema={"unit": pl.String, "row": pl.Int64})
    places = pl.DataFrame(
        {by: list(columns), "at": range(len(columns))}, schema={by: pl.String, "at": pl.Int64}
    )  # fmt: skip
    found = answer.join(rows, on="unit").join(places, on=by)
    x, n = np.zeros((len(units), len(columns))), np.zeros((len(units), len(columns)))
    at = found["row"].to_numpy(), found["at"].to_numpy()
    x[at] = found["numerator"].fill_null(0).cast(pl.Float64).to_numpy()
    n[at] = found["denominator"].fill_null(0).cast(pl.Float64).to_numpy()
    return x, n
