"""Columns of few different texts, each converted once."""

from collections.abc import Callable, Mapping

import polars as pl


def per_unique(texts: pl.Series, convert: Callable[[str], object], dtype: pl.DataType) -> pl.Series:
    """Each different text converted once."""
    made = converted(texts.to_frame(), {texts.name: convert}, {texts.name: dtype})
    return made.to_series()


def converted(
    texts: pl.DataFrame, convert: Mapping[str, Callable[[str], object]], dtypes: Mapping[str, pl.DataType]
) -> pl.DataFrame:
    """These columns of a table of texts, each different text of a column converted once; null stays null."""
    different = texts.select(pl.col(name).drop_nulls().unique().implode() for name in convert)
    made = []
    for name, function in convert.items():
        unique = different[name][0]
        values = pl.Series([function(text) for text in unique], dtype=dtypes[name])
        if unique.equals(values):
            made.append(pl.col(name))
        else:
            made.append(pl.col(name).replace_strict(unique, values, default=None, return_dtype=dtypes[name]))
    return texts.select(made)
