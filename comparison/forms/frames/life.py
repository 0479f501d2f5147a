"""A model's life: each adopter's months counted from its own launch, beside units that had not adopted yet."""

from collections.abc import Sequence

import polars as pl

from comparison.forms.small_numbers import FEWEST_SHOWN
from comparison.scope import Language
from comparison.statistics.windows import WINDOW_MONTHS
from comparison.wording import number, percent, say, short_unit_name

MONTHS_BEFORE = 12


def most_units(points: pl.DataFrame) -> int:
    """The largest number of units behind a point of one line; 0 where it has none."""
    return max(points["n"].drop_nulls().to_list(), default=0)


def share_by_month(answer: pl.DataFrame) -> pl.DataFrame:
    """A share by unit and month without the values that rest on under five cases or answers."""
    return answer.with_columns(pl.when(pl.col("denominator") >= FEWEST_SHOWN).then(pl.col("value")).alias("value"))


def volume_index(answer: pl.DataFrame) -> pl.DataFrame:
    """A count by unit and month as a part of the unit's own average month (1: as many as usual), months complete.

    numerator: the count; denominator: empty.
    """
    usual = pl.col("numerator") / pl.col("numerator").mean().over("unit")
    return answer.with_columns(usual.alias("value"))


def since_launch_points(
    by_unit_month: pl.DataFrame,
    adoptions: pl.DataFrame,
    others_begun: pl.DataFrame | None = None,
    before: int = MONTHS_BEFORE,
) -> pl.DataFrame:
    """A share by months since launch: since, line, role, value, n (units), unit_name, numerator, denominator.

    by_unit_month: a share by unit and month ("2023-01"). adoptions: of one model. Chosen: the mean of the adopters'
    shares. Comparison: for each adopter's month the mean of the units whose launch is later than that month and than
    the adopter's, or never; then the mean over the adopters. others_begun: unit, adopted_from of all other models; a
    unit leaves the comparison in the month in which another model begins there, from six months before the first
    launch on.
    The month of the launch is 0; months more than `before` ahead of it, or after a unit gave the model up, are left
    out. A month without a share is a row without value, so that it leaves a gap.
    """
    shares = by_unit_month.filter(pl.col("value").is_not_null()).select(
        "unit", "unit_name", "value", "numerator", "denominator", at=_number(pl.col("month").str.to_date("%Y-%m"))
    )
    launches = adoptions.group_by("unit").agg(
        launch=_number(pl.col("adopted_from")).min(),
        ended=pl.when(pl.col("adopted_to").is_not_null().all()).then(_number(pl.col("adopted_to")).max()),
    )
    own = (
        shares.join(launches, on="unit", how="inner")
        .filter(pl.col("ended").is_null() | (pl.col("at") < pl.col("ended")))
        .with_columns(since=pl.col("at") - pl.col("launch"))
        .filter(pl.col("since") >= -before)
    )
    adopters = own.group_by("since").agg(pl.col("value").mean(), n=pl.col("unit").n_unique())
    others = shares.join(launches, on="unit", how="left").select("unit", "at", "value", starts=pl.col("launch"))
    if others_begun is not None and launches.height:
        first = launches["launch"].min() - pl.lit(WINDOW_MONTHS)
        changed = others_begun.select("unit", other=_number(pl.col("adopted_from"))).filter(pl.col("other") >= first)
        others = others.join(changed.group_by("unit").agg(pl.col("other").min()), on="unit", how="left").filter(
            pl.col("other").is_null() | (pl.col("at") < pl.col("other"))
        )
    not_yet = (
        own.select("since", "at", "launch", adopter=pl.col("unit"))
        .join(others, on="at", how="inner")
        .filter(pl.col("starts").is_null() | (pl.col("starts") > pl.max_horizontal("at", "launch")))
        .group_by("since", "adopter")
        .agg(pl.col("value").mean(), pl.col("unit"))
        .group_by("since")
        .agg(pl.col("value").mean(), n=pl.col("unit").explode().n_unique())
    )
    lines = [
        own.with_columns(line=pl.format("unit {}", "unit"), role=pl.lit("unit"), n=pl.lit(1)),
        not_yet.with_columns(line=pl.lit("not_yet"), role=pl.lit("comparison")),
        adopters.with_columns(line=pl.lit("adopters"), role=pl.lit("chosen")),
    ]
    columns = ("since", "line", "role", "value", "n", "unit_name", "numerator", "denominator")
    points = pl.concat(lines, how="diagonal_relaxed").select(columns)
    return _with_gaps(points.with_columns(pl.col("since", "n").cast(pl.Int64)))


