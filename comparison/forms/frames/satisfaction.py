"""Shares by group with their intervals, how many answered and what the silent could change; by month with a band."""

from collections.abc import Sequence

import polars as pl

from comparison.forms.frames.shares import in_words
from comparison.forms.small_numbers import FEWEST_SHOWN
from comparison.scope import Language
from comparison.statistics import COMPARED_FROM
from comparison.wording import group_name, percent, percent_range, say, short_unit_name

_RESPONSES = ("closings", "rate", "bound_low", "bound_high", "badge")


def unit_intervals(
    answer: pl.DataFrame, units: Sequence[tuple[str, str]], language: Language, message: str
) -> pl.DataFrame:
    """A share by unit for dots with intervals: every unit of `units` (code, name) in that order that has cases.

    message says x of n in the hover, such as "hover.late".
    """
    shown = [(code, short_unit_name(name)) for code, name in units]
    return group_intervals(answer, shown, "unit", language, message)


def group_intervals(
    answer: pl.DataFrame, groups: Sequence[tuple[str, str]], by: str, language: Language, message: str
) -> pl.DataFrame:
    """A share by the groups of `by` for dots with intervals, in the order of `groups` (code, name), code as "unit".

    Groups without a case or sheet are left out. An answer of `responses` brings bound_low, bound_high and badge (text
    or null), and the response rate beside n; then groups whose closings nobody answered for stand there too.
    """
    order = pl.DataFrame(groups, schema={by: pl.String, "name": pl.String}, orient="row")
    placed = order.join(answer, on=by, how="inner", maintain_order="left")
    with_rates = "rate" in answer.columns
    there = pl.col("is_hidden") | (pl.col("denominator") > 0) | (pl.col("excluded") > 0)
    worded = in_words(placed.filter(there | (pl.col("closings") > 0) if with_rates else there), language, message)
    frame = worded.with_columns(
        pl.col(by).alias("unit"), hover=pl.concat_str(pl.format("{}\n{}", "name", "said"), _told(worded, language))
    )
    columns = ["unit", "name", "value", "low", "high", "n", "text", "n_text", "is_hidden", "hover"]
    if not with_rates:
        return frame.select(columns)
    badge = say(language, "satisfaction.badge")
    beside = [_beside(language, n, rate) for n, rate in frame.select("n_text", "rate").iter_rows()]
    return frame.with_columns(
        n_text=pl.Series(beside, dtype=pl.String),
        badge=pl.when(pl.col("badge").is_not_null() & pl.col("value").is_not_null()).then(pl.lit(badge)),
    ).select(*columns, "bound_low", "bound_high", "badge")


def _beside(language: Language, n_text: str, rate: float | None) -> str:
    return (
        n_text if rate is None else say(language, "satisfaction.n_response", n=n_text, rate=percent(language, rate, 0))
    )


def _told(worded: pl.DataFrame, language: Language) -> pl.Series:
    """What the hover adds of who answered; "" where that is not known."""
    if "rate" not in worded.columns:
        return pl.repeat("", worded.height, dtype=pl.String, eager=True)
    rows = worded.select("rate", "bound_low", "bound_high", "badge").iter_rows()
    return pl.Series([_responses_told(language, *row) for row in rows], dtype=pl.String)


def _responses_told(
    language: Language, rate: float | None, low: float | None, high: float | None, badge: str | None
) -> str:
    if rate is None or low is None or high is None or badge == "hidden":
        return ""
    told = say(
        language, "satisfaction.hover_response", rate=percent(language, rate),
        range=percent_range(language, low, high, 0),
    )  # fmt: skip
    why = f"\n{say(language, f'satisfaction.hover_{badge}')}" if badge else ""
    return f"\n{told}{why}"


def compared(answer: pl.DataFrame) -> list[float]:
    """The shares that may stand beside each other: n of 25 or more and no badge."""
    rows = answer.filter((pl.col("denominator") >= COMPARED_FROM) & pl.col("value").is_not_null())
    return (rows.filter(pl.col("badge").is_null()) if "badge" in rows.columns else rows)["value"].to_list()


def values_if_all_compared(answer: pl.DataFrame) -> list[float]:
    """The shares where every one shown may stand beside the others, else none: a line shows them all alike."""
    values = compared(answer)
    return values if len(values) == answer["value"].count() else []


def month_line(answer: pl.DataFrame, months: Sequence[str], language: Language, message: str) -> pl.DataFrame:
    """A share by month as one chosen line with a band; a gap where there are under five answers or none."""
    axis = pl.DataFrame({"month": list(months)}, schema={"month": pl.String})
    worded = in_words(answer, language, message).with_columns(
        pl.when(pl.col("n") >= FEWEST_SHOWN).then(pl.col(name)).alias(name) for name in ("value", "low", "high")
    )
    worded = worded.with_columns(said=pl.concat_str("said", _told(worded, language)))
    placed = axis.join(worded, on="month", how="left", maintain_order="left")
    nothing = say(language, "overview.none_yet")
    hovers = [
        f"{group_name(language, month)}\n{said or nothing}"
        for month, said in placed.select("month", "said").iter_rows()
    ]
    return placed.select("month", "value", "low", "high", line=pl.lit("all"), role=pl.lit("chosen")).with_columns(
        pl.Series("hover", hovers, dtype=pl.String)
    )
