"""The small line under a tile, with the marks of models and reviews, as a picture for st.html."""

import base64
from collections.abc import Sequence

import polars as pl

from comparison.forms.marks import Mark
from comparison.forms.tokens import Theme, tokens
from comparison.wording.texts import Html, attribute, joined, markup, style

_HEIGHT, _EDGE = 56, 10
_BESIDE = 0.3  # months free at both ends, so that no stroke is cut


def sparkline(
    values: pl.Series, months: Sequence[str], theme: Theme, *, colour: str, alt: str, marks: Sequence[Mark] = ()
) -> Html:
    """The values along `months` as an HTML image, a null as a gap; "" where fewer than two are known.

    colour: "gray", "blue" or "orange". Upright lines where models begin (dashed: end), squares at the top for reviews,
    without words: they stand in the picture's title, with the months. alt: what the picture shows.
    """
    known = values.cast(pl.Float64).drop_nulls()
    if known.len() < 2:
        return Html()
    colours = tokens(theme)
    pen = {"gray": colours.mark, "blue": colours.blue, "orange": colours.orange}[colour]
    shown = [mark for mark in marks if mark.month in months]
    uprights = [_mark(mark, list(months).index(mark.month), colours.ink) for mark in shown]
    path = _path(values.cast(pl.Float64))
    box = f"{-_BESIDE} 0 {len(months) - 1 + 2 * _BESIDE} {_HEIGHT}"
    picture = markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}" preserveAspectRatio="none" fill="none">{}{}'
        '<path d="{}" stroke="{}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/></svg>',
        box, style("path{vector-effect:non-scaling-stroke}"), joined(uprights), path, pen,
    )  # fmt: skip
    return markup(
        '<img src="data:image/svg+xml;base64,{}" alt="{}" title="{}" '
        'style="display:block;margin:8px 0 2px;width:100%;height:{}px">',
        base64.b64encode(picture.encode()).decode(),
        alt,
        "\n".join(mark.hover for mark in shown),
        _HEIGHT,
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


def _mark(mark: Mark, x: int, ink: str) -> Html:
    if mark.kind in ("interim", "final"):
        return markup('<path d="M{} 4h0.001" stroke="{}" stroke-width="6" stroke-linecap="square"/>', x, ink)
    dash = attribute("stroke-dasharray", "4 3" if mark.kind == "end" else "")
    return markup('<path d="M{} 0V{}" stroke="{}" stroke-width="1"{}/>', x, _HEIGHT, ink, dash)
