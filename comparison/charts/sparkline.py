"""The small line under a tile, as st.metric draws it."""

import math

import polars as pl


def sparkline(values: pl.Series) -> list[float]:
    """The values st.metric's chart_data takes: from the first known to the last known, a gap as NaN.

    Empty where fewer than two are known: a line needs two points.
    """
    known = values.cast(pl.Float64).is_not_null().arg_true()
    if known.len() < 2:
        return []
    part = values.cast(pl.Float64).slice(known[0], known[-1] - known[0] + 1)
    return [math.nan if value is None else value for value in part.to_list()]
