"""Whether two periods can be compared: what differs between them beside the figures, and how much that matters.

All thresholds are our own judgement; each has its reason beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Literal

from comparison.statistics.tiers import COMPARED_FROM

# A tenth fewer working days bring about a tenth fewer cases: more than most changes that people look for.
WORKING_DAYS_ABOVE = 0.10
# A faulty case is in no time measure. With more than one in fifty left out, a late share of a few per cent is unsure.
FAULTS_ABOVE = 0.02

# Of what a comparison is: of cases, or of the answers to a survey.
Subject = Literal["cases", "satisfaction"]
# How much of a period a source covers.
Cover = Literal["whole", "part", "none"]


class Level(IntEnum):
    """How far two periods can be compared; the higher, the less."""

    SAME = 0
    NOTE = 1
    WARNING = 2


@dataclass(frozen=True)
class Side:
    """What is known of one of the two periods.

    working_days; tet_days: those of the twenty working days around mùng 1 that it holds. received: cases by unit code,
    units without any absent; faulty: how many of them have a fault. sources: by code how much of the period each
    covers, one that is absent none of it. instruments: codes of the survey instruments answered in it.
    """

    working_days: int
    tet_days: int
    received: Mapping[str, int] = field(default_factory=dict)
    faulty: int = 0
    sources: Mapping[str, Cover] = field(default_factory=dict)
    instruments: frozenset[str] = frozenset()

    @property
    def cases(self) -> int:
        return sum(self.received.values())

    @property
    def faulty_share(self) -> float:
        """Faulty cases among those received; 0 where none was."""
        return self.faulty / self.cases if self.cases else 0.0


@dataclass(frozen=True)
class UnitSpan:
    """A unit that began or ended on a known day: the first and the last day it was one; None where open."""

    unit: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Facts:
    """Both sides. changed: the units with cases that began or ended from the first day of one to the last of the other.

    survey_sources: which sources are surveys. instrument: the one that is asked for, None if there is no choice.
    """

    now: Side
    before: Side
    changed: tuple[UnitSpan, ...] = ()
    survey_sources: frozenset[str] = frozenset()
    instrument: str | None = None


@dataclass(frozen=True)
class WorkingDays:
    """The two periods have different numbers of working days."""

    level: Level
    now: int
    before: int


@dataclass(frozen=True)
class TetDays:
    """The two periods hold different numbers of the twenty working days around mùng 1."""

    level: Level
    now: int
    before: int


@dataclass(frozen=True)
class Sources:
    """The sources that do not cover one of the periods wholly, by code in order; one that covers part of each, in both.

    One that covers nothing of either has nothing to do with the comparison.
    """

    level: Level
    now: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True)
class MissingUnits:
    """The units without a case in one of the periods, with how many they had in the other, most first."""

    level: Level
    now: tuple[tuple[str, int], ...]
    before: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ChangedUnits:
    """The units that began or ended meanwhile: the same name before and after is another unit."""

    level: Level
    units: tuple[UnitSpan, ...]


@dataclass(frozen=True)
class Instruments:
    """The survey instruments asked for and answered in each period, by code in order, where these are not the same."""

    level: Level
    now: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True)
class Faults:
    """The shares of faulty cases among those received."""

    level: Level
    now: float
    before: float


Reason = WorkingDays | TetDays | Sources | MissingUnits | ChangedUnits | Instruments | Faults


@dataclass(frozen=True)
class Comparability:
    """How far two periods can be compared, and everything that stands in the way, the gravest first."""

    level: Level
    reasons: tuple[Reason, ...]


def comparability(facts: Facts, subject: Subject = "cases") -> Comparability:
    """The verdict on a comparison of cases or of satisfaction.

    Working days that differ are a note, by more than a tenth of the larger number a warning. Tết on one side only is a
    warning, different numbers of its days a note. A source that does not cover a side wholly is a warning, unless it
    covers nothing of either. A unit without cases on one side is a warning if it had at least 25 on the other, else a
    note: with fewer it is of no weight. A unit that began or ended meanwhile is a warning. For satisfaction alone,
    other instruments are a warning, and the sources of surveys count. For cases alone, more than 2 % faulty on a side
    is a note, and a warning if the shares differ by more than that, as what is left out then differs too.
    """
    found = [
        _working_days(facts.now, facts.before),
        _tet_days(facts.now, facts.before),
        _sources(facts, subject),
        _missing_units(facts),
        ChangedUnits(Level.WARNING, facts.changed) if facts.changed else None,
        _instruments(facts) if subject == "satisfaction" else None,
        _faults(facts.now, facts.before) if subject == "cases" else None,
    ]
    reasons = sorted((reason for reason in found if reason), key=lambda reason: -reason.level)
    return Comparability(max((reason.level for reason in reasons), default=Level.SAME), tuple(reasons))


def _working_days(now: Side, before: Side) -> WorkingDays | None:
    apart, most = abs(now.working_days - before.working_days), max(now.working_days, before.working_days)
    if apart == 0:
        return None
    level = Level.WARNING if apart > WORKING_DAYS_ABOVE * most else Level.NOTE
    return WorkingDays(level, now.working_days, before.working_days)


def _tet_days(now: Side, before: Side) -> TetDays | None:
    if now.tet_days == before.tet_days:
        return None
    level = Level.NOTE if now.tet_days and before.tet_days else Level.WARNING
    return TetDays(level, now.tet_days, before.tet_days)


def _sources(facts: Facts, subject: Subject) -> Sources | None:
    def incomplete(side: Side, other: Side) -> tuple[str, ...]:
        used = {source for each in (side, other) for source, cover in each.sources.items() if cover != "none"}
        asked = used if subject == "satisfaction" else used - facts.survey_sources
        return tuple(sorted(source for source in asked if side.sources.get(source) != "whole"))

    now, before = incomplete(facts.now, facts.before), incomplete(facts.before, facts.now)
    return Sources(Level.WARNING, now, before) if now or before else None


def _missing_units(facts: Facts) -> MissingUnits | None:
    # A unit that began or ended meanwhile is told as such.
    told = {span.unit for span in facts.changed}

    def missing(side: Side, other: Side) -> tuple[tuple[str, int], ...]:
        lacking = [(unit, n) for unit, n in other.received.items() if unit not in side.received and unit not in told]
        return tuple(sorted(lacking, key=lambda pair: (-pair[1], pair[0])))

    now, before = missing(facts.now, facts.before), missing(facts.before, facts.now)
    if not now and not before:
        return None
    weighty = any(n >= COMPARED_FROM for _, n in (*now, *before))
    return MissingUnits(Level.WARNING if weighty else Level.NOTE, now, before)


def _instruments(facts: Facts) -> Instruments | None:
    asked = {facts.instrument} if facts.instrument else facts.now.instruments | facts.before.instruments
    now, before = (tuple(sorted(asked & side.instruments)) for side in (facts.now, facts.before))
    return Instruments(Level.WARNING, now, before) if now != before else None


def _faults(now: Side, before: Side) -> Faults | None:
    shares = now.faulty_share, before.faulty_share
    if max(shares) <= FAULTS_ABOVE:
        return None
    level = Level.WARNING if abs(shares[0] - shares[1]) > FAULTS_ABOVE else Level.NOTE
    return Faults(level, *shares)
