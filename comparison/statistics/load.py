"""Cases received a working day, by unit and by its officials."""

import polars as pl


def per_working_day(received: pl.DataFrame, working_days: pl.DataFrame) -> pl.DataFrame:
    """unit, unit_name, n, days, load: cases received over the working days of the period, none left out.

    received: unit, unit_name, month, numerator. working_days: month, days, of the part of the period with data.
    """
    days = int(working_days["days"].sum())
    summed = received.group_by("unit", "unit_name", maintain_order=True).agg(n=pl.col("numerator").sum())
    return summed.with_columns(days=pl.lit(days, pl.Int64)).with_columns(
        load=pl.when(pl.col("days") > 0).then(pl.col("n") / pl.col("days"))
    )


def per_official(received: pl.DataFrame, working_days: pl.DataFrame, officials: pl.DataFrame) -> pl.DataFrame:
    """unit, unit_name, n, official_days, load: the same over working days times officials.

    officials: unit, month, officials, for the months in which a unit's number is known; other months are left out with
    their cases, and so are units without any. received and working_days as above.
    """
    known = officials.filter(pl.col("officials") > 0).join(working_days, on="month", how="inner")
    counted = known.join(received.select("unit", "month", "numerator"), on=["unit", "month"], how="left")
    summed = counted.group_by("unit").agg(
        n=pl.col("numerator").fill_null(0).sum(), official_days=(pl.col("days") * pl.col("officials")).sum()
    )
    units = received.select("unit", "unit_name").unique(maintain_order=True)
    return (
        units.join(summed, on="unit", how="inner", maintain_order="left")
        .filter(pl.col("official_days") > 0)
        .with_columns(load=pl.col("n") / pl.col("official_days"))
    )
