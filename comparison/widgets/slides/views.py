"""Each view that can be a slide, drawn alone from a scope: the same figure as on its page."""

from collections.abc import Callable
from functools import partial

from comparison.charts.frames.lateness import LAND
from comparison.charts.frames.overview import most_late
from comparison.charts.frames.shares import total_of
from comparison.figures import figures
from comparison.figures.part_shown import is_part, part_shown
from comparison.measures.case_lists import units_asked
from comparison.question import Question
from comparison.signals import TRACKED, unit_signals
from comparison.widgets.figure.figures import heading
from comparison.widgets.figure.missing import missing
from comparison.widgets.figure.slide_frame import slide_text
from comparison.widgets.figure.slide_keys import VIEWS
from comparison.widgets.frame.show import show_on_slide
from comparison.widgets.overview.tiles import show_tiles
from comparison.widgets.overview.units import show_units
from comparison.widgets.signals.charts import signal_charts
from comparison.wording import findings

Draw = Callable[[Question], object]


def draw_slide(v: Question, key: str) -> None:
    """Draw the view with this key; where its scope leaves nothing to draw, say so in its place."""
    assert v.slide is not None, "only a slide is drawn here"
    draw = (lambda v: show_on_slide(v, key)) if key in figures() else _DRAW.get(key)
    if draw is None:
        heading(v.say("briefing.unknown_view", view=key))
        slide_text(v, [("", v.say("briefing.unknown_view_next", views=", ".join(VIEWS)))])
        return
    v.slide.lead = part_shown(v) if is_part(v) else ""
    draw(v)
    if v.slide.is_drawn:
        return
    if total_of(v.measure("received")) + total_of(v.measure("resolved")):
        heading(v.say("briefing.nothing_drawn"))
        slide_text(v, [("", v.say("briefing.nothing_drawn_why"))])
    else:
        missing(v, title=v.say("briefing.nothing_drawn"), page=VIEWS[key])


def _top_field(v: Question) -> tuple[str, str] | None:
    top = most_late(v.late(("field",)), LAND)
    return (top[0], top[1]) if top else None


def _tiles(v: Question) -> None:
    show_tiles(v, _top_field(v))


def _units(v: Question) -> None:
    show_units(v, _top_field(v))


def _signal(v: Question, tracked: str) -> None:
    units = units_asked(v.warehouse, v.scope, v.viewer)
    top = _top_field(v)
    if len(units) != 1:
        heading(v.say("briefing.one_unit"))
        slide_text(v, [("", v.say("briefing.one_unit_next"))])
        return
    is_late = tracked == "late" and top is not None
    scope = v.scope.with_(fields=(top[0],)) if is_late and top else v.scope
    charts = unit_signals(v.warehouse, scope, v.viewer, tracked)
    own = next((chart for chart in charts if chart.unit == units[0][0]), None)
    signal_charts(v, {tracked: own} if own else {}, findings.within(v.language, top[1]) if is_late and top else "")


_DRAW: dict[str, Draw] = {
    "o-so-lieu": _tiles,
    "don-vi": _units,
    **{f"dau-hieu-{name}": partial(_signal, tracked=name) for name in TRACKED},
}
