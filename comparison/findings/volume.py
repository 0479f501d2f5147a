"""What stands out in how much work there is: more or less of it, more left undone, more or fewer handed in online."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comparison.findings.differences import BY_CHANCE, matters_by, share_changed
from comparison.findings.finding import NOTHING, Finding, Matters, Told
from comparison.findings.months import months_apart
from comparison.measures.case_lists import units_asked
from comparison.measures.comparability import compare_periods
from comparison.measures.volume_lists import working_days
from comparison.question import Question
from comparison.scope import Scope
from comparison.signals import TRACKED
from comparison.signals.counts import counts
from comparison.signals.unit_signals import watched
from comparison.statistics import COMPARED_FROM, Z_95
from comparison.statistics.comparability import Level
from comparison.statistics.differences import rate_change
from comparison.statistics.overdispersion import robust_deviation
from comparison.statistics.signals import BASELINE_LEAST, laney_spread
from comparison.wording import day, number

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """A count beside an earlier one: their ratio, with the range that usual months give it."""

    now: int
    before: int
    ratio: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        return self.low > 1 or self.high < 1


def received_changed(q: Question) -> Told:
    """Cases received a working day beside the comparison period, by how much months usually differ."""
    change = intake(q)
    return of_intake(q, change) if change is not None else NOTHING


def of_intake(q: Question, change: Change) -> Told:
    if not change.is_clear:
        return Told((), 1, BY_CHANCE)
    is_up = change.ratio > 1
    expected = change.now / change.ratio
    return Told(
        (
            Finding(
                q.say(
                    f"findings_volume.received_{'up' if is_up else 'down'}",
                    change=q.percent(abs(change.ratio - 1)),
                ),
                q.say(
                    "findings_volume.received_evidence", now=q.number(change.now), before=q.number(change.before),
                    range=_growth(q, change),
                ),
                q.say("findings_test.usual_months"), "khoi-luong", round(abs(change.now - expected)), Matters.WORK, "",
            ),
        ),
        1, BY_CHANCE,
    )  # fmt: skip


def stock_grew(q: Question) -> Told:
    """More open at the end than at the end of the comparison period, while clearly more did not come in."""
    taken, stock = intake(q), open_cases(q)
    return of_stock(q, stock, taken) if stock is not None and taken is not None else NOTHING


def of_stock(q: Question, stock: Change, taken: Change) -> Told:
    is_found = stock.low > 1 and not (taken.is_clear and taken.ratio > 1) and stock.ratio > taken.ratio
    if not is_found or q.compared is None:
        return Told((), 1, BY_CHANCE / 2)
    return Told(
        (
            Finding(
                q.say("findings_volume.stock", change=q.percent(stock.ratio - 1)),
                q.say(
                    "findings_volume.stock_evidence", now=q.number(stock.now), before=q.number(stock.before),
                    day=day(q.language, q.comparable.period.ends_on),
                    day_before=day(q.language, q.compared.period.ends_on), range=_growth(q, stock),
                    received=q.number(taken.now), received_before=q.number(taken.before),
                ),
                q.say("findings_test.usual_months"), "khoi-luong", stock.now - stock.before, Matters.OWED, "",
            ),
        ),
        1, BY_CHANCE / 2,
    )  # fmt: skip


def online_changed(q: Question) -> Told:
    return share_changed(
        q, "online_share", "findings_volume.online", "khoi-luong", matters_by(Matters.WORK, Matters.WORK)
    )


def volume_of_a_unit(q: Question) -> Told:
    return months_apart(q, "received")


RULES = (received_changed, stock_grew, online_changed, volume_of_a_unit)


def intake(q: Question) -> Change | None:
    """What came in a working day, beside the comparison period; None where the two cannot be compared so."""
    if q.compared is None or not _is_alike(q, q.compared):
        return None
    now, before = (int(q.measure("received", scope=scope)["numerator"].sum()) for scope in (q.comparable, q.compared))
    days, days_before = (
        int(working_days(q.warehouse, scope.period)["days"].sum()) for scope in (q.comparable, q.compared)
    )
    spread = _spread_of_months(q)
    if spread is None or min(now, before) < COMPARED_FROM or min(days, days_before) == 0:
        return None
    ratio, low, high = rate_change(now, days, before, days_before, spread)
    return Change(now, before, ratio, low, high)


def open_cases(q: Question) -> Change | None:
    """What was open at the end, beside the end of the comparison period, by how much two such ends usually differ."""
    if q.compared is None or not _is_alike(q, q.compared):
        return None
    history = watched(q.warehouse, q.scope)
    now, before = (
        int(q.measure("in_progress", scope=scope)["numerator"].sum()) for scope in (q.comparable, q.compared)
    )
    if history is None or min(now, before) < COMPARED_FROM:
        return None
    one, other = q.comparable.period.ends_on, q.compared.period.ends_on
    apart = (one.year - other.year) * 12 + one.month - other.month
    ends = q.measure("in_progress", ("month",), q.scope.with_(period=history, compare="none"))
    return stock_change(now, before, ends.sort("month")["numerator"].to_numpy().astype(np.float64), apart)


def stock_change(now: int, before: int, ends: Floats, months_apart: int) -> Change | None:
    """A stock beside that of so many months before; ends: of every month end known, in order. None for too few.

    The root of a count varies by a half where only chance moves it. A stock carries over from month to month, so what
    is usual is taken from all pairs of ends as far apart: also from steady growth, which is no news.
    """
    roots = 2 * np.sqrt(ends)
    differences = roots[months_apart:] - roots[:-months_apart] if months_apart > 0 else roots[:0]
    if differences.size < BASELINE_LEAST:
        return None
    usual = robust_deviation(np.concatenate([differences, -differences]))
    reach = Z_95 * max(usual, float(np.sqrt(2))) / 2
    root, root_before = float(np.sqrt(now)), float(np.sqrt(before))
    bounds = (max(0.0, root + step * reach) / root_before for step in (-1, 1))
    low, high = (bound**2 for bound in bounds)
    return Change(now, before, now / before, low, high)


def _is_alike(q: Question, compared: Scope) -> bool:
    """Whether two periods' amounts of work can be compared: Tết on one side, or a missing source, is no finding."""
    return compare_periods(q.warehouse, q.comparable, compared, q.viewer, "cases").level is not Level.WARNING


