"""Tổng quan: what changed, and where should we look?"""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from comparison.charts.frames.lateness import LAND, MEASURES, ON_TIME, late_share
from comparison.charts.frames.months import along, covered, month_codes, months_shown, share_along
from comparison.charts.frames.overview import (
    cells_standing_out,
    most_late,
    reconciliation,
    units_there,
    with_zeros,
)
from comparison.charts.frames.shares import change_between, count_text, share_of, total_of
from comparison.charts.frames.tiles import Tile, count_tile, share_tile
from comparison.charts.marks import Mark
from comparison.charts.sparkline import sparkline
from comparison.charts.unit_table import Column
from comparison.measures.case_lists import units_asked
from comparison.scope import Scope
from comparison.signals import TRACKED, unit_signals
from comparison.widgets import (
    View,
    header,
    heading,
    marks,
    missing,
    period_caption,
    signal_charts,
    signal_table,
    units_shown,
    view,
)
from comparison.wording import date_range, day, findings, group_name

SPARK_MONTHS = 18
FINDINGS_A_ROW = 3
COUNTED = (
    *("taken_in", "carried_over", "resolved", "early", "on_time"),
    *("late_resolved", "closed_without_result", "in_progress", "remainder"),
)


def late_by(v: View, by: tuple[str, ...], scope: Scope | None = None) -> pl.DataFrame:
    return late_share(v.measure(MEASURES[v.scope.on_time], by, scope), v.scope.on_time)


def show_tiles(v: View, top: tuple[str, str] | None) -> None:
    before, on_time = v.compared(), ON_TIME[v.scope.on_time]
    trend = v.scope.with_(period=months_shown(v.scope.period, covered(v.known.root_of[v.scope.root]), SPARK_MONTHS))
    months = month_codes(trend.period)
    fields = {"fields": (top[0],)} if top else {}
    label = v.say("overview.late_field", field=findings.within(v.language, top[1])) if top else v.say("overview.late")

    on_time_months = v.measure(on_time, ("month",), trend)
    due, due_before = share_of(v.measure(on_time)), share_of(v.measure(on_time, scope=before)) if before else None
    late_now = share_of(late_by(v, (), v.scope.with_(**fields)))
    late_before = share_of(late_by(v, (), before.with_(**fields))) if before else None
    overdue = total_of(v.measure("overdue_open")) if v.has_data else None
    stock = total_of(v.measure("in_progress"))
    overdue_before = total_of(v.measure("overdue_open", scope=before)) if before else None
    satisfied = share_of(v.measure("satisfaction"))
    satisfied_before = share_of(v.measure("satisfaction", scope=before)) if before else None
    tiles = [
        count_tile(
            v.language, v.say("overview.due"), due.n if v.has_data else None, due_before.n if due_before else None,
            along(months, on_time_months, "denominator").fill_null(0),
            v.say("overview.received_note", n=v.number(total_of(v.measure("received")))),
        ),
        share_tile(
            v.language, v.say("overview.on_time"), due, due_before, "up",
            share_along(months, on_time_months), "source.cases",
        ),
        share_tile(
            v.language, label, late_now, late_before, "down",
            share_along(months, late_by(v, ("month",), trend.with_(**fields))), "source.cases",
        ),
        count_tile(
            v.language, v.say("overview.overdue"), overdue, overdue_before,
            along(months, v.measure("overdue_open", ("month",), trend)).fill_null(0),
            v.say("overview.overdue_note", n=v.number(stock)), relative=False,
        ),
        share_tile(
            v.language, v.say("overview.satisfied"), satisfied, satisfied_before, "up",
            share_along(months, v.measure("satisfaction", ("month",), trend)), "source.sheets",
        ),
    ]  # fmt: skip
    marked = [mark for mark in marks(v, trend) if mark.month in months]
    for place, tile in zip(st.columns(5, gap="medium"), tiles, strict=True):
        with place:
            show_tile(v, tile, months, marked)
    if not v.has_data:
        return
    note = v.say("overview.tiles_note", months=v.number(len(months)), last=group_name(v.language, months[-1]))
    st.caption(f"{note} {v.say('overview.tiles_marks')}" if marked else note)


def show_tile(v: View, tile: Tile, months: Sequence[str], marked: Sequence[Mark]) -> None:
    with st.container(gap=None):
        st.metric(
            tile.label, tile.value, tile.change, delta_color=tile.colour, delta_arrow=tile.arrow,
            delta_description=tile.against,
        )  # fmt: skip
        line = sparkline(
            tile.months, months, v.theme, colour=tile.colour, marks=marked,
            alt=v.say("overview.tile_line", label=tile.label, last=group_name(v.language, months[-1])),
        )  # fmt: skip
        if line:
            st.html(line)
        st.caption(tile.note)


def show_findings(v: View, cells: Sequence[tuple[str, str, findings.Cell]]) -> None:
    heading(
        findings.cells_title(v.language, len(cells)),
        v.say("overview.cells_note") if cells else v.say("empty.nothing_stands_out_why"),
    )
    for first in range(0, len(cells), FINDINGS_A_ROW):
        for place, (unit, field, cell) in zip(st.columns(FINDINGS_A_ROW, gap="medium"), cells[first:], strict=False):
            with place, st.container(gap="xxsmall"):
                st.markdown(f"**{findings.cell_title(v.language, cell)}**")
                st.caption(findings.cell_counts(v.language, cell))
                st.page_link(
                    "pages/lateness.py",
                    label=v.say("overview.cell_link"),
                    icon=":material/arrow_forward:",
                    query_params=v.parameters(units=(unit,), fields=(field,)),
                )


