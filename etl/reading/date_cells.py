"""The cells of date columns: what stands for no date, and both ways in which the others can be read."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping

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
    both: dict[str, DateColumn] = {}
    for column in columns:
        texts = cells[column]
        own = {text.strip() for text in profile.texts_for_none(column)} - {""}
        if own:
            texts = _without(texts, own, texts.is_not_null().arg_true())
        read = read_both_ways(
            texts, profile.dates, profile.timezone, may_be_serial=may_be_serial, says_none=_says_none(own)
        )
        # Other texts for none are no date.
        is_unread = texts.is_not_null() & read.as_written.is_null() & read.only_exchanged.is_null()
        texts = _without(texts, own, is_unread.arg_true())
        cells, both[column] = cells.with_columns(texts.alias(column)), read
    for column in _holding_standing(both):
        if column != profile.shape.dated:
            cells, both[column] = _without_standing(cells, column, both[column])
    return cells, both


def _without(texts: pl.Series, own: Collection[str], at: pl.Series) -> pl.Series:
    """Null where a text at one of these places is one of those for none: as they are folded, or exactly as the profile
    says it."""
    if at.is_empty():
        return texts
    some = texts[at]
    means_none = some.is_in(list(own)) | per_unique(some, _says_none(own), pl.Boolean())
    return texts.scatter(at.filter(means_none), None) if means_none.any() else texts


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
        without(read.as_written), read.only_exchanged, read.is_numeric & ~standing, read.is_short
    )
