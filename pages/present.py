"""Trình chiếu: the meeting. Chosen views as slides, or the briefings there are."""

from comparison.frame.slides.address import slide_asked
from comparison.frame.slides.briefing_list import briefing_list
from comparison.frame.slides.stage import show_slide
from comparison.frame.view import view
from comparison.question import Question


def show(v: Question) -> None:
    asked = slide_asked()
    if asked is None:
        briefing_list(v)
    else:
        show_slide(v, asked)


show(view())
