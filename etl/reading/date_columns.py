"""The date columns of a file: what stands for no date, and the order of day and month that the file bears out."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from etl.profile import Profile
from etl.reading.date_forms import STANDING_FOR_NONE, DateColumn, is_month_first, read_both_ways
from etl.reading.day_order import FEW_DATES, OrderEvidence, Verdict, judged, order_evidence
from etl.reading.refusal import FileRefused
from etl.reading.unique import per_unique
from warehouse.text import fold

# "-", "—", "../../….": a blank filled in by hand.
_BLANK = re.compile(r"[-\u2010-\u2015\u2212_./… ]")
_NONE = frozenset({"null", "n a", "na", "chua co"})
_MONTHS = 12
_EXAMPLES = 3
_EXPORT_AGAIN = "Hãy xuất lại tệp từ hệ thống nguồn và nạp thẳng, không mở rồi lưu bằng Excel."
_SAY_SO = 'khai khóa dates trong hồ sơ cấu hình: ["%d/%m/%Y"] nếu ngày viết trước, ["%m/%d/%Y"] nếu tháng viết trước'
_LEAST_TRUE, _LEAST_TYPED = 10, 3


def read_dates(
    path: Path,
    cells: pl.DataFrame,
    headers: Mapping[str, str],
    profile: Profile,
    span: tuple[date, date] | None,
    *,
    may_be_serial: bool,
) -> tuple[pl.DataFrame, dict[str, pl.Series], list[str]]:
    """(cells, dates, told): every mapped date column as moments; the cells with null where a text means that there is
    no date; what a person should know of the reading. `span`: the days that the banner says the file covers.

    Raises FileRefused where the dates are month first, or of two orders, or of none that can be told, and the profile
    does not say so.
    """
    columns = [column for column in profile.shape.of_form("moment", "day") if column in cells.columns]
    cells = _without_none(cells, columns, profile)
    both = {
        column: read_both_ways(cells[column], profile.dates, profile.timezone, may_be_serial=may_be_serial)
        for column in columns
    }
    for column in _holding_standing(both):
        if column != profile.shape.dated:
            cells, both[column] = _without_standing(cells, column, both[column])
    short = ", ".join(f"“{headers[column]}”" for column, read in both.items() if read.has_short_years)
    told = [f"Cột {short}: năm viết hai chữ số, đã hiểu là 20xx."] if short else []
    is_day_first, more = _is_day_first(path, cells, both, headers, profile, span)
    dates = {column: read.as_written if is_day_first else read.month_first() for column, read in both.items()}
    return cells, dates, told + more


def _without_none(cells: pl.DataFrame, columns: Sequence[str], profile: Profile) -> pl.DataFrame:
    """Null where the text of a date column is one of those for none: as they are folded, or exactly as the profile
    says it."""
    without = {}
    # A date begins with a digit and has no letter: most columns hold nothing else.
    is_odd = cells.select((~pl.col(columns).str.contains(r"^\d[^\pL]*$")).fill_null(False))
    for column, odd in zip(columns, is_odd.select(pl.all().any()).row(0), strict=True):
        own = {text.strip() for text in profile.texts_for_none(column)} - {""}
        if odd or own:
            texts, at = cells[column], is_odd[column].arg_true()
            means_none = texts.is_in(list(own)).fill_null(False)
            folded = per_unique(texts[at], _says_none(own), pl.Boolean())
            means_none = means_none.scatter(at, means_none[at] | folded)
            without[column] = pl.select(pl.when(~means_none).then(texts)).to_series()
    return cells.with_columns(**without) if without else cells


def _says_none(own: Iterable[str]) -> Callable[[str], bool]:
    none = _NONE | set(map(fold, own))
    return lambda text: not _BLANK.sub("", text) or fold(text) in none


def _holding_standing(both: Mapping[str, DateColumn]) -> list[str]:
    """The columns in which there is a moment that systems write where there is none."""
    moments = pl.DataFrame({column: read.as_written for column, read in both.items()})
    has_standing = moments.select(pl.all().dt.date().is_in(STANDING_FOR_NONE).any())
    return [column for column in both if has_standing[column][0]]


def _without_standing(cells: pl.DataFrame, column: str, read: DateColumn) -> tuple[pl.DataFrame, DateColumn]:
    standing = read.as_written.dt.date().is_in(STANDING_FOR_NONE).fill_null(False)

    def without(series: pl.Series) -> pl.Series:
        return pl.select(pl.when(~standing).then(series)).to_series()

    return cells.with_columns(without(cells[column]).alias(column)), DateColumn(
        without(read.as_written), read.only_exchanged, read.is_numeric & ~standing, read.has_short_years
    )


def _is_day_first(
    path: Path,
    cells: pl.DataFrame,
    both: Mapping[str, DateColumn],
    headers: Mapping[str, str],
    profile: Profile,
    span: tuple[date, date] | None,
) -> tuple[bool, list[str]]:
    """(whether texts like 03/04/2025 are day first, what to tell of that)."""
    shape = profile.shape
    if shape.dated not in both:
        return True, []

    def evidence(*, of_numeric: bool) -> OrderEvidence:
        ends = shape.those("ends")
        return order_evidence(
            both, of_numeric=of_numeric, received=shape.dated, ends=ends, codes=cells[shape.code], span=span
        )

    if any(read.has_true_dates for read in both.values()):
        _refuse_exchanged_true_dates(path, cells, both, headers, judged(evidence(of_numeric=False)))
    if not any(read.is_numeric.any() for read in both.values()):
        return True, []
    found = evidence(of_numeric=True)
    verdict = judged(found)
    said_month_first = is_month_first(profile.dates)

    def examples() -> str:
        return _both_readings(cells, both, of_numeric=True)

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


def _refuse_exchanged_true_dates(
    path: Path, cells: pl.DataFrame, both: Mapping[str, DateColumn], headers: Mapping[str, str], verdict: Verdict
) -> None:
    """Opening dd/mm text with an American Excel turns days up to 12 into true dates, day and month exchanged, and
    leaves the others as text."""
    column = next((column for column, read in both.items() if _is_half_typed(read)), None)
    if column is None and not verdict.exchanged:
        return
    where = f"Cột “{headers[column]}” lẫn ngày thật và ngày dạng chữ" if column else "Tệp có ngày thật"
    signs = f" ({', '.join(verdict.exchanged)})" if verdict.exchanged else ""
    raise FileRefused(
        path,
        f"{where}, có dấu hiệu Excel đã đổi chỗ ngày với tháng{signs}. Thấy: "
        f"{_both_readings(cells, both, of_numeric=False)}.",
        _EXPORT_AGAIN,
    )


def _is_half_typed(read: DateColumn) -> bool:
    days = read.as_written.dt.day()
    true, typed = days.filter(~read.is_numeric).drop_nulls(), days.filter(read.is_numeric)
    return (
        true.len() >= _LEAST_TRUE and typed.len() >= _LEAST_TYPED
        and bool((true <= _MONTHS).all()) and bool((typed > _MONTHS).all())
    )  # fmt: skip


def _both_readings(cells: pl.DataFrame, both: Mapping[str, DateColumn], *, of_numeric: bool) -> str:
    """ "“3/1/2025” là 03/01/2025 nếu ngày trước, 01/03/2025 nếu tháng trước; …": three different ones."""
    shown = []
    ways = ("nếu ngày trước", "nếu tháng trước") if of_numeric else ("như trong ô", "nếu đã bị đổi chỗ")
    for column, read in both.items():
        day = read.as_written.dt
        own = read.is_numeric if of_numeric else ~read.is_numeric
        differs = own & (((day.day() <= _MONTHS) & (day.day() != day.month())) | read.as_written.is_null())
        frame = pl.DataFrame({"text": cells[column], "moment": read.as_written, "only": read.only_exchanged})
        is_date = frame["moment"].is_not_null() | frame["only"].is_not_null()
        some = frame.filter(differs & is_date).unique("text", maintain_order=True).head(_EXAMPLES)
        for text, moment, only in some.rows():
            shown.append(
                f"“{text}” chỉ là ngày nếu tháng trước ({only:%d/%m/%Y})"
                if moment is None
                else f"“{text}” là {moment:%d/%m/%Y} {ways[0]}, {moment:%m/%d/%Y} {ways[1]}"
            )
    return "; ".join(shown[:_EXAMPLES])
