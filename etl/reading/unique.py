"""Columns of few different texts, each converted once."""

from collections.abc import Callable, Mapping

import polars as pl

Convert = Callable[[str], object]


def different(texts: pl.DataFrame) -> dict[str, pl.Series]:
    """The different texts of each column."""
    found = texts.select(pl.all().drop_nulls().unique().implode())
    return {column: found[column][0] for column in found.columns}


def converted(
    texts: pl.DataFrame, unique: Mapping[str, pl.Series], convert: Mapping[str, tuple[Convert, pl.DataType]]
) -> pl.DataFrame:
    """The columns that `convert` names, each of its different texts converted once; null stays null."""
    made = []
    for column, (function, dtype) in convert.items():
        values = pl.Series([function(text) for text in unique[column]], dtype=dtype)
        read = pl.col(column)
        if not values.equals(unique[column], check_dtypes=True):
            read = read.replace_strict(unique[column], values, default=None, return_dtype=dtype)
        made.append(read)
    return texts.select(made)


def per_unique(texts: pl.Series, convert: Convert, dtype: pl.DataType) -> pl.Series:
    """Each different text of one column converted once."""
    frame = texts.to_frame()
    return converted(frame, different(frame), {texts.name: (convert, dtype)}).to_series()
