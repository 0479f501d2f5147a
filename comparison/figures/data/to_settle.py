"""What is to be settled in the exports: rows kept out, faults of cases, unknown names, cases that a newer file lacks."""

import polars as pl

from comparison.figures.data.asked import (
    PAGE,
    in_words,
    snapshot_source,
    total,
    whole_period,
    whole_root,
    with_headings,
)
from comparison.figures.figure import Figure, Listing, Made
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.place import Place
from comparison.measures import lists
from comparison.measures.case_lists import absent_cases
from comparison.question import Question
from warehouse.text import fold

_CELL = ("row_number", "column_name", "value", "reason", "allowed", "remedy")
_CASE = ("case_code", "unit_name", "procedure_name", "received_on", "due_on", "source_file", "row_number")


def _rejected_rows(q: Question, _: Place) -> Made:
    cells = in_words(q, lists.rejections(q.warehouse, q.scope, q.viewer), "reason", "reason")
    n = cells.select("source_file", "sheet", "row_number").n_unique()
    sheet = ("sheet",) if (cells["sheet"] != "").any() else ()
    return Made(
        title=q.say("data_page.rejected", n=q.number(n)) if n else q.say("data_page.rejected_none"),
        subtitle=q.say("data_page.rejected_how") if n else "",
        body=_of_lines(q, with_headings(q, cells, "source_file", *sheet, *_CELL)),
        source=snapshot_source(q),
        method=method(q, "data_rejections"),
        asked=whole_root(q),
    )


def _faults(q: Question, _: Place) -> Made:
    by_unit = lists.faults_by_unit(q.warehouse, q.scope, q.viewer)
    n = total(by_unit, "cases")
    headings = {
        "unit_name": q.say("column.unit"),
        **{fault: q.say(f"fault.{fault}") for fault in lists.FAULTS},
        "cases": q.say("data_column.cases"),
    }
    return Made(
        title=q.say("data_page.faults", n=q.number(n), units=q.number(by_unit.height))
        if n
        else q.say("data_page.faults_none"),
        subtitle=q.say("data_page.faults_how"),
        body=Listing(Numbers(by_unit.select(*headings).rename(headings))),
        source=snapshot_source(q),
        method=method(q, "data_faults"),
        asked=whole_period(q),
    )


def _unsettled_names(q: Question, _: Place) -> Made:
    # The nearest name is kept folded; people should read it as it is written.
    there = (q.known.units, q.known.fields, q.known.procedures)
    written = {fold(each.name): each.name for named in there for each in named}
    names = in_words(q, lists.unsettled_names(q.warehouse, q.scope, q.viewer), "kind", "name_kind")
    shown = names.with_columns(pl.col("nearest").replace(written))
    n = names.height
    return Made(
        title=q.say("data_page.names", n=q.number(n)) if n else q.say("data_page.names_none"),
        subtitle=q.say("data_page.names_how") if n else "",
        body=Listing(Numbers(with_headings(q, shown, "kind", "name", "nearest", "n"))),
        source=snapshot_source(q),
        method=method(q, "data_names"),
        asked=whole_root(q),
    )


def _absent_cases(q: Question, _: Place) -> Made:
    cases = absent_cases(q.warehouse, q.scope, q.viewer)
    n = cases.in_all
    return Made(
        title=q.say("data_page.absent", n=q.number(n)) if n else q.say("data_page.absent_none"),
        subtitle=q.say("data_page.absent_how") if n else "",
        body=_of_lines(q, with_headings(q, cases.rows, *_CASE)),
        source=snapshot_source(q),
        method=method(q, "absent_cases"),
        asked=whole_period(q),
    )


def _of_lines(q: Question, table: pl.DataFrame) -> Listing:
    """A list of lines of files."""
    return Listing(Numbers(table, lines=frozenset({q.say("data_column.row_number")})))


REJECTED_ROWS = Figure("dong-bi-tu-choi", PAGE, _rejected_rows, is_slide=False)
FAULTS_BY_UNIT = Figure("loi-so-lieu", PAGE, _faults, is_slide=False)
UNSETTLED_NAMES = Figure("ten-chua-biet", PAGE, _unsettled_names, is_slide=False)
ABSENT_FROM_NEWEST_FILE = Figure("vang-trong-tep-moi", PAGE, _absent_cases, is_slide=False)
