"""Late cases of each unit beside those that its fields would have if they were late as at the others of its kind."""

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comparison.statistics.case_mix import expected_late

Counts = NDArray[np.float64]


def by_unit_and_field(counted: pl.DataFrame) -> tuple[tuple[str, ...], Counts, Counts]:
    """The units of a frame unit, field, late, cases, in order, and late cases of cases as (units, fields)."""
    units, rows = np.unique(counted["unit"].to_list(), return_inverse=True)
    fields, columns = np.unique(counted["field"].to_list(), return_inverse=True)
    late, cases = (np.zeros((units.size, fields.size)) for _ in range(2))
    np.add.at(late, (rows, columns), counted["late"].to_numpy())
    np.add.at(cases, (rows, columns), counted["cases"].to_numpy())
    return tuple(units.tolist()), late, cases


def beside_others(counted: pl.DataFrame, kinds: Mapping[str, str], times: tuple[str, ...]) -> pl.DataFrame:
    """`counted` holds, by unit, field and `times`, the columns unit, unit_name, field, late, cases, excluded of ALL
    units of a root; `kinds` gives the kind of each. Returned by unit and times: unit, unit_name, numerator (late cases
    that can be compared), denominator (expected late ones, Float), excluded, of which the cases that nobody else's can
    be compared with are a part. The others are those of the same kind and time (`expected_late`)."""
    placed = counted.with_columns(pl.col("unit").replace_strict(kinds, return_dtype=pl.String).alias("kind"))
    found = []
    for (_, *time), group in placed.group_by("kind", *times, maintain_order=True):
        units, late, cases = by_unit_and_field(group)
        compared = expected_late(late, cases)
        found.append(
            pl.DataFrame(
                {
                    "unit": units,
                    **{name: [value] * len(units) for name, value in zip(times, time, strict=True)},
                    "numerator": compared.late,
                    "denominator": compared.expected,
                    "apart": cases.sum(axis=1) - compared.n,
                }
            )
        )
    keys = ["unit", *times]
    together = placed.group_by(*keys).agg(pl.first("unit_name"), pl.sum("excluded"))
    empty = together.with_columns(pl.lit(0.0).alias(column) for column in ("numerator", "denominator", "apart")).clear()
    beside = pl.concat(found) if found else empty.select(*keys, "numerator", "denominator", "apart")
    return together.join(beside, on=keys).select(
        *keys, "unit_name", pl.col("numerator").cast(pl.Int64), "denominator",
        (pl.col("excluded") + pl.col("apart")).cast(pl.Int64).alias("excluded"),
    )  # fmt: skip
