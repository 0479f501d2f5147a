"""How surprising a count is that adds up from parts with a chance each: exact tails of a Poisson-binomial sum."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtri, xlog1py, xlogy

# What is less likely than this is given as this; scores further out are the signed root of the deviance.
SMALLEST = 1e-25

Floats = NDArray[np.float64]


def sum_tails(x: float, n: Floats, share: Floats) -> tuple[float, float, float]:
    """P(X <= x), P(X >= x) and the mid-p normal score of x, X the sum of independent Binomial(n, share), exact.

    Every case of part f has the chance share[f], so X is Poisson-binomial; its probabilities are those of the parts
    convolved. n, share: flat, one for each part, shares between 0 and 1. The score is Φ⁻¹(P(X < x) + ½ P(X = x)), above
    0 for more than expected. Tails under 1e-25 are given as 1e-25. Raises ValueError for a share of exactly 0 or 1.
    """
    if not np.all((share > 0) & (share < 1)):
        raise ValueError("a share must lie between 0 and 1")
    sums, first = np.ones(1), 0
    for cases, chance in zip(n, share, strict=True):
        begin, likely = _binomial(cases, chance)
        sums, first = np.convolve(sums, likely), first + begin
    place = int(x) - first
    below, above = float(sums[: max(place, 0)].sum()), float(sums[max(place + 1, 0) :].sum())
    equal = float(sums[place]) if 0 <= place < sums.size else 0.0
    lower, upper = max(below + equal / 2, SMALLEST), max(above + equal / 2, SMALLEST)
    score = float(ndtri(lower)) if lower < upper else -float(ndtri(upper))
    if min(lower, upper) <= SMALLEST:
        score = _far(x, n, share)
    return min(max(below + equal, SMALLEST), 1.0), min(max(above + equal, SMALLEST), 1.0), score


def _far(x: float, n: Floats, share: Floats) -> float:
    """The signed root of the deviance of one binomial of the same mean, widened by as much as the sum is narrower."""
    cases, mean = float(n.sum()), float((n * share).sum())
    deviance = xlogy(x, x / mean) + xlogy(cases - x, (cases - x) / (cases - mean))
    narrower = mean * (1 - mean / cases) / (n * share * (1 - share)).sum()
    return float(np.sign(x - mean) * np.sqrt(2 * deviance * narrower))


def _binomial(n: float, share: float) -> tuple[int, Floats]:
    """From which number on, and with which probability each, outside of which less than 1e-30 lies."""
    mean, spread = n * share, np.sqrt(n * share * (1 - share))
    # Bernstein's inequality: 12 standard deviations and 80 cases leave exp(-69) outside, however many cases there are.
    first, last = max(0, int(mean - 12 * spread - 80)), min(int(n), int(np.ceil(mean + 12 * spread + 80)))
    k = np.arange(first, last + 1)
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return first, np.exp(ways + xlogy(k, share) + xlog1py(n - k, -share))
