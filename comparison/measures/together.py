"""Many measures asked at once: one statement for each table that they read, over what all of them need of it.

A statement reads its table once, into the rows of the units, groups and *spans* that any of the questions needs: a
span is a run of days that no question tells apart. Each question is then answered from these rows by the measure's own
query, and its answer kept where `measure` finds it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from comparison.measures.definitions import Definition, catalogue
from comparison.measures.known import known
from comparison.measures.query import (
    GROUPS,
    TIME_GROUPS,
    CannotAnswer,
    group_columns,
    keys_of,
    named_by,
    names_of,
    periods,
    table_read,
)
from comparison.measures.relations import Relation, relations
from comparison.measures.run import answered, asked_of, is_answered, keep_answer, latest_cut_off
from comparison.measures.stored import stored
from comparison.measures.units_asked import units_in
from comparison.scope import Period, Scope, Viewer
from warehouse.snapshots import Warehouse

_RESULTS = ("numerator", "denominator", "value", "total", "deviation", "excluded")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ask:
    """A measure of a scope by groups, as `measure` takes them."""

    measure: str
    scope: Scope
    by: tuple[str, ...] = ()


def ask_together(warehouse: Warehouse, viewer: Viewer, asks: Iterable[Ask]) -> None:
    """Have these answered; each that cannot be is left for `measure` to refuse, and ratios, which rest on questions of
    their own, are left to it too."""
    by_table: dict[tuple[str, str, bool], list[Ask]] = {}
    for ask in dict.fromkeys(asks):
        try:
            asked = Ask(ask.measure, asked_of(warehouse, ask.scope, viewer, ask.measure, ask.by), ask.by)
        except CannotAnswer:
            continue
        definition = catalogue()[ask.measure]
        if definition.unit == "ratio" or is_answered(warehouse, asked.scope, viewer, ask.measure, ask.by):
            continue
        table = table_read(relations(warehouse)[definition.reads], asked.scope, asked.by)
        by_procedure = bool(asked.scope.procedures) or "procedure" in asked.by
        by_table.setdefault((table, asked.scope.root, by_procedure), []).append(asked)
    for (table, root, _), several in by_table.items():
        # One alone is answered as fast alone.
        if len(several) > 1:
            _ask(warehouse, viewer, table, root, list(dict.fromkeys(several)))


def _ask(warehouse: Warehouse, viewer: Viewer, table: str, root: str, asks: Sequence[Ask]) -> None:
    cut_off = latest_cut_off(warehouse, root)
    parts = [_Part(number, ask, viewer, warehouse, cut_off) for number, ask in enumerate(asks)]
    spans = _spans(parts)
    days = pl.date_range(spans[1], max(part.period.ends_on for part in parts), eager=True).to_list()
    labels = [(part.number, place, label) for part in parts for place, (label, _, _) in enumerate(part.periods, 1)]
    parameters: dict[str, Any] = {
        "root": root,
        "days": days,
        # A day before all of these is of the first span.
        "span_of_day": [bisect_right(spans, day) for day in days],
        "units": sorted({code for part in parts for code in part.units}),
        "ends_on": max(part.period.ends_on for part in parts),
        "asks": [ask for ask, _, _ in labels],
        "periods": [period for _, period, _ in labels],
        "labels": [label for _, _, label in labels],
    }
    told_apart = _ToldApart(parts, spans)
    parameters |= told_apart.parameters
    for part in parts:
        parameters |= part.parameters()
    named = [
        (name, [part for part in parts if part.ask.measure == name]) for name in sorted({ask.measure for ask in asks})
    ]
    relation = relations(warehouse)[parts[0].definition.reads]
    groups = [group for group in GROUPS if any(group in part.ask.by for part in parts) and group not in TIME_GROUPS]
    text = f"""
