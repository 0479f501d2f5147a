"""From what a unit's share is to what it would be with the fields of all, and a ratio with its range as text."""

from collections.abc import Callable
from typing import Any

import polars as pl

from comparison.forms.template import ROW, Figure, axis, layout, note, row_axis, ticks
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.texts import Html, html_of, in_lines, markup

_TOP, _BOTTOM = 30, 30


def dumbbell(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    overall: tuple[float, str] | None = None,
    column_head: str = "",
    left: int = 112,
    right: int = 142,
    most_ticks: int = 5,
) -> Figure:
    """One row a unit in the order given, 28 px a row: a ring where its share is, a filled mark where it is adjusted.

    frame: unit (code, handed back when clicked), name, raw (share or null), adjusted (share or null: no mark),
    standing ("more": orange diamond, "less": blue, "usual", "few": the whole row in grey), text (the ratio) and
    range_text behind it, hover, is_chosen (Boolean: name in bold). overall: (value, text over its line of ink).
    column_head stands over the text column.
    """
    colours = tokens(theme)
    rows = frame.with_row_index("y")
    values = [value for name in ("raw", "adjusted") for value in rows[name].drop_nulls().to_list()]
    levels = ticks(0, max([*values, overall[0] if overall else 0.0, 0.01]), most_ticks)
    rows_down = row_axis(colours, rows["name"].to_list(), left, grid=True)
    names = [
        _name(text, standing, is_chosen, colours)
        for text, standing, is_chosen in zip(rows_down["ticktext"], rows["standing"], rows["is_chosen"], strict=True)
    ]
    beside: dict[str, Any] = {"xref": "paper", "xanchor": "left", "xshift": 14, "align": "left"}
    above: dict[str, Any] = {"yref": "paper", "yanchor": "bottom", "yshift": 4}
    notes = [note(_column_text(row, colours), 1, row["y"], **beside) for row in rows.iter_rows(named=True)]
    if column_head:
        notes.append(note(html_of(column_head), 1, 1, font={"color": colours.muted}, **above, **beside))
    shapes: list[dict[str, Any]] = []
    if overall:
        shapes.append(
            {
                "type": "line", "x0": overall[0], "x1": overall[0], "y0": 0, "y1": 1, "yref": "paper",
                "line": {"color": colours.ink, "width": 1}, "layer": "below",
            }
        )  # fmt: skip
        is_right = overall[0] > levels[-1] * 0.7
        notes.append(note(html_of(overall[1]), overall[0], 1, xanchor="right" if is_right else "center", **above))
    return {
        "data": [
            _bars(rows, colours),
            _marks(rows, "raw", colours),
            _marks(rows, "adjusted", colours),
        ],
        "layout": layout(
            colours,
            height=ROW * rows.height + _TOP + _BOTTOM,
            left=left,
            right=right,
            top=_TOP,
            bottom=_BOTTOM,
            xaxis=axis(
                colours,
                (-levels[-1] * 0.02, levels[-1] * 1.02),
                at=levels,
                texts=[html_of(value_text(level)) for level in levels],
                ticklabelstandoff=4,
            ),
            yaxis=rows_down | {"ticktext": names},
            shapes=shapes,
            annotations=notes,
        ),
    }


def _name(text: Html, standing: str, is_chosen: bool, colours: Tokens) -> Html:
    """A row's name."""
    name = markup("<b>{}</b>", text) if is_chosen else text
    return markup('<span style="color:{}">{}</span>', colours.muted, name) if standing == "few" else name


def _column_text(row: dict[str, Any], colours: Tokens) -> Html:
    colour = {"more": colours.orange, "less": colours.blue, "few": colours.muted}.get(row["standing"], colours.ink)
    return markup(
        '<span style="color:{}">{}</span> <span style="color:{}">{}</span>',
        colour,
        row["text"],
        colours.muted,
        row["range_text"],
    )


def _bars(rows: pl.DataFrame, colours: Tokens) -> dict[str, Any]:
    """Lines from raw to adjusted in one trace: a null breaks it."""
    both = rows.filter(pl.col("raw").is_not_null() & pl.col("adjusted").is_not_null())
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [edge for ends in both.select("raw", "adjusted").iter_rows() for edge in (*ends, None)],
        "y": [edge for y in both["y"] for edge in (y, y, None)],
        "line": {"color": colours.mark, "width": 2},
        "hoverinfo": "skip",
    }


def _marks(rows: pl.DataFrame, which: str, colours: Tokens) -> dict[str, Any]:
    shown = rows.filter(pl.col(which).is_not_null())
    is_raw = which == "raw"
    colour = {"more": colours.orange, "less": colours.blue, "few": colours.soft}
    full = [colour.get(standing, colours.mark) for standing in shown["standing"]]
    edge = [colours.soft if standing == "few" else colours.mark for standing in shown["standing"]]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": shown[which].to_list(),
        "y": shown["y"].to_list(),
        "customdata": [[unit] for unit in shown["unit"]],
        "marker": {
            "symbol": ["diamond" if not is_raw and standing == "more" else "circle" for standing in shown["standing"]],
            "size": [12 if not is_raw and standing == "more" else 9 for standing in shown["standing"]],
            "color": colours.bg if is_raw else full,
            "line": {"color": edge if is_raw else full, "width": 1.5},
            "opacity": 1,
        },
        "cliponaxis": False,
        "hovertext": [in_lines(text) for text in shown["hover"]],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
