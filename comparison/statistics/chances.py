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
class MixChance:
    """Of so many simulated districts of `units` with `cases` each, whose true late shares vary by `natural` around
    their fields', each field with `reference` cases behind its expected share (0: those of the other units).

    Of `good` units without anything odd `plain` are beyond the exact tail of 1 in 1,000, known reference and equal
    units assumed, and `flagged` are flagged by `expected_late`; of `bad` ones, late in 20 points more, `found`.
    """

    units: int
    cases: int
    natural: float
    reference: int
    good: int
    plain: int
    flagged: int
    bad: int
    found: int
