"""What a model may have changed, and can be judged by."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True)
class Outcome:
    """A share by unit and month. `good` is the direction that helps people; `by_due_date`: counted in the month in
    which a case was due, so that what was received before a launch can be due after it."""

    name: str
    measure: str
    good: Literal["up", "down"]
    by_due_date: bool


OUTCOMES: MappingProxyType[str, Outcome] = MappingProxyType(
    {
        "satisfaction": Outcome("satisfaction", "satisfaction", "up", by_due_date=False),
        "on_time": Outcome("on_time", "on_time_due", "up", by_due_date=True),
        "late": Outcome("late", "late", "down", by_due_date=True),
    }
)
