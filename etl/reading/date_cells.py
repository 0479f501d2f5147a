"""The cells of date columns: what stands for no date, and both ways in which the others can be read."""

import re
from collections.abc import Callable, Iterable, Mapping

import polars as pl

from etl.profile import Profile
from etl.reading.date_forms import STANDING_FOR_NONE, DateColumn, read_both_ways
from etl.reading.unique import per_unique
from warehouse.text import fold

# "-", "—", "../../….": a blank filled in by hand.
_BLANK = re.compile(r"[-\u2010-\u2015\u2212_./… ]")
_NONE = frozenset({"null", "n a", "na", "chua co"})


def read_columns(
    cells: pl.DataFrame, profile: Profile, *, may_be_serial: bool
) -> tuple[pl.DataFrame, dict[str, DateColumn]]:
    """(cells, dates): how every mapped date column of these rows can be read; the cells with null where a text means
    that there is no date."""
    columns = [column for column in profile.shape.of_form("moment", "day") if column in cells.columns]
    texts = cells.select(columns)
    says_none: dict[str, Callable[[str], bool]] = {}
    for column in columns:
        own = {text.strip() for text in profile.texts_for_none(column)} - {""}
        says_none[column] = _says_none(own)
        if own:
            of_column = texts[column]
            given = pl.select(pl.when(~of_column.is_in(list(own)).fill_null(False)).then(of_column)).to_series()
            texts = texts.with_columns(_without(given, says_none[column], given.is_not_null().arg_true()))
    read = read_both_ways(texts, profile.dates, profile.timezone, may_be_serial=may_be_serial, says_none=says_none)
    both = {column: each for column, (each, _) in read.items()}
    # Other texts for none are no date.
    given_dates = [_without(texts[column], says_none[column], unread) for column, (_, unread) in read.items()]
    cells = cells.with_columns(given_dates)
    for column in _holding_standing(both):
        if column != profile.shape.dated:
            cells, both[column] = _without_standing(cells, column, both[column])
    return cells, both


def _without(texts: pl.Series, says_none: Callable[[str], bool], at: pl.Series) -> pl.Series:
    """Null where, of the rows at these places, a text says that there is no date."""
    if at.is_empty():
        return texts
    means_none = per_unique(texts[at], says_none, pl.Boolean())
    return texts.scatter(at.filter(means_none), None) if means_none.any() else texts


def _says_none(own: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text is one of those for none, the profile's own among them, as they are folded. What begins with a
    digit and has no letter may be a date: of that only the exact text is one."""
    none = _NONE | set(map(fold, own))

    def says_none(text: str) -> bool:
        may_be_date = text[:1].isdecimal() and not any(map(str.isalpha, text))
        return not may_be_date and (not _BLANK.sub("", text) or fold(text) in none)

    return says_none


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
        without(read.as_written), read.only_exchanged, read.is_numeric & ~standing, read.is_short
    )
