"""Units by how many cases they have and which share of them, within the lines that chance would not often cross."""

from collections.abc import Callable
from typing import Any

import polars as pl

from comparison.forms.point_names import point_names
from comparison.forms.template import Figure, apart, axis, layout, note, ticks, value_axis
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.texts import html_of, in_lines

_LEFT, _TOP, _BOTTOM = 48, 14, 48
_LINES = (("low_998", None), ("low_95", "2px,2px"), ("high_95", "2px,2px"), ("high_998", None))
_LABEL = 18
# Of the largest n: where the lines run wider than this, they may leave the plot.
_FLARE_TO = 0.4


def funnel(
    frame: pl.DataFrame,
    lines: pl.DataFrame,
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    count_text: Callable[[float], str],
    axis_text: str,
    line_texts: tuple[str, str],
    centre: tuple[float, str] | None = None,
    target: tuple[float, str] | None = None,
    height: int = 400,
    width: int = 440,
    right: int = 58,
) -> Figure:
    """A point a unit: cases across, the share up; its lines, and the centre as a line of ink.

    frame: unit (code, handed back when clicked), name, value, n, text (the formatted value), hover, standing ("worse",
    "better": flagged, named with their value; "watch_worse", "watch_better": between the lines, a hollow mark, named
    too; "usual";
    "few": a small grey ring), is_chosen (Boolean: named too). lines: n, low_998, low_95, high_95, high_998 (null where
    there is none), no row = no lines. line_texts: at the ends of the 95 and the 99.8 % lines. centre and target:
    (value, text at the end of its line); a target above the plot is not drawn. width: of the plot at its narrowest, px.
    """
    colours = tokens(theme)
    levels, bounds = _heights(frame, lines, centre)
    # A target far from all units would press them into a line of points.
    target = target if target and target[0] <= levels[-1] else None
    most = max([*frame["n"].to_list(), 1])
    reach = (0.0, most * 1.06)
    inner = height - _TOP - _BOTTOM
    along = [level for level in ticks(0, most, 5) if level <= reach[1]]
    ends = _ends(lines, line_texts, centre, target, bounds, colours)
    placed = apart([(bounds[1] - value) / (bounds[1] - bounds[0]) * inner for value, _, _ in ends], _LABEL)
    return {
        "data": [
            *(_limit(lines, name, dash, colours) for name, dash in _LINES if lines.height),
            _points(frame, colours),
        ],
        "layout": layout(
            colours,
            height=height,
            left=_LEFT,
            right=right,
            top=_TOP,
            bottom=_BOTTOM,
            xaxis=axis(
                colours,
                reach,
                at=along,
                texts=[html_of(count_text(level)) for level in along],
                line=True,
                ticklabelstandoff=4,
                title={"text": html_of(axis_text), "font": {"size": 14, "color": colours.muted}, "standoff": 4},
            ),
            yaxis=value_axis(colours, bounds, levels, value_text),
            shapes=[
                _level(line[0], dash, colours) for line, dash in ((centre, None), (target, "6px,3px")) if line
            ],
            annotations=[
                *(
                    note(
                        html_of(text), 1, 1 - at / inner, xref="paper", yref="paper", xanchor="left", yanchor="middle",
                        xshift=6, font={"color": colour},
                    )
                    for (_, text, colour), at in zip(ends, placed, strict=True)
                ),
                *point_names(frame, reach, bounds, (width, inner), colours),
            ],
        ),
    }  # fmt: skip


def _heights(
    frame: pl.DataFrame, lines: pl.DataFrame, centre: tuple[float, str] | None
) -> tuple[list[float], tuple[float, float]]:
    """The levels of the value axis: every point and what the lines are where most units stand, not their flare."""
    values = [*frame["value"].to_list(), centre[0] if centre else 0.0]
    if lines.height:
        middle = lines.filter(pl.col("n") >= pl.col("n").max() * _FLARE_TO)
        values += [float(value) for value in middle["high_998"].drop_nulls().to_list()]
    highest = min(max([*values, 0.01]) * 1.04, 1.0)
    levels = [level for level in ticks(0, highest) if level <= 1 + 1e-9]
    top = levels[-1]
    return levels, (-top * 0.015, top * 1.015)


def _limit(lines: pl.DataFrame, name: str, dash: str | None, colours: Tokens) -> dict[str, Any]:
    pen: dict[str, Any] = {"color": colours.mark, "width": 1}
    if dash:
        pen["dash"] = dash
    return {
        "type": "scatter", "mode": "lines", "x": lines["n"].to_list(), "y": lines[name].to_list(), "line": pen,
        "hoverinfo": "skip",
    }  # fmt: skip


def _level(value: float, dash: str | None, colours: Tokens) -> dict[str, Any]:
    pen: dict[str, Any] = {"color": colours.ink if dash is None else colours.mark, "width": 1.4}
    if dash:
        pen["dash"] = dash
    return {
        "type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": value, "y1": value, "line": pen, "layer": "below",
    }  # fmt: skip


def _points(frame: pl.DataFrame, colours: Tokens) -> dict[str, Any]:
    marks = [
        _mark(standing, is_chosen, colours) for standing, is_chosen in frame.select("standing", "is_chosen").rows()
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": frame["n"].to_list(),
        "y": frame["value"].to_list(),
        "customdata": [[unit] for unit in frame["unit"]],
        "marker": {
            "symbol": [symbol for symbol, _, _, _ in marks],
            "size": [size for _, size, _, _ in marks],
            "color": [fill for _, _, fill, _ in marks],
            "line": {"color": [edge for _, _, _, edge in marks], "width": 1.5},
            "opacity": 1,
        },
        "cliponaxis": False,
        "hovertext": [in_lines(text) for text in frame["hover"]],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _mark(standing: str, is_chosen: bool, colours: Tokens) -> tuple[str, int, str, str]:
    """Symbol, size, fill and edge."""
    edge = colours.ink if is_chosen else None
    match standing:
        case "worse":
            return "diamond", 12, colours.orange, edge or colours.orange
        case "better":
            return "circle", 11, colours.blue, edge or colours.blue
        case "watch_worse":
            return "diamond", 11, colours.bg, colours.orange
        case "watch_better":
            return "circle", 10, colours.bg, colours.blue
        case "few":
            return "circle", 7, colours.bg, edge or colours.mark
        case _:
            return "circle", 9, colours.soft, edge or colours.soft


def _ends(
    lines: pl.DataFrame,
    texts: tuple[str, str],
    centre: tuple[float, str] | None,
    target: tuple[float, str] | None,
    bounds: tuple[float, float],
    colours: Tokens,
) -> list[tuple[float, str, str]]:
    """(value, text, colour) of what stands at the right end of each line that is seen there."""
    found = [(*line, colour) for line, colour in ((centre, colours.ink), (target, colours.muted)) if line]
    if lines.height:
        last = lines.row(-1, named=True)
        found += [
            (last[name], texts[0] if dash else texts[1], colours.muted)
            for name, dash in _LINES
            if last[name] is not None and 0 < last[name] < bounds[1]
        ]
    return [(float(value), text, colour) for value, text, colour in found]
