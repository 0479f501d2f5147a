"""Lines over a shared x axis, for the charts by month and by months since launch."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import polars as pl

from comparison.forms.template import apart, note
from comparison.forms.tokens import Tokens, faded
from comparison.wording.texts import Html, markup

Role = Literal["unit", "comparison", "chosen"]

# Drawn in this order, so that the chosen line lies on top.
ROLES: tuple[Role, ...] = ("unit", "comparison", "chosen")
_RUNNING: dict[Role, str] = {"unit": "2px,3px", "comparison": "1px,3px", "chosen": "5px,4px"}
_FEW = "3px,4px"
UPRIGHT_LABEL = 20  # px above the plot


def _pen(role: Role, tokens: Tokens) -> dict[str, Any]:
    if role == "chosen":
        return {"color": tokens.blue, "width": 3.4}
    if role == "comparison":
        return {"color": tokens.mark, "width": 2.2, "dash": "4px,3px"}
    return {"color": tokens.blue_soft, "width": 1}


def _each_line(frame: pl.DataFrame) -> list[tuple[str, Role, pl.DataFrame]]:
    """(line, role, its rows) for every line, in drawing order."""
    return [
        (str(part["line"][0]), role, part.sort("x"))
        for role in ROLES
        for part in frame.filter(pl.col("role") == role).partition_by("line", maintain_order=True)
    ]


def traces(frame: pl.DataFrame, tokens: Tokens, *, unfinished_from: int | None = None) -> list[dict[str, Any]]:
    """Plotly traces of `frame`, whose rows are x (Int), line, role ("unit", "comparison", "chosen"), value, hover.

    A null value leaves a gap. With columns low and high, the chosen lines get a band. What lies after
    `unfinished_from` is drawn dotted: that period is still running. With a column is_few, a chosen line is dotted to
    and from the rows where it is true. `hover` is escaped by the caller.
    """
    drawn: list[dict[str, Any]] = []
    for _line, role, rows in _each_line(frame):
        if role == "chosen" and {"low", "high"} <= set(rows.columns):
            drawn += _band(rows, tokens)
        whole = rows if unfinished_from is None else rows.filter(pl.col("x") <= unfinished_from)
        if role == "chosen" and "is_few" in rows.columns and rows["is_few"].any():
            beside = pl.col("is_few").shift(1, fill_value=False) | pl.col("is_few").shift(-1, fill_value=False)
            dotted = whole.with_columns(value=pl.when(pl.col("is_few") | beside).then("value"))
            drawn.append(_trace(dotted, role, tokens, dash=_FEW))
            whole = whole.with_columns(value=pl.when(~pl.col("is_few")).then("value"))
        drawn.append(_trace(whole, role, tokens))
        if unfinished_from is not None and rows["x"].max() != whole["x"].max():
            running = rows.filter(pl.col("x") >= unfinished_from)
            drawn.append(_trace(running, role, tokens, dash=_RUNNING[role]))
    return drawn


def _trace(rows: pl.DataFrame, role: Role, tokens: Tokens, *, dash: str | None = None) -> dict[str, Any]:
    pen = _pen(role, tokens)
    # A value between two gaps has no line to either side and would not be seen without its own mark.
    present = rows["value"].is_not_null()
    alone = present & ~present.shift(1, fill_value=False) & ~present.shift(-1, fill_value=False)
    size = {"chosen": 7, "comparison": 5, "unit": 3}[role]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": rows["x"].to_list(),
        "y": rows["value"].to_list(),
        "line": pen | {"dash": dash} if dash else pen,
        "marker": {
            "size": [size if shown else 0 for shown in alone.to_list()],
            "color": pen["color"],
            "opacity": 1,
            "line": {"width": 0},
        },
        "connectgaps": False,
        "hovertext": rows["hover"].to_list(),
        "hoverinfo": "text",
    }


def _band(rows: pl.DataFrame, tokens: Tokens) -> list[dict[str, Any]]:
    known = rows.with_columns(run=(pl.col("low").is_null() | pl.col("high").is_null()).rle_id()).filter(
        pl.col("low").is_not_null() & pl.col("high").is_not_null()
    )
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": run["x"].to_list() + run["x"].reverse().to_list(),
            "y": run["high"].to_list() + run["low"].reverse().to_list(),
            # A month between two gaps has no area: its interval is an upright line.
            "line": {"width": 0 if run.height > 1 else 6, "color": faded(tokens.blue, 0.3)},
            "fill": "toself",
            "fillcolor": faded(tokens.blue, 0.13),
            "hoverinfo": "skip",
        }
        for run in known.partition_by("run", maintain_order=True)
    ]


def end_labels(
    frame: pl.DataFrame,
    labels: Mapping[str, Html],
    tokens: Tokens,
    *,
    x: float,
    bounds: tuple[float, float],
    pixels: int,
) -> list[dict[str, Any]]:
    """Direct labels right of `x`, each at its line's last value, pushed apart where they would overlap.

    `labels` maps a line to its text, in one line or several; `bounds` and `pixels` are the value axis.
    """
    ends = [
        (line, role, float(last["value"][0]))
        for line, role, rows in _each_line(frame.filter(pl.col("value").is_not_null()))
        if line in labels
        for last in [rows.tail(1)]
    ]
    scale = pixels / (bounds[1] - bounds[0])
    tall = max((labels[line].count("<br>") + 1 for line, _, _ in ends), default=1)
    placed = apart([value * scale for _, _, value in ends], 18 * tall)
    return [
        note(
            markup("<b>{}</b>", labels[line]) if role == "chosen" else labels[line],
            x,
            y / scale,
            xanchor="left",
            xshift=8,
            align="left",
            font={"color": tokens.blue if role == "chosen" else tokens.muted},
        )
        for (line, role, _), y in zip(ends, placed, strict=True)
    ]


def upright(x: float, label: Html, tokens: Tokens, pixels: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A thin ink line at `x` over the plot, `pixels` high, and its label above it: (shape, annotation)."""
    shape = {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1 + UPRIGHT_LABEL / pixels,
        "yref": "paper",
        "line": {"color": tokens.ink, "width": 1},
    }
    return shape, note(label, x, 1, yref="paper", yanchor="bottom", xanchor="left", xshift=6, yshift=2)


def span(values: Sequence[float], *, from_zero: bool, ceiling: float | None) -> tuple[float, float]:
    """The lowest and highest value an axis must show; (0, 1) where there is none."""
    if not values:
        return 0.0, ceiling or 1.0
    low = 0.0 if from_zero else min(values)
    high = max(values)
    return low, high if ceiling is None else min(high, ceiling)