with base as materialized (
{_base(table, relation, parts, groups, parameters)}
),
asked as materialized (
    select *, {", ".join(told_apart.columns)} from base
),
counted as (
{" union all by name ".join(_measured(name, each, told_apart, relation, groups) for name, each in named)}
)
select {", ".join(["counted.by_ask as ask", "labels.label", *group_columns(tuple(groups), "counted"), *_found(groups)])}
from counted
join (select unnest($asks::bigint[]) as ask, unnest($periods::bigint[]) as period, unnest($labels::varchar[]) as label)
    as labels on labels.ask = counted.by_ask and labels.period = counted.period
{named_by(keys_of(tuple(groups)), "counted")}
"""
    rows = warehouse.read(text, parameters)
    of_ask = rows.partition_by("ask", as_dict=True)
    for part in parts:
        scope, name, by = part.ask.scope, part.ask.measure, part.ask.by
        time = {group: pl.col("label").alias(group) for group in by if group in TIME_GROUPS}
        own = of_ask.get((part.number,), rows.clear())
        columns = [time.get(column, pl.col(column)) for column in names_of(by)]
        counted = own.select(*columns, *(column for column in _RESULTS if column in rows.columns))
        ordered = counted.sort(by, nulls_last=True) if by else counted
        keep_answer(answered(part.definition, ordered, by), warehouse, scope, viewer, name, by)


class _Part:
    """One question of a statement."""

    def __init__(self, number: int, ask: Ask, viewer: Viewer, warehouse: Warehouse, cut_off: date) -> None:
        self.number, self.ask = number, ask
        self.definition: Definition = catalogue()[ask.measure]
        self.period: Period = ask.scope.period
        self.units = units_in(ask.scope, known(warehouse), viewer)
        self.periods = periods(self.period, ask.by, cut_off)
        # What lies after the cut-off is of a period of its own, which has no answer.
        self.starts = [starts_on for _, starts_on, _ in periods(self.period, ask.by, self.period.ends_on)]

    @property
    def first_day(self) -> date | None:
        """The first day that it reads; None where it reads from the start."""
        return None if self.definition.from_the_start else self.period.starts_on

    def parameters(self) -> dict[str, Any]:
        """Its own parameters, named by its number."""
        scope, number = self.ask.scope, self.number
        found: dict[str, Any] = {
            f"{name}_{number}": list(getattr(scope, name)) for name in _FILTERS if getattr(scope, name)
        }
        if self.definition.is_survey and scope.instrument is not None:
            found[f"instrument_{number}"] = scope.instrument
        return found

    def periods_of(self, spans: Sequence[date]) -> tuple[int | None, ...]:
        """Of each span its period: 0 before the first, None where it is not read."""
        return tuple(map(self._period_of, spans))

    def _period_of(self, first: date) -> int | None:
        if first < self.period.starts_on:
            return 0 if self.definition.from_the_start else None
        if first > self.period.ends_on:
            return None
        return bisect_right(self.starts, first)

    def rows(self, told_apart: "_ToldApart", relation: Relation, groups: Sequence[str]) -> str:
        """What its measure counts, of the base: null in the groups that it does not ask for."""
        scope, number = self.ask.scope, self.number
        units, period = told_apart.of[number]
        where = [units, f"{period} is not null"]
        for name, key in _FILTERS.items():
            if getattr(scope, name):
                codes = f"select unnest(${name}_{number})"
                where.append(f"{key} in ({codes if name == 'channels' else _keys_in(name, key, codes)})")
        if self.definition.is_survey and scope.instrument is not None:
            where.append(
                f"instrument_id in (select instrument_id from instruments where instrument = $instrument_{number})"
            )
        keys = [f"{_KEYS[group] if group in self.ask.by else 'null'} as by_{group}" for group in groups]
        columns = [f"{number} as by_ask", *keys, f"{period} as period", *relation.columns]
        n, by = ("n", "") if self.definition.is_of_items else ("sum(n) as n", "group by all")
        return f"select {', '.join([*columns, n])} from asked where {' and '.join(where)} {by}"


class _ToldApart:
    """The units and the periods that questions ask for, each set of them a column of the base, once for all questions
    that have it. of: number of a question -> its two columns."""

    def __init__(self, parts: Sequence[_Part], spans: Sequence[date]) -> None:
        units: dict[tuple[str, ...], int] = {}
        periods_asked: dict[tuple[int | None, ...], int] = {}
        self.of = {}
        for part in parts:
            unit_set = units.setdefault(tuple(sorted(part.units)), len(units))
            period_set = periods_asked.setdefault(part.periods_of(spans), len(periods_asked))
            self.of[part.number] = f"is_of_units_{unit_set}", f"period_{period_set}"
        self.columns = [
            f"unit in (select unnest($units_{number})) as is_of_units_{number}" for number in units.values()
        ]
        self.columns += [f"($periods_{number}::bigint[])[span] as period_{number}" for number in periods_asked.values()]
        self.parameters: dict[str, Any] = {f"units_{number}": list(codes) for codes, number in units.items()}
        self.parameters |= {f"periods_{number}": list(each) for each, number in periods_asked.items()}


# Where a group's key stands in the base, and what a scope is narrowed by.
_KEYS = {
    "unit": "unit_id",
    "unit_kind": "unit_kind",
    "field": "field_id",
    "procedure": "procedure_id",
    "channel": "channel",
    "instrument": "instrument_id",
    "item": "item",
}
_FILTERS = {"fields": "field_id", "procedures": "procedure_id", "channels": "channel"}


def _keys_in(table: str, key: str, codes: str) -> str:
    return f"select {key} from {table} where code in ({codes})"


def _found(groups: Sequence[str]) -> list[str]:
    """What was counted, without what it was counted by."""
    left_out = ["by_ask", "period", *(f"by_{group}" for group in groups)]
    return [f"counted.* exclude ({', '.join(left_out)})"]


def _measured(
    name: str, parts: Sequence[_Part], told_apart: _ToldApart, relation: Relation, groups: Sequence[str]
) -> str:
    """All questions of one measure by its own query, told apart by the group `ask`."""
    most = max(len(part.periods) for part in parts)
    return f"""
