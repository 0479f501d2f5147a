"""The chart of every unit of a kind in one thing watched, and what its last month says."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comparison.life import whole_months
from comparison.measures.case_lists import units_asked
from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.plan_lists import rebases, target_in
from comparison.scope import Period, Scope, Viewer
from comparison.scope.periods import last_full
from comparison.signals.counts import Counts, counts, quarter_of
from comparison.signals.tracked import TRACKED, Tracked, is_turned, measure_of
from comparison.statistics.pooling import Points, pool_quarters
from comparison.statistics.signals import Signal, Signals, count_signals, share_signals
from comparison.statistics.variation import Assurance, Variation, assurance, variation
from warehouse.snapshots import Warehouse


@dataclass(frozen=True)
class Rebase:
    """A recorded decision: the usual level starts anew in `month` ("2024-01")."""

    month: str
    reason: str


@dataclass(frozen=True)
class UnitSignals:
    """The chart of one unit; arrays and tuples are (points,), a point being a month or a quarter of small months.

    `first`, `last`: a point's months ("2024-01"). `x` of `chart.n`. `apart`: points left out of every judgement (Tết).
    `variation`: what the last point says, None where nothing can be said: under twelve points, or a point left out.
    `target` as a share, None where none is set; `assurance` None also without limits.
    """

    unit: str
    name: str
    tracked: Tracked
    first: tuple[str, ...]
    last: tuple[str, ...]
    x: NDArray[np.float64]
    chart: Signals
    apart: NDArray[np.bool_]
    rebases: tuple[Rebase, ...]
    variation: Variation | None
    target: float | None
    assurance: Assurance | None

    @property
    def is_up(self) -> bool:
        """Whether the last point's signal, if it has one, lies above the usual level."""
        return self.chart.signal[-1] in (Signal.HIGH, Signal.RUN_HIGH)

    @property
    def run(self) -> int:
        """How many points up to the last lie on its side of the level."""
        own = self.chart
        sides = np.sign(own.z[self._counted])
        other = np.flatnonzero(sides != sides[-1])
        return int(sides.size - (other[-1] + 1 if other.size else 0))

    @property
    def run_unit(self) -> Literal["months", "quarters", "points"]:
        """What the points of that run are: "points" where some are months and others quarters of small months."""
        at = np.flatnonzero(self._counted)[-self.run :]
        is_month = {self.first[point] == self.last[point] for point in at}
        return "points" if len(is_month) > 1 else "months" if True in is_month else "quarters"

    @property
    def _counted(self) -> NDArray[np.bool_]:
        """The points that are judged by the level of the last one."""
        own = self.chart
        is_counted: NDArray[np.bool_] = (own.part == own.part[-1]) & (own.n > 0) & ~self.apart
        return is_counted


def unit_signals(warehouse: Warehouse, scope: Scope, viewer: Viewer, name: str) -> tuple[UnitSignals, ...]:
    """The charts of all units of the scope's kind, in Vietnamese order, over all whole months that the data cover up to
    the period's last; none where no month is whole.

    `name` is one of TRACKED. The scope's root, fields, procedures, channels, instrument and way of counting count; its
    units and comparison do not, as a signal must not hang on what is looked at.
    """
    period = watched(warehouse, scope)
    if period is None:
        return ()
    return _charts(warehouse, scope.with_(period=period, units=(), compare="none"), viewer, name)


def watched(warehouse: Warehouse, scope: Scope) -> Period | None:
    """The whole months that the data cover, up to the scope's last; None where there is none."""
    covered = whole_months(known(warehouse).root_of[scope.root])
    if covered is None:
        return None
    ends_on = last_full("month", min(scope.period.ends_on, covered.ends_on)).ends_on
    return Period(covered.starts_on, ends_on) if covered.starts_on <= ends_on else None


@remembered(64)
def _charts(warehouse: Warehouse, scope: Scope, viewer: Viewer, name: str) -> tuple[UnitSignals, ...]:
    tracked = TRACKED[name]
    units = units_asked(warehouse, scope, viewer)
    months = pl.date_range(scope.period.starts_on, scope.period.ends_on, "1mo", eager=True).dt.strftime("%Y-%m")
    codes, axis = tuple(code for code, _ in units), tuple(months.to_list())
    counted = counts(warehouse, scope, viewer, tracked, codes, axis)
    decided = rebases(warehouse, scope.root, viewer).filter(pl.col("measure") == measure_of(tracked, scope.on_time))
    return tuple(
        _chart(warehouse, scope, tracked, unit, counted, row, axis, _rebases(decided, unit[0], axis))
        for row, unit in enumerate(units)
    )


def _rebases(decided: pl.DataFrame, unit: str, months: tuple[str, ...]) -> tuple[Rebase, ...]:
    own = decided.filter(pl.col("unit") == unit).sort("from_month")
    found = [Rebase(month, reason) for month, reason in own.select("from_month", "reason").iter_rows()]
    return tuple(each for each in found if each.month in months[1:])


def _chart(
    warehouse: Warehouse, scope: Scope, tracked: Tracked, unit: tuple[str, str], counted: Counts, row: int,
    months: tuple[str, ...], decided: tuple[Rebase, ...],
) -> UnitSignals:  # fmt: skip
    code, name = unit
    x, n = counted.x[row], counted.n[row]
    changes = [months.index(each.month) for each in decided]
    if tracked.is_count:
        chart = count_signals(x, n, changes, apart=counted.apart)
        each = np.arange(x.size)
        points = Points(x, n, each, each, tuple(changes))
    else:
        points = pool_quarters(x, n, [quarter_of(month) for month in months], changes)
        chart = share_signals(points.x, points.n, points.baseline_from)
    apart = counted.apart[points.last]
    target = _target(warehouse, scope, tracked, code)
    return UnitSignals(
        code, name, tracked, tuple(months[at] for at in points.first), tuple(months[at] for at in points.last),
        points.x, chart, apart, decided, _last_says(chart, apart, tracked), target,
        assurance(chart, target, tracked.good),
    )  # fmt: skip


def _last_says(chart: Signals, apart: NDArray[np.bool_], tracked: Tracked) -> Variation | None:
    if apart[-1] or (chart.trial[-1] and chart.signal[-1] is Signal.NONE):
        return None
    return variation(chart, tracked.good)


def _target(warehouse: Warehouse, scope: Scope, tracked: Tracked, unit: str) -> float | None:
    if tracked.is_count:
        return None
    kind = known(warehouse).unit_of[unit].kind
    target = target_in(warehouse, measure_of(tracked, scope.on_time), kind, scope)
    return 1 - target if target is not None and is_turned(tracked, scope.on_time) else target
