"""Models over time: a bar as thick as units have adopted, rings where units join or leave, squares for reviews."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import polars as pl

from comparison.forms.template import Figure, axis, layout, lines_of, month_ticks, note, row_axis
from comparison.forms.timeline_marks import NARROWEST as _PLOT
from comparison.forms.timeline_marks import bar_points, data_begin, plan_rings, review_points, ring_points
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.texts import html_of, markup

_ROW = 38
_LEFT, _RIGHT = 186, 92
_TOP, _BOTTOM = 14, 28
_LINE = 18
_THINNEST, _THICKEST = 2.0, 9.0
# px that keep the words over its squares apart.
NARROWEST = _LEFT + _PLOT + _RIGHT


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
    reviews: pl.DataFrame | None = None,
    review_text: Callable[[str], str] = str,
    review_hover: Callable[[str, str, date, str], str] | None = None,
    plans: pl.DataFrame | None = None,
    plan_hover: Callable[[str, date, int], str] | None = None,
    data_from: tuple[date, str] | None = None,
) -> Figure:
    """One row a model, in the order given as (code, name).

    adoptions: model, unit (codes), adopted_from (Date, null = planned only), adopted_to (Date or null, the first day
    without the model). period: first and last day of the axis. units: how many could adopt, the thickest bar.
    count_text: units adopting at the end -> "6/14 đơn vị". hover_text: (name, day, change, units then) -> words.
    reviews: model, kind ("interim", "final"), held_on (Date), title; a square, over it review_text(kind) where it runs
    into nothing, in its hover review_hover(name, kind, day, title). plans: model, unit, planned_from (Date) of units
    that have not begun; a dashed ring with plan_hover(name, day, units). data_from: (day, text) of a dotted line where
    the data begin, drawn if the axis begins earlier.
    chosen: the model drawn in the accent and bold. The last unit that leaves ends the bar with a stroke. Rings,
    squares and bars give customdata [model code] when clicked.
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
            html_of(count_text(end[code])),
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
    spans = _spans(steps, last)
    top = _TOP
    begins: list[dict[str, Any]] = []
    if data_from and first < data_from[0] <= last:
        top += _LINE
        line, text = data_begin(*data_from, colours)
        begins.append(line)
        notes.append(text)
    marks: list[dict[str, Any]] = [bar_points(spans, order, names, count_text)]
    planned: list[dict[str, Any]] = []
    if plans is not None and plan_hover is not None:
        waiting = _within(plans, "planned_from", order, period)
        planned, handles = plan_rings(waiting, order, names, plan_hover, colours)
        marks.append(handles)
    marks.append(ring_points(rings, order, names, strong, hover_text, colours))
    if reviews is not None and review_hover is not None:
        held = _within(reviews, "held_on", order, period).sort("model", "held_on")
        marks.append(review_points(held, rings, order, names, period, review_text, review_hover, colours))
    return {
        "data": marks,
        "layout": layout(
            colours,
            height=_ROW * len(models) + top + _BOTTOM,
            left=_LEFT,
            right=_RIGHT,
            top=top,
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
                "ticklabelstandoff": 12,
                "ticktext": [
                    markup("<b>{}</b>", lines_of(name, 24, 2)) if code == chosen else lines_of(name, 24, 2)
                    for code, name in models
                ],
            },
            shapes=[*begins, *_lines(spans, order, units, chosen, colours), *planned],
            annotations=notes,
        ),
    }


def _within(frame: pl.DataFrame, day: str, order: dict[str, int], period: tuple[date, date]) -> pl.DataFrame:
    """The rows of models that are shown, on days that the axis has."""
    return frame.filter(pl.col("model").is_in(list(order)) & pl.col(day).is_between(*period))


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


def _spans(steps: pl.DataFrame, last: date) -> pl.DataFrame:
    """model, day, until, units: the stretches over which a model's units stay the same, without those of none."""
    until = pl.col("day").shift(-1).over("model").fill_null(last)
    return steps.with_columns(until=until).filter(pl.col("units") > 0).select("model", "day", "until", "units")


def _lines(
    spans: pl.DataFrame, order: dict[str, int], units: int, chosen: str | None, colours: Tokens
) -> list[dict[str, Any]]:
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
        for model, day, until, count in spans.iter_rows()
    ]
