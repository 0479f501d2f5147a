"""Each view that can be a slide, drawn alone from a scope: the same figure as on its page."""

from collections.abc import Callable
from functools import partial

from comparison.charts.frames.shares import total_of
from comparison.figures import figures
from comparison.figures.part_shown import is_part, part_shown
from comparison.life import OUTCOMES
from comparison.question import Question
from comparison.widgets.compare.choice import beside_asked, why_nothing
from comparison.widgets.compare.mix import side_mix
from comparison.widgets.compare.months import MEASURED, side_month_lines
from comparison.widgets.compare.table import side_by_side
from comparison.widgets.figure.figures import heading
from comparison.widgets.figure.missing import missing
from comparison.widgets.figure.slide_frame import slide_text
from comparison.widgets.figure.slide_keys import VIEWS
from comparison.widgets.frame.show import show_on_slide
from comparison.widgets.slides.model_views import (
    all_models_table,
    model_conclusions,
    model_criteria,
    model_placebos,
    model_units,
    of_model,
    show_all_models,
    show_model_life,
    show_model_verdict,
)
from comparison.widgets.unit.beside import Beside

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


def _beside(v: Question, draw: Callable[[Question, Beside], None]) -> None:
    beside = beside_asked(v)
    if beside is None:
        heading(v.say("compare_units.subject_any"))
        slide_text(v, [("", why_nothing(v))])
    elif v.has_data:
        draw(v, beside)


def _side_by_side(v: Question, beside: Beside) -> None:
    side_by_side(v, beside, beside.share_rows())


_DRAW: dict[str, Draw] = {
    "ket-luan-mo-hinh": show_model_verdict,
    "dong-thoi-gian": show_all_models,
    "danh-muc-mo-hinh": partial(of_model, draw=all_models_table),
    "don-vi-lam-mo-hinh": partial(of_model, draw=model_units),
    "tieu-chi": partial(of_model, draw=model_criteria),
    "ket-luan": partial(of_model, draw=model_conclusions),
    "vi-tri": partial(of_model, draw=model_placebos),
    "tu-khi-bat-dau": show_model_life,
    **{f"tu-khi-bat-dau-{name}": partial(show_model_life, outcome=name) for name in OUTCOMES},
    "so-sanh-don-vi": partial(_beside, draw=_side_by_side),
    **{f"so-sanh-thang-{name}": partial(_beside, draw=partial(side_month_lines, name=name)) for name in MEASURED},
    "so-sanh-linh-vuc": partial(_beside, draw=side_mix),
}