def lines_of_units(points: pl.DataFrame, units: Sequence[str]) -> pl.DataFrame:
    """The points with the thin lines of these units (codes) alone."""
    return points.filter((pl.col("role") != "unit") | pl.col("line").is_in([f"unit {unit}" for unit in units]))


def since_launch_frame(points: pl.DataFrame, language: Language, counts: str) -> pl.DataFrame:
    """The points with the hover of each; n 0 where a month has no share.

    counts says x of n of one unit, such as "hover.satisfied"; "" where the value is an index.
    """
    rows = points.select("since", "role", "value", "n", "unit_name", "numerator", "denominator").iter_rows()
    return points.with_columns(
        pl.col("n").fill_null(0), pl.Series("hover", [_hover(language, counts, *row) for row in rows], dtype=pl.String)
    )


def since_launch_table(points: pl.DataFrame, language: Language) -> pl.DataFrame:
    """The means and numbers of units by months since launch, headings in the run's language; shares are 0 to 1."""
    wide = [
        points.filter(pl.col("role") == role).select(
            "since", pl.col("value").alias(f"{role} value"), pl.col("n").alias(f"{role} n")
        )
        for role in ("chosen", "comparison")
    ]
    joined = wide[0].join(wide[1], on="since", how="full", coalesce=True).sort("since")
    names = dict(zip(joined.columns, table_headings(language), strict=True))
    return joined.rename(names)


def table_headings(language: Language) -> list[str]:
    """The headings of `since_launch_table`; the second and the fourth are shares."""
    keys = ("since", "adopters", "adopters_n", "not_yet", "not_yet_n")
    return [say(language, f"models.table_{key}") for key in keys]


def _with_gaps(points: pl.DataFrame) -> pl.DataFrame:
    """A row for every month from a line's first to its last."""
    axis = (
        points.group_by("line", "role")
        .agg(since=pl.int_ranges(pl.col("since").min(), pl.col("since").max() + 1))
        .explode("since")
    )
    return axis.join(points, on=["line", "role", "since"], how="left").sort("role", "line", "since")


def _hover(
    language: Language,
    counts: str,
    since: int,
    role: str,
    value: float | None,
    n: int | None,
    unit_name: str | None,
    numerator: int | None,
    denominator: int | None,
) -> str:
    if value is None:
        return ""
    month = say(language, "models.month_since", since=number(language, since, signed=True))
    if role == "unit":
        said = (
            say(
                language, counts, x=number(language, numerator or 0), n=number(language, denominator or 0),
                share=percent(language, value),
            )
            if counts
            else say(
                language, "models.hover_volume", n=number(language, numerator or 0), share=percent(language, value, 0)
            )
        )  # fmt: skip
        return f"{short_unit_name(unit_name or '')}, {month}\n{said}"
    key = "models.hover_adopters" if role == "chosen" else "models.hover_not_yet"
    return f"{month}\n{say(language, key, n=number(language, n or 0), share=percent(language, value))}"


def _number(day_column: pl.Expr) -> pl.Expr:
    """Months as one running number, so that their difference is a number of months."""
    return day_column.dt.year().cast(pl.Int64) * 12 + day_column.dt.month()
