"""Units by fields: a share and its n in every cell, coloured in six steps."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from comparison.forms.small_numbers import FEWEST_COMPARED, FEWEST_SHOWN, TOO_FEW
from comparison.forms.template import (
    ROW,
    SMALL,
    TEXT,
    Figure,
    axis,
    colour_bands,
    layout,
    lines_of,
    row_axis,
    sized,
)
from comparison.forms.tokens import Theme, Tokens, text_on, tokens
from comparison.wording.texts import html_of, in_lines, markup

QUIET_STEPS = 2
_STEPS = 6
_LINE = 18
_GAP = 2


def step_of(value: float, highest: float) -> int:
    """The colour step 0 to 5 of a share on a ramp from 0 to `highest`."""
    return min(_STEPS - 1, max(0, round(value / highest * (_STEPS - 1))))


def heat_map(
    frame: pl.DataFrame,
    units: Sequence[tuple[str, str]],
    fields: Sequence[tuple[str, str]],
    theme: Theme,
    *,
    least_maximum: float,
    left: int = 112,
    head_width: int = 11,
) -> Figure:
    """A cell a (unit, field): the value, then n; units down, fields across, both in the order given as (code, name).

    frame: unit, field (codes), value (share 0 to 1 or null), n (Int), text (formatted value), n_text, hover. Under 5
    the cell says n<5; 5 to 24 is italic grey without colour; without a value its text or a dash; a pair without a row
    stays empty. The ramp ends at the highest share of a cell with n of 25 or more, at `least_maximum` if that is
    higher, so that little is never dark.
    Clicking a cell with on_select gives customdata [unit code, field code].
    """
    colours = tokens(theme)
    rows = {code: index for index, (code, _) in enumerate(units)}
    columns = {code: index for index, (code, _) in enumerate(fields)}
    cells = frame.filter(pl.col("unit").is_in(list(rows)) & pl.col("field").is_in(list(columns))).select(
        pl.col("unit", "field", "text", "n_text", "hover", "value"),
        n=pl.col("n").fill_null(0),
        x=pl.col("field").replace_strict(columns, return_dtype=pl.Int64),
        y=pl.col("unit").replace_strict(rows, return_dtype=pl.Int64),
    )
    compared = cells.filter((pl.col("n") >= FEWEST_COMPARED) & pl.col("value").is_not_null())
    highest = max([least_maximum, *compared["value"].to_list()])
    steps: list[list[int | None]] = [[None] * len(fields) for _ in units]
    for y, x, value in compared.select("y", "x", "value").iter_rows():
        steps[y][x] = step_of(value, highest)
    heads = [lines_of(name, head_width) for _, name in fields]
    top = max([46, *(10 + _LINE * (head.count("<br>") + 1) for head in heads)])
    return {
        "data": [_cells(steps, _cell_texts(cells, steps, colours), colours), _targets(cells, colours)],
        "layout": layout(
            colours,
            height=ROW * len(units) + top + 4,
            left=left,
            right=4,
            top=top,
            bottom=4,
            xaxis=axis(
                colours,
                (-0.5, len(fields) - 0.5),
                at=range(len(fields)),
                texts=heads,
                colour=colours.ink,
                side="top",
            ),
            yaxis=row_axis(colours, [name for _, name in units], left),
            # Cells are wider than plotly's reach of 20 px around a point.
            hoverdistance=200,
        ),
    }


def _cell_texts(cells: pl.DataFrame, steps: list[list[int | None]], colours: Tokens) -> list[list[str]]:
    texts = [[""] * len(row) for row in steps]
    for x, y, n, value, text, n_text in cells.select("x", "y", "n", "value", "text", "n_text").iter_rows():
        step = steps[y][x]
        ink = colours.ink if step is None else text_on(colours.ramp[step], colours)
        # Muted n on a strong colour would fall under 4.5.
        quiet = colours.muted if step is None or step < QUIET_STEPS else ink
        if 0 < n < FEWEST_SHOWN:
            texts[y][x] = sized(html_of(TOO_FEW), colours.muted)
        elif value is None:
            texts[y][x] = sized(html_of(text or "–"), colours.muted)
        else:
            few = n < FEWEST_COMPARED
            words = markup("<i>{}</i>", text) if few else html_of(text)
            small = sized(html_of(n_text), quiet, size=SMALL)
            texts[y][x] = sized(words, colours.muted if few else ink) + " " + small
    return texts


def _cells(steps: list[list[int | None]], texts: list[list[str]], colours: Tokens) -> dict[str, Any]:
    """Colours and words; a trace without selection of its own, so a click never fades its neighbours."""
    return {
        "type": "heatmap",
        # Plotly writes no text where z is null, and step 0 is the page's own colour.
        "z": [[step or 0 for step in row] for row in steps],
        "zmin": -0.5,
        "zmax": _STEPS - 0.5,
        "colorscale": colour_bands(colours.ramp),
        "showscale": False,
        "xgap": _GAP,
        "ygap": _GAP,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": TEXT, "color": colours.ink},
        "hoverinfo": "skip",
    }


def _targets(cells: pl.DataFrame, colours: Tokens) -> dict[str, Any]:
    """Invisible points over the cells: they carry hover and click, for a heat map reports no selection to Streamlit."""
    unseen = {"marker": {"opacity": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": cells["x"].to_list(),
        "y": cells["y"].to_list(),
        "customdata": [list(codes) for codes in cells.select("unit", "field").rows()],
        "hovertext": [in_lines(text) for text in cells["hover"]],
        "hoverinfo": "text",
        "marker": {"symbol": "square", "size": ROW - _GAP, "color": colours.ink, "opacity": 0, "line": {"width": 0}},
        "selected": unseen,
        "unselected": unseen,
    }
