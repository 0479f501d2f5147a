"""Cases received a working day, by unit and by its officials."""

from collections.abc import Sequence

import polars as pl

from comparison.scope import Language
from comparison.wording import number, say, short_unit_name


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


def load_bars(loads: pl.DataFrame, language: Language, message: str) -> pl.DataFrame:
    """Bars of loads in the order given. message says n and load in the hover, such as "load.hover_day"."""
    names = [short_unit_name(name) for name in loads["unit_name"]]
    base = "days" if "days" in loads.columns else "official_days"
    hovers = [
        f"{name}\n"
        + say(language, message, n=number(language, n), base=number(language, days), load=load_text(language, load))
        for name, (n, days, load) in zip(names, loads.select("n", base, "load").iter_rows(), strict=True)
    ]
    return pl.DataFrame(
        {
            "unit": loads["unit"],
            "name": pl.Series(names, dtype=pl.String),
            "value": loads["load"],
            "text": pl.Series([load_text(language, load) for load in loads["load"]], dtype=pl.String),
            "hover": pl.Series(hovers, dtype=pl.String),
        }
    )


def load_text(language: Language, load: float) -> str:
    """A load with so many decimals that it says something: "12,4", "0,35"."""
    return number(language, load, _decimals(load))


def load_span(language: Language, loads: Sequence[float]) -> tuple[str, str]:
    """The lowest and the highest with as many decimals: "0,2" and "32,6"; more only where the lowest would read 0."""
    low, high = min(loads), max(loads)
    decimals = _decimals(high) if round(low, _decimals(high)) else max(_decimals(low), _decimals(high))
    return number(language, low, decimals), number(language, high, decimals)


def _decimals(load: float) -> int:
    return 1 if load >= 1 or load == 0 else 2
