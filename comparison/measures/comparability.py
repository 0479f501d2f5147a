"""What two periods of a scope have in common and what not: the facts behind the verdict on a comparison."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import polars as pl

from comparison.measures.calendar_days import calendar_days
from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.stored import narrowing, stored
from comparison.scope import Period, Scope, Viewer
from comparison.statistics.comparability import Comparability, Cover, Facts, Side, Subject, UnitSpan, comparability
from comparison.statistics.tet import EACH, around, first_days
from warehouse.snapshots import Warehouse

# Ten working days with the holidays of Tết take less: a mùng 1 farther away has none of them in a period.
_MARGIN = timedelta(days=60)


def compared_facts(warehouse: Warehouse, scope: Scope, compared: Scope, viewer: Viewer) -> Facts:
    """What is known of the periods of a scope and of the one it is compared with, for the units that it asks for.

    Cases, units and faults are those of the fields and channels asked, whatever the procedures: no rollup tells these
    by day. Sources are all that run in the root. Read from rollups, the calendar and the list of faulty cases.
    """
    return _facts(warehouse, scope.with_(compare="none", procedures=(), on_time="due"), compared.period, viewer)


def compare_periods(
    warehouse: Warehouse, scope: Scope, compared: Scope, viewer: Viewer, subject: Subject = "cases"
) -> Comparability:
    """The verdict on comparing a scope with another period of it: `comparison.statistics.comparability`."""
    return comparability(compared_facts(warehouse, scope, compared, viewer), subject)


@remembered(256)
def _facts(warehouse: Warehouse, scope: Scope, before: Period, viewer: Viewer) -> Facts:
    now = scope.period
    asked = narrowing(scope, known(warehouse), viewer)
    units = {name: asked[name] for name in ("root", "units")}
    sides = {
        "now_from": now.starts_on, "now_to": now.ends_on, "before_from": before.starts_on, "before_to": before.ends_on,
    }  # fmt: skip
    filtered = {name: value for name, value in asked.items() if "procedures" not in name}
    cases = warehouse.read(stored("lists/unit_cases"), {**filtered, **sides})
    instruments = warehouse.read(stored("lists/instruments_used"), {**units, **sides})
    sources = _sources(warehouse, scope.root)
    days = _working_days(warehouse, now, before)

    def side(period: Period, *, is_now: bool) -> Side:
        of_side = cases.filter(is_now=is_now)
        worked, of_tet = days[is_now]
        return Side(
            worked,
            of_tet,
            dict(of_side.filter(pl.col("received") > 0).select("unit", "received").iter_rows()),
            int(of_side["faulty"].sum()),
            {source: _cover(first, last, period) for source, _, first, last in sources.iter_rows()},
            frozenset(instruments.filter(is_now=is_now)["instrument"]),
        )

    of_now, of_before = side(now, is_now=True), side(before, is_now=False)
    spans = warehouse.read(stored("lists/unit_spans"), units)
    there = spans.filter(pl.col("unit").is_in([*of_now.received, *of_before.received]))
    return Facts(
        of_now,
        of_before,
        tuple(_changed(there.iter_rows(), now, before)),
        frozenset(sources.filter(kind="survey_answers")["source"]),
        scope.instrument,
    )


@remembered(32)
def _sources(warehouse: Warehouse, root: str) -> pl.DataFrame:
    return warehouse.read(stored("lists/source_cover"), {"root": root})


def _working_days(warehouse: Warehouse, now: Period, before: Period) -> dict[bool, tuple[int, int]]:
    """Of each side, is it now or not: its working days, and those of the twenty around a mùng 1."""
    first, last = min(now, before).starts_on, max(now.ends_on, before.ends_on)
    calendar = calendar_days(warehouse, Period(first - _MARGIN, last + _MARGIN))
    worked = calendar.filter("is_working")["day"]
    tet = pl.concat([worked.clear(), *(around(calendar, each, EACH)["day"] for each in first_days(calendar))])

    def within(period: Period) -> tuple[int, int]:
        inside = [days.filter(days.is_between(period.starts_on, period.ends_on)) for days in (worked, tet)]
        return len(inside[0]), len(inside[1])

    return {True: within(now), False: within(before)}


def _cover(covers_from: date, cut_off: date, period: Period) -> Cover:
    if covers_from <= period.starts_on and period.ends_on <= cut_off:
        return "whole"
    return "part" if covers_from <= period.ends_on and period.starts_on <= cut_off else "none"


def _changed(spans: Iterable[tuple[Any, ...]], now: Period, before: Period) -> Iterable[UnitSpan]:
    """The units that were not there all the while from the first day of one period to the last of the other."""
    first, last = min(now, before).starts_on, max(now.ends_on, before.ends_on)
    for unit, valid_from, valid_to in spans:
        began = valid_from is not None and first < valid_from <= last
        ended = valid_to is not None and first <= valid_to < last
        if began or ended:
            yield UnitSpan(unit, valid_from if began else None, valid_to if ended else None)
