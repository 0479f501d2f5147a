"""The one figure of a slide, alone: the same as on its page."""

from comparison.figures import slide_figures
from comparison.figures.figure import Made, Words, made_of
from comparison.figures.missing import missing
from comparison.forms.frames.shares import total_of
from comparison.forms.place import SLIDE
from comparison.frame.show import show_on_slide
from comparison.question import Question


def draw_slide(v: Question, key: str, title: str) -> str:
    """Draw the figure with this key under a title of one's own ("": its own), and give what it rests on; where its
    scope leaves nothing to draw, say so in its place."""
    figure = slide_figures().get(key)
    made = _unknown(v, key) if figure is None else made_of(figure, v, SLIDE) or _nothing(v, figure.page)
    show_on_slide(v, key, made, title)
    return made.source


def _unknown(v: Question, key: str) -> Made:
    there = v.say("briefing.unknown_view_next", views=", ".join(slide_figures()))
    return Made(title=v.say("briefing.unknown_view", view=key), body=Words((("", there),)))


def _nothing(v: Question, page: str) -> Made:
    title = v.say("briefing.nothing_drawn")
    if total_of(v.measure("received")) + total_of(v.measure("resolved")):
        return Made(title=title, body=Words((("", v.say("briefing.nothing_drawn_why")),)))
    return missing(v, title=title, page=page)
