"""Columns of few different texts, each converted once."""

from collections.abc import Callable

import polars as pl


def per_unique(texts: pl.Series, convert: Callable[[str], object], dtype: pl.DataType) -> pl.Series:
    """Each different text converted once."""
    unique = texts.drop_nulls().unique()
    made = pl.DataFrame({"text": unique, "made": pl.Series([convert(text) for text in unique], dtype=dtype)})
    return texts.alias("text").to_frame().join(made, on="text", how="left", maintain_order="left")["made"]
