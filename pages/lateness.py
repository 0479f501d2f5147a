"""Trễ hạn: where and in what is it late, and which cases are these?"""

import polars as pl
import streamlit as st

from comparison.charts.bars import bars
from comparison.charts.frames.lateness import (
    LAND,
    MEASURES,
    cases_table,
    field_against_rest,
    fields_shown,
    has_room_beside,
    heat_cells,
    late_bars,
    late_share,
    procedures,
    without_due_dates,
)
from comparison.charts.frames.overview import cells_standing_out, most_late, units_there
from comparison.charts.frames.shares import is_clear, room_for, share_of, short_units, source_text, total_of
from comparison.charts.heat_map import heat_map
from comparison.measures.case_lists import CaseList, absent_cases, late_cases, overdue_cases, units_asked
from comparison.scope import Scope
from comparison.widgets import Numbers, View, figure, header, heading, listing, measured, missing, period_caption, view
from comparison.wording import day, findings

# More columns than this leave no room for bars beside the heat map.
MOST_FIELDS_BESIDE = 9
# The least width of the page and of its left column on a screen of 1366 px, and that of a letter in a head.
PAGE, BESIDE, LETTER = 1206, 793, 8
UNIT, FIELD, CLICKED = "late-unit", "late-field", "late-clicked"


def late_by(v: View, by: tuple[str, ...], scope: Scope | None = None) -> pl.DataFrame:
    return late_share(v.measure(MEASURES[v.scope.on_time], by, scope), v.scope.on_time)


def numbers(v: View, answer: pl.DataFrame) -> Numbers:
    return measured(v.language, "late", answer)


def title(v: View, by_field: pl.DataFrame) -> str:
    late = findings.Share(total_of(by_field), int(by_field["denominator"].sum()))
    top = most_late(by_field, LAND)
    if top is None:
        return findings.lateness_title(v.language, late, None, None)
    own, rest = field_against_rest(by_field, top[0])
    is_later = own.n > 0 and rest.n > 0 and own.value > rest.value and is_clear(own, rest)
    return findings.lateness_title(v.language, late, (top[1], own) if is_later else None, rest)


