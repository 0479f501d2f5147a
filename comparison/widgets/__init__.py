"""What every page is put together from. The only part that knows Streamlit."""

from comparison.question import Question
from comparison.widgets.definition_list import definition_list
from comparison.widgets.figure.figures import empty, figure, header, heading, listing, period_caption, source_row, table
from comparison.widgets.figure.marks import marks
from comparison.widgets.figure.method import method, method_row
from comparison.widgets.figure.missing import missing
from comparison.widgets.figure.numbers import Numbers, measured
from comparison.widgets.frame.changes import last_load
from comparison.widgets.frame.opening import language, name_ignored, open_view, units_shown
from comparison.widgets.frame.scope_bar import scope_bar
from comparison.widgets.signals.charts import signal_charts
from comparison.widgets.signals.table import signal_table
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
    "signal_charts",
    "signal_table",
    "source_row",
    "table",
    "units_shown",
    "view",
]
