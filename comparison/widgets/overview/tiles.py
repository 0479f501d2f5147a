"""The key figures of a period: each with what it was, by how much it moved, and its months."""

from collections.abc import Sequence

from comparison.charts.frames.lateness import LAND
from comparison.charts.frames.months import along, covered, month_codes, months_shown, share_along
from comparison.charts.frames.overview import most_late
from comparison.charts.frames.shares import change_between, total_of
from comparison.charts.frames.tiles import Colour, Tile, count_tile, share_tile
from comparison.charts.marks import Mark
from comparison.charts.sparkline import sparkline
from comparison.charts.tile_row import slide_tiles, tile_row
from comparison.figures.marks import marks
from comparison.figures.periods import period_caption
from comparison.figures.words import method
from comparison.measures.on_time import MEASURES, ON_TIME
from comparison.question import Question
from comparison.widgets.figure.figures import heading
from comparison.widgets.figure.method import method_row
from comparison.widgets.words import show_html
from comparison.wording import findings, group_name
from comparison.wording.findings import Share, share_of
from comparison.wording.texts import Html

SPARK_MONTHS = 18


def overview_title(v: Question, top: tuple[str, str, Share] | None) -> str:
    """How much is on time and whether that changed; `top`: the field with most late cases, as `most_late` gives it."""
    on_time, before = share_of(v.measure(ON_TIME[v.scope.on_time], scope=v.now)), v.compared
    on_time_before = share_of(v.measure(ON_TIME[v.scope.on_time], scope=before)) if before else None
    return findings.overview_title(
        v.language, on_time, change_between(on_time, on_time_before), on_time.n - on_time.x,
        (top[1], top[2].x) if top and len(v.scope.fields) != 1 else None,
    )  # fmt: skip


def show_tiles(v: Question, top: tuple[str, str] | None) -> None:
    """Five figures of the period, each with its change and its months; `top`: (code, name) of the field with most late
    cases."""
    now, before, on_time = v.now, v.compared, ON_TIME[v.scope.on_time]
    trend = v.scope.with_(period=months_shown(v.scope.period, covered(v.known.root_of[v.scope.root]), SPARK_MONTHS))
    months = month_codes(trend.period)
    fields = {"fields": (top[0],)} if top else {}
    label = v.say("overview.late_field", field=findings.within(v.language, top[1])) if top else v.say("overview.late")

    on_time_months = v.measure(on_time, ("month",), trend)
    due, due_before = (
        share_of(v.measure(on_time, scope=now)),
        share_of(v.measure(on_time, scope=before)) if before else None,
    )
    late_now = share_of(v.late((), now.with_(**fields)))
    late_before = share_of(v.late((), before.with_(**fields))) if before else None
    overdue = total_of(v.measure("overdue_open", scope=now)) if v.has_data else None
    stock = total_of(v.measure("in_progress", scope=now))
    overdue_before = total_of(v.measure("overdue_open", scope=before)) if before else None
    satisfied = share_of(v.measure("satisfaction", scope=now))
    satisfied_before = share_of(v.measure("satisfaction", scope=before)) if before else None
    tiles = [
        count_tile(
            v.language, v.say("overview.due"), due.n if v.has_data else None, due_before.n if due_before else None,
            along(months, on_time_months, "denominator").fill_null(0),
            v.say("overview.received_note", n=v.number(total_of(v.measure("received", scope=now)))),
        ),
        share_tile(
            v.language, v.say("overview.on_time"), due, due_before, "up",
            share_along(months, on_time_months), "source.cases",
        ),
        share_tile(
            v.language, label, late_now, late_before, "down",
            share_along(months, v.late(("month",), trend.with_(**fields))), "source.cases",
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
    lines = [_line(v, tile, months, marked) for tile in tiles]
    if v.slide is not None:
        _slide(v, tiles, lines, months)
        return
    # One piece of HTML: five metrics with their boxes cost the browser as much as all the other words of the page.
    show_html(v, tile_row(tiles, lines, v.theme))
    if not v.has_data:
        return
    note = v.say(
        "overview.tiles_note" if before else "overview.tiles_note_alone",
        months=v.number(len(months)),
        last=group_name(v.language, months[-1]),
    )
    method_row(
        v, f"{note} {v.say('overview.tiles_marks')}" if marked else note, method(v, "tiles", "newcombe"), "o-so-lieu",
        ("received", on_time, MEASURES[v.scope.on_time], "overdue_open", "in_progress", "satisfaction"),
    )  # fmt: skip


def _line(v: Question, tile: Tile, months: Sequence[str], marked: Sequence[Mark]) -> Html:
    return sparkline(
        tile.months, months, v.theme, colour=tile.colour, marks=marked,
        alt=v.say("overview.tile_line", label=tile.label, last=group_name(v.language, months[-1])),
    )  # fmt: skip


def _slide(v: Question, tiles: Sequence[Tile], lines: Sequence[Html], months: Sequence[str]) -> None:
    words: dict[Colour, str] = {
        "blue": v.say("icon.better"), "orange": v.say("icon.worse"), "gray": v.say("icon.usual")
    }  # fmt: skip
    heading(overview_title(v, most_late(v.late(("field",)), LAND)), period_caption(v))
    show_html(v, slide_tiles(tiles, lines, words, v.theme))
    last = group_name(v.language, months[-1])
    assert v.slide is not None, "asked only of a slide"
    v.slide.source = v.say("briefing.tiles_note", months=v.number(len(months)), last=last)
