"""What came in and was finished by month, by which channel, and what stayed open."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import polars as pl

from comparison.figures.figure import Chart, Figure, Made
from comparison.figures.marks import marks
from comparison.figures.numbers import Numbers, measured
from comparison.figures.volume.asked import has_months, months_asked, none_received
from comparison.figures.volume.titles import PAGE
from comparison.figures.words import method
from comparison.forms.frames.months import along, is_unfinished, month_codes
from comparison.forms.frames.shares import change_between, source_text, total_of
from comparison.forms.frames.volume import count_text
from comparison.forms.lines import lines
from comparison.forms.place import Place
from comparison.forms.stacked_bars import paired_bars, stacked_bars
from comparison.question import Question
from comparison.scope import Language, Scope
from comparison.wording import day, findings, group_name, number, say
from comparison.wording.findings import share_of

_CHANNELS = ("online", "in_person", "post", "unknown")


def _months(q: Question, place: Place) -> Made | None:
    if not has_months(q):
        return none_received(q, place, "finding.months_subject")
    asked = months_asked(q)
    months = month_codes(asked.period)
    received, resolved = (q.measure(name, ("month",), asked) for name in ("received", "resolved"))
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
    frame, parts = channel_parts(received, q.language)
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
    values = along(months, stock).fill_null(0)
    hovers = _hovers(months, values, "hover.stock", q.language)
    line = pl.DataFrame({"month": months, "value": values, "hover": hovers})
    last = int(values[-1])
    return Made(
        title=q.say("finding.stock", n=q.number(last), day=day(q.language, asked.period.ends_on)),
        subtitle=q.say("volume.stock_note", months=_months_note(q, asked)).strip(),
        body=Chart(
            lines(
                line.with_columns(line=pl.lit("stock"), role=pl.lit("chosen")),
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


def received_and_resolved(
    received: pl.DataFrame, resolved: pl.DataFrame, months: Sequence[str], language: Language
) -> pl.DataFrame:
    """month, first (received), second (resolved), first_hover, second_hover; a month without cases is 0."""
    first, second = (along(months, answer).fill_null(0) for answer in (received, resolved))
    return pl.DataFrame(
        {
            "month": months,
            "first": first,
            "second": second,
            "first_hover": _hovers(months, first, "hover.received", language),
            "second_hover": _hovers(months, second, "hover.resolved", language),
        }
    )


def channel_parts(received: pl.DataFrame, language: Language) -> tuple[pl.DataFrame, list[tuple[str, str]]]:
    """Received by month and channel for stacked bars, and (part, label) of the channels there are, online first."""
    there = set(received["channel"])
    parts = [(channel, say(language, f"channel.{channel}")) for channel in _CHANNELS if channel in there]
    labels = dict(parts)
    hovers = [
        f"{group_name(language, month)}\n{labels[channel]}: " + say(language, "hover.cases", n=number(language, count))
        for month, channel, count in received.select("month", "channel", "numerator").iter_rows()
    ]
    frame = received.select("month", "value", part=pl.col("channel"), hover=pl.Series(hovers, dtype=pl.String))
    return frame, parts


def _hovers(months: Sequence[str], values: pl.Series, message: str, language: Language) -> list[str]:
    return [
        f"{group_name(language, month)}\n{say(language, message, n=number(language, value))}"
        for month, value in zip(months, values, strict=True)
    ]


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


RECEIVED_AND_RESOLVED = Figure("tiep-nhan-giai-quyet", PAGE, _months)
CHANNELS = Figure("hinh-thuc-nop", PAGE, _channels)
STOCK = Figure("ton-cuoi-thang", PAGE, _stock)
