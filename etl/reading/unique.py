"""Columns of few different texts, each converted once."""

from collections.abc import Callable, Mapping
from functools import cache

import polars as pl

Convert = Callable[[str], object]


def different(texts: pl.DataFrame) -> dict[str, pl.Series]:
    """The different texts of each column."""
    found = texts.select(pl.all().drop_nulls().unique().implode())
    return {column: found[column][0] for column in found.columns}


def converted(
    texts: pl.DataFrame, unique: Mapping[str, pl.Series], convert: Mapping[str, tuple[Convert, pl.DataType]]
) -> pl.DataFrame:
    """The columns that `convert` names, each of its different texts converted once; null stays null. Of categories,
    texts become categories."""
    made = []
    for column, (function, dtype) in convert.items():
        values = pl.Series([function(text) for text in unique[column]], dtype=dtype)
        if isinstance(texts.schema[column], pl.Categorical):
            made.append(pl.lit(_by_category(texts[column], unique[column], values)).alias(column))
            continue
        read = pl.col(column)
        if not values.equals(unique[column], check_dtypes=True):
            read = read.replace_strict(unique[column], values, default=None, return_dtype=dtype)
        made.append(read)
    return texts.select(made)


def _by_category(column: pl.Series, unique: pl.Series, values: pl.Series) -> pl.Series:
    """The value of each category at its rows."""
    numbers = unique.to_physical()
    last = numbers.max()
    by_number = alike(None, 1 + (last if isinstance(last, int) else 0), values.dtype)
    by_number = by_number.scatter(numbers, values)
    return _as_categories(by_number).gather(column.to_physical())


def alike(value: object, rows: int, dtype: pl.DataType) -> pl.Series:
    """A column of one value."""
    # A tenth of what `pl.repeat` takes, which is more than most columns of a small file take to be read.
    return _alone(value, dtype).new_from_index(0, rows)


@cache
def _alone(value: object, dtype: pl.DataType) -> pl.Series:
    return pl.Series([value], dtype=dtype)


def in_every_row(value: pl.Series, cells: pl.DataFrame) -> pl.Series:
    """One value in as many rows as these cells have; a text is a category where theirs are, as those of a large
    file."""
    is_large = any(isinstance(form, pl.Categorical) for form in cells.dtypes)
    return (_as_categories(value) if is_large else value).new_from_index(0, cells.height)


def _as_categories(values: pl.Series) -> pl.Series:
    """Texts as categories; other values as they are."""
    return values.cast(pl.Categorical(pl.Categories.random())) if values.dtype == pl.String else values


def per_unique(texts: pl.Series, convert: Convert, dtype: pl.DataType) -> pl.Series:
    """Each different text of one column converted once."""
    frame = texts.to_frame()
    return converted(frame, different(frame), {texts.name: (convert, dtype)}).to_series()
