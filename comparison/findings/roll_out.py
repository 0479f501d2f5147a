"""How far each model has got beside its plan, and in which units it is to be looked at."""

from datetime import date

import polars as pl


def kind_to_show(adoptions: pl.DataFrame, asked: str | None) -> str:
    """The kind of units in which a model is looked at: the one asked for if any of them has it, else where most do."""
    begun = adoptions.filter(pl.col("adopted_from").is_not_null())
    counts = (
        (begun if begun.height else adoptions)
        .group_by("unit_kind")
        .len()
        .sort("len", "unit_kind", descending=[True, False])
    )
    kinds: list[str] = counts["unit_kind"].to_list()
    return asked if asked is not None and asked in kinds else kinds[0]


def roll_out(adoptions: pl.DataFrame, on: date) -> pl.DataFrame:
    """Of each model on a day: model, model_name, began (Date or null), running, planned_by_now, planned, late (units).

    planned: units that were ever to have it; a unit that began without a plan counts as planned when it began. late:
    those planned by the day and not begun.
    """
    begun = pl.col("adopted_from") <= on
    due = pl.coalesce("planned_from", "adopted_from") <= on
    return adoptions.group_by("model", "model_name", maintain_order=True).agg(
        began=pl.col("adopted_from").min(),
        running=(begun & (pl.col("adopted_to").is_null() | (pl.col("adopted_to") > on))).sum(),
        planned_by_now=due.sum(),
        planned=pl.len(),
        late=(due & ~begun.fill_null(False)).sum(),
    )
