"""Hài lòng: are people satisfied, and how sure are we?"""

from comparison.figures.satisfaction.items import cells_of
from comparison.figures.satisfaction.titles import titles
from comparison.figures.survey import answers, instrument_asked
from comparison.forms.frames.shares import values_compared
from comparison.frame.choices.instrument import choose_instrument
from comparison.frame.page import Page, Rows, beside, show_page
from comparison.question import Question
from comparison.scope import Instrument
from comparison.wording.findings import share_of

# With more items than this the map of units and items takes the whole width.
MOST_ITEMS_BESIDE = 5
UNITS, ITEMS, CHANNELS, FIELDS = "hai-long-don-vi", "hai-long-cau-hoi", "hai-long-hinh-thuc", "hai-long-linh-vuc"
MAP, MONTHS = "hai-long-don-vi-cau-hoi", ("hai-long-thang", "phan-hoi-thang")


def shown(q: Question, asked: Instrument) -> Rows:
    """Units beside items, then months, then units by items; of one unit alone only what is its own."""
    has_units = answers(q, ("unit",)).height > 1
    cells = cells_of(q, asked)
    has_map = has_units and bool(values_compared(cells))
    is_wide = len(q.scope.fields) == 1 or cells["item"].n_unique() > MOST_ITEMS_BESIDE
    fields = () if has_map and not is_wide else (FIELDS,)
    first = beside((UNITS,), (ITEMS, CHANNELS, *fields)) if has_units else beside((ITEMS, CHANNELS), fields)
    by_item = () if not has_map else (MAP,) if is_wide else (beside(MAP, FIELDS),)
    return ("o-noi-bat-hai-long", first, *MONTHS, *by_item)


def rows(q: Question) -> Rows:
    """What is shown of the questionnaire; where its answers are hidden or none came, why."""
    asked = instrument_asked(q)
    if asked is None:
        return ("hai-long-khong-hien",)
    if share_of(answers(q)).n:
        return shown(q, asked)
    return ("hai-long-khong-hien", *MONTHS)


PAGE = Page(rows, titles, above=choose_instrument)

if __name__ == "__main__":
    show_page(PAGE)
