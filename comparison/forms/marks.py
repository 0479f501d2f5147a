"""Launches, ends and reviews of models, and levels that start anew, on a chart by month: lines and labels."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from comparison.forms.template import LETTER, TEXT, note
from comparison.forms.tokens import Tokens
from comparison.wording.texts import html_of, in_lines

MarkKind = Literal["rebase", "launch", "end", "final", "interim"]

_ORDER: tuple[MarkKind, ...] = ("rebase", "launch", "end", "final", "interim")
_REVIEWS: tuple[MarkKind, ...] = ("interim", "final")
_DASHES: dict[MarkKind, str] = {"end": "4px,3px", "rebase": "2px,2px"}
_SIZE = 13
_LETTER = LETTER * _SIZE / TEXT
_LINE = 18
_BESIDE, _ABOVE = 5, 6
_MOST_LINES = 3
_FEWEST_LABELS, _LABEL_ROOM = 4, 160


@dataclass(frozen=True)
class Mark:
    """What happened in `month` ("2024-01"): `text` for the label, `hover` in full, its lines parted by a newline.

    `again`: a shorter text where an earlier label of the chart has this one already; "" = none.
    """

    month: str
    text: str
    hover: str
    kind: MarkKind
    again: str = ""


@dataclass(frozen=True)
class Place:
    """Where marks stand: the plot's months, its x axis and narrowest width, the height of plot and value axis.

    x_of_first: where the first month's mark stands on an axis of one unit a month. bounds: the ends of that axis.
    width, height: of the plot in px (the width at the narrowest window). right: the margin beside it, free above the
    plot. highest: the upper end of the value axis.
    """

    months: Sequence[str]
    x_of_first: float
    bounds: tuple[float, float]
    width: int
    height: int
    right: int
    highest: float


@dataclass(frozen=True)
class DrawnMarks:
    """Parts of a figure; `band` is the height in px that the labels need above the plot."""

    traces: list[dict[str, Any]]
    shapes: list[dict[str, Any]]
    annotations: list[dict[str, Any]]
    band: int


@dataclass(frozen=True)
class _Label:
    x: float
    shift: float
    row: int
    text: str
    hover: str


def draw_marks(marks: Sequence[Mark], place: Place, colours: Tokens) -> DrawnMarks:
    """The marks whose months the axis has: a line for a launch, dashed for an end, dotted where the usual level starts
    anew, a square for a review.

    Labels stand on up to three lines, an earlier one above a later one, so that no line runs through a label. Those
    without room are counted on the nearest label as "(+2)", and told in its hover and in their own.
    """
    there = {month: place.x_of_first + index for index, month in enumerate(place.months)}
    shown = sorted((mark for mark in marks if mark.month in there), key=lambda mark: mark.month)
    if not shown:
        return DrawnMarks([], [], [], 0)
    first = {mark.text: mark for mark in reversed(shown)}
    shown = [mark if first[mark.text] is mark or not mark.again else replace(mark, text=mark.again) for mark in shown]
    at = [there[mark.month] for mark in shown]
    labels = _labels(shown, at, place)
    tops = [_reach(labels.get(index), place.height) for index in range(len(shown))]
    return DrawnMarks(
        traces=[_handles(shown, at, place.highest, colours)],
        shapes=[
            _line(mark, x, top, colours)
            for mark, x, top in zip(shown, at, tops, strict=True)
            if mark.kind not in _REVIEWS or top > 1
        ],
        annotations=[_annotation(label, colours) for label in labels.values()],
        band=_LINE * (1 + max(label.row for label in labels.values())) + _ABOVE,
    )


def _labels(marks: Sequence[Mark], at: Sequence[float], place: Place) -> dict[int, _Label]:
    """Labels by the mark they stand on: as many as have room, launches before ends before reviews, the latest first."""
    most = max(_FEWEST_LABELS, place.width // _LABEL_ROOM)
    placed: dict[int, _Label] = {}
    for index in sorted(range(len(marks)), key=lambda index: (_ORDER.index(marks[index].kind), -at[index])):
        tried = _placed(marks, at, [*placed, index], place)
        if len(tried) <= most and max(label.row for label in tried.values()) < _MOST_LINES:
            placed = tried
    return placed


def _placed(marks: Sequence[Mark], at: Sequence[float], chosen: Sequence[int], place: Place) -> dict[int, _Label]:
    folded: dict[int, list[int]] = {index: [] for index in chosen}
    for index in range(len(marks)):
        if index not in folded:
            folded[min(chosen, key=lambda labelled: abs(at[labelled] - at[index]))].append(index)
    scale = place.width / (place.bounds[1] - place.bounds[0])
    texts = {index: marks[index].text + (f" (+{len(more)})" if more else "") for index, more in folded.items()}
    pixels = {index: (at[index] - place.bounds[0]) * scale for index in chosen}
    room = place.width + place.right - 4
    spans: dict[int, tuple[float, float]] = {}
    rows: dict[int, int] = {}
    for index in sorted(chosen, key=lambda one: at[one], reverse=True):
        wide = len(texts[index]) * _LETTER
        low = min(pixels[index] + _BESIDE, room - wide)
        spans[index] = (low, low + wide)
        crossed = [
            rows[later] + 1
            for later in rows
            if low - _BESIDE <= pixels[later] <= low + wide + _BESIDE or low + wide + _BESIDE > spans[later][0]
        ]
        rows[index] = max(crossed, default=0)
    return {
        index: _Label(
            at[index],
            spans[index][0] - pixels[index],
            rows[index],
            texts[index],
            "\n".join([marks[index].hover, *(marks[other].hover for other in folded[index])]),
        )
        for index in chosen
    }


def _reach(label: _Label | None, height: int) -> float:
    """How high a mark's line reaches, on a scale where the plot's upper edge is 1."""
    if label is None:
        return 1.0
    return 1 + (_ABOVE + label.row * _LINE + (_LINE if label.shift >= _BESIDE else 0)) / height


def _line(mark: Mark, x: float, top: float, colours: Tokens) -> dict[str, Any]:
    pen: dict[str, Any] = {"color": colours.ink, "width": 1}
    if mark.kind in _DASHES:
        pen["dash"] = _DASHES[mark.kind]
    low = 1 if mark.kind in _REVIEWS else 0
    return {"type": "line", "x0": x, "x1": x, "y0": low, "y1": top, "yref": "paper", "line": pen}


def _handles(marks: Sequence[Mark], at: Sequence[float], highest: float, colours: Tokens) -> dict[str, Any]:
    """Points on the plot's upper edge that carry the hover; only those of reviews are seen."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(at),
        "y": [highest] * len(marks),
        "marker": {
            "symbol": "square",
            "size": [9 if mark.kind in _REVIEWS else 16 for mark in marks],
            "color": colours.ink,
            "opacity": [1 if mark.kind in _REVIEWS else 0 for mark in marks],
            "line": {"width": 0},
        },
        "cliponaxis": False,
        "hovertext": [in_lines(mark.hover) for mark in marks],
        "hoverinfo": "text",
    }


def _annotation(label: _Label, colours: Tokens) -> dict[str, Any]:
    return note(
        html_of(label.text),
        label.x,
        1,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        xshift=round(label.shift),
        yshift=_ABOVE + label.row * _LINE,
        bgcolor=colours.bg,
        font={"size": _SIZE, "color": colours.ink},
        hovertext=in_lines(label.hover),
        hoverlabel={"bgcolor": colours.ink, "bordercolor": colours.ink, "font": {"color": colours.bg}},
    )
