"""One question: a snapshot, a scope, who asks, and in which words the answer is told. Findings, figures and pages read
the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlencode

import polars as pl

from comparison import wording
from comparison.measures import known, latest_cut_off, measure
from comparison.measures.comparability import compare_periods
from comparison.measures.lists import sources
from comparison.measures.on_time import MEASURES, late_share
from comparison.measures.units_asked import units_in
from comparison.scope import Instrument, Known, Language, Period, Root, Scope, Viewer, write_link
from comparison.statistics.comparability import Comparability, Subject
from comparison.wording import findings
from comparison.wording.comparability import Names
from warehouse.snapshots import Warehouse

# Where every kind is asked for: who can be compared best.
_PREFERRED = ("commune", "one_stop", "police_desk", "department")


@dataclass(frozen=True)
class Question:
    """The snapshot, the scope and how to word the answer. Equal questions have equal answers: it keys what is kept.

    `own_parameters`: those that only one page reads, as they were in the address, by name. `is_pinned`: the link names
    its snapshot.
    """

    warehouse: Warehouse
    scope: Scope
    viewer: Viewer
    language: Language
    theme: Literal["light", "dark"] = "light"
    is_pinned: bool = False
    own_parameters: tuple[tuple[str, str], ...] = ()

    @cached_property
    def known(self) -> Known:
        return known(self.warehouse)

    @property
    def own(self) -> Mapping[str, str]:
        """The parameters that only this page reads."""
        return MappingProxyType(dict(self.own_parameters))

    @cached_property
    def root(self) -> Root:
        return self.known.root_of[self.scope.root]

    def say(self, key: str, **values: object) -> str:
        """The message of the catalogue in the run's language; raises MessageError as `wording.say` does."""
        return wording.say(self.language, key, **values)

    def number(self, value: float, decimals: int = 0, *, signed: bool = False) -> str:
        return wording.number(self.language, value, decimals, signed=signed)

    def percent(self, share: float, decimals: int = 1) -> str:
        return wording.percent(self.language, share, decimals)

    def points(self, difference: float, decimals: int = 1) -> str:
        """A difference of two shares in percentage points."""
        return wording.points(self.language, difference, decimals)

    def range(self, low: float, high: float, decimals: int = 1) -> str:
        """Two shares as one range of percentages."""
        return wording.percent_range(self.language, low, high, decimals)

    def days(self, value: float) -> str:
        """A number of working days."""
        return f"{self.number(value)} {self.say('word.unit_of_days')}"

    def units_counted(self, kind: str | None, n: int) -> str:
        """How many units of a kind: "14 xã, phường"; of the district itself, which is one, its word alone."""
        key = f"kind_count.{kind or 'all'}"
        return self.say(key) if kind == "district" else self.say(key, n=self.number(n))

    def tick(self, share: float) -> str:
        """A share on an axis: with a decimal only where it needs one."""
        return self.percent(share, 0 if abs(share * 100 - round(share * 100)) < 1e-6 else 1)

    def asking(self, scope: Scope) -> "Question":
        """The same of another scope."""
        return replace(self, scope=scope)

    @property
    def last_day(self) -> date:
        """The last day of the period that any source covers."""
        return min(self.scope.period.ends_on, latest_cut_off(self.warehouse, self.scope.root))

    @property
    def has_data(self) -> bool:
        """Whether any source covers a day of the period."""
        return max(self.scope.period.starts_on, self.root.covers_from) <= self.last_day

    def measure(self, name: str, by: tuple[str, ...] = (), scope: Scope | None = None) -> pl.DataFrame:
        """A measure of this view's scope, or of another; columns and errors as `comparison.measures.measure`."""
        return measure(self.warehouse, scope or self.scope, self.viewer, name, by)

    def late(self, by: tuple[str, ...] = (), scope: Scope | None = None, viewer: Viewer | None = None) -> pl.DataFrame:
        """The late share as the scope's way of counting on time has it; columns and errors as `measure`."""
        asked = scope or self.scope
        answer = measure(self.warehouse, asked, viewer or self.viewer, MEASURES[asked.on_time], by)
        return late_share(answer, asked.on_time)

    @property
    def named(self) -> frozenset[str]:
        """Codes of the units that may be named. Who is compared does not depend on them, so that no verdict changes
        with what is looked at."""
        return units_in(self.scope, self.known, self.viewer)

    @property
    def kind_compared(self) -> str | None:
        """The kind of units that may stand beside each other: the scope's, else communes, else what the root has."""
        kinds = self.known.kinds_of(self.scope.root)
        return self.scope.kind or next((kind for kind in _PREFERRED if kind in kinds), None)

    @property
    def instrument(self) -> Instrument | None:
        """The questionnaire asked, or the only one; None where nobody was asked, or it is open which."""
        there = self.known.instruments_of(self.scope.root)
        if len(there) == 1:
            return there[0]
        return next((each for each in there if each.code == self.scope.instrument), None)

    @cached_property
    def comparable(self) -> Scope:
        """The days that `compared` stands beside: of a period that is not over, those up to the cut-off."""
        return self.scope.comparable(self._cut_off) or self.scope.with_(compare="none")

    @cached_property
    def compared(self) -> Scope | None:
        """The scope to compare with; None where none is asked, or where one side is not wholly covered."""
        other = self.scope.compared(self._cut_off)
        return other if other and self._covers(self.comparable.period) and self._covers(other.period) else None

    @cached_property
    def now(self) -> Scope:
        """What is counted beside `compared`: its comparable days, without a comparison all of the scope."""
        return self.comparable if self.compared else self.scope

    def comparability(self, subject: Subject = "cases") -> Comparability | None:
        """How far the scope and `compared` can be compared, and why not further; None where there is no comparison."""
        other = self.compared
        return compare_periods(self.warehouse, self.comparable, other, self.viewer, subject) if other else None

    @property
    def names(self) -> Names:
        """What the units, sources and survey instruments of the root are called."""
        root = self.scope.root
        there = sources(self.warehouse, self.scope, self.viewer)
        return Names(
            {unit.code: unit.name for unit in self.known.units_of(root)},
            dict(there.select("source", "source_title").iter_rows()),
            {each.code: wording.instrument_title(self.language, each) for each in self.known.instruments_of(root)},
        )

    def say_snapshot(self, key: str) -> str:
        """A message of the snapshot and its cut-off, or `key`_several where its sources have several."""
        first, last = self._cut_off, latest_cut_off(self.warehouse, self.scope.root)
        named = {"snapshot": self.warehouse.id}
        if first == last:
            return self.say(key, **named, cut_off=wording.day(self.language, last))
        days = {"first": wording.day(self.language, first), "last": wording.day(self.language, last)}
        return self.say(f"{key}_several", **named, **days)

    def not_compared_why(self) -> str:
        """The sentence that says why `compared` is None; "" where it is not."""
        if self.compared is not None:
            return ""
        covered = {
            "covers_from": wording.day(self.language, self.root.covers_from),
            "cut_off": wording.day(self.language, self.root.cut_off),
        }
        if not self._covers(self.comparable.period):
            return self.say("compare.data_only", **covered)
        if self.scope.compare == "none":
            return self.say("compare.not_asked")
        other = self.scope.comparison_period(self._cut_off)
        if other is None:
            return self.say("compare.too_long")
        name = findings.within(self.language, wording.period_name(self.language, other))
        return self.say("compare.not_covered", other=name, **covered)

    def link(self, page: str = "", asked: Mapping[str, str] = MappingProxyType({}), **changes: Any) -> str:
        """The address of a page ("tre-han"; "" is the first) with these attributes of the scope changed.

        `starts_on` and `ends_on` change one end of the period; `asked` are parameters that only that page reads. Raises
        TypeError on a name that is none.
        """
        ends = {name: changes.pop(name) for name in ("starts_on", "ends_on") if name in changes}
        if ends:
            own = self.scope.period
            changes["period"] = Period(ends.get("starts_on", own.starts_on), ends.get("ends_on", own.ends_on))
        return f"{page or '.'}?{urlencode({**self.parameters(**changes), **asked})}"

    def parameters(self, **changes: Any) -> Mapping[str, str]:
        """The parameters of such a link: same language, same snapshot if it is pinned."""
        return write_link(self.scope.with_(**changes), fixed=self.is_pinned, language=self.language)

    @property
    def _cut_off(self) -> date:
        return self.root.cut_off

    def _covers(self, period: Period) -> bool:
        return self.root.covers_from <= period.starts_on and period.ends_on <= self.root.cut_off