def show_map(
    v: View, cells: pl.DataFrame, fields: list[tuple[str, str]], units: list[tuple[str, str]], width: int
) -> None:
    left = room_for([name for _, name in short_units(units)])
    every = late_by(v, ("unit", "field"), v.scope.with_(units=(), fields=()))
    standing_out = cells_standing_out(every, v.known, [code for code, _ in units], v.scope.fields)
    named = findings.cell_title(v.language, standing_out[0][2], compared=True) if standing_out else None
    clicked = figure(
        v,
        title=named or v.say("empty.nothing_stands_out"),
        subtitle=v.say("lateness.map_note"),
        fig=heat_map(
            heat_cells(cells, v.language), short_units(units), fields, v.theme,
            left=left, head_width=min(11, max(6, (width - left) // len(fields) // LETTER)),
        ),
        table=numbers(v, cells),
        source=source_text(v.language, v.warehouse.id, v.scope.period, int(cells["denominator"].sum())),
        key="tre-han-don-vi-linh-vuc",
        click=True,
    )  # fmt: skip
    undated = without_due_dates(late_by(v, ("unit",)))
    if undated:
        st.caption(v.say("lateness.undated", units=", ".join(undated)))
    if clicked and clicked != st.session_state.get(CLICKED):
        st.session_state[CLICKED] = clicked
        st.session_state[UNIT], st.session_state[FIELD] = clicked


def show_half(v: View, top: int, *, is_narrow: bool) -> None:
    by_unit = late_by(v, ("unit",))
    frame = late_bars(by_unit, v.language)
    late, half = total_of(by_unit), int(frame["is_marked"].sum())
    says_half = findings.is_half_a_finding(late, half, frame.height)
    with_words = says_half and has_room_beside(frame)
    figure(
        v,
        title=findings.half_title(v.language, "late", late, half, frame.height),
        subtitle=v.say("lateness.half_note"),
        fig=bars(
            frame if says_half else frame.drop("is_marked"), v.theme,
            above=v.say("lateness.half_above", n=v.number(half)) if with_words else "",
            below=v.say("lateness.half_below", n=v.number(frame.height - half)) if with_words else "",
            left=room_for(frame["name"].to_list()), top=top,
        ),
        table=numbers(v, by_unit),
        source=source_text(
            v.language, v.warehouse.id, None if is_narrow else v.scope.period, late, "lateness.source_late"
        ),
        key="tre-han-don-vi",
    )  # fmt: skip


def choose(v: View, label: str, options: dict[str, str], key: str) -> str | None:
    """A box of codes and names; a code that this scope does not show gives way to "", or to a single one."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = next(iter(options)) if len(options) == 1 or "" in options else None
    chosen: str | None = st.selectbox(
        label, list(options), format_func=options.__getitem__, key=key, placeholder=v.say("lateness.drill_pick")
    )
    return chosen


def show_drill(v: View, units: list[tuple[str, str]], fields: list[tuple[str, str]]) -> None:
    heading(v.say("lateness.drill_title"), v.say("lateness.drill_note"))
    boxes = st.columns([1, 1, 2], gap="medium")
    with boxes[0]:
        unit = choose(v, v.say("lateness.drill_pick_unit"), dict(short_units(units)), UNIT)
    with boxes[1]:
        field = choose(v, v.say("lateness.drill_pick_field"), dict(fields), FIELD)
    if unit is None or field is None:
        st.caption(v.say("lateness.drill_hint"))
        return
    cell = v.scope.with_(units=(unit,), fields=(field,))
    by_procedure = late_by(v, ("procedure",), cell)
    with boxes[2]:
        procedure = choose_procedure(v, by_procedure)
    whole = late_by(v, (), cell)
    st.markdown(
        findings.drilled(v.language, dict(short_units(units))[unit], dict(fields)[field], whole.row(0, named=True))
    )
    if share_of(whole).n == 0:
        return
    listing(
        v.asking(cell),
        title=v.say("lateness.procedures_title"),
        subtitle=v.say("lateness.procedures_note"),
        table=procedures(by_procedure, v.language),
        download=numbers(v, by_procedure),
        source=source_text(v.language, v.warehouse.id, v.scope.period, share_of(whole).n),
        key="thu-tuc-cua-o",
    )
    show_cases(v, cell.with_(procedures=(procedure,)) if procedure else cell)


def choose_procedure(v: View, by_procedure: pl.DataFrame) -> str:
    due = by_procedure.filter(pl.col("denominator") > 0).sort("numerator", descending=True, maintain_order=True)
    options = {"": v.say("lateness.drill_all")} | {
        code: v.say("lateness.drill_procedure", name=name, late=v.number(late), n=v.number(n))
        for code, name, late, n in due.select("procedure", "procedure_name", "numerator", "denominator").iter_rows()
    }
    return choose(v, v.say("lateness.drill_pick_procedure"), options, "late-procedure") or ""


def case_rows(v: View, cases: CaseList, key: str, *, with_unit: bool) -> None:
    procedure = {v.say("cases.column_procedure"): st.column_config.TextColumn(width=260)}
    table = cases_table(cases, v.language, with_unit=with_unit)
    st.dataframe(table, hide_index=True, key=key, column_config=procedure)


def show_cases(v: View, cell: Scope) -> None:
    cases = late_cases(v.warehouse, cell, v.viewer)
    heading(
        v.say("lateness.cases_title"),
        v.say("lateness.cases_note", shown=v.number(cases.rows.height), n=v.number(cases.in_all)),
    )
    case_rows(v, cases, "late-cases", with_unit=False)
    st.caption(source_text(v.language, v.warehouse.id, v.scope.period, cases.in_all))


def show_open(v: View) -> None:
    overdue = overdue_cases(v.warehouse, v.scope, v.viewer)
    absent = absent_cases(v.warehouse, v.scope, v.viewer)
    last = day(v.language, v.last_day)
    heading(
        v.say("lateness.overdue_title", n=v.number(overdue.in_all), day=last)
        if overdue.in_all
        else v.say("lateness.overdue_none", day=last),
        v.say("lateness.overdue_note"),
    )
    if overdue.in_all:
        case_rows(v, overdue, "overdue-cases", with_unit=True)
    st.caption(source_text(v.language, v.warehouse.id, v.scope.period, overdue.in_all))
    if not absent.in_all:
        st.caption(v.say("lateness.absent_none"))
        return
    heading(v.say("lateness.absent_title", n=v.number(absent.in_all)), v.say("lateness.absent_note"))
    case_rows(v, absent, "absent-cases", with_unit=True)


def show(v: View) -> None:
    by_field = late_by(v, ("field",))
    how = v.say(f"on_time.{v.scope.on_time}_help")
    header(
        title(v, by_field),
        period_caption(v),
        v.say("lateness.caption", on_time=findings.lowered(v.say(f"on_time.{v.scope.on_time}")), how=how),
    )
    cells = late_by(v, ("unit", "field"))
    fields = fields_shown(cells, v.known.fields)
    units = units_there(units_asked(v.warehouse, v.scope, v.viewer), cells)
    if not fields:
        missing(v, title=v.say("lateness.map_subject"), page="tre-han")
        if v.has_data:
            show_open(v)
    elif len(units) < 2:
        show_map(v, cells, fields, units, PAGE)
        show_drill(v, units, fields)
        show_open(v)
    elif len(fields) <= MOST_FIELDS_BESIDE:
        left, right = st.columns([2, 1], gap="medium")
        with left:
            show_map(v, cells, fields, units, BESIDE)
        with right:
            show_half(v, top=46, is_narrow=True)
        show_drill(v, units, fields)
        show_open(v)
    else:
        show_map(v, cells, fields, units, PAGE)
        show_drill(v, units, fields)
        show_half(v, top=8, is_narrow=False)
        show_open(v)


show(view())
