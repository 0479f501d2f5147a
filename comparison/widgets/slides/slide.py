"""The one figure of a slide, drawn alone from a scope: the same as on its page."""

from comparison.charts.frames.shares import total_of
from comparison.figures import slide_figures
from comparison.figures.missing import missing
from comparison.figures.part_shown import is_part, part_shown
from comparison.question import Question
from comparison.widgets.figure.slide_frame import slide_heading, slide_text
from comparison.widgets.frame.show import show_made_on_slide, show_on_slide


def draw_slide(v: Question, key: str) -> None:
    """Draw the figure with this key; where its scope leaves nothing to draw, say so in its place."""
    assert v.slide is not None, "only a slide is drawn here"
    if key not in slide_figures():
        slide_heading(v, v.say("briefing.unknown_view", view=key))
        slide_text(v, [("", v.say("briefing.unknown_view_next", views=", ".join(slide_figures())))])
        return
    if show_on_slide(v, key):
        return
    v.slide.lead = part_shown(v) if is_part(v) else ""
    if total_of(v.measure("received")) + total_of(v.measure("resolved")):
        slide_heading(v, v.say("briefing.nothing_drawn"))
        slide_text(v, [("", v.say("briefing.nothing_drawn_why"))])
    else:
        show_made_on_slide(v, key, missing(v, title=v.say("briefing.nothing_drawn"), page=slide_figures()[key].page))
