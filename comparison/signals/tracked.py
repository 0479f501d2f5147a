"""What is watched month by month, and which measure answers for it."""

from dataclasses import dataclass
from types import MappingProxyType

from comparison.scope import OnTime
from comparison.statistics.variation import Good


@dataclass(frozen=True)
class Tracked:
    """A share of cases or answers, or cases a working day (`is_count`). `good`: the direction that helps people."""

    name: str
    good: Good
    is_count: bool = False
    is_survey: bool = False


# The stock overdue at the end of a month is left out: most of it is the month before's, so that months are no draws of
# their own and the limits of a chart would be wrong.
TRACKED: MappingProxyType[str, Tracked] = MappingProxyType(
    {
        "received": Tracked("received", None, is_count=True),
        "on_time": Tracked("on_time", "up"),
        "late": Tracked("late", "down"),
        "satisfaction": Tracked("satisfaction", "up", is_survey=True),
    }
)
_ON_TIME: dict[OnTime, str] = {"due": "on_time_due", "resolved": "on_time_resolved", "first_due": "on_time_first_due"}


def measure_of(tracked: Tracked, on_time: OnTime) -> str:
    """The measure whose numerator is counted; for what is late by another way of counting, the one to turn round."""
    if tracked.name == "late" and on_time == "due":
        return "late"
    return _ON_TIME[on_time] if tracked.name in ("on_time", "late") else tracked.name


def is_turned(tracked: Tracked, on_time: OnTime) -> bool:
    """Whether the measure counts those that are not meant."""
    return tracked.name == "late" and on_time != "due"
