"""A page: its title, and its figures in order. What each of them is stands in `comparison/figures`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from comparison.charts.place import PAGE
from comparison.question import Question
from comparison.widgets.frame.show import show_figure
from comparison.widgets.view import view
from comparison.widgets.words import show_title


@dataclass(frozen=True)
class Beside:
    """Figures beside each other, by key; widths: their shares of the page, of which those left over stay empty."""

    keys: tuple[str, ...]
    widths: tuple[int, ...]


def beside(*keys: str, widths: tuple[int, ...] = ()) -> Beside:
    """Figures beside each other, equally wide unless told."""
    return Beside(keys, widths or (1,) * len(keys))


Rows = Sequence[str | Beside]


@dataclass(frozen=True)
class Page:
    """titles: the title and the lines under it; empty ones are left out. rows: keys of figures in order."""

    titles: Callable[[Question], Sequence[str]]
    rows: Callable[[Question], Rows]


def show_page(page: Page) -> None:
    """The page of this run."""
    v = view()
    show_title(v, *page.titles(v))
    for row in page.rows(v):
        if isinstance(row, str):
            show_figure(v, row, PAGE)
            continue
        columns, figures = st.columns(list(row.widths), gap="medium"), len(row.keys)
        for key, width, column in zip(row.keys, row.widths[:figures], columns[:figures], strict=True):
            with column:
                show_figure(v, key, PAGE.part(width / sum(row.widths), len(row.widths)))
