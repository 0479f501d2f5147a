"""Chosen units of one kind beside each other: what is asked of them, and what each is compared with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from comparison import wording
from comparison.forms.frames.lateness import fields_shown
from comparison.forms.frames.shares import short_units
from comparison.forms.frames.side_by_side import Difference, Good, difference
from comparison.measures import catalogue
from comparison.measures.on_time import ON_TIME
from comparison.measures.survey import responses
from comparison.question import Question
from comparison.scope import Scope
from comparison.statistics.responses import responds_too_little
from comparison.wording.findings import Share, share_of

# In place of a unit's code: what is compared with is all others of the kind.
REST = "rest"
# So many fields, those with most late cases, stand in the table.
_MAIN_FIELDS = 3


@dataclass(frozen=True)
class ShareRow:
    """A share of every chosen unit, and its difference to what it is compared with (None: not compared).

    `good`: the direction that helps people."""

    key: str
    title: str
    message: str
    good: Good
    shares: dict[str, Share]
    differences: dict[str, Difference | None]


@dataclass(frozen=True)
class Beside:
    """Units (code, name) of one kind; `base` is the code of the one compared with, or REST of the kind.

    Every unit's share is asked among all of its kind, so that a group hidden there is hidden here. `fields` (code,
    short name) are those whose lateness is shown; None: land first, then those with most late cases of these units.
    """

    question: Question
    kind: str
    units: tuple[tuple[str, str], ...]
    base: str
    fields: tuple[tuple[str, str], ...] | None = None

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self.units]

    @property
    def short(self) -> list[tuple[str, str]]:
        return short_units(self.units)

    @property
    def base_name(self) -> str:
        """What the units are compared with, inside a sentence of Markdown."""
        if self.base == REST:
            return self.question.say("compare_units.rest")
        return wording.short_unit_name(dict(self.units)[self.base])

    @property
    def own_fields(self) -> bool:
        """Whether units of this kind each handle fields of their own."""
        return self.kind == "department"

    @cached_property
    def whole(self) -> Scope:
        """The question of all units of the kind."""
        return self.question.scope.with_(kind=self.kind, units=(), compare="none")

    @cached_property
    def late_cells(self) -> pl.DataFrame:
        """The late share by unit and field of all units of the kind."""
        return self.question.late(("unit", "field"), self.whole)

    @cached_property
    def received_cells(self) -> pl.DataFrame:
        return self.question.measure("received", ("unit", "field"), self.whole)

    @cached_property
    def main_fields(self) -> list[tuple[str, str]]:
        """(code, short name) of the fields whose lateness is shown."""
        if self.fields is not None:
            return list(self.fields)
        own = self.late_cells.filter(pl.col("unit").is_in(self.codes))
        return fields_shown(own, self.question.known.fields)[:_MAIN_FIELDS]

    def fields_of(self, unit: str) -> set[str]:
        """The fields in which a unit had any case received or due in the period."""
        due = self.late_cells.filter((pl.col("unit") == unit) & (pl.col("denominator") > 0))["field"]
        return {*due, *self.received_cells.filter(pl.col("unit") == unit)["field"]}

    def shared(self, unit: str) -> tuple[str, ...]:
        """The fields that a unit and the one compared with both handle."""
        return tuple(sorted(self.fields_of(unit) & self.fields_of(self.base)))

    def covered(self, unit: str) -> Share:
        """Of a unit's cases due, those in the fields it shares with the one compared with."""
        own = self.late_cells.filter(pl.col("unit") == unit)
        inside = own.filter(pl.col("field").is_in(self.shared(unit)))
        return Share(int(inside["denominator"].sum()), int(own["denominator"].sum()))

    def counts(self, name: str) -> dict[str, int | None]:
        """A count by unit: 0 where nothing was counted, None where no source covers the period."""
        found = dict(self.question.measure(name, ("unit",), self.whole).select("unit", "numerator").iter_rows())
        return {code: found.get(code, 0) if self.question.has_data else None for code in self.codes}

    def median_days(self) -> dict[str, float | None]:
        found = dict(
            self.question.measure("working_days_taken", ("unit",), self.whole).select("unit", "value").iter_rows()
        )
        return {code: found.get(code) for code in self.codes}

    def share_rows(self) -> list[ShareRow]:
        """On time, late in the main fields, online, satisfaction and response, in the order of the table."""
        q, on_time = self.question, self.question.scope.on_time
        say = q.say

        def measured(name: str) -> Callable[[Scope, tuple[str, ...]], pl.DataFrame]:
            return lambda scope, by: q.measure(name, by, scope)

        rows = [self._row("on_time", say("compare_units.on_time"), "hover.on_time", measured(ON_TIME[on_time]))]
        rows += [
            self._row(
                f"late-{code}",
                say("overview.column_late", field=wording.findings.within(q.language, name)),
                "hover.late",
                lambda scope, by: q.late(by, scope),
                fields=(code,),
            )
            for code, name in self.main_fields
        ]
        return [
            *rows,
            self._row("online", say("compare_units.online"), "hover.online", measured("online_share")),
            self._row(
                "satisfied",
                say("compare_units.satisfied"),
                "hover.satisfied",
                measured("satisfaction"),
                comparable=self._answers_enough,
            ),
            self._row("response", say("compare_units.response"), "hover.answered", measured("response_rate")),
        ]

    def _row(
        self,
        key: str,
        title: str,
        message: str,
        ask: Callable[[Scope, tuple[str, ...]], pl.DataFrame],
        *,
        fields: tuple[str, ...] = (),
        comparable: Callable[[Scope, str, str], bool] | None = None,
    ) -> ShareRow:
        scope = self.whole.with_(fields=fields) if fields else self.whole
        found = shares_of(ask(scope, ("unit",)))
        compared = {code: self._difference(code, scope, ask, comparable) for code in self.codes}
        return ShareRow(
            key, title, message, self._good(key), {code: found.get(code, Share(0, 0)) for code in self.codes}, compared
        )

    def _good(self, key: str) -> Good:
        """Of a late share that of "late", whichever way of counting it is made from; how people hand in is theirs."""
        names = {
            "on_time": ON_TIME[self.question.scope.on_time],
            "satisfied": "satisfaction",
            "response": "response_rate",
        }
        return "none" if key == "online" else catalogue()[names.get(key, "late")].good

    def _difference(
        self,
        unit: str,
        scope: Scope,
        ask: Callable[[Scope, tuple[str, ...]], pl.DataFrame],
        comparable: Callable[[Scope, str, str], bool] | None,
    ) -> Difference | None:
        if unit == self.base or (self.own_fields and self.base == REST):
            return None
        asked = scope
        if self.own_fields:
            shared = set(self.shared(unit)) & set(scope.fields or self.shared(unit))
            if not shared:
                return None
            asked = scope.with_(fields=tuple(shared))
        found = shares_of(ask(asked, ("unit",)))
        own = found.get(unit, Share(0, 0))
        other = rest_of(share_of(ask(asked, ())), own) if self.base == REST else found.get(self.base, Share(0, 0))
        return difference(own, other, is_comparable=comparable is None or comparable(asked, unit, self.base))

    def _answers_enough(self, scope: Scope, unit: str, base: str) -> bool:
        """Whether enough of both answered for their shares satisfied to tell of the same people."""
        rates = responses(self.question.warehouse, scope, None, self.question.viewer, ("unit",)).select("unit", "rate")
        asked = rates.filter(pl.col("unit").is_in([unit, base]))["rate"].drop_nulls().to_numpy()
        return not bool(np.any(responds_too_little(asked)))


def compared_count(rows: Sequence[ShareRow]) -> tuple[int, int]:
    """How many differences are shown that might be clear, and how many are."""
    shown = [each for row in rows for each in row.differences.values() if each is not None]
    tested = [each for each in shown if each.standing in ("higher", "lower", "unclear")]
    return len(tested), sum(each.is_clear for each in tested)


def shares_of(answer: pl.DataFrame, by: str = "unit") -> dict[str, Share]:
    """A share by unit or field as x of n by code; of a hidden one nothing is told."""
    return {
        code: Share(0, 0, is_hidden=True) if is_hidden else Share(int(x or 0), int(n or 0))
        for code, x, n, is_hidden in answer.select(by, "numerator", "denominator", "is_hidden").iter_rows()
    }


def rest_of(total: Share, own: Share) -> Share:
    """A total less one of its parts; what is hidden leaves nothing to tell."""
    if total.is_hidden or own.is_hidden:
        return Share(0, 0, is_hidden=True)
    return Share(total.x - own.x, total.n - own.n)
