"""Which unit is looked at, beside the rest of its kind; the title of its page and the lines under it."""

from collections.abc import Sequence

from comparison.figures.beside import REST, Beside, shares_of
from comparison.figures.periods import period_caption
from comparison.measures.case_lists import units_asked
from comparison.measures.memory import remembered
from comparison.measures.on_time import ON_TIME
from comparison.question import Question
from comparison.wording import kind_of_one, place_within
from comparison.wording.findings import Share

PAGE = "ho-so-don-vi"


@remembered(64)
def beside_asked(q: Question) -> Beside | None:
    """The unit asked for, on the days that count beside the comparison; None where not exactly one is."""
    units = units_asked(q.warehouse, q.scope, q.viewer)
    if len(units) != 1:
        return None
    return beside_rest(q.asking(q.now), units[0], q.known.unit_of[units[0][0]].kind)


def beside_rest(
    q: Question, unit: tuple[str, str], kind: str, fields: Sequence[tuple[str, str]] | None = None
) -> Beside:
    """One unit beside the rest of its kind."""
    return Beside(q, kind, (unit,), REST, None if fields is None else tuple(fields))


def titles(q: Question) -> Sequence[str]:
    """The unit, what is on time and overdue; the periods; what the unit is. Without one, how many there are."""
    now = beside_asked(q)
    if now is None:
        n = len(units_asked(q.warehouse, q.scope, q.viewer))
        key = "unit_profile.none_chosen" if n else "unit_profile.nobody"
        return q.say("menu.unit"), q.say(key, n=q.number(n)) if n else q.say(key)
    return _title(q, now), period_caption(q), _caption(q, now, now.kind)


def _title(q: Question, now: Beside) -> str:
    """The unit, how much of its work is on time, and what is overdue."""
    ((code, name),) = now.units
    on_time = shares_of(q.measure(ON_TIME[q.scope.on_time], ("unit",), now.whole)).get(code, Share(0, 0))
    overdue = now.counts("overdue_open")[code]
    if not on_time.is_enough or overdue is None:
        return name
    return q.say(
        "unit_profile.title",
        unit=name,
        share=q.percent(on_time.value),
        overdue=q.say("unit_profile.none_overdue")
        if overdue == 0
        else q.say("unit_profile.overdue", n=q.number(overdue)),
    )


def _caption(q: Question, now: Beside, kind: str) -> str:
    """What the unit is and of which place, and the snapshot: "Xã thuộc huyện Tân Phước Đông. …"."""
    ((code, name),) = now.units
    what, snapshot = kind_of_one(q.language, kind, name), q.warehouse.id
    if code == q.scope.root:
        return q.say("unit_profile.caption_root", what=what, snapshot=snapshot)
    root = place_within(q.language, q.known.root_of[q.scope.root].name)
    return q.say("unit_profile.caption", what=what, root=root, snapshot=snapshot)
