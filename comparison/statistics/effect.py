"""What a model did over its life to a share of satisfied answers, as far as it can be told."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparison.statistics.counts import as_counts
from comparison.statistics.estimate import (
    NAN,
    Estimate,
    Placebos,
    baseline_ranks,
    estimate,
    leave_one_out,
    placebos,
)
from comparison.statistics.verdict import Doubt, Reason, Verdict, doubts, judged
from comparison.statistics.waves import Comparison, compare
from comparison.statistics.windows import MONTHS_FROM, WINDOW_MONTHS, Sides, Since, ahead, around, sides

Floats = NDArray[np.float64]


class Standing(Enum):
    """What a unit's answers are to the effect."""

    COUNTED = "counted"  # an adopter whose change enters the effect
    COMPARED = "compared"  # beside at least one wave, as not yet adopting
    NO_COMPARISON = "no_comparison"  # an adopter with enough answers, and fewer than three units beside its wave
    BEGUN_BEFORE_DATA = "begun_before_data"
    TOO_EARLY = "too_early"
    TOO_FEW_ANSWERS = "too_few_answers"
    UNUSED = "unused"  # not adopting, and without enough answers around any wave


@dataclass(frozen=True)
class Effect:
    """Everything a page says about one model and one outcome; shares and their differences from -1 to 1.

    `reason` is set where the verdict is CANNOT_TELL, `doubts` where it is NOT_CLEAR. `estimate` is None without a
    wave to compare; `before_after` (adopters' mean change, nan without a usable adopter) can be shown even then, headed
    as not separable from other changes. `placebo` is the same calculation in the months before. `single` is set for
    one adopter only. Arrays are (units,): `change` with Newcombe's `low` and `high` around each adopter's own start
    (nan for others), `standing`, `baseline_rank` (1 the lowest share before) of `baseline_of` units. `own` counts each
    adopter's two sides around its own start (0 for others).
    """

    verdict: Verdict
    reason: Reason | None
    doubts: tuple[Doubt, ...]
    estimate: Estimate | None
    placebo: Estimate | None
    single: Placebos | None
    before_after: float
    leave_one_out: tuple[float, float]
    standing: tuple[Standing, ...]
    change: Floats
    low: Floats
    high: Floats
    baseline_rank: Floats
    baseline_of: Floats
    own: Sides


def effect(
    x: ArrayLike, n: ArrayLike, starts: ArrayLike, months: int = WINDOW_MONTHS,
    since: Mapping[int, tuple[ArrayLike, ArrayLike]] | None = None,
) -> Effect:  # fmt: skip
    """The effect of a model that each unit began in its own month, if at all, on x satisfied of n answers.

    x, n: (units, months), calendar months without a gap up to the last whole one, all units of one kind. starts:
    (units,) column of n in which the unit began; inf for never, negative for before the data, from n's width on for
    planned. Set n to 0 for months that say nothing (a model that ended, a survey under other questions). `months` each
    side, the month of the start itself left out. since: for every start month within n, the (x, n) that count after it
    where x and n hold more than belongs there: cases due after a launch but received before it, for one.

    Effect: adopters' mean change of share less that of the units not yet adopting in the same calendar months, wave by
    wave, weighted by adopters. See `verdict.doubts` for when it is clear. Raises ValueError unless x of n are counts
    in two dimensions, each unit has a start that is whole or inf, and months are at least 3.
    """
    found, total = as_counts(x, n)
    begun = np.asarray(starts, dtype=np.float64)
    if found.ndim != 2 or begun.shape != found.shape[:1]:
        raise ValueError("x and n must be units by months, and starts one for each unit")
    if np.any(np.isnan(begun) | np.isneginf(begun) | (np.isfinite(begun) & (begun != np.floor(begun)))):
        raise ValueError("a start must be a whole month, or inf for never")
    window = around(months)
    later: Since | None = None if since is None else {start: as_counts(*counts) for start, counts in since.items()}
    comparison = compare(found, total, begun, window, since=later)
    estimated = estimate(comparison)
    before_that = None
    if estimated is not None:
        before_that = estimate(compare(found, total, begun, ahead(months), only=comparison.waves))
    standing, own = _by_unit(found, total, begun, months, comparison, later)
    change, low, high = own.change()
    ready = [state in (Standing.COUNTED, Standing.NO_COMPARISON) for state in standing]
    doubted = doubts(estimated, before_that) if estimated is not None else ()
    verdict, reason = _verdict(estimated, doubted, standing)
    before = np.zeros_like(comparison.change)
    for wave, start in enumerate(comparison.waves):
        counted = sides(found, total, int(start), window, later)
        before[:, wave] = counted.before_x / np.maximum(counted.before_n, 1)
    rank, of = baseline_ranks(comparison, before)
    return Effect(
        verdict, reason, doubted if verdict is Verdict.NOT_CLEAR else (), estimated, before_that, placebos(comparison),
        float(change[ready].mean()) if any(ready) else NAN, leave_one_out(comparison),
        standing, change, low, high, rank, of, own,
    )  # fmt: skip


def _verdict(
    estimated: Estimate | None, doubted: tuple[Doubt, ...], standing: tuple[Standing, ...]
) -> tuple[Verdict, Reason | None]:
    if estimated is not None and estimated.adopters > 1:
        return judged(estimated, doubted)
    # Without two adopters to go by, what is missing is told by those that could not be counted. First what time mends.
    adopting = set(standing) - {Standing.COMPARED, Standing.UNUSED, Standing.COUNTED}
    if Standing.TOO_EARLY in adopting or (estimated is None and not adopting):
        return Verdict.TOO_EARLY, None
    for state, reason in (
        (Standing.NO_COMPARISON, Reason.NO_COMPARISON),
        (Standing.TOO_FEW_ANSWERS, Reason.TOO_FEW_ANSWERS),
        (Standing.BEGUN_BEFORE_DATA, Reason.BEGUN_BEFORE_DATA),
    ):
        if state in adopting:
            return Verdict.CANNOT_TELL, reason
    return Verdict.CANNOT_TELL, Reason.ONE_PILOT


def _by_unit(
    found: Floats, total: Floats, starts: Floats, months: int, comparison: Comparison, since: Since | None
) -> tuple[tuple[Standing, ...], Sides]:
    """Each unit's standing, and its two sides around its own start (0 without one)."""
    units, width = total.shape
    states = np.full(units, Standing.UNUSED, dtype=object)
    states[comparison.others] = Standing.COMPARED
    own = np.zeros((6, units))
    answered = total > 0
    first = np.where(answered.any(axis=1), answered.argmax(axis=1), 0)
    states[starts < 0] = Standing.BEGUN_BEFORE_DATA
    for start in np.unique(starts[(starts >= 0) & (starts < width)]).astype(int):
        counted = sides(found, total, start, around(months), since)
        state = np.full(units, Standing.NO_COMPARISON, dtype=object)
        state[~counted.has_after] = Standing.TOO_FEW_ANSWERS if width - 1 >= start + months else Standing.TOO_EARLY
        state[~counted.has_before] = Standing.TOO_FEW_ANSWERS
        state[~counted.has_before & (start - first < MONTHS_FROM)] = Standing.BEGUN_BEFORE_DATA
        begun = starts == start
        states[begun] = state[begun]
        own[:, begun] = np.stack(astuple(counted))[:, begun]
    states[comparison.adopters] = Standing.COUNTED
    return tuple(states), Sides(*own)
