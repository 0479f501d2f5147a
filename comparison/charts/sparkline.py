"""The small line under a tile, with the marks of models and reviews, as a picture for st.html."""

import base64
from collections.abc import Sequence
from html import escape

import polars as pl

from comparison.charts.marks import Mark
from comparison.charts.tokens import Theme, tokens

_HEIGHT, _EDGE = 56, 10
_BESIDE = 0.3  # months free at both ends, so that no stroke is cut


def sparkline(
    values: pl.Series, months: Sequence[str], theme: Theme, *, colour: str, alt: str, marks: Sequence[Mark] = ()
) -> str:
    """The values along `months` as an HTML image, a null as a gap; "" where fewer than two are known.

    colour: "gray", "blue" or "orange". Upright lines where models begin (dashed: end), squares at the top for reviews,
    without words: they stand in the picture's title, with the months. alt: what the picture shows.
    """
    known = values.cast(pl.Float64).drop_nulls()
    if known.len() < 2:
        return ""
    colours = tokens(theme)
    pen = {"gray": colours.mark, "blue": colours.blue, "orange": colours.orange}[colour]
    shown = [mark for mark in marks if mark.month in months]
    uprights = [_mark(mark, list(months).index(mark.month), colours.ink) for mark in shown]
    path = _path(values.cast(pl.Float64))
    box = f"{-_BESIDE} 0 {len(months) - 1 + 2 * _BESIDE} {_HEIGHT}"
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" preserveAspectRatio="none" fill="none">'
        "<style>path{vector-effect:non-scaling-stroke}</style>"
        f'{"".join(uprights)}<path d="{path}" stroke="{pen}" stroke-width="2" stroke-linejoin="round" '
        'stroke-linecap="round"/></svg>'
    )
    data = base64.b64encode(picture.encode()).decode()
    title = escape("\n".join(mark.hover for mark in shown)).replace("\n", "&#10;")
    return (
        f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(alt)}" title="{title}" '
        f'style="display:block;margin:8px 0 2px;width:100%;height:{_HEIGHT}px">'
    )


def _path(values: pl.Series) -> str:
    known = values.drop_nulls().to_list()
    low, high = min(known), max(known)
    reach = _HEIGHT - 2 * _EDGE
    parts: list[str] = []
    before: float | None = None
    for index, value in enumerate(values):
        if value is not None:
            y = _EDGE + reach * (1 - (value - low) / (high - low) if high > low else 0.5)
            # h0.001: a value between two gaps is a dot.
            parts.append(f"L{index} {y:.1f}" if before is not None else f"M{index} {y:.1f}h0.001")
        before = value
    return "".join(parts)


def _mark(mark: Mark, x: int, ink: str) -> str:
    if mark.kind in ("interim", "final"):
        return f'<path d="M{x} 4h0.001" stroke="{ink}" stroke-width="6" stroke-linecap="square"/>'
    dash = ' stroke-dasharray="4 3"' if mark.kind == "end" else ""
    return f'<path d="M{x} 0V{_HEIGHT}" stroke="{ink}" stroke-width="1"{dash}/>'
