"""How old the stock is, and the procedures that bring most of the work."""

import polars as pl

from comparison.charts.bars import first_half
from comparison.scope import Language
from comparison.wording import number, percent, say
from comparison.wording.findings import Share

# Six weeks of work: what was received longer ago is called old. A step of `stock_age` begins here.
OLD_FROM = 31
# More bars than these are not read.
MOST_PROCEDURES = 15


def age_bars(ages: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Bars of the stock by its age; ages: age_from, age_to (working days, null = and more), n. The old ones marked."""
    total = int(ages["n"].sum())
    names = [age_name(language, low, high) for low, high in ages.select("age_from", "age_to").iter_rows()]
    return pl.DataFrame(
        {
            "unit": ages["age_from"].cast(pl.String),
            "name": pl.Series(names, dtype=pl.String),
            "value": ages["n"],
            "text": pl.Series([number(language, n) for n in ages["n"]], dtype=pl.String),
            "hover": pl.Series(
                [
                    say(language, "hover.part", name=name, n=number(language, n), share=percent(language, n / total))
                    for name, n in zip(names, ages["n"], strict=True)
                ],
                dtype=pl.String,
            ),
            "is_marked": (ages["age_from"] >= OLD_FROM) & (ages["n"] > 0),
        }
    )


def age_name(language: Language, low: int, high: int | None) -> str:
    """ "0–5 ngày", "trên 60 ngày"."""
    if high is None:
        return say(language, "stock_age.more", low=number(language, low))
    return say(language, "stock_age.between", low=number(language, low), high=number(language, high))


def old_share(ages: pl.DataFrame) -> Share:
    """How much of the stock is old."""
    return Share(int(ages.filter(pl.col("age_from") >= OLD_FROM)["n"].sum()), int(ages["n"].sum()))


def half_of(answer: pl.DataFrame) -> int:
    """The fewest procedures that make half of all cases received."""
    return int(first_half(answer["numerator"].sort(descending=True)).sum())
