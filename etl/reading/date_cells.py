"""The cells of date columns: what stands for no date, and both ways in which the others can be read."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

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
    cells = _without_none(cells, columns, profile)
    both = {
        column: read_both_ways(cells[column], profile.dates, profile.timezone, may_be_serial=may_be_serial)
        for column in columns
    }
    for column in _holding_standing(both):
        if column != profile.shape.dated:
            cells, both[column] = _without_standing(cells, column, both[column])
    return cells, both


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
        without(read.as_written), read.only_exchanged, read.is_numeric & ~standing, read.is_short
    )
