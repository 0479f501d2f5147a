"""A unit's months beside its own usual level: values, level, limits, and the months that lie beyond chance."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from comparison.forms.marks import Mark, Place, draw_marks
from comparison.forms.series import span
from comparison.forms.template import Figure, apart, axis, layout, month_ticks, note, ticks, value_axis
from comparison.forms.tokens import Theme, Tokens, faded, tokens
from comparison.judgements.signals import PointKind
from comparison.wording.texts import html_of, in_lines, markup

_SYMBOLS: dict[PointKind, tuple[str, float]] = {
    "usual": ("circle", 7),
    "better": ("circle", 10),
    "worse": ("diamond", 11),
    "neutral": ("square-open", 10),
    "few": ("circle-open", 7),
    "apart": ("x-thin-open", 8),
}
_FLAGGED: tuple[PointKind, ...] = ("better", "worse", "neutral")
_NEAR_END = 4  # months, within which a word has no room to its right
_LABEL = 18  # px between labels at the right


def control(
    frame: pl.DataFrame,
    months: Sequence[str],
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    month_text: Callable[[str], str],
    words: Mapping[PointKind, str],
    level_text: str,
    target: tuple[float, str] | None = None,
    marks: Sequence[Mark] = (),
    ceiling: float | None = None,
    height: int = 300,
    width: int = 380,
) -> Figure:
    """A control chart by month.

    frame: one row a point in order: month ("2023-01", its last), value (null = gap), centre, low, high (null = no
    limits), part (Int, the level it is judged by), kind (a PointKind), hover (plain text, lines parted by a newline).
    months: every month of the axis. words: what the latest run of flagged months is labelled with, by kind.
    level_text: beside the last level. target: value and label, drawn only if given. marks: as on every time chart,
    `rebase` where the level starts anew. ceiling: the highest possible value. width: px of the plot at its narrowest.
    """
    colours = tokens(theme)
    at = {month: index for index, month in enumerate(months)}
    placed = frame.with_columns(x=pl.col("month").replace_strict(at, return_dtype=pl.Int64))
    ends = [placed[column].cast(pl.Float64).drop_nulls().rename("value") for column in ("value", "low", "high")]
    values = [*pl.concat(ends).to_list(), *([target[0]] if target else [])]
    levels = ticks(*span(values, from_zero=False, ceiling=ceiling), most=5)
    bounds = (levels[0], levels[-1])
    top, bottom, right = 14, 30, 128
    pixels, last = height - top - bottom, len(months) - 1
    reach = (-0.6, last + 0.6)
    drawn = draw_marks(marks, Place(months, 0, reach, width, pixels, right, bounds[1]), colours)
    month_at, month_texts = month_ticks(months, month_text, most=6)
    parts = placed.partition_by("part", maintain_order=True)
    data = [trace for part in parts for trace in [*_limits(part, colours), _level(part, colours)]]
    labels = [(part_level, level_text, colours.muted) for part_level in placed["centre"].drop_nulls().tail(1)]
    if target:
        data.append(_target(target[0], reach, colours))
        labels.append((target[0], target[1], colours.blue))
    return {
        "data": [*data, *_values(placed, colours), *drawn.traces],
        "layout": layout(
            colours,
            height=height + drawn.band,
            left=56,
            right=right,
            top=top + drawn.band,
            bottom=bottom,
            xaxis=axis(colours, reach, at=month_at, texts=month_texts, line=True, ticklabelstandoff=5),
            yaxis=value_axis(colours, bounds, levels, value_text),
            shapes=drawn.shapes,
            annotations=[
                *_beside(labels, reach[1], bounds, pixels),
                *_words(placed, words, bounds, last, colours),
                *drawn.annotations,
            ],
        ),
    }


def _limits(part: pl.DataFrame, colours: Tokens) -> list[dict[str, Any]]:
    known = part.filter(pl.col("low").is_not_null() & pl.col("high").is_not_null())
    if known.is_empty():
        return []
    pen = {"color": colours.mark, "width": 1, "dash": "3px,3px"}
    common = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": known["x"].to_list()}
    low = common | {"y": known["low"].to_list(), "line": pen}
    return [
        low,
        common | {"y": known["high"].to_list(), "line": pen, "fill": "tonexty", "fillcolor": faded(colours.mark, 0.1)},
    ]


def _level(part: pl.DataFrame, colours: Tokens) -> dict[str, Any]:
    known = part.filter(pl.col("centre").is_not_null())
    return {
        "type": "scatter",
        "mode": "lines",
        "x": known["x"].to_list(),
        "y": known["centre"].to_list(),
        "line": {"color": colours.ink, "width": 1.2},
        "hoverinfo": "skip",
    }


def _target(value: float, reach: tuple[float, float], colours: Tokens) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(reach),
        "y": [value, value],
        "line": {"color": colours.blue, "width": 1.4, "dash": "8px,4px"},
        "hoverinfo": "skip",
    }


def _values(placed: pl.DataFrame, colours: Tokens) -> list[dict[str, Any]]:
    x, y, kinds = placed["x"].to_list(), placed["value"].to_list(), placed["kind"].to_list()
    colour_of: dict[PointKind, str] = {"better": colours.blue, "worse": colours.orange}
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x,
            "y": y,
            "line": {"color": colours.soft, "width": 1.6},
            "connectgaps": False,
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": x,
            "y": y,
            "marker": {
                "symbol": [_SYMBOLS[kind][0] for kind in kinds],
                "size": [_SYMBOLS[kind][1] for kind in kinds],
                "color": [colour_of.get(kind, colours.mark) for kind in kinds],
                "opacity": 1,
                "line": {"width": [0 if _SYMBOLS[kind][0] in ("circle", "diamond") else 1.5 for kind in kinds]},
            },
            "cliponaxis": False,
            "hovertext": [in_lines(text) for text in placed["hover"]],
            "hoverinfo": "text",
        },
    ]


def _beside(
    labels: Sequence[tuple[float, str, str]], x: float, bounds: tuple[float, float], pixels: int
) -> list[dict[str, Any]]:
    scale = pixels / (bounds[1] - bounds[0])
    places = apart([value * scale for value, _, _ in labels], _LABEL)
    return [
        note(html_of(text), x, y / scale, xanchor="left", xshift=6, align="left", font={"color": colour})
        for (_, text, colour), y in zip(labels, places, strict=True)
    ]


def _words(
    placed: pl.DataFrame, words: Mapping[PointKind, str], bounds: tuple[float, float], last: int, colours: Tokens
) -> list[dict[str, Any]]:
    """The word of the latest run of flagged months, at its last one."""
    flagged = placed.filter(
        pl.col("kind").is_in(_FLAGGED) & (pl.col("kind") != pl.col("kind").shift(-1, fill_value=""))
    )
    found = []
    for x, value, centre, kind in flagged.tail(1).select("x", "value", "centre", "kind").iter_rows():
        is_above = value >= centre
        # At the edge of the plot there is no room beyond the point.
        room = (bounds[1] - value if is_above else value - bounds[0]) / (bounds[1] - bounds[0])
        outward = is_above == (room > 0.1)
        colour = {"better": colours.blue, "worse": colours.orange}.get(kind, colours.muted)
        found.append(
            note(
                markup("<b>{}</b>", words[kind]),
                x,
                value,
                xanchor="right" if x > last - _NEAR_END else "center",
                yanchor="bottom" if outward else "top",
                yshift=8 if outward else -8,
                font={"size": 13, "color": colour},
                bgcolor=colours.bg,
            )
        )
    return found
