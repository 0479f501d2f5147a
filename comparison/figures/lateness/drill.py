"""From a unit and a field to procedures, and from there to cases with their export file and row."""

from collections.abc import Collection, Mapping

import polars as pl

from comparison.figures.case_list import case_list
from comparison.figures.figure import Choice, Figure, Listing, Made
from comparison.figures.late_share import late_method, late_numbers
from comparison.figures.lateness.heat_map import FIELD, UNIT, fields_late, units_late
from comparison.figures.lateness.titles import PAGE
from comparison.figures.numbers import Numbers
from comparison.forms.frames.lateness import procedures
from comparison.forms.frames.shares import short_units, source_text
from comparison.forms.place import Place
from comparison.measures.case_lists import late_cases
from comparison.measures.on_time import MEASURES
from comparison.question import Question
from comparison.scope import Ignored, Scope
from comparison.wording import findings
from comparison.wording.findings import share_of

PROCEDURE = "cell_procedure"


def _cell(q: Question, place: Place) -> Made | None:
    """Boxes for a unit, a field and a procedure of those shown, and in words what is behind the chosen cell."""
    units, fields = dict(short_units(units_late(q))), dict(fields_late(q))
    if not fields:
        return None
    boxes = [
        _box(q, UNIT, units, {unit.code for unit in q.known.units}),
        _box(q, FIELD, fields, {field.code for field in q.known.fields}),
    ]
    said = ""
    cell = _chosen(q)
    if cell is not None:
        boxes.append(_box(q, PROCEDURE, _procedures_of(q, cell), {each.code for each in q.known.procedures}))
        whole = q.late((), cell).row(0, named=True)
        said = findings.drilled(q.language, units[cell.units[0]], fields[cell.fields[0]], whole)
    return Made(
        title=q.say("lateness.drill_title"),
        subtitle=q.say("lateness.drill_note"),
        choices=tuple(choice for choice, _ in boxes),
        choice_widths=(1, 1, 2),
        ignored=tuple(ignored for _, each in boxes for ignored in each),
        said=(said,) if said else (),
        captions=() if said else (q.say("lateness.drill_hint"),),
    )


def _procedures(q: Question, _: Place) -> Made | None:
    cell = _chosen(q)
    if cell is None or share_of(q.late((), cell)).n == 0:
        return None
    by_procedure = q.late(("procedure",), cell)
    by_name = procedures(by_procedure, q.language)
    return Made(
        title=q.say("lateness.procedures_title"),
        subtitle=q.say("lateness.procedures_note"),
        body=Listing(Numbers(by_name, right=frozenset(by_name.columns[1:]))),
        numbers=late_numbers(q, by_procedure),
        source=source_text(q.language, q.warehouse.id, q.scope.period, share_of(q.late((), cell)).n),
        method=late_method(q, "wilson", "tiers"),
        asked=cell,
    )


def _cases(q: Question, _: Place) -> Made | None:
    cell = _chosen(q)
    if cell is None or share_of(q.late((), cell)).n == 0:
        return None
    choice, _ignored = _box(q, PROCEDURE, _procedures_of(q, cell), ())
    cell = cell.with_(procedures=(choice.chosen,)) if choice.chosen else cell
    cases = late_cases(q.warehouse, cell, q.viewer)
    made = case_list(
        q,
        cases,
        title=q.say("lateness.cases_title"),
        subtitle=q.say("lateness.cases_note", shown=q.number(cases.rows.height), n=q.number(cases.in_all)),
        method=late_method(q, "late_cases"),
        measures=(MEASURES[q.scope.on_time],),
        with_unit=False,
    )
    return made.of(cell)


def _chosen(q: Question) -> Scope | None:
    """The scope of the cell that the address names, or of the only one; None where none is chosen."""
    unit, _ = _box(q, UNIT, dict(short_units(units_late(q))), ())
    field, _ = _box(q, FIELD, dict(fields_late(q)), ())
    return q.scope.with_(units=(unit.chosen,), fields=(field.chosen,)) if unit.chosen and field.chosen else None


def _procedures_of(q: Question, cell: Scope) -> Mapping[str, str]:
    by_procedure = q.late(("procedure",), cell)
    due = by_procedure.filter(pl.col("denominator") > 0).sort("numerator", descending=True, maintain_order=True)
    return {"": q.say("lateness.drill_all")} | {
        code: q.say("lateness.drill_procedure", name=name, late=q.number(late), n=q.number(n))
        for code, name, late, n in due.select("procedure", "procedure_name", "numerator", "denominator").iter_rows()
    }


def _box(
    q: Question, name: str, options: Mapping[str, str], there: Collection[str]
) -> tuple[Choice, tuple[Ignored, ...]]:
    """A box of codes and names, showing what the address says; a code that this scope does not show gives way to "",
    or to a single one, and one that is none of `there` is named."""
    asked = q.own.get(name, "")
    usual = next(iter(options)) if len(options) == 1 or "" in options else None
    choice = Choice(
        name,
        q.say(f"parameter.{name}"),
        options,
        asked if asked in options else usual,
        form="box",
        placeholder=q.say("lateness.drill_pick"),
        shows_label=True,
    )
    return choice, (Ignored(name, asked, "unknown_value"),) if asked and asked not in there else ()


LATE_CELL = Figure("o-don-vi-linh-vuc", PAGE, _cell, is_slide=False)
PROCEDURES_OF_CELL = Figure("thu-tuc-cua-o", PAGE, _procedures, is_slide=False)
LATE_CASES = Figure("late-cases", PAGE, _cases, is_slide=False)
