"""Monthly lines: the chosen mean, what it is compared with, and thin lines per unit."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from comparison.charts.series import end_labels, span, traces, upright
from comparison.charts.template import Figure, axis, escape, layout, month_ticks, ticks
from comparison.charts.tokens import Theme, tokens


def lines(
    frame: pl.DataFrame,
    months: Sequence[str],
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    month_text: Callable[[str], str],
    labels: Mapping[str, str] | None = None,
    unfinished: bool = False,
    launches: Sequence[tuple[str, str]] = (),
    from_zero: bool = False,
    ceiling: float | None = None,
    height: int = 360,
) -> Figure:
    """Lines by month.

    frame: month ("2023-01"), line, role ("chosen", "comparison", "unit"), value (null = gap), hover (plain text,
    lines separated by a newline); low and high beside them give the chosen line a band.
    months: every month of the axis in order. labels: line -> text at its right end. unfinished: the last month is
    still running. launches: (month, text) drawn as upright lines. ceiling: the highest possible value, 1 for shares.
    """
    colours = tokens(theme)
    at = pl.DataFrame({"month": list(months), "x": range(len(months))}, schema={"month": pl.String, "x": pl.Int64})
    placed = frame.join(at, on="month", how="inner").with_columns(
        hover=pl.Series(
            [escape(text).replace("\n", "<br>") for text in frame.join(at, on="month", how="inner")["hover"]],
            dtype=pl.String,
        )
    )
    ends = [column for column in ("value", "low", "high") if column in placed.columns]
    values = pl.concat([placed[column].cast(pl.Float64).drop_nulls().rename("value") for column in ends]).to_list()
    levels = ticks(*span(values, from_zero=from_zero, ceiling=ceiling))
    bounds = (levels[0], levels[-1])
    last = len(months) - 1
    month_at, month_texts = month_ticks(months, month_text)
    marks = [upright(months.index(month), escape(text), colours) for month, text in launches if month in months]
    top, bottom = 14, 30
    notes = end_labels(
        placed,
        {line: escape(text).replace("\n", "<br>") for line, text in (labels or {}).items()},
        colours,
        x=last,
        bounds=bounds,
        pixels=height - top - bottom,
    )
    return {
        "data": traces(placed, colours, unfinished_from=last - 1 if unfinished and last > 0 else None),
        "layout": layout(
            colours,
            height=height,
            left=56,
            right=140 if labels else 16,
            top=top,
            bottom=bottom,
            xaxis=axis(colours, (-0.3, last + 0.1), at=month_at, texts=month_texts, line=True, ticklabelstandoff=5),
            yaxis=axis(
                colours,
                bounds,
                at=levels,
                texts=[escape(value_text(level)) for level in levels],
                grid=True,
                ticklabelstandoff=6,
            ),
            shapes=[shape for shape, _ in marks],
            annotations=notes + [text for _, text in marks],
        ),
    }
