"""Where the lines of a funnel run: how far a share of n may lie from the centre by chance, and by natural spread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparison.statistics.counts import as_counts
from comparison.statistics.intervals import Z_95, Z_998
from comparison.statistics.tails import lower_tail

# Each side of 99.8 % and of 95 %, the two pairs of lines of a funnel (Spiegelhalter 2005).
FLAG_TAIL = 0.001
WATCH_TAIL = 0.025

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Lines:
    """The limits of shares from 0 to 1, each of the shape of n: 95 % (watch) within 99.8 % (flag)."""

    low_998: Floats
    low_95: Floats
    high_95: Floats
    high_998: Floats


def lines(n: ArrayLike, centre: float, tau2: float = float("nan")) -> Lines:
    """The lines of a funnel at n cases each, around a centre and with the natural spread τ² of `natural_spread`.

    Below runs the interpolated exact binomial limit clipped to [0, 1], above its mirror: the limit below of the share
    of everything else. So a share lies beyond a line exactly where its exact tail is under 0.025 or 0.001. The formula
    as published for above, one case lower, has 12 of 12 beyond the line of a centre of 0.92, and late and on time
    would not mirror. With τ² not nan the outer of these and sin²(asin √centre -/+ z sqrt(1/(4 n) + τ²)), as both are
    required of a flag then. Any shape; nan where n is 0 or the centre is nan, 0 or 1. Raises ValueError unless n are
    whole numbers from 0 on and the centre lies between 0 and 1 or is nan.
    """
    cases, _ = as_counts(n, n)
    low_998, high_998 = _pair(cases, centre, tau2, FLAG_TAIL, Z_998)
    low_95, high_95 = _pair(cases, centre, tau2, WATCH_TAIL, Z_95)
    return Lines(low_998, low_95, high_95, high_998)


def interpolated(tail: float, n: ArrayLike, share: float) -> Floats:
    """The share of n up to which X ~ Binomial(n, share) has just the probability `tail`, between whole cases.

    (r - a) / n with r the least count of P(X <= r) >= tail and a = (P(X <= r) - tail) / P(X = r): Spiegelhalter (2005),
    Statistics in Medicine 24, 1185-1202, appendix A.1.1. Any shape; may lie below 0. Raises ValueError unless n are
    whole numbers from 1 on and share lies between 0 and 1.
    """
    cases, _ = as_counts(n, n)
    if not np.all(cases > 0):
        raise ValueError("no limit of a share of nothing")
    # Bisection over all n at once: `beyond` is always short of the tail, `within` never.
    beyond, within = np.full(cases.shape, -1.0), cases.copy()
    while np.any(within - beyond > 1):
        middle = np.floor((beyond + within) / 2)
        reaches = lower_tail(np.maximum(middle, 0), cases, share) >= tail
        apart = within - beyond > 1
        within, beyond = np.where(apart & reaches, middle, within), np.where(apart & ~reaches, middle, beyond)
    reached = lower_tail(within, cases, share)
    before = np.where(within > 0, lower_tail(np.maximum(within - 1, 0), cases, share), 0.0)
    return np.asarray((within - (reached - tail) / (reached - before)) / cases)


def _pair(cases: Floats, centre: float, tau2: float, tail: float, z: float) -> tuple[Floats, Floats]:
    low, high = (np.full(cases.shape, np.nan) for _ in range(2))
    some = cases > 0
    if np.isnan(centre) or centre in (0, 1) or not some.any():
        return low, high
    of = cases[some]
    below = np.clip(interpolated(tail, of, centre), 0, 1)
    above = 1 - np.clip(interpolated(tail, of, 1 - centre), 0, 1)
    if not np.isnan(tau2):
        angle, reach = np.arcsin(np.sqrt(centre)), z * np.sqrt(1 / (4 * of) + tau2)
        below = np.minimum(below, np.sin(np.maximum(angle - reach, 0)) ** 2)
        above = np.maximum(above, np.sin(np.minimum(angle + reach, np.pi / 2)) ** 2)
    low[some], high[some] = below, above
    return low, high
