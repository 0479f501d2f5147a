"""The cases behind a figure, and the units that it is of: lists beside the measures, for the same scope and viewer."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.stored import narrowing, of_listed_cases
from comparison.measures.units_asked import units_in
from comparison.scope import Scope, Viewer
from warehouse.snapshots import Warehouse

# What a person can look through; the number of all is always said beside.
MOST_LISTED = 500

_Kind = Literal["late_cases", "overdue_cases", "absent_cases", "due_soon_cases"]


@dataclass(frozen=True)
class CaseList:
    """Cases as rows, and how many there are `in_all`.

    rows: case_code, unit_name, procedure_name, received_on, due_on, finished_on (Date), state (early, on_time, late,
    overdue, open or absent), days_late (working days, null = not late), source_file, sheet, row_number.
    """

    in_all: int
    rows: pl.DataFrame


def late_cases(warehouse: Warehouse, scope: Scope, viewer: Viewer, most: int = MOST_LISTED) -> CaseList:
    """The cases that the late share of a scope counts, by its own way of counting, those late first."""
    return _listed(warehouse, scope, viewer, "late_cases", most)


def overdue_cases(warehouse: Warehouse, scope: Scope, viewer: Viewer, most: int = MOST_LISTED) -> CaseList:
    """The cases that `overdue_open` counts at the end of the period, the longest overdue first."""
    return _listed(warehouse, scope, viewer, "overdue_cases", most)


def absent_cases(warehouse: Warehouse, scope: Scope, viewer: Viewer, most: int = MOST_LISTED) -> CaseList:
    """The open cases that the newest file covering their unit no longer holds, whatever the period."""
    return _listed(warehouse, scope, viewer, "absent_cases", most)


def due_soon_cases(
    warehouse: Warehouse, scope: Scope, viewer: Viewer, within: int, most: int = MOST_LISTED
) -> CaseList:
    """The cases open at the end of the period and due then or `within` so many working days after, the soonest first.

    Not those overdue already, nor those that wait for the citizen; state: open, or absent.
    """
    return _listed(warehouse, scope, viewer, "due_soon_cases", most, within)


def units_asked(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """(code, name) of the units that a scope asks for, in Vietnamese order."""
    there = known(warehouse)
    asked = units_in(scope, there, viewer)
    return tuple((unit.code, unit.name) for unit in there.units_of(scope.root) if unit.code in asked)


def _listed(warehouse: Warehouse, scope: Scope, viewer: Viewer, kind: _Kind, most: int, within: int = 0) -> CaseList:
    return _cases(warehouse, scope.with_(compare="none", instrument=None), viewer, kind, most, within)


@remembered(128)
def _cases(warehouse: Warehouse, scope: Scope, viewer: Viewer, kind: _Kind, most: int, within: int) -> CaseList:
    parameters = {**narrowing(scope, known(warehouse), viewer), "most": most}
    if kind != "absent_cases":
        parameters["ends_on"] = scope.period.ends_on
    if kind == "late_cases":
        parameters |= {"starts_on": scope.period.starts_on, "on_time": scope.on_time}
    if kind == "due_soon_cases":
        parameters["within"] = within
    rows = warehouse.read(of_listed_cases(kind), parameters)
    return CaseList(rows["in_all"][0] if rows.height else 0, rows.drop("in_all"))
