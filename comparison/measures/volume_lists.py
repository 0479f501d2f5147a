"""What there is to say of the work that came in beside how much: on which days and hours, and how old the stock is."""

import polars as pl

from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.scoped_lists import scoped
from comparison.measures.stored import narrowing, stored
from comparison.scope import Period, Scope, Viewer
from warehouse.snapshots import Warehouse


def daily_received(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """What came in and was finished each day of the period, as `received` and `resolved` count: day (Date), received,
    resolved; the earliest first. Days on which neither happened are absent."""
    return scoped(warehouse, scope, viewer, "daily_received", "daily").sort("day")


def receipt_hours(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """The cases received in the period by weekday (1 = Monday to 7) and hour (0 to 23): weekday, hour, n, sorted.

    Only of exports that have times: a stamp at midnight is a day without a time. Empty where there is none.
    """
    return scoped(warehouse, scope, viewer, "receipt_hours", "receipts").sort("weekday", "hour")


def stock_age(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """The cases of `in_progress` at the end of the period, by the working days since they were received: age_from,
    age_to (null: any more), n; the youngest first. Only steps with cases."""
    return _stock_age(warehouse, scope.with_(compare="none", instrument=None), viewer)


@remembered(64)
def working_days(warehouse: Warehouse, period: Period) -> pl.DataFrame:
    """The working days of each month of a period, of its first and last month only those inside: month ("2024-01"),
    days."""
    return warehouse.read(stored("lists/working_days"), {"starts_on": period.starts_on, "ends_on": period.ends_on})


@remembered(64)
def _stock_age(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    parameters = {**narrowing(scope, known(warehouse), viewer), "ends_on": scope.period.ends_on}
    return warehouse.read(stored("lists/stock_age"), parameters)
