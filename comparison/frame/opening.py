"""From an address to a view, and what a reader is told where that is not possible."""

from collections.abc import Collection, Mapping
from urllib.parse import urlencode, urlsplit

import streamlit as st

from comparison import wording
from comparison.figures.part_shown import units_shown
from comparison.forms.tokens import Theme
from comparison.frame import elements
from comparison.frame.address import answered, arrived_with, remember
from comparison.frame.view import set_view
from comparison.frame.words import read_titles, title_of
from comparison.measures import known
from comparison.question import Question
from comparison.scope import Ignored, Known, Language, Viewer, read_language, read_link, wanted_snapshot
from comparison.wording.texts import bold, markup, script, sentences, typed
from warehouse import log
from warehouse.folders import data_folder, exports_folder
from warehouse.snapshot_ids import published_on
from warehouse.snapshots import (
    SnapshotDamaged,
    SnapshotMissing,
    SnapshotTooOld,
    Warehouse,
    current,
    open_snapshot,
    snapshots,
)
from warehouse.state import StateDamaged


def language() -> Language:
    """The language of this run."""
    return read_language(arrived_with())


def open_view(
    own: Collection[str] = (), asked: Mapping[str, str] | None = None
) -> tuple[Question, tuple[Ignored, ...]] | None:
    """The view that the address asks of the newest snapshot or of the one it names, and what of it is ignored.

    `own` names the parameters that only the page asked for reads. None where there is nothing to show: then the page
    already says why, and what to do. asked: the parameters of a slide, which the address names by its number alone; a
    slide is not what a page without parameters shows from now on.
    """
    parameters = arrived_with() if asked is None else asked
    try:
        there = [snapshot.id for snapshot in snapshots()]
        wanted = wanted_snapshot(parameters, there, current().id)
        warehouse = _opened(wanted, there, is_named=parameters.get("snapshot") == wanted)
    except (StateDamaged, SnapshotDamaged) as damage:
        log.failure("page_refused", damage)
        _say_instead(
            read_language(parameters), "empty.damaged", "empty.not_opened", command=typed("python -m etl doctor")
        )
        return None
    except SnapshotMissing:
        _nothing_there(read_language(parameters))
        return None
    except SnapshotTooOld:
        if wanted == current().id:
            _say_instead(
                read_language(parameters), "empty.old_schema", snapshot=wanted, command=typed("python -m etl build")
            )
        else:
            _pinned_too_old(parameters, wanted, is_slide=asked is not None)
        return None
    return _view(warehouse, own, asked, is_pinned=parameters.get("snapshot") not in (None, "latest"))


def _opened(wanted: str, there: list[str], *, is_named: bool) -> Warehouse:
    """The snapshot wanted; where it only stands in for one that is gone, the first after it that can be read."""
    if is_named:
        return open_snapshot(wanted)
    for each in there[there.index(wanted) :]:
        try:
            return open_snapshot(each)
        except SnapshotTooOld:
            if each == current().id:
                raise
    return open_snapshot(current().id)


def _view(
    warehouse: Warehouse, own: Collection[str], asked: Mapping[str, str] | None, *, is_pinned: bool
) -> tuple[Question, tuple[Ignored, ...]] | None:
    parameters = arrived_with() if asked is None else asked
    there = known(warehouse)
    language = read_language(parameters)
    if not there.roots:
        rejected = typed("python -m etl rejected --out loi.xlsx")
        _say_instead(language, "empty.no_rows_next", "empty.no_rows", command=rejected)
        return None
    scope, ignored = read_link(parameters, there, own)
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    page_own = {name: parameters[name] for name in own if name in parameters}
    view = Question(warehouse, scope, Viewer(), language, theme, is_pinned, tuple(page_own.items()))
    set_view(view)
    read_titles(view)
    # A script of the page writes these where the address has none, or a slide's no snapshot.
    answered({**view.parameters(), **page_own} if asked is None else {**st.query_params, "snapshot": scope.snapshot})
    if asked is None:
        remember(view.parameters())
    return view, ignored


