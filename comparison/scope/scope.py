"""The one question that a page, a command or a report asks: built once, read by everything."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from comparison.scope.periods import Period

Compare = Literal["previous", "year", "none"]
OnTime = Literal["due", "resolved", "first_due"]
Boundaries = Literal["now", "then"]

_LISTS = ("units", "fields", "procedures", "channels")


@dataclass(frozen=True)
class Scope:
    """What is asked of which snapshot. Codes throughout; an empty tuple means all, kind None every kind of unit.

    Codes are kept sorted and once each, so that the same question is the same cache key. `instrument` None means
    the only survey instrument of the root.
    """

    snapshot: str
    root: str
    period: Period
    compare: Compare = "year"
    kind: str | None = None
    units: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    instrument: str | None = None
    on_time: OnTime = "due"
    boundaries: Boundaries = "now"

    def __post_init__(self) -> None:
        for name in _LISTS:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))

    def with_(self, **changes: Any) -> "Scope":
        """The same question with these attributes changed. Raises TypeError on a name that is none."""
        return replace(self, **changes)

    def comparison_period(self) -> Period | None:
        """The period to compare with; None if no comparison is asked, or none exists (a period beyond a year)."""
        if self.compare == "none":
            return None
        return self.period.previous() if self.compare == "previous" else self.period.year_before()

    def compared(self) -> "Scope | None":
        """The same question of the comparison period, every filter kept; None where there is no comparison."""
        period = self.comparison_period()
        return None if period is None else self.with_(period=period, compare="none")
