"""So sánh đơn vị: two to six units of one kind, side by side on everything."""

from comparison.figures.compare.asked import beside_asked
from comparison.figures.compare.months import BY_MONTH
from comparison.figures.compare.titles import titles
from comparison.frame.choices.compare import choose_beside
from comparison.frame.page import Page, Rows, beside, show_page
from comparison.question import Question


def rows(q: Question) -> Rows:
    """The table, four measures by month, and the fields that the work is made of."""
    if beside_asked(q) is None:
        return ()
    if not q.has_data:
        return ("so-sanh-khong-co",)
    first, second, third, fourth = (figure.key for figure in BY_MONTH)
    return ("so-sanh-don-vi", "so-sanh-thang", beside(first, second), beside(third, fourth), "so-sanh-linh-vuc")


PAGE = Page(rows, titles, below=choose_beside)

if __name__ == "__main__":
    show_page(PAGE)
