"""How a unit's use of a model stands against its plan."""

from datetime import date
from typing import Literal

Adoption = Literal["planned", "behind", "running", "ended"]


def adoption_on(day: date, planned: date | None, begun: date | None, ended: date | None) -> Adoption:
    """What it is on a day. planned, begun: the first day of it by the plan and indeed; ended: the first day without;
    each None where there is none. "behind": planned for that day or before, and not begun."""
    if ended is not None and ended <= day:
        return "ended"
    if begun is not None and begun <= day:
        return "running"
    return "behind" if planned is not None and planned <= day else "planned"
