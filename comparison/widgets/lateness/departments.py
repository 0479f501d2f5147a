"""Departments: each compared with itself and its target, and with others only in fields that at least two handle."""

import polars as pl

from comparison.charts.frames.departments import beside_others, beside_themselves, shared_fields
from comparison.charts.frames.shares import source_text
from comparison.measures.on_time import MEASURES, late_share
from comparison.measures.plan_lists import target_in
from comparison.measures.run import measure
from comparison.question import Question
from comparison.scope import Viewer
from comparison.widgets.figure.figures import heading, listing
from comparison.widgets.figure.numbers import Numbers
from comparison.widgets.lateness.numbers import late_method, late_numbers
from comparison.wording import lateness_findings, period_name
from comparison.wording.findings import within

_KIND = "department"


def late_departments(v: Question) -> None:
    """The two tables of departments, where any has cases due.

    No ranking, no funnel and no adjusted share of them over all fields: that would compare the fields.
    """
    if beside_themselves_table(v):
        beside_others_table(v)


def beside_themselves_table(v: Question) -> bool:
    """Each department now and before; False, and nothing drawn, where none has cases due."""
    other, scope = v.compared, v.scope.with_(kind=_KIND)
    now = v.late(("unit",), scope.with_(period=v.now.period))
    before = v.late(("unit",), scope.with_(period=other.period)) if other else None
    rows = beside_themselves(now, before, v.language)
    if rows.is_empty():
        return False
    target = None
    if v.scope.on_time == "due":
        target = target_in(v.warehouse, "late", _KIND, v.scope)
    names = {
        verdict: rows.filter(pl.col("verdict") == verdict)["unit_name"].to_list() for verdict in ("worse", "better")
    }
    words = {verdict: v.say(f"departments.{verdict}") for verdict in ("worse", "better", "usual", "few")} | {"": ""}
    headings = {"unit_name": v.say("column.unit")} | {
        name: v.say(f"departments.column_{name}")
        for name in (("n", "now", "before", "change", "verdict") if other else ("n", "now"))
    }
    if target is not None:
        headings["target"] = v.say("departments.column_target")
    shown = rows.with_columns(
        pl.col("verdict").replace_strict(words, return_dtype=pl.String),
        target=pl.lit(target, dtype=pl.Float64),
    )
    note = (
        v.say("departments.note", other=within(v.language, period_name(v.language, other.period)))
        if other
        else v.say("departments.note_alone")
    )
    listing(
        v,
        title=lateness_findings.departments_title(v.language, names["worse"], names["better"]),
        subtitle=note,
        table=Numbers(
            shown.select(*headings).rename(headings),
            frozenset(headings[name] for name in ("now", "before", "target") if name in headings),
        ),
        download=late_numbers(v, now),
        source=source_text(v.language, v.warehouse.id, v.scope.period, int(now["denominator"].sum())),
        key="tre-han-phong-ban",
        method=late_method(v, "departments", "newcombe") if other else late_method(v, "tiers"),
    )
    return True


def beside_others_table(v: Question) -> None:
    """Departments in the fields that at least two handle."""
    scope = v.scope.with_(kind=_KIND, units=())
    cells = late_share(measure(v.warehouse, scope, Viewer(), MEASURES[scope.on_time], ("unit", "field")), scope.on_time)
    shared, covered = shared_fields(cells)
    if shared.is_empty():
        heading(v.say("departments.shared_none"), v.say("departments.shared_none_note"))
        return
    rows, standing_out = beside_others(shared, v.known, v.language)
    names = {unit.code: unit.name for unit in v.known.units}
    words = {
        "more": v.say("departments.shared_more"), "usual": v.say("departments.usual"), "few": v.say("departments.few"),
    }  # fmt: skip
    headings = {"field_name": v.say("column.field"), "unit_name": v.say("column.unit")} | {
        name: v.say(f"departments.column_{name}") for name in ("n", "own", "range", "others", "verdict")
    }
    shown = rows.with_columns(pl.col("verdict").replace_strict(words, return_dtype=pl.String))
    listing(
        v,
        title=lateness_findings.shared_title(v.language, [names[unit] for unit in standing_out]),
        subtitle=v.say("departments.shared_note", covered=v.percent(covered)),
        table=Numbers(shown.select(*headings).rename(headings)),
        download=late_numbers(v, shared),
        source=source_text(v.language, v.warehouse.id, v.scope.period, int(shared["denominator"].sum())),
        key="tre-han-linh-vuc-chung",
        method=late_method(v, "departments_shared", "cells", "wilson", "tiers"),
    )
