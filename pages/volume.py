"""Khối lượng: how much work, where, when, by which channel and field?"""

from comparison.figures.volume.asked import has_months
from comparison.figures.volume.hours import are_hours_known
from comparison.figures.volume.titles import titles
from comparison.frame.page import Page, Rows, beside, show_page
from comparison.question import Question

_HALVES = (1, 1)
STOCK = "ton-cuoi-thang"


def parts_shown(q: Question) -> Rows:
    """By unit and by field; a single one of either is all of what is received."""
    there = (("tiep-nhan-don-vi", q.scope.units), ("tiep-nhan-linh-vuc", q.scope.fields))
    parts = [key for key, chosen in there if len(chosen) != 1]
    return (beside(*parts, widths=_HALVES),) if parts else ()


def rows(q: Question) -> Rows:
    """How much by month and day, whose and of what, how it falls on people and days, and what stays open."""
    has_trend = has_months(q)
    hours = "thu-va-gio" if are_hours_known(q) else "thu-trong-tuan"
    return (
        "o-noi-bat-khoi-luong",
        beside("tiep-nhan-giai-quyet", "hinh-thuc-nop"),
        "lich-ho-so",
        *parts_shown(q),
        "tiep-nhan-thu-tuc",
        beside("tai-ngay", "tai-cong-chuc"),
        *((beside(hours, "tet-voi-tet"), beside(STOCK, "tuoi-ho-so-ton")) if has_trend else ()),
        *(() if has_trend else (beside(STOCK, widths=_HALVES),)),
        "truc-tuyen-don-vi",
    )


PAGE = Page(rows, titles)

if __name__ == "__main__":
    show_page(PAGE)
