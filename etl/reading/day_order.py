"""Whether day or month comes first: judged for a whole file from all evidence together, never cell by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from etl.reading.date_forms import DateColumn

FEW_DATES = 20
_MONTHS = 12
_CODES_LOOKED_AT = 2000
# A run of six or eight digits that may be a date: yymmdd, ddmmyy, yyyymmdd, ddmmyyyy.
_CODED_DATE = r"(?:^|\D)(\d{8}|\d{6})(?:\D|$)"
Rows = NDArray[np.bool_]
Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class OrderEvidence:
    """What the cells of one kind in a file (03/04/2025, or true dates) tell of their day and month. Pairs count for
    (as written, with day and month exchanged): all are sums over rows, or sets of a bounded number of values.

    over_12: cells that are dates only the one way. codes: rows whose code holds the received day only the one way.
    in_span: received days inside the span of the banner, of span_cells that differ. backwards: rows that end or are due
    before they are received, of order_rows with a day that differs. near: received and end in one month though on other
    days, of near_pairs of days up to 12. days, months: different days of the month and
    different months among the received days up to 12, as written, of spread_cells; evenly: whether every month has
    nearly as many.
    """

    cells: int
    over_12: tuple[int, int]
    codes: tuple[int, int]
    span_cells: int
    in_span: tuple[int, int]
    order_rows: int
    backwards: tuple[int, int]
    near_pairs: int
    near: tuple[int, int]
    spread_cells: int
    days: int
    months: int
    evenly: bool


@dataclass(frozen=True)
class WrittenDays:
    """The days of one column as they are written, one for each row of the file: year, month and day where one is_known;
    is_numeric: whether the file has to tell their order; is_only_exchanged: whether it is a date only the other way."""

    year: Numbers
    month: Numbers
    day: Numbers
    is_known: Rows
    is_numeric: Rows
    is_only_exchanged: Rows


@dataclass(frozen=True)
class _Days:
    """Of those the ones judged: is_own, whether it is such a cell; is_only_exchanged: a date only the other way;
    differs: whether it is another day with day and month exchanged; written, exchanged: numbers like 20250403, of all
    rows, exchanged in the cells judged alone."""

    year: Numbers
    month: Numbers
    day: Numbers
    is_known: Rows
    is_own: Rows
    is_only_exchanged: Rows
    differs: Rows
    written: Numbers
    exchanged: Numbers


@dataclass(frozen=True)
class Verdict:
    """The kinds of evidence, in words, for the dates as written and for day and month exchanged."""

    as_written: tuple[str, ...]
    exchanged: tuple[str, ...]


def judged(evidence: OrderEvidence) -> Verdict:
    """Which way the evidence points. Both ways: the cells of a column do not all have the same order."""
    for_written, for_exchanged = [], []
    for says, written, exchanged in (
        ("số lớn hơn 12", *_typed_over_12(evidence.over_12)),
        ("ngày trong mã hồ sơ", *_mostly(evidence.codes, 5)),
        ("khoảng thời gian ghi ở đầu trang", *_in_span(evidence)),
        ("thứ tự ngày tiếp nhận, hẹn trả, kết thúc", *_forwards(evidence)),
        ("khoảng cách từ tiếp nhận đến hẹn trả, kết thúc", *_near(evidence)),
        ("cách ngày trải qua các tháng", *_spread(evidence)),
    ):
        if written:
            for_written.append(says)
        if exchanged:
            for_exchanged.append(says)
    return Verdict(tuple(for_written), tuple(for_exchanged))


def _typed_over_12(counts: tuple[int, int]) -> tuple[bool, bool]:
    """A few the other way are slips of single cells, which are rejected one by one."""
    written, exchanged = counts
    return written > exchanged / 10, exchanged > written / 10


def _mostly(counts: tuple[int, int], least: int) -> tuple[bool, bool]:
    written, exchanged = counts
    return (written >= least and written * 9 > exchanged, exchanged >= least and exchanged * 9 > written)


def _in_span(evidence: OrderEvidence) -> tuple[bool, bool]:
    written, exchanged = evidence.in_span
    cells = evidence.span_cells
    if cells < 10:
        return False, False
    return (
        written >= 0.9 * cells and exchanged <= 0.7 * cells,
        exchanged >= 0.9 * cells and written <= 0.7 * cells,
    )


def _forwards(evidence: OrderEvidence) -> tuple[bool, bool]:
    written, exchanged = evidence.backwards
    rows = evidence.order_rows
    if rows < 10:
        return False, False
    return (
        written <= 0.05 * rows and exchanged >= 0.2 * rows,
        exchanged <= 0.05 * rows and written >= 0.2 * rows,
    )


def _near(evidence: OrderEvidence) -> tuple[bool, bool]:
    """Most cases end within a month; read the wrong way, on the same day of another month. A sign of the wrong way
    only: a case may well be promised for the same day of the next month."""
    written, exchanged = evidence.near
    pairs = evidence.near_pairs
    if pairs < FEW_DATES:
        return False, False
    return False, exchanged >= 0.5 * pairs and written <= 0.1 * pairs


def _spread(evidence: OrderEvidence) -> tuple[bool, bool]:
    """One to nine March, read the wrong way, is the third of nine months, each as often as the other. Where days go
    beyond 12, those up to 12 tell nothing: of an export of years they are few beside its months."""
    if evidence.spread_cells < FEW_DATES or not evidence.evenly or any(evidence.over_12):
        return False, False
    days, months = evidence.days, evidence.months
    return days >= 5 and days >= 3 * months, days <= 3 and months >= 5 and months >= 3 * days


def order_evidence(
    dates: Mapping[str, WrittenDays],
    *,
    of_numeric: bool,
    received: str,
    ends: Sequence[str],
    codes: pl.Series,
    span: tuple[date, date] | None,
) -> OrderEvidence:
    """The evidence of the numeric cells of these columns, or of the others. `received`: the column of the day that a
    row begins with; `ends`: those that come after it; `codes`: one for each row."""
    days = {column: _days(written, of_numeric=of_numeric) for column, written in dates.items()}
    begun, ended = days[received], [days[column] for column in ends if column in days]
    is_low = begun.is_known & (begun.differs | (begun.day == begun.month))
    by_month = np.bincount((begun.year * _MONTHS + begun.month)[is_low])
    by_month = by_month[by_month > 0]
    order_rows, backwards = _backwards(begun, ended)
    near_pairs, near = _near_each_other(begun, ended)
    return OrderEvidence(
        cells=sum(_rows(each.is_own) for each in days.values()),
        over_12=(
            sum(_rows(each.is_own & (each.day > _MONTHS)) for each in days.values()),
            sum(_rows(each.is_only_exchanged) for each in days.values()),
        ),
        codes=_agreeing_codes(codes, begun),
        span_cells=_rows(begun.differs) if span else 0,
        in_span=_in_days(begun, span) if span else (0, 0),
        order_rows=order_rows,
        backwards=backwards,
        near_pairs=near_pairs,
        near=near,
        spread_cells=_rows(is_low),
        days=np.unique(begun.day[is_low]).size,
        months=by_month.size,
        evenly=not by_month.size or bool(by_month.max() <= 2 * by_month.min() + 2),
    )


def _rows(where: Rows) -> int:
    return int(np.count_nonzero(where))


def written_days(read: DateColumn) -> WrittenDays:
    """The days of a column, taken apart."""
    at = pl.col("at")
    parts = pl.DataFrame({"at": read.as_written, "is_numeric": read.is_numeric, "only": read.only_exchanged}).select(
        at.dt.date().to_physical().fill_null(0),
        "is_numeric",
        is_known=at.is_not_null(),
        is_only_exchanged=at.is_null() & pl.col("only").is_not_null(),
    )
    since_1970, is_numeric, is_known, is_only_exchanged = (column.to_numpy() for column in parts)
    first, last = (int(since_1970.min()), int(since_1970.max())) if since_1970.size else (0, 0)
    if last - first < since_1970.size:
        # Many rows of few days: each day is taken apart once.
        parts_of_day = _parts(np.arange(first, last + 1, dtype=np.int32))
        year, month, day = (part[since_1970 - first] for part in parts_of_day)
    else:
        year, month, day = _parts(since_1970)
    return WrittenDays(year, month, day, is_known, is_numeric, is_only_exchanged)


def _days(all_: WrittenDays, *, of_numeric: bool) -> _Days:
    year, month, day = all_.year, all_.month, all_.day
    own = all_.is_numeric if of_numeric else ~all_.is_numeric
    is_own = own & all_.is_known
    differs = is_own & (day <= _MONTHS) & (day != month)
    written = year * 10_000 + month * 100 + day
    exchanged = np.where(differs, year * 10_000 + day * 100 + month, written)
    only_exchanged = own & all_.is_only_exchanged
    return _Days(year, month, day, all_.is_known, is_own, only_exchanged, differs, written, exchanged)


def _parts(since_1970: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Year, month and day of days counted from 1970."""
    days = since_1970.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    months_since_1970 = months.astype(np.int32)
    day = (days - months).astype(np.int32) + 1
    return 1970 + months_since_1970 // _MONTHS, months_since_1970 % _MONTHS + 1, day


