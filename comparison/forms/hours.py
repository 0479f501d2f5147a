"""Weekdays by hours: when people come, in blue steps, the whole day in a last column."""

from collections.abc import Sequence

import polars as pl

from comparison.forms.count_ramp import STEPS, count_ramp
from comparison.forms.heat_map import step_of
from comparison.forms.template import SMALL, Figure, axis, colour_bands, layout, note, row_axis
from comparison.forms.tokens import Theme, text_on, tokens
from comparison.wording.texts import html_of, in_lines, markup

_ROW, _TOP, _BOTTOM, _TOTAL = 52, 30, 4, 76


def weekday_hours(
    frame: pl.DataFrame,
    totals: pl.DataFrame,
    theme: Theme,
    *,
    weekdays: Sequence[tuple[int, str]],
    hours: Sequence[tuple[int, str]],
    total_head: str,
    left: int = 76,
) -> Figure:
    """A cell a weekday and hour, weekdays down and hours across in the order given as (number, name).

    frame: weekday, hour (Int), value, text, hover; a pair without a row stays at the lowest step without a text.
    totals: weekday, text, is_most (Boolean: written bold in the accent), in a column of text under `total_head`.
    """
    colours = tokens(theme)
    ramp = count_ramp(colours, with_text=True)
    rows = {weekday: index for index, (weekday, _) in enumerate(weekdays)}
    columns = {hour: index for index, (hour, _) in enumerate(hours)}
    steps = [[0] * len(hours) for _ in weekdays]
    texts = [[""] * len(hours) for _ in weekdays]
    hovers = [[""] * len(hours) for _ in weekdays]
    highest = float(frame["value"].max() or 0) or 1.0  # type: ignore[arg-type] # a number
    for weekday, hour, value, text, hover in frame.select("weekday", "hour", "value", "text", "hover").iter_rows():
        y, x = rows[weekday], columns[hour]
        steps[y][x] = step_of(value, highest)
        texts[y][x] = markup('<span style="color:{}">{}</span>', text_on(ramp[steps[y][x]], colours), text)
        hovers[y][x] = in_lines(hover)
    beside = {"xref": "paper", "xanchor": "left", "xshift": 12, "align": "left"}
    return {
        "data": [
            {
                "type": "heatmap",
                "z": steps,
                "zmin": -0.5,
                "zmax": STEPS - 0.5,
                "colorscale": colour_bands(ramp),
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
                "text": texts,
                "texttemplate": "%{text}",
                "textfont": {"size": SMALL + 1, "color": colours.ink},
                "hovertext": hovers,
                "hoverinfo": "text",
            }
        ],
        "layout": layout(
            colours,
            height=_ROW * len(weekdays) + _TOP + _BOTTOM,
            left=left,
            right=_TOTAL,
            top=_TOP,
            bottom=_BOTTOM,
            xaxis=axis(
                colours,
                (-0.5, len(hours) - 0.5),
                at=range(len(hours)),
                texts=[html_of(name) for _, name in hours],
                side="top",
                ticklabelstandoff=4,
            ),
            yaxis=row_axis(colours, [name for _, name in weekdays], left),
            annotations=[
                note(
                    html_of(total_head), 1, 1, yref="paper", yanchor="bottom", yshift=6, font={"color": colours.muted},
                    **beside,
                ),
                *(
                    note(
                        markup("<b>{}</b>", text) if is_most else html_of(text), 1, rows[weekday],
                        font={"color": colours.blue if is_most else colours.ink}, **beside,
                    )
                    for weekday, text, is_most in totals.select("weekday", "text", "is_most").iter_rows()
                ),
            ],
        ),
    }  # fmt: skip
