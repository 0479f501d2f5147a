"""Where a figure is drawn: a page, a part of one, a slide. It tells size, type and how many rows fit, so that no figure
asks what it is part of."""

from dataclasses import dataclass, replace
from typing import TypedDict

from comparison.forms.enlarged import LEAST_TEXT, MOST_ROWS, SCALE, WIDTH, size_for

# The least width of a page on a screen of 1366 px, and what lies between two figures beside each other.
_PAGE, _GAP = 1206, 16


class PlotSize(TypedDict):
    """What a chart by month is asked for, px."""

    height: int
    width: int


@dataclass(frozen=True)
class Place:
    """Size, type and rows of where a figure stands.

    width: px, before anything is enlarged by `scale`. rows: how many a reader takes in; None for any number.
    least_text: px under which nothing is written. is_used: whether a reader can follow links and open more in it.
    """

    width: int = _PAGE
    scale: float = 1.0
    rows: int | None = None
    least_text: int = 0
    is_used: bool = True

    @property
    def is_whole_page(self) -> bool:
        """Whether a figure has all of a page's width to itself."""
        return self.width >= _PAGE

    def rows_of(self, rows: int) -> int:
        """How many of so many rows fit."""
        return rows if self.rows is None else min(rows, self.rows)

    def plot(self, height: int, width: int, *, left: int = 56, right: int = 140) -> PlotSize:
        """Height and width of a chart's plot: those given, on a slide those of the slide with such margins."""
        if self.is_used:
            return {"height": height, "width": width}
        tall, wide = size_for(left=left, right=right)
        return {"height": tall, "width": wide}

    def part(self, share: float, beside: int) -> "Place":
        """A part of this place, `share` of what is left between `beside` figures."""
        return replace(self, width=int((self.width - _GAP * (beside - 1)) * share))


PAGE = Place()
SLIDE = Place(width=round(WIDTH / SCALE), scale=SCALE, rows=MOST_ROWS, least_text=LEAST_TEXT, is_used=False)
