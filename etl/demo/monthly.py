"""From cases as they ended to what each month's export showed of them."""

from datetime import date

import polars as pl

CASE_COLUMNS = [
    "case_code", "serial", "unit", "receiving_unit", "procedure", "field", "channel",
    "received_at", "first_due_at", "due_at", "extended_on", "finished_at", "handed_over_at",
    "apology_sent_on", "outcome", "awaits",
]  # fmt: skip


def _month(moment: pl.Expr) -> pl.Expr:
    return moment.dt.year().cast(pl.Int64) * 12 + moment.dt.month().cast(pl.Int64) - 1


def monthly_exports(cases: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """One row a case and monthly export, with `as_of` (the month's last day) and `rows_of_case`.

    `cases` holds CASE_COLUMNS; `outcome` (finished, returned, withdrawn, refused or stopped) is what a case with a
    finished_at ends as. A month's export shows the cases received in it and those that were open at the export before
    or changed since; nothing dated after the export is in it.
    """
    first_month, last_month = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    ended = pl.max_horizontal("finished_at", "handed_over_at")
    shown = cases.with_columns(
        _month(pl.col("received_at")).clip(first_month, last_month).alias("from"),
        pl.when(pl.col("finished_at").is_null()).then(last_month).otherwise(_month(ended)).alias("until"),
    ).with_columns(pl.int_ranges("from", pl.col("until").clip(pl.col("from"), last_month) + 1).alias("month"))
    shown = shown.with_columns(pl.col("month").list.len().alias("rows_of_case")).explode("month", empty_as_null=False)
    as_of = pl.date(pl.col("month") // 12, pl.col("month") % 12 + 1, 1).dt.month_end()
    shown = shown.with_columns(as_of.alias("as_of"))

    def seen(column: str) -> pl.Expr:
        return pl.when(pl.col(column).cast(pl.Date) <= pl.col("as_of")).then(pl.col(column)).alias(column)

    dated = ("finished_at", "handed_over_at", "apology_sent_on", "extended_on")
    shown = shown.with_columns(seen(name) for name in dated)
    status = (
        pl.when(pl.col("finished_at").is_not_null() & (pl.col("outcome") != "finished"))
        .then("outcome")
        .when(pl.col("handed_over_at").is_not_null())
        .then(pl.lit("handed_over"))
        .when(pl.col("finished_at").is_not_null())
        .then(pl.lit("finished"))
        .when("awaits")
        .then(pl.lit("awaiting_supplement"))
        .otherwise(pl.lit("in_progress"))
    )
    return shown.with_columns(
        status.alias("status"),
        pl.when(pl.col("extended_on").is_not_null()).then("due_at").otherwise("first_due_at").alias("due_at"),
        pl.col("extended_on").is_not_null().cast(pl.Int64).alias("extension_count"),
    ).drop("from", "until", "month")
