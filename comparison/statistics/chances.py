"""How often signals and flags of lateness are raised by chance, and how often they find what is there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SignalChance:
    """Of so many simulated charts of 24 months with `cases` a month, true shares varying by `natural` (standard
    deviation, 0.03: 3 points) and the usual level taken from the first `baseline` months: those with any signal where
    nothing changed (`alarms`), and with one for worse in the last eight months where the share fell by eight points."""

    cases: int
    natural: float
    baseline: int
    charts: int
    alarms: int
    found: int


@dataclass(frozen=True)
class MonthChance:
    """Of so many simulated districts of `units`, each with such a chart, and their last month alone: signals where
    nothing changed (`alarms`), districts with any of them (`alarmed`); and of as many districts again, in which one
    unit fell by eight points eight months ago, those in which it shows worse (`found`), and nobody else does
    (`alone`)."""

    units: int
    cases: int
    natural: float
    baseline: int
    districts: int
    alarms: int
    alarmed: int
    found: int
    alone: int


@dataclass(frozen=True)
class MixChance:
    """Of so many simulated districts of `units` with `cases` each, whose true late shares vary by `natural` around
    their fields', each field with `reference` cases behind its expected share (0: those of the other units).

    Of the units of `districts` without anything odd `plain` are beyond the exact tail of 1 in 1,000, known reference
    and equal units assumed, and `flagged` are flagged by `expected_late`, in `alarmed` of the districts any; of `bad`
    ones in as many districts again, late in 20 points more, `found`.
    """

    units: int
    cases: int
    natural: float
    reference: int
    districts: int
    plain: int
    flagged: int
    alarmed: int
    bad: int
    found: int

    @property
    def good(self) -> int:
        """How many units without anything odd were judged in all districts together."""
        return self.units * self.districts
