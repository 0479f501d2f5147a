"""Months with hardly any cases, taken together as quarters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparison.statistics.counts import as_counts
from comparison.statistics.tiers import SHOWN_FROM


@dataclass(frozen=True)
class Points:
    """x of n of each point of a chart, (points,), with its first and last month (positions) and where changes begin."""

    x: NDArray[np.float64]
    n: NDArray[np.float64]
    first: NDArray[np.intp]
    last: NDArray[np.intp]
    baseline_from: tuple[int, ...]


def pool_quarters(x: ArrayLike, n: ArrayLike, quarter: ArrayLike, baseline_from: Sequence[int] = ()) -> Points:
    """Months (in order) as points: a quarter that holds a month with n < 5 becomes one point, the others stay months.

    x, n: (months,); quarter: (months,), equal for months of one calendar quarter. A recorded change (`baseline_from`,
    positions of months) cuts its quarter in two, so that no point mixes before and after. Pooled by n alone, never by
    what x says. Raises ValueError unless x of n are flat counts and each month has a quarter.
    """
    found, total = as_counts(x, n)
    labels = np.asarray(quarter)
    if found.ndim != 1 or labels.shape != found.shape:
        raise ValueError("each month has one count and one quarter")
    months = np.arange(found.size)
    changes = np.isin(months, list(baseline_from))
    piece = np.cumsum(changes | (months == 0) | np.append(True, labels[1:] != labels[:-1])[: found.size]) - 1
    is_few = np.bincount(piece, weights=total < SHOWN_FROM)[piece] > 0
    begins = ~is_few | np.append(True, piece[1:] != piece[:-1])[: found.size]
    first = np.flatnonzero(begins)
    if not first.size:
        return Points(found, total, first, first, ())
    last = np.append(first[1:], found.size) - 1
    kept = tuple(int(point) for point in np.flatnonzero(np.isin(first, list(baseline_from))))
    return Points(np.add.reduceat(found, first), np.add.reduceat(total, first), first, last, kept)
