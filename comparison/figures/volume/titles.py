"""The title of Khối lượng and the line under it."""

from collections.abc import Sequence

from comparison.figures.part_shown import of_one_unit
from comparison.figures.periods import period_caption
from comparison.forms.frames.shares import total_of
from comparison.question import Question
from comparison.wording import findings

PAGE = "khoi-luong"


def titles(q: Question) -> Sequence[str]:
    """What was received, by how much more or less than before, and resolved; the periods."""
    received, resolved = (total_of(q.measure(name, scope=q.now)) for name in ("received", "resolved"))
    before = total_of(q.measure("received", scope=q.compared)) if q.compared else None
    return of_one_unit(q, findings.volume_title(q.language, received, before, resolved)), period_caption(q)
