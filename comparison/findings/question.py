"""What the rules are asked: a snapshot, a scope with the one it is compared with, who asks, and in which language."""

from dataclasses import dataclass

import polars as pl

from comparison.measures import known, latest_cut_off, measure
from comparison.measures.on_time import MEASURES, late_share
from comparison.measures.units_asked import units_in
from comparison.scope import Instrument, Known, Language, Root, Scope, Viewer
from comparison.wording import number, percent, percent_range, points, points_between, say
from comparison.wording.findings import Share
from comparison.wording.numbers import MINUS
from warehouse.snapshots import Warehouse

# Where every kind is asked for: who can be compared best.
_PREFERRED = ("commune", "one_stop", "police_desk", "department")


@dataclass(frozen=True)
class Question:
    """One question to all rules. `compared`: the same question of the comparison period, None where there is none."""

    warehouse: Warehouse
    scope: Scope
    compared: Scope | None
    viewer: Viewer
    language: Language

    @property
    def known(self) -> Known:
        return known(self.warehouse)

    @property
    def root(self) -> Root:
        return self.known.root_of[self.scope.root]

    @property
    def comparable(self) -> Scope:
        """The days that `compared` stands beside: of a period that is not over, those up to the cut-off."""
        return self.scope.comparable(self.root.cut_off) or self.scope

    @property
    def named(self) -> frozenset[str]:
        """Codes of the units that may be named. Who is compared does not depend on them, so that no verdict changes
        with what is looked at."""
        return units_in(self.scope, self.known, self.viewer)

    @property
    def has_data(self) -> bool:
        """Whether any source covers a day of the period."""
        last = min(self.scope.period.ends_on, latest_cut_off(self.warehouse, self.scope.root))
        return max(self.scope.period.starts_on, self.root.covers_from) <= last

    @property
    def instrument(self) -> Instrument | None:
        """The questionnaire asked, or the only one; None where nobody was asked, or it is open which."""
        there = self.known.instruments_of(self.scope.root)
        if len(there) == 1:
            return there[0]
        return next((each for each in there if each.code == self.scope.instrument), None)

    def measure(self, name: str, by: tuple[str, ...] = (), scope: Scope | None = None) -> pl.DataFrame:
        return measure(self.warehouse, scope or self.scope, self.viewer, name, by)

    def late(self, by: tuple[str, ...], scope: Scope, viewer: Viewer | None = None) -> pl.DataFrame:
        """The late share as the scope's way of counting on time has it."""
        answer = measure(self.warehouse, scope, viewer or self.viewer, MEASURES[scope.on_time], by)
        return late_share(answer, scope.on_time)

    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def number(self, value: float, decimals: int = 0) -> str:
        return number(self.language, value, decimals)

    def percent(self, share: float, decimals: int = 1) -> str:
        return percent(self.language, share, decimals)

    def points(self, difference: float) -> str:
        """The size of a difference of two shares, without its sign."""
        return points(self.language, abs(difference)).lstrip("+")

    def points_between(self, now: float, before: float) -> str:
        """As `points`, of two shares as they are written."""
        return points_between(self.language, now, before).lstrip(f"+{MINUS}")

    def range(self, low: float, high: float) -> str:
        return percent_range(self.language, low, high)


def kind_compared(there: Known, scope: Scope) -> str | None:
    """The kind of units that may stand beside each other: the scope's, else communes, else what the root has."""
    kinds = there.kinds_of(scope.root)
    return scope.kind or next((kind for kind in _PREFERRED if kind in kinds), None)


def share_in(answer: pl.DataFrame) -> Share:
    """The share of a measure asked without groups."""
    if answer.is_empty() or answer["denominator"][0] is None:
        return Share(0, 0, is_hidden=not answer.is_empty())
    return Share(int(answer["numerator"][0]), int(answer["denominator"][0]))
