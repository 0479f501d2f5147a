"""The working calendar of a snapshot, day by day."""

import polars as pl

from comparison.measures.memory import remembered
from comparison.measures.stored import stored
from comparison.scope import Period
from warehouse.snapshots import Warehouse


@remembered(64)
def calendar_days(warehouse: Warehouse, period: Period) -> pl.DataFrame:
    """One row a day of the period, in order: day (Date), is_working, is_holiday (Boolean), why (null on usual days).

    Shared between readers: not to be changed.
    """
    return warehouse.read(stored("lists/calendar_days"), {"starts_on": period.starts_on, "ends_on": period.ends_on})
