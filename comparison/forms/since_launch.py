"""A measure by months since each unit's own launch: adopters beside units that had not adopted yet."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from comparison.forms.series import UPRIGHT_LABEL, end_labels, span, traces, upright
from comparison.forms.template import SMALL, Figure, axis, layout, lines_of, note, ticks, value_axis
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.texts import Html, html_of, in_lines, markup

MINUS = "\u2212"
FEWEST_UNITS = 2
_COMPACT_LABEL = 13


def since_launch(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    labels: Mapping[str, str],
    launch_text: str,
    axis_text: str,
    ceiling: float | None = 1.0,
    windows: tuple[str, str] | None = None,
    window: int = 6,
    baseline: tuple[float, str] | None = None,
    reviews: Sequence[tuple[int, str]] = (),
    compact: bool = False,
    height: int | None = None,
) -> Figure:
    """Lines over months since launch, the launch at 0, n under each labelled tick.

    frame: since (Int, months since the unit's launch), line, role ("chosen" = adopters' mean, "comparison" = not yet
    adopters, "unit"), value (null = gap), n (Int, units behind the point; read from the chosen line), hover.
    The chosen line is dotted where fewer than two units are behind it, unless it never has two (statistics 3.6, 1):
    there its units change. labels: line -> text at its right end. axis_text explains the ticks, such as "tháng kể từ
    khi từng đơn vị bắt đầu". windows: texts of the `window` months before and after the launch that an effect is taken
    from, shaded; month 0 belongs to neither. baseline: (value, text) of a level line, such as an index's 100 %.
    reviews: (months since launch, hover), squares on the lower edge. ceiling: the highest possible value, None where
    there is none. compact: for several charts beside each other, low
    and without the row of n. height: px, by default 420, compact 240.
    """
    colours = tokens(theme)
    chosen = pl.col("role") == "chosen"
    changes = max(frame.filter(chosen)["n"].drop_nulls().to_list(), default=0) >= FEWEST_UNITS
    placed = frame.with_columns(
        is_few=chosen & (pl.col("n").fill_null(0) < FEWEST_UNITS) & changes,
        x=pl.col("since").cast(pl.Int64),
        hover=pl.Series([in_lines(text) for text in frame["hover"]], dtype=pl.String),
    )
    height = height or (240 if compact else 420)
    values = placed["value"].cast(pl.Float64).drop_nulls().to_list() + ([baseline[0]] if baseline else [])
    levels = ticks(*span(values, from_zero=False, ceiling=ceiling), 4 if compact else 6)
    bounds = (levels[0], levels[-1])
    months = sorted(set(placed["x"].to_list()) | {0})
    step = next((step for step in (1, 2, 3, 6, 12) if (months[-1] - months[0]) / step <= (4 if compact else 9)), 24)
    shown = [month for month in range(months[0], months[-1] + 1) if month % step == 0]
    units = dict(placed.filter(chosen).select("x", "n").iter_rows())
    counts = ["" if compact else markup("<br>n = {}", units.get(month) or 0) for month in shown]
    texts = [markup("{}{}", _signed(month), n) for month, n in zip(shown, counts, strict=True)]
    reach = (months[0] - 0.25, months[-1] + 0.2)
    left, right, top, bottom = (48, 100, UPRIGHT_LABEL + 4, 46) if compact else (56, 140, UPRIGHT_LABEL + 4, 78)
    shaded = _windows(windows, window, reach, colours) if windows else []
    level = _baseline(*baseline, reach, colours) if baseline else []
    shape, launch = upright(0, html_of(launch_text), colours, height - top - bottom)
    if compact:
        launch["font"] = {"size": SMALL}
    notes = end_labels(
        placed,
        {line: _label(text, compact) for line, text in labels.items()},
        colours,
        x=months[-1],
        bounds=bounds,
        pixels=height - top - bottom,
    )
    caption = note(
        html_of(axis_text),
        0.5,
        0,
        xref="paper",
        yref="paper",
        yanchor="top",
        yshift=-24 if compact else -50,
        font={"color": colours.muted, "size": SMALL} if compact else {"color": colours.muted},
    )
    return {
        "data": [*traces(placed, colours), *_squares(reviews, bounds[0] + (bounds[1] - bounds[0]) * 0.015, colours)],
        "layout": layout(
            colours,
            height=height,
            left=left,
            right=right,
            top=top,
            bottom=bottom,
            xaxis=axis(colours, reach, at=shown, texts=texts, line=True, ticklabelstandoff=4),
            yaxis=value_axis(colours, bounds, levels, value_text),
            shapes=[*(band for band, _ in shaded), *(line for line, _ in level), shape],
            annotations=[*notes, *(text for _, text in shaded), *(text for _, text in level), launch, caption],
        ),
    }


def _label(text: str, compact: bool) -> Html:
    if compact:
        return lines_of(text.replace("\n", " "), _COMPACT_LABEL)
    return in_lines(text)


def _squares(reviews: Sequence[tuple[int, str]], bottom: float, colours: Tokens) -> list[dict[str, Any]]:
    if not reviews:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [since for since, _ in reviews],
            "y": [bottom] * len(reviews),
            "marker": {"symbol": "square", "size": 9, "color": colours.ink},
            "cliponaxis": False,
            "hovertext": [in_lines(text) for _, text in reviews],
            "hoverinfo": "text",
        }
    ]


def _windows(
    texts: tuple[str, str], window: int, reach: tuple[float, float], colours: Tokens
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """A pale band over the months before and after the launch, each with its text at the bottom beside the launch."""
    bands = [(-window - 0.5, -0.5, "right", texts[0]), (0.5, window + 0.5, "left", texts[1])]
    clipped = [(max(low, reach[0]), min(high, reach[1]), end, text) for low, high, end, text in bands]
    return [
        (
            {
                "type": "rect",
                "x0": low,
                "x1": high,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"width": 0},
                "fillcolor": colours.panel,
                "layer": "below",
            },
            note(
                html_of(text),
                low if end == "left" else high,
                0,
                yref="paper",
                xanchor=end,
                yanchor="bottom",
                yshift=3,
                font={"size": SMALL, "color": colours.muted},
            ),
        )
        for low, high, end, text in clipped
        if low < high
    ]


def _baseline(
    value: float, text: str, reach: tuple[float, float], colours: Tokens
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    shape = {
        "type": "line",
        "x0": reach[0],
        "x1": reach[1],
        "y0": value,
        "y1": value,
        "line": {"color": colours.mark, "width": 1},
        "layer": "below",
    }
    # Above the plot and left of the launch's own text: inside, the lines of the units run through it.
    text_above = note(
        html_of(text),
        0,
        1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        xshift=-40,
        yshift=3,
        font={"size": SMALL, "color": colours.muted},
    )
    return [(shape, text_above)]


def _signed(month: int) -> str:
    return f"+{month}" if month > 0 else str(month).replace("-", MINUS)
