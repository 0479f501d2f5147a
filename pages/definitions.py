"""Định nghĩa: every measure as its own file defines it, the words for what became of a case, and how often we err."""

from functools import partial

from comparison.figures.definitions.defined import SUBJECTS, WORDS, measures_defined, titles, words_defined
from comparison.figures.definitions.simulated import is_of_flags
from comparison.frame.choices.definition_search import search_definitions, searched
from comparison.frame.page import Page, Rows, show_page
from comparison.frame.show import show
from comparison.frame.words import show_text
from comparison.question import Question
from comparison.wording.texts import bold

VERDICTS = "mo-phong-ket-luan"
FLAGS = ("mo-phong-pheu", "mo-phong-co-cau", "mo-phong-dau-hieu", "mo-phong-thang-cuoi")


def nothing_found(v: Question) -> None:
    show_text(v, bold(v.say("filter.no_match")))


def rows(q: Question) -> Rows:
    """The measures and words found, and beside the words of verdicts how often these are wrong and right."""
    wanted = searched()
    found = {subject: measures_defined(q, subject, wanted) for subject in SUBJECTS}
    found |= {section: words_defined(q, section, wanted) for section in WORDS}
    parts = {name: (partial(show, key=name, made=made),) for name, made in found.items() if made is not None}
    flags = FLAGS if is_of_flags(q, wanted) else ()
    before, after = (*SUBJECTS, "verdict"), ("outcome", "fault")
    shown: Rows = (
        *(part for name in before for part in parts.get(name, ())),
        *((VERDICTS,) if "verdict" in parts else ()),
        *flags,
        *(part for name in after for part in parts.get(name, ())),
    )
    return shown or (nothing_found,)


PAGE = Page(rows, titles, below=search_definitions)

if __name__ == "__main__":
    show_page(PAGE)
