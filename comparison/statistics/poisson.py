"""How far a count, or its ratio to what was expected, may be from the truth by chance alone."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtr

from comparison.statistics.counts import as_counts
from comparison.statistics.intervals import Z_95

# The rule of PHEindicatormethods (UK Health Security Agency): exact for single figures, Byar from ten on.
BYAR_FROM = 10

Floats = NDArray[np.float64]


def exact_count_interval(x: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats]:
    """The exact Poisson limits (low, high) of counts; 95 % unless another z is given (Z_998 for 99.8 %).

    Half the chi-square quantiles with 2 x and 2 x + 2 degrees of freedom: Garwood (1936), Biometrika 28, 437-442. Any
    shape. Exactly 0 below for x = 0. Raises ValueError unless x are whole numbers from 0 on.
    """
    count, tail = _counts(x), ndtr(-z)
    low = np.where(count == 0, 0.0, gammaincinv(np.maximum(count, 1), tail))
    return low, gammaincinv(count + 1, 1 - tail)


def byar(x: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats]:
    """Byar's limits (low, high) of counts, close to the exact ones from 10 on; 95 % unless another z is given.

    x (1 - 1/(9 x) - z/(3 sqrt(x)))³ and the same of x + 1 with + z: Breslow & Day (1987), Statistical Methods in Cancer
    Research II, 69. Any shape. Exactly 0 below for x = 0. Raises ValueError unless x are whole numbers from 0 on.
    """
    count = _counts(x)
    some, more = np.maximum(count, 1), count + 1
    low = np.where(count == 0, 0.0, some * (1 - 1 / (9 * some) - z / (3 * np.sqrt(some))) ** 3)
    return low, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def count_interval(x: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats]:
    """The limits (low, high) of counts: exact under 10, Byar's from 10 on; 95 % unless another z is given.

    Any shape. Raises ValueError unless x are whole numbers from 0 on.
    """
    count = _counts(x)
    exact, close = exact_count_interval(count, z), byar(count, z)
    few = count < BYAR_FROM
    return np.where(few, exact[0], close[0]), np.where(few, exact[1], close[1])


def ratio_interval(observed: ArrayLike, expected: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats, Floats]:
    """observed / expected with the limits of the observed count over the expected: (ratio, low, high).

    Only the observed count varies; the expected is taken as known. Any shapes that broadcast. nan where nothing is
    expected. Raises ValueError unless observed are whole numbers from 0 on and expected are numbers from 0 on.
    """
    count, base = np.broadcast_arrays(_counts(observed), np.asarray(expected, dtype=np.float64))
    if not np.all(np.isfinite(base) & (base >= 0)):
        raise ValueError("what is expected must be a number from 0 on")
    ratio, low, high = (
        np.divide(part, base, out=np.full(base.shape, np.nan), where=base > 0)
        for part in (count, *count_interval(count, z))
    )
    return ratio, low, high


def _counts(x: ArrayLike) -> Floats:
    count, _ = as_counts(x, x)
    return count