def show_units(v: View, top: tuple[str, str] | None) -> None:
    on_time = v.measure(ON_TIME[v.scope.on_time], ("unit",))
    answers = {
        "received": (v.measure("received", ("unit",)), ""),
        "on_time": (on_time, "hover.on_time"),
        "satisfaction": (v.measure("satisfaction", ("unit",)), "hover.satisfied"),
        "overdue": (with_zeros(v.measure("overdue_open", ("unit",)), on_time), ""),
    }
    in_field = v.scope.with_(fields=(top[0],)) if top else v.scope
    late = late_by(v, ("unit",), in_field)
    # Departments own their fields: a column that only one of several can have a figure in compares nothing.
    has_late = top is not None and (late["denominator"] > 0).sum() >= min(2, on_time.height)
    if has_late:
        answers["late"] = (late, "hover.late")
    units = units_there(units_asked(v.warehouse, v.scope, v.viewer), *(answer for answer, _ in answers.values()))
    if not units:
        missing(v, title=v.say("signal.title_subject"), page="")
        return
    columns = [
        Column("received", v.say("overview.column_received"), v.say("overview.column_in_period"), "count"),
        Column("on_time", v.say("overview.column_on_time"), findings.lowered(v.say(f"on_time.{v.scope.on_time}"))),
        Column("satisfaction", v.say("overview.column_satisfied"), v.say("overview.column_answering")),
        Column(
            "overdue", v.say("overview.column_overdue"),
            v.say("overview.column_on_day", day=day(v.language, v.last_day)), "count",
        ),
    ]  # fmt: skip
    if top and has_late:
        heading_late = v.say("overview.column_late", field=findings.within(v.language, top[1]))
        columns.insert(2, Column("late", heading_late, v.say("overview.column_lower")))
    charts = {
        column.key: unit_signals(v.warehouse, in_field if column.key == "late" else v.scope, v.viewer, column.key)
        for column in columns
        if column.key in TRACKED
    }
    sheets = v.say("overview.sheets", n=count_text(v.language, share_of(v.measure("satisfaction"))))
    source = v.say(
        "overview.source", range=date_range(v.language, v.scope.period), sheets=sheets,
        cases=v.say("source.cases", n=v.number(share_of(v.measure(ON_TIME[v.scope.on_time])).n)),
        snapshot=v.say("source.snapshot", snapshot=v.warehouse.id),
    )  # fmt: skip
    signal_table(v, units, columns, answers, charts, source)
    if len(units) == 1:
        own = {key: chart for key, each in charts.items() for chart in each if chart.unit == units[0][0]}
        signal_charts(v, own, findings.within(v.language, top[1]) if top else "")
        st.page_link(
            "pages/unit.py", label=v.say("overview.open_profile"), icon=":material/arrow_forward:",
            query_params=v.parameters(),
        )  # fmt: skip


def accounted(v: View, scope: Scope) -> tuple[dict[str, int], str]:
    by_channel = dict(v.measure("received", ("channel",), scope).select("channel", "numerator").iter_rows())
    counts = {name: total_of(v.measure(name, scope=scope)) for name in COUNTED}
    return counts, reconciliation(v.language, counts, by_channel)


def part_shown(v: View) -> str:
    """The part of the root that is asked for: its units, and what else narrows it."""
    fields = {field.code: field.name for field in v.known.fields}
    parts = [units_shown(v)]
    for name in ("fields", "procedures", "channels"):
        codes = getattr(v.scope, name)
        if name == "fields" and len(codes) == 1:
            parts.append(fields[codes[0]])
        elif name == "channels" and len(codes) == 1:
            parts.append(v.say(f"channel.{codes[0]}"))
        elif codes:
            parts.append(v.say(f"filter.{name}_chosen", n=v.number(len(codes))))
    return "; ".join(parts)


def show_reconciliation(v: View) -> None:
    whole = v.scope.with_(kind=None, units=(), fields=(), procedures=(), channels=())
    counts, sentence = accounted(v, whole)
    title = findings.reconciled_title(v.language, counts["taken_in"], counts["remainder"])
    heading(title, v.say("overview.reconciliation_note"))
    if not counts["taken_in"]:
        return
    st.markdown(v.say("overview.reconciled_whole", root=v.known.root_of[v.scope.root].name, sentence=sentence))
    if v.scope != whole:
        st.markdown(v.say("overview.reconciled_part", units=part_shown(v), sentence=accounted(v, v.scope)[1]))


def show(v: View) -> None:
    by_field = late_by(v, ("field",))
    top = most_late(by_field, LAND)
    on_time = share_of(v.measure(ON_TIME[v.scope.on_time]))
    before = v.compared()
    on_time_before = share_of(v.measure(ON_TIME[v.scope.on_time], scope=before)) if before else None
    header(
        findings.overview_title(
            v.language, on_time, change_between(on_time, on_time_before), on_time.n - on_time.x,
            (top[1], top[2].x) if top else None,
        ),
        period_caption(v),
    )  # fmt: skip
    named = (top[0], top[1]) if top else None
    show_tiles(v, named)
    cells = late_by(v, ("unit", "field"), v.scope.with_(units=(), fields=()))
    asked = [code for code, _ in units_asked(v.warehouse, v.scope, v.viewer)]
    if top:
        show_findings(v, cells_standing_out(cells, v.known, asked, v.scope.fields))
    show_units(v, named)
    show_reconciliation(v)


show(view())
