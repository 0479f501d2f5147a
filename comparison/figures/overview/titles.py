"""The title of Tổng quan and the line under it."""

from collections.abc import Sequence

from comparison.figures.late_share import field_most_late
from comparison.figures.part_shown import of_one_unit
from comparison.figures.periods import period_caption
from comparison.forms.frames.shares import change_between
from comparison.measures.on_time import ON_TIME
from comparison.question import Question
from comparison.wording import findings
from comparison.wording.findings import share_of

PAGE = ""


def titles(q: Question) -> Sequence[str]:
    """How much is on time, and whether that changed; the periods."""
    return of_one_unit(q, on_time_title(q)), period_caption(q)


def on_time_title(q: Question) -> str:
    """How much is on time, whether that changed, and which field most late cases are in where several are asked."""
    on_time, most = ON_TIME[q.scope.on_time], field_most_late(q)
    now = share_of(q.measure(on_time, scope=q.now))
    before = share_of(q.measure(on_time, scope=q.compared)) if q.compared else None
    named = (most.name, most.late.x) if most and len(q.scope.fields) != 1 else None
    return findings.overview_title(q.language, now, change_between(now, before), now.n - now.x, named)
