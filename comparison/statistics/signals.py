"""Which months of one unit differ from its own usual level by more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from comparison.statistics.counts import as_counts
from comparison.statistics.mid_p import Family, Rate, Share

# The usual level is that of the first 24 months; from 12 on it is good for limits, before it is a trial.
BASELINE_MOST = 24
BASELINE_LEAST = 12
LIMIT = 3.0
RUN = 8
# A run counts if eight or more points on that side have a chance of at most one in fifty together. Fair tosses have one
# in 256; but where a month has few cases nearly every month may lie on one side, and eight of those say nothing.
RUN_CHANCE = 0.02
# Nelson (1982), Journal of Quality Technology 14, 172-173: moving ranges from here on are no usual variation.
_ODD_RANGE = 3.267
# The mean range of two values of a standard normal distribution.
_MEAN_RANGE = 1.128

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Signal(Enum):
    """What a month shows."""

    NONE = "none"
    HIGH = "high"  # above the upper limit
    LOW = "low"
    RUN_HIGH = "run_high"  # one of eight or more in a row above the centre
    RUN_LOW = "run_low"


@dataclass(frozen=True)
class Signals:
    """A chart of one unit; arrays are (points,), nan where a point has no cases or days.

    `value` = x / n: a share from 0 to 1, or events a working day. `z` is the score z* after the unit's own variation,
    `centre` the usual level of that time, `low` and `high` the limits of |z*| = 3 in the unit of `value`: a value is
    beyond a limit exactly if |z*| > 3 (nan in a trial). `p` is how rarely chance alone shows a point, or the run that
    it ends, at least so far on either side: twice the smaller of both chances, at most 1. `spread` is σ_z, 1 where
    months differ by chance alone. `trial` marks times with fewer than twelve points so far. `part` counts the times
    between recorded changes from 0 on.
    """

    n: Floats
    value: Floats
    z: Floats
    centre: Floats
    low: Floats
    high: Floats
    p: Floats
    spread: Floats
    trial: Flags
    part: NDArray[np.intp]
    signal: tuple[Signal, ...]
    family: Family


def share_signals(
    x: ArrayLike, n: ArrayLike, baseline_from: Sequence[int] = (), baseline: int = BASELINE_MOST
) -> Signals:
    """The signals of x of n cases, month by month; (months,).

    z = Φ⁻¹(P(X < x) + ½ P(X = x)), X ~ Binomial(n, p̄), p̄ = (Σx + ½) / (Σn + 1) of the baseline; z* = z / σ_z, σ_z =
    max(1, mean |moving range of z| / 1.128), ranges of 3.267 times the mean or more dropped once: Laney (2002), Quality
    Engineering 14, 531-537, on mid-p scores in place of (x / n - p̄) / √(p̄ (1 - p̄) / n), which cry wolf for few cases.

    A month signals beyond |z*| = 3, or as one of 8 or more in a row on one side of the centre, if their chances to lie
    there have a product of at most 0.02; months without cases are passed over. 25 cases must stand behind either. After
    the first two tests of Nelson (1984), Journal of Quality Technology 16, 237-239, the second with 8 for 9.

    The baseline is the first `baseline` months (12 to 24), again from every position in `baseline_from` on: recorded
    changes, never found ones. A part with fewer than 12 months is a trial: no limits yet. Raises ValueError unless x of
    n are flat counts, and positions and baseline lie within.
    """
    found, total = as_counts(x, n)
    return _signals(Share(), found, total, baseline_from, baseline, np.zeros(found.shape, dtype=bool))


def count_signals(
    x: ArrayLike, days: ArrayLike, baseline_from: Sequence[int] = (), baseline: int = BASELINE_MOST,
    apart: ArrayLike | None = None,
) -> Signals:  # fmt: skip
    """The signals of x events in so many working days, month by month; (months,). As `share_signals`, X ~ Poisson.

    The centre is (Σx + ½) / Σdays of the baseline, in events a working day; any number of events is enough for a
    signal. `apart` marks months known beforehand to be unlike the others (Tết): they have a z but no signal, and enter
    neither the baseline nor a run. Raises ValueError also where something happened in no days.
    """
    found, _ = as_counts(x, x)
    total = np.asarray(days, dtype=np.float64)
    if total.shape != found.shape or not np.all(np.isfinite(total) & (total >= 0)):
        raise ValueError("there must be a number of days from 0 on for each count")
    if np.any((total == 0) & (found > 0)):
        raise ValueError("nothing can happen in no days")
    unlike = np.zeros(found.shape, dtype=bool) if apart is None else np.asarray(apart, dtype=bool)
    if unlike.shape != found.shape:
        raise ValueError("each month is apart or not")
    return _signals(Rate(), found, total, baseline_from, baseline, unlike)


def laney_spread(z: ArrayLike) -> float:
    """σ_z of scores in their order: max(1, mean |moving range| / 1.128), large ranges dropped once. 1 for under two."""
    ranges = np.abs(np.diff(np.asarray(z, dtype=np.float64)))
    if ranges.size == 0 or ranges.max() == 0:
        return 1.0
    usual = ranges[ranges < _ODD_RANGE * ranges.mean()]
    return max(1.0, float(usual.mean()) / _MEAN_RANGE)


def _signals(
    family: Family, x: Floats, n: Floats, baseline_from: Sequence[int], baseline: int, apart: Flags
) -> Signals:  # fmt: skip
    if x.ndim != 1:
        raise ValueError("a chart has one count for each month")
    if not BASELINE_LEAST <= baseline <= BASELINE_MOST:
        raise ValueError(f"a baseline has {BASELINE_LEAST} to {BASELINE_MOST} months")
    starts = sorted({0, *baseline_from})
    if starts[0] < 0 or (len(starts) > 1 and starts[-1] >= x.size):
        raise ValueError("a recorded change lies within the months")
    z, centre, low, high, p, spread = (np.full(x.shape, np.nan) for _ in range(6))
    trial, part = np.zeros(x.shape, dtype=bool), np.zeros(x.shape, dtype=np.intp)
    signal = np.full(x.shape, Signal.NONE, dtype=object)
    for number, (begin, end) in enumerate(zip(starts, [*starts[1:], x.size], strict=True)):
        part[begin:end] = number
        points = begin + np.flatnonzero((n[begin:end] > 0) & ~apart[begin:end])
        trial[begin:end] = points.size < BASELINE_LEAST
        if not points.size:
            continue
        counted, behind = x[points], n[points]
        usual = family.centre(counted[:baseline], behind[:baseline])
        scores = family.score(counted, behind, usual)
        sigma = laney_spread(scores[:baseline])
        z[points], centre[begin:end], spread[begin:end] = scores / sigma, usual, sigma
        others = begin + np.flatnonzero((n[begin:end] > 0) & apart[begin:end])
        z[others] = family.score(x[others], n[others], usual) / sigma
        sizes, size = np.unique(behind, return_inverse=True)
        whole, limits = family.cuts(np.array([-LIMIT * sigma, 0.0, LIMIT * sigma]), sizes, usual)
        chance_above = family.above(whole[1], sizes, usual)[size]
        enough = behind >= family.least
        # A month at the mean itself stands on neither side, though its score is not 0 where the distribution is skewed.
        deviation = counted - behind * usual
        is_told = enough & (points.size >= BASELINE_LEAST)
        rarest = np.where(is_told, 2 * ndtr(-np.abs(scores / sigma)), 1.0)
        for side, chance, run, beyond in (
            (1, chance_above, Signal.RUN_HIGH, Signal.HIGH),
            (-1, 1 - chance_above, Signal.RUN_LOW, Signal.LOW),
        ):
            on_side = (side * scores > 0) & (side * deviation > 0)
            signal[points[_in_run(on_side, chance, behind, family.least)]] = run
            signal[points[is_told & (side * scores > LIMIT * sigma)]] = beyond
            rarest = np.minimum(rarest, 2 * _run_chances(on_side, chance, behind, family.least))
        p[points] = np.minimum(2 * rarest, 1.0)
        if points.size >= BASELINE_LEAST:
            low[points], high[points] = limits[0, size] / behind, limits[2, size] / behind
    value = np.divide(x, n, out=np.full(x.shape, np.nan), where=n > 0)
    return Signals(n, value, z, centre, low, high, p, spread, trial, part, tuple(signal), family)


def _runs(on_side: Flags) -> list[tuple[int, int]]:
    """(first, one after the last) of every run of points on one side."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], on_side, [False]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _in_run(on_side: Flags, chance: Floats, n: Floats, least: float) -> Flags:
    """Which points stand in a run of eight or more on one side that chance hardly gives."""
    mask = np.zeros(on_side.shape, dtype=bool)
    for first, after in _runs(on_side):
        rare = np.prod(chance[first:after]) <= RUN_CHANCE
        mask[first:after] = after - first >= RUN and rare and n[first:after].sum() >= least
    return mask


def _run_chances(on_side: Flags, chance: Floats, n: Floats, least: float) -> Floats:
    """How likely chance lets each point end the run on one side that it ends; 1 where that is none of eight or more."""
    likely = np.ones(on_side.shape)
    for first, after in _runs(on_side):
        counts = (np.arange(1, after - first + 1) >= RUN) & (np.cumsum(n[first:after]) >= least)
        likely[first:after] = np.where(counts, np.cumprod(chance[first:after]), 1.0)
    return likely