def _spread_of_months(q: Question) -> float | None:
    """How many times more than chance the months of what is asked differ; None where fewer than twelve can tell."""
    history = watched(q.warehouse, q.scope)
    if history is None:
        return None
    everyone = q.scope.with_(period=history, units=(), compare="none")
    units = [code for code, _ in units_asked(q.warehouse, everyone, q.viewer)]
    months = pl.date_range(history.starts_on, history.ends_on, "1mo", eager=True).dt.strftime("%Y-%m").to_list()
    found = counts(q.warehouse, everyone, q.viewer, TRACKED["received"], units, months)
    own = np.array([code in q.named for code in units], dtype=bool)
    if not own.any():
        return None
    return spread_of(found.x[own].sum(axis=0), found.n[own].max(axis=0), found.apart)


def spread_of(x: Sequence[float] | Floats, days: Floats, apart: NDArray[np.bool_]) -> float | None:
    """σ of the months' scores 2 (√x - √expected), at least 1; months of Tết, and those without a day, left out."""
    counted = np.asarray(x, dtype=np.float64)
    usual = ~apart & (days > 0)
    if usual.sum() < BASELINE_LEAST or not counted[usual].sum():
        return None
    level = counted[usual].sum() / days[usual].sum()
    return laney_spread(2 * (np.sqrt(counted[usual]) - np.sqrt(days[usual] * level)))


def _growth(q: Question, change: Change) -> str:
    """ "+3,1 đến +19,4 %"."""
    low, high = (number(q.language, (bound - 1) * 100, 1, signed=True) for bound in (change.low, change.high))
    return q.say("findings_volume.growth", low=low, high=high)
