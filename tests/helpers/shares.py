"""A share's answer as a measure gives it."""

from collections.abc import Sequence

import polars as pl

from comparison.statistics import wilson


def answer(rows: Sequence[tuple[int, int, int]], **groups: Sequence[object]) -> pl.DataFrame:
    """A share's answer; rows: (numerator, denominator, excluded), groups: the columns before them."""
    x, n, excluded = zip(*rows, strict=True)
    low, high = wilson(x, n)
    frame = pl.DataFrame({**groups, "numerator": x, "denominator": n, "excluded": excluded}).with_columns(
        pl.Series("low", low).fill_nan(None), pl.Series("high", high).fill_nan(None), is_hidden=pl.lit(False)
    )
    return frame.with_columns(
        value=pl.when(pl.col("denominator") > 0).then(pl.col("numerator") / pl.col("denominator"))
    )
