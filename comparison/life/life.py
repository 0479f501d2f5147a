"""One model and one outcome over its life: the counts of every unit of one kind, and what may be said of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comparison.life.counts import Counts, due_of_received_since, monthly, whole_months
from comparison.life.outcomes import OUTCOMES, Outcome
from comparison.measures.case_lists import units_asked
from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.model_lists import adoptions
from comparison.scope import Period, Scope, Viewer
from comparison.scope.periods import add_months
from comparison.statistics.effect import Effect, Standing, effect
from comparison.statistics.verdict import Reason, Verdict
from comparison.statistics.windows import WINDOW_MONTHS
from warehouse.snapshots import Warehouse

# Months each side of a launch; the verdict rests on the first, the others show whether it hangs on that choice.
WINDOWS = (WINDOW_MONTHS, 3, 12)
_WHOLE = -1  # not a start month: the counts of all cases or answers, whenever received


@dataclass(frozen=True)
class Life:
    """Units of one kind in Vietnamese order, (code, name) each; arrays are (units,) or (units, months).

    `starts` is the column of `months` in which a unit began, inf for never, negative for before the data. `effects` by
    months each side of the launch. `overlapping`: codes of units left out of the effects because another model, one
    of `other_models` (names), began there within six months of this one. `reasons`: why nothing can be told, the first
    weighing most; empty unless the verdict is CANNOT_TELL.
    """

    outcome: Outcome
    units: tuple[tuple[str, str], ...]
    months: tuple[str, ...]
    starts: Counts
    x: Counts
    n: Counts
    effects: Mapping[int, Effect]
    overlapping: tuple[str, ...]
    other_models: tuple[str, ...]
    verdict: Verdict
    reasons: tuple[Reason, ...]

    @property
    def effect(self) -> Effect:
        """The effect that the verdict rests on."""
        return self.effects[WINDOW_MONTHS]

    @property
    def has_data(self) -> bool:
        """Whether any unit has a figure of this outcome in any month."""
        return bool(self.n.any())

    @property
    def adopters(self) -> NDArray[np.bool_]:
        """Units (units,) that have begun by the end of the months."""
        return np.asarray(self.starts < len(self.months))

    @property
    def has_before(self) -> bool:
        """Whether any adopter has a figure from before its launch."""
        before = np.arange(len(self.months)) < self.starts[:, None]
        return bool((self.n * before)[self.adopters].any())

    def names_of(self, standing: Standing) -> list[str]:
        """Names of the units of a standing."""
        return [name for (_, name), state in zip(self.units, self.effect.standing, strict=True) if state is standing]

    @property
    def _usable(self) -> NDArray[np.bool_]:
        usable = (Standing.COUNTED, Standing.NO_COMPARISON)
        return np.array([state in usable for state in self.effect.standing], dtype=bool)

    @property
    def counted(self) -> tuple[int, int] | None:
        """How many answers or cases those adopters have before and after; None without any."""
        rows, own = self._usable, self.effect.own
        return (int(own.before_n[rows].sum()), int(own.after_n[rows].sum())) if rows.any() else None

    @property
    def before_after(self) -> tuple[int, float, float] | None:
        """Adopters with enough on both sides of their launch: how many, and the means of their shares before and after.

        None without any.
        """
        rows, own = self._usable, self.effect.own
        if not rows.any():
            return None
        before, after = own.before_x[rows] / own.before_n[rows], own.after_x[rows] / own.after_n[rows]
        return int(rows.sum()), float(before.mean()), float(after.mean())


@remembered(128)
def life(warehouse: Warehouse, scope: Scope, viewer: Viewer, model: str, outcome: str) -> Life:
    """The life of a model (code) in the units of the scope's kind, over all whole months that the data cover.

    The scope's root, fields, procedures, channels and instrument count; its units, period and comparison do not, as who
    is compared must not change with what is looked at. `outcome` names one of OUTCOMES. Raises ValueError where no
    month is whole or no kind is asked.
    """
    period = whole_months(known(warehouse).root_of[scope.root])
    if period is None or scope.kind is None:
        raise ValueError("a life needs whole months and one kind of units")
    scope = scope.with_(period=period, units=(), compare="none", on_time="due", boundaries="now")
    units = units_asked(warehouse, scope, viewer)
    codes = tuple(code for code, _ in units)
    months = tuple(pl.date_range(period.starts_on, period.ends_on, "1mo", eager=True).dt.strftime("%Y-%m").to_list())
    asked = OUTCOMES[outcome]
    adopted = adoptions(warehouse, scope.root, codes, viewer).filter(pl.col("adopted_from").is_not_null())
    own, others = adopted.filter(pl.col("model") == model), adopted.filter(pl.col("model") != model)
    begun = dict(own.select("unit", "adopted_from").iter_rows())
    starts = np.array([_column(begun[code], period.starts_on) if code in begun else np.inf for code in codes])
    ended = dict(own.select("unit", "adopted_to").iter_rows())
    goes_on = np.array([[_goes_on(ended.get(code), month) for month in months] for code in codes], dtype=bool)
    x, n = monthly(warehouse, scope, viewer, asked.measure, codes, months)
    counts = {_WHOLE: (x * goes_on, n * goes_on)}
    if asked.by_due_date:
        counts |= _since(warehouse, scope, viewer, asked, begun, codes, months)
    clash = _overlaps(others, codes, starts, period.starts_on)
    left_out = np.array([code in clash for code in codes], dtype=bool)
    kept = goes_on & ~left_out[:, None]
    used = {start: (found * kept, total * kept) for start, (found, total) in counts.items()}
    x, n = used.pop(_WHOLE)
    effects = {
        window: effect(x, n, np.where(left_out, np.inf, starts), window, used if asked.by_due_date else None)
        for window in WINDOWS
    }
    verdict, reasons = _verdict(effects[WINDOW_MONTHS], starts < len(months), left_out)
    return Life(
        asked, units, months, starts, *counts[_WHOLE], effects, tuple(clash),
        tuple(dict.fromkeys(name for names in clash.values() for name in names)),
        _for_people(verdict, asked), reasons,
    )  # fmt: skip


def _for_people(verdict: Verdict, outcome: Outcome) -> Verdict:
    """The verdict on a share of which less is better: what rose is a loss."""
    if outcome.good == "up":
        return verdict
    return {Verdict.CLEAR_GAIN: Verdict.CLEAR_LOSS, Verdict.CLEAR_LOSS: Verdict.CLEAR_GAIN}.get(verdict, verdict)


def _verdict(
    found: Effect, has_begun: NDArray[np.bool_], left_out: NDArray[np.bool_]
) -> tuple[Verdict, tuple[Reason, ...]]:
    """The effect's verdict and reason; where too few adopters are left beside overlapping models, these say why."""
    pilots = int(has_begun.sum())
    if not (has_begun & left_out).any() or int((has_begun & ~left_out).sum()) > 1:
        return found.verdict, (found.reason,) if found.reason else ()
    return Verdict.CANNOT_TELL, (Reason.ONE_PILOT, Reason.OVERLAPPING) if pilots == 1 else (Reason.OVERLAPPING,)


