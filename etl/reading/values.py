"""Cells of text to typed values; every cell that cannot be read is kept apart with its reason."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

import polars as pl

from etl.kinds import TYPES, Column, Form, Kind
from etl.person_names import is_person_name
from etl.personal import has_personal_number, holds_phone_or_identity, is_phone_or_identity
from etl.profile import Profile
from etl.reading.cells import ITEM, OVERFLOW, item_columns
from etl.reading.confirm import NO_PHRASE
from etl.reading.date_forms import EARLIEST
from etl.reading.known import OTHER, Known
from etl.reading.messages import missing
from etl.reading.unique import Convert, alike, converted, different, in_every_row
from warehouse.text import fold

_LARGEST_COUNT = 1000


_ANSWER = Column("score", "điểm")  # of a wide sheet's question


class Check(NamedTuple):
    """What keeps rows out, where this holds: of a canonical column `_cell` is the text, `pl.col` the value read."""

    column: str
    reason: str
    where: pl.Expr


class Faults:
    """The cells that keep their rows out, as they are met: of a cell the first reason counts."""

    def __init__(self, rows: int, bad: pl.DataFrame) -> None:
        """`bad`: those known before values are read: index, column, reason, value."""
        self._rows, self._met = rows, [bad]

    def add(self, where: pl.Series, column: str, reason: str) -> None:
        """Rows where this is true are kept out for a canonical column."""
        if where.any():
            index = where.fill_null(False).arg_true().cast(pl.UInt32)
            told = [
                pl.lit(column).alias("column"),
                pl.lit(reason).alias("reason"),
                pl.lit(None, pl.String).alias("value"),
            ]
            self._met.append(pl.DataFrame({"index": index}).with_columns(told))

    def add_checks(self, values: pl.DataFrame, checks: Sequence[Check]) -> None:
        """All that these find."""
        found = values.select(check.where.alias(str(number)) for number, check in enumerate(checks))
        for where, check, is_met in zip(found, checks, found.select(pl.all().any()).row(0), strict=True):
            if is_met:
                self.add(where, check.column, check.reason)

    def frame(self) -> pl.DataFrame:
        """`index` of the row, canonical `column`, `reason`, `value` where it is not that of the cell."""
        return pl.concat(self._met).unique(["index", "column"], keep="first", maintain_order=True)

    def readable(self) -> pl.Series:
        """Whether each row has none."""
        is_readable = alike(True, self._rows, pl.Boolean())
        out = pl.concat(self._met)["index"].unique()
        return is_readable.scatter(out, False) if out.len() else is_readable


def typed_values(
    cells: pl.DataFrame, dates: Mapping[str, pl.Series], profile: Profile, known: Known, faults: Faults, *, today: date
) -> pl.DataFrame:
    """All canonical columns of the kind and the item columns of a wide sheet, one row for each row of cells (the frame
    of `Cells`), null where unreadable; every cell that can be judged without the day of extraction is added to the
    faults."""
    columns = {**profile.shape.columns, **dict.fromkeys(item_columns(cells), _ANSWER)}
    given = {name: column for name, column in columns.items() if name in cells.columns}
    texts = cells.select(name for name, column in given.items() if column.form not in ("moment", "day", "code"))
    unique = different(texts)
    convert = {name: (_convert(name, given[name], profile, known), TYPES[given[name].form]) for name in unique}
    spaced = cells.select(_spaced(cells[name]) for name, column in given.items() if column.form == "code")
    read = spaced.hstack(converted(texts, unique, convert)).with_columns(
        read.cast(TYPES[given[name].form]).alias(name) for name, read in dates.items()
    )
    values = read.with_columns(
        _constant(profile, name, column, cells) for name, column in columns.items() if name not in given
    )
    checks = [check for name, column in given.items() for check in _checks(name, column, profile, known, read, today)]
    checks += _required(cells.columns, profile.shape)
    if OVERFLOW in cells.columns:
        checks.append(Check(OVERFLOW, "too_many_cells", _cell(OVERFLOW).is_not_null()))
    faults.add_checks(values.hstack(cells.select(pl.all().name.prefix(_CELL))), checks)
    defaults = {name: column.default for name, column in given.items() if column.default is not None}
    return values.with_columns(pl.col(name).fill_null(default) for name, default in defaults.items()).select(*columns)


_CELL = "cell of "


def _cell(column: str) -> pl.Expr:
    return pl.col(_CELL + column)


def _spaced(codes: pl.Series) -> pl.Series:
    """One space for any run of spaces."""
    is_spaced = codes.str.contains(r"\s").fill_null(False).arg_true()
    return codes.scatter(is_spaced, codes[is_spaced].str.replace_all(r"\s+", " ")) if is_spaced.len() else codes


def _constant(profile: Profile, name: str, column: Column, cells: pl.DataFrame) -> pl.Series:
    value = profile.constants.get(name, column.default)
    if isinstance(value, date) and column.form == "moment":
        value = datetime.combine(value, time())
    return in_every_row(pl.Series(name, [value], dtype=TYPES[column.form]), cells)


def _convert(name: str, column: Column, profile: Profile, known: Known) -> Convert:
    """From a text to the value of a column that is not of codes or dates; None where it has none."""
    if column.labels:
        return _label(column.labels, profile.values.get(name, {}))
    if column.form in ("count", "score"):
        return _number(column.form, profile)
    if column.categories:
        # Categories only: what people write of a cause names persons.
        categories = known.categories[column.categories]
        return lambda text: categories.get(fold(text), OTHER)
    return lambda text: re.sub(r"\s+", " ", text)


def _label(names: Sequence[str], given: Mapping[str, str | float]) -> Convert:
    labels = {fold(name): name for name in names}
    labels |= {fold(label): str(name) for label, name in given.items() if label != "*"}
    return lambda text: labels.get(fold(text), given.get("*"))


def _number(form: Form, profile: Profile) -> Convert:
    labels = {fold(label): float(value) for label, value in profile.values.get("score", {}).items()}

    def number(text: str) -> float | None:
        labelled = labels.get(fold(text)) if form == "score" else None
        if labelled is not None:
            return labelled
        try:
            found = float(text.replace(",", "."))
        except ValueError:
            return None
        if form == "score":
            return found if math.isfinite(found) else None
        return int(found) if found.is_integer() and 0 <= found <= _LARGEST_COUNT else None

    return number


def _checks(
    name: str, column: Column, profile: Profile, known: Known, read: pl.DataFrame, today: date
) -> Iterator[Check]:
    value, is_unread = pl.col(name), _cell(name).is_not_null() & pl.col(name).is_null()
    if column.form in ("moment", "day"):
        yield Check(name, "unreadable_date", is_unread)
        last = today if column.by_loading else date.max
        yield Check(name, "date_out_of_range", ~value.dt.date().is_between(EARLIEST, last))
    elif column.form == "label":
        yield Check(name, "unknown_label", is_unread)
    elif column.form in ("count", "score"):
        yield Check(name, "bad_score" if column.form == "score" else "bad_number", is_unread)
    elif column.form == "code":
        yield Check(name, "bad_case_code", _is_no_code(read[name], profile))
    elif not column.categories:
        personal = _personal(column, read[name], profile, known)
        if personal:
            yield Check(name, "personal_value", value.is_in(personal))


def _personal(column: Column, texts: pl.Series, profile: Profile, known: Known) -> list[str]:
    """Those of the texts that could be a person's."""
    unit_words = profile.unit_words if column.names == "unit" else ()
    takes_all = "*" in unit_words
    words = tuple(f"{fold(word)} " for word in unit_words)

    def is_personal(text: str) -> bool:
        if has_personal_number(text):
            return True
        return not takes_all and not fold(text).startswith(words) and is_person_name(text, known.names)

    return [text for text in texts.unique().drop_nulls() if is_personal(text)]