select * from (
with periods as (select unnest(range(1, {most} + 1)) as period),
{relation.name} as (
    {" union all ".join(part.rows(told_apart, relation, groups) for part in parts)}
),
measured as (
{stored(name)}
)
select * from measured
)"""


def _base(
    table: str, relation: Relation, parts: Sequence[_Part], groups: Sequence[str], parameters: dict[str, Any]
) -> str:
    """The rows of a table that any of the parts needs, counted by what any of them tells apart."""
    needed = {"unit_id": "unit.unit_id", "unit": "unit.code"}
    for group in groups:
        if group != "unit":
            needed[_KEYS[group]] = "unit.kind" if group == "unit_kind" else f"facts.{_KEYS[group]}"
    for part in parts:
        needed |= {key: f"facts.{key}" for name, key in _FILTERS.items() if getattr(part.ask.scope, name)}
        if part.definition.is_survey and part.ask.scope.instrument is not None:
            needed["instrument_id"] = "facts.instrument_id"
    needed |= {column: f"facts.{column}" for column in relation.columns}
    where = ["root.code = $root", "unit.code in (select unnest($units))", "facts.day <= $ends_on"]
    firsts = [part.first_day for part in parts]
    if None not in firsts:
        where.append("facts.day >= $starts_on")
        parameters["starts_on"] = min(first for first in firsts if first is not None)
    n = "facts.n * unit_now.weight" if relation.is_shared_out else "facts.n"
    # Scores are averaged row by row: those of one are not to be counted together.
    is_counted = not any(part.definition.is_of_items for part in parts)
    columns = [f"{source} as {name}" for name, source in needed.items()]
    return f"""
    select {", ".join(columns)}, coalesce(spans.span, 1) as span, {f"sum({n})" if is_counted else n} as n
    from {table} as facts
    join unit_now on unit_now.unit_id = facts.unit_id
    join units as unit on unit.unit_id = unit_now.as_unit_id
    join units as root on root.unit_id = unit.root_id
    left join (select unnest($days::date[]) as day, unnest($span_of_day::bigint[]) as span) as spans
        on spans.day = facts.day
    where {" and ".join(where)}
    {"group by all" if is_counted else ""}"""


def _spans(parts: Sequence[_Part]) -> list[date]:
    """The first days of the spans; the first span is of all time before."""
    cuts = {date.min + _DAY}
    for part in parts:
        cuts |= {part.period.ends_on + _DAY, *part.starts}
    return sorted(cuts)
