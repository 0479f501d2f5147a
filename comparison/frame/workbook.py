"""A table as people download it: one sheet with the numbers, a second that says what they are."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import polars as pl
import xlsxwriter

from comparison.wording.texts import cell_text

_WIDEST = 60


def workbook(
    sheets: tuple[str, str], frame: pl.DataFrame, shares: frozenset[str], about: Sequence[tuple[str, str]],
    scores: frozenset[str] = frozenset(), lines: frozenset[str] = frozenset(),
) -> bytes:  # fmt: skip
    """An .xlsx file: `sheets` are the two sheets' names, `about` the lines of the second.

    `shares` are the columns between 0 and 1, `scores` those on a questionnaire's scale, `lines` numbers that are names.

    Numbers and dates stay what they are. A text that a spreadsheet could take for a formula gets an apostrophe.
    """
    file = BytesIO()
    # Formulas and links are never made from text; the times inside are fixed, so that the same table is the same file.
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        formats = {
            "share": book.add_format({"num_format": "0.0%"}),
            "score": book.add_format({"num_format": "0.00"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "time": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            "count": book.add_format({"num_format": "#,##0"}),
            "line": book.add_format({"num_format": "0"}),
            "number": book.add_format({"num_format": "#,##0.0"}),
            "text": book.add_format(),
        }
        numbers = book.add_worksheet(sheets[0])
        numbers.freeze_panes(1, 0)
        for place, name in enumerate(frame.columns):
            column = frame[name]
            kind = "score" if name in scores else "line" if name in lines else _kind(column, name in shares)
            values = [cell_text(value) if isinstance(value, str) else value for value in column]
            longest = max([len(name) // 2, *(len(value) if isinstance(value, str) else 10 for value in values)])
            numbers.set_column(place, place, min(max(longest + 2, 12), _WIDEST))
            numbers.write_string(0, place, cell_text(name), bold)
            for row, value in enumerate(values, start=1):
                if value is not None:
                    numbers.write(row, place, value, formats[kind])
        explained = book.add_worksheet(sheets[1])
        explained.set_column(0, 0, 26)
        explained.set_column(1, 1, 90)
        for row, (what, text) in enumerate(about):
            explained.write_string(row, 0, cell_text(what), bold)
            explained.write_string(row, 1, cell_text(text), wrapped)
    return file.getvalue()


def _kind(column: pl.Series, is_share: bool) -> str:
    if is_share:
        return "share"
    if column.dtype == pl.Date:
        return "date"
    if column.dtype == pl.Datetime:
        return "time"
    if column.dtype.is_integer():
        return "count"
    return "number" if column.dtype.is_float() else "text"
