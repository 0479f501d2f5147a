"""Texts of one column to moments, as far as that is possible without knowing whether day or month comes first."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import polars as pl

from etl.profile_keys import date_of_form
from etl.reading.unique import alike

EARLIEST = date(2000, 1, 1)
DATE_LIKE = r"^(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:\D|$)"
# Moments that systems write where there is none.
STANDING_FOR_NONE = pl.Series([date(1, 1, 1), date(1899, 12, 30), date(1900, 1, 1), date(9999, 12, 31)]).implode()
MOMENT = pl.Datetime("us")
_SAMPLE = 200
_MONTHS = 12
_EXCEL_DAY_0 = date(1899, 12, 30)
_DAYS_OF_SERIALS = (36526, 73050)  # 2000-01-01 and 2100-01-01
_SECONDS_A_DAY = 86_400

_CLOCK = r"(\d{1,2})(?:[:h](\d{2})?(?:[:m](\d{2})(?:[.,]\d+)?)?)(?: ?(SA|CH|AM|PM|sa|ch|am|pm))?"
_NUMERIC = r"(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?([/.-]) ?(\d{4}|\d{2})"
_YEAR_FIRST = r"(\d{4})([/.-])(\d{1,2})([/.-])(\d{1,2})"
_NAMED_MONTH = r"(\d{1,2})[ /.-]([A-Za-z]{3})[a-z]*[ /.-](\d{4}|\d{2})"
_OFFSET = r" ?(Z|[+-]\d{2}:?\d{2})?"
_STANDING_FORMS = {
    "date_first": rf"^{_NUMERIC}(?:[ ,T]+{_CLOCK})?$",
    "clock_first": rf"^{_CLOCK}[ ,]+(?:ngày )?{_NUMERIC}$",
    "year_first": rf"^{_YEAR_FIRST}(?:[ T]+{_CLOCK}{_OFFSET})?$",
    "named_month": rf"^{_NAMED_MONTH}(?:[ ,]+{_CLOCK})?$",
}
_SERIAL = r"^\d{5}(?:[.,]\d+)?$"
_MONTH_NAMES = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
# Read on all cells of a column, the one whose shape most of its first cells have: what it leaves is read slowly.
_QUICK_NUMERIC = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%d-%m-%Y", "%d-%m-%Y %H:%M:%S")
_QUICK_YEAR_FIRST = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")
_BEGINS_NUMERIC, _DIGITS, _DIRECTIVE = re.compile(r"\d{1,2}[/-]"), re.compile(r"\d+"), re.compile(r"%[a-zA-Z]")


@dataclass(frozen=True)
class DateColumn:
    """A column of dates, read both ways. All series are as long as the column; null where a text is no date.

    as_written: the moment, a text like 03/04/2025 taken day first. only_exchanged: the moment of a text like
    03/15/2025, which is a date only month first. is_numeric: texts like 03/04/2025, whose order of day and month the
    file has to tell; other texts (2025-04-03, a true date of a workbook) say it themselves. is_short: texts whose year
    had two digits.
    """

    as_written: pl.Series
    only_exchanged: pl.Series
    is_numeric: pl.Series
    is_short: pl.Series

    @property
    def has_short_years(self) -> bool:
        return bool(self.is_short.any())

    @property
    def has_true_dates(self) -> bool:
        """Whether a date says its order of day and month itself."""
        return self.as_written.count() > (self.is_numeric & self.as_written.is_not_null()).sum()

    def month_first(self) -> pl.Series:
        """Every text like 03/04/2025 taken month first; null where that is no date."""
        own = pl.select(pl.when(self.is_numeric).then(self.as_written)).to_series()
        return pl.select(
            pl.when(self.is_numeric).then(_exchanged(own, self.only_exchanged)).otherwise(self.as_written)
        ).to_series()


def read_both_ways(
    cells: pl.DataFrame,
    formats: Sequence[str],
    timezone: str,
    *,
    may_be_serial: bool = False,
    says_none: Mapping[str, Callable[[str], bool]] = MappingProxyType({}),
) -> dict[str, tuple[DateColumn, pl.Series]]:
    """Read the standing forms, and those of a profile that say more than they do: of every column of texts (how it can
    be read, the places of texts that are no date). `says_none`: of a column's text that it stands for no date, so that
    none is looked for in it.

    "21/01/2024 09:05" -> 2024-01-21 09:05; "2024-03-24T01:26:00Z" -> 2024-03-24 08:26 in Asia/Ho_Chi_Minh;
    "45659.5" -> 2025-01-02 12:00 where `may_be_serial`, as in cells of a workbook.
    """
    quick = {column: _quick_form(cells[column]) for column in cells.columns}
    at = [pl.col(column).str.strptime(MOMENT, form, strict=False) for column, (form, _) in quick.items()]
    # chrono takes "25" for the year 25.
    moments = cells.select(pl.when(each.dt.year() >= EARLIEST.year).then(each) for each in at)
    known = moments.select(pl.all().is_not_null())
    left = cells.select(pl.col(column).is_not_null() & ~known[column] for column in cells.columns)
    read = {}
    for column, (_, is_numeric) in quick.items():
        quickly = DateColumn(
            as_written=moments[column],
            only_exchanged=alike(None, cells.height, MOMENT),
            is_numeric=known[column] if is_numeric else alike(False, cells.height, pl.Boolean()),
            is_short=alike(False, cells.height, pl.Boolean()),
        )
        unread = left[column].arg_true() if left[column].any() else _NO_PLACES
        read[column] = quickly, unread
        may_be = [text for text in cells[column][unread].unique() if not says_none.get(column, _never)(text)]
        if may_be:
            each = _slowly(pl.Series(may_be, dtype=pl.String), formats, timezone, may_be_serial)
            read[column] = _filled(quickly, cells[column], unread, each)
    return read


_NO_PLACES = pl.Series(dtype=pl.UInt32)


def _never(_: str) -> bool:
    return False


def _filled(
    quickly: DateColumn, texts: pl.Series, unread: pl.Series, each: pl.DataFrame
) -> tuple[DateColumn, pl.Series]:
    """The column with what `_slowly` made of the texts at these places, and the places of those that are no date."""
    found = texts[unread].alias("text").to_frame().join(each, on="text", how="left", maintain_order="left")
    is_none = found.select(pl.col("as_written").is_null() & pl.col("month_first").is_null()).to_series()
    column = DateColumn(
        as_written=quickly.as_written.scatter(unread, found["as_written"]),
        only_exchanged=quickly.only_exchanged.scatter(unread, found["month_first"]),
        is_numeric=quickly.is_numeric.scatter(unread, found["is_numeric"].fill_null(False)),
        is_short=quickly.is_short.scatter(unread, found["is_short"].fill_null(False)),
    )
    return column, unread.filter(is_none)


def is_month_first(formats: Sequence[str]) -> bool | None:
    """What the formats of a profile say of the order of day and month; None where they say nothing."""
    for each in formats:
        if _says_order(each):
            return each.index("%m") < each.index("%d")
    return None


def _says_order(form: str) -> bool:
    """Whether it is one of 03/04/2025, which the file has to tell how to read."""
    return "%d" in form and "%m" in form and max(form.find("%Y"), form.find("%y")) > form.index("%d")


def _in_order(form: str, *, month_first: bool) -> str:
    """The form with day and month in this order."""
    if (form.index("%m") < form.index("%d")) is month_first:
        return form
    return form.replace("%d", "%!").replace("%m", "%d").replace("%!", "%m")


def _quick_form(texts: pl.Series) -> tuple[str, bool]:
    """(format, whether it is numeric): which decides how fast a column is read, not what is read."""
    sample = texts.filter(texts.is_not_null()).head(_SAMPLE).to_list()
    is_numeric = sum(map(bool, map(_BEGINS_NUMERIC.match, sample))) * 2 >= len(sample)
    shapes = Counter(_DIGITS.sub("9", text) for text in sample)
    forms = _QUICK_NUMERIC if is_numeric else _QUICK_YEAR_FIRST
    return max(forms, key=lambda form: shapes[_DIRECTIVE.sub("9", form)]), is_numeric


def _slowly(unique: pl.Series, formats: Sequence[str], timezone: str, may_be_serial: bool) -> pl.DataFrame:
    """Columns text, as_written, month_first (where only that is a date), is_numeric, is_short."""
    cell = pl.col("text").str.replace_all(r"\s+", " ")
    fixed_forms = [date_of_form(cell, form, timezone) for form in formats if not _says_order(form)]
    by_order = {
        first: [
            date_of_form(cell, _in_order(form, month_first=first), timezone) for form in formats if _says_order(form)
        ]
        for first in (False, True)
    }
    stamp = pl.when(cell.str.contains(r"^\d{14}$")).then(cell).str.strptime(MOMENT, "%Y%m%d%H%M%S", strict=False)
    serial = _serial(cell) if may_be_serial else pl.lit(None, MOMENT)
    fixed = _local(_moment("year", "month", "day"), pl.col("offset"), timezone)
    read = _parts(unique).with_columns(
        fixed=pl.coalesce(fixed, stamp, serial, *fixed_forms),
        day_first=pl.coalesce(_moment("year", "b", "a"), *by_order[False]),
        month_first=pl.coalesce(_moment("year", "a", "b"), *by_order[True]),
    )
    is_read = pl.coalesce("day_first", "month_first").is_not_null()
    return read.select(
        "text",
        as_written=pl.coalesce("fixed", "day_first"),
        month_first=pl.when(pl.col("day_first").is_null()).then("month_first"),
        is_numeric=pl.col("fixed").is_null() & is_read,
        is_short=(pl.col("is_short") & is_read).fill_null(False),
    )


def _parts(texts: pl.Series) -> pl.DataFrame:
    """Numbers of every text of a standing form: year and a, b (03/04/2025) or month and day, and the clock."""
    groups = texts.alias("text").to_frame().with_columns(
        pl.col("text").str.replace_all(r"\s+", " ").str.extract_groups(pattern).alias(form)
        for form, pattern in _STANDING_FORMS.items()
    )  # fmt: skip

    def group(form: str, at: int) -> pl.Expr:
        return pl.col(form).struct.field(str(at))

    date_first, clock_first, year_first, named = _STANDING_FORMS
    same = pl.coalesce(
        group(date_first, 2) == group(date_first, 4),
        group(clock_first, 6) == group(clock_first, 8),
        group(year_first, 2) == group(year_first, 4),
        pl.lit(True),
    )
    year = pl.coalesce(group(date_first, 5), group(clock_first, 9), group(year_first, 1), group(named, 3))
    clock = [
        pl.coalesce(group(date_first, 5 + at), group(clock_first, at), group(year_first, 5 + at), group(named, 3 + at))
        for at in range(1, 5)
    ]
    named_month = group(named, 2).str.to_lowercase().replace_strict(_MONTH_NAMES, default=None)
    month = pl.coalesce(group(year_first, 3), named_month.cast(pl.String))
    hour, half = clock[0].cast(pl.Int32), clock[3].str.to_uppercase()
    hour = (
        pl.when(half.is_in(["CH", "PM"]) & (hour < 12)).then(hour + 12)
        .when(half.is_in(["SA", "AM"]) & (hour == 12)).then(0)
        .otherwise(hour)
    )  # fmt: skip
    whole_year = pl.when(year.str.len_chars() == 2).then("20" + year).otherwise(year)
    return groups.select(
        "text",
        pl.when(same).then(whole_year).alias("year"),
        pl.coalesce(group(date_first, 1), group(clock_first, 5)).alias("a"),
        pl.coalesce(group(date_first, 3), group(clock_first, 7)).alias("b"),
        month.alias("month"),
        pl.coalesce(group(year_first, 5), group(named, 1)).alias("day"),
        pl.concat_str(
            hour.fill_null(0).cast(pl.String), pl.lit(":"), clock[1].fill_null("0"), pl.lit(":"),
            clock[2].fill_null("0"),
        ).alias("clock"),
        group(year_first, 10).alias("offset"),
        (year.str.len_chars() == 2).alias("is_short"),
    )  # fmt: skip


def _moment(year: str, month: str, day: str) -> pl.Expr:
    written = pl.concat_str(year, pl.lit("-"), month, pl.lit("-"), day, pl.lit(" "), "clock")
    return written.str.strptime(MOMENT, "%Y-%m-%d %H:%M:%S", strict=False)


def _local(moment: pl.Expr, offset: pl.Expr, timezone: str) -> pl.Expr:
    away = offset.str.replace("Z", "+00:00", literal=True).str.replace(":", "", literal=True)
    minutes = away.str.slice(1, 2).cast(pl.Int32) * 60 + away.str.slice(3, 2).cast(pl.Int32)
    behind = pl.duration(minutes=pl.when(away.str.starts_with("-")).then(-minutes).otherwise(minutes))
    local = (moment - behind).dt.replace_time_zone("UTC").dt.convert_time_zone(timezone).dt.replace_time_zone(None)
    return pl.when(offset.is_null()).then(moment).otherwise(local)


def _serial(cell: pl.Expr) -> pl.Expr:
    """Excel's number of days since 1899-12-30, to the second."""
    days = pl.when(cell.str.contains(_SERIAL)).then(cell.str.replace(",", ".", literal=True)).cast(pl.Float64)
    seconds = (days * _SECONDS_A_DAY).round().cast(pl.Int64)
    moment = pl.lit(_EXCEL_DAY_0).cast(MOMENT) + pl.duration(seconds=seconds)
    return pl.when(days.is_between(*_DAYS_OF_SERIALS)).then(moment)


def _exchanged(as_written: pl.Series, only_exchanged: pl.Series) -> pl.Series:
    at = (as_written.dt.day() <= _MONTHS).fill_null(False).arg_true()
    some = as_written[at].dt
    made = pl.select(
        pl.datetime(some.year(), some.day(), some.month(), some.hour(), some.minute(), some.second(), time_unit="us")
    ).to_series()
    return only_exchanged.scatter(at, made)
