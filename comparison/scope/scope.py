"""The one question that a page, a command or a report asks: built once, read by everything."""

from dataclasses import dataclass, replace
from datetime import date
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

    def comparison_period(self, cut_off: date | None = None) -> Period | None:
        """The period to compare with; None if no comparison is asked, or none exists (a period beyond a year).

        cut_off: the last day up to which data can be compared. A period that ends after it is unfinished: its part up
        to then (`comparable`) has as many days, from the start of the period it is compared with, never beyond its end.
        """
        if self.compare == "none":
            return None
        part = self.period if cut_off is None else self.period.until(cut_off)
        if part is None:
            return None
        whole = self.period.previous() if self.compare == "previous" else self._year_before(part)
        return whole.first(part.days) if whole and part != self.period else whole

    def _year_before(self, part: Period) -> Period | None:
        # A period beyond a year has no year before, but what there is of it may be shorter.
        return self.period.year_before() or part.year_before()

    def compared(self, cut_off: date | None = None) -> "Scope | None":
        """The same question of the comparison period, every filter kept; None where there is no comparison."""
        period = self.comparison_period(cut_off)
        return None if period is None else self.with_(period=period, compare="none")

    def comparable(self, cut_off: date) -> "Scope | None":
        """The same question of the days that `compared` stands beside; None if the period starts after the cut-off."""
        period = self.period.until(cut_off)
        return None if period is None else self.with_(period=period, compare="none")
