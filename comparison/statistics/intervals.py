"""How far a share of n may be from the truth by chance alone."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparison.statistics.counts import as_counts

Z_95 = 1.959964
Z_998 = 3.090232


def wilson(x: ArrayLike, n: ArrayLike, z: float = Z_95) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Wilson's score interval (low, high) of the shares x / n; 95 % unless another z is given.

    Exactly 0 below for x = 0 and exactly 1 above for x = n, nan for n = 0. Raises ValueError unless x and n are whole
    numbers with 0 <= x <= n.
    """
    found, total = as_counts(x, n)
    share = np.divide(found, total, out=np.full(total.shape, np.nan), where=total > 0)
    spread = z * np.sqrt(z * z + 4 * found * (1 - share))
    low = (2 * found + z * z - spread) / (2 * (total + z * z))
    high = (2 * found + z * z + spread) / (2 * (total + z * z))
    some = total > 0
    return np.where(some & (found == 0), 0.0, low), np.where(some & (found == total), 1.0, high)
