"""Trễ hạn: where and in what is it late, once volume and mix are allowed for, and which cases are these?"""

import polars as pl
import streamlit as st

from comparison.charts.frames.lateness import LAND, field_against_rest, fields_shown
from comparison.charts.frames.overview import most_late, units_there
from comparison.charts.frames.shares import is_clear, total_of
from comparison.measures.case_lists import units_asked
from comparison.widgets import Question, header, missing, period_caption, view
from comparison.widgets.figure.findings_block import show_findings
from comparison.widgets.frame.part_shown import of_one_unit
from comparison.widgets.lateness.case_mix import late_mix
from comparison.widgets.lateness.days import late_days
from comparison.widgets.lateness.definitions import late_definitions, late_moved
from comparison.widgets.lateness.departments import late_departments
from comparison.widgets.lateness.drill import late_drill, late_open
from comparison.widgets.lateness.funnel import late_funnel_figure
from comparison.widgets.lateness.half import late_half_procedures
from comparison.widgets.lateness.heat_map import BESIDE, PAGE, late_half, late_map
from comparison.widgets.lateness.told import late_letters, late_reasons
from comparison.wording import findings

# More columns than this leave no room for bars beside the heat map.
MOST_FIELDS_BESIDE = 9


def title(v: Question, by_field: pl.DataFrame) -> str:
    late = findings.Share(total_of(by_field), int(by_field["denominator"].sum()))
    top = most_late(by_field, LAND)
    if top is None:
        return findings.lateness_title(v.language, late, None, None)
    own, rest = field_against_rest(by_field, top[0])
    is_later = own.n > 0 and rest.n > 0 and own.value > rest.value and is_clear(own, rest)
    return findings.lateness_title(v.language, late, (top[1], own) if is_later else None, rest)


def show_where(v: Question, cells: pl.DataFrame, fields: list[tuple[str, str]], units: list[tuple[str, str]]) -> None:
    """The heat map, beside it the units that make half; departments, who own their fields, have no such order."""
    if len(units) < 2 or v.scope.kind == "department":
        late_map(v, cells, fields, units, PAGE)
    elif len(fields) <= MOST_FIELDS_BESIDE:
        left, right = st.columns([2, 1], gap="medium")
        with left:
            late_map(v, cells, fields, units, BESIDE)
        with right:
            late_half(v, top=46, is_narrow=True)
    else:
        late_map(v, cells, fields, units, PAGE)
        late_half(v, top=8, is_narrow=False)


def show_compared(v: Question) -> None:
    """Units beside each other as fairly as their kind allows."""
    kind = v.kind_compared
    if kind and kind != "department":
        left, right = st.columns(2, gap="medium")
        with left:
            late_funnel_figure(v, kind)
        with right:
            late_mix(v, kind)
    if v.scope.kind in (None, "department"):
        late_departments(v)


def show(v: Question) -> None:
    by_field = v.late(("field",))
    how = v.say(f"on_time.{v.scope.on_time}_help")
    header(
        of_one_unit(v, title(v, by_field)),
        period_caption(v),
        v.say("lateness.caption", on_time=findings.lowered(v.say(f"on_time.{v.scope.on_time}")), how=how),
    )
    if v.has_data:
        show_findings(v, "tre-han")
    cells = v.late(("unit", "field"))
    fields = fields_shown(cells, v.known.fields)
    units = units_there(units_asked(v.warehouse, v.scope, v.viewer), cells)
    if not fields:
        missing(v, title=v.say("lateness.map_subject"), page="tre-han")
        if v.has_data:
            late_open(v)
        return
    show_where(v, cells, fields, units)
    show_compared(v)
    late_drill(v, units, fields)
    late_half_procedures(v)
    late_definitions(v)
    late_moved(v)
    late_days(v)
    late_letters(v)
    late_reasons(v)
    late_open(v)


show(view())
