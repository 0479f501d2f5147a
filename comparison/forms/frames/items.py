"""Satisfaction item by item: shares with mean scores, units by items."""

from collections.abc import Sequence

import polars as pl

from comparison.forms.frames.satisfaction import group_intervals
from comparison.forms.frames.shares import in_words
from comparison.scope import Language
from comparison.wording import number, say, short_unit_name, sort_key


def item_intervals(shares: pl.DataFrame, means: pl.DataFrame, items: Sequence[str], language: Language) -> pl.DataFrame:
    """Satisfied by item for dots with intervals, in the order of `items`, the mean score beside n and in the hover."""
    frame = group_intervals(shares, [(item, item) for item in items], "item", language, "hover.satisfied")
    scores = means.select(pl.col("item").alias("unit"), mean="value", mean_low="low", mean_high="high")
    joined = frame.join(scores, on="unit", how="left", maintain_order="left")
    words = [
        _mean_words(language, *row) for row in joined.select("n_text", "mean", "mean_low", "mean_high").iter_rows()
    ]
    return joined.select(
        *(name for name in frame.columns if name not in ("n_text", "hover")),
        n_text=pl.Series([n_text for n_text, _ in words], dtype=pl.String),
        hover=pl.concat_str("hover", pl.Series("added", [added for _, added in words], dtype=pl.String)),
    )


def _mean_words(
    language: Language, n_text: str, mean: float | None, low: float | None, high: float | None
) -> tuple[str, str]:
    if mean is None:
        return n_text, ""
    score = number(language, mean, 2)
    if low is None or high is None:
        return f"{n_text} · {score}", f"\n{say(language, 'satisfaction.hover_mean_few', mean=score)}"
    edges = {"low": number(language, low, 2), "high": number(language, high, 2)}
    told = say(language, "satisfaction.hover_mean", mean=score, **edges)
    # Student's interval is as wide above the mean as below it.
    return f"{n_text} · {score} ± {number(language, high - mean, 2)}", f"\n{told}"


def with_means(shares: pl.DataFrame, means: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """The answers by item with mean, mean_low and mean_high beside the share."""
    scores = means.select(*by, mean="value", mean_low="low", mean_high="high")
    return shares.join(scores, on=list(by), how="left", maintain_order="left")


def items_in_order(answer: pl.DataFrame, overall_item: str | None) -> list[str]:
    """The items with answers in Vietnamese order, the overall one last."""
    return sorted(answer["item"].unique(), key=lambda item: (item == overall_item, sort_key(item)))


def item_cells(answer: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Satisfied by unit and item as cells of a heat map, coloured by how far they are under all units on that item.

    The item stands as "field"; value is that difference of shares, 0 where the cell is as good or better.
    """
    told = pl.col("denominator").sum().over("item")
    whole = pl.col("numerator").sum().over("item") / pl.when(told > 0).then(told)
    worded = in_words(answer, language, "hover.satisfied").with_columns(under=(whole - pl.col("value")).clip(0))
    name = pl.Series("name", [short_unit_name(name) for name in answer["unit_name"]], dtype=pl.String)
    return worded.select(
        "unit",
        pl.col("item").alias("field"),
        "n",
        "is_hidden",
        value="under",
        text=pl.when("is_hidden").then(pl.lit(say(language, "word.hidden"))).otherwise("bare"),
        n_text=pl.col("n_text"),
        hover=pl.format("{} – {}\n{}", name, pl.col("item"), pl.col("said")),
    )
