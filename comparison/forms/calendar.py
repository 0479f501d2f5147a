"""A cell a day, weekdays down and weeks across: where the work fell, and which days nobody worked."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from comparison.forms.count_ramp import STEPS, count_ramp
from comparison.forms.template import SMALL, Figure, axis, colour_bands, layout, note
from comparison.forms.tokens import Theme, Tokens, text_on, tokens
from comparison.wording.texts import html_of, in_lines, markup

# Up to so many weeks make one block with the numbers in its cells; more make a block a year.
WEEKS_IN_ONE = 27
_ROW, _ROW_WITH_TEXT, _GAP = 20, 26, 2
_HEAD, _BETWEEN, _BOTTOM, _RIGHT = 26, 2, 4, 44
_NARROWEST, _LABEL = 1080, 64
# One day in fifty lies beyond either end of the scale.
_BEYOND = 0.02


def scale(counts: pl.Series) -> tuple[int, int]:
    """The counts up to which a day has the palest step and from which the strongest, for those of the working days.

    It does not begin at 0, so that days of an office with much work can be told apart, and spans a step a case at
    least, so that little work is not.
    """
    known = counts.drop_nulls()
    low, high = known.quantile(_BEYOND, "lower"), known.quantile(1 - _BEYOND, "higher")
    return int(low or 0), max(int(high or 0), int(low or 0) + STEPS - 1)


def calendar_map(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    weekdays: Sequence[str],
    month_text: Callable[[str], str],
    left: int = 56,
    least_columns: int = 14,
) -> Figure:
    """Days by week and weekday, one block up to 27 weeks, else one a calendar year under each other.

    frame: day (Date, in order without gaps), n (Int, null = no data reach there), is_working, is_holiday (Boolean),
    text (n formatted), hover. weekdays: seven names from Monday on. month_text: how "2024-03" is written over the week
    in which the month, or the frame, begins. A day off without a case is grey, a public holiday carries a dot, a day
    with cases is coloured whether worked or not. least_columns keeps the cells of few weeks as wide as of so many.
    """
    colours = tokens(theme)
    low, high = scale(frame.filter("is_working")["n"])
    cells, blocks = _placed(frame)
    columns = int(cells["x"].max() or 0) + 1  # type: ignore[arg-type] # a whole number
    wide = max(columns, least_columns)
    with_text = columns <= WEEKS_IN_ONE and len(blocks) == 1
    fills = (colours.panel, *count_ramp(colours, with_text=with_text))
    rows = 7 * len(blocks) + _BETWEEN * (len(blocks) - 1)
    steps: list[list[int | None]] = [[None] * columns for _ in range(rows)]
    texts = [[""] * columns for _ in range(rows)]
    hovers = [[""] * columns for _ in range(rows)]
    dots: list[tuple[int, int, str]] = []
    shown = cells.select("x", "y", "n", "is_working", "is_holiday", "text", "hover").iter_rows()
    for x, y, n, is_working, is_holiday, text, hover in shown:
        hovers[y][x] = in_lines(hover)
        if n is None and is_working:
            continue
        step = 1 + min(STEPS - 1, max(0, int((n - low) * (STEPS - 1) / (high - low)))) if n or is_working else 0
        steps[y][x] = step
        if is_holiday:
            dots.append((x, y, text_on(fills[step], colours)))
        elif with_text and step:
            texts[y][x] = markup('<span style="color:{}">{}</span>', text_on(fills[step], colours), text)
    row = _ROW_WITH_TEXT if with_text else _ROW
    return {
        "data": [_days(steps, texts, hovers, fills, colours), _dots(dots)],
        "layout": layout(
            colours,
            height=row * rows + _HEAD + _BOTTOM,
            left=left,
            right=_RIGHT,
            top=_HEAD,
            bottom=_BOTTOM,
            xaxis=axis(colours, (-0.5, wide - 0.5)),
            yaxis=axis(
                colours,
                (rows - 0.5, -0.5),
                at=[top + weekday for top in blocks for weekday in range(7)],
                texts=[html_of(name) for _ in blocks for name in weekdays],
                ticklabelstandoff=6,
                tickfont={"size": 12, "color": colours.muted},
            ),
            annotations=_months(cells, wide, month_text, colours),
        ),
    }


def _placed(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[int]]:
    """The days with x (week) and y (weekday within its block), and the row in which each block begins."""
    first, last = frame["day"].min(), frame["day"].max()
    assert isinstance(first, date), "a calendar has days"
    assert isinstance(last, date), "as above"
    monday = first - timedelta(days=first.weekday())
    is_one = (last - monday).days // 7 < WEEKS_IN_ONE
    year = pl.lit(first.year) if is_one else pl.col("day").dt.year()
    # Every year begins in the column of the week of its first day, so that the years lie under each other.
    new_year = pl.date(pl.col("year"), 1, 1)
    start = pl.lit(monday) if is_one else new_year - pl.duration(days=new_year.dt.weekday() - 1)
    placed = frame.with_columns(year=year.cast(pl.Int32)).with_columns(block=pl.col("year") - pl.col("year").min())
    cells = placed.with_columns(
        x=((pl.col("day") - start).dt.total_days() // 7).cast(pl.Int64),
        y=(pl.col("block") * (7 + _BETWEEN) + pl.col("day").dt.weekday() - 1).cast(pl.Int64),
    )
    blocks = range(int(cells["block"].max() or 0) + 1)  # type: ignore[arg-type] # a whole number
    if len(blocks) == 1:
        cells = cells.with_columns(x=pl.col("x") - pl.col("x").min())
    return cells, [block * (7 + _BETWEEN) for block in blocks]


def _months(
    cells: pl.DataFrame, columns: int, month_text: Callable[[str], str], colours: Tokens
) -> list[dict[str, Any]]:
    """The name of each month over the week in which it begins; one that would run into the next is left out."""
    starts = cells.group_by("block", pl.col("day").dt.strftime("%Y-%m").alias("month"), maintain_order=True).agg(
        pl.col("x").min()
    )
    room = _LABEL * columns / _NARROWEST
    following = pl.col("x").shift(-1).over("block")
    fitting = starts.filter(following.is_null() | (following - pl.col("x") >= room))
    return [
        note(
            html_of(month_text(month)), x - 0.5, block * (7 + _BETWEEN) - 0.5, xanchor="left", yanchor="bottom",
            yshift=3, font={"size": 13, "color": colours.ink},
        )
        for block, month, x in fitting.select("block", "month", "x").iter_rows()
    ]  # fmt: skip


def _days(
    steps: list[list[int | None]],
    texts: list[list[str]],
    hovers: list[list[str]],
    fills: Sequence[str],
    colours: Tokens,
) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "z": steps,
        "zmin": -0.5,
        "zmax": len(fills) - 0.5,
        "colorscale": colour_bands(fills),
        "showscale": False,
        "xgap": _GAP,
        "ygap": _GAP,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": SMALL, "color": colours.ink},
        "hovertext": hovers,
        "hoverinfo": "text",
        "hoverongaps": False,
    }


def _dots(dots: list[tuple[int, int, str]]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _, _ in dots],
        "y": [y for _, y, _ in dots],
        "marker": {"symbol": "circle", "size": 5, "color": [colour for *_, colour in dots], "opacity": 1},
        "hoverinfo": "skip",
    }
