"""A page: its title, and its figures in order. What each of them is stands in `comparison/figures`."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from comparison.figures.figure import Choice
from comparison.forms.place import PAGE
from comparison.frame.paper import sheet
from comparison.frame.show import choose, show_figure, show_headline
from comparison.frame.view import view
from comparison.frame.words import show_title
from comparison.question import Question


@dataclass(frozen=True)
class Beside:
    """Columns of figures, by key; widths: their shares of the page, of which those left over stay empty."""

    columns: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    gap: Literal["medium", "large"]


def beside(
    *columns: str | tuple[str, ...], widths: tuple[int, ...] = (), gap: Literal["medium", "large"] = "medium"
) -> Beside:
    """Figures, or columns of them, beside each other, equally wide unless told."""
    there = tuple((each,) if isinstance(each, str) else each for each in columns)
    return Beside(there, widths or (1,) * len(there), gap)


# What draws a part that is no figure: it follows what no address says, such as a search or which snapshots are kept.
Part = Callable[[Question], object]
Rows = Sequence[str | Beside | Part]


@dataclass(frozen=True)
class Page:
    """rows: keys of figures in order, and other parts. titles: the title and the lines under it, empty ones left out;
    or headline: the key of a figure whose title is the page's. choices: what a reader chooses above all of them; above,
    below: draw what is chosen otherwise, before and after the title. is_printed: made for A4 too."""

    rows: Callable[[Question], Rows]
    titles: Callable[[Question], Sequence[str]] | None = None
    headline: str = ""
    choices: Callable[[Question], Sequence[Choice]] | None = None
    above: Callable[[Question], None] | None = None
    below: Callable[[Question], None] | None = None
    is_printed: bool = False


def show_page(page: Page) -> None:
    """The page of this run."""
    with sheet() if page.is_printed else nullcontext():
        _show(view(), page)


def _show(v: Question, page: Page) -> None:
    if page.above is not None:
        page.above(v)
    if page.choices is not None:
        choose(v, page.choices(v))
    if page.titles is not None:
        show_title(v, *page.titles(v))
    if page.headline:
        show_headline(v, page.headline)
    if page.below is not None:
        page.below(v)
    for row in page.rows(v):
        if isinstance(row, str):
            show_figure(v, row, PAGE)
            continue
        if not isinstance(row, Beside):
            row(v)
            continue
        # Those left over stay empty.
        places = st.columns(list(row.widths), gap=row.gap)
        for keys, width, place in zip(row.columns, row.widths, places, strict=False):
            with place:
                for key in keys:
                    show_figure(v, key, PAGE.part(width / sum(row.widths), len(row.widths)))
