"""Hồ sơ đơn vị: one unit on one page, and on two sheets of paper."""

from comparison.figures.unit.asked import beside_asked, titles
from comparison.frame.choices.profile import choose_profile
from comparison.frame.page import Page, Rows, show_page
from comparison.question import Question

MEASURES, MODELS = "ho-so-thuoc-do", "ho-so-mo-hinh"
CASES = ("ho-so-ho-so", "ho-so-overdue", "ho-so-soon", "ho-so-absent")


def rows(q: Question) -> Rows:
    """Its measures, fields, expectation and satisfaction; its models, and the cases that need action."""
    now = beside_asked(q)
    if now is None:
        return ()
    of_period = ("ho-so-linh-vuc", "ho-so-ky-vong", "ho-so-hai-long") if q.has_data else ()
    return (MEASURES, *of_period, MODELS, *CASES)


PAGE = Page(rows, titles, below=choose_profile, is_printed=True)

if __name__ == "__main__":
    show_page(PAGE)
