"""Lateness by unit and field, and the units that make half of it."""

import polars as pl
import streamlit as st

from comparison.charts.bars import bars
from comparison.charts.frames.lateness import has_room_beside, heat_cells, late_bars, without_due_dates
from comparison.charts.frames.overview import cells_standing_out
from comparison.charts.frames.shares import room_for, short_units, source_text, total_of
from comparison.charts.heat_map import heat_map
from comparison.widgets.figures import figure
from comparison.widgets.late_drill import choose_cell
from comparison.widgets.late_numbers import late_by, late_numbers
from comparison.widgets.view import View
from comparison.wording import findings

# The least width of the page and of its left column on a screen of 1366 px, and that of a letter in a head.
PAGE, BESIDE, _LETTER = 1206, 793, 8


def late_map(
    v: View, cells: pl.DataFrame, fields: list[tuple[str, str]], units: list[tuple[str, str]], width: int
) -> None:
    """The late share of units (code, name) in fields; a click opens the cell below."""
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
            left=left, head_width=min(11, max(6, (width - left) // len(fields) // _LETTER)),
        ),
        table=late_numbers(v, cells),
        source=source_text(v.language, v.warehouse.id, v.scope.period, int(cells["denominator"].sum())),
        key="tre-han-don-vi-linh-vuc",
        click=True,
    )  # fmt: skip
    undated = without_due_dates(late_by(v, ("unit",)))
    if undated:
        st.caption(v.say("lateness.undated", units=", ".join(undated)))
    if clicked:
        choose_cell(clicked)


def late_half(v: View, top: int, *, is_narrow: bool) -> None:
    """Late cases by unit as bars, those marked that together make half of them."""
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
        table=late_numbers(v, by_unit),
        source=source_text(
            v.language, v.warehouse.id, None if is_narrow else v.scope.period, late, "lateness.source_late"
        ),
        key="tre-han-don-vi",
    )  # fmt: skip
