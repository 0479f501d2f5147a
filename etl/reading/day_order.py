"""Whether day or month comes first: judged for a whole file from all evidence together, never cell by cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.reading.date_forms import DateColumn

FEW_DATES = 20
_MONTHS = 12
_CODES_LOOKED_AT = 2000
# A run of six or eight digits that may be a date: yymmdd, ddmmyy, yyyymmdd, ddmmyyyy.
_CODED_DATE = r"(?:^|\D)(\d{8}|\d{6})(?:\D|$)"


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
    dates: Mapping[str, DateColumn],
    *,
    of_numeric: bool,
    received: str,
    ends: Sequence[str],
    codes: pl.Series,
    span: tuple[date, date] | None,
) -> OrderEvidence:
    """The evidence of the numeric cells of these columns, or of the others. `received`: the column of the day that a
    row begins with; `ends`: those that come after it; `codes`: one for each row."""
    days = {column: _days(read, of_numeric=of_numeric) for column, read in dates.items()}
    begun = days[received]
    codes_in = _agreeing_codes(codes, begun)
    in_span = _span(begun, span)
    ended = [days[column] for column in ends if column in days]
    order_rows, backwards = _backwards(begun, ended)
    near_pairs, near_each_other = _near_each_other(begun, ended)
    low = begun.filter(pl.col("differs") | (pl.col("day") == pl.col("month")))
    by_month = low.group_by("year", "month").len()["len"]
    return OrderEvidence(
        cells=_total(each["is_own"] for each in days.values()),
        over_12=(
            _total(each["is_own"] & (each["day"] > _MONTHS) for each in days.values()),
            _total(each["is_only_exchanged"] for each in days.values()),
        ),
        codes=codes_in,
        span_cells=in_span[0],
        in_span=in_span[1:],
        order_rows=order_rows,
        backwards=backwards,
        near_pairs=near_pairs,
        near=near_each_other,
        spread_cells=low.height,
        days=low["day"].n_unique(),
        months=by_month.len(),
        evenly=by_month.is_empty() or int(by_month.max()) <= 2 * int(by_month.min()) + 2,  # type: ignore[arg-type]
    )


def _total(columns: Iterable[pl.Series]) -> int:
    return sum(int(column.sum()) for column in columns)


def _days(read: DateColumn, *, of_numeric: bool) -> pl.DataFrame:
    """Days as numbers like 20250403, both ways, of all rows: day and month exchanged in the cells judged alone."""
    own = read.is_numeric if of_numeric else ~read.is_numeric
    at = read.as_written.dt
    frame = pl.DataFrame({"year": at.year(), "month": at.month().cast(pl.Int32), "day": at.day().cast(pl.Int32)})
    year, month, day = pl.col("year"), pl.col("month"), pl.col("day")
    is_own = pl.Series("is_own", own & read.as_written.is_not_null())
    only = own & read.as_written.is_null() & read.only_exchanged.is_not_null()
    differs = is_own & (day <= _MONTHS) & (day != month)
    written = year * 10_000 + month * 100 + day
    return frame.with_columns(
        is_own=is_own,
        is_only_exchanged=only,
        differs=differs.fill_null(False),
        written=written,
        exchanged=pl.when(differs).then(year * 10_000 + day * 100 + month).otherwise(written),
    )


def _agreeing_codes(codes: pl.Series, begun: pl.DataFrame) -> tuple[int, int]:
    rows = begun["differs"].arg_true()
    some = rows.gather_every(max(1, rows.len() // _CODES_LOOKED_AT))
    digits = pl.col("code").str.extract(_CODED_DATE)
    number = digits.cast(pl.Int64, strict=False)
    short = digits.str.len_chars() == 6
    year_first = pl.when(short).then(20_000_000 + number).otherwise(number)
    day_first = (
        pl.when(short)
        .then((2000 + number % 100) * 10_000 + number // 100 % 100 * 100 + number // 10_000)
        .otherwise(number % 10_000 * 10_000 + number // 10_000 % 100 * 100 + number // 1_000_000)
    )
    at = begun[some].with_columns(codes[some].alias("code")).select("written", "exchanged", a=year_first, b=day_first)
    told = {way: (at["a"] == at[way]) | (at["b"] == at[way]) for way in ("written", "exchanged")}
    return int(told["written"].sum()), int(told["exchanged"].sum())


def _span(begun: pl.DataFrame, span: tuple[date, date] | None) -> tuple[int, int, int]:
    if span is None:
        return 0, 0, 0
    first, last = (day.year * 10_000 + day.month * 100 + day.day for day in span)
    rows = begun.filter("differs")
    inside = [int(rows[way].is_between(first, last).sum()) for way in ("written", "exchanged")]
    return rows.height, inside[0], inside[1]


def _backwards(begun: pl.DataFrame, ends: Sequence[pl.DataFrame]) -> tuple[int, tuple[int, int]]:
    rows, counts = 0, [0, 0]
    for end in ends:
        differs = (begun["differs"] | end["differs"]) & begun["written"].is_not_null() & end["written"].is_not_null()
        rows += int(differs.sum())
        for at, way in enumerate(("written", "exchanged")):
            counts[at] += int(((begun[way] > end[way]) & differs).sum())
    return rows, (counts[0], counts[1])


def _near_each_other(begun: pl.DataFrame, ends: Sequence[pl.DataFrame]) -> tuple[int, tuple[int, int]]:
    pairs, counts = 0, [0, 0]
    for end in ends:
        both = begun["differs"] & end["differs"] & (begun["year"] == end["year"])
        same_month, same_day = begun["month"] == end["month"], begun["day"] == end["day"]
        other = both & (same_month != same_day)
        pairs += int(both.sum())
        counts[0] += int((other & same_month).sum())
        counts[1] += int((other & same_day).sum())
    return pairs, (counts[0], counts[1])
