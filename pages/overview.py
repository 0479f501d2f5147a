"""Tổng quan: what changed, and where should we look?"""

from comparison.figures.overview.signal_charts import signals_told
from comparison.figures.overview.titles import titles
from comparison.figures.overview.watched import units_watched
from comparison.frame.page import Page, Rows, beside, show_page
from comparison.question import Question


def months_of_one_unit(q: Question) -> Rows:
    """The charts of a unit that stands alone in the table, two in a row, and the way to its own page."""
    if len(units_watched(q)) != 1:
        return ()
    keys = [f"dau-hieu-{chart.tracked.name}" for chart in signals_told(q)]
    pairs = (beside(*keys[first : first + 2], widths=(1, 1)) for first in range(0, len(keys), 2))
    return ("dau-hieu", *pairs, "mo-ho-so")


def rows(q: Question) -> Rows:
    """The key figures, what stands out, the units with their signals, and that every case is accounted for."""
    return ("o-so-lieu", "o-noi-bat", "don-vi", *months_of_one_unit(q), "doi-chieu")


PAGE = Page(rows, titles)

if __name__ == "__main__":
    show_page(PAGE)
