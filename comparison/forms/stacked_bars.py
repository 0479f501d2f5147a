"""Monthly bars: received by channel, and received beside resolved."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from comparison.forms.marks import DrawnMarks, Mark, Place, draw_marks
from comparison.forms.template import Figure, apart, axis, layout, month_ticks, note, ticks
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.texts import html_of, in_lines, markup

_TOP, _BOTTOM, _RIGHT = 14, 30, 140


def stacked_bars(
    frame: pl.DataFrame,
    months: Sequence[str],
    parts: Sequence[tuple[str, str]],
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    month_text: Callable[[str], str],
    unfinished: bool = False,
    marks: Sequence[Mark] = (),
    height: int = 320,
    width: int = 380,
) -> Figure:
    """Counts by month, stacked by part; the first part lies at the bottom and carries the accent.

    frame: month ("2023-01"), part, value, hover. months: the axis in order. parts: (part, label at the right end),
    at most four. unfinished: the last month is still running, drawn hatched. marks: launches, reviews and ends of
    models at the left edge of their month, labels in a band added above the plot, which is `width` px at its narrowest.
    """
    colours = tokens(theme)
    fills = (colours.blue, colours.soft, colours.blue_soft, colours.mark)
    columns = [_column(frame, months, "part", part) for part, _ in parts]
    totals = pl.DataFrame({part: values for (part, _), (values, _) in zip(parts, columns, strict=True)})
    highest = float(totals.sum_horizontal().max() or 0) if parts else 0.0  # type: ignore[arg-type] # a sum of counts
    levels = ticks(0, highest or 1)
    drawn = _marks(marks, months, levels, height, width, colours)
    ends: list[float] = []
    below = 0.0
    for values, _ in columns:
        ends.append(below + values[-1] / 2)
        below += values[-1]
    texts = [colours.blue] + [colours.muted] * (len(parts) - 1)
    return {
        "data": [
            _bars(values, hovers, fill, unfinished, colours)
            for (values, hovers), fill in zip(columns, fills, strict=False)
        ]
        + drawn.traces,
        "layout": _layout(colours, months, levels, value_text, month_text, height, drawn)
        | {
            "barmode": "stack",
            "annotations": _labels(
                [label for _, label in parts], ends, texts, len(months) - 0.5, levels, height, colours
            )
            + drawn.annotations,
        },
    }


def paired_bars(
    frame: pl.DataFrame,
    months: Sequence[str],
    labels: tuple[str, str],
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    month_text: Callable[[str], str],
    unfinished: bool = False,
    marks: Sequence[Mark] = (),
    height: int = 320,
    width: int = 380,
) -> Figure:
    """Two counts a month side by side, such as received (accent) and resolved (grey).

    frame: month ("2023-01"), first, second, first_hover, second_hover. labels: of the two, at the right end.
    marks, width: as for `stacked_bars`.
    """
    colours = tokens(theme)
    named = [
        frame.select("month", value=pl.col(name), hover=pl.col(f"{name}_hover"), part=pl.lit(name))
        for name in ("first", "second")
    ]
    columns = [_column(rows, months, "part", name) for rows, name in zip(named, ("first", "second"), strict=True)]
    levels = ticks(0, max([value for values, _ in columns for value in values] or [0]) or 1)
    drawn = _marks(marks, months, levels, height, width, colours)
    ends = [values[-1] for values, _ in columns]
    return {
        "data": [
            _bars(values, hovers, fill, unfinished, colours)
            for (values, hovers), fill in zip(columns, (colours.blue, colours.soft), strict=True)
        ]
        + drawn.traces,
        "layout": _layout(colours, months, levels, value_text, month_text, height, drawn)
        | {
            "barmode": "group",
            "bargroupgap": 0,
            "annotations": _labels(
                labels, ends, (colours.blue, colours.muted), len(months) - 0.5, levels, height, colours
            )
            + drawn.annotations,
        },
    }


def _column(frame: pl.DataFrame, months: Sequence[str], by: str, key: str) -> tuple[list[float], list[str]]:
    """A part's (values, hover texts), one a month; a month without a row is 0 and has no hover."""
    axis_months = pl.DataFrame({"month": list(months)}, schema={"month": pl.String})
    rows = axis_months.join(
        frame.filter(pl.col(by) == key), on="month", how="left", maintain_order="left"
    ).with_columns(pl.col("value").cast(pl.Float64).fill_null(0.0), pl.col("hover").fill_null(""))
    return rows["value"].to_list(), [in_lines(text) for text in rows["hover"]]


def _bars(values: list[float], hovers: list[str], fill: str, unfinished: bool, colours: Tokens) -> dict[str, Any]:
    marker: dict[str, Any] = {"color": fill, "line": {"width": 0}}
    if unfinished and values:
        shapes = [""] * (len(values) - 1) + ["/"]
        marker["pattern"] = {"shape": shapes, "fgcolor": fill, "bgcolor": colours.bg, "size": 5, "solidity": 0.45}
    return {
        "type": "bar",
        "x": list(range(len(values))),
        "y": values,
        "marker": marker,
        "hovertext": hovers,
        "hoverinfo": "text",
        "textposition": "none",
    }


def _layout(
    colours: Tokens,
    months: Sequence[str],
    levels: list[float],
    value_text: Callable[[float], str],
    month_text: Callable[[str], str],
    height: int,
    drawn: DrawnMarks,
) -> dict[str, Any]:
    month_at, month_texts = month_ticks(months, month_text)
    return layout(
        colours,
        height=height + drawn.band,
        left=56,
        right=_RIGHT,
        top=_TOP + drawn.band,
        bottom=_BOTTOM,
        xaxis=axis(colours, (-0.5, len(months) - 0.5), at=month_at, texts=month_texts, line=True, ticklabelstandoff=5),
        yaxis=axis(
            colours,
            (0, levels[-1]),
            at=levels,
            texts=[html_of(value_text(level)) for level in levels],
            grid=True,
            ticklabelstandoff=6,
        ),
        shapes=drawn.shapes,
    )


def _marks(
    marks: Sequence[Mark], months: Sequence[str], levels: list[float], height: int, width: int, colours: Tokens
) -> DrawnMarks:
    reach = (-0.5, len(months) - 0.5)
    place = Place(months, -0.5, reach, width, height - _TOP - _BOTTOM, _RIGHT, levels[-1])
    return draw_marks(marks, place, colours)


def _labels(
    texts: Sequence[str],
    ends: Sequence[float],
    colours: Sequence[str],
    x: float,
    levels: list[float],
    height: int,
    theme: Tokens,
) -> list[dict[str, Any]]:
    scale = (height - _TOP - _BOTTOM) / levels[-1]
    placed = apart([end * scale for end in ends], 19)
    return [
        note(
            markup("<b>{}</b>", text) if colour == theme.blue else html_of(text),
            x,
            y / scale,
            xanchor="left",
            xshift=8,
            align="left",
            font={"color": colour},
        )
        for text, y, colour in zip(texts, placed, colours, strict=True)
    ]
