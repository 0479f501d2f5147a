"""The key figures of a period: each with what it was, by how much it moved, and its months."""

from collections.abc import Callable, Sequence

import polars as pl

from comparison.figures.figure import Figure, Made, Table
from comparison.figures.late_share import field_most_late
from comparison.figures.marks import marks
from comparison.figures.overview.tile_words import count_tile, share_tile
from comparison.figures.overview.titles import PAGE, on_time_title
from comparison.figures.periods import period_caption
from comparison.figures.words import method
from comparison.forms.frames.months import along, covered, month_codes, months_shown, share_along
from comparison.forms.frames.shares import total_of
from comparison.forms.marks import Mark
from comparison.forms.place import Place
from comparison.forms.sparkline import sparkline
from comparison.forms.tile_row import Colour, Tile, slide_tiles, tile_row
from comparison.measures.on_time import MEASURES, ON_TIME
from comparison.question import Question
from comparison.scope import Scope
from comparison.statistics.funnel import Good
from comparison.wording import findings, group_name
from comparison.wording.findings import share_of
from comparison.wording.texts import Html

_MONTHS = 18
# Answers in these groups in this scope.
Ask = Callable[[tuple[str, ...], Scope], pl.DataFrame]


def _made(q: Question, place: Place) -> Made:
    trend = q.scope.with_(period=months_shown(q.scope.period, covered(q.root), _MONTHS))
    months = month_codes(trend.period)
    tiles = (_due(q, trend), _on_time(q, trend), _late(q, trend), _overdue(q, trend), _satisfied(q, trend))
    marked = [mark for mark in marks(q, trend) if mark.month in months]
    lines = [_line(q, tile, months, marked) for tile in tiles]
    last = group_name(q.language, months[-1])
    if not place.is_used:
        words: dict[Colour, str] = {
            "blue": q.say("icon.better"),
            "orange": q.say("icon.worse"),
            "gray": q.say("icon.usual"),
        }
        return Made(
            title=on_time_title(q),
            subtitle=period_caption(q),
            body=Table(slide_tiles(tiles, lines, words, q.theme)),
            source=q.say("briefing.tiles_note", months=q.number(len(months)), last=last),
        )
    # One piece of HTML: five metrics with their boxes cost the browser as much as all the other words of the page.
    body = Table(tile_row(tiles, lines, q.theme))
    if not q.has_data:
        return Made(body=body)
    note = q.say(
        "overview.tiles_note" if q.compared else "overview.tiles_note_alone", months=q.number(len(months)), last=last
    )
    on_time = q.scope.on_time
    return Made(
        body=body,
        source=f"{note} {q.say('overview.tiles_marks')}" if marked else note,
        method=method(q, "tiles", "newcombe"),
        measures=("received", ON_TIME[on_time], MEASURES[on_time], "overdue_open", "in_progress", "satisfaction"),
    )


def _due(q: Question, trend: Scope) -> Tile:
    on_time = ON_TIME[q.scope.on_time]
    return count_tile(
        q.language,
        q.say("overview.due"),
        share_of(q.measure(on_time, scope=q.now)).n if q.has_data else None,
        share_of(q.measure(on_time, scope=q.compared)).n if q.compared else None,
        along(month_codes(trend.period), q.measure(on_time, ("month",), trend), "denominator").fill_null(0),
        q.say("overview.received_note", n=q.number(total_of(q.measure("received", scope=q.now)))),
    )


def _on_time(q: Question, trend: Scope) -> Tile:
    def ask(by: tuple[str, ...], scope: Scope) -> pl.DataFrame:
        return q.measure(ON_TIME[q.scope.on_time], by, scope)

    return _share(q, trend, q.say("overview.on_time"), ask, "up", "source.cases")


def _late(q: Question, trend: Scope) -> Tile:
    """In the field with most late cases."""
    field = field_most_late(q)

    def ask(by: tuple[str, ...], scope: Scope) -> pl.DataFrame:
        return q.late(by, scope.with_(fields=(field.code,)) if field else scope)

    label = q.say("overview.late")
    if field:
        label = q.say("overview.late_field", field=findings.within(q.language, field.name))
    return _share(q, trend, label, ask, "down", "source.cases")


def _overdue(q: Question, trend: Scope) -> Tile:
    return count_tile(
        q.language,
        q.say("overview.overdue"),
        total_of(q.measure("overdue_open", scope=q.now)) if q.has_data else None,
        total_of(q.measure("overdue_open", scope=q.compared)) if q.compared else None,
        along(month_codes(trend.period), q.measure("overdue_open", ("month",), trend)).fill_null(0),
        q.say("overview.overdue_note", n=q.number(total_of(q.measure("in_progress", scope=q.now)))),
        relative=False,
    )


def _satisfied(q: Question, trend: Scope) -> Tile:
    def ask(by: tuple[str, ...], scope: Scope) -> pl.DataFrame:
        return q.measure("satisfaction", by, scope)

    return _share(q, trend, q.say("overview.satisfied"), ask, "up", "source.sheets")


def _share(q: Question, trend: Scope, label: str, ask: Ask, good: Good, noun: str) -> Tile:
    """A share now, before and by month; noun: the message that counts its n."""
    return share_tile(
        q.language,
        label,
        share_of(ask((), q.now)),
        share_of(ask((), q.compared)) if q.compared else None,
        good,
        share_along(month_codes(trend.period), ask(("month",), trend)),
        noun,
    )


def _line(q: Question, tile: Tile, months: Sequence[str], marked: Sequence[Mark]) -> Html:
    alt = q.say("overview.tile_line", label=tile.label, last=group_name(q.language, months[-1]))
    return sparkline(tile.months, months, q.theme, colour=tile.colour, marks=marked, alt=alt)


KEY_FIGURES = Figure("o-so-lieu", PAGE, _made)
