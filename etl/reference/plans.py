"""The files that an office fills in about its plans: staff, targets, and levels that start anew."""

import polars as pl

from etl.reference.columns import LATEST_YEAR, PLAN_FILES
from etl.reference.referring import Known, refer
from etl.reference.sheet import Sheet

_FIRST_YEAR = 2000


def plan_files(known: Known | None = None) -> dict[str, pl.DataFrame]:
    """staff, targets and rebases, with units by their codes and months by their first day.

    Of a shipped file only what speaks of the demo's own units is used: its targets are nobody's where an office has
    units of its own. UnusableReference tells everything that is wrong in the first such file.
    """
    known = known or Known()
    for name in PLAN_FILES:
        sheet = Sheet(name)
        refer(sheet, name, known)
        if name in _RULES:
            _RULES[name](sheet, known)
        known.frames[name] = sheet.finished()
    return {name: known.frames[name] for name in PLAN_FILES}


def _check_staff(sheet: Sheet, known: Known) -> None:
    sheet.note("officials", sheet.rows["officials"] < 1, "chỉ nhận số từ 1. Sửa")


def _check_targets(sheet: Sheet, known: Known) -> None:
    share = "chỉ nhận phần từ 0 đến 1, ví dụ 0.95 là 95 %. Sửa"
    sheet.note("target", ~sheet.rows["target"].is_between(0, 1), share)
    years = f"chỉ nhận năm từ {_FIRST_YEAR} đến {LATEST_YEAR}. Sửa"
    sheet.note("year", ~sheet.rows["year"].is_between(_FIRST_YEAR, LATEST_YEAR), years)
    if known.told_to(sheet, "units").is_empty():
        sheet.keep(pl.repeat(False, sheet.rows.height, eager=True))


# Files that more is said of than stands in their columns.
_RULES = {"staff": _check_staff, "targets": _check_targets}
