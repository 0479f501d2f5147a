"""What a model may have changed, and can be judged by. One more is an entry here and its words in both catalogues."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from comparison.measures import catalogue


@dataclass(frozen=True)
class Outcome:
    """A share by unit and month.

    by_due_date: counted in the month in which a case was due, so that what was received before a launch can be due
    after it. in_field: looked at in the fields chosen, or the one with most late cases. is_finding: findings speak of
    it. counted: the message that says x of n. rests_on, methods: parts of the messages of its source and its method.
    """

    name: str
    measure: str
    by_due_date: bool
    counted: str
    rests_on: Literal["sheets", "due"]
    methods: tuple[str, ...]
    in_field: bool = False
    is_finding: bool = True

    @property
    def good(self) -> Literal["up", "down", "none"]:
        """The direction that helps people."""
        return catalogue()[self.measure].good

    @property
    def is_survey(self) -> bool:
        return catalogue()[self.measure].is_survey


_DUE = ("life_due",)
OUTCOMES: MappingProxyType[str, Outcome] = MappingProxyType(
    {
        each.name: each
        for each in (
            Outcome("satisfaction", "satisfaction", False, "hover.satisfied", "sheets", ("hiding",)),
            Outcome("on_time", "on_time_due", True, "hover.on_time", "due", _DUE),
            Outcome("late", "late", True, "hover.late", "due", _DUE, in_field=True, is_finding=False),
        )
    }
)
