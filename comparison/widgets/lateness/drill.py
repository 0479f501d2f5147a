"""From a unit and a field to procedures, and from there to cases with their export file and row."""

from collections.abc import Collection, Mapping

import polars as pl
import streamlit as st

from comparison.charts.frames.lateness import cases_table, procedures
from comparison.charts.frames.shares import short_units, source_text
from comparison.measures.case_lists import CaseList, absent_cases, late_cases, overdue_cases
from comparison.measures.on_time import MEASURES
from comparison.question import Question
from comparison.scope import Ignored, Scope
from comparison.widgets import elements
from comparison.widgets.address import go
from comparison.widgets.figure.figures import heading, listing
from comparison.widgets.figure.method import method, method_row
from comparison.widgets.figure.numbers import Numbers
from comparison.widgets.frame.opening import name_ignored
from comparison.widgets.lateness.numbers import late_method, late_numbers
from comparison.widgets.words import show_caption, show_text
from comparison.wording import day, findings
from comparison.wording.findings import share_of

# The page's own parameters, which name what is looked into.
UNIT, FIELD, PROCEDURE = "cell_unit", "cell_field", "cell_procedure"
_CLICKED = "late-clicked"


def choose_cell(cell: list[str]) -> None:
    """Show the procedures of a clicked cell, [unit, field]; a click that stays selected counts once."""
    _clicked("", cell, {UNIT: cell[0], FIELD: cell[1]})


def choose_unit(figure: str, unit: str) -> None:
    """Go to a unit clicked in a figure, in the field that is chosen; as with `choose_cell` a click counts once."""
    _clicked(figure, unit, {UNIT: unit})


def _clicked(figure: str, mark: str | list[str], own: Mapping[str, str]) -> None:
    key = f"{_CLICKED}-{figure}"
    if mark != st.session_state.get(key):
        st.session_state[key] = mark
        go(own=own)
        st.rerun()


def late_drill(v: Question, units: list[tuple[str, str]], fields: list[tuple[str, str]]) -> None:
    """Boxes for a unit, a field and a procedure of those shown, and what is behind the chosen cell."""
    heading(v.say("lateness.drill_title"), v.say("lateness.drill_note"))
    boxes = st.columns([1, 1, 2], gap="medium")
    with boxes[0]:
        there = {each.code for each in v.known.units}
        unit = _choose(v, UNIT, dict(short_units(units)), there)
    with boxes[1]:
        field = _choose(v, FIELD, dict(fields), {each.code for each in v.known.fields})
    if unit is None or field is None:
        show_caption(v, v.say("lateness.drill_hint"))
        return
    cell = v.scope.with_(units=(unit,), fields=(field,))
    by_procedure = v.late(("procedure",), cell)
    with boxes[2]:
        procedure = _choose_procedure(v, by_procedure)
    whole = v.late((), cell)
    show_text(
        v, findings.drilled(v.language, dict(short_units(units))[unit], dict(fields)[field], whole.row(0, named=True))
    )
    if share_of(whole).n == 0:
        return
    by_name = procedures(by_procedure, v.language)
    listing(
        v.asking(cell),
        title=v.say("lateness.procedures_title"),
        subtitle=v.say("lateness.procedures_note"),
        table=Numbers(by_name, right=frozenset(by_name.columns[1:])),
        download=late_numbers(v, by_procedure),
        source=source_text(v.language, v.warehouse.id, v.scope.period, share_of(whole).n),
        key="thu-tuc-cua-o",
        method=late_method(v, "wilson", "tiers"),
    )
    _show_cases(v, cell.with_(procedures=(procedure,)) if procedure else cell)


def late_open(v: Question) -> None:
    """The cases overdue at the end of the period, and the open ones that the newest file lacks."""
    overdue = overdue_cases(v.warehouse, v.scope, v.viewer)
    absent = absent_cases(v.warehouse, v.scope, v.viewer)
    last = day(v.language, v.last_day)
    title = (
        v.say("lateness.overdue_title", n=v.number(overdue.in_all), day=last)
        if overdue.in_all
        else v.say("lateness.overdue_none", day=last)
    )
    _case_list(v, overdue, title, v.say("lateness.overdue_note"), "overdue-cases", method(v, "overdue_cases"),
               ("overdue_open",))  # fmt: skip
    if not absent.in_all:
        show_caption(v, v.say("lateness.absent_none"))
        return
    _case_list(v, absent, v.say("lateness.absent_title", n=v.number(absent.in_all)), v.say("lateness.absent_note"),
               "absent-cases", method(v, "absent_cases"))  # fmt: skip


def _choose(v: Question, name: str, options: dict[str, str], there: Collection[str]) -> str | None:
    """A box of codes and names, showing what the address says; a code that this scope does not show gives way to "",
    or to a single one, and one that is none of `there` is named."""
    key, asked = f"choice-{name}", v.own.get(name, "")
    if asked and asked not in there:
        name_ignored(v, (Ignored(name, asked, "unknown_value"),))
    usual = next(iter(options)) if len(options) == 1 or "" in options else None
    # The state is set on every run, so that Back shows too.
    st.session_state[key] = asked if asked in options else usual
    chosen: str | None = elements.selectbox(
        v.say(f"parameter.{name}"), list(options), format_func=options.__getitem__, key=key,
        placeholder=v.say("lateness.drill_pick"), filter_mode=None,
        on_change=lambda: go(own={name: st.session_state[key] or ""}),
    )  # fmt: skip
    return chosen


def _choose_procedure(v: Question, by_procedure: pl.DataFrame) -> str:
    due = by_procedure.filter(pl.col("denominator") > 0).sort("numerator", descending=True, maintain_order=True)
    options = {"": v.say("lateness.drill_all")} | {
        code: v.say("lateness.drill_procedure", name=name, late=v.number(late), n=v.number(n))
        for code, name, late, n in due.select("procedure", "procedure_name", "numerator", "denominator").iter_rows()
    }
    return _choose(v, PROCEDURE, options, {each.code for each in v.known.procedures}) or ""


def _show_cases(v: Question, cell: Scope) -> None:
    cases = late_cases(v.warehouse, cell, v.viewer)
    shown = v.say("lateness.cases_note", shown=v.number(cases.rows.height), n=v.number(cases.in_all))
    _case_list(v.asking(cell), cases, v.say("lateness.cases_title"), shown, "late-cases",
               late_method(v, "late_cases"), (MEASURES[v.scope.on_time],), with_unit=False)  # fmt: skip


def _case_list(
    v: Question, cases: CaseList, title: str, subtitle: str, key: str, method: str, measures: tuple[str, ...] = (), *,
    with_unit: bool = True,
) -> None:  # fmt: skip
    """Cases as a table of ours: st.dataframe has words and tools in English alone."""
    source = source_text(v.language, v.warehouse.id, v.scope.period, cases.in_all)
    if not cases.in_all:
        heading(title, subtitle)
        method_row(v, source, method, key, measures)
        return
    table = Numbers(
        cases_table(cases, v.language, with_unit=with_unit), measures=measures,
        lines=frozenset({v.say("cases.column_row_number")}),
    )  # fmt: skip
    listing(
        v, title=title, subtitle=subtitle, table=table, source=source, key=key, method=method, height=440
    )  # fmt: skip
