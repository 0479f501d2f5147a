"""Texts to local date-times, whole columns at a time."""

from collections.abc import Sequence
from datetime import date

import polars as pl

EARLIEST = date(2000, 1, 1)
_ISO = r"^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$"
_MOMENT = pl.Datetime("us")


def moments(texts: pl.Series, formats: Sequence[str], timezone: str) -> pl.Series:
    """Naive local Datetime("us") for every text, null where none of the formats, ISO or yyyymmddhhmmss fits.

    "21/01/2024 09:05" -> 2024-01-21 09:05; "2024-03-24T01:26:00Z" -> 2024-03-24 08:26 in Asia/Ho_Chi_Minh.
    """
    # Nearly every text of a column has the same form: the others, each once, are tried on what it leaves.
    first = texts.str.strptime(_MOMENT, formats[0] if formats else "%Y-%m-%d %H:%M:%S", strict=False)
    left = (first.is_null() & texts.is_not_null()).arg_true()
    if left.is_empty():
        return first
    unread = texts[left]
    unique = unread.unique()
    text = pl.col("text").str.replace_all(r"\s+", " ")
    own = [text.str.strptime(_MOMENT, each, strict=False) for each in formats]
    stamp = pl.when(text.str.contains(r"^\d{14}$")).then(text).str.strptime(_MOMENT, "%Y%m%d%H%M%S", strict=False)
    read = pl.DataFrame({"text": unique}).with_columns(read=pl.coalesce(*own, _iso(text, timezone), stamp))
    found = unread.alias("text").to_frame().join(read, on="text", how="left", maintain_order="left")["read"]
    return first.scatter(left, found)


def _iso(text: pl.Expr, timezone: str) -> pl.Expr:
    day, minute, second, offset = (text.str.extract(_ISO, group) for group in range(1, 5))
    iso = pl.concat_str(
        day, pl.lit(" "), minute.fill_null("00:00"), second.fill_null(":00"), ignore_nulls=False
    ).str.strptime(_MOMENT, "%Y-%m-%d %H:%M:%S", strict=False)
    away = offset.str.replace("Z", "+00:00").str.replace(":", "")
    minutes = away.str.slice(1, 2).cast(pl.Int32) * 60 + away.str.slice(3, 2).cast(pl.Int32)
    behind = pl.duration(minutes=pl.when(away.str.starts_with("-")).then(-minutes).otherwise(minutes))
    local = (iso - behind).dt.replace_time_zone("UTC").dt.convert_time_zone(timezone).dt.replace_time_zone(None)
    return pl.when(offset.is_null()).then(iso).otherwise(local)
