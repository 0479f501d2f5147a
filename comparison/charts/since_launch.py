"""A measure by months since each unit's own launch: adopters beside units that had not adopted yet."""

from collections.abc import Callable, Mapping

import polars as pl

from comparison.charts.series import end_labels, span, traces, upright
from comparison.charts.template import Figure, axis, escape, layout, note, ticks
from comparison.charts.tokens import Theme, tokens

MINUS = "\u2212"


def since_launch(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    labels: Mapping[str, str],
    launch_text: str,
    axis_text: str,
    ceiling: float | None = 1.0,
    height: int = 420,
) -> Figure:
    """Lines over months since launch, the launch at 0, n under each labelled tick.

    frame: since (Int, months since the unit's launch), line, role ("chosen" = adopters' mean, "comparison" = not yet
    adopters, "unit"), value (null = gap), n (Int, units behind the point; read from the chosen line), hover.
    labels: line -> text at its right end. axis_text explains the ticks, such as "tháng kể từ khi từng đơn vị bắt đầu".
    """
    colours = tokens(theme)
    placed = frame.with_columns(
        x=pl.col("since").cast(pl.Int64),
        hover=pl.Series([escape(text).replace("\n", "<br>") for text in frame["hover"]], dtype=pl.String),
    )
    levels = ticks(*span(placed["value"].drop_nulls().to_list(), from_zero=False, ceiling=ceiling))
    bounds = (levels[0], levels[-1] + (levels[1] - levels[0]) * 0.12)
    months = sorted(set(placed["x"].to_list()) | {0})
    step = next((step for step in (1, 2, 3, 6, 12) if (months[-1] - months[0]) / step <= 9), 24)
    shown = [month for month in range(months[0], months[-1] + 1) if month % step == 0]
    chosen = placed.filter(pl.col("role") == "chosen")
    units = dict(zip(chosen["x"].to_list(), chosen["n"].to_list(), strict=True))
    texts = [f"{_signed(month)}<br>n = {units.get(month) or 0}" for month in shown]
    top, bottom = 14, 78
    shape, launch = upright(0, escape(launch_text), colours)
    notes = end_labels(
        placed,
        {line: escape(text).replace("\n", "<br>") for line, text in labels.items()},
        colours,
        x=months[-1],
        bounds=bounds,
        pixels=height - top - bottom,
    )
    caption = note(
        escape(axis_text),
        0.5,
        0,
        xref="paper",
        yref="paper",
        yanchor="top",
        yshift=-50,
        font={"color": colours.muted},
    )
    return {
        "data": traces(placed, colours),
        "layout": layout(
            colours,
            height=height,
            left=56,
            right=140,
            top=top,
            bottom=bottom,
            xaxis=axis(
                colours, (months[0] - 0.25, months[-1] + 0.2), at=shown, texts=texts, line=True, ticklabelstandoff=4
            ),
            yaxis=axis(
                colours,
                bounds,
                at=levels,
                texts=[escape(value_text(level)) for level in levels],
                grid=True,
                ticklabelstandoff=6,
            ),
            shapes=[shape],
            annotations=[*notes, launch, caption],
        ),
    }


def _signed(month: int) -> str:
    return f"+{month}" if month > 0 else str(month).replace("-", MINUS)
