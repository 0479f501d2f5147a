"""Periods of whole days: the presets people choose from, and what each is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

PeriodKind = Literal["month", "quarter", "half_year", "year", "custom"]
CalendarKind = Literal["month", "quarter", "half_year", "year"]

MONTHS: dict[CalendarKind, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}

_DAY = timedelta(days=1)
# From the 29th on, some months have no such day, so a span between two of them is not a number of months.
_LAST_DAY_OF_EVERY_MONTH = 28


@dataclass(frozen=True, order=True)
class Period:
    """From one day to another, both included. Raises ValueError if it ends before it starts."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise ValueError(f"a period cannot end on {self.ends_on} before it starts on {self.starts_on}")

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def kind(self) -> PeriodKind:
        """Which calendar period this is exactly, else "custom"."""
        return next((kind for kind in MONTHS if calendar_period(self.starts_on, kind) == self), "custom")

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def previous(self) -> "Period":
        """The period before this one.

        A whole month, quarter, half-year or year: the one before. The beginning of one (the smallest it fits in): the
        same number of months, or else of days, from the start of the one before, and never beyond its end. Whole
        months from another day, as 15th to 14th: as many months just before. Anything else: as many days just before.
        """
        for kind, months in MONTHS.items():
            around = calendar_period(self.starts_on, kind)
            if around.starts_on == self.starts_on and self.ends_on <= around.ends_on:
                return self._moved(-months, self.starts_on - _DAY)
        whole_months = self._whole_months()
        if whole_months:
            return self._moved(-whole_months, self.starts_on - _DAY)
        return Period(self.starts_on - timedelta(days=self.days), self.starts_on - _DAY)

    def year_before(self) -> "Period | None":
        """The same period a year earlier; None if this one is longer than a year, as the two would overlap.

        Whole months become the same months; anything else as many days, from the same start.
        """
        if self.ends_on >= add_months(self.starts_on, 12):
            return None
        return self._moved(-12, self.starts_on - _DAY)

    def _whole_months(self) -> int:
        """How many months this is exactly, from its own day of the month; 0 if it is not."""
        after = self.ends_on + _DAY
        if after.day != self.starts_on.day or after.day > _LAST_DAY_OF_EVERY_MONTH:
            return 0
        return (after.year - self.starts_on.year) * 12 + after.month - self.starts_on.month

    def _moved(self, months: int, latest_end: date) -> "Period":
        starts_on = add_months(self.starts_on, months)
        whole_months = self._whole_months()
        if whole_months:
            return Period(starts_on, min(add_months(starts_on, whole_months) - _DAY, latest_end))
        return Period(starts_on, min(starts_on + timedelta(days=self.days - 1), latest_end))


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later (earlier if negative), or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), after - _DAY)


def calendar_period(day: date, kind: CalendarKind) -> Period:
    """The month, quarter, half-year or year that holds this day."""
    months = MONTHS[kind]
    starts_on = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(starts_on, add_months(starts_on, months) - _DAY)


def last_full(kind: CalendarKind, cut_off: date) -> Period:
    """The newest whole month, quarter, half-year or year that ended by the cut-off, that day included."""
    holding = calendar_period(cut_off, kind)
    return holding if holding.ends_on == cut_off else calendar_period(holding.starts_on - _DAY, kind)


def year_to_date(cut_off: date) -> Period:
    """From 1 January to the cut-off."""
    return Period(date(cut_off.year, 1, 1), cut_off)


def full_periods(kind: CalendarKind, covers_from: date, cut_off: date) -> tuple[Period, ...]:
    """Every whole month, quarter, half-year or year from the first covered day to the cut-off, newest first."""
    found = []
    period = last_full(kind, cut_off)
    while period.starts_on >= covers_from:
        found.append(period)
        period = calendar_period(period.starts_on - _DAY, kind)
    return tuple(found)
