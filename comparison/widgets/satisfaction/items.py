"""How satisfied people are with each thing that they were asked about, and where least."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from comparison.charts.enlarged import MOST_ROWS
from comparison.charts.frames.items import item_cells, item_intervals, items_in_order, with_means
from comparison.charts.frames.overview import units_there
from comparison.charts.frames.shares import room_for, short_units, values_compared
from comparison.charts.frames.slide_rows import slide_rows
from comparison.charts.heat_map import heat_map
from comparison.charts.intervals import intervals
from comparison.figures.words import method, shown_of
from comparison.findings.cells import lagging_item, less_satisfied_than_most
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.scope import Instrument
from comparison.widgets.figure.figures import figure
from comparison.widgets.satisfaction.captions import sheets_source
from comparison.widgets.satisfaction.groups import everyone, share_of_row
from comparison.widgets.satisfaction.numbers import scored
from comparison.wording import satisfaction_findings
from comparison.wording.findings import share_of

# The points below an item's overall share that take the darkest colour of the map, unless a cell is worse.
_DARKEST = 0.25
# The text column beside items, with their mean scores, px.
_MEANS = 170
# A slide has room for the words of so many items beside each other.
_MOST_ITEMS = 6


def show_items(v: Question, asked: Instrument) -> None:
    """Each item with its interval and mean score; nothing where nobody answered."""
    shares, means = v.measure("item_satisfaction", ("item",)), v.measure("mean_score", ("item",))
    frame = item_intervals(shares, means, items_in_order(shares, asked.overall_item), v.language)
    if frame.is_empty():
        return
    every, frame = frame.height, frame if v.slide is None else frame.head(MOST_ROWS)
    figure(
        v,
        title=satisfaction_findings.items_title(
            v.language, values_compared(shares.filter(pl.col("item") != (asked.overall_item or ""))),
            lagging_item(shares, asked.overall_item),
        ),
        subtitle=shown_of(v, frame.height, every, "shown_first")
        + v.say("satisfaction.items_note", least=v.number(asked.satisfied_from)),
        fig=intervals(
            frame, v.theme, value_text=v.tick, hidden_text=v.say("word.hidden"),
            column_head=v.say("satisfaction.column_mean"), left=room_for(frame["name"].to_list()), right=_MEANS,
            most_ticks=4,
        ),
        table=scored(v, with_means(shares, means, ("item",))),
        source=sheets_source(v, share_of(v.measure("satisfaction"))),
        key="hai-long-cau-hoi",
        method=method(v, "items", "satisfied", "wilson", "hiding"),
    )  # fmt: skip


def cells_of(v: Question, asked: Instrument) -> pl.DataFrame:
    """Units by items; the overall item by unit is the figure of units itself."""
    return v.measure("item_satisfaction", ("unit", "item")).filter(pl.col("item") != (asked.overall_item or ""))


def show_item_map(v: Question, asked: Instrument) -> None:
    """The share satisfied of each unit with each item."""
    by, cells = ("unit", "item"), cells_of(v, asked)
    items = items_in_order(cells, None)
    units = short_units(units_there(units_asked(v.warehouse, v.scope, v.viewer), cells))
    every_unit, every_item = len(units), len(items)
    every = everyone(v, "unit").measure("item_satisfaction", by).filter(pl.col("item").is_in(items))
    found = less_satisfied_than_most(every, "item") if v.scope.kind not in (None, "department") else []
    names = dict(units)
    least = [(names[row["unit"]], row["item"], share_of_row(row)) for row in found if row["unit"] in names]
    if v.slide is not None:
        units, items = _fewer(cells, units, items, found)
    named = [v.say("satisfaction.least_cell", unit=unit, item=item) for unit, item, _ in least]
    figure(
        v,
        title=satisfaction_findings.item_cells_title(v.language, least),
        subtitle=" ".join(
            [
                shown_of(v, len(units), every_unit, "shown_largest")
                + shown_of(v, len(items), every_item, "shown_items"),
                *([v.say("satisfaction.least_cells_note", names="; ".join(named))] if len(named) > 1 else []),
                v.say("satisfaction.map_note", least=v.number(asked.satisfied_from)),
            ]
        ),
        fig=heat_map(
            item_cells(cells, v.language), units, [(item, item) for item in items], v.theme,
            least_maximum=_DARKEST, left=room_for([name for _, name in units]), head_width=14,
        ),
        table=scored(v, with_means(cells, v.measure("mean_score", by), by)),
        source=sheets_source(v, share_of(v.measure("satisfaction"))),
        key="hai-long-don-vi-cau-hoi",
        method=method(v, "item_map", "groups", "satisfied", "hiding"),
    )  # fmt: skip


def _fewer(
    cells: pl.DataFrame, units: list[tuple[str, str]], items: list[str], least: Sequence[Mapping[str, Any]]
) -> tuple[list[tuple[str, str]], list[str]]:
    """The units and items least satisfied with, then the units with most answers and the first items."""
    answered = dict(cells.group_by("unit").agg(pl.col("denominator").sum()).iter_rows())
    rows = slide_rows([code for code, _ in units], {row["unit"] for row in least}, answered)
    columns = slide_rows(items, {row["item"] for row in least}, {}, _MOST_ITEMS)
    return [unit for unit in units if unit[0] in rows], columns
