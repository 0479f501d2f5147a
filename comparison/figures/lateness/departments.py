"""Departments: each compared with itself and its target, and with others only in fields that at least two handle."""

import polars as pl

from comparison.figures.figure import Figure, Listing, Made
from comparison.figures.late_share import late_method, late_numbers
from comparison.figures.lateness.titles import PAGE
from comparison.figures.numbers import Numbers
from comparison.forms.frames.departments import beside_others, beside_themselves, shared_fields
from comparison.forms.frames.shares import source_text
from comparison.forms.place import Place
from comparison.measures.on_time import MEASURES, late_share
from comparison.measures.plan_lists import target_in
from comparison.measures.run import measure
from comparison.question import Question
from comparison.scope import Viewer
from comparison.wording import lateness_findings, period_name
from comparison.wording.findings import within

_KIND = "department"


def are_departments_late(q: Question) -> bool:
    """Whether departments are looked at, and have cases due."""
    scope = q.scope.with_(kind=_KIND, period=q.now.period)
    return q.scope.kind in (None, _KIND) and bool((q.late(("unit",), scope)["denominator"] > 0).any())


def _themselves(q: Question, _: Place) -> Made | None:
    """Each department now and before; None where none has cases due."""
    other, scope = q.compared, q.scope.with_(kind=_KIND)
    now = q.late(("unit",), scope.with_(period=q.now.period))
    before = q.late(("unit",), scope.with_(period=other.period)) if other else None
    rows = beside_themselves(now, before, q.language)
    if rows.is_empty():
        return None
    target = None
    if q.scope.on_time == "due":
        target = target_in(q.warehouse, "late", _KIND, q.scope)
    names = {
        verdict: rows.filter(pl.col("verdict") == verdict)["unit_name"].to_list() for verdict in ("worse", "better")
    }
    words = {verdict: q.say(f"departments.{verdict}") for verdict in ("worse", "better", "usual", "few")} | {"": ""}
    headings = {"unit_name": q.say("column.unit")} | {
        name: q.say(f"departments.column_{name}")
        for name in (("n", "now", "before", "change", "verdict") if other else ("n", "now"))
    }
    if target is not None:
        headings["target"] = q.say("departments.column_target")
    shown = rows.with_columns(
        pl.col("verdict").replace_strict(words, return_dtype=pl.String),
        target=pl.lit(target, dtype=pl.Float64),
    )
    note = (
        q.say("departments.note", other=within(q.language, period_name(q.language, other.period)))
        if other
        else q.say("departments.note_alone")
    )
    return Made(
        title=lateness_findings.departments_title(q.language, names["worse"], names["better"]),
        subtitle=note,
        body=Listing(
            Numbers(
                shown.select(*headings).rename(headings),
                frozenset(headings[name] for name in ("now", "before", "target") if name in headings),
            )
        ),
        numbers=late_numbers(q, now),
        source=source_text(q.language, q.warehouse.id, q.scope.period, int(now["denominator"].sum())),
        method=late_method(q, "departments", "newcombe") if other else late_method(q, "tiers"),
    )


def _others(q: Question, _: Place) -> Made | None:
    """Departments in the fields that at least two handle."""
    scope = q.scope.with_(kind=_KIND, units=())
    cells = late_share(measure(q.warehouse, scope, Viewer(), MEASURES[scope.on_time], ("unit", "field")), scope.on_time)
    shared, covered = shared_fields(cells)
    if shared.is_empty():
        return Made(title=q.say("departments.shared_none"), subtitle=q.say("departments.shared_none_note"))
    rows, standing_out = beside_others(shared, q.known, q.language)
    names = {unit.code: unit.name for unit in q.known.units}
    words = {
        "more": q.say("departments.shared_more"), "usual": q.say("departments.usual"), "few": q.say("departments.few"),
    }  # fmt: skip
    headings = {"field_name": q.say("column.field"), "unit_name": q.say("column.unit")} | {
        name: q.say(f"departments.column_{name}") for name in ("n", "own", "range", "others", "verdict")
    }
    shown = rows.with_columns(pl.col("verdict").replace_strict(words, return_dtype=pl.String))
    return Made(
        title=lateness_findings.shared_title(q.language, [names[unit] for unit in standing_out]),
        subtitle=q.say("departments.shared_note", covered=q.percent(covered)),
        body=Listing(Numbers(shown.select(*headings).rename(headings))),
        numbers=late_numbers(q, shared),
        source=source_text(q.language, q.warehouse.id, q.scope.period, int(shared["denominator"].sum())),
        method=late_method(q, "departments_shared", "cells", "wilson", "tiers"),
    )


DEPARTMENTS_BESIDE_THEMSELVES = Figure("tre-han-phong-ban", PAGE, _themselves)
DEPARTMENTS_BESIDE_OTHERS = Figure("tre-han-linh-vuc-chung", PAGE, _others)
