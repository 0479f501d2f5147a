"""Which units the table shows, and in which order: two choices that stand in the address, on a slide what has room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from comparison.figures.figure import Choice
from comparison.figures.overview.unit_rows import Answers
from comparison.figures.own_choice import own_choice
from comparison.forms.frames.slide_rows import slide_rows
from comparison.forms.unit_table import Column
from comparison.judgements.signals import EXCEPTIONS, Signals, Units, judged, standing_out
from comparison.judgements.unit_order import worst_first
from comparison.question import Question
from comparison.scope import Ignored
from comparison.statistics import COMPARED_FROM
from comparison.statistics.funnel import Good
from comparison.wording import findings

SHOW, ORDER = "show", "order"
_BY_NAME = "name"
# The measures that can be put in order, and which direction is good; counts tell of size, not of work.
_GOOD: dict[str, Good] = {"on_time": "up", "late": "down", "satisfaction": "up"}
# So many units late most in the field shown are on a slide, whether or not that is unusual for them.
_LATE_ON_SLIDE = 3


@dataclass(frozen=True)
class UnitsChosen:
    """units: (code, name) in order; order: a sentence on it, "" where it is that of their names."""

    units: Units
    order: str = ""
    choices: tuple[Choice, ...] = ()
    ignored: tuple[Ignored, ...] = ()


def units_chosen(
    q: Question, units: Units, columns: Sequence[Column], answers: Answers, signals: Signals
) -> UnitsChosen:
    """The units that the address asks for, in its order."""
    if len(units) < 2:
        return UnitsChosen(units)
    offered = {which: standing_out(signals, units, which) for which in EXCEPTIONS} if judged(signals, units) else {}
    show, not_shown = own_choice(q, SHOW, EXCEPTIONS) if offered else ("all", ())
    names = {column.key: findings.lowered(column.title) for column in columns if column.key in _GOOD}
    by, not_ordered = own_choice(q, ORDER, (_BY_NAME, *names))
    shown, order = _in_order(q, units, offered.get(show, units), by, names, answers)
    which = Choice(
        SHOW,
        q.say("parameter.show"),
        {
            each: q.say(f"signal.show_{each}", n=q.number(len(those)))
            for each, those in offered.items()
            if each in ("all", show) or those
        },
        show,
        help=q.say("signal.show_help"),
    )
    first = Choice(
        ORDER,
        q.say("parameter.order"),
        {_BY_NAME: q.say("order.by_name")} | {key: q.say("order.by", by=name) for key, name in names.items()},
        by,
        form="box",
        width=250,
    )
    return UnitsChosen(shown, order, (which, first) if offered else (first,), (*not_shown, *not_ordered))


def _in_order(
    q: Question, units: Units, shown: Units, by: str, names: Mapping[str, str], answers: Answers
) -> tuple[Units, str]:
    """Those shown, the worst of all first, and a sentence on that order, or on why they cannot be put in one."""
    if by == _BY_NAME:
        return shown, ""
    kinds = {q.known.unit_of[code].kind for code, _ in units}
    if len(kinds) > 1 or "department" in kinds:
        return shown, q.say("order.other_work", by=names[by])
    in_order = worst_first(answers[by], units, _GOOD[by])
    if in_order is None:
        return shown, q.say("order.refused", by=names[by])
    codes = {code for code, _ in shown}
    return [unit for unit in in_order if unit[0] in codes], q.say("order.note", by=names[by])


def units_with_room(units: Units, answers: Answers, signals: Signals, most: int) -> UnitsChosen:
    """At most so many: units with an exception, those late most, then the largest, by name."""
    exceptions = {code for code, _ in standing_out(signals, units, "exceptions")}
    if "late" in answers:
        compared = answers["late"].filter(pl.col("denominator") >= COMPARED_FROM)
        exceptions |= set(compared.sort("value", descending=True)["unit"].head(_LATE_ON_SLIDE))
    sizes = dict(answers["received"].select("unit", "numerator").iter_rows())
    kept = slide_rows([code for code, _ in units], exceptions, sizes, most)
    return UnitsChosen([unit for unit in units if unit[0] in kept])
