"""Periods of whole days, by calendar or by the statutory reckoning: the presets, and what each is compared with.

A statutory month runs from the 15th of the month before to the 14th: decree 09/2019/NĐ-CP on periodic reports. Such
months make quarters, half-years and years: the year 2025 runs from 15/12/2024 to 14/12/2025.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

PeriodKind = Literal["month", "quarter", "half_year", "year", "custom"]
CalendarKind = Literal["month", "quarter", "half_year", "year"]
StatutoryKind = Literal["month", "quarter", "half_year", "nine_months", "year"]
Reckoning = Literal["calendar", "statutory"]
PresetName = Literal[
    "last_month", "last_quarter", "month_to_date", "quarter_to_date", "half_year_to_date", "year_to_date"
]

MONTHS: dict[CalendarKind, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
RECKONINGS: tuple[Reckoning, ...] = ("calendar", "statutory")

_DAY = timedelta(days=1)
# From the 29th on, some months have no such day, so a span between two of them is not a number of months.
_LAST_DAY_OF_EVERY_MONTH = 28
_STATUTORY_FIRST_DAY = 15
_NINE_MONTHS = 9


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

    @property
    def statutory(self) -> StatutoryKind | None:
        """Which statutory period this is exactly, nine months from the start of the year included; None if it is none.

        No period is both: the statutory ones start on the 15th, those of `kind` on the 1st.
        """
        if self.starts_on.day != _STATUTORY_FIRST_DAY:
            return None
        if self == nine_months(self.starts_on, "statutory"):
            return "nine_months"
        return next((kind for kind in MONTHS if period_of(self.starts_on, kind, "statutory") == self), None)

    @property
    def reckoning(self) -> Reckoning:
        """ "statutory" for a statutory period and the beginning of one, else "calendar"."""
        return "statutory" if self._begins("statutory") else "calendar"

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def previous(self) -> "Period":
        """The period before this one.

        A whole month, quarter, half-year or year, calendar or statutory: the one before. The beginning of one (the
        smallest it fits in): the same number of months, or else of days, from the start of the one before, and never
        beyond its end. Other whole months: as many months just before. Anything else: as many days just before.
        """
        kind = self._begins("calendar") or self._begins("statutory")
        if kind:
            return self._moved(-MONTHS[kind], self.starts_on - _DAY)
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

    def until(self, day: date) -> "Period | None":
        """The part of this period up to a day, that day included; None if the period starts after it."""
        return Period(self.starts_on, min(day, self.ends_on)) if self.starts_on <= day else None

    def within(self, other: "Period") -> "Period | None":
        """The part of this period that another has too; None where they have no day in common."""
        starts_on, ends_on = max(self.starts_on, other.starts_on), min(self.ends_on, other.ends_on)
        return Period(starts_on, ends_on) if starts_on <= ends_on else None

    def first(self, days: int) -> "Period":
        """The first so many days of this period, at most all of them. Raises ValueError if days is below 1."""
        return Period(self.starts_on, min(self.starts_on + timedelta(days=days - 1), self.ends_on))

    def _begins(self, reckoning: Reckoning) -> CalendarKind | None:
        """The smallest period of a reckoning that this one is, or is the beginning of."""
        for kind in MONTHS:
            around = period_of(self.starts_on, kind, reckoning)
            if around.starts_on == self.starts_on and self.ends_on <= around.ends_on:
                return kind
        return None

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


@cache
def calendar_period(day: date, kind: CalendarKind) -> Period:
    """The month, quarter, half-year or year that holds this day."""
    months = MONTHS[kind]
    starts_on = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(starts_on, add_months(starts_on, months) - _DAY)


@cache
def statutory_period(day: date, kind: CalendarKind) -> Period:
    """The statutory month, quarter, half-year or year that holds this day."""
    month = day.replace(day=1)
    namesake = calendar_period(add_months(month, 1) if day.day >= _STATUTORY_FIRST_DAY else month, kind)
    return _statutory_of(namesake)


def period_of(day: date, kind: CalendarKind, reckoning: Reckoning) -> Period:
    """The period of a reckoning that holds this day."""
    return calendar_period(day, kind) if reckoning == "calendar" else statutory_period(day, kind)


def nine_months(day: date, reckoning: Reckoning) -> Period:
    """The first nine months of the year that holds this day: reports are due on them too."""
    starts_on = period_of(day, "year", reckoning).starts_on
    return Period(starts_on, add_months(starts_on, _NINE_MONTHS) - _DAY)


def namesake(period: Period) -> Period:
    """The calendar period that a statutory one is named after: 15/12/2025–14/03/2026 -> 01/01–31/03/2026, and back."""
    if period.starts_on.day == 1:
        return _statutory_of(period)
    starts_on = add_months(period.starts_on.replace(day=1), 1)
    return Period(starts_on, add_months(period.ends_on.replace(day=1), 1) - _DAY)


def _statutory_of(calendar: Period) -> Period:
    starts_on = add_months(calendar.starts_on, -1).replace(day=_STATUTORY_FIRST_DAY)
    return Period(starts_on, calendar.ends_on.replace(day=_STATUTORY_FIRST_DAY - 1))


def last_full(kind: CalendarKind, cut_off: date, reckoning: Reckoning = "calendar") -> Period:
    """The newest whole month, quarter, half-year or year that ended by the cut-off, that day included."""
    holding = period_of(cut_off, kind, reckoning)
    return holding if holding.ends_on == cut_off else period_of(holding.starts_on - _DAY, kind, reckoning)


def to_date(kind: CalendarKind, cut_off: date, reckoning: Reckoning = "calendar") -> Period:
    """From the start of the month, quarter, half-year or year that holds the cut-off, to the cut-off."""
    return Period(period_of(cut_off, kind, reckoning).starts_on, cut_off)


def year_to_date(cut_off: date) -> Period:
    """From 1 January to the cut-off."""
    return to_date("year", cut_off)


def presets(covers_from: date, cut_off: date, reckoning: Reckoning = "calendar") -> dict[PresetName, Period]:
    """The last full month and quarter, and the month, quarter, half-year and year to date, as far as data reach back.

    One that has the same days as an earlier one is left out: on the last day of a quarter it is the full one.
    """
    offered: dict[PresetName, Period] = {
        "last_month": last_full("month", cut_off, reckoning),
        "last_quarter": last_full("quarter", cut_off, reckoning),
        "month_to_date": to_date("month", cut_off, reckoning),
        "quarter_to_date": to_date("quarter", cut_off, reckoning),
        "half_year_to_date": to_date("half_year", cut_off, reckoning),
        "year_to_date": to_date("year", cut_off, reckoning),
    }
    found: dict[PresetName, Period] = {}
    for name, period in offered.items():
        if period.starts_on >= covers_from and period not in found.values():
            found[name] = period
    return found


def full_periods(
    kind: CalendarKind, covers_from: date, cut_off: date, reckoning: Reckoning = "calendar"
) -> tuple[Period, ...]:
    """Every whole month, quarter, half-year or year from the first covered day to the cut-off, newest first."""
    found = []
    period = last_full(kind, cut_off, reckoning)
    while period.starts_on >= covers_from:
        found.append(period)
        period = period_of(period.starts_on - _DAY, kind, reckoning)
    return tuple(found)


def full_nine_months(covers_from: date, cut_off: date, reckoning: Reckoning) -> tuple[Period, ...]:
    """The first nine months of every year, as `full_periods`."""
    found = []
    period = nine_months(cut_off, reckoning)
    while period.starts_on >= covers_from:
        if period.ends_on <= cut_off:
            found.append(period)
        period = nine_months(period.starts_on - _DAY, reckoning)
    return tuple(found)
