"""The few that make half of a whole."""

import polars as pl


def first_half(values: pl.Series) -> pl.Series:
    """True for the fewest leading values (given largest first) that reach half of the sum; all False for a sum of 0."""
    before = values.cum_sum().shift(1, fill_value=0)
    return (before * 2 < values.sum()) & (values > 0)
