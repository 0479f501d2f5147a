"""Tổng quan: what changed, and where should we look?"""

from comparison.charts.frames.lateness import LAND
from comparison.charts.frames.overview import most_late, reconciliation
from comparison.charts.frames.shares import source_text, total_of
from comparison.figures.part_shown import of_one_unit, part_shown
from comparison.figures.periods import period_caption
from comparison.scope import Scope
from comparison.widgets import Question, header, heading, method, method_row, missing, view
from comparison.widgets.frame.findings_block import show_findings
from comparison.widgets.overview.tiles import overview_title, show_tiles
from comparison.widgets.overview.units import show_units
from comparison.widgets.words import show_text
from comparison.wording import findings

COUNTED = (
    *("taken_in", "carried_over", "resolved", "early", "on_time"),
    *("late_resolved", "closed_without_result", "in_progress", "remainder"),
)


def accounted(v: Question, scope: Scope) -> tuple[dict[str, int], str]:
    by_channel = dict(v.measure("received", ("channel",), scope).select("channel", "numerator").iter_rows())
    counts = {name: total_of(v.measure(name, scope=scope)) for name in COUNTED}
    return counts, reconciliation(v.language, counts, by_channel)


def show_reconciliation(v: Question) -> None:
    whole = v.scope.with_(kind=None, units=(), fields=(), procedures=(), channels=())
    counts, sentence = accounted(v, whole)
    title = findings.reconciled_title(v.language, counts["taken_in"], counts["remainder"])
    if v.scope != whole:
        title = f"{v.known.root_of[v.scope.root].name}: {findings.lowered(title)}"
    heading(title, v.say("overview.reconciliation_note"))
    if not counts["taken_in"]:
        return
    lines = [v.say("overview.reconciled_whole", root=v.known.root_of[v.scope.root].name, sentence=sentence)]
    if v.scope != whole:
        lines.append(v.say("overview.reconciled_part", units=part_shown(v), sentence=accounted(v, v.scope)[1]))
    show_text(v, *lines)
    method_row(
        v, source_text(v.language, v.warehouse.id, v.scope.period, counts["taken_in"]), method(v, "reconciliation"),
        "doi-chieu", COUNTED,
    )  # fmt: skip


def show(v: Question) -> None:
    by_field = v.late(("field",))
    top = most_late(by_field, LAND)
    header(of_one_unit(v, overview_title(v, top)), period_caption(v))
    named = (top[0], top[1]) if top else None
    show_tiles(v, named)
    if not v.has_data:
        missing(v, title=v.say("signal.title_subject"), page="")
        return
    show_findings(v, "")
    show_units(v, named)
    show_reconciliation(v)


show(view())
