"""How far a mean, or the difference of two means, may be from the truth by chance alone: Student's t."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

# Our judgement: under ten answers on a scale of five steps, t's bell shape is a fiction and one answer moves the mean
# by up to four tenths of a step.
MEAN_FROM = 10
_UPPER = 0.975


def mean_interval(
    mean: ArrayLike, deviation: ArrayLike, n: ArrayLike, least: int = MEAN_FROM
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Student's 95 % interval (low, high) of means of n values whose sample standard deviation (n - 1) is given.

    mean -/+ t(0.975; n - 1) * deviation / sqrt(n); Student (1908), Biometrika 6, 1-25. The unit is that of the values;
    any shapes that broadcast. nan where n is under `least` (10 for what is shown, never under 2). Raises ValueError
    for a negative deviation or n.
    """
    centre, spread, count = np.broadcast_arrays(*(np.asarray(part, dtype=np.float64) for part in (mean, deviation, n)))
    if np.any(spread < 0) or np.any(count < 0):
        raise ValueError("neither a deviation nor a number of values can be negative")
    enough = count >= max(least, 2)
    sure = np.where(enough, count, 2.0)
    half = np.where(enough, stdtrit(sure - 1, _UPPER) * spread / np.sqrt(sure), np.nan)
    return centre - half, centre + half


def difference_of_means(values: ArrayLike, others: ArrayLike) -> tuple[float, float, float]:
    """mean(values) - mean(others) with Student's 95 % interval for one common spread: (difference, low, high).

    d -/+ t(0.975; n1 + n0 - 2) * s * sqrt(1 / n1 + 1 / n0), s² = (SS1 + SS0) / (n1 + n0 - 2), the textbook pooled t.
    Both flat, in one unit. A single value borrows the spread of the others. No interval (nan) for fewer than three
    values together; of no width where neither side varies. Raises ValueError if either is empty.
    """
    one, other = np.asarray(values, dtype=np.float64).ravel(), np.asarray(others, dtype=np.float64).ravel()
    if one.size == 0 or other.size == 0:
        raise ValueError("a mean needs at least one value")
    difference = float(one.mean() - other.mean())
    freedom = one.size + other.size - 2
    if freedom == 0:
        return difference, float("nan"), float("nan")
    squares = ((one - one.mean()) ** 2).sum() + ((other - other.mean()) ** 2).sum()
    half = float(stdtrit(freedom, _UPPER) * np.sqrt(squares / freedom * (1 / one.size + 1 / other.size)))
    return difference, difference - half, difference + half
