"""The day of extraction and the days covered: from the banner, else from the dates of loaded rows that are not lone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from etl.profile import Profile
from etl.reading.banner import extraction_day
from etl.reading.refusal import FileRefused

_LEAST_ROWS = 20
_LEAST_GAP = 31  # days
_GAPS_EXCEEDED = 5
_MOST_BEYOND, _MOST_SHARE_BEYOND = 2, 0.001


@dataclass(frozen=True)
class Bounds:
    """The days between which the dates of a file lie; those outside are lone. None: no lone date on that side."""

    first: date | None = None
    last: date | None = None

    def holds(self, days: pl.Series) -> pl.Series:
        """Whether each day is not lone."""
        return days.is_between(self.first or date.min, self.last or date.max)


def bounds(days: pl.Series, rows: int) -> Bounds:
    """Dates beyond the largest gap are lone where that gap is over 31 days and over five times the 99th centile of the
    gaps, and at most max(2, 0.1 %) lie beyond. `days`: every date of a file on which something happened, of so many
    rows; fewer than 20 rows have no lone date."""
    found = Bounds()
    if rows < _LEAST_ROWS:
        return found
    counts = days.drop_nulls().alias("day").value_counts().sort("day")
    for _ in range(2):  # late ones and early ones
        gaps = counts["day"].diff().dt.total_days().drop_nulls()
        usual = gaps.quantile(0.99, "lower")
        largest = gaps.max()
        if usual is None or not isinstance(largest, int) or largest <= max(_LEAST_GAP, _GAPS_EXCEEDED * usual):
            break
        at = int(gaps.arg_max() or 0) + 1
        before, after = counts.head(at), counts.tail(counts.height - at)
        is_late = int(after["count"].sum()) <= int(before["count"].sum())
        beyond, counts = (after, before) if is_late else (before, after)
        if int(beyond["count"].sum()) > max(_MOST_BEYOND, _MOST_SHARE_BEYOND * rows):
            break
        found = Bounds(found.first, counts["day"][-1]) if is_late else Bounds(counts["day"][0], found.last)
    return found


def told_day(path: Path, banner: Sequence[str], span: tuple[date, date] | None, today: date) -> date | None:
    """The day of extraction as the banner says it, else the end of its span. Raises FileRefused where it is to come."""
    told = extraction_day(banner)
    if told and told > today:
        raise FileRefused(
            path,
            f"Ngày xuất ghi trong tệp ({told:%d/%m/%Y}) ở sau hôm nay ({today:%d/%m/%Y}).",
            "Hãy kiểm tra đồng hồ của máy, hoặc cho biết ngày xuất bằng --as-of.",
        )
    # A span may end in the future ("đến ngày 31/12" of the running year): then it does not tell the day.
    return told or (span[1] if span and span[1] <= today else None)


def last_day(path: Path, happened: pl.Series, today: date) -> date:
    """The day of extraction where no banner tells it: the last of the days that happened up to today. Raises
    FileRefused where there is none."""
    last = happened.filter(happened <= today).max()
    if not isinstance(last, date):
        raise FileRefused(
            path, "Không biết tệp được xuất ngày nào: không có dòng dữ liệu có ngày đọc được.", "Hãy thêm --as-of."
        )
    return last


def coverage(
    span: tuple[date, date] | None, profile: Profile, begun: pl.Series, extracted: date | None
) -> tuple[date | None, date | None]:
    """The first and last day covered: of the banner's span, else of the profile and the extraction, else of the days
    that loaded rows begin with."""
    if span and extracted:
        return span[0], min(span[1], extracted)
    if profile.covers_from and extracted:
        return profile.covers_from, extracted
    days = begun.drop_nulls().sort()
    return (None, None) if days.is_empty() else (days[0], days[-1])
