"""What every page is put together from. The only part that knows Streamlit."""

from comparison.figures.marks import marks
from comparison.figures.numbers import Numbers, measured
from comparison.figures.part_shown import units_shown
from comparison.figures.periods import period_caption
from comparison.figures.words import method
from comparison.question import Question
from comparison.widgets.definition_list import definition_list
from comparison.widgets.figure.figures import empty, figure, header, heading, listing, source_row, table
from comparison.widgets.figure.method import method_row
from comparison.widgets.figure.missing import missing
from comparison.widgets.frame.changes import last_load
from comparison.widgets.frame.opening import language, name_ignored, open_view
from comparison.widgets.frame.scope_bar import scope_bar
from comparison.widgets.view import view

__all__ = [
    "Numbers",
    "Question",
    "definition_list",
    "empty",
    "figure",
    "header",
    "heading",
    "language",
    "last_load",
    "listing",
    "marks",
    "measured",
    "method",
    "method_row",
    "missing",
    "name_ignored",
    "open_view",
    "period_caption",
    "scope_bar",
    "source_row",
    "table",
    "units_shown",
    "view",
]
