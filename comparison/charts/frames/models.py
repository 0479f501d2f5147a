"""A model's life: each adopter's months counted from its own launch, beside units that had not adopted yet."""

from collections.abc import Sequence

import polars as pl

from comparison.scope import Language
from comparison.wording import day, number, percent, say, short_unit_name

# A mean of one unit is that unit's own line.
_FEWEST_UNITS = 2
MONTHS_BEFORE = 12


def running(adoptions: pl.DataFrame) -> tuple[int, int]:
    """How many models some unit has now, and how many of them one unit alone."""
    units = adoptions.filter(pl.col("adopted_to").is_null()).group_by("model").agg(pl.col("unit").n_unique())
    return units.height, units.filter(pl.col("unit") == 1).height


def model_to_show(adoptions: pl.DataFrame, units: int) -> str:
    """The code of the first model that can be compared: two adopters or more, and a unit without it; else the first."""
    counts = adoptions.group_by("model", maintain_order=True).agg(pl.col("unit").n_unique())
    comparable = counts.filter(pl.col("unit").is_between(_FEWEST_UNITS, units - 1))
    return str((comparable if comparable.height else counts)["model"][0])


def most_units(points: pl.DataFrame) -> int:
    """The largest number of units behind a point of one line; 0 where it has none."""
    return max(points["n"].drop_nulls().to_list(), default=0)


def since_launch_points(
    by_unit_month: pl.DataFrame, adoptions: pl.DataFrame, before: int = MONTHS_BEFORE
) -> pl.DataFrame:
    """A share by months since launch: since, line, role, value, n (units), unit_name, numerator, denominator.

    by_unit_month: a share by unit and month ("2023-01"). adoptions: of one model. Chosen: the mean of the adopters'
    shares, from two adopters on (of a model that has one, that one). Comparison: for each adopter's month the mean of
    the units whose launch is later than that month and than the adopter's, or never; then the mean over the adopters.
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
    fewest = min(_FEWEST_UNITS, launches.height)
    others = shares.join(launches, on="unit", how="left").select("unit", "at", "value", starts=pl.col("launch"))
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
        adopters.filter(pl.col("n") >= fewest).with_columns(line=pl.lit("adopters"), role=pl.lit("chosen")),
    ]
    columns = ("since", "line", "role", "value", "n", "unit_name", "numerator", "denominator")
    points = pl.concat(lines, how="diagonal_relaxed").select(columns)
    return _with_gaps(points.with_columns(pl.col("since", "n").cast(pl.Int64)))


def lines_of_units(points: pl.DataFrame, units: Sequence[str]) -> pl.DataFrame:
    """The points with the thin lines of these units (codes) alone."""
    return points.filter((pl.col("role") != "unit") | pl.col("line").is_in([f"unit {unit}" for unit in units]))


def since_launch_frame(points: pl.DataFrame, language: Language) -> pl.DataFrame:
    """The points with the hover of each; n 0 where a month has no share."""
    rows = points.select("since", "role", "value", "n", "unit_name", "numerator", "denominator").iter_rows()
    return points.with_columns(
        pl.col("n").fill_null(0), pl.Series("hover", [_hover(language, *row) for row in rows], dtype=pl.String)
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


def adopters_table(adoptions: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Who works by a model since when, in words, the first adopters first."""
    return pl.DataFrame(
        {
            say(language, "column.unit"): pl.Series(
                [short_unit_name(name) for name in adoptions["unit_name"]], dtype=pl.String
            ),
            **{
                say(language, f"models.table_{name}"): pl.Series(
                    [day(language, value) if value else "" for value in adoptions[name]], dtype=pl.String
                )
                for name in ("adopted_from", "adopted_to")
                if adoptions[name].is_not_null().any()
            },
        }
    )


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
        counts = say(
            language,
            "hover.satisfied",
            x=number(language, numerator or 0),
            n=number(language, denominator or 0),
            share=percent(language, value),
        )
        return f"{short_unit_name(unit_name or '')}, {month}\n{counts}"
    key = "models.hover_adopters" if role == "chosen" else "models.hover_not_yet"
    return f"{month}\n{say(language, key, n=number(language, n or 0), share=percent(language, value))}"


def _number(day_column: pl.Expr) -> pl.Expr:
    """Months as one running number, so that their difference is a number of months."""
    return day_column.dt.year().cast(pl.Int64) * 12 + day_column.dt.month()
