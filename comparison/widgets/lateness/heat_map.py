"""Lateness by unit and field, and the units that make half of it."""

import polars as pl

from comparison.charts.bars import bars
from comparison.charts.enlarged import MOST_ROWS, SCALE, WIDTH
from comparison.charts.frames.lateness import has_room_beside, heat_cells, late_bars, without_due_dates
from comparison.charts.frames.shares import room_for, short_units, source_text, total_of
from comparison.charts.frames.slide_rows import slide_rows
from comparison.charts.heat_map import heat_map
from comparison.charts.small_numbers import FEWEST_COMPARED
from comparison.findings.cells import cells_standing_out
from comparison.question import Question
from comparison.widgets.figure.figures import figure
from comparison.widgets.figure.slide_frame import shown_of
from comparison.widgets.lateness.drill import choose_cell
from comparison.widgets.lateness.numbers import late_method, late_numbers
from comparison.widgets.words import show_caption
from comparison.wording import findings

# The least width of the page and of its left column on a screen of 1366 px, and that of a letter in a head.
PAGE, BESIDE, _LETTER = 1206, 793, 8
# The late share that takes the darkest colour, unless that of a cell is higher.
_DARKEST = 0.05


def late_map(
    v: Question, cells: pl.DataFrame, fields: list[tuple[str, str]], units: list[tuple[str, str]], width: int
) -> None:
    """The late share of units (code, name) in fields; a click opens the cell below."""
    every = v.late(("unit", "field"), v.scope.with_(units=(), fields=()))
    standing_out = cells_standing_out(every, v.known, [code for code, _ in units], v.scope.fields)
    named = findings.cell_title(v.language, standing_out[0][2], compared=True) if standing_out else None
    # A colour means the same whatever is chosen.
    compared = every.filter((pl.col("denominator") >= FEWEST_COMPARED) & pl.col("value").is_not_null())
    darkest = max([_DARKEST, *compared["value"].to_list()])
    left_out = ""
    if v.slide is not None:
        every_unit, every_field, width = len(units), len(fields), round(WIDTH / SCALE)
        units, fields = _fewer(cells, units, fields, {unit for unit, *_ in standing_out})
        left_out = shown_of(v, len(units), every_unit, "shown_late")
        left_out += shown_of(v, len(fields), every_field, "shown_fields")
    left = room_for([name for _, name in short_units(units)])
    clicked = figure(
        v,
        title=named or v.say("empty.nothing_stands_out"),
        subtitle=left_out + v.say("lateness.map_note" if v.slide is None else "briefing.map_note"),
        fig=heat_map(
            heat_cells(cells, v.language), short_units(units), fields, v.theme,
            least_maximum=darkest, left=left, head_width=min(11, max(6, (width - left) // len(fields) // _LETTER)),
        ),
        table=late_numbers(v, cells),
        source=source_text(v.language, v.warehouse.id, v.scope.period, int(cells["denominator"].sum())),
        key="tre-han-don-vi-linh-vuc",
        method=late_method(v, "cells", "cells_named", "map", "tiers"),
        click=True,
        # A dozen columns of numbers.
        narrowest=1040,
    )  # fmt: skip
    undated = without_due_dates(v.late(("unit",)))
    if undated and v.slide is None:
        show_caption(v, v.say("lateness.undated", units=", ".join(undated)))
    if clicked:
        choose_cell(clicked)


def _fewer(
    cells: pl.DataFrame, units: list[tuple[str, str]], fields: list[tuple[str, str]], standing_out: set[str]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The units that stand out, then those with most late cases; of the fields the first, which have most."""
    late = dict(cells.group_by("unit").agg(pl.col("numerator").sum()).iter_rows())
    kept = slide_rows([code for code, _ in units], standing_out, late)
    return [unit for unit in units if unit[0] in kept], fields[:MOST_ROWS]


def late_half(v: Question, top: int, *, is_narrow: bool) -> None:
    """Late cases by unit as bars, those marked that together make half of them."""
    by_unit = v.late(("unit",))
    frame = late_bars(by_unit, v.language)
    late, half = total_of(by_unit), int(frame["is_marked"].sum())
    every = frame.height
    part = findings.Share(int(frame.filter("is_marked")["value"].sum()), late)
    says_half = findings.is_half_a_finding(late, half, every)
    with_words = says_half and has_room_beside(frame)
    rows = frame if v.slide is None else frame.head(MOST_ROWS)

    def said(key: str, units: int, share: float) -> str:
        return v.say(f"lateness.{key}", n=v.number(units), share=v.percent(share, 0))

    figure(
        v,
        title=findings.half_title(v.language, "late", part, half, every),
        subtitle=shown_of(v, rows.height, every, "shown_most")
        + v.say("lateness.half_note" if says_half else "lateness.half_note_plain"),
        fig=bars(
            rows if says_half else rows.drop("is_marked"), v.theme,
            above=said("half_above", half, part.value) if with_words else "",
            below=said("half_below", every - half, 1 - part.value) if with_words else "",
            left=room_for(rows["name"].to_list()), top=top,
        ),
        table=late_numbers(v, by_unit),
        source=source_text(
            v.language, v.warehouse.id, None if is_narrow else v.scope.period, late, "lateness.source_late"
        ),
        key="tre-han-don-vi",
        method=late_method(v, "half"),
    )  # fmt: skip
