"""What the work of a few units is made of: one bar a unit, cut into fields."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from comparison.forms.template import LETTER, Figure, axis, layout, note, row_axis
from comparison.forms.tokens import Theme, Tokens, text_on, tokens
from comparison.wording.texts import Html, html_of, in_lines

_ROW, _TOP, _BOTTOM, _RIGHT = 44, 4, 8, 16
_LEAST = 36  # px that hold a percentage


def mix_bars(
    frame: pl.DataFrame,
    units: Sequence[tuple[str, str]],
    parts: Sequence[str],
    theme: Theme,
    *,
    left: int,
    width: int,
) -> Figure:
    """Bars of 100 %, a unit (code, name) a row, the parts in the order given and so shaded, the first with the accent.

    frame: unit, part, share (0 to 1), name and text (written where they fit a figure `width` px wide), hover.
    """
    colours = tokens(theme)
    fills = (colours.blue, colours.soft, colours.blue_soft, colours.mark, colours.grid, colours.rule)
    rows = {code: place for place, (code, _) in enumerate(units)}
    room = width - left - _RIGHT
    placed = (
        frame.with_columns(
            order=pl.col("part").replace_strict({part: place for place, part in enumerate(parts)}, default=None),
            row=pl.col("unit").replace_strict(rows, default=None),
        )
        .drop_nulls(["order", "row"])
        .sort("row", "order")
        .with_columns(from_=pl.col("share").cum_sum().over("row") - pl.col("share"))
    )
    return {
        "data": [
            _bars(placed.filter(pl.col("part") == part), fill, colours)
            for part, fill in zip(parts, fills, strict=False)
        ],
        "layout": layout(
            colours,
            height=_TOP + _BOTTOM + _ROW * len(units),
            left=left,
            right=_RIGHT,
            top=_TOP,
            bottom=_BOTTOM,
            barmode="stack",
            xaxis=axis(colours, (0, 1)),
            yaxis=row_axis(colours, [name for _, name in units], left),
            annotations=[
                note(text, start + share / 2, row, font={"color": text_on(fills[order], colours), "size": 13})
                for start, share, row, order, name, value in placed.select(
                    "from_", "share", "row", "order", "name", "text"
                ).iter_rows()
                for text in [_fitting(name, value, share * room)]
                if text
            ],
        ),
    }


def _fitting(name: str, value: str, pixels: float) -> Html:
    whole = f"{name} {value}"
    if len(whole) * LETTER + 8 <= pixels:
        return html_of(whole)
    return html_of(value) if pixels >= _LEAST else Html()


def _bars(rows: pl.DataFrame, fill: str, colours: Tokens) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": rows["share"].to_list(),
        "y": rows["row"].to_list(),
        "marker": {"color": fill, "line": {"width": 1, "color": colours.bg}},
        "hovertext": [in_lines(text) for text in rows["hover"]],
        "hoverinfo": "text",
        "textposition": "none",
    }
