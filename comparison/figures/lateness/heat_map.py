"""Lateness by unit and field: the cells that stand out."""

from collections.abc import Mapping

import polars as pl

from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.late_share import late_method, late_numbers
from comparison.figures.lateness.titles import PAGE
from comparison.figures.missing import missing
from comparison.figures.words import shown_of
from comparison.findings.cells import cells_standing_out
from comparison.forms.frames.lateness import fields_shown, heat_cells, without_due_dates
from comparison.forms.frames.shares import room_for, short_units, source_text, units_there
from comparison.forms.frames.slide_rows import slide_rows
from comparison.forms.heat_map import heat_map
from comparison.forms.place import Place
from comparison.forms.small_numbers import FEWEST_COMPARED
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.wording import findings

# The parameters of the page that name the cell that is looked into.
UNIT, FIELD = "cell_unit", "cell_field"
_LETTER = 8  # px of a letter in a head
# The late share that takes the darkest colour, unless that of a cell is higher.
_DARKEST = 0.05
Named = list[tuple[str, str]]


def fields_late(q: Question) -> Named:
    """(code, name) of the fields with cases due."""
    return fields_shown(q.late(("unit", "field")), q.known.fields)


def units_late(q: Question) -> Named:
    """(code, name) of the units with cases due."""
    return units_there(units_asked(q.warehouse, q.scope, q.viewer), q.late(("unit", "field")))


def _made(q: Question, place: Place) -> Made | None:
    cells, fields, units = q.late(("unit", "field")), fields_late(q), units_late(q)
    if not fields:
        return missing(q, title=q.say("lateness.map_subject"), page=PAGE)
    every = q.late(("unit", "field"), q.scope.with_(units=(), fields=()))
    standing_out = cells_standing_out(every, q.known, [code for code, _ in units], q.scope.fields)
    # A colour means the same whatever is chosen.
    compared = every.filter((pl.col("denominator") >= FEWEST_COMPARED) & pl.col("value").is_not_null())
    left_out = ""
    if place.rows is not None:
        every_unit, every_field = len(units), len(fields)
        units, fields = _fewer(cells, units, fields, {unit for unit, *_ in standing_out}, place.rows)
        left_out = shown_of(q, len(units), every_unit, "shown_late")
        left_out += shown_of(q, len(fields), every_field, "shown_fields")
    left = room_for([name for _, name in short_units(units)])
    undated = without_due_dates(q.late(("unit",)))
    return Made(
        title=findings.cell_title(q.language, standing_out[0][2], compared=True)
        if standing_out
        else q.say("empty.nothing_stands_out"),
        subtitle=left_out + q.say("lateness.map_note" if place.is_used else "briefing.map_note"),
        body=Chart(
            heat_map(
                heat_cells(cells, q.language),
                short_units(units),
                fields,
                q.theme,
                least_maximum=max([_DARKEST, *compared["value"].to_list()]),
                left=left,
                head_width=min(11, max(6, (place.width - left) // len(fields) // _LETTER)),
            ),
            # A dozen columns of numbers.
            narrowest=1040,
            opens=_opened,
        ),
        numbers=late_numbers(q, cells),
        source=source_text(q.language, q.warehouse.id, q.scope.period, int(cells["denominator"].sum())),
        method=late_method(q, "cells", "cells_named", "map", "tiers"),
        captions=(q.say("lateness.undated", units=", ".join(undated)),) if undated else (),
    )


def _opened(mark: list[str]) -> Mapping[str, str]:
    return {UNIT: mark[0], FIELD: mark[1]}


def unit_opened(mark: list[str]) -> Mapping[str, str]:
    """What a clicked mark of a unit sets: the unit that is looked into, in the field that is chosen."""
    return {UNIT: mark[0]}


def _fewer(cells: pl.DataFrame, units: Named, fields: Named, standing_out: set[str], most: int) -> tuple[Named, Named]:
    """The units that stand out, then those with most late cases; of the fields the first, which have most."""
    late = dict(cells.group_by("unit").agg(pl.col("numerator").sum()).iter_rows())
    kept = slide_rows([code for code, _ in units], standing_out, late, most)
    return [unit for unit in units if unit[0] in kept], fields[:most]


LATE_BY_UNIT_AND_FIELD = Figure("tre-han-don-vi-linh-vuc", PAGE, _made)
