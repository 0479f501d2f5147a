"""Cells of text to typed values; every cell that cannot be read is kept apart with its reason."""

import math
import re
from datetime import date, datetime, time

import polars as pl

from etl.kinds import LABELS, TYPES, Form
from etl.personal import are_phones_or_identities, has_personal_number
from etl.profile import Profile
from etl.reading.cells import OVERFLOW, item_columns
from etl.reading.confirm import NO_PHRASE
from etl.reading.date_forms import EARLIEST
from etl.reading.unique import per_unique
from warehouse.text import fold

_FAULTS = {"index": pl.UInt32, "column": pl.String, "reason": pl.String}
_NOT_AFTER_TODAY = ("received_at", "finished_at", "answered_on")
_LONGEST_PROMISE = 10  # years
_LARGEST_COUNT = 1000


class _Columns:
    """The typed columns made so far and the faults met."""

    def __init__(self, cells: pl.DataFrame, profile: Profile) -> None:
        self.cells, self.profile = cells, profile
        self.typed: dict[str, pl.Series] = {}
        self.faults: list[pl.DataFrame] = []

    def fault(self, where: pl.Series, column: str, reason: str) -> None:
        if not where.any():
            return
        index = where.fill_null(False).arg_true()
        self.faults.append(
            pl.DataFrame({"index": index}).select(
                pl.col("index").cast(pl.UInt32), column=pl.lit(column), reason=pl.lit(reason)
            )
        )

    def need(self, column: str, reason: str) -> None:
        self.fault(self.typed[column].is_null(), column, reason)


def typed_values(
    cells: pl.DataFrame, dates: dict[str, pl.Series], profile: Profile, *, today: date, extracted_on: date
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(typed, faults). typed: all canonical columns of the kind and the item columns of a wide sheet, one row for each
    row of cells, null where unreadable. faults: `index` of the row, canonical `column`, `reason`."""
    columns = _Columns(cells, profile)
    for column, form in profile.shape.columns.items():
        if column not in cells.columns:
            columns.typed[column] = _constant(profile, column, form, cells.height)
        elif form in ("moment", "day"):
            _add_date(columns, column, dates[column], today, extracted_on)
        elif form == "label":
            _add_label(columns, column)
        elif form in ("count", "score"):
            _add_number(columns, column, form)
        else:
            _add_text(columns, column, form)
    for column in item_columns(cells):
        _add_number(columns, column, "score")
    _need_required(columns)
    if OVERFLOW in cells.columns:
        columns.fault(cells[OVERFLOW].is_not_null(), OVERFLOW, "too_many_cells")
    faults = pl.concat([pl.DataFrame(schema=_FAULTS), *columns.faults])
    return pl.DataFrame(columns.typed), faults


def _constant(profile: Profile, column: str, form: Form, height: int) -> pl.Series:
    value = profile.constants.get(column)
    if column == "channel" and value is None:
        value = "unknown"
    if isinstance(value, date) and form == "moment":
        value = datetime.combine(value, time())
    return pl.Series(column, [value], dtype=TYPES[form]).new_from_index(0, height)


def _add_date(columns: _Columns, column: str, read: pl.Series, today: date, extracted_on: date) -> None:
    columns.fault(columns.cells[column].is_not_null() & read.is_null(), column, "unreadable_date")
    wrong = read.dt.date() < EARLIEST
    if column in _NOT_AFTER_TODAY:
        wrong |= read.dt.date() > today
    if column == "due_at":
        wrong |= read.dt.date() > ten_years_after(extracted_on)
    columns.fault(wrong, column, "date_out_of_range")
    columns.typed[column] = read.cast(TYPES[columns.profile.shape.columns[column]])


def ten_years_after(day: date) -> date:
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
    columns.fault(texts.is_not_null() & read.is_null(), column, "unknown_label")
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
    columns.fault(texts.is_not_null() & read.is_null(), column, "bad_score" if form == "score" else "bad_number")
    columns.typed[column] = read.cast(TYPES[form])


def _add_text(columns: _Columns, column: str, form: Form) -> None:
    if form == "text":
        # A few hundred names stand in hundreds of thousands of cells.
        texts = per_unique(columns.cells[column], lambda text: re.sub(r"\s+", " ", text), pl.String())
        columns.typed[column] = texts
        personal = [text for text in texts.unique().drop_nulls() if has_personal_number(text)]
        if personal:
            columns.fault(texts.is_in(personal), column, "personal_value")
        return
    texts = columns.cells[column].str.replace_all(r"\s+", " ")
    columns.typed[column] = texts
    pattern = columns.profile.case_code_pattern if column == "case_code" else ""
    bad = ~texts.str.contains(pattern or NO_PHRASE)
    # Where codes are mostly bare numbers, one that looks like a telephone number may well be a code.
    if not pattern and texts.str.contains(r"\D").sum() * 2 > texts.count():
        bad |= are_phones_or_identities(texts)
    columns.fault(bad, column, "bad_case_code")


def _need_required(columns: _Columns) -> None:
    typed, dated = columns.typed, columns.profile.shape.dated
    if dated in columns.cells.columns:
        columns.fault(columns.cells[dated].is_null(), dated, f"no_{dated}")
    if columns.profile.kind == "cases":
        columns.need("case_code", "no_case_code")
        place = "procedure" if "procedure" in columns.cells.columns else "field"
        columns.fault(typed["procedure"].is_null() & typed["field"].is_null(), place, "no_procedure_or_field")
    else:
        columns.need("sheet_id", "no_sheet_id")
        columns.need("instrument", "no_instrument")
        if not item_columns(columns.cells):
            columns.need("item", "no_item")
    columns.need("unit", "no_unit")
