"""Satisfaction together with who answered: response rates, the bounds that the silent leave, and badges."""

import polars as pl

from comparison.measures.run import measure
from comparison.scope import Scope, Viewer
from comparison.statistics.responses import badges, response_bounds
from warehouse.snapshots import Warehouse


def responses(
    warehouse: Warehouse, scope: Scope, compared: Scope | None, viewer: Viewer, by: tuple[str, ...] = ()
) -> pl.DataFrame:
    """Satisfaction and response rate by the same groups: (), unit, field, channel or month; sorted by the groups.

    Columns: the groups (and names); of `satisfaction` numerator, denominator, value, low, high, excluded, is_hidden;
    of `response_rate` closings and rate, null where hidden, where nothing was closed, or where the instrument is not
    tied to cases; bound_low, bound_high (`response_bounds`), null where share or rate is; badge (`badges`).

    A group with closings but no sheet has a row: numerator and denominator 0, no value, rate 0, bounds 0 to 1. The
    rate counts closings with a sheet, `denominator` all sheets: those without a case code answer too, but nobody knows
    for which case, so that the true rate may be higher. `compared` is the scope of the comparison period, or
    None: "response_shifted" is then never said. A month is compared with the month at the same place of that period.
    Raises CannotAnswer as `measure` does.
    """
    keys = [*by, *(f"{group}_name" for group in by if group in ("unit", "field", "procedure"))]
    answered = measure(warehouse, scope, viewer, "satisfaction", by)
    rates = _rates(warehouse, scope, viewer, by).select(*keys, "closings", "rate")
    on = pl.lit(0).alias("all")
    joined = answered.with_columns(on).join(
        rates.with_columns(on), on=["all", *keys], how="full", coalesce=True, nulls_equal=True
    )
    joined = joined.with_columns(
        pl.col("is_hidden").fill_null(False),
        *(
            pl.when(pl.col("is_hidden").is_null()).then(0).otherwise(pl.col(column)).alias(column)
            for column in ("numerator", "denominator", "excluded")
        ),
    )
    if compared is None:
        joined = joined.with_columns(pl.lit(None, dtype=pl.Float64).alias("rate_before"))
    else:
        before = _rates(warehouse, compared, viewer, by)
        if "month" in by:
            before = before.with_columns(_months_later(scope, compared))
        before = before.select(*by, pl.col("rate").alias("rate_before")).with_columns(on)
        joined = joined.join(before, on=["all", *by], how="left", nulls_equal=True)
    return _bounded(joined).sort(*by or ["all"], maintain_order=True).select(
        *(column for column in answered.columns), "closings", "rate", "bound_low", "bound_high", "badge"
    )  # fmt: skip


def _rates(warehouse: Warehouse, scope: Scope, viewer: Viewer, by: tuple[str, ...]) -> pl.DataFrame:
    found = measure(warehouse, scope, viewer, "response_rate", by)
    return found.with_columns(
        pl.when(pl.col("denominator") > 0).then("denominator").alias("closings"), pl.col("value").alias("rate")
    )


def _months_later(scope: Scope, compared: Scope) -> pl.Expr:
    now, before = scope.period.starts_on, compared.period.starts_on
    months = (now.year - before.year) * 12 + now.month - before.month
    return pl.format("{}-01", "month").str.to_date().dt.offset_by(f"{months}mo").dt.strftime("%Y-%m").alias("month")


def _bounded(joined: pl.DataFrame) -> pl.DataFrame:
    nan = joined.select(pl.col("value", "rate", "rate_before").fill_null(float("nan")))
    share, rate, before = (nan[column].to_numpy() for column in nan.columns)
    low, high = response_bounds(share, rate)
    return joined.with_columns(
        pl.Series("bound_low", low).fill_nan(None),
        pl.Series("bound_high", high).fill_nan(None),
        pl.Series("badge", badges(joined["is_hidden"].to_numpy(), rate, before), dtype=pl.String),
    )
