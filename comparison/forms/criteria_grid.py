"""Criteria of a model by review: the share of the highest score reached, the lowest of each review told in a word."""

from typing import Any

import polars as pl

from comparison.forms.template import LETTER, SMALL, TEXT, Figure, axis, colour_bands, layout, lines_of, sized
from comparison.forms.tokens import Theme, Tokens, mixed, text_on, tokens
from comparison.wording.texts import Html, html_of, in_lines, markup

_ROW = 40
_LINE = 18
_GAP = 2
_STEPS = 6
_STRONGEST = 0.4
_PALEST_AT_MOST = 0.5
_HEAD_WIDTH = 18
_LEFT = 300
_FEWEST_COLUMNS = 3
_CELL = 170  # px of a cell's words: "55 % 4 đơn vị · thấp nhất"


def criteria_grid(
    frame: pl.DataFrame, theme: Theme, *, lowest_text: str, left: int = _LEFT, least_columns: int = _FEWEST_COLUMNS
) -> Figure:
    """A cell a (criterion, review): the share reached, then n; criteria down under their groups, reviews across.

    frame: group_name, criterion_name, review (its label), value (share of the highest score, 0 to 1 or null), text,
    n_text, hover, is_lowest (Boolean): rows and columns in the order in which they first appear. High is good: the
    ramp runs in blue from half of the score (or the lowest value there is) to all of it. What is lowest carries
    `lowest_text` and an orange frame. A criterion that a review did not score stays empty. least_columns keeps the
    cells of few reviews as wide as those of so many.
    """
    colours = tokens(theme)
    reviews = frame["review"].unique(maintain_order=True).to_list()
    groups = frame["group_name"].unique(maintain_order=True).to_list()
    heads: list[tuple[str, str | None]] = []
    for group in groups:
        criteria = frame.filter(pl.col("group_name") == group)["criterion_name"].unique(maintain_order=True)
        heads += [(group, None), *((group, criterion) for criterion in criteria)]
    rows = {head: index for index, head in enumerate(heads)}
    columns = {review: index for index, review in enumerate(reviews)}
    palest = min([_PALEST_AT_MOST, *frame["value"].drop_nulls().to_list()])
    ramp = [mixed(colours.bg, colours.blue, _STRONGEST * step / (_STEPS - 1)) for step in range(_STEPS)]
    wide = max(len(reviews), least_columns)
    steps: list[list[int | None]] = [[None] * len(reviews) for _ in heads]
    texts = [[""] * len(reviews) for _ in heads]
    hovers = [[""] * len(reviews) for _ in heads]
    frames: list[dict[str, Any]] = []
    cells = frame.select(
        "group_name", "criterion_name", "review", "value", "text", "n_text", "hover", "is_lowest"
    ).iter_rows()
    for group, criterion, review, value, text, n_text, hover, is_lowest in cells:
        y, x = rows[(group, criterion)], columns[review]
        hovers[y][x] = in_lines(hover)
        if value is None:
            steps[y][x], texts[y][x] = 0, sized(html_of("–"), colours.muted, TEXT)
            continue
        step = min(_STEPS - 1, round((value - palest) / (1 - palest) * (_STEPS - 1)) if palest < 1 else _STEPS - 1)
        steps[y][x] = step
        texts[y][x] = _cell(text, n_text, lowest_text if is_lowest else "", ramp[step], colours)
        if is_lowest:
            frames.append(_frame(x, y, colours))
    names = [lines_of(review, _HEAD_WIDTH) for review in reviews]
    top = max([28, *(10 + _LINE * (name.count("<br>") + 1) for name in names)])
    return {
        "data": [_cells(steps, texts, hovers, ramp, colours)],
        "layout": layout(
            colours,
            height=_ROW * len(heads) + top + 4,
            left=left,
            right=4,
            top=top,
            bottom=4,
            xaxis=axis(
                colours, (-0.5, wide - 0.5), at=range(len(reviews)), texts=names, colour=colours.ink, side="top"
            ),
            yaxis=axis(
                colours,
                (len(heads) - 0.5, -0.5),
                at=range(len(heads)),
                texts=[_head(group, criterion, left) for group, criterion in heads],
                colour=colours.ink,
                ticklabelstandoff=8,
            ),
            shapes=frames,
        ),
    }


def narrowest(reviews: int) -> int:
    """px that the grid of so many reviews needs for its words."""
    return _LEFT + _CELL * max(reviews, _FEWEST_COLUMNS)


def _head(group: str, criterion: str | None, left: int) -> Html:
    width = int((left - 8) / LETTER)
    return markup("<b>{}</b>", lines_of(group, width, 2)) if criterion is None else lines_of(criterion, width, 2)


def _cell(text: str, n_text: str, lowest: str, fill: str, colours: Tokens) -> Html:
    ink = text_on(fill, colours)
    small = f"{n_text} · {lowest}" if n_text and lowest else n_text or lowest
    words = markup("<b>{}</b>", text) if lowest else html_of(text)
    return (
        markup("{} {}", sized(words, ink, TEXT), sized(html_of(small), ink, SMALL))
        if small
        else sized(words, ink, TEXT)
    )


def _frame(x: int, y: int, colours: Tokens) -> dict[str, Any]:
    inset = 0.47
    return {
        "type": "rect",
        "x0": x - inset,
        "x1": x + inset,
        "y0": y - inset,
        "y1": y + inset,
        "line": {"color": colours.orange, "width": 2},
    }


def _cells(
    steps: list[list[int | None]],
    texts: list[list[str]],
    hovers: list[list[str]],
    ramp: list[str],
    colours: Tokens,
) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "z": steps,
        "zmin": -0.5,
        "zmax": _STEPS - 0.5,
        "colorscale": colour_bands(ramp),
        "showscale": False,
        "xgap": _GAP,
        "ygap": _GAP,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": TEXT, "color": colours.ink},
        "hovertext": hovers,
        "hoverinfo": "text",
        "hoverongaps": False,
    }
