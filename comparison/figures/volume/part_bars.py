"""Parts of a whole as bars."""

from collections.abc import Sequence

import polars as pl

from comparison.judgements.half import first_half
from comparison.scope import Language
from comparison.wording import number, percent, say, short_unit_name


def part_bars(codes: pl.Series, names: Sequence[str], counts: pl.Series, language: Language) -> pl.DataFrame:
    """Rows for bars in the order given; the share of all in the hover."""
    total = counts.sum()
    hovers = [
        say(language, "hover.part", name=name, n=number(language, n), share=percent(language, n / total))
        for name, n in zip(names, counts, strict=True)
    ]
    return pl.DataFrame(
        {
            "unit": codes.cast(pl.String),
            "name": pl.Series(names, dtype=pl.String),
            "value": counts,
            "text": pl.Series([number(language, n) for n in counts], dtype=pl.String),
            "hover": pl.Series(hovers, dtype=pl.String),
        }
    )


def largest_first(answer: pl.DataFrame, by: str, language: Language) -> pl.DataFrame:
    """Counts by unit, field or procedure as `part_bars`, the largest first, marked those that make half."""
    some = answer.filter(pl.col("numerator") > 0).sort("numerator", descending=True, maintain_order=True)
    names = [short_unit_name(name) for name in some[f"{by}_name"]]
    rows = part_bars(some[by], names, some["numerator"], language)
    return rows.with_columns(is_marked=first_half(some["numerator"]))