def _column(day: date, first: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def _goes_on(ended: date | None, month: str) -> bool:
    """Whether a unit had not given the model up by the end of a month."""
    return ended is None or date.fromisoformat(f"{month}-01") < ended.replace(day=1)


def _overlaps(others: pl.DataFrame, codes: tuple[str, ...], starts: Counts, first: date) -> dict[str, tuple[str, ...]]:
    """Units in which another model began within six months of this model's launch: code -> names of those models.

    For a unit that did not begin, the launches of all units that did count: it stands beside each of them.
    """
    waves = np.unique(starts[np.isfinite(starts)])
    near = {code: waves if np.isinf(start) else start for code, start in zip(codes, starts, strict=True)}
    found: dict[str, tuple[str, ...]] = {}
    for unit, name, day in others.select("unit", "model_name", "adopted_from").iter_rows():
        if np.any(np.abs(near[unit] - _column(day, first)) <= WINDOW_MONTHS):
            found[unit] = (*found.get(unit, ()), name)
    return found


def _since(
    warehouse: Warehouse, scope: Scope, viewer: Viewer, outcome: Outcome, begun: Mapping[str, date],
    codes: tuple[str, ...], months: tuple[str, ...],
) -> dict[int, tuple[Counts, Counts]]:  # fmt: skip
    """For each start month, the counts of the cases received after the last launch in it, adopters and others alike, as
    far as the widest window reaches."""
    found = {}
    for start in sorted({day.replace(day=1) for day in begun.values()}):
        at = _column(start, scope.period.starts_on)
        if not 0 <= at < len(months):
            continue
        last = max(day for day in begun.values() if day.replace(day=1) == start)
        ends_on = min(scope.period.ends_on, add_months(start, max(WINDOWS) + 1) - timedelta(days=1))
        due_soon = scope.with_(period=Period(last, max(last, ends_on)))
        on_time, due = due_of_received_since(warehouse, due_soon, viewer, last, codes, months)
        found[at] = (on_time if outcome.good == "up" else due - on_time, due)
    return found
