"""Khối lượng: how much work, where, when, by which channel and field?"""

import streamlit as st

from comparison.charts.frames.months import covered, months_shown
from comparison.charts.frames.shares import total_of
from comparison.figures.part_shown import of_one_unit
from comparison.figures.periods import period_caption
from comparison.widgets import Question, header, missing, view
from comparison.widgets.frame.findings_block import show_findings
from comparison.widgets.volume.calendar import show_calendar
from comparison.widgets.volume.hours import show_hours
from comparison.widgets.volume.load import show_load, show_official_load
from comparison.widgets.volume.months import show_channels, show_months, show_stock
from comparison.widgets.volume.shares import show_fields, show_online, show_procedures, show_units
from comparison.widgets.volume.stock import show_stock_age
from comparison.widgets.volume.tet import show_tet
from comparison.wording import findings


def nothing(v: Question, title: str) -> None:
    missing(v, title=v.say(title), page="khoi-luong")


def show(v: Question) -> None:
    before = v.compared
    received, resolved = total_of(v.measure("received")), total_of(v.measure("resolved"))
    now = [total_of(v.measure(name, scope=v.now)) for name in ("received", "resolved")]
    received_before = total_of(v.measure("received", scope=before)) if before else None
    title = findings.volume_title(v.language, now[0], received_before, now[1])
    header(of_one_unit(v, title), period_caption(v))
    if v.has_data:
        show_findings(v, "khoi-luong")
    trend = v.scope.with_(period=months_shown(v.scope.period, covered(v.known.root_of[v.scope.root])), compare="none")
    trend_has_cases = total_of(v.measure("received", scope=trend)) + total_of(v.measure("resolved", scope=trend)) > 0
    left, right = st.columns(2, gap="medium")
    with left:
        show_months(v, trend) if trend_has_cases else nothing(v, "finding.months_subject")
    with right:
        show_channels(v, trend) if trend_has_cases else nothing(v, "finding.online_none")
    if received + resolved:
        show_calendar(v)
    # A single unit or field is all of what is received.
    parted = [
        (draw, subject)
        for draw, subject, chosen in (
            (show_units, "finding.received_by_unit", v.scope.units),
            (show_fields, "finding.received_by_field", v.scope.fields),
        )
        if len(chosen) != 1
    ]
    for place, (draw, subject) in zip(st.columns(2, gap="medium"), parted, strict=False):
        with place:
            draw(v) if received else nothing(v, subject)
    if received:
        show_procedures(v)
        left, right = st.columns(2, gap="medium")
        with left:
            show_load(v)
        with right:
            show_official_load(v)
    left, right = st.columns(2, gap="medium")
    with left:
        show_hours(v) if received else None
    with right:
        show_tet(v) if trend_has_cases else None
    left, right = st.columns(2, gap="medium")
    with left:
        show_stock(v, trend) if trend_has_cases else nothing(v, "volume.stock_subject")
    with right:
        show_stock_age(v) if trend_has_cases else None
    show_online(v) if received else nothing(v, "finding.online_subject")


show(view())
