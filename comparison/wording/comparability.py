"""How far two periods can be compared, in one line: "So được, lưu ý: kỳ này nhiều hơn 2 ngày làm việc (…)."."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from comparison.scope import Language
from comparison.statistics.comparability import (
    ChangedUnits,
    Comparability,
    Faults,
    Instruments,
    MissingUnits,
    Reason,
    Sources,
    TetDays,
    UnitSpan,
    WorkingDays,
)
from comparison.wording.catalogue import say
from comparison.wording.dates import day
from comparison.wording.names import short_unit_name
from comparison.wording.numbers import number, percent

# More names than these do not fit on a line beside a figure; the rest is counted.
_MOST_NAMED = 3


@dataclass(frozen=True)
class Names:
    """What codes are called: units, sources and survey instruments; a code without a name stands for itself."""

    units: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    instruments: Mapping[str, str] = field(default_factory=dict)


def verdict_line(language: Language, verdict: Comparability, names: Names) -> str:
    """ "Hai kỳ so sánh được với nhau.", or what to mind: "Cẩn thận khi so: Tết chỉ rơi vào kỳ này (…); …"."""
    if not verdict.reasons:
        return say(language, "comparability.same")
    reasons = "; ".join(reason_text(language, reason, names) for reason in verdict.reasons)
    return say(language, f"comparability.{verdict.level.name.lower()}", reasons=reasons)


def reason_text(language: Language, reason: Reason, names: Names) -> str:
    """One reason as a part of a sentence, without capital or full stop."""
    match reason:
        case WorkingDays(_, now, before):
            values = {"apart": abs(now - before), "now": now, "before": before}
            written = {name: number(language, value) for name, value in values.items()}
            key = "working_days_more" if now > before else "working_days_fewer"
            return say(language, f"comparability.{key}", **written)
        case TetDays(_, now, before):
            if now and before:
                both = {"now": number(language, now), "before": number(language, before)}
                return say(language, "comparability.tet_both", **both)
            side = "now" if now else "before"
            return say(language, f"comparability.tet_{side}", n=number(language, now or before))
        case Sources(_, now, before):
            return _of_sides(language, "sources", *(_named(codes, names.sources) for codes in (now, before)))
        case MissingUnits(_, now, before):
            sides = ([unit for unit, _ in units] for units in (now, before))
            return _of_sides(language, "units", *(_unit_names(units, names) for units in sides))
        case ChangedUnits(_, spans):
            told = [_span_text(language, span, names) for span in spans]
            return say(language, "comparability.units_changed", units=_listed(language, told))
        case Instruments(_, now, before):
            titles = [_named(codes, names.instruments) for codes in (now, before)]
            if not now or not before:
                return _of_sides(language, "instruments", *titles)
            both = {"now": _listed(language, titles[0]), "before": _listed(language, titles[1])}
            return say(language, "comparability.instruments", **both)
        case Faults(_, now_share, before_share):
            shares = {"now": percent(language, now_share), "before": percent(language, before_share)}
            return say(language, "comparability.faults", **shares)


def _of_sides(language: Language, what: str, now: Sequence[str], before: Sequence[str]) -> str:
    """What is to be said of one period, or of both: "kỳ này không có hồ sơ của X. Một"."""
    sides = [("now", now), ("before", before)]
    return "; ".join(
        say(language, f"comparability.{what}_{side}", names=_listed(language, told)) for side, told in sides if told
    )


def _span_text(language: Language, span: UnitSpan, names: Names) -> str:
    unit = _unit_names([span.unit], names)[0]
    if span.valid_from and span.valid_to:
        first, last = day(language, span.valid_from), day(language, span.valid_to)
        return say(language, "comparability.unit_from_to", unit=unit, first=first, last=last)
    key, on = ("unit_from", span.valid_from) if span.valid_from else ("unit_to", span.valid_to)
    assert on is not None, "a unit that changed began or ended"
    return say(language, f"comparability.{key}", unit=unit, day=day(language, on))


def _unit_names(codes: Sequence[str], names: Names) -> list[str]:
    return [short_unit_name(name) for name in _named(codes, names.units)]


def _named(codes: Sequence[str], names: Mapping[str, str]) -> list[str]:
    return [names.get(code, code) for code in codes]


def _listed(language: Language, told: Sequence[str]) -> str:
    named = ", ".join(told[:_MOST_NAMED])
    left = len(told) - _MOST_NAMED
    return say(language, "comparability.and_more", names=named, n=number(language, left)) if left > 0 else named
