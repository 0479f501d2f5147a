"""The part of a root that is looked at, in words."""

from comparison.question import Question
from comparison.wording import short_unit_name
from comparison.wording.findings import lowered


def part_shown(v: Question) -> str:
    """The part of the root that is asked for: its units, and what else narrows it."""
    fields = {field.code: field.name for field in v.known.fields}
    parts = [units_shown(v)]
    for name in ("fields", "procedures", "channels"):
        codes = getattr(v.scope, name)
        if name == "fields" and len(codes) == 1:
            parts.append(fields[codes[0]])
        elif name == "channels" and len(codes) == 1:
            parts.append(v.say(f"channel.{codes[0]}"))
        elif codes:
            parts.append(v.say(f"filter.{name}_chosen", n=v.number(len(codes))))
    return "; ".join(parts)


def of_one_unit(v: Question, title: str) -> str:
    """A page's title with the unit before it where one alone is looked at: "X. Đông Hòa: đúng hạn 97,9 %"."""
    if len(v.scope.units) != 1:
        return title
    unit = short_unit_name(v.known.unit_of[v.scope.units[0]].name)
    return f"{unit}: {lowered(title) if v.language == 'vi' else title}"


def is_part(v: Question) -> bool:
    """Whether less than all of the usual kind of unit is looked at."""
    return any(getattr(v.scope, name) for name in ("units", "fields", "procedures", "channels"))


def units_shown(v: Question) -> str:
    """ "14 xã, phường": how many units are shown, of which kind; the name of one alone."""
    shown = v.scope.units or tuple(unit.code for unit in v.known.units_of(v.scope.root, v.scope.kind))
    if len(shown) == 1 and v.scope.kind != "district":
        return short_unit_name(v.known.unit_of[shown[0]].name)
    return v.units_counted(v.scope.kind, len(shown))
