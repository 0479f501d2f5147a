"""How much work: months side by side, shares of a total, channels stacked."""

from collections.abc import Sequence

import polars as pl

from comparison.charts.bars import first_half
from comparison.charts.frames.months import along
from comparison.scope import Language
from comparison.wording import group_name, number, percent, say, short_unit_name

_CHANNELS = ("online", "in_person", "post", "unknown")


def received_and_resolved(
    received: pl.DataFrame, resolved: pl.DataFrame, months: Sequence[str], language: Language
) -> pl.DataFrame:
    """month, first (received), second (resolved), first_hover, second_hover; a month without cases is 0."""
    first, second = (along(months, answer).fill_null(0) for answer in (received, resolved))
    return pl.DataFrame(
        {
            "month": pl.Series(months, dtype=pl.String),
            "first": first,
            "second": second,
            "first_hover": _hovers(months, first, "hover.received", language),
            "second_hover": _hovers(months, second, "hover.resolved", language),
        }
    )


def count_text(language: Language, value: float) -> str:
    """A tick of a counted axis; nothing between whole numbers."""
    return number(language, value) if float(value).is_integer() else ""


def stock_line(in_progress: pl.DataFrame, months: Sequence[str], language: Language) -> pl.DataFrame:
    """The stock at the end of each month as one chosen line; 0 where nothing was open."""
    values = along(months, in_progress).fill_null(0)
    return pl.DataFrame(
        {
            "month": pl.Series(months, dtype=pl.String),
            "line": pl.Series(["stock"] * len(months), dtype=pl.String),
            "role": pl.Series(["chosen"] * len(months), dtype=pl.String),
            "value": values,
            "hover": _hovers(months, values, "hover.stock", language),
        }
    )


def channel_parts(
    received: pl.DataFrame, months: Sequence[str], language: Language
) -> tuple[pl.DataFrame, list[tuple[str, str]]]:
    """Received by channel and month for stacked bars, and (part, label) of the channels there are, online first."""
    there = set(received["channel"].to_list())
    parts = [(channel, say(language, f"channel.{channel}")) for channel in _CHANNELS if channel in there]
    labels = dict(parts)
    rows = received.filter(pl.col("month").is_in(list(months)))
    hovers = [
        f"{group_name(language, month)}\n{labels[channel]}: " + say(language, "hover.cases", n=number(language, count))
        for month, channel, count in rows.select("month", "channel", "numerator").iter_rows()
    ]
    frame = rows.select("month", part=pl.col("channel"), value=pl.col("value")).with_columns(
        pl.Series("hover", hovers, dtype=pl.String)
    )
    return frame, parts


def count_bars(answer: pl.DataFrame, by: str, language: Language) -> pl.DataFrame:
    """Counts by unit or field, the largest first, marked those that make half; the share of all in the hover."""
    some = answer.filter(pl.col("numerator") > 0).sort("numerator", descending=True, maintain_order=True)
    total = some["numerator"].sum()
    counts = some["numerator"].to_list()
    names = [short_unit_name(name) for name in some[f"{by}_name"]]
    return pl.DataFrame(
        {
            "unit": some[by],
            "name": pl.Series(names, dtype=pl.String),
            "value": some["numerator"],
            "text": pl.Series([number(language, count) for count in counts], dtype=pl.String),
            "hover": pl.Series(
                [
                    say(
                        language,
                        "hover.part",
                        name=name,
                        n=number(language, count),
                        share=percent(language, count / total),
                    )
                    for name, count in zip(names, counts, strict=True)
                ],
                dtype=pl.String,
            ),
            "is_marked": first_half(some["numerator"]),
        }
    )


def _hovers(months: Sequence[str], values: pl.Series, message: str, language: Language) -> pl.Series:
    return pl.Series(
        [
            f"{group_name(language, month)}\n{say(language, message, n=number(language, value))}"
            for month, value in zip(months, values, strict=True)
        ],
        dtype=pl.String,
    )
