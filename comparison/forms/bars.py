"""Horizontal bars, one row a unit, with the value beside each."""

from typing import Any, Literal

import polars as pl

from comparison.forms.template import ROW, Figure, axis, layout, note, row_axis
from comparison.forms.tokens import Theme, tokens
from comparison.wording.texts import html_of, in_lines, markup


def bars(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    accent: Literal["orange", "blue"] = "orange",
    above: str = "",
    below: str = "",
    left: int = 112,
    top: int = 46,
) -> Figure:
    """One bar a row in the order given, 28 px a row, so that it lines up with a heat map of the same rows and top.

    frame: unit (code, handed back when clicked), name, value, text (the formatted value), hover; optional is_marked
    (Boolean): those carry the accent and bold labels. above and below are written either side of a dotted line under
    the last marked row.
    """
    colours = tokens(theme)
    count = frame.height
    marked = frame["is_marked"].to_list() if "is_marked" in frame.columns else [False] * count
    values = frame["value"].cast(pl.Float64).fill_null(0.0).to_list()
    texts = [markup("\u2002{}", text) for text in frame["text"]]
    highest = max(values, default=0.0) or 1.0
    strong = colours.orange if accent == "orange" else colours.blue
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    if (above or below) and any(marked) and not all(marked):
        edge = max(index for index, is_marked in enumerate(marked) if is_marked) + 0.5
        shapes.append(
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": edge,
                "y1": edge,
                "line": {"color": colours.ink, "width": 1, "dash": "2px,2px"},
            }
        )
        beside = {"xref": "paper", "xanchor": "right", "bgcolor": colours.bg}
        notes = [
            note(html_of(above), 1, edge, yanchor="bottom", yshift=2, **beside),
            note(html_of(below), 1, edge, yanchor="top", yshift=-2, font={"color": colours.muted}, **beside),
        ]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": values,
                "y": list(range(count)),
                "customdata": [[unit] for unit in frame["unit"]],
                "marker": {
                    "color": [strong if is_marked else colours.soft for is_marked in marked],
                    "line": {"width": 0},
                },
                "text": [markup("<b>{}</b>", text) if on else text for text, on in zip(texts, marked, strict=True)],
                "textposition": "outside",
                "textfont": {"size": 14, "color": [colours.ink if on else colours.muted for on in marked]},
                "textangle": 0,
                "cliponaxis": False,
                "hovertext": [in_lines(text) for text in frame["hover"]],
                "hoverinfo": "text",
                # Without these a click fades every other bar and its label.
                "selected": {"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
                "unselected": {"marker": {"opacity": 1}, "textfont": {"color": colours.muted}},
            }
        ],
        "layout": layout(
            colours,
            height=ROW * count + top + 4,
            left=left,
            right=8,
            top=top,
            bottom=4,
            # Room for the label of the longest bar.
            xaxis=axis(colours, (0, highest * 1.22)),
            yaxis=row_axis(colours, frame["name"].to_list(), left),
            shapes=shapes,
            annotations=notes,
        ),
    }
