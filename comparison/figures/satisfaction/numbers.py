"""The numbers behind the figures of a survey: shares with who answered, and items with their mean scores."""

from collections.abc import Collection, Mapping

import polars as pl

from comparison.figures.numbers import Numbers, measured
from comparison.measures import catalogue
from comparison.question import Question

_BASE = ("numerator", "denominator", "value", "low", "high", "excluded", "is_hidden")


def responded(q: Question, answer: pl.DataFrame) -> Numbers:
    """An answer of `responses` as numbers: the share with its interval, the response rate, its bounds and the badge."""
    added = ("closings", "rate", "bound_low", "bound_high", "badge")
    numbers = measured(q.language, "satisfaction", answer.drop(added))
    if answer["rate"].is_null().all():
        return numbers
    rate = catalogue()["response_rate"]
    english = q.language == "en"
    headings = {
        "closings": rate.denominator_en if english else rate.denominator_vi,
        "rate": rate.title_en if english else rate.title_vi,
        "bound_low": q.say("satisfaction.table_bound_low"),
        "bound_high": q.say("satisfaction.table_bound_high"),
        "badge": q.say("satisfaction.table_badge"),
    }
    words = {code: q.say(f"satisfaction.badge_{code}") for code in ("hidden", "low_response", "response_shifted")}
    columns = answer.select(added).with_columns(pl.col("badge").replace_strict(words, default=None))
    return _beside(numbers, columns, headings, "response_rate", shares={"rate", "bound_low", "bound_high"})


def scored(q: Question, answer: pl.DataFrame) -> Numbers:
    """Items with mean, mean_low and mean_high as numbers."""
    added = ("mean", "mean_low", "mean_high")
    numbers = measured(q.language, "item_satisfaction", answer.drop(added))
    headings = {name: q.say(f"satisfaction.table_{name}") for name in added}
    return _beside(numbers, answer.select(added), headings, "mean_score", scores=set(added))


def _beside(
    numbers: Numbers, columns: pl.DataFrame, headings: Mapping[str, str], measure: str, *,
    shares: Collection[str] = (), scores: Collection[str] = (),
) -> Numbers:  # fmt: skip
    kept = [name for name in columns.columns if columns[name].is_not_null().any()]
    frame = pl.concat(
        [numbers.frame, columns.select(kept).rename({name: headings[name] for name in kept})], how="horizontal"
    )
    return Numbers(
        frame,
        numbers.shares | {headings[name] for name in kept if name in shares},
        (*numbers.measures, measure),
        numbers.scores | {headings[name] for name in kept if name in scores},
    )
