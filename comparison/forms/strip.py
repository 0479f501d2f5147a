"""One value a unit on a single axis, one unit named: where does it stand among the others?"""

from collections.abc import Callable

import polars as pl

from comparison.forms.template import Figure, axis, layout, note, ticks
from comparison.forms.tokens import Theme, tokens
from comparison.wording.texts import html_of, in_lines, markup

_HEIGHT = 116
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 40, 18, 30


def strip(frame: pl.DataFrame, theme: Theme, *, value_text: Callable[[float], str]) -> Figure:
    """Points along one axis, with a line at 0.

    frame: name, value, is_chosen (Boolean; exactly one row, drawn larger and named), hover.
    """
    colours = tokens(theme)
    placed = frame.sort("is_chosen")
    values = placed["value"].to_list()
    levels = ticks(min([0.0, *values]), max([0.0, *values]))
    chosen = placed.filter("is_chosen").row(0, named=True)
    is_chosen = placed["is_chosen"].to_list()
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": values,
                "y": [0.0] * len(values),
                "marker": {
                    "symbol": ["diamond" if own else "circle" for own in is_chosen],
                    "size": [15 if own else 11 for own in is_chosen],
                    "color": [colours.blue if own else colours.soft for own in is_chosen],
                    "line": {"color": colours.bg, "width": 1},
                    "opacity": 1,
                },
                "hovertext": [in_lines(text) for text in placed["hover"]],
                "hoverinfo": "text",
            }
        ],
        "layout": layout(
            colours,
            height=_HEIGHT,
            left=_LEFT,
            right=_RIGHT,
            top=_TOP,
            bottom=_BOTTOM,
            xaxis=axis(
                colours,
                (levels[0] - (levels[-1] - levels[0]) * 0.02, levels[-1] + (levels[-1] - levels[0]) * 0.02),
                at=levels,
                texts=[html_of(value_text(level)) for level in levels],
                line=True,
                ticklabelstandoff=4,
            ),
            yaxis=axis(colours, (-1, 1)),
            shapes=[
                {
                    "type": "line", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "yref": "paper",
                    "line": {"color": colours.ink, "width": 1}, "layer": "below",
                }
            ],
            annotations=[
                note(
                    markup("<b>{}</b>", chosen['name']), chosen["value"], 0.35, yanchor="bottom", borderpad=2,
                    bgcolor=colours.bg, font={"color": colours.blue},
                )
            ],
        ),
    }  # fmt: skip
