"""The relations that a measure's query reads, narrowed to a scope: from a rollup where its grain answers exactly."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from comparison.measures.definitions import Definition
from comparison.measures.relations import Relation
from comparison.measures.units_asked import units_in
from comparison.scope import Known, Period, Scope, Viewer


@dataclass(frozen=True)
class Reading:
    """What a list beside the measures reads, as the definition of a measure says it."""

    reads: str
    from_the_start: bool = False
    is_survey: bool = False


@dataclass(frozen=True)
class Group:
    """A way to divide an answer: its key in the facts, and the table where the key's code (and name) stands."""

    key: str
    table: str | None = None
    table_key: str | None = None
    code: str = "code"
    has_name: bool = True


# A closed list: nothing that a person types becomes part of a query.
_GROUPS = {
    "unit": Group("unit_now.as_unit_id", "units", "unit_id"),
    "field": Group("facts.field_id", "fields", "field_id"),
    "procedure": Group("facts.procedure_id", "procedures", "procedure_id"),
    "instrument": Group("facts.instrument_id", "instruments", "instrument_id", "instrument", has_name=False),
    "item": Group("facts.item", has_name=False),
    "channel": Group("facts.channel", has_name=False),
    "unit_kind": Group("unit.kind", has_name=False),
}
TIME_GROUPS = {"month": 1, "quarter": 3, "year": 12}
GROUPS = (*_GROUPS, *TIME_GROUPS)


class CannotAnswer(Exception):
    """The question cannot be answered as asked; the text says why and what can be asked instead."""


@dataclass(frozen=True)
class Query:
    """A complete query with its parameters, and the table that it reads."""

    text: str
    parameters: dict[str, Any]
    table: str


def _is_whole_months(period: Period) -> bool:
    return period.starts_on.day == 1 and (period.ends_on + timedelta(days=1)).day == 1


def table_read(relation: Relation, scope: Scope, by: tuple[str, ...]) -> str:
    """The smallest table whose grain answers the question exactly."""
    by_procedure = bool(scope.procedures) or "procedure" in by
    return relation.table(of_whole_months=_is_whole_months(scope.period), by_procedure=by_procedure).name


def periods(period: Period, by: tuple[str, ...], cut_off: date) -> list[tuple[str, date, date]]:
    """The period cut into the groups asked, (label, first day, last day) each; those after the cut-off are absent."""
    unit = next((group for group in by if group in TIME_GROUPS), None)
    if unit is None:
        return [("", period.starts_on, period.ends_on)]
    months = TIME_GROUPS[unit]
    found = []
    starts_on = period.starts_on
    while starts_on <= min(period.ends_on, cut_off):
        month = (starts_on.month - 1) // months * months + months
        following = date(starts_on.year + month // 12, month % 12 + 1, 1)
        label = {
            "month": f"{starts_on:%Y-%m}",
            "quarter": f"{starts_on.year}-Q{(starts_on.month + 2) // 3}",
            "year": f"{starts_on.year}",
        }[unit]
        found.append((label, starts_on, min(following - timedelta(days=1), period.ends_on)))
        starts_on = following
    return found


def _filters(
    definition: Definition | Reading, scope: Scope, known: Known, viewer: Viewer
) -> tuple[list[str], dict[str, Any]]:
    where = ["root.code = $root", "unit.code in (select unnest($units))", "facts.day <= $ends_on"]
    parameters: dict[str, Any] = {
        "root": scope.root,
        "units": sorted(units_in(scope, known, viewer)),
        "starts_on": scope.period.starts_on,
        "ends_on": scope.period.ends_on,
    }
    if not definition.from_the_start:
        where.append("facts.day >= $starts_on")
    for name, key in (("fields", "field_id"), ("procedures", "procedure_id")):
        if getattr(scope, name):
            where.append(f"facts.{key} in (select {key} from {name} where code in (select unnest(${name})))")
            parameters[name] = list(getattr(scope, name))
    if scope.channels:
        where.append("facts.channel in (select unnest($channels))")
        parameters["channels"] = list(scope.channels)
    if definition.is_survey and scope.instrument is not None:
        where.append("facts.instrument_id in (select instrument_id from instruments where instrument = $instrument)")
        parameters["instrument"] = scope.instrument
    return where, parameters


def _period_number(by: tuple[str, ...]) -> str:
    unit = next((group for group in by if group in TIME_GROUPS), None)
    number = f"date_diff('{unit}', cast($starts_on as date), facts.day) + 1" if unit else "1"
    return f"case when facts.day < $starts_on then 0 else {number} end as period"


def keys_of(by: tuple[str, ...]) -> dict[str, Group]:
    """The groups that are none of time, in order."""
    return {group: _GROUPS[group] for group in by if group not in TIME_GROUPS}


def names_of(by: tuple[str, ...]) -> list[str]:
    """The columns of an answer that say of which group a row is."""
    named = [[group, f"{group}_name"] if group in _GROUPS and _GROUPS[group].table else [group] for group in by]
    return [name for names in named for name in names if name != "instrument_name"]


def group_columns(by: tuple[str, ...], counted: str = "measured") -> list[str]:
    """What a query selects to have these columns, of what was `counted`, `periods` and what `named_by` joins."""
    return [column for group in by for column in _columns_of(group, counted)]


def _columns_of(group: str, counted: str) -> list[str]:
    if group in TIME_GROUPS:
        return [f"periods.label as {group}"]
    described = _GROUPS[group]
    if described.table is None:
        return [f"{counted}.by_{group} as {group}"]
    name = [f"{group}_named.name as {group}_name"] if described.has_name else []
    return [f"{group}_named.{described.code} as {group}", *name]


def named_by(keys: dict[str, Group], counted: str = "measured") -> str:
    """The joins that give groups their names."""
    return "\n".join(
        f"left join {described.table} as {group}_named on {group}_named.{described.table_key} = {counted}.by_{group}"
        for group, described in keys.items()
        if described.table
    )


def compose(
    definition: Definition | Reading, relation: Relation, measure_sql: str, scope: Scope, known: Known, viewer: Viewer,
    by: tuple[str, ...], cut_off: date,
) -> Query:  # fmt: skip
    """The query that answers a measure, or a list, of the relation that it reads, by these groups; its rows: the
    groups, then what it returns."""
    table = table_read(relation, scope, by)
    where, parameters = _filters(definition, scope, known, viewer)
    keys = keys_of(by)
    grouped = ["0 as by_all", *(f"{described.key} as by_{group}" for group, described in keys.items())]
    counted = [f"facts.{column}" for column in relation.columns]
    counted.append("facts.n * unit_now.weight as n" if relation.is_shared_out else "facts.n")
    left_out = ["by_all", "period", *(f"by_{group}" for group in keys)]
    parameters["period_labels"] = [label for label, _, _ in periods(scope.period, by, cut_off)]
    text = f"""
with periods as (
    select unnest(range(1, len($period_labels) + 1)) as period, unnest($period_labels::varchar[]) as label
),
{relation.name} as (
    select {", ".join([*grouped, _period_number(by), *counted])}
    from {table} as facts
    join unit_now on unit_now.unit_id = facts.unit_id
    join units as unit on unit.unit_id = unit_now.as_unit_id
    join units as root on root.unit_id = unit.root_id
    where {" and ".join(where)}
),
measured as (
{measure_sql}
)
select {", ".join([*group_columns(by), f"measured.* exclude ({', '.join(left_out)})"])}
from measured
join periods on periods.period = measured.period
{named_by(keys)}
order by {", ".join(by) or "measured.period"}
"""
    return Query(text, parameters, table)
