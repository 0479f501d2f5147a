"""How many cases fall into each bin along a scale, with upright lines where something is to be marked."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from comparison.forms.template import Figure, axis, layout, note
from comparison.forms.tokens import Theme, tokens
from comparison.wording.texts import html_of, in_lines

_LEFT, _RIGHT, _BOTTOM = 8, 16, 48
_LINE = 18
_MOST_TICKS = 9


def distribution(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    axis_text: str,
    marks: Sequence[tuple[float, str]] = (),
    accent_from: float | None = None,
    height: int = 260,
) -> Figure:
    """One bar a bin in the order given, the number over each.

    frame: start, width (of the bin, on the scale), label (under it), value, text (the formatted value), hover. marks:
    (place on the scale, text over its line), upright lines. Bins that start at accent_from or later carry the accent.
    """
    colours = tokens(theme)
    count = frame.height
    starts, widths = frame["start"].to_list(), frame["width"].to_list()
    highest = max([*frame["value"].to_list(), 1])
    step = -(-count // _MOST_TICKS) or 1
    # The last bar is often "and more": it keeps its label.
    at = [index for index in range(0, count, step) if index == count - 1 or index + step < count]
    at += [count - 1] if count and count - 1 not in at else []
    # Labels stand under bars, whatever their width on the scale: bars are drawn one unit wide each.
    lines = [(_place(starts, widths, at), text) for at, text in marks]
    top = 14 + _LINE * len(lines)
    shapes: list[dict[str, Any]] = [
        {
            "type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1 + (4 + _LINE * row) / (height - top - _BOTTOM),
            "yref": "paper", "line": {"color": colours.ink, "width": 1},
        }
        for row, (x, _) in enumerate(lines)
    ]  # fmt: skip
    return {
        "data": [
            {
                "type": "bar",
                "x": list(range(count)),
                "y": frame["value"].to_list(),
                "marker": {
                    "color": [
                        colours.orange if accent_from is not None and start >= accent_from else colours.soft
                        for start in starts
                    ],
                    "line": {"width": 0},
                },
                "text": [html_of(text) for text in frame["text"]],
                "textposition": "outside",
                "textfont": {"size": 12, "color": colours.muted},
                "textangle": 0,
                "cliponaxis": False,
                "hovertext": [in_lines(text) for text in frame["hover"]],
                "hoverinfo": "text",
            }
        ],
        "layout": layout(
            colours,
            height=height,
            left=_LEFT,
            right=_RIGHT,
            top=top,
            bottom=_BOTTOM,
            bargap=0.12,
            xaxis=axis(
                colours,
                (-0.6, max(count, 1) - 0.4),
                at=at,
                texts=[html_of(frame["label"][index]) for index in at],
                line=True,
                ticklabelstandoff=4,
                title={"text": html_of(axis_text), "font": {"size": 14, "color": colours.muted}, "standoff": 4},
            ),
            yaxis=axis(colours, (0, highest * 1.12)),
            shapes=shapes,
            annotations=[
                note(
                    html_of(text), x, 1, yref="paper", xanchor="right" if x > count * 0.6 else "left",
                    yanchor="bottom", xshift=-4 if x > count * 0.6 else 4, yshift=4 + _LINE * row - 4,
                )
                for row, (x, text) in enumerate(lines)
            ],
        ),
    }  # fmt: skip


def _place(starts: Sequence[float], widths: Sequence[float], at: float) -> float:
    """Where a value of the scale stands on an axis of one unit a bin, bars centred on whole numbers."""
    for index, (start, width) in enumerate(zip(starts, widths, strict=True)):
        if at < start + width or index == len(starts) - 1:
            return index - 0.5 + min(max((at - start) / width, 0.0), 1.0) if width else float(index)
    return 0.0
