"""Shares by unit with their intervals, and by month with a band."""

from collections.abc import Sequence

import polars as pl

from comparison.charts.frames.shares import in_words
from comparison.charts.small_numbers import FEWEST_SHOWN
from comparison.scope import Language
from comparison.wording import group_name, say, short_unit_name


def unit_intervals(
    answer: pl.DataFrame, units: Sequence[tuple[str, str]], language: Language, message: str
) -> pl.DataFrame:
    """A share by unit for dots with intervals: every unit of `units` (code, name) in that order that has cases.

    message says x of n in the hover, such as "hover.satisfied".
    """
    order = pl.DataFrame(units, schema={"unit": pl.String, "listed_name": pl.String}, orient="row")
    placed = order.join(answer, on="unit", how="inner", maintain_order="left").filter(
        pl.col("is_hidden") | (pl.col("denominator") > 0) | (pl.col("excluded") > 0)
    )
    worded = in_words(placed, language, message)
    names = [short_unit_name(name) for name in placed["listed_name"]]
    return worded.select(
        "unit",
        "value",
        "low",
        "high",
        "n",
        "text",
        "n_text",
        "is_hidden",
        name=pl.Series(names, dtype=pl.String),
        hover=pl.format("{}\n{}", pl.Series("shown", names, dtype=pl.String), pl.col("said")),
    )


def month_line(answer: pl.DataFrame, months: Sequence[str], language: Language, message: str) -> pl.DataFrame:
    """A share by month as one chosen line with a band; a gap where there are under five answers or none."""
    axis = pl.DataFrame({"month": list(months)}, schema={"month": pl.String})
    worded = in_words(answer, language, message).with_columns(
        pl.when(pl.col("n") >= FEWEST_SHOWN).then(pl.col(name)).alias(name) for name in ("value", "low", "high")
    )
    placed = axis.join(worded, on="month", how="left", maintain_order="left")
    nothing = say(language, "overview.none_yet")
    hovers = [
        f"{group_name(language, month)}\n{said or nothing}"
        for month, said in placed.select("month", "said").iter_rows()
    ]
    return placed.select("month", "value", "low", "high", line=pl.lit("all"), role=pl.lit("chosen")).with_columns(
        pl.Series("hover", hovers, dtype=pl.String)
    )
