"""The title of Trễ hạn and the lines under it."""

from collections.abc import Sequence

from comparison.figures.late_share import field_most_late
from comparison.figures.part_shown import of_one_unit
from comparison.figures.periods import period_caption
from comparison.forms.frames.lateness import field_against_rest
from comparison.forms.frames.shares import is_clear, total_of
from comparison.question import Question
from comparison.wording import findings

PAGE = "tre-han"


def titles(q: Question) -> Sequence[str]:
    """The late share and the field that is surely later than the rest; the periods; what counts as on time."""
    how = q.say(f"on_time.{q.scope.on_time}_help")
    return (
        of_one_unit(q, _title(q)),
        period_caption(q),
        q.say("lateness.caption", on_time=findings.lowered(q.say(f"on_time.{q.scope.on_time}")), how=how),
    )


def _title(q: Question) -> str:
    by_field = q.late(("field",))
    late = findings.Share(total_of(by_field), int(by_field["denominator"].sum()))
    top = field_most_late(q)
    if top is None:
        return findings.lateness_title(q.language, late, None, None)
    own, rest = field_against_rest(by_field, top.code)
    is_later = own.n > 0 and rest.n > 0 and own.value > rest.value and is_clear(own, rest)
    return findings.lateness_title(q.language, late, (top.name, own) if is_later else None, rest)
