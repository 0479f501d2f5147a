"""When people come: cases a working day by weekday, and by hour where the exports say it."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from comparison.scope import Language
from comparison.statistics import Z_998, wilson
from comparison.wording import number, say
from comparison.wording.findings import FEWEST

# Hours with less than this share of all cases at either end of the day are not drawn.
_EDGE = 0.001


@dataclass(frozen=True)
class Busy:
    """A weekday with clearly more cases a working day than the others together."""

    weekday: int
    mean: float
    others: float


def by_weekday(days: pl.DataFrame) -> pl.DataFrame:
    """weekday (1 = Monday), days, n, mean: cases a working day, for the weekdays worked. days: day, is_working, n."""
    worked = days.filter("is_working").with_columns(weekday=pl.col("day").dt.weekday().cast(pl.Int64))
    # A Saturday worked now and then to make up for a day off says nothing of Saturdays.
    return (
        worked.group_by("weekday")
        .agg(days=pl.len().cast(pl.Int64), n=pl.col("n").sum())
        .filter(pl.col("days") * 4 >= pl.col("days").max())
        .sort("weekday")
        .with_columns(mean=pl.col("n") / pl.col("days"))
    )


def busiest_weekday(weekdays: pl.DataFrame) -> Busy | None:
    """The weekday with most cases a working day, if it has clearly more than the other days together."""
    if weekdays.height < 2:
        return None
    top: dict[str, Any] = weekdays.sort("mean", descending=True, maintain_order=True).row(0, named=True)
    total, days = int(weekdays["n"].sum()), int(weekdays["days"].sum())
    if not _is_clearly_more(top["n"], total, top["days"] / days):
        return None
    return Busy(top["weekday"], top["mean"], (total - top["n"]) / (days - top["days"]))


def busiest_hour(hours: pl.DataFrame) -> tuple[int, float] | None:
    """The hour with most cases and its share of them all, if it has clearly more than the other hours.

    The first and the last hour, which are often half ones, are not compared. hours: hour, n.
    """
    by_hour = hours.group_by("hour").agg(pl.col("n").sum())
    whole = by_hour.filter(~pl.col("hour").is_in([by_hour["hour"].min(), by_hour["hour"].max()]))
    if whole.height < 2:
        return None
    hour, n = whole.sort("n", "hour", descending=[True, False]).row(0)
    if not _is_clearly_more(n, int(whole["n"].sum()), 1 / whole.height):
        return None
    return hour, n / int(by_hour["n"].sum())


def _is_clearly_more(n: int, total: int, even: float) -> bool:
    """Whether n of a total is more than its even share, by a 99.8 % interval, as it is the most of several.

    Counts given their sum: Przyborowski & Wilenski (1940), Biometrika 31, 313-323.
    """
    if total < FEWEST:
        return False
    low, _ = wilson(n, total, Z_998)
    return float(low) > even


def hour_cells(hours: pl.DataFrame, weekdays: pl.DataFrame, language: Language) -> pl.DataFrame:
    """weekday, hour, value (cases a working day), text, hover. hours: weekday, hour, n. weekdays as `by_weekday`."""
    cells = hours.join(weekdays.select("weekday", "days"), on="weekday", how="inner").sort("weekday", "hour")
    outer = pl.col("n").sum().over("hour") >= pl.col("n").sum() * _EDGE
    kept = cells.filter(outer)
    shown = cells.filter(pl.col("hour").is_between(kept["hour"].min(), kept["hour"].max())).with_columns(
        value=pl.col("n") / pl.col("days")
    )
    return shown.with_columns(
        pl.Series("text", [mean_text(language, value) for value in shown["value"]], dtype=pl.String),
        pl.Series(
            "hover",
            [
                say(
                    language, "hours.hover", weekday=weekday_name(language, weekday), hour=hour_name(hour),
                    mean=mean_text(language, value), n=number(language, n),
                )
                for weekday, hour, value, n in shown.select("weekday", "hour", "value", "n").iter_rows()
            ],
            dtype=pl.String,
        ),
    )  # fmt: skip


def weekday_bars(weekdays: pl.DataFrame, busy: Busy | None, language: Language) -> pl.DataFrame:
    """Bars of cases a working day by weekday, the busiest marked."""
    return weekdays.select(
        pl.col("weekday").cast(pl.String).alias("unit"),
        pl.Series("name", [weekday_name(language, weekday) for weekday in weekdays["weekday"]], dtype=pl.String),
        pl.col("mean").alias("value"),
        pl.Series("text", [mean_text(language, mean) for mean in weekdays["mean"]], dtype=pl.String),
        pl.Series(
            "hover",
            [
                say(language, "hours.hover_day", mean=mean_text(language, mean), n=number(language, n),
                    days=number(language, days))
                for mean, n, days in weekdays.select("mean", "n", "days").iter_rows()
            ],
            dtype=pl.String,
        ),
        is_marked=pl.col("weekday") == (busy.weekday if busy else 0),
    )  # fmt: skip


def weekday_name(language: Language, weekday: int) -> str:
    """1 -> "Thứ Hai"."""
    name = say(language, f"calendar.weekday_{weekday}")
    return name[:1].upper() + name[1:]


def hour_name(hour: int) -> str:
    """The hour from 8:00 on: "8–9"."""
    return f"{hour}–{hour + 1}"


def mean_text(language: Language, mean: float) -> str:
    """A mean a day with one decimal, none from 100 on."""
    return number(language, mean, 0 if mean >= 100 else 1)
