"""Khối lượng: how much work, where, when, by which channel and field?"""

from functools import partial

import polars as pl
import streamlit as st

from comparison.charts.bars import bars
from comparison.charts.frames.months import along, covered, is_unfinished, month_codes, months_shown
from comparison.charts.frames.satisfaction import unit_intervals
from comparison.charts.frames.shares import (
    change_between,
    room_for,
    share_of,
    source_text,
    total_of,
    values_compared,
)
from comparison.charts.frames.volume import (
    channel_parts,
    count_bars,
    count_text,
    received_and_resolved,
    stock_line,
)
from comparison.charts.intervals import intervals
from comparison.charts.lines import lines
from comparison.charts.stacked_bars import paired_bars, stacked_bars
from comparison.measures.case_lists import units_asked
from comparison.scope import Scope
from comparison.widgets import View, figure, header, marks, measured, missing, period_caption, view
from comparison.wording import day, findings, group_name


def nothing(v: View, title: str) -> None:
    missing(v, title=v.say(title), page="khoi-luong")


def months_note(v: View, trend: Scope) -> str:
    months = month_codes(trend.period)
    notes = [v.say("volume.months_whole")] if is_unfinished(trend.period) else []
    if trend.period.starts_on < v.scope.period.starts_on:
        notes.append(v.say("volume.months_more", n=v.number(len(months))))
    return " ".join(notes)


def show_months(v: View, trend: Scope) -> None:
    months = month_codes(trend.period)
    received, resolved = v.measure("received", ("month",), trend), v.measure("resolved", ("month",), trend)
    paired = received_and_resolved(received, resolved, months, v.language)
    closed = total_of(v.measure("closed_without_result", scope=trend))
    figure(
        v.asking(trend),
        title=findings.flow_title(v.language, total_of(received), total_of(resolved), len(months)),
        subtitle=v.say("volume.months_note", closed=v.number(closed), months=months_note(v, trend)).strip(),
        fig=paired_bars(
            paired, months, (v.say("volume.received"), v.say("volume.resolved")), v.theme,
            value_text=partial(count_text, v.language), month_text=partial(group_name, v.language),
            unfinished=is_unfinished(trend.period), marks=marks(v, trend),
        ),
        table=paired.select("month", "first", "second").rename(
            {"month": v.say("column.month"), "first": v.say("volume.received"), "second": v.say("volume.resolved")}
        ),
        source=source_text(v.language, v.warehouse.id, trend.period, total_of(received)),
        key="tiep-nhan-giai-quyet",
    )  # fmt: skip


def show_channels(v: View, trend: Scope) -> None:
    months = month_codes(trend.period)
    received = v.measure("received", ("month", "channel"), trend)
    frame, parts = channel_parts(received, months, v.language)
    before = v.compared()
    online = share_of(v.measure("online_share"))
    change = change_between(online, share_of(v.measure("online_share", scope=before)) if before else None)
    figure(
        v.asking(trend),
        title=findings.changed_share_title(v.language, "online", online, change),
        subtitle=v.say("volume.channels_note", months=months_note(v, trend)).strip(),
        fig=stacked_bars(
            frame, months, parts, v.theme, value_text=partial(count_text, v.language),
            month_text=partial(group_name, v.language),
            unfinished=is_unfinished(trend.period), marks=marks(v, trend),
        ),
        table=measured(v.language, "received", received),
        source=source_text(v.language, v.warehouse.id, trend.period, total_of(received)),
        key="hinh-thuc-nop",
    )  # fmt: skip


def show_bars(v: View, by: str, frame: pl.DataFrame, title: str, note: str, key: str) -> None:
    answer = v.measure("received", (by,))
    figure(
        v,
        title=title,
        subtitle=note,
        fig=bars(frame, v.theme, accent="blue", left=room_for(frame["name"].to_list()), top=8),
        table=measured(v.language, "received", answer),
        source=source_text(v.language, v.warehouse.id, v.scope.period, total_of(answer)),
        key=key,
    )


