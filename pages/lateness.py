"""Trễ hạn: where and in what is it late, once volume and mix are allowed for, and which cases are these?"""

from comparison.figures.lateness.departments import are_departments_late
from comparison.figures.lateness.heat_map import fields_late, units_late
from comparison.figures.lateness.titles import titles
from comparison.frame.page import Page, Rows, beside, show_page
from comparison.question import Question

# More columns than this leave no room for bars beside the heat map.
MOST_FIELDS_BESIDE = 9
MAP, HALF, FUNNEL, MIX = "tre-han-don-vi-linh-vuc", "tre-han-don-vi", "tre-han-pheu", "tre-han-co-cau"


def where(q: Question) -> Rows:
    """The heat map, beside it the units that make half; departments, who own their fields, have no such order."""
    if len(units_late(q)) < 2 or q.scope.kind == "department":
        return (MAP,)
    if len(fields_late(q)) <= MOST_FIELDS_BESIDE:
        return (beside(MAP, HALF, widths=(2, 1)),)
    return (MAP, HALF)


def rows(q: Question) -> Rows:
    """Where, compared as fairly as the kind of units allows, in which procedures and cases, and what people were
    told."""
    if not fields_late(q):
        return ("o-noi-bat-tre-han", MAP, "overdue-cases", "absent-cases")
    return (
        "o-noi-bat-tre-han",
        *where(q),
        *((beside(FUNNEL, MIX),) if q.kind_compared not in (None, "department") else ()),
        *(("tre-han-phong-ban", "tre-han-linh-vuc-chung") if are_departments_late(q) else ()),
        "o-don-vi-linh-vuc",
        "thu-tuc-cua-o",
        "late-cases",
        "tre-han-mot-nua",
        "tre-han-ba-cach",
        "tre-han-doi-hen",
        beside("tre-han-so-ngay", "tre-han-thoi-han"),
        "tre-han-thu-xin-loi",
        "tre-han-nguyen-nhan",
        "overdue-cases",
        "absent-cases",
    )


PAGE = Page(rows, titles)

if __name__ == "__main__":
    show_page(PAGE)
