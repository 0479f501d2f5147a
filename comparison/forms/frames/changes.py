"""What a newer snapshot changes, as tables of text: the figures, and the cases with what was said of them before."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from comparison.measures import catalogue
from comparison.measures.changes import ChangedCases, ChangedFigure, Figure
from comparison.scope import Language
from comparison.wording import day, number, percent, points_between, say, short_unit_name

COUNTS = (
    *("received", "resolved", "early", "on_time", "late_resolved"),
    *("judged_on_time", "judged", "in_progress", "overdue_open"),
)
_DAYS = ("received_on", "due_on", "first_due_on", "finished_on", "closed_on", "vanished_on")
_NEW = ("arrived_late", "received_since")


def figures_table(figures: tuple[ChangedFigure, ...], language: Language) -> pl.DataFrame:
    """One row a figure that changed: its title, the value before and after, and the change."""
    rows = [
        (
            catalogue()[each.name].title_en if language == "en" else catalogue()[each.name].title_vi,
            _figure(each.name, each.before, language),
            _figure(each.name, each.after, language),
            _change(each, language),
        )
        for each in figures
    ]
    names = [say(language, f"changes.column_{name}") for name in ("figure", "before", "after", "change")]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _figure(name: str, figure: Figure, language: Language) -> str:
    if figure.value is None:
        return say(language, "changes.no_value")
    if catalogue()[name].unit != "share" or figure.numerator is None or figure.denominator is None:
        return number(language, figure.value)
    counts = f"{number(language, figure.numerator)}/{number(language, figure.denominator)}"
    return f"{percent(language, figure.value)} ({counts})"


def _change(figure: ChangedFigure, language: Language) -> str:
    before, after = figure.before.value, figure.after.value
    if before is None or after is None:
        return ""
    if catalogue()[figure.name].unit == "share":
        return points_between(language, after, before)
    return number(language, after - before, signed=True)


def cases_table(cases: ChangedCases, language: Language, *, with_counts: bool) -> pl.DataFrame:
    """One row a case: where it is, why it differs, what was said of it before and what is now, its file and row.

    `with_counts`: and what it adds to each count or takes from it.
    """
    rows = cases.rows
    texts = [_texts(row, language) for row in rows.iter_rows(named=True)]
    sheets = rows["sheet"].fill_null("")
    columns: dict[str, pl.Series | list[str]] = {
        say(language, "cases.column_case_code"): rows["case_code"],
        say(language, "cases.column_unit"): [short_unit_name(name) for name in rows["unit_name"]],
        say(language, "changes.column_reason"): [say(language, f"changes.{reason}") for reason in rows["reason"]],
        say(language, "changes.column_before"): [before for before, _ in texts],
        say(language, "changes.column_after"): [after for _, after in texts],
        say(language, "cases.column_source_file"): rows["source_file"],
        **({say(language, "cases.column_sheet"): sheets} if (sheets != "").any() else {}),
        say(language, "cases.column_row_number"): rows["row_number"],
        say(language, "cases.column_procedure"): rows["procedure_name"],
        **({say(language, f"changes.column_{name}"): rows[name] for name in COUNTS} if with_counts else {}),
    }
    return pl.DataFrame(columns)


def _texts(row: Mapping[str, Any], language: Language) -> tuple[str, str]:
    """What the older and the newer snapshot say of a case, as far as they differ."""
    reason = row["reason"]
    if reason in _NEW:
        return say(language, "changes.not_there"), _record(row, "new", language)
    if reason == "vanished":
        missing_since = row["new_vanished_on"]
        now = "changes.vanished_on" if missing_since else "changes.gone"
        values = {"day": day(language, missing_since)} if missing_since else {}
        return _record(row, "old", language), say(language, now, **values)
    if reason == "newly_judged":
        return _judged(row, language)
    before, after = (_side(row, side, language) for side in ("old", "new"))
    return before, after


def _side(row: Mapping[str, Any], side: str, language: Language) -> str:
    if row[f"{side}_unit"] is None:
        return say(language, "changes.elsewhere")
    return "; ".join(_said(name, row[f"{side}_{name}"], language) for name in _telling(row["changed"]))


def _telling(changed: list[str]) -> list[str]:
    """The columns that say it: the end of a case is told once, by its day where that changed."""
    told = list(changed)
    if "finished_on" in told or "status" in told:
        told = [name for name in told if name != "closed_on"]
    return told


def _said(name: str, value: Any, language: Language) -> str:
    if name in _DAYS:
        if value is None:
            return say(language, f"changes.{name}_none")
        return say(language, f"changes.{name}", day=day(language, value))
    match name:
        case "unit_name":
            return short_unit_name(value)
        case "channel":
            return say(language, f"channel.{value}")
        case "status":
            return say(language, f"changes.status_{value or 'none'}")
        case "conflicting_rows":
            return say(language, "changes.conflicting_rows" if value else "changes.conflicting_rows_none")
        case _:
            return str(value)


def _record(row: Mapping[str, Any], side: str, language: Language) -> str:
    """ "nhận 01/03/2023, hẹn 10/03/2023, xong 09/03/2023": the days of a case, as far as it has them."""
    if row[f"{side}_unit"] is None:
        return say(language, "changes.elsewhere")
    days = [(name, row[f"{side}_{name}"]) for name in ("received_on", "due_on", "finished_on")]
    return ", ".join(_said(name, value, language) for name, value in days if value is not None)


def _judged(row: Mapping[str, Any], language: Language) -> tuple[str, str]:
    cut_offs = [day(language, row[f"{side}_cut_off"]) for side in ("old", "new")]
    if row["judged"] or row["overdue_open"]:
        # By the first due date it is that which has passed.
        due = "first_due_on" if row["new_first_due_on"] else "due_on"
        what = _said(due, row[f"new_{due}"], language)
        standing = "on_time" if row["judged_on_time"] else "late" if row["new_finished_on"] else "overdue"
        now = say(language, f"cases.{standing}")
    else:
        # A day after the older cut-off, which was not believed then.
        what = _said("finished_on", row["new_finished_on"], language)
        now = what
    return (
        say(language, "changes.not_judged", what=what, day=cut_offs[0]),
        say(language, "changes.judged", what=now, day=cut_offs[1]),
    )
