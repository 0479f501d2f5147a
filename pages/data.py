"""Dữ liệu: how the numbers came to be, and what is still to be settled in the exports."""

from comparison.figures.data.loads import titles
from comparison.frame.changes import last_load
from comparison.frame.page import Page, Rows, show_page
from comparison.frame.snapshot_list import snapshot_list
from comparison.question import Question

TO_SETTLE = ("dong-bi-tu-choi", "loi-so-lieu", "ten-chua-biet", "vang-trong-tep-moi")


def rows(_: Question) -> Rows:
    """The sources and files, what the last load changed, what is to be settled, and the snapshots."""
    return ("nguon", "lan-nap", last_load, *TO_SETTLE, snapshot_list)


PAGE = Page(rows, titles)

if __name__ == "__main__":
    show_page(PAGE)
