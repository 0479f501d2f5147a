"""Counts as arrays, refused when they cannot be counts."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def as_counts(x: ArrayLike, n: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """x of n as float arrays of one shape. Raises ValueError unless both are whole numbers with 0 <= x <= n."""
    found, total = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(n, dtype=np.float64))
    for name, values in (("x", found), ("n", total)):
        if not np.all(np.isfinite(values) & (values == np.floor(values))):
            raise ValueError(f"{name} must be whole numbers")
    if not np.all((found >= 0) & (found <= total)):
        raise ValueError("x must lie between 0 and n")
    return found, total
