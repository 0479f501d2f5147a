"""Which groups of a survey are hidden, so that nobody's answer can be read or worked out."""

from collections.abc import Sequence

import polars as pl

from comparison.statistics.tiers import SHOWN_FROM


def hidden(keys: Sequence[pl.Series], answers: pl.Series) -> pl.Series:
    """Which groups are hidden (Boolean), given each group's keys, in the order asked, and its number of answers.

    Hidden are groups of 1 to 4 answers, and with them the smallest of their siblings (the groups equal in all keys
    but the last) until those hidden hold at least 5 answers together: otherwise a total less the groups shown would
    tell what was hidden. Among equals the first by its last key. A group of no answers has nothing to hide.
    """
    last = keys[-1] if keys else pl.repeat(0, len(answers), eager=True)
    groups = pl.DataFrame([answers.alias("answers"), last.alias("last")])
    groups = groups.with_columns(key.alias(f"parent_{place}") for place, key in enumerate(keys[:-1]))
    siblings = [pl.lit(0), *(pl.col(f"parent_{place}") for place in range(len(keys) - 1))]
    some = groups.with_row_index("row").filter(pl.col("answers") > 0).sort("answers", "last", maintain_order=True)
    before = (pl.col("answers").cum_sum() - pl.col("answers")).over(siblings)
    any_few = (pl.col("answers") < SHOWN_FROM).any().over(siblings)
    taken = some.filter((pl.col("answers") < SHOWN_FROM) | any_few & (before < SHOWN_FROM))
    return pl.int_range(len(answers), eager=True).is_in(taken["row"].implode()).alias("is_hidden")
