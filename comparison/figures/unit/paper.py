"""What a sheet of paper says of rows that it leaves out."""

from comparison.question import Question
from comparison.wording.texts import Html, markup


def more_on_paper(q: Question, key: str, left_out: int) -> Html:
    """A line that is printed only; none where nothing is left out."""
    return markup('<p class="ds-paper">{}</p>', q.say(key, n=q.number(left_out))) if left_out > 0 else Html()