def _nothing_there(language: Language) -> None:
    exports = f"{data_folder().name}/{exports_folder().name}"
    _say_instead(
        language,
        "empty.no_warehouse_next",
        folder=typed(exports),
        command=typed(f"python -m etl load {exports}"),
        demo=typed("python -m etl demo"),
    )


def _pinned_too_old(parameters: Mapping[str, str], wanted: str, *, is_slide: bool) -> None:
    """A rebuild would not bring back what a fixed link showed; the newest data can still be seen."""
    language = read_language(parameters)
    others = {name: value for name, value in parameters.items() if name != "snapshot"}
    latest = urlencode(others)
    if not is_slide:
        remember(others)
    leave = markup('<p><a href="?">→ {}</a></p>', wording.say(language, "briefing.leave")) if is_slide else ""
    elements.html_with_script(
        markup(
            '{}<p>{}</p><a href="?{}" target="_self">→ {}</a>{}{}',
            title_of(wording.say(language, "changes.too_old", snapshot=wanted)),
            wording.say(language, "changes.too_old_means"), latest, wording.say(language, "changes.see_latest"), leave,
            script("document.documentElement.lang=language", language=language),
        )
    )  # fmt: skip


def _say_instead(language: Language, key: str, title: str = "empty.no_warehouse", **values: str) -> None:
    elements.html(markup("{}<p>{}</p>", title_of(wording.say(language, title)), wording.say(language, key, **values)))


def path_asked() -> str:
    """The page that the address names, "" for the first."""
    path = urlsplit(st.context.url or "").path.strip("/")
    return path.removeprefix(str(st.get_option("server.baseUrlPath")).strip("/")).strip("/")


def name_ignored(v: Question, ignored: tuple[Ignored, ...], page: str = "") -> None:
    """One warning with every part of the address that cannot be honoured, and what is shown instead; `page`: where it
    leads, if there is no such page."""
    if not ignored and not page:
        return
    lines = [_line(v, part) for part in dict.fromkeys(ignored)]
    if page:
        lines.insert(0, v.say("link.unknown_page", page=bold(page)))
    elements.warning(v.say("link.ignored"), lines, icon=":material/link_off:")


def _line(v: Question, part: Ignored) -> str:
    if part.why == "unknown_parameter":
        return v.say("link.unknown_parameter", parameter=bold(part.parameter))
    values = {"parameter": v.say(f"parameter.{part.parameter}"), "value": bold(part.value)}
    if part.why == "snapshot_gone":
        del values["parameter"]
        built_on = published_on(part.value)
        if built_on is not None:
            shown = v.say("link.shown_instead", shown=_shown(v, v.known, part))
            return sentences([v.say("changes.gone_snapshot", day=wording.day(v.language, built_on), **values), shown])
    line = v.say(f"link.{part.why}", **values)
    shown = _shown(v, v.known, part)
    return sentences([line, v.say("link.shown_instead", shown=shown)]) if shown else line


def _shown(v: Question, known: Known, part: Ignored) -> str:
    match part.parameter:
        case "from" | "to":
            return wording.period_label(v.language, v.scope.period)
        case "units":
            return units_shown(v)
        case "fields" | "procedures" | "channels" if not getattr(v.scope, part.parameter):
            return v.say(f"filter.all_{part.parameter}")
        case "root":
            return known.root_of[part.shown].name
        case "kind":
            return v.say(f"kind.{part.shown}")
        case "instrument":
            return next(
                (wording.instrument_title(v.language, each) for each in known.instruments if each.code == part.shown),
                "",
            )
        case "compare" | "on_time" | "boundaries":
            return v.say(f"{part.parameter}.{part.shown}")
        case "lang":
            return v.say(f"app.language_{part.shown}")
        case _:
            return part.shown
