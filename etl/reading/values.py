"""Cells of text to typed values; every cell that cannot be read is kept apart with its reason."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

import polars as pl

from etl.kinds import LABELS, TYPES, Form
from etl.person_names import is_person_name
from etl.personal import has_personal_number, holds_phone_or_identity, is_phone_or_identity
from etl.profile import Profile
from etl.reading.cells import ITEM, OVERFLOW, item_columns
from etl.reading.confirm import NO_PHRASE
from etl.reading.date_forms import EARLIEST
from etl.reading.known import OTHER_CAUSE, Known
from etl.reading.unique import Convert, converted, different
from warehouse.text import fold

_NOT_AFTER_TODAY = ("received_at", "finished_at", "answered_on")
_LONGEST_PROMISE = 10  # years
_LARGEST_COUNT = 1000
_UNITS = ("unit", "receiving_unit")


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
        is_readable = pl.repeat(True, self._rows, dtype=pl.Boolean, eager=True)
        out = pl.concat(self._met)["index"].unique()
        return is_readable.scatter(out, False) if out.len() else is_readable


def typed_values(
    cells: pl.DataFrame, dates: Mapping[str, pl.Series], profile: Profile, known: Known, faults: Faults, *, today: date
) -> pl.DataFrame:
    """All canonical columns of the kind and the item columns of a wide sheet, one row for each row of cells, null where
    unreadable; every cell that can be judged without the day of extraction is added to the faults."""
    forms: dict[str, Form] = {**profile.shape.columns, **dict.fromkeys(item_columns(cells), "score")}
    given = {column: form for column, form in forms.items() if column in cells.columns}
    texts = cells.select(column for column, form in given.items() if form not in ("moment", "day", "code"))
    unique = different(texts)
    convert = {column: (_convert(column, given[column], profile, known), TYPES[given[column]]) for column in unique}
    spaced = cells.select(
        pl.col(column).str.replace_all(r"\s+", " ") for column, form in given.items() if form == "code"
    )
    read = spaced.hstack(converted(texts, unique, convert)).with_columns(
        read.cast(TYPES[given[column]]).alias(column) for column, read in dates.items()
    )
    values = read.with_columns(
        _constant(profile, column, form, cells.height) for column, form in forms.items() if column not in given
    )
    checks = [check for column, form in given.items() for check in _checks(column, form, profile, known, read, today)]
    checks += _required(cells.columns, profile)
    if OVERFLOW in cells.columns:
        checks.append(Check(OVERFLOW, "too_many_cells", _cell(OVERFLOW).is_not_null()))
    faults.add_checks(values.hstack(cells.select(pl.all().name.prefix(_CELL))), checks)
    if "channel" in given:
        values = values.with_columns(pl.col("channel").fill_null("unknown"))
    return values.select(*forms)


_CELL = "cell of "


def _cell(column: str) -> pl.Expr:
    return pl.col(_CELL + column)


def _constant(profile: Profile, column: str, form: Form, height: int) -> pl.Series:
    value = profile.constants.get(column)
    if column == "channel" and value is None:
        value = "unknown"
    if isinstance(value, date) and form == "moment":
        value = datetime.combine(value, time())
    return pl.Series(column, [value], dtype=TYPES[form]).new_from_index(0, height)


def _convert(column: str, form: Form, profile: Profile, known: Known) -> Convert:
    """From a text to the value of a column that is not of codes or dates; None where it has none."""
    if form == "label":
        return _label(column, profile)
    if form in ("count", "score"):
        return _number(form, profile)
    if column == "late_cause":
        # Categories only: what people write of a cause names persons.
        return lambda text: known.late_causes.get(fold(text), OTHER_CAUSE)
    return lambda text: re.sub(r"\s+", " ", text)


def _label(column: str, profile: Profile) -> Convert:
    given = profile.values.get(column, {})
    labels = {fold(name): name for name in LABELS[column]}
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
    column: str, form: Form, profile: Profile, known: Known, read: pl.DataFrame, today: date
) -> Iterator[Check]:
    value, is_unread = pl.col(column), _cell(column).is_not_null() & pl.col(column).is_null()
    if form in ("moment", "day"):
        yield Check(column, "unreadable_date", is_unread)
        last = today if column in _NOT_AFTER_TODAY else date.max
        yield Check(column, "date_out_of_range", ~value.dt.date().is_between(EARLIEST, last))
    elif form == "label":
        yield Check(column, "unknown_label", is_unread)
    elif form in ("count", "score"):
        yield Check(column, "bad_score" if form == "score" else "bad_number", is_unread)
    elif form == "code":
        yield Check(column, "bad_case_code", _is_no_code(column, profile))
    elif column != "late_cause":
        personal = _personal(column, read[column], profile, known)
        if personal:
            yield Check(column, "personal_value", value.is_in(personal))


def _personal(column: str, texts: pl.Series, profile: Profile, known: Known) -> list[str]:
    """Those of the texts that could be a person's."""
    takes_all = column in _UNITS and "*" in profile.unit_words
    words = tuple(f"{fold(word)} " for word in profile.unit_words) if column in _UNITS else ()

    def is_personal(text: str) -> bool:
        if has_personal_number(text):
            return True
        return not takes_all and not fold(text).startswith(words) and is_person_name(text, known.names)

    return [text for text in texts.unique().drop_nulls() if is_personal(text)]


def _is_no_code(column: str, profile: Profile) -> pl.Expr:
    code, pattern = pl.col(column), profile.case_code_pattern if column == "case_code" else ""
    bad = ~code.str.contains(pattern or NO_PHRASE)
    if pattern:
        return bad
    # Where codes are mostly bare numbers, one that looks like a telephone number may well be a code.
    are_mixed = code.str.contains(r"\D").sum() * 2 > code.count()
    held = holds_phone_or_identity(code)
    # What stands in most codes is their form.
    return bad | (are_mixed & (is_phone_or_identity(code) | (held & (held.sum() * 2 < code.count()))))


def _required(columns: Sequence[str], profile: Profile) -> Iterator[Check]:
    dated = profile.shape.dated
    if dated in columns:
        yield Check(dated, f"no_{dated}", _cell(dated).is_null())
    if profile.kind == "cases":
        yield Check("case_code", "no_case_code", pl.col("case_code").is_null())
        place = "procedure" if "procedure" in columns else "field"
        yield Check(place, "no_procedure_or_field", pl.col("procedure").is_null() & pl.col("field").is_null())
    else:
        needed = ["sheet_id", "instrument"]
        if not any(column.startswith(ITEM) for column in columns):
            needed.append("item")
        yield from (Check(column, f"no_{column}", pl.col(column).is_null()) for column in needed)
    yield Check("unit", "no_unit", pl.col("unit").is_null())


def ten_years_after(day: date) -> date:
    """The last day that a case may be promised for, of an export of this day."""
    try:
        return day.replace(year=day.year + _LONGEST_PROMISE)
    except ValueError:
        return day.replace(year=day.year + _LONGEST_PROMISE, day=28)
