"""What else changed when a model began: the mix of fields, and how much there was to do."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def mix_change(before: ArrayLike, after: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far the mix of fields moved: (the share that would have to change field, each field's change of share).

    Counts of shape (..., fields), both alike; the first result drops the last axis and lies between 0 and 1: half the
    sum of the absolute changes, the total variation distance. nan where either side has no count. Raises ValueError
    for a negative count.
    """
    change = _shares(after) - _shares(before)
    moved = np.abs(change).sum(axis=-1) / 2
    return np.asarray(moved if change.shape[-1] else np.full_like(moved, np.nan)), change


def volume_change(
    before: ArrayLike, before_months: ArrayLike, after: ArrayLike, after_months: ArrayLike
) -> NDArray[np.float64]:
    """By what share the count a month grew (0.1: a tenth more) or shrank (-0.1), over months that may differ in number.

    nan where nothing was counted before, or a side has no month.
    """
    was, was_months, now, now_months = np.broadcast_arrays(
        *(np.asarray(part, dtype=np.float64) for part in (before, before_months, after, after_months))
    )
    known = (was > 0) & (was_months > 0) & (now_months > 0)
    ratio = np.divide(now * was_months, was * now_months, out=np.full(was.shape, np.nan), where=known)
    return np.asarray(ratio - 1)


def _shares(counts: ArrayLike) -> NDArray[np.float64]:
    found = np.asarray(counts, dtype=np.float64)
    if np.any(found < 0):
        raise ValueError("a count cannot be negative")
    total = found.sum(axis=-1, keepdims=True)
    shares: NDArray[np.float64] = np.divide(found, total, out=np.full(found.shape, np.nan), where=total > 0)
    return shares
