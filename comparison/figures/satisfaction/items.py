"""How satisfied people are with each thing that they were asked about, and where least."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.satisfaction.groups import everyone, share_of_row
from comparison.figures.satisfaction.numbers import scored
from comparison.figures.survey import PAGE, instrument_asked, is_answered, nobody_asked, sheets_source
from comparison.figures.words import method, shown_of
from comparison.findings.cells import lagging_item, less_satisfied_than_most
from comparison.forms.frames.items import item_cells, item_intervals, items_in_order, with_means
from comparison.forms.frames.shares import room_for, short_units, units_there, values_compared
from comparison.forms.frames.slide_rows import slide_rows
from comparison.forms.heat_map import heat_map
from comparison.forms.intervals import intervals
from comparison.forms.place import Place
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.scope import Instrument
from comparison.wording import satisfaction_findings
from comparison.wording.findings import share_of

# The points below an item's overall share that take the darkest colour of the map, unless a cell is worse.
_DARKEST = 0.25
# The text column beside items, with their mean scores, px.
_MEANS = 170
# A slide has room for the words of so many items beside each other.
_MOST_ITEMS = 6


def _items(q: Question, place: Place) -> Made | None:
    """Each item with its interval and mean score; None where nobody answered any."""
    asked = instrument_asked(q)
    if asked is None or not is_answered(q):
        return nobody_asked(q)
    shares, means = q.measure("item_satisfaction", ("item",)), q.measure("mean_score", ("item",))
    frame = item_intervals(shares, means, items_in_order(shares, asked.overall_item), q.language)
    if frame.is_empty():
        return None
    every, frame = frame.height, frame.head(place.rows_of(frame.height))
    return Made(
        title=satisfaction_findings.items_title(
            q.language,
            values_compared(shares.filter(pl.col("item") != (asked.overall_item or ""))),
            lagging_item(shares, asked.overall_item),
        ),
        subtitle=shown_of(q, frame.height, every, "shown_first")
        + q.say("satisfaction.items_note", least=q.number(asked.satisfied_from)),
        body=Chart(
            intervals(
                frame,
                q.theme,
                value_text=q.tick,
                hidden_text=q.say("word.hidden"),
                column_head=q.say("satisfaction.column_mean"),
                left=room_for(frame["name"].to_list()),
                right=_MEANS,
                most_ticks=4,
            )
        ),
        numbers=scored(q, with_means(shares, means, ("item",))),
        source=sheets_source(q, share_of(q.measure("satisfaction"))),
        method=method(q, "items", "satisfied", "wilson", "hiding"),
    )


def cells_of(q: Question, asked: Instrument) -> pl.DataFrame:
    """Units by items; the overall item by unit is the figure of units itself."""
    return q.measure("item_satisfaction", ("unit", "item")).filter(pl.col("item") != (asked.overall_item or ""))


def _item_map(q: Question, place: Place) -> Made | None:
    """The share satisfied of each unit with each item."""
    asked = instrument_asked(q)
    if asked is None or not is_answered(q):
        return nobody_asked(q)
    by, cells = ("unit", "item"), cells_of(q, asked)
    items = items_in_order(cells, None)
    units = short_units(units_there(units_asked(q.warehouse, q.scope, q.viewer), cells))
    every_unit, every_item = len(units), len(items)
    every = everyone(q, "unit").measure("item_satisfaction", by).filter(pl.col("item").is_in(items))
    found = less_satisfied_than_most(every, "item") if q.scope.kind not in (None, "department") else []
    names = dict(units)
    least = [(names[row["unit"]], row["item"], share_of_row(row)) for row in found if row["unit"] in names]
    if place.rows is not None:
        units, items = _fewer(cells, units, items, found, place.rows)
    named = [q.say("satisfaction.least_cell", unit=unit, item=item) for unit, item, _ in least]
    return Made(
        title=satisfaction_findings.item_cells_title(q.language, least),
        subtitle=" ".join(
            [
                shown_of(q, len(units), every_unit, "shown_largest")
                + shown_of(q, len(items), every_item, "shown_items"),
                *([q.say("satisfaction.least_cells_note", names="; ".join(named))] if len(named) > 1 else []),
                q.say("satisfaction.map_note", least=q.number(asked.satisfied_from)),
            ]
        ),
        body=Chart(
            heat_map(
                item_cells(cells, q.language),
                units,
                [(item, item) for item in items],
                q.theme,
                least_maximum=_DARKEST,
                left=room_for([name for _, name in units]),
                head_width=14,
            )
        ),
        numbers=scored(q, with_means(cells, q.measure("mean_score", by), by)),
        source=sheets_source(q, share_of(q.measure("satisfaction"))),
        method=method(q, "item_map", "groups", "satisfied", "hiding"),
    )


def _fewer(
    cells: pl.DataFrame, units: list[tuple[str, str]], items: list[str], least: Sequence[Mapping[str, Any]], most: int
) -> tuple[list[tuple[str, str]], list[str]]:
    """The units and items least satisfied with, then the units with most answers and the first items."""
    answered = dict(cells.group_by("unit").agg(pl.col("denominator").sum()).iter_rows())
    rows = slide_rows([code for code, _ in units], {row["unit"] for row in least}, answered, most)
    columns = slide_rows(items, {row["item"] for row in least}, {}, _MOST_ITEMS)
    return [unit for unit in units if unit[0] in rows], columns


SATISFIED_BY_ITEM = Figure("hai-long-cau-hoi", PAGE, _items)
SATISFIED_BY_UNIT_AND_ITEM = Figure("hai-long-don-vi-cau-hoi", PAGE, _item_map)
