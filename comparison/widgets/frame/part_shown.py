"""The part of a root that is looked at, in words."""

from comparison.widgets.frame.opening import units_shown
from comparison.widgets.view import View


def part_shown(v: View) -> str:
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


def is_part(v: View) -> bool:
    """Whether less than all of the usual kind of unit is looked at."""
    return any(getattr(v.scope, name) for name in ("units", "fields", "procedures", "channels"))
