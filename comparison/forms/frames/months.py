"""Which months a chart shows, and a measure's answer laid out along them."""

from collections.abc import Sequence
from datetime import timedelta

import polars as pl

from comparison.scope import Period, Root
from comparison.scope.periods import add_months
from comparison.statistics import SHOWN_FROM

LEAST = 12


def months_shown(period: Period, covered: Period, least: int = LEAST) -> Period:
    """The whole months up to the period's last, at least `least` of them, as far as data are there.

    It ends with the period's last covered day. A period without any data is handed back as it is.
    """
    ends_on = min(period.ends_on, covered.ends_on)
    first = min(period.starts_on, add_months(ends_on.replace(day=1), 1 - least)).replace(day=1)
    starts_on = max(first, covered.starts_on)
    if ends_on < starts_on or period.starts_on > covered.ends_on:
        return period
    return Period(starts_on, ends_on)


def month_codes(period: Period) -> list[str]:
    """ "2023-01" for every month that the period touches."""
    months = pl.date_range(period.starts_on.replace(day=1), period.ends_on, "1mo", eager=True)
    return months.dt.strftime("%Y-%m").to_list()


def is_unfinished(period: Period) -> bool:
    """Whether the period's last month is not yet over on its last day."""
    return (period.ends_on + timedelta(days=1)).day != 1


def along(months: Sequence[str], answer: pl.DataFrame, column: str = "value") -> pl.Series:
    """One column of a measure by month, a value for every month; null where the measure has none."""
    axis = pl.DataFrame({"month": list(months)}, schema={"month": pl.String})
    return axis.join(answer, on="month", how="left", maintain_order="left")[column].cast(pl.Float64)


def share_along(months: Sequence[str], answer: pl.DataFrame) -> pl.Series:
    """A share by month, as `along`; null where under five cases or answers stand behind it."""
    return along(months, answer.with_columns(pl.when(pl.col("denominator") >= SHOWN_FROM).then(pl.col("value"))))


def covered(root: Root) -> Period:
    """The days that a root's data cover."""
    return Period(root.covers_from, root.cut_off)
