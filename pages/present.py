"""Trình chiếu: the meeting. Chosen views as slides, or the briefings there are."""

from comparison.question import Question
from comparison.widgets.slides.address import slide_asked
from comparison.widgets.slides.briefing_list import briefing_list
from comparison.widgets.slides.stage import show_slide
from comparison.widgets.view import view


def show(v: Question) -> None:
    asked = slide_asked()
    if asked is None:
        briefing_list(v)
    else:
        show_slide(v, asked)


show(view())