def _in_days(begun: _Days, span: tuple[date, date]) -> tuple[int, int]:
    first, last = (day.year * 10_000 + day.month * 100 + day.day for day in span)
    written, exchanged = (
        _rows(begun.differs & (way >= first) & (way <= last)) for way in (begun.written, begun.exchanged)
    )
    return written, exchanged


def _backwards(begun: _Days, ends: Sequence[_Days]) -> tuple[int, tuple[int, int]]:
    rows = written = exchanged = 0
    for end in ends:
        differs = (begun.differs | end.differs) & begun.is_known & end.is_known
        rows += _rows(differs)
        written += _rows(differs & (begun.written > end.written))
        exchanged += _rows(differs & (begun.exchanged > end.exchanged))
    return rows, (written, exchanged)


def _near_each_other(begun: _Days, ends: Sequence[_Days]) -> tuple[int, tuple[int, int]]:
    pairs = written = exchanged = 0
    for end in ends:
        both = begun.differs & end.differs & (begun.year == end.year)
        same_month, same_day = begun.month == end.month, begun.day == end.day
        pairs += _rows(both)
        written += _rows(both & same_month & ~same_day)
        exchanged += _rows(both & same_day & ~same_month)
    return pairs, (written, exchanged)


def _agreeing_codes(codes: pl.Series, begun: _Days) -> tuple[int, int]:
    rows = np.flatnonzero(begun.differs)
    rows = rows[:: max(1, rows.size // _CODES_LOOKED_AT)]
    digits = codes[rows].str.extract(_CODED_DATE)
    is_coded = digits.is_not_null().to_numpy()
    digits, rows = digits.drop_nulls(), rows[is_coded]
    number, is_short = digits.cast(pl.Int64).to_numpy(), digits.str.len_bytes().to_numpy() == len("yymmdd")
    # 250403 or 20250403; 030425 or 03042025.
    year_first = np.where(is_short, 20_000_000 + number, number)
    year = np.where(is_short, 2000 + number % 100, number % 10_000)
    rest = np.where(is_short, number // 100, number // 10_000)
    day_first = year * 10_000 + rest % 100 * 100 + rest // 100
    written, exchanged = (
        _rows((year_first == way[rows]) | (day_first == way[rows])) for way in (begun.written, begun.exchanged)
    )
    return written, exchanged
