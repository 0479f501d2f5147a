"""Monthly lines of a few chosen units, each with a pen of its own and its name at the right end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from comparison.forms.series import span
from comparison.forms.template import Figure, apart, axis, layout, lines_of, month_ticks, note, ticks
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.texts import html_of, in_lines

_TOP, _BOTTOM, _LEFT, _RIGHT = 14, 30, 56, 176
_LABEL_LETTERS = 21


@dataclass(frozen=True)
class _Pen:
    """How one line is drawn: the name of its colour, its width in px, its dash."""

    colour: str
    width: float
    dash: str


# No two alike without colour: by width and dash alone.
_PENS = (
    _Pen("blue", 3.2, "solid"),
    _Pen("ink", 1.4, "solid"),
    _Pen("muted", 2, "7px,4px"),
    _Pen("blue", 2, "2px,3px"),
    _Pen("blue_soft", 5, "solid"),
    _Pen("ink", 1.6, "9px,3px,2px,3px"),
)
MOST_LINES = len(_PENS)


def unit_lines(
    frame: pl.DataFrame,
    months: Sequence[str],
    labels: Mapping[str, str],
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    month_text: Callable[[str], str],
    unfinished: bool = False,
    from_zero: bool = False,
    ceiling: float | None = None,
    height: int = 270,
) -> Figure:
    """Lines by month of at most six units; the pens go by the order of `labels` (line -> its name).

    frame: month ("2023-01"), line, value (null = gap), hover. months: the axis in order. unfinished: the last month is
    still running, a hollow point. ceiling: the highest possible value, 1 for shares. Raises ValueError on more lines.
    """
    if len(labels) > MOST_LINES:
        raise ValueError(f"at most {MOST_LINES} lines can be told apart, not {len(labels)}")
    colours = tokens(theme)
    values = frame["value"].drop_nulls().to_list()
    levels = ticks(*span(values, from_zero=from_zero, ceiling=ceiling), most=5)
    last = len(months) - 1
    month_at, month_texts = month_ticks(months, month_text)
    axis_months = pl.DataFrame({"month": list(months)}, schema={"month": pl.String})
    lines = {
        line: axis_months.join(frame.filter(pl.col("line") == line), on="month", how="left", maintain_order="left")
        for line in labels
    }
    pens = dict(zip(labels, _PENS, strict=False))
    ends = {line: rows["value"].drop_nulls().to_list() for line, rows in lines.items()}
    shown = [line for line in labels if ends[line]]
    scale = (height - _TOP - _BOTTOM) / (levels[-1] - levels[0])
    placed = apart([(ends[line][-1] - levels[0]) * scale for line in shown], 19)
    # Of the paper, not of the axis: Plotly leaves out what is pushed beyond its ends.
    at = {line: y / (height - _TOP - _BOTTOM) for line, y in zip(shown, placed, strict=True)}
    return {
        # The widest lie below, so that none hides another.
        "data": [
            _trace(lines[line], pens[line], colours, unfinished=unfinished)
            for line in sorted(shown, key=lambda line: -pens[line].width)
        ],
        "layout": layout(
            colours,
            height=height,
            left=_LEFT,
            right=_RIGHT,
            top=_TOP,
            bottom=_BOTTOM,
            xaxis=axis(colours, (-0.3, last + 0.3), at=month_at, texts=month_texts, line=True, ticklabelstandoff=5),
            yaxis=axis(
                colours,
                (levels[0], levels[-1]),
                at=levels,
                texts=[html_of(value_text(level)) for level in levels],
                grid=True,
                ticklabelstandoff=6,
            ),
            shapes=[_swatch(at[line], pens[line], colours) for line in shown],
            annotations=[
                note(
                    lines_of(labels[line], _LABEL_LETTERS, 1),
                    1,
                    at[line],
                    xref="paper",
                    yref="paper",
                    xanchor="left",
                    yanchor="middle",
                    xshift=36,
                    align="left",
                    font={"size": 13},
                )
                for line in shown
            ],
        ),
    }


def _stroke(pen: _Pen, colours: Tokens) -> dict[str, Any]:
    return {"color": getattr(colours, pen.colour), "width": pen.width, "dash": pen.dash}


def _trace(rows: pl.DataFrame, pen: _Pen, colours: Tokens, *, unfinished: bool) -> dict[str, Any]:
    # A value between two gaps has no line to either side and would not be seen without its own mark.
    there = rows["value"].is_not_null()
    alone = there & ~there.shift(1, fill_value=False) & ~there.shift(-1, fill_value=False)
    sizes = [pen.width + 3 if is_alone else 0.0 for is_alone in alone]
    if unfinished and sizes:
        sizes[-1] = 7
    stroke = _stroke(pen, colours)
    fills = [stroke["color"]] * (len(sizes) - 1) + [colours.bg if unfinished else stroke["color"]]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(rows.height)),
        "y": rows["value"].to_list(),
        "line": stroke,
        "marker": {
            "size": sizes, "color": fills, "opacity": 1,
            "line": {"width": [1.5 if size == 7 else 0 for size in sizes], "color": stroke["color"]},
        },
        "connectgaps": False,
        "hovertext": [in_lines(text) for text in rows["hover"].fill_null("")],
        "hoverinfo": "text",
    }  # fmt: skip


def _swatch(y: float, pen: _Pen, colours: Tokens) -> dict[str, Any]:
    """A piece of the line before its name: names pushed apart stay told."""
    return {
        "type": "line",
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "xanchor": 1,
        "x0": 6,
        "x1": 32,
        "y0": y,
        "y1": y,
        "line": _stroke(pen, colours),
    }