def _is_no_code(codes: pl.Series, profile: Profile) -> pl.Expr:
    code, pattern = pl.col(codes.name), profile.pattern_of(codes.name)
    bad = ~code.str.contains(pattern or NO_PHRASE)
    # Where codes are mostly bare numbers, one that looks like a telephone number may well be a code.
    if pattern or int(codes.str.contains(r"\D").sum()) * 2 <= codes.count():
        return bad
    held = holds_phone_or_identity(code)
    # What stands in most codes is their form.
    return bad | is_phone_or_identity(code) | (held & (held.sum() * 2 < code.count()))


def _required(there: Sequence[str], kind: Kind) -> Iterator[Check]:
    is_wide = any(column.startswith(ITEM) for column in there)
    # The day first: a row without it is hardly a row.
    for group in sorted(kind.required, key=lambda group: kind.dated not in group):
        needed = [column for column in group if not kind.columns[column].may_be_empty]
        if is_wide:
            needed = [column for column in needed if column not in kind.wide]
        place = next((column for column in group if column in there), group[-1])
        if kind.dated in group:
            if place in there:
                yield Check(place, missing(place, kind), _cell(place).is_null())
        elif needed:
            yield Check(place, missing(place, kind), pl.all_horizontal(pl.col(needed).is_null()))


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February, the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
