"""What the lists of Dữ liệu share: the scopes that they are of, and columns under their headings."""

import polars as pl

from comparison.forms.frames.months import covered
from comparison.question import Question
from comparison.scope import Scope

PAGE = "du-lieu"


def whole_period(q: Question) -> Scope:
    """The scope over all days covered: no list of this page follows the period."""
    return q.scope.with_(period=covered(q.root), compare="none")


def whole_root(q: Question) -> Scope:
    """All of the root: what files hold does not follow the filters either."""
    return whole_period(q).with_(kind=None, units=(), fields=(), procedures=(), channels=(), instrument=None)


def with_headings(q: Question, frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """These columns of a list, under their headings."""
    return frame.select(columns).rename({name: q.say(f"data_column.{name}") for name in columns})


def in_words(q: Question, frame: pl.DataFrame, column: str, section: str) -> pl.DataFrame:
    """The codes of a column in words of this section of the catalogue."""
    words = {code: q.say(f"{section}.{code}") for code in frame[column].unique().drop_nulls()}
    return frame.with_columns(pl.col(column).replace_strict(words, default=None, return_dtype=pl.String))


def total(frame: pl.DataFrame, column: str) -> int:
    """The sum of a column of counts."""
    return int(frame[column].sum())


def snapshot_source(q: Question) -> str:
    """The row under a list that rests on the snapshot alone."""
    return q.say("source.snapshot", snapshot=q.warehouse.id)
