"""Which units are compared, of which kind and with whom; why none can be yet."""

from collections.abc import Sequence

from comparison.figures.beside import REST, Beside
from comparison.figures.figure import Choice, Made, Words
from comparison.figures.kinds import kind_asked, kinds_with
from comparison.figures.own_choice import own_choice
from comparison.forms.unit_lines import MOST_LINES
from comparison.measures.case_lists import units_asked
from comparison.measures.memory import remembered
from comparison.question import Question
from comparison.scope import Ignored
from comparison.wording import short_unit_name

PAGE = "so-sanh"
# The page's own parameter that names the one compared with.
BASE = "base"
LEAST = 2


@remembered(64)
def beside_asked(q: Question) -> Beside | None:
    """The chosen units beside each other; None where too few or too many of one kind are chosen."""
    units = units_asked(q.warehouse, q.scope, q.viewer)
    kind = kind_asked(q, [code for code, _ in units])
    if kind is None or kind not in kinds_with(q, LEAST) or not LEAST <= len(units) <= MOST_LINES:
        return None
    return Beside(q, kind, units, _base(q, kind, units)[0])


def ignored(q: Question, beside: Beside) -> tuple[Ignored, ...]:
    """What the address names to compare with and is not there."""
    return _base(q, beside.kind, beside.units)[1]


def _base(q: Question, kind: str, units: Sequence[tuple[str, str]]) -> tuple[str, tuple[Ignored, ...]]:
    """With the first of them, unless the address names another or the rest."""
    return own_choice(q, BASE, [code for code, _ in units] + ([] if kind == "department" else [REST]))


def why_nothing(q: Question) -> str:
    """Why nothing can be compared yet, and what to choose."""
    units = units_asked(q.warehouse, q.scope, q.viewer)
    kind, kinds = kind_asked(q, [code for code, _ in units]), kinds_with(q, LEAST)
    if not kinds:
        return q.say("compare_units.nobody")
    if kind is None:
        return q.say("compare_units.several_kinds")
    if kind not in kinds:
        return q.say("compare_units.only_one", kind=q.say(f"kind.{kind}"))
    if len(units) > MOST_LINES and q.scope.units:
        return q.say("compare_units.too_many", n=q.number(len(units)), most=q.number(MOST_LINES))
    if len(units) < LEAST:
        return q.say("compare_units.too_few")
    return q.say("compare_units.none_chosen", n=q.number(len(units)), most=q.number(MOST_LINES))


def no_units(q: Question) -> Made:
    """In place of a figure where nothing can be compared yet."""
    return Made(title=q.say("compare_units.subject_any"), body=Words((("", why_nothing(q)),)))


def base_choice(q: Question) -> Choice | None:
    """What the units are compared with, once there are some."""
    beside = beside_asked(q)
    if beside is None:
        return None
    names = {code: short_unit_name(name) for code, name in beside.units}
    if beside.kind != "department":
        names[REST] = q.say("compare_units.rest")
    options = {code: q.say("compare_units.against", base=name) for code, name in names.items()}
    return Choice(BASE, q.say("parameter.base"), options, beside.base, form="box", width=320)
