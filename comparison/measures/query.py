"""The relations that a measure's query reads, narrowed to a scope: from a rollup where its grain answers exactly."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from comparison.measures.definitions import Definition
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

# What each relation offers to a measure, beside its groups and the number of the period.
_COUNTED = {
    "events": "facts.event, facts.channel, facts.n * unit_now.weight as n",
    "daily": "facts.event, facts.day, facts.n * unit_now.weight as n",
    "durations": "facts.duration, facts.days, facts.days_allowed, facts.n * unit_now.weight as n",
    "causes": "facts.late_cause, facts.n * unit_now.weight as n",
    "receipts": "facts.weekday, facts.hour, facts.n * unit_now.weight as n",
    "sheets": "facts.is_satisfied, facts.n",
    "answers": "facts.score, facts.is_satisfied",
    "closings": "facts.has_sheet, facts.n",
}
_SHEETS_BY_PROCEDURE = """(
    select survey_sheets.*, answered_on as day, cases.procedure_id, 1 as n
    from survey_sheets
    left join cases on cases.case_id = survey_sheets.case_id
)"""
_ANSWERS = """(
    select
        sheets.* exclude (is_satisfied), survey_answers.item, survey_answers.score,
        survey_answers.score >= instruments.satisfied_from as is_satisfied
    from {sheets} as sheets
    join survey_answers on survey_answers.sheet_no = sheets.sheet_no
    join instruments on instruments.instrument_id = sheets.instrument_id
)"""


# Those whose rows are single cases.
_SINGLE = ("case_events", "case_durations", "case_receipts", "case_closings")


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


def table_read(definition: Definition | Reading, scope: Scope, by: tuple[str, ...]) -> str:
    """The smallest table whose grain answers the question exactly."""
    if definition.reads == "sheets":
        by_procedure = scope.procedures or "procedure" in by
        return "monthly_sheets" if _is_whole_months(scope.period) and not by_procedure else "survey_sheets"
    if definition.reads == "answers":
        return "survey_answers"
    if definition.reads == "closings":
        return "monthly_closings" if _is_whole_months(scope.period) else "case_closings"
    if definition.reads == "causes":
        return "daily_late_causes"
    if definition.reads == "receipts":
        return "receipt_hours" if _is_whole_months(scope.period) and not scope.procedures else "case_receipts"
    if definition.reads == "durations":
        return "monthly_durations" if _is_whole_months(scope.period) else "case_durations"
    if _is_whole_months(scope.period) and definition.reads != "daily":
        return "monthly_procedures"
    return "case_events" if scope.procedures or "procedure" in by else "daily_events"


def _facts(table: str, scope: Scope, by: tuple[str, ...]) -> str:
    if table in ("survey_sheets", "survey_answers"):
        by_procedure = scope.procedures or "procedure" in by
        sheets = _SHEETS_BY_PROCEDURE if by_procedure else "(select *, answered_on as day, 1 as n from survey_sheets)"
        return sheets if table == "survey_sheets" else _ANSWERS.format(sheets=sheets)
    return f"(select *, 1 as n from {table})" if table in _SINGLE else table


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


def units_in(scope: Scope, known: Known, viewer: Viewer) -> frozenset[str]:
    """Codes of the units that a scope asks for and a viewer may see: of its kind, its units with all under them."""
    of_kind = {unit.code for unit in known.units_of(scope.root, scope.kind) if viewer.allows(unit.code)}
    if not scope.units:
        return frozenset(of_kind)
    parents = {unit.code: unit.parent for unit in known.units_of(scope.root)}

    def is_chosen(code: str | None) -> bool:
        return code is not None and (code in scope.units or is_chosen(parents.get(code)))

    return frozenset(code for code in of_kind if is_chosen(code))


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


def _shown(group: str) -> list[str]:
    if group in TIME_GROUPS:
        return [f"periods.label as {group}"]
    described = _GROUPS[group]
    if described.table is None:
        return [f"measured.by_{group} as {group}"]
    name = [f"{group}_named.name as {group}_name"] if described.has_name else []
    return [f"{group}_named.{described.code} as {group}", *name]


def compose(
    definition: Definition | Reading, measure_sql: str, scope: Scope, known: Known, viewer: Viewer, by: tuple[str, ...],
    cut_off: date,
) -> Query:  # fmt: skip
    """The query that answers a measure, or a list, by these groups; its rows: the groups, then what it returns."""
    table = table_read(definition, scope, by)
    where, parameters = _filters(definition, scope, known, viewer)
    keys = {group: _GROUPS[group] for group in by if group not in TIME_GROUPS}
    grouped = ["0 as by_all", *(f"{described.key} as by_{group}" for group, described in keys.items())]
    left_out = ["by_all", "period", *(f"by_{group}" for group in keys)]
    named = [
        f"left join {described.table} as {group}_named on {group}_named.{described.table_key} = measured.by_{group}"
        for group, described in keys.items()
        if described.table
    ]
    shown = [column for group in by for column in _shown(group)]
    parameters["period_labels"] = [label for label, _, _ in periods(scope.period, by, cut_off)]
    text = f"""
with periods as (
    select unnest(range(1, len($period_labels) + 1)) as period, unnest($period_labels::varchar[]) as label
),
{definition.reads} as (
    select {", ".join([*grouped, _period_number(by), _COUNTED[definition.reads]])}
    from {_facts(table, scope, by)} as facts
    join unit_now on unit_now.unit_id = facts.unit_id
    join units as unit on unit.unit_id = unit_now.as_unit_id
    join units as root on root.unit_id = unit.root_id
    where {" and ".join(where)}
),
measured as (
{measure_sql}
)
select {", ".join([*shown, f"measured.* exclude ({', '.join(left_out)})"])}
from measured
join periods on periods.period = measured.period
{" ".join(named)}
order by {", ".join(by) or "measured.period"}
"""
    return Query(text, parameters, table)
