"""The frame of a figure that has nothing to show."""

from typing import Literal

from comparison.figures.figure import Missing
from comparison.figures.missing import missing as made_missing
from comparison.question import Question
from comparison.widgets.figure.figures import empty


def missing(v: Question, *, title: str, page: str, kind: Literal["cases", "survey_answers"] = "cases") -> None:
    """An empty figure of `page` (its place in the address), for want of cases or of answer sheets in the period."""
    made = made_missing(v, title=title, page=page, kind=kind)
    assert isinstance(made.body, Missing), "that is what is made"
    empty(v, title=made.title, message=made.body.message, hint=made.body.hint, link=made.body.link, source=made.source)