def show_units(v: View) -> None:
    frame = count_bars(v.measure("received", ("unit",)), "unit", v.language)
    total, half = int(frame["value"].sum()), int(frame["is_marked"].sum())
    says_half = findings.is_half_a_finding(total, half, frame.height)
    show_bars(
        v,
        "unit",
        frame if says_half else frame.drop("is_marked"),
        findings.half_title(v.language, "received", total, half, frame.height),
        v.say("volume.units_half_note" if says_half else "volume.units_note"),
        "tiep-nhan-don-vi",
    )


def show_fields(v: View) -> None:
    by_field = v.measure("received", ("field",)).sort("numerator", descending=True)
    largest = findings.Share(by_field["numerator"][0], total_of(by_field))
    title = findings.largest_title(v.language, "received", by_field["field_name"][0], largest)
    frame = count_bars(by_field, "field", v.language)
    first = frame.with_columns(is_marked=pl.int_range(frame.height) < int(largest.is_enough))
    show_bars(v, "field", first, title, v.say("volume.fields_note"), "tiep-nhan-linh-vuc")


def show_stock(v: View, trend: Scope) -> None:
    months = month_codes(trend.period)
    stock = v.measure("in_progress", ("month",), trend)
    last = int(along(months, stock).fill_null(0)[-1])
    figure(
        v.asking(trend),
        title=v.say("finding.stock", n=v.number(last), day=day(v.language, trend.period.ends_on)),
        subtitle=v.say("volume.stock_note", months=months_note(v, trend)).strip(),
        fig=lines(
            stock_line(stock, months, v.language), months, v.theme, value_text=partial(count_text, v.language),
            month_text=partial(group_name, v.language), labels={"stock": v.say("volume.stock")}, from_zero=True,
            unfinished=is_unfinished(trend.period), marks=marks(v, trend), height=320,
        ),
        table=measured(v.language, "in_progress", stock),
        source=source_text(v.language, v.warehouse.id, trend.period, last),
        key="ton-cuoi-thang",
    )  # fmt: skip


def show_online(v: View) -> None:
    answer = v.measure("online_share", ("unit",))
    frame = unit_intervals(answer, units_asked(v.warehouse, v.scope, v.viewer), v.language, "hover.online")
    overall = share_of(v.measure("online_share"))
    line = (overall.value, v.say("volume.online_overall", share=v.percent(overall.value))) if overall.n else None
    figure(
        v,
        title=findings.span_title(v.language, "online", values_compared(answer) if v.scope.kind else []),
        subtitle=v.say("volume.online_note"),
        fig=intervals(
            frame, v.theme, value_text=v.tick, overall=line,
            column_head=v.say("volume.column_n"), left=room_for(frame["name"].to_list()),
        ),
        table=measured(v.language, "online_share", answer),
        source=source_text(v.language, v.warehouse.id, v.scope.period, overall.n),
        key="truc-tuyen-don-vi",
    )  # fmt: skip


def show(v: View) -> None:
    before = v.compared()
    received, resolved = total_of(v.measure("received")), total_of(v.measure("resolved"))
    received_before = total_of(v.measure("received", scope=before)) if before else None
    header(findings.volume_title(v.language, received, received_before, resolved), period_caption(v))
    trend = v.scope.with_(period=months_shown(v.scope.period, covered(v.known.root_of[v.scope.root])), compare="none")
    trend_has_cases = total_of(v.measure("received", scope=trend)) + total_of(v.measure("resolved", scope=trend)) > 0
    left, right = st.columns(2, gap="medium")
    with left:
        show_months(v, trend) if trend_has_cases else nothing(v, "finding.months_subject")
    with right:
        show_channels(v, trend) if trend_has_cases else nothing(v, "finding.online_none")
    left, right = st.columns(2, gap="medium")
    with left:
        show_units(v) if received else nothing(v, "finding.received_by_unit")
    with right:
        show_fields(v) if received else nothing(v, "finding.received_by_field")
    left, right = st.columns(2, gap="medium")
    with left:
        show_stock(v, trend) if trend_has_cases else nothing(v, "volume.stock_subject")
    with right:
        show_online(v) if received else nothing(v, "finding.online_subject")


show(view())
