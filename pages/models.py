"""Mô hình: what has each model done over its life, and how sure is that?"""

from comparison.figures.models.asked import ModelAsked, model_asked, others_shown
from comparison.figures.models.verdict import choices
from comparison.frame.page import Page, Rows, beside, show_page
from comparison.question import Question

LIFE = "tu-khi-bat-dau"


def life(q: Question, asked: ModelAsked) -> Rows:
    """The outcome asked with its checks, all models over time, and the other outcomes."""
    found, others = asked.found, [f"{LIFE}-{name}" for name in others_shown(q, asked)]
    has_data = found is not None and found.has_data
    return (
        *((beside(f"{LIFE}-{asked.outcome}", "kiem-tra", widths=(2, 1), gap="large"), "vi-tri") if has_data else ()),
        "dong-thoi-gian",
        *(("ket-qua-khac", beside(*others, f"{LIFE}-volume")) if others else ()),
    )


def rows(q: Question) -> Rows:
    """The findings, the model's life, its units and reviews, and all models."""
    asked = model_asked(q)
    if asked is None:
        return ()
    return ("o-noi-bat-mo-hinh", *life(q, asked), "don-vi-lam-mo-hinh", "tieu-chi", "ket-luan", "danh-muc-mo-hinh")


PAGE = Page(headline="ket-luan-mo-hinh", rows=rows, choices=choices)

if __name__ == "__main__":
    show_page(PAGE)
