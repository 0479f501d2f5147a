"""Working days before and after a feast, one year beside another, the usual level as a thin line."""

from collections.abc import Callable, Mapping

import polars as pl

from comparison.forms.series import UPRIGHT_LABEL, end_labels, traces, upright
from comparison.forms.template import Figure, axis, layout, ticks, value_axis
from comparison.forms.tokens import Theme, tokens
from comparison.wording.texts import html_of, in_lines

_TOP, _BOTTOM, _RIGHT = 14, 30, 140
# Labelled on either side: the days next to the feast, and every fifth.
_LABELLED_EVERY = 5
_USUAL = "usual"


def around_day(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    offset_text: Callable[[int], str],
    labels: Mapping[str, str],
    feast_text: str,
    usual: tuple[float, str] | None = None,
    height: int = 320,
) -> Figure:
    """Lines by working days from a feast, broken where it lies.

    frame: offset (-1 the last working day before, 1 the first after; never 0), line, role ("chosen", "comparison"),
    value, hover. labels: line -> text at its right end. feast_text stands over the line at the feast. usual: the level
    of other working days and the words at the end of its line.
    """
    colours = tokens(theme)
    feast = frame.select("line", "role").unique(maintain_order=True).select(
        pl.lit(0, pl.Int64).alias("x"), "line", "role", pl.lit(None, pl.Float64).alias("value"),
        pl.lit("").alias("hover"),
    )  # fmt: skip
    days = frame.select(
        pl.col("offset").cast(pl.Int64).alias("x"),
        "line",
        "role",
        pl.col("value").cast(pl.Float64),
        pl.Series("hover", [in_lines(text) for text in frame["hover"]], dtype=pl.String),
    )
    placed = pl.concat([days, feast]).sort("line", "x")
    level = [usual[0]] if usual else []
    levels = ticks(0, max([*days["value"].drop_nulls().to_list(), *level, 1.0]))
    bounds = (levels[0], levels[-1])
    top = _TOP + UPRIGHT_LABEL
    offsets = sorted(set(frame["offset"].to_list()))
    first, last = min(offsets), max(offsets)
    labelled = [offset for offset in offsets if abs(offset) == 1 or offset % _LABELLED_EVERY == 0]
    pixels = height - top - _BOTTOM
    shape, words = upright(0, html_of(feast_text), colours, pixels)
    shapes, notes = [shape], [words]
    if usual:
        shapes.append(
            {
                "type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": usual[0], "y1": usual[0], "layer": "below",
                "line": {"color": colours.mark, "width": 1},
            }
        )  # fmt: skip
    words_at_end = {**labels, **({_USUAL: usual[1]} if usual else {})}
    texts = {line: in_lines(text) for line, text in words_at_end.items()}
    level_at_end = pl.DataFrame(
        {"x": [last], "line": [_USUAL], "role": ["unit"], "value": [usual[0] if usual else None], "hover": [""]},
        schema=placed.schema,
    )
    return {
        "data": traces(placed, colours),
        "layout": layout(
            colours,
            height=height,
            left=56,
            right=_RIGHT,
            top=top,
            bottom=_BOTTOM,
            xaxis=axis(
                colours,
                (first - 0.3, last + 0.1),
                at=labelled,
                texts=[html_of(offset_text(offset)) for offset in labelled],
                line=True,
                ticklabelstandoff=5,
            ),
            yaxis=value_axis(colours, bounds, levels, value_text),
            shapes=shapes,
            annotations=[
                *notes,
                *end_labels(pl.concat([placed, level_at_end]), texts, colours, x=last, bounds=bounds, pixels=pixels),
            ],
        ),
    }
