"""The numbers behind a figure: a frame with headings in words, written out for the screen or for a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from comparison import wording
from comparison.forms.fact_table import fact_table
from comparison.forms.template import TEXT
from comparison.forms.tokens import Theme, tokens
from comparison.measures import Definition, catalogue
from comparison.scope import Language
from comparison.wording.texts import Html

_CODES = ("unit", "field", "procedure")
_NAMES = {"unit_name": "unit", "field_name": "field", "procedure_name": "procedure"}
_MEASURED = ("value", "low", "high")
_SCORE_DECIMALS = 2


@dataclass(frozen=True)
class Numbers:
    """A frame whose column names are the headings shown; `shares` are the columns between 0 and 1, `scores` those on
    a questionnaire's scale, and ratios with what was expected.

    `measures` names the measures whose definitions go with it. `lines` are columns of whole numbers that name a line of
    a file: no amounts, so without separators. `right` are texts that are read as numbers, and stand like them.
    """

    frame: pl.DataFrame
    shares: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ()
    scores: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()


def measured(language: Language, name: str, answer: pl.DataFrame) -> Numbers:
    """A measure's answer as numbers: names without codes, headings in words, empty columns left out."""
    definition = catalogue()[name]
    shown = answer.select(
        column
        for column in answer.columns
        if column != "is_hidden"
        and not (column in _CODES and f"{column}_name" in answer.columns)
        and not (column in ("low", "high", "numerator", "denominator") and answer[column].null_count() == len(answer))
        and not (column == "numerator" and definition.unit == "count")
    )
    shown = shown.with_columns(_worded(language, shown[column]) for column in shown.columns if column in _GROUP_WORDS)
    headings = {column: _heading(language, definition, column) for column in shown.columns}
    measured_columns = frozenset(headings[column] for column in _MEASURED if column in headings)
    of_ratio = frozenset(headings[column] for column in (*_MEASURED, "denominator") if column in headings)
    return Numbers(
        shown.rename(headings),
        measured_columns if definition.unit == "share" else frozenset(),
        (name,),
        {"score": measured_columns, "ratio": of_ratio}.get(definition.unit, frozenset()),
    )


_GROUP_WORDS = ("month", "quarter", "year", "channel", "unit_kind")


def _worded(language: Language, column: pl.Series) -> pl.Series:
    section = {"channel": "channel", "unit_kind": "kind"}.get(column.name)
    words = {
        code: wording.say(language, f"{section}.{code}") if section else wording.group_name(language, code)
        for code in column.unique().drop_nulls()
    }
    return column.replace_strict(words, return_dtype=pl.String, default=None)


def _heading(language: Language, definition: Definition, column: str) -> str:
    title = definition.title_en if language == "en" else definition.title_vi
    numerator = definition.numerator_en if language == "en" else definition.numerator_vi
    denominator = definition.denominator_en if language == "en" else definition.denominator_vi
    own = {"value": title, "numerator": numerator, "denominator": denominator}
    return own.get(column) or wording.say(language, f"column.{_NAMES.get(column, column)}")


def as_text(language: Language, numbers: Numbers) -> pl.DataFrame:
    """The same table with every cell written out as people read it; "" where there is nothing."""
    return pl.DataFrame(
        {
            name: numbers.frame[name].cast(pl.String).fill_null("")
            if name in numbers.lines
            else pl.Series(
                _texts(language, numbers.frame[name], name in numbers.shares, name in numbers.scores), dtype=pl.String
            )
            for name in numbers.frame.columns
        }
    )


def numbers_table(language: Language, theme: Theme, numbers: Numbers, height: int | None, size: int = TEXT) -> Html:
    """Numbers as a table, written out in a language `size` px high; at most `height` px of it seen at once."""
    right = {name for name, dtype in numbers.frame.schema.items() if dtype.is_numeric()} | numbers.right
    return fact_table(as_text(language, numbers), right, tokens(theme), height=height, size=size)


def _texts(language: Language, column: pl.Series, is_share: bool, is_score: bool) -> Sequence[str]:
    return [_text(language, value, is_share, is_score) for value in column]


def _text(language: Language, value: Any, is_share: bool, is_score: bool) -> str:
    match value:
        case None:
            return ""
        case bool():
            return wording.say(language, "word.yes" if value else "word.no")
        case int() | float():
            if is_share:
                return wording.percent(language, value)
            if is_score:
                return wording.number(language, value, _SCORE_DECIMALS)
            return wording.number(language, value, 0 if float(value).is_integer() else 1)
        case datetime():
            return f"{wording.day(language, value.date())} {value:%H:%M}"
        case date():
            return wording.day(language, value)
        case _:
            return str(value)
