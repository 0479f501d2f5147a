"""Cells of text to typed values; every cell that cannot be read is kept apart with its reason."""

import math
import re
from datetime import date, datetime, time

import polars as pl

from etl.kinds import LABELS, TYPES, Form
from etl.person_names import is_person_name
from etl.personal import are_phones_or_identities, has_personal_number, hold_phones_or_identities
from etl.profile import Profile
from etl.reading.cells import OVERFLOW, item_columns
from etl.reading.confirm import NO_PHRASE
from etl.reading.date_forms import EARLIEST
from etl.reading.known import OTHER_CAUSE, Known
from etl.reading.unique import per_unique
from warehouse.text import fold

_NOT_AFTER_TODAY = ("received_at", "finished_at", "answered_on")
_LONGEST_PROMISE = 10  # years
_LARGEST_COUNT = 1000
_UNITS = ("unit", "receiving_unit")


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

    def frame(self) -> pl.DataFrame:
        """`index` of the row, canonical `column`, `reason`, `value` where it is not that of the cell."""
        return pl.concat(self._met).unique(["index", "column"], keep="first", maintain_order=True)

    def readable(self) -> pl.Series:
        """Whether each row has none."""
        out = pl.concat(self._met)["index"].unique()
        return ~pl.int_range(self._rows, dtype=pl.UInt32, eager=True).is_in(out.implode())


class _Columns:
    """The typed columns made so far and the faults met."""

    def __init__(self, cells: pl.DataFrame, profile: Profile, known: Known, faults: Faults) -> None:
        self.cells, self.profile, self.known, self.faults = cells, profile, known, faults
        self.typed: dict[str, pl.Series] = {}

    def need(self, column: str, reason: str) -> None:
        self.faults.add(self.typed[column].is_null(), column, reason)


def typed_values(
    cells: pl.DataFrame, dates: dict[str, pl.Series], profile: Profile, known: Known, faults: Faults, *, today: date
) -> pl.DataFrame:
    """All canonical columns of the kind and the item columns of a wide sheet, one row for each row of cells, null where
    unreadable; every cell that can be judged without the day of extraction is added to the faults."""
    columns = _Columns(cells, profile, known, faults)
    for column, form in profile.shape.columns.items():
        if column not in cells.columns:
            columns.typed[column] = _constant(profile, column, form, cells.height)
        elif form in ("moment", "day"):
            _add_date(columns, column, dates[column], today)
        elif form == "label":
            _add_label(columns, column)
        elif form in ("count", "score"):
            _add_number(columns, column, form)
        elif column == "late_cause":
            columns.typed[column] = _causes(cells[column], known)
        elif form == "text":
            _add_text(columns, column)
        else:
            _add_code(columns, column)
    for column in item_columns(cells):
        _add_number(columns, column, "score")
    _need_required(columns)
    if OVERFLOW in cells.columns:
        columns.faults.add(cells[OVERFLOW].is_not_null(), OVERFLOW, "too_many_cells")
    return pl.DataFrame(columns.typed)


def _constant(profile: Profile, column: str, form: Form, height: int) -> pl.Series:
    value = profile.constants.get(column)
    if column == "channel" and value is None:
        value = "unknown"
    if isinstance(value, date) and form == "moment":
        value = datetime.combine(value, time())
    return pl.Series(column, [value], dtype=TYPES[form]).new_from_index(0, height)


def _add_date(columns: _Columns, column: str, read: pl.Series, today: date) -> None:
    columns.faults.add(columns.cells[column].is_not_null() & read.is_null(), column, "unreadable_date")
    wrong = read.dt.date() < EARLIEST
    if column in _NOT_AFTER_TODAY:
        wrong |= read.dt.date() > today
    columns.faults.add(wrong, column, "date_out_of_range")
    columns.typed[column] = read.cast(TYPES[columns.profile.shape.columns[column]])


def ten_years_after(day: date) -> date:
    """The last day that a case may be promised for, of an export of this day."""
    try:
        return day.replace(year=day.year + _LONGEST_PROMISE)
    except ValueError:
        return day.replace(year=day.year + _LONGEST_PROMISE, day=28)


def _add_label(columns: _Columns, column: str) -> None:
    labels = {fold(name): name for name in LABELS[column]}
    given = columns.profile.values.get(column, {})
    labels |= {fold(label): str(name) for label, name in given.items() if label != "*"}
    texts = columns.cells[column]
    read = per_unique(texts, lambda text: labels.get(fold(text), given.get("*")), pl.String())
    columns.faults.add(texts.is_not_null() & read.is_null(), column, "unknown_label")
    columns.typed[column] = read.fill_null("unknown") if column == "channel" else read


def _add_number(columns: _Columns, column: str, form: Form) -> None:
    labels = {fold(label): float(value) for label, value in columns.profile.values.get("score", {}).items()}
    texts = columns.cells[column]

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
        return found if found.is_integer() and 0 <= found <= _LARGEST_COUNT else None

    read = per_unique(texts, number, pl.Float64())
    columns.faults.add(texts.is_not_null() & read.is_null(), column, "bad_score" if form == "score" else "bad_number")
    columns.typed[column] = read.cast(TYPES[form])


def _add_text(columns: _Columns, column: str) -> None:
    # A few hundred names stand in hundreds of thousands of cells.
    texts = per_unique(columns.cells[column], lambda text: re.sub(r"\s+", " ", text), pl.String())
    columns.typed[column] = texts
    takes_all = column in _UNITS and "*" in columns.profile.unit_words
    words = tuple(f"{fold(word)} " for word in columns.profile.unit_words) if column in _UNITS else ()

    def is_personal(text: str) -> bool:
        if has_personal_number(text):
            return True
        return not takes_all and not fold(text).startswith(words) and is_person_name(text, columns.known.names)

    personal = [text for text in texts.unique().drop_nulls() if is_personal(text)]
    if personal:
        columns.faults.add(texts.is_in(personal), column, "personal_value")


def _causes(texts: pl.Series, known: Known) -> pl.Series:
    """Categories only: what people write of a cause names persons."""
    return per_unique(texts, lambda text: known.late_causes.get(fold(text), OTHER_CAUSE), pl.String())


def _add_code(columns: _Columns, column: str) -> None:
    texts = columns.cells[column].str.replace_all(r"\s+", " ")
    columns.typed[column] = texts
    pattern = columns.profile.case_code_pattern if column == "case_code" else ""
    bad = ~texts.str.contains(pattern or NO_PHRASE)
    # Where codes are mostly bare numbers, one that looks like a telephone number may well be a code.
    if not pattern and texts.str.contains(r"\D").sum() * 2 > texts.count():
        bad |= are_phones_or_identities(texts)
        held = hold_phones_or_identities(texts)
        # What stands in most codes is their form.
        bad |= held & (held.sum() * 2 < texts.count())
    columns.faults.add(bad, column, "bad_case_code")


def _need_required(columns: _Columns) -> None:
    typed, dated = columns.typed, columns.profile.shape.dated
    if dated in columns.cells.columns:
        columns.faults.add(columns.cells[dated].is_null(), dated, f"no_{dated}")
    if columns.profile.kind == "cases":
        columns.need("case_code", "no_case_code")
        place = "procedure" if "procedure" in columns.cells.columns else "field"
        columns.faults.add(typed["procedure"].is_null() & typed["field"].is_null(), place, "no_procedure_or_field")
    else:
        columns.need("sheet_id", "no_sheet_id")
        columns.need("instrument", "no_instrument")
        if not item_columns(columns.cells):
            columns.need("item", "no_item")
    columns.need("unit", "no_unit")
