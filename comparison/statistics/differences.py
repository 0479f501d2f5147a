"""How far the difference of two shares may be from the truth by chance alone."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparison.statistics.counts import as_counts
from comparison.statistics.intervals import wilson


def newcombe(
    x: ArrayLike, n: ArrayLike, other_x: ArrayLike, other_n: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """x / n less other_x / other_n with Newcombe's 95 % score interval: (difference, low, high).

    nan where either n is 0. Raises ValueError unless all are whole numbers with 0 <= x <= n.
    """
    low, high = wilson(x, n)
    other_low, other_high = wilson(other_x, other_n)
    share, other = _share(x, n), _share(other_x, other_n)
    difference = share - other
    return (
        difference,
        difference - np.sqrt((share - low) ** 2 + (other_high - other) ** 2),
        difference + np.sqrt((high - share) ** 2 + (other - other_low) ** 2),
    )


def _share(x: ArrayLike, n: ArrayLike) -> NDArray[np.float64]:
    found, total = as_counts(x, n)
    share: NDArray[np.float64] = np.divide(found, total, out=np.full(total.shape, np.nan), where=total > 0)
    return share
