"""What came in and was finished by month, by which channel, and what stayed open."""

from dataclasses import replace
from functools import partial

from comparison.charts.frames.months import along, is_unfinished, month_codes
from comparison.charts.frames.shares import change_between, source_text, total_of
from comparison.charts.frames.volume import channel_parts, count_text, received_and_resolved, stock_line
from comparison.charts.lines import lines
from comparison.charts.stacked_bars import paired_bars, stacked_bars
from comparison.figures.marks import marks
from comparison.figures.numbers import Numbers, measured
from comparison.figures.words import method
from comparison.question import Question
from comparison.scope import Scope
from comparison.widgets.figure.figures import figure
from comparison.widgets.figure.slide_frame import plot_size
from comparison.wording import day, findings, group_name
from comparison.wording.findings import share_of


def show_months(v: Question, trend: Scope) -> None:
    """Received beside resolved, month by month."""
    months = month_codes(trend.period)
    received, resolved = v.measure("received", ("month",), trend), v.measure("resolved", ("month",), trend)
    paired = received_and_resolved(received, resolved, months, v.language)
    closed = total_of(v.measure("closed_without_result", scope=trend))
    figure(
        v.asking(trend),
        title=findings.flow_title(v.language, total_of(received), total_of(resolved), len(months)),
        subtitle=v.say("volume.months_note", closed=v.number(closed), months=_months_note(v, trend)).strip(),
        fig=paired_bars(
            paired, months, (v.say("volume.received"), v.say("volume.resolved")), v.theme,
            value_text=partial(count_text, v.language), month_text=partial(group_name, v.language),
            unfinished=is_unfinished(trend.period), marks=marks(v, trend), **plot_size(v, 320, 380),
        ),
        table=Numbers(
            paired.select("month", "first", "second").rename(
                {"month": v.say("column.month"), "first": v.say("volume.received"), "second": v.say("volume.resolved")}
            ),
            measures=("received", "resolved"),
        ),
        source=source_text(v.language, v.warehouse.id, trend.period, total_of(received)),
        key="tiep-nhan-giai-quyet",
        method=method(v, "flow"),
    )  # fmt: skip


def show_channels(v: Question, trend: Scope) -> None:
    """Received by channel, month by month, with the online share of the period."""
    months = month_codes(trend.period)
    received = v.measure("received", ("month", "channel"), trend)
    frame, parts = channel_parts(received, months, v.language)
    before = v.compared
    online = share_of(v.measure("online_share", scope=v.now))
    change = change_between(online, share_of(v.measure("online_share", scope=before)) if before else None)
    figure(
        v.asking(trend),
        title=findings.changed_share_title(v.language, "online", online, change),
        subtitle=v.say("volume.channels_note", months=_months_note(v, trend)).strip(),
        fig=stacked_bars(
            frame, months, parts, v.theme, value_text=partial(count_text, v.language),
            month_text=partial(group_name, v.language),
            unfinished=is_unfinished(trend.period), marks=marks(v, trend), **plot_size(v, 320, 380),
        ),
        table=replace(measured(v.language, "received", received), measures=("received", "online_share")),
        source=source_text(v.language, v.warehouse.id, trend.period, total_of(received)),
        key="hinh-thuc-nop",
        method=method(v, "channels", "newcombe"),
    )  # fmt: skip


def show_stock(v: Question, trend: Scope) -> None:
    """The stock at the end of each month."""
    months = month_codes(trend.period)
    stock = v.measure("in_progress", ("month",), trend)
    last = int(along(months, stock).fill_null(0)[-1])
    figure(
        v.asking(trend),
        title=v.say("finding.stock", n=v.number(last), day=day(v.language, trend.period.ends_on)),
        subtitle=v.say("volume.stock_note", months=_months_note(v, trend)).strip(),
        fig=lines(
            stock_line(stock, months, v.language), months, v.theme, value_text=partial(count_text, v.language),
            month_text=partial(group_name, v.language), labels={"stock": v.say("volume.stock")}, from_zero=True,
            unfinished=is_unfinished(trend.period), marks=marks(v, trend), **plot_size(v, 320, 380),
        ),
        table=measured(v.language, "in_progress", stock),
        source=source_text(v.language, v.warehouse.id, trend.period, last),
        key="ton-cuoi-thang",
        method=method(v, "stock"),
    )  # fmt: skip


def _months_note(v: Question, trend: Scope) -> str:
    months = month_codes(trend.period)
    notes = [v.say("volume.months_whole")] if is_unfinished(trend.period) else []
    if trend.period.starts_on < v.scope.period.starts_on:
        notes.append(v.say("volume.months_more", n=v.number(len(months))))
    return findings.one_sentence(notes)
