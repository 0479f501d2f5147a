"""A dot with its interval for each unit, the overall value as one upright line, n in a column of text."""

from collections.abc import Callable
from typing import Any

import polars as pl

from comparison.forms.small_numbers import FEWEST_COMPARED, FEWEST_SHOWN, TOO_FEW
from comparison.forms.template import LETTER, ROW, SMALL, TEXT, Figure, axis, layout, note, row_axis, ticks
from comparison.forms.tokens import Theme, Tokens, faded, tokens
from comparison.wording.texts import Html, html_of, in_lines, markup

_TOP, _BOTTOM = 46, 30
_NEAR_EDGE = 0.75


def intervals(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    value_text: Callable[[float], str],
    overall: tuple[float, str] | None = None,
    target: tuple[float, str] | None = None,
    column_head: str = "",
    hidden_text: str = "ẩn",
    ceiling: float | None = 1.0,
    left: int = 112,
    right: int = 142,
    most_ticks: int = 6,
) -> Figure:
    """One row a unit in the order given, 28 px a row.

    frame: unit (code, handed back when clicked), name, value, low, high (null = none), n (Int or null), text, n_text,
    hover; optional is_hidden (Boolean). Hidden (hidden_text) or under 5 (n<5) has no dot; 5 to 24 a small grey ring;
    without a value a dash. overall and target: (value, text over its line). column_head stands over the text column.
    Optional bound_low and bound_high (null = none): how far the share could lie if all who did not answer were of one
    mind, a pale bar behind the interval; hidden rows have none. Optional badge (null or "" = none): a few words after n
    in orange, such as "không so được"; the margin at the right grows by the longest. Optional is_flagged (Boolean): an
    orange diamond. most_ticks: what the narrowest plot has room for.
    """
    colours = tokens(theme)
    rows = _rows(frame)
    shown = rows.filter(pl.col("tier") > 1)
    edges = [value for name in ("value", "low", "high") for value in shown[name].drop_nulls().to_list()]
    bounds_there = {"bound_low", "bound_high"} <= set(shown.columns)
    if bounds_there:
        edges += [value for name in ("bound_low", "bound_high") for value in shown[name].drop_nulls().to_list()]
    edges += [line[0] for line in (overall, target) if line]
    low, high = (min(edges), max(edges)) if edges else (0.0, ceiling or 1.0)
    levels = [level for level in ticks(low, high, most_ticks) if ceiling is None or level <= ceiling + 1e-9]
    bounds = (levels[0], max(levels[-1], high) + (levels[-1] - levels[0]) * 0.015)
    uprights = [_upright(line, dash, colours) for line, dash in ((overall, None), (target, "4px,3px")) if line]
    notes = [text for _, text in uprights]
    for text in notes:
        # A text over a line near the right edge would run into the head of the text column.
        if column_head and text["x"] > bounds[0] + (bounds[1] - bounds[0]) * _NEAR_EDGE:
            text["xanchor"] = "right"
    if overall and target:
        # Two texts over near lines would run into each other: the target's moves up a line.
        notes[1]["yshift"] = 22
    beside: dict[str, Any] = {"xref": "paper", "xanchor": "left", "xshift": 10, "align": "left"}
    if column_head:
        notes.append(
            note(
                html_of(column_head),
                1,
                1,
                yref="paper",
                yanchor="bottom",
                yshift=4,
                font={"color": colours.muted},
                **beside,
            )
        )
    badges = rows["badge"].fill_null("").to_list() if "badge" in rows.columns else [""] * rows.height
    notes += [
        note(text + _badge(badge, colours), 1, y, **beside)
        for y, (text, badge) in enumerate(zip(_column_texts(rows, colours, hidden_text), badges, strict=True))
    ]
    return {
        "data": [
            *([_ranges(shown, "bound", faded(colours.soft, 0.5), 14)] if bounds_there else []),
            _ranges(shown, "", colours.mark, 2),
            _dots(shown, colours),
        ],
        "layout": layout(
            colours,
            height=ROW * rows.height + _TOP + _BOTTOM,
            left=left,
            right=right + _room(badges),
            top=_TOP,
            bottom=_BOTTOM,
            xaxis=axis(
                colours,
                bounds,
                at=levels,
                texts=[html_of(value_text(level)) for level in levels],
                ticklabelstandoff=4,
            ),
            yaxis=row_axis(colours, rows["name"].to_list(), left, grid=True),
            shapes=[shape for shape, _ in uprights],
            annotations=notes,
        ),
    }


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    """frame with y and tier: 0 no value, 1 under 5 or hidden, 2 five to 24, 3 compared."""
    hidden = pl.col("is_hidden") if "is_hidden" in frame.columns else pl.lit(False)
    n = pl.col("n").fill_null(0)
    return frame.with_row_index("y").with_columns(
        tier=pl.when(hidden | ((n > 0) & (n < FEWEST_SHOWN)))
        .then(1)
        .when(pl.col("value").is_null() | (n == 0))
        .then(0)
        .when(n < FEWEST_COMPARED)
        .then(2)
        .otherwise(3)
    )


