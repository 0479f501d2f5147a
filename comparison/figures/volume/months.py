"""What came in and was finished by month, by which channel, and what stayed open."""

from dataclasses import replace
from functools import partial
from typing import Any

from comparison.charts.frames.months import along, is_unfinished, month_codes
from comparison.charts.frames.shares import change_between, source_text, total_of
from comparison.charts.frames.volume import channel_parts, count_text, received_and_resolved, stock_line
from comparison.charts.lines import lines
from comparison.charts.place import Place
from comparison.charts.stacked_bars import paired_bars, stacked_bars
from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.marks import marks
from comparison.figures.numbers import Numbers, measured
from comparison.figures.volume.asked import has_months, months_asked, none_received
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method
from comparison.question import Question
from comparison.scope import Scope
from comparison.wording import day, findings, group_name
from comparison.wording.findings import share_of


def _received_and_resolved(q: Question, place: Place) -> Made | None:
    if not has_months(q):
        return none_received(q, place, "finding.months_subject")
    asked = months_asked(q)
    months = month_codes(asked.period)
    received, resolved = q.measure("received", ("month",), asked), q.measure("resolved", ("month",), asked)
    closed = total_of(q.measure("closed_without_result", scope=asked))
    paired = received_and_resolved(received, resolved, months, q.language)
    names = q.say("volume.received"), q.say("volume.resolved")
    headings = {"month": q.say("column.month"), "first": names[0], "second": names[1]}
    return Made(
        title=findings.flow_title(q.language, total_of(received), total_of(resolved), len(months)),
        subtitle=q.say("volume.months_note", closed=q.number(closed), months=_months_note(q, asked)).strip(),
        body=Chart(paired_bars(paired, months, names, q.theme, **_along_months(q, asked, place))),
        numbers=Numbers(paired.select(*headings).rename(headings), measures=("received", "resolved")),
        source=source_text(q.language, q.warehouse.id, asked.period, total_of(received)),
        method=method(q, "flow"),
        asked=asked,
    )


def _channels(q: Question, place: Place) -> Made | None:
    """Received by channel, with the online share of the period."""
    if not has_months(q):
        return none_received(q, place, "finding.online_none")
    asked = months_asked(q)
    months = month_codes(asked.period)
    received = q.measure("received", ("month", "channel"), asked)
    frame, parts = channel_parts(received, months, q.language)
    online = share_of(q.measure("online_share", scope=q.now))
    before = share_of(q.measure("online_share", scope=q.compared)) if q.compared else None
    return Made(
        title=findings.changed_share_title(q.language, "online", online, change_between(online, before)),
        subtitle=q.say("volume.channels_note", months=_months_note(q, asked)).strip(),
        body=Chart(stacked_bars(frame, months, parts, q.theme, **_along_months(q, asked, place))),
        numbers=replace(measured(q.language, "received", received), measures=("received", "online_share")),
        source=source_text(q.language, q.warehouse.id, asked.period, total_of(received)),
        method=method(q, "channels", "newcombe"),
        asked=asked,
    )


def _stock(q: Question, place: Place) -> Made | None:
    """The stock at the end of each month."""
    if not has_months(q):
        return none_received(q, place, "volume.stock_subject")
    asked = months_asked(q)
    months = month_codes(asked.period)
    stock = q.measure("in_progress", ("month",), asked)
    last = int(along(months, stock).fill_null(0)[-1])
    return Made(
        title=q.say("finding.stock", n=q.number(last), day=day(q.language, asked.period.ends_on)),
        subtitle=q.say("volume.stock_note", months=_months_note(q, asked)).strip(),
        body=Chart(
            lines(
                stock_line(stock, months, q.language),
                months,
                q.theme,
                labels={"stock": q.say("volume.stock")},
                from_zero=True,
                **_along_months(q, asked, place),
            )
        ),
        numbers=measured(q.language, "in_progress", stock),
        source=source_text(q.language, q.warehouse.id, asked.period, last),
        method=method(q, "stock"),
        asked=asked,
    )


def _along_months(q: Question, asked: Scope, place: Place) -> dict[str, Any]:
    """What the three charts by month are told alike."""
    return {
        "value_text": partial(count_text, q.language),
        "month_text": partial(group_name, q.language),
        "unfinished": is_unfinished(asked.period),
        "marks": marks(q, asked),
        **place.plot(320, 380),
    }


def _months_note(q: Question, asked: Scope) -> str:
    notes = [q.say("volume.months_whole")] if is_unfinished(asked.period) else []
    if asked.period.starts_on < q.scope.period.starts_on:
        notes.append(q.say("volume.months_more", n=q.number(len(month_codes(asked.period)))))
    return findings.one_sentence(notes)


RECEIVED_AND_RESOLVED = Figure("tiep-nhan-giai-quyet", PAGE, _received_and_resolved)
CHANNELS = Figure("hinh-thuc-nop", PAGE, _channels)
STOCK = Figure("ton-cuoi-thang", PAGE, _stock)
