"""Units in the order of a share, where the data support one."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from comparison.statistics.funnel import Good
from comparison.statistics.order import ordered


def worst_first(answer: pl.DataFrame, units: Sequence[tuple[str, str]], good: Good) -> list[tuple[str, str]] | None:
    """`units` (code, name) by their shares in a measure's answer by unit, the worst first; None: no order is supported.

    By shares drawn towards the middle where n is small; units under 25 cases, or hidden, come last as they were.
    """
    told = answer.filter(~pl.col("is_hidden")) if "is_hidden" in answer.columns else answer
    counts = {unit: (x, n) for unit, x, n in told.select("unit", "numerator", "denominator").iter_rows()}
    found = np.array([counts.get(code) or (0, 0) for code, _ in units], dtype=np.float64).reshape(-1, 2)
    order = ordered(found[:, 0], found[:, 1], good)
    if order.refused:
        return None
    last = np.where(np.isnan(order.rank), np.inf, -order.rank)
    return [units[place] for place in np.argsort(last, kind="stable")]
