"""From a page that a slide led to, back to the slide."""

from comparison.frame import elements
from comparison.frame.slides.address import slide_left
from comparison.question import Question


def way_back(v: Question) -> None:
    """A link to the slide that this page was opened from; nothing where it was not."""
    left = slide_left()
    if left is None:
        return
    number, title, address = left
    elements.page_link(
        "pages/present.py", label=v.say("briefing.back", n=v.number(number), title=title),
        icon=":material/arrow_back:", query_params=address,
    )  # fmt: skip
