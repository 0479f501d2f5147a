"""Where the names of points stand in a plot: beside them, off other points and names."""

from typing import Any

import polars as pl

from comparison.forms.template import LETTER, note
from comparison.forms.tokens import Tokens
from comparison.wording.texts import html_of, markup

_LABEL = 18
# From a point to its name, and how far a point reaches, px.
_BESIDE, _REACH = 10, 7

_WATCHED = ("watch_worse", "watch_better")
_NAMED = ("worse", "better", *_WATCHED)

_Box = tuple[float, float, float, float]


def point_names(
    frame: pl.DataFrame, reach: tuple[float, float], bounds: tuple[float, float], size: tuple[int, int], colours: Tokens
) -> list[dict[str, Any]]:
    """Names and values beside what is flagged, watched or chosen, each where it covers no point and no name.

    frame: as `comparison.forms.funnel` takes it; reach and bounds: the ends of both axes; size: of the plot, px.
    """
    width, height = size
    points = [
        (n / reach[1] * width, (bounds[1] - value) / (bounds[1] - bounds[0]) * height)
        for n, value in frame.select("n", "value").iter_rows()
    ]
    taken = [(x - _REACH, y - _REACH, x + _REACH, y + _REACH) for x, y in points]
    notes = []
    for row, point in zip(frame.iter_rows(named=True), points, strict=True):
        if row["standing"] not in _NAMED and not row["is_chosen"]:
            continue
        wide = len(f"{row['name']} {row['text']}") * LETTER + 4
        is_left, down, box = min(
            _places(point, wide), key=lambda place: _covered(place[2], taken) + _outside(place[2], size)
        )
        taken.append(box)
        colour = {"worse": colours.orange, "better": colours.blue}.get(row["standing"], colours.ink)
        is_watched = row["standing"] in _WATCHED and not row["is_chosen"]
        name = html_of(row["name"]) if is_watched else markup("<b>{}</b>", row["name"])
        notes.append(
            note(
                markup("{} {}", name, row["text"]), row["n"], row["value"],
                xanchor="right" if is_left else "left", xshift=-_BESIDE if is_left else _BESIDE, yanchor="middle",
                yshift=-down, bgcolor=colours.bg, font={"color": colour},
            )
        )  # fmt: skip
    return notes


def _places(point: tuple[float, float], wide: float) -> list[tuple[bool, int, _Box]]:
    """Where a name may stand, the best first: right, left, then a line or two off; (is left, px down, box)."""
    x, y = point
    return [
        (is_left, down, (low, y + down - _LABEL / 2, low + wide, y + down + _LABEL / 2))
        for down in (0, -_LABEL, _LABEL, -2 * _LABEL, 2 * _LABEL)
        for is_left, low in ((False, x + _BESIDE), (True, x - _BESIDE - wide))
    ]


def _covered(box: _Box, taken: list[_Box]) -> float:
    """The px² of a box that lie on others."""
    return sum(
        max(0.0, min(box[2], other[2]) - max(box[0], other[0]))
        * max(0.0, min(box[3], other[3]) - max(box[1], other[1]))
        for other in taken
    )


def _outside(box: _Box, size: tuple[int, int]) -> float:
    """The px² of a box that lie beside the plot."""
    return max(0.0, box[2] - size[0], -box[0]) * _LABEL
