"""Hài lòng: are people satisfied, and how sure are we?"""

import streamlit as st

from comparison.charts.frames.shares import change_between, values_compared
from comparison.figures.part_shown import of_one_unit
from comparison.figures.periods import period_caption
from comparison.scope import Instrument
from comparison.scope.periods import calendar_period
from comparison.widgets import Question, empty, header, missing, view
from comparison.widgets.frame.findings_block import show_findings
from comparison.widgets.satisfaction.captions import (
    answers,
    how_sure,
    sheets_source,
    what_is_asked,
    why_not_comparable,
)
from comparison.widgets.satisfaction.groups import show_channels, show_fields, show_units
from comparison.widgets.satisfaction.instrument_choice import choose_instrument, instrument_asked
from comparison.widgets.satisfaction.items import cells_of, show_item_map, show_items
from comparison.widgets.satisfaction.months import survey_months
from comparison.wording import satisfaction_findings
from comparison.wording.findings import Share, share_of

# With more items than this the map of units and items takes the whole width.
MOST_ITEMS_BESIDE = 5


def show_header(v: Question, asked: Instrument) -> None:
    now, before = answers(v), v.compared
    satisfied = share_of(now)
    why_not = why_not_comparable(v, now)
    then = share_of(v.measure("satisfaction", scope=before)) if before and not why_not else None
    title = satisfaction_findings.satisfied_title(
        v.language, satisfied, change_between(satisfied, then), is_derived=asked.is_derived
    )
    header(
        of_one_unit(v, title),
        f"{period_caption(v, 'satisfaction')} {why_not}".strip(),
        what_is_asked(v, asked),
        how_sure(v, asked, now),
    )


def show_figures(v: Question, asked: Instrument) -> None:
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
        show_item_map(v, asked)
        return
    left, right = st.columns(2, gap="medium")
    with left:
        show_item_map(v, asked)
    with right:
        show_fields(v, asked)


def show_hidden(v: Question) -> None:
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


def show(v: Question) -> None:
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
