"""Hài lòng: are people satisfied, and how sure are we?"""

import polars as pl
import streamlit as st

from comparison.charts.frames.items import item_cells, item_intervals, items_in_order, with_means
from comparison.charts.frames.overview import units_there
from comparison.charts.frames.shares import (
    change_between,
    room_for,
    share_of,
    short_units,
    values_compared,
)
from comparison.charts.heat_map import heat_map
from comparison.charts.intervals import intervals
from comparison.findings.cells import lagging_item, least_satisfied
from comparison.measures.case_lists import units_asked
from comparison.scope import Instrument
from comparison.scope.periods import calendar_period
from comparison.widgets import View, empty, figure, header, method, missing, period_caption, view
from comparison.widgets.figure.findings_block import show_findings
from comparison.widgets.satisfaction.captions import (
    answers,
    how_sure,
    sheets_source,
    what_is_asked,
    why_not_comparable,
)
from comparison.widgets.satisfaction.groups import everyone, share_of_row, show_channels, show_fields, show_units
from comparison.widgets.satisfaction.instrument_choice import choose_instrument, instrument_asked
from comparison.widgets.satisfaction.months import survey_months
from comparison.widgets.satisfaction.numbers import scored
from comparison.wording import satisfaction_findings
from comparison.wording.findings import Share

# The points below an item's overall share that take the darkest colour of the map, unless a cell is worse.
DARKEST = 0.25
# With more items than this the map of units and items takes the whole width.
MOST_ITEMS_BESIDE = 5
# The text column beside items, with their mean scores, px.
MEANS = 170


def show_items(v: View, asked: Instrument) -> None:
    shares, means = v.measure("item_satisfaction", ("item",)), v.measure("mean_score", ("item",))
    frame = item_intervals(shares, means, items_in_order(shares, asked.overall_item), v.language)
    if frame.is_empty():
        return
    figure(
        v,
        title=satisfaction_findings.items_title(
            v.language, values_compared(shares.filter(pl.col("item") != (asked.overall_item or ""))),
            lagging_item(shares, asked.overall_item),
        ),
        subtitle=v.say("satisfaction.items_note", least=v.number(asked.satisfied_from)),
        fig=intervals(
            frame, v.theme, value_text=v.tick, hidden_text=v.say("word.hidden"),
            column_head=v.say("satisfaction.column_mean"), left=room_for(frame["name"].to_list()), right=MEANS,
            most_ticks=4,
        ),
        table=scored(v, with_means(shares, means, ("item",))),
        source=sheets_source(v, share_of(v.measure("satisfaction"))),
        key="hai-long-cau-hoi",
        method=method(v, "items", "satisfied", "wilson", "hiding"),
    )  # fmt: skip


def cells_of(v: View, asked: Instrument) -> pl.DataFrame:
    """Units by items; the overall item by unit is the figure of units itself."""
    return v.measure("item_satisfaction", ("unit", "item")).filter(pl.col("item") != (asked.overall_item or ""))


def show_map(v: View, asked: Instrument) -> None:
    by, cells = ("unit", "item"), cells_of(v, asked)
    items = items_in_order(cells, None)
    units = short_units(units_there(units_asked(v.warehouse, v.scope, v.viewer), cells))
    every = everyone(v, "unit").measure("item_satisfaction", by).filter(pl.col("item").is_in(items))
    found = least_satisfied(every, "item") if v.scope.kind not in (None, "department") else []
    names = dict(units)
    least = [(names[row["unit"]], row["item"], share_of_row(row)) for row in found if row["unit"] in names]
    named = [v.say("satisfaction.least_cell", unit=unit, item=item) for unit, item, _ in least]
    figure(
        v,
        title=satisfaction_findings.item_cells_title(v.language, least),
        subtitle=" ".join(
            [
                *([v.say("satisfaction.least_cells_note", names="; ".join(named))] if len(named) > 1 else []),
                v.say("satisfaction.map_note", least=v.number(asked.satisfied_from)),
            ]
        ),
        fig=heat_map(
            item_cells(cells, v.language), units, [(item, item) for item in items], v.theme,
            least_maximum=DARKEST, left=room_for([name for _, name in units]), head_width=14,
        ),
        table=scored(v, with_means(cells, v.measure("mean_score", by), by)),
        source=sheets_source(v, share_of(v.measure("satisfaction"))),
        key="hai-long-don-vi-cau-hoi",
        method=method(v, "item_map", "groups", "satisfied", "hiding"),
    )  # fmt: skip


def show_header(v: View, asked: Instrument) -> None:
    now, before = answers(v), v.compared()
    satisfied = share_of(now)
    why_not = why_not_comparable(v, now)
    then = share_of(v.measure("satisfaction", scope=before)) if before and not why_not else None
    header(
        satisfaction_findings.satisfied_title(
            v.language, satisfied, change_between(satisfied, then), is_derived=asked.is_derived
        ),
        f"{period_caption(v, 'satisfaction')} {why_not}".strip(),
        what_is_asked(v, asked),
        how_sure(v, asked, now),
    )


def show_figures(v: View, asked: Instrument) -> None:
    """Units beside items, then months, then units by items; of one unit alone only what is its own."""
    has_units = answers(v, ("unit",)).height > 1
    cells = cells_of(v, asked)
    has_map = has_units and bool(values_compared(cells))
    is_wide = len(v.scope.fields) == 1 or cells["item"].n_unique() > MOST_ITEMS_BESIDE
    left, right = st.columns(2, gap="medium")
    with left:
        if has_units:
            show_units(v, asked)
        else:
            show_items(v, asked)
            show_channels(v, asked)
    with right:
        if has_units:
            show_items(v, asked)
            show_channels(v, asked)
        if not has_map or is_wide:
            show_fields(v, asked)
    survey_months(v, asked)
    if not has_map:
        return
    if is_wide:
        show_map(v, asked)
        return
    left, right = st.columns(2, gap="medium")
    with left:
        show_map(v, asked)
    with right:
        show_fields(v, asked)


def show_hidden(v: View) -> None:
    """One frame that says why nothing is shown, and the year around it where that has enough sheets."""
    year = calendar_period(v.scope.period.starts_on, "year")
    whole = share_of(v.measure("satisfaction", scope=v.scope.with_(period=year)))
    link = (v.say("satisfaction.see_year", year=year.starts_on.year), v.link("hai-long", period=year))
    empty(
        v,
        title=v.say("finding.satisfied_subject"),
        message=v.say("satisfaction.all_hidden"),
        link=link if whole.n else None,
        source=sheets_source(v, Share(0, 0, is_hidden=True)),
    )


def show(v: View) -> None:
    asked = instrument_asked(v)
    if asked is None:
        header(v.say("satisfaction.no_instrument"), period_caption(v, "satisfaction"))
        missing(v, title=v.say("finding.satisfied_subject"), page="hai-long", kind="survey_answers")
        return
    choose_instrument(v)
    show_header(v, asked)
    now = share_of(answers(v))
    if now.is_hidden:
        show_hidden(v)
    elif now.n == 0:
        missing(v, title=v.say("finding.satisfied_subject"), page="hai-long", kind="survey_answers")
    else:
        show_findings(v, "hai-long")
        show_figures(v, asked)
        return
    survey_months(v, asked, says_hidden=not now.is_hidden)


show(view())