def _column_texts(rows: pl.DataFrame, colours: Tokens, hidden_text: str) -> list[Html]:
    texts: list[Html] = []
    for tier, n, text, n_text in rows.select("tier", pl.col("n").fill_null(0), "text", "n_text").iter_rows():
        if tier < 2:
            words = html_of((TOO_FEW if n else hidden_text) if tier else "–")
            texts.append(markup('<span style="color:{}">{}</span>', colours.muted, words))
        else:
            small = markup('<span style="color:{};font-size:{}px">{}</span>', colours.muted, SMALL, n_text)
            words = html_of(text)
            if tier == 2:
                words = markup('<i><span style="color:{}">{}</span></i>', colours.muted, words)
            texts.append(markup("{} {}", words, small))
    return texts


def _upright(line: tuple[float, str], dash: str | None, colours: Tokens) -> tuple[dict[str, Any], dict[str, Any]]:
    value, text = line
    pen: dict[str, Any] = {"color": colours.ink if dash is None else colours.mark, "width": 1}
    if dash:
        pen["dash"] = dash
    shape = {"type": "line", "x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper", "line": pen, "layer": "below"}
    colour = colours.ink if dash is None else colours.muted
    return shape, note(html_of(text), value, 1, yref="paper", yanchor="bottom", yshift=4, font={"color": colour})


def _badge(text: str, colours: Tokens) -> Html:
    return markup(' <span style="color:{};font-size:{}px">{}</span>', colours.orange, SMALL, text) if text else Html()


def _room(badges: list[str]) -> int:
    return round(max((len(badge) + 2 for badge in badges if badge), default=0) * LETTER * SMALL / TEXT)


def _ranges(shown: pl.DataFrame, kind: str, colour: str, width: int) -> dict[str, Any]:
    """Lines from low to high, or with `kind` from its low to its high, in one trace: a null breaks it."""
    low, high = (f"{kind}_{end}" if kind else end for end in ("low", "high"))
    ranges = shown.filter(pl.col(low).is_not_null() & pl.col(high).is_not_null())
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [edge for ends in ranges.select(low, high).iter_rows() for edge in (*ends, None)],
        "y": [edge for y in ranges["y"] for edge in (y, y, None)],
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
    }


def _dots(shown: pl.DataFrame, colours: Tokens) -> dict[str, Any]:
    few = [tier == 2 for tier in shown["tier"]]
    flagged = shown["is_flagged"].to_list() if "is_flagged" in shown.columns else [False] * shown.height
    fills = [
        colours.bg if is_few else colours.orange if is_flagged else colours.blue
        for is_few, is_flagged in zip(few, flagged, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": shown["value"].to_list(),
        "y": shown["y"].to_list(),
        "customdata": [[unit] for unit in shown["unit"]],
        "marker": {
            "symbol": ["diamond" if is_flagged else "circle" for is_flagged in flagged],
            "size": [
                8 if is_few else 12 if is_flagged else 10 for is_few, is_flagged in zip(few, flagged, strict=True)
            ],
            "color": fills,
            "line": {
                "color": [colours.mark if is_few else fill for is_few, fill in zip(few, fills, strict=True)],
                "width": 1.5,
            },
            "opacity": 1,
        },
        "hovertext": [in_lines(text) for text in shown["hover"]],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
