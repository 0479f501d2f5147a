"""The relations that a measure's query reads, narrowed to a scope: from a rollup where its grain answers exactly."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from comparison.measures.definitions import Definition
from comparison.scope import Known, Period, Scope, Viewer

TIME_GROUPS = ("month", "quarter", "year")
# Group -> key in the facts, table of its codes and names, the columns that a reader sees. A closed list: nothing
# a person types becomes part of a query.
_GROUPS = {
    "unit": ("unit_now.as_unit_id", "units", "unit_id", "groups.code as unit, groups.name as unit_name"),
    "field": ("facts.field_id", "fields", "field_id", "groups.code as field, groups.name as field_name"),
    "procedure": (
        "facts.procedure_id", "procedures", "procedure_id", "groups.code as procedure, groups.name as procedure_name",
    ),
    "instrument": ("facts.instrument_id", "instruments", "instrument_id", "groups.instrument as instrument"),
    "channel": ("facts.channel", None, None, "channel"),
    "unit_kind": ("unit.kind", None, None, "unit_kind"),
}  # fmt: skip
GROUPS = (*_GROUPS, *TIME_GROUPS)


class CannotAnswer(Exception):
    """The question cannot be answered as asked; the text says why and what can be asked instead."""


@dataclass(frozen=True)
class Query:
    """A complete query with its parameters, and the relation that it reads."""

    text: str
    parameters: dict[str, Any]
    relation: str


def _is_whole_months(period: Period) -> bool:
    return period.starts_on.day == 1 and (period.ends_on + timedelta(days=1)).day == 1


def _procedures_matter(scope: Scope, by: tuple[str, ...]) -> bool:
    return bool(scope.procedures) or "procedure" in by


def relation(definition: Definition, scope: Scope, by: tuple[str, ...]) -> str:
    """The smallest table whose grain answers the question exactly."""
    if definition.reads == "sheets":
        return "survey_sheets"
    if definition.reads == "closings":
        return "cases"
    if definition.reads == "durations":
        return "monthly_durations" if _is_whole_months(scope.period) else "case_durations"
    if _is_whole_months(scope.period):
        return "monthly_procedures"
    return "case_events" if _procedures_matter(scope, by) else "daily_events"


def _facts(name: str, procedures_matter: bool) -> str:
    """The table read, with the columns day and n and whatever else its measures count."""
    match name:
        case "survey_sheets" if procedures_matter:
            return (
                "(select survey_sheets.*, answered_on as day, cases.procedure_id "
                "from survey_sheets left join cases using (case_id)) as facts"
            )
        case "survey_sheets":
            return "(select *, answered_on as day from survey_sheets) as facts"
        case "cases":
            return (
                "(select cases.*, closed_on as day, instruments.instrument_id, answered.case_id is not null as has_sheet "
                "from cases cross join instruments "
                "left join (select distinct case_id, instrument_id from survey_sheets) as answered "
                "on answered.case_id = cases.case_id and answered.instrument_id = instruments.instrument_id "
                "where instruments.is_per_case and not cases.is_received_only "
                "and cases.outcome not in ('open', 'awaiting')) as facts"
            )
        case "case_events" | "case_durations":
            return f"(select *, 1 as n from {name}) as facts"
        case _:
            return f"{name} as facts"


_COUNTED = {
    "events": "facts.event, facts.channel, facts.n * unit_now.weight as n",
    "durations": "facts.duration, facts.days, facts.n * unit_now.weight as n",
    "sheets": "facts.overall_score, facts.is_satisfied",
    "closings": "facts.has_sheet",
}


def _period_number(by: tuple[str, ...]) -> str:
    unit = next((group for group in by if group in TIME_GROUPS), None)
    number = f"date_diff('{unit}', cast($starts_on as date), facts.day) + 1" if unit else "1"
    return f"case when facts.day < $starts_on then 0 else {number} end as period"


def periods(period: Period, by: tuple[str, ...], cut_off: date) -> list[tuple[str, date, date]]:
    """The period cut into the groups asked, (label, first day, last day) each; those after the cut-off are absent."""
    unit = next((group for group in by if group in TIME_GROUPS), None)
    if unit is None:
        return [("", period.starts_on, period.ends_on)]
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
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


def _filters(definition: Definition, scope: Scope, known: Known, viewer: Viewer) -> tuple[list[str], dict[str, Any]]:
    allowed = units_in(scope, known)
    where = [
        "unit_now.as_unit_id in (select units.unit_id from units join units as roots on roots.unit_id = units.root_id "
        "where roots.code = $root and units.code in (select unnest($units)))"
    ]
    parameters: dict[str, Any] = {"root": scope.root, "units": sorted(allowed)}
    for name, column, table in (("fields", "field_id", "fields"), ("procedures", "procedure_id", "procedures")):
        if getattr(scope, name):
            where.append(f"facts.{column} in (select {column} from {table} where code in (select unnest(${name})))")
            parameters[name] = list(getattr(scope, name))
    if scope.channels:
        where.append("facts.channel in (select unnest($channels))")
        parameters["channels"] = list(scope.channels)
    if definition.is_survey and scope.instrument is not None:
        where.append(
            "facts.instrument_id in (select instrument_id from instruments where instrument = $instrument)"
        )
        parameters["instrument"] = scope.instrument
    return where, parameters


def units_in(scope: Scope, known: Known) -> frozenset[str]:
    """Codes of the units that a scope asks for: of its kind, and of its units with all that is under them."""
    of_kind = {unit.code for unit in known.units_of(scope.root, scope.kind)}
    if not scope.units:
        return frozenset(of_kind)
    chosen = set(scope.units)
    parents = {unit.code: unit.parent for unit in known.units_of(scope.root)}

    def is_chosen(code: str | None) -> bool:
        return code is not None and (code in chosen or is_chosen(parents.get(code)))

    return frozenset(code for code in of_kind if is_chosen(code))


def compose(
    definition: Definition, measure_sql: str, scope: Scope, known: Known, viewer: Viewer, by: tuple[str, ...],
    cut_off: date,
) -> Query:  # fmt: skip
    """The query that answers a measure by these groups; its rows: the groups, then what the measure returns."""
    name = relation(definition, scope, by)
    where, parameters = _filters(definition, scope, known, viewer)
    buckets = periods(scope.period, by, cut_off)
    keys = [group for group in by if group not in TIME_GROUPS]
    selected = ", ".join(["0 as by_all", *(f"{_GROUPS[group][0]} as by_{group}" for group in keys)])
    where.append("facts.day <= $ends_on")
    if not definition.from_the_start:
        where.append("facts.day >= $starts_on")
    parameters |= {
        "starts_on": scope.period.starts_on,
        "ends_on": scope.period.ends_on,
        "period_labels": [label for label, _, _ in buckets],
    }
    joins = "".join(
        f" left join {table} as {group}_groups on {group}_groups.{key} = measured.by_{group}"
        for group in keys
        for _, table, key, _ in [_GROUPS[group]]
        if table
    )
    shown = []
    for group in by:
        if group in TIME_GROUPS:
            shown.append(f"periods.label as {group}")
        else:
            columns = _GROUPS[group][3]
            shown.append(columns.replace("groups.", f"{group}_groups.") if _GROUPS[group][1] else f"measured.by_{group} as {group}")
    order = ", ".join(by) or "measured.period"
    text = (
        f"with periods as (select unnest(range(1, len($period_labels) + 1)) as period, unnest($period_labels) as label),\n"
        f"{definition.reads} as (select {selected}, {_period_number(by)}, {_COUNTED[definition.reads]}\n"
        f"from {_facts(name, _procedures_matter(scope, by))}\n"
        "join unit_now on unit_now.unit_id = facts.unit_id join units as unit on unit.unit_id = unit_now.as_unit_id\n"
        f"where {' and '.join(where)}),\n"
        f"measured as ({measure_sql})\n"
        f"select {', '.join([*shown, 'measured.* exclude (by_all, period)' if not keys else 'measured.* exclude (by_all, period, ' + ', '.join('by_' + key for key in keys) + ')'])}\n"
        f"from measured join periods on periods.period = measured.period{joins}\norder by {order}"
    )
    return Query(text, parameters, name)
