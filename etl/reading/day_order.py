"""Whether day or month comes first: judged for a whole file from all evidence together, never cell by cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.reading.date_forms import DateColumn

FEW_DATES = 20
_MONTHS = 12
_WAYS = ("written", "exchanged")
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
    days = pl.DataFrame({column: _days(read, of_numeric=of_numeric).to_struct() for column, read in dates.items()})
    begun, ended = _facts_of(received), [_facts_of(column) for column in ends if column in dates]
    every = [_facts_of(column) for column in dates]
    differs = begun("differs")
    is_low = differs | (begun("day") == begun("month"))
    in_each_month = (begun("year") * _MONTHS + begun("month")).filter(is_low).unique_counts()
    in_order = [
        (differs | end("differs")) & begun("written").is_not_null() & end("written").is_not_null() for end in ended
    ]
    near = [differs & end("differs") & (begun("year") == end("year")) for end in ended]
    in_month, on_day = ([begun(part) == end(part) for end in ended] for part in ("month", "day"))
    first, last = map(_number, span or (date.max, date.min))
    within = [begun(way).is_between(first, last) for way in _WAYS]
    found = days.select(
        cells=_rows(*(each("is_own") for each in every)),
        over_12=_rows(*(each("is_own") & (each("day") > _MONTHS) for each in every)),
        only_exchanged=_rows(*(each("is_only_exchanged") for each in every)),
        differ=_rows(differs),
        in_span=pl.concat_list(_rows(differs & inside) for inside in within),
        order_rows=_rows(*in_order),
        backwards=pl.concat_list(
            _rows(*(rows & (begun(way) > end(way)) for rows, end in zip(in_order, ended, strict=True))) for way in _WAYS
        ),
        near_pairs=_rows(*near),
        near=pl.concat_list(
            _rows(*(pairs & this & ~other for pairs, this, other in zip(near, these, others, strict=True)))
            for these, others in ((in_month, on_day), (on_day, in_month))
        ),
        spread_cells=_rows(is_low),
        days=begun("day").filter(is_low).n_unique(),
        months=in_each_month.len(),
        most_a_month=in_each_month.max(),
        fewest_a_month=in_each_month.min(),
    ).row(0, named=True)
    return OrderEvidence(
        cells=found["cells"],
        over_12=(found["over_12"], found["only_exchanged"]),
        codes=_agreeing_codes(codes, days[received].struct.unnest()) if found["differ"] else (0, 0),
        span_cells=found["differ"] if span else 0,
        in_span=tuple(found["in_span"]),
        order_rows=found["order_rows"],
        backwards=tuple(found["backwards"]),
        near_pairs=found["near_pairs"],
        near=tuple(found["near"]),
        spread_cells=found["spread_cells"],
        days=found["days"],
        months=found["months"],
        evenly=not found["months"] or found["most_a_month"] <= 2 * found["fewest_a_month"] + 2,
    )


def _facts_of(column: str) -> Callable[[str], pl.Expr]:
    return pl.col(column).struct.field


def _rows(*conditions: pl.Expr) -> pl.Expr:
    """In how many rows each holds, together."""
    return pl.sum_horizontal(pl.lit(0), *(condition.sum() for condition in conditions))


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _days(read: DateColumn, *, of_numeric: bool) -> pl.DataFrame:
    """One row a row of the file: year, month, day as written; is_own: whether it is a cell judged; differs: whether it
    is another day with day and month exchanged; written, exchanged: numbers like 20250403, of all rows, exchanged in
    the cells judged alone; is_only_exchanged: a date only the other way."""
    at, year, month, day = pl.col("at"), pl.col("year"), pl.col("month"), pl.col("day")
    own = pl.col("own") if of_numeric else ~pl.col("own")
    parts = pl.DataFrame({"at": read.as_written, "own": read.is_numeric, "only": read.only_exchanged}).select(
        year=at.dt.year(),
        month=at.dt.month().cast(pl.Int32),
        day=at.dt.day().cast(pl.Int32),
        is_own=own & at.is_not_null(),
        is_only_exchanged=own & at.is_null() & pl.col("only").is_not_null(),
    )
    return parts.with_columns(
        written=year * 10_000 + month * 100 + day,
        differs=(pl.col("is_own") & (day <= _MONTHS) & (day != month)).fill_null(False),
    ).with_columns(exchanged=pl.when("differs").then(year * 10_000 + day * 100 + month).otherwise("written"))


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
    at = begun[some].with_columns(codes[some].alias("code")).select(*_WAYS, a=year_first, b=day_first)
    told = at.select(((pl.col("a") == pl.col(way)) | (pl.col("b") == pl.col(way))).sum().alias(way) for way in _WAYS)
    return told.row(0)
