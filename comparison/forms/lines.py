"""Monthly lines: the chosen mean, what it is compared with, and thin lines per unit."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from comparison.forms.marks import Mark, Place, draw_marks
from comparison.forms.series import end_labels, span, traces
from comparison.forms.template import Figure, axis, layout, month_ticks, ticks, value_axis
from comparison.forms.tokens import Theme, tokens
from comparison.wording.texts import in_lines


def lines(
    frame: pl.DataFrame,
    months: Sequence[str],
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    month_text: Callable[[str], str],
    labels: Mapping[str, str] | None = None,
    unfinished: bool = False,
    marks: Sequence[Mark] = (),
    from_zero: bool = False,
    ceiling: float | None = None,
    height: int = 360,
    width: int = 380,
) -> Figure:
    """Lines by month.

    frame: month ("2023-01"), line, role ("chosen", "comparison", "unit"), value (null = gap), hover (plain text,
    lines separated by a newline); low and high beside them give the chosen line a band.
    months: every month of the axis in order. labels: line -> text at its right end. unfinished: the last month is
    still running. marks: launches, reviews and ends of models, labels in a band added above the plot, which is
    `width` px at its narrowest. ceiling: the highest possible value, 1 for shares.
    """
    colours = tokens(theme)
    at = pl.DataFrame({"month": list(months), "x": range(len(months))}, schema={"month": pl.String, "x": pl.Int64})
    placed = frame.join(at, on="month", how="inner").with_columns(
        hover=pl.Series(
            [in_lines(text) for text in frame.join(at, on="month", how="inner")["hover"]],
            dtype=pl.String,
        )
    )
    ends = [column for column in ("value", "low", "high") if column in placed.columns]
    values = pl.concat([placed[column].cast(pl.Float64).drop_nulls().rename("value") for column in ends]).to_list()
    levels = ticks(*span(values, from_zero=from_zero, ceiling=ceiling))
    bounds = (levels[0], levels[-1])
    last = len(months) - 1
    month_at, month_texts = month_ticks(months, month_text)
    top, bottom = 14, 30
    right = 140 if labels or {mark.month for mark in marks} & set(months) else 16
    reach = (-0.3, last + 0.1)
    drawn = draw_marks(marks, Place(months, 0, reach, width, height - top - bottom, right, bounds[1]), colours)
    notes = end_labels(
        placed,
        {line: in_lines(text) for line, text in (labels or {}).items()},
        colours,
        x=last,
        bounds=bounds,
        pixels=height - top - bottom,
    )
    return {
        "data": traces(placed, colours, unfinished_from=last - 1 if unfinished and last > 0 else None) + drawn.traces,
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
            annotations=notes + drawn.annotations,
        ),
    }
