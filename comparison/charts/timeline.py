"""Models over time: the bar is as thick as units have adopted, a ring marks when more joined or left."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import polars as pl

from comparison.charts.template import Figure, axis, escape, layout, lines_of, month_ticks, note, row_axis
from comparison.charts.tokens import Theme, Tokens, tokens

_ROW = 38
_LEFT = 186
_TOP, _BOTTOM = 14, 28
_THINNEST, _THICKEST = 2.0, 9.0
MINUS = "\u2212"


def timeline(
    adoptions: pl.DataFrame,
    models: Sequence[tuple[str, str]],
    period: tuple[date, date],
    theme: Theme,
    *,
    units: int,
    count_text: Callable[[int], str],
    hover_text: Callable[[str, date, int, int], str],
    month_text: Callable[[str], str],
    chosen: str | None = None,
) -> Figure:
    """One row a model, in the order given as (code, name).

    adoptions: model, unit (codes), adopted_from (Date), adopted_to (Date or null, the first day without the model).
    period: first and last day of the axis. units: how many could adopt, the thickest bar.
    count_text: units adopting at the end -> "6/14 đơn vị". hover_text: (name, day, change, units then) -> words.
    chosen: the model drawn in the accent and bold. A ring gives customdata [model code] when clicked.
    """
    colours = tokens(theme)
    names = dict(models)
    order = {code: index for index, (code, _) in enumerate(models)}
    steps = _steps(adoptions.filter(pl.col("model").is_in(list(order))), *period)
    rings = steps.filter(pl.col("change") != 0)
    end = dict.fromkeys(order, 0) | {
        part["model"][0]: part["units"][-1] for part in steps.partition_by("model", maintain_order=True)
    }
    strong = {code: colours.blue if code == chosen else colours.mark for code in order}
    notes = [
        note(
            escape(count_text(end[code])),
            1,
            y,
            xref="paper",
            xanchor="left",
            xshift=10,
            font={"color": colours.ink if code == chosen else colours.muted},
        )
        for code, y in order.items()
    ]
    first, last = period
    months = pl.date_range(first.replace(day=1), last, "1mo", eager=True)
    at, texts = month_ticks([f"{month:%Y-%m}" for month in months], month_text)
    return {
        "data": [_rings(rings, order, names, strong, hover_text, colours)],
        "layout": layout(
            colours,
            height=_ROW * len(models) + _TOP + _BOTTOM,
            left=_LEFT,
            right=92,
            top=_TOP,
            bottom=_BOTTOM,
            xaxis=axis(
                colours,
                (0, 1),
                grid=True,
                type="date",
                at=(),
            )
            | {
                "range": [first.isoformat(), last.isoformat()],
                "tickvals": [months[index].isoformat() for index in at],
                "ticktext": texts,
            },
            yaxis=row_axis(colours, [name for _, name in models], _LEFT)
            | {
                "range": [len(models) - 0.5, -0.6],
                "ticktext": [
                    f"<b>{lines_of(name, 24, 2)}</b>" if code == chosen else lines_of(name, 24, 2)
                    for code, name in models
                ],
            },
            shapes=_spans(steps, order, units, last, chosen, colours),
            annotations=notes,
        ),
    }


def _steps(adoptions: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """One row a model and day on which its units changed: model, day, change, units (from that day on), in order.

    What happened before `first` is gathered on `first` with a change of 0, so that its bar starts at the edge.
    """
    starts = adoptions.select("model", day=pl.col("adopted_from"), change=pl.lit(1))
    ends = adoptions.filter(pl.col("adopted_to").is_not_null()).select(
        "model", day=pl.col("adopted_to"), change=pl.lit(-1)
    )
    return (
        pl.concat([starts, ends])
        .filter(pl.col("day").is_not_null() & (pl.col("day") <= last))
        .with_columns(
            joined=pl.when(pl.col("day") >= first).then(pl.col("change")).otherwise(0),
            day=pl.max_horizontal("day", pl.lit(first)),
        )
        .group_by("model", "day")
        .agg(pl.col("change").sum().alias("moved"), pl.col("joined").sum().alias("change"))
        .sort("model", "day")
        .with_columns(units=pl.col("moved").cum_sum().over("model"))
        .select("model", "day", "change", "units")
    )


def _spans(
    steps: pl.DataFrame, order: dict[str, int], units: int, last: date, chosen: str | None, colours: Tokens
) -> list[dict[str, Any]]:
    spans = steps.with_columns(until=pl.col("day").shift(-1).over("model").fill_null(last)).filter(pl.col("units") > 0)
    return [
        {
            "type": "line",
            "x0": day.isoformat(),
            "x1": until.isoformat(),
            "y0": order[model],
            "y1": order[model],
            "layer": "between",
            "line": {
                "color": colours.blue if model == chosen else colours.soft,
                "width": round(_THINNEST + (_THICKEST - _THINNEST) * (count - 1) / max(units - 1, 1), 1),
            },
        }
        for model, day, until, count in spans.select("model", "day", "until", "units").iter_rows()
    ]


def _rings(
    rings: pl.DataFrame,
    order: dict[str, int],
    names: dict[str, str],
    strong: dict[str, str],
    hover_text: Callable[[str, date, int, int], str],
    colours: Tokens,
) -> dict[str, Any]:
    rows = rings.select("model", "day", "change", "units").rows()
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [day.isoformat() for _, day, _, _ in rows],
        "y": [order[model] for model, _, _, _ in rows],
        "text": [f"+{change}" if change > 0 else f"{MINUS}{-change}" for _, _, change, _ in rows],
        "textposition": "top center",
        "textfont": {
            "size": 12,
            "color": [strong[model] if strong[model] == colours.blue else colours.muted for model, *_ in rows],
        },
        "customdata": [[model] for model, *_ in rows],
        "marker": {
            "symbol": "circle",
            "size": 12,
            "color": colours.bg,
            "opacity": 1,
            "line": {"color": [strong[model] for model, *_ in rows], "width": 2},
        },
        "cliponaxis": False,
        "hovertext": [
            escape(hover_text(names[model], day, change, count)).replace("\n", "<br>")
            for model, day, change, count in rows
        ],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": colours.muted}},
    }
