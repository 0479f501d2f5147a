"""What newer data change in the figures shown: under the bar of a fixed link, and on Dữ liệu for the last load."""

from urllib.parse import urlencode

import streamlit as st

from comparison import wording
from comparison.figures.numbers import Numbers
from comparison.forms.fact_table import fact_table
from comparison.forms.frames.changes import cases_table, figures_table
from comparison.forms.tokens import tokens
from comparison.frame import elements
from comparison.frame.failing import failing_in_words
from comparison.frame.paper import screen_only
from comparison.frame.source_row import listing
from comparison.frame.words import list_of, show_caption, show_heading, show_html
from comparison.measures.changes import ChangedCases, ChangedFigure, changed_cases, changed_figures
from comparison.question import Question
from comparison.scope import write_link
from comparison.wording import findings
from comparison.wording.texts import Html, bold, markup, sentences
from warehouse.snapshots import SnapshotMissing, SnapshotTooOld, Warehouse, before, current, open_snapshot, snapshots


def pinned_line(v: Question) -> None:
    """Of a fixed link: which snapshot it shows, whether there are newer data, and behind it what they change."""
    if v.is_pinned:
        with screen_only("changes-of-link"):
            _pinned_line(v)


# Opening it draws this part alone, not the page.
@st.fragment
@failing_in_words()
def _pinned_line(v: Question) -> None:
    newest, pinned = current().id, v.say_snapshot("changes.pinned")
    if newest == v.warehouse.id:
        show_caption(v, f"{pinned} {v.say('changes.nothing_newer')}")
        return
    try:
        new = open_snapshot(newest)
    except (SnapshotMissing, SnapshotTooOld):
        show_caption(v, f"{pinned} {v.say('changes.unreadable', snapshot=newest)}")
        return
    cases, figures = _changes(v, v.warehouse, new)
    there = [snapshot.id for snapshot in snapshots()]
    is_newer = v.warehouse.id not in there or there.index(v.warehouse.id) < there.index(newest)
    told = v.say("changes.newer" if is_newer else "changes.rolled_back", snapshot=newest, told=_told(v, cases, figures))
    compared = _compared(v, v.warehouse, new)
    if compared:
        told += " " + v.say("changes.in_compared", period=_period(compared[0]), told=_told(*compared))
    opened = elements.expander(
        sentences([pinned, told, bold(v.say("changes.why"))]),
        key="changes-of-link",
        type="compact",
        on_change="rerun",
    )
    if opened.open:
        with opened:
            show_html(v, _newest_link(v))
            _show(v, v.warehouse, new, cases, figures, "thay-doi-lien-ket")
            if compared:
                _show_compared(v.warehouse, new, *compared, "thay-doi-lien-ket-ky-so")


def last_load(v: Question) -> None:
    """What the snapshot shown changed in the figures of the period, beside the one before it."""
    earlier = before(v.warehouse.id)
    if earlier is None:
        show_heading(v, v.say("changes.last_load"), v.say("changes.last_load_first"))
        return
    try:
        old = open_snapshot(earlier.id)
    except (SnapshotMissing, SnapshotTooOld):
        show_heading(v, v.say("changes.last_load"), v.say("changes.last_load_unreadable", snapshot=earlier.id))
        return
    period = wording.period_label(v.language, v.scope.period)
    show_heading(
        v, v.say("changes.last_load"), v.say("changes.last_load_how", period=period, new=v.warehouse.id, old=earlier.id)
    )
    cases, figures = _changes(v, old, v.warehouse)
    _show(v, old, v.warehouse, cases, figures, "thay-doi-lan-nap")
    compared = _compared(v, old, v.warehouse)
    if compared:
        _show_compared(old, v.warehouse, *compared, "thay-doi-lan-nap-ky-so")


def _changes(v: Question, old: Warehouse, new: Warehouse) -> tuple[ChangedCases, tuple[ChangedFigure, ...]]:
    return changed_cases(old, new, v.scope, v.viewer), changed_figures(old, new, v.scope, v.viewer)


def _compared(
    v: Question, old: Warehouse, new: Warehouse
) -> tuple[Question, ChangedCases, tuple[ChangedFigure, ...]] | None:
    """The period compared with, and what changed in it; None where nothing did, or none is compared with."""
    other = v.compared
    if other is None:
        return None
    asked = v.asking(other)
    cases, figures = _changes(asked, old, new)
    return (asked, cases, figures) if cases.in_all or figures else None


def _period(v: Question) -> str:
    return findings.within(v.language, wording.period_name(v.language, v.scope.period))


def _show_compared(
    old: Warehouse, new: Warehouse, v: Question, cases: ChangedCases, figures: tuple[ChangedFigure, ...], key: str
) -> None:
    show_heading(v, v.say("changes.compared", period=_period(v)), _told(v, cases, figures))
    _show(v, old, new, cases, figures, key)


def _told(v: Question, cases: ChangedCases, figures: tuple[ChangedFigure, ...]) -> str:
    if cases.in_all:
        return v.say("changes.cases_differ", n=v.number(cases.in_all))
    if figures:
        return v.say("changes.figures_differ", n=v.number(len(figures)))
    return v.say("changes.nothing_differs")


def _newest_link(v: Question) -> Html:
    """The way to the same view of the newest data."""
    address = f"?{urlencode({**write_link(v.scope, language=v.language), **v.own})}"
    return markup(
        '<a href="{}" target="_self" style="color:{}">→ {}</a>', address, tokens(v.theme).blue,
        v.say("changes.see_latest"),
    )  # fmt: skip


def _show(
    v: Question, old: Warehouse, new: Warehouse, cases: ChangedCases, figures: tuple[ChangedFigure, ...], key: str
) -> None:
    """The figures that changed, the reasons with their counts, and the cases."""
    if figures:
        table = figures_table(figures, v.language)
        show_html(v, fact_table(table, table.columns[1:], tokens(v.theme)))
    else:
        show_caption(v, v.say("changes.figures_none"))
    if not cases.in_all:
        if figures:
            show_caption(v, v.say("changes.figures_only"))
        return
    show_html(v, list_of([_reason(v, reason, n) for reason, n in cases.by_reason]))
    shown, lines = v.number(cases.rows.height), frozenset({v.say("cases.column_row_number")})
    listing(
        v,
        title=v.say("changes.cases_title", n=v.number(cases.in_all)),
        subtitle=v.say("changes.cases_note"),
        table=Numbers(cases_table(cases, v.language, with_counts=False), lines=lines),
        download=Numbers(cases_table(cases, v.language, with_counts=True), lines=lines),
        source=v.say("changes.cases_source", shown=shown, n=v.number(cases.in_all), old=old.id, new=new.id),
        key=key,
        method=v.say("changes.method"),
    )


def _reason(v: Question, reason: str, n: int) -> str:
    return sentences([bold(f"{v.say(f'changes.{reason}')}: {v.number(n)}"), "–", v.say(f"changes.{reason}_means")])
