"""The date columns of a file: the order of day and month that the file bears out."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import polars as pl

from etl.profile import Profile
from etl.reading.cells import Cells
from etl.reading.date_forms import DateColumn, is_month_first
from etl.reading.day_order import FEW_DATES, OrderEvidence, Verdict, judged, order_evidence, written_days
from etl.reading.refusal import FileRefused

_MONTHS = 12
_EXAMPLES, _LOOKED_AT = 3, 10_000
_EXPORT_AGAIN = "Hãy xuất lại tệp từ hệ thống nguồn và nạp thẳng, không mở rồi lưu bằng Excel."
_SAY_SO = 'khai khóa dates trong hồ sơ cấu hình: ["%d/%m/%Y"] nếu ngày viết trước, ["%m/%d/%Y"] nếu tháng viết trước'
_LEAST_TRUE, _LEAST_TYPED = 10, 3


def read_dates(
    path: Path, cells: Cells, headers: Mapping[str, str], profile: Profile, span: tuple[date, date] | None
) -> tuple[dict[str, pl.Series], list[str]]:
    """(dates, told): every mapped date column as moments; what a person should know of the reading. `span`: the days
    that the banner says the file covers.

    Raises FileRefused where the dates are month first, or of two orders, or of none that can be told, and the profile
    does not say so.
    """
    short = ", ".join(f"“{headers[column]}”" for column, read in cells.dates.items() if read.has_short_years)
    told = [f"Cột {short}: năm viết hai chữ số, đã hiểu là 20xx."] if short else []
    is_day_first, more = _is_day_first(path, cells, headers, profile, span)
    dates = {column: read.as_written if is_day_first else read.month_first() for column, read in cells.dates.items()}
    return dates, told + more


def _is_day_first(
    path: Path,
    cells: Cells,
    headers: Mapping[str, str],
    profile: Profile,
    span: tuple[date, date] | None,
) -> tuple[bool, list[str]]:
    """(whether texts like 03/04/2025 are day first, what to tell of that)."""
    shape, both = profile.shape, cells.dates
    if shape.dated not in both:
        return True, []

    days = {column: written_days(read) for column, read in both.items()}

    def evidence(*, of_numeric: bool) -> OrderEvidence:
        ends = shape.those("ends")
        return order_evidence(
            days, of_numeric=of_numeric, received=shape.dated, ends=ends, codes=cells.frame[shape.code], span=span
        )

    if any(read.has_true_dates for read in both.values()):
        _refuse_exchanged_true_dates(path, cells, headers, judged(evidence(of_numeric=False)))
    if not any(read.is_numeric.any() for read in both.values()):
        return True, []
    found = evidence(of_numeric=True)
    verdict = judged(found)
    said_month_first = is_month_first(profile.dates)

    def examples() -> str:
        return _both_readings(cells, of_numeric=True)

    if said_month_first:
        if found.over_12[0]:
            raise FileRefused(
                path,
                f"Hồ sơ cấu hình khai tháng viết trước, nhưng {found.over_12[0]} ô có số lớn hơn 12 ở chỗ của tháng"
                f" ({examples()}).",
                f"Hãy {_SAY_SO}; nếu tệp lẫn cả hai cách viết: {_EXPORT_AGAIN}",
            )
        return False, []
    if verdict.as_written and verdict.exchanged:
        raise FileRefused(
            path,
            f"Ngày trong tệp lẫn hai cách viết: có dấu hiệu ngày trước ({', '.join(verdict.as_written)}) và dấu hiệu"
            f" tháng trước ({', '.join(verdict.exchanged)}). Thấy: {examples()}.",
            _EXPORT_AGAIN,
        )
    if verdict.exchanged:
        raise FileRefused(
            path,
            f"Ngày trong tệp có dấu hiệu viết tháng trước ngày ({', '.join(verdict.exchanged)}). Thấy: {examples()}.",
            f"{_EXPORT_AGAIN} Nếu hệ thống nguồn xuất như vậy, {_SAY_SO}.",
        )
    if verdict.as_written or said_month_first is False or not found.cells:
        return True, []
    if found.cells >= FEW_DATES:
        raise FileRefused(
            path,
            f"Không có gì trong tệp cho biết ngày hay tháng viết trước. Thấy: {examples()}.",
            f"Hãy {_SAY_SO}.",
        )
    return True, [f"Ngày như {examples()}: tệp ít ngày, không có dấu hiệu, đã hiểu là ngày viết trước."]


def _refuse_exchanged_true_dates(path: Path, cells: Cells, headers: Mapping[str, str], verdict: Verdict) -> None:
    """Opening dd/mm text with an American Excel turns days up to 12 into true dates, day and month exchanged, and
    leaves the others as text."""
    column = next((column for column, read in cells.dates.items() if _is_half_typed(read)), None)
    if column is None and not verdict.exchanged:
        return
    where = f"Cột “{headers[column]}” lẫn ngày thật và ngày dạng chữ" if column else "Tệp có ngày thật"
    signs = f" ({', '.join(verdict.exchanged)})" if verdict.exchanged else ""
    raise FileRefused(
        path,
        f"{where}, có dấu hiệu Excel đã đổi chỗ ngày với tháng{signs}. Thấy: "
        f"{_both_readings(cells, of_numeric=False)}.",
        _EXPORT_AGAIN,
    )


def _is_half_typed(read: DateColumn) -> bool:
    days = read.as_written.dt.day()
    true, typed = days.filter(~read.is_numeric).drop_nulls(), days.filter(read.is_numeric)
    return (
        true.len() >= _LEAST_TRUE and typed.len() >= _LEAST_TYPED
        and bool((true <= _MONTHS).all()) and bool((typed > _MONTHS).all())
    )  # fmt: skip


def _both_readings(cells: Cells, *, of_numeric: bool) -> str:
    """ "“3/1/2025” là 03/01/2025 nếu ngày trước, 01/03/2025 nếu tháng trước; …": three different ones."""
    ways = ("nếu ngày trước", "nếu tháng trước") if of_numeric else ("như trong ô", "nếu đã bị đổi chỗ")
    shown = [
        f"“{text}” chỉ là ngày nếu tháng trước ({only:%d/%m/%Y})"
        if moment is None
        else f"“{text}” là {moment:%d/%m/%Y} {ways[0]}, {moment:%m/%d/%Y} {ways[1]}"
        for column, read in cells.dates.items()
        for text, moment, only in islice(_different(cells, column, read, of_numeric=of_numeric), _EXAMPLES)
    ]
    return "; ".join(shown[:_EXAMPLES])


def _different(
    cells: Cells, column: str, read: DateColumn, *, of_numeric: bool
) -> Iterator[tuple[str, datetime | None, datetime | None]]:
    """The different texts of a column that mean another day with day and month exchanged: text, as written, only
    exchanged."""
    day = read.as_written.dt
    own = read.is_numeric if of_numeric else ~read.is_numeric
    differs = own & (((day.day() <= _MONTHS) & (day.day() != day.month())) | read.as_written.is_null())
    is_date = read.as_written.is_not_null() | read.only_exchanged.is_not_null()
    at = (differs & is_date).fill_null(False).arg_true()
    met: set[str] = set()
    for first in range(0, at.len(), _LOOKED_AT):
        some = at[first : first + _LOOKED_AT]
        for row in zip(cells.rows(some)[column], read.as_written[some], read.only_exchanged[some], strict=True):
            if row[0] not in met:
                met.add(row[0])
                yield row
