"""How far the difference of two shares may be from the truth by chance alone."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparison.statistics.counts import as_counts
from comparison.statistics.intervals import Z_95, wilson


def newcombe(
    x: ArrayLike, n: ArrayLike, other_x: ArrayLike, other_n: ArrayLike, z: float = Z_95
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """x / n less other_x / other_n with Newcombe's score interval: (difference, low, high); 95 % unless z is given.

    nan where either n is 0. Raises ValueError unless all are whole numbers with 0 <= x <= n.
    """
    low, high = wilson(x, n, z)
    other_low, other_high = wilson(other_x, other_n, z)
    share, other = _share(x, n), _share(other_x, other_n)
    difference = share - other
    return (
        difference,
        difference - np.sqrt((share - low) ** 2 + (other_high - other) ** 2),
        difference + np.sqrt((high - share) ** 2 + (other - other_low) ** 2),
    )


def rate_change(
    x: float, days: float, other_x: float, other_days: float, spread: float = 1.0, z: float = Z_95
) -> tuple[float, float, float]:
    """x events in so many days beside others: the ratio of the rates with its interval, (ratio, low, high).

    On the scale of the root, on which a count varies by ½ whatever its size; `spread` times that where months differ
    more than chance (Laney's σ_z, `signals.laney_spread`). Raises ValueError unless counts and days are above 0.
    """
    if min(x, days, other_x, other_days) <= 0:
        raise ValueError("there must be events and days on both sides")
    root, base = np.sqrt(x / days), np.sqrt(other_x / other_days)
    reach = z * spread / 2 * np.sqrt(1 / days + 1 / other_days)
    low, high = ((max(0.0, float(root + step)) / base) ** 2 for step in (-reach, reach))
    return float((root / base) ** 2), float(low), float(high)


def _share(x: ArrayLike, n: ArrayLike) -> NDArray[np.float64]:
    found, total = as_counts(x, n)
    share: NDArray[np.float64] = np.divide(found, total, out=np.full(total.shape, np.nan), where=total > 0)
    return share
