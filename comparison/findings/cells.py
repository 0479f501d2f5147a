"""Cells of unit and field, and groups of answers, that stand out by exact tails corrected for all that are tested."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from comparison.findings.differences import clear_difference
from comparison.scope import Known
from comparison.statistics import COMPARED_FROM, expected_from_others, standing_out
from comparison.statistics.funnel import funnel
from comparison.wording import short_unit_name
from comparison.wording.findings import Cell, Share

_MOST = 5


def cells_standing_out(
    cells: pl.DataFrame, known: Known, shown: Sequence[str], fields: Sequence[str], most: int = _MOST
) -> list[tuple[str, str, Cell]]:
    """(unit code, field code, cell), the most surprising first, of the late share by unit and field.

    cells: of every unit and field of the kinds in scope, so that a verdict never changes with the selection; `shown`
    and `fields` (codes; no fields = all) only choose which are named. Units of different kinds are not compared.
    """
    found, _ = cells_tested(cells, known)
    return [each for each in found if each[0] in shown and (not fields or each[1] in fields)][:most]


def cells_tested(cells: pl.DataFrame, known: Known) -> tuple[list[tuple[str, str, Cell]], int]:
    """All cells that stand out, as `cells_standing_out`, and how many were tested."""
    # Equal tails are taken in the order of the codes, whatever the order of the rows.
    due = cells.filter(pl.col("denominator") > 0).sort("unit", "field")
    if due.is_empty():
        return [], 0
    kinds = {unit.code: unit.kind for unit in known.units}
    family = pl.Series([f"{kinds[unit]} {field}" for unit, field in due.select("unit", "field").iter_rows()])
    due = due.with_columns(family.alias("family"))
    late, n = due["numerator"].to_numpy(), due["denominator"].to_numpy()
    expected = expected_from_others(late, n, due["family"].to_numpy())
    found = standing_out(late, n, expected, most=due.height)
    sums = due.select(
        late=pl.col("numerator").sum().over("family") - pl.col("numerator"),
        n=pl.col("denominator").sum().over("family") - pl.col("denominator"),
    )
    named: list[tuple[str, str, Cell]] = []
    for place in np.asarray(found).tolist():
        row, others = due.row(place, named=True), sums.row(place, named=True)
        cell = Cell(
            short_unit_name(row["unit_name"]), row["field_name"], Share(row["numerator"], row["denominator"]),
            row["low"], row["high"], Share(others["late"], others["n"]),
        )  # fmt: skip
        named.append((row["unit"], row["field"], cell))
    return named, int(((n >= COMPARED_FROM) & ~np.isnan(expected)).sum())


def least_satisfied(answer: pl.DataFrame, family: str | None = None) -> list[dict[str, Any]]:
    """The rows surely less satisfied than the others of their family together, the most surprising first; with
    others_numerator and others_denominator.

    Both must hold: the row stands out among all tested (exact tails, Holm), and its share is clearly below that of the
    others (Newcombe), for where the others are few their share is itself not sure.

    family: the column that parts the rows into families, such as "item" (None: all rows are one). Rows with a badge
    stand for other people and are not compared.
    """
    rows = with_others(answer, family)
    if rows.is_empty():
        return []
    n = rows["denominator"].to_numpy()
    dissatisfied = n - rows["numerator"].to_numpy()
    expected = expected_from_others(dissatisfied, n, rows["family"].to_numpy())
    found = standing_out(dissatisfied, n, expected, most=rows.height)
    flagged = [rows.row(place, named=True) for place in found.tolist()]
    return [row for row in flagged if clear_difference(*both_shares(row)) is not None]


def less_satisfied_than_most(answer: pl.DataFrame, family: str | None = None) -> list[dict[str, Any]]:
    """The rows of units (unit, family) that are `least_satisfied` and lie beyond the limits around the middle unit too:
    where a model lifts half of them, the other half is below the average of all and no worse than it ever was."""
    beyond = _beyond_limits(with_others(answer, family))
    return [row for row in least_satisfied(answer, family) if (row["unit"], row["family"]) in beyond]


def _beyond_limits(rows: pl.DataFrame) -> set[tuple[str, str]]:
    """(unit, family) of those with more dissatisfied than the limits around the middle unit of the family allow."""
    found = set()
    for (family,), group in rows.group_by("family"):
        n = group["denominator"].to_numpy()
        drawn = funnel(n - group["numerator"].to_numpy(), n, "down")
        found |= {(unit, str(family)) for unit, worse in zip(group["unit"], drawn.worse, strict=True) if worse}
    return found


def with_others(answer: pl.DataFrame, family: str | None) -> pl.DataFrame:
    """The rows that can be compared, with the sums of the others of their family; as `least_satisfied` takes them."""
    rows = answer.filter(pl.col("denominator") > 0)
    if "badge" in rows.columns:
        rows = rows.filter(pl.col("badge").is_null())
    rows = rows.with_columns(pl.col(family).alias("family") if family else pl.lit("").alias("family"))
    return rows.with_columns(
        (pl.col(name).sum().over("family") - pl.col(name)).alias(f"others_{name}")
        for name in ("numerator", "denominator")
    )


def both_shares(row: dict[str, Any]) -> tuple[Share, Share]:
    """The share of such a row, and of the others."""
    return Share(row["numerator"], row["denominator"]), Share(row["others_numerator"], row["others_denominator"])


def lagging_item(answer: pl.DataFrame, overall_item: str | None) -> tuple[str, Share] | None:
    """The item with the lowest share, where it is clearly under the mean of the other items; the overall one aside.

    One sheet answers all items, so the others count as many answers as an item of theirs has, not as many as they have
    together: their answers hang together and tell less.
    """
    found = lowest_item(answer, overall_item)
    if found is None:
        return None
    item, share, rest, _ = found
    return (item, share) if share.value < rest.value and clear_difference(share, rest) else None


def lowest_item(answer: pl.DataFrame, overall_item: str | None) -> tuple[str, Share, Share, int] | None:
    """The item with the lowest share, its share, that of the others as `lagging_item` has it, and how many items there
    are; None for fewer than two."""
    items = answer.filter((pl.col("denominator") > 0) & (pl.col("item") != (overall_item or "")))
    if items.height < 2:
        return None
    items = items.sort("value", "item")
    lowest = items.row(0, named=True)
    others = items.slice(1)
    rest = Share(
        round(int(others["numerator"].sum()) / others.height), round(int(others["denominator"].sum()) / others.height)
    )
    return lowest["item"], Share(lowest["numerator"], lowest["denominator"]), rest, items.height
