"""The field with most late cases."""

from typing import NamedTuple

import polars as pl

from comparison.wording.findings import Share


class FieldLate(NamedTuple):
    """A field, and how many of its cases due are late."""

    code: str
    name: str
    late: Share


def most_late(by_field: pl.DataFrame, first: str) -> FieldLate | None:
    """The field with most late cases; `first` wins a tie, and where none is late.

    by_field: the late share by field. None where no field has cases due.
    """
    due = by_field.filter(pl.col("denominator") > 0)
    if due.is_empty():
        return None
    top = due.sort("numerator", pl.col("field") == first, "denominator", descending=True).row(0, named=True)
    return FieldLate(top["field"], top["field_name"], Share(top["numerator"], top["denominator"]))
