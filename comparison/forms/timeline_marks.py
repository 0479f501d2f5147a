"""What stands on the bars of the timeline: rings, squares of reviews, dashed rings of plans, unseen points to click."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from comparison.forms.template import LETTER, TEXT, note
from comparison.forms.tokens import Tokens
from comparison.wording.texts import html_of, in_lines

_SMALLER = 12
_RING_TEXT = 12.0  # half of a ring's "+14" in px
NARROWEST = 900  # px of the plot in a window 1366 wide; below it the chart is moved sideways
_REACH = "7d"
MINUS = "\u2212"


def bar_points(
    spans: pl.DataFrame, order: dict[str, int], names: dict[str, str], count_text: Callable[[int], str]
) -> dict[str, Any]:
    """Unseen points along the bars, in pieces of model, day, until, units: a shape takes neither hover nor click."""
    along = (
        spans.with_columns(at=pl.date_ranges("day", "until", _REACH)).explode("at").filter(pl.col("at").is_not_null())
    )
    rows = along.select("model", "at", "units").rows()
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at.isoformat() for _, at, _ in rows],
        "y": [order[model] for model, _, _ in rows],
        "customdata": [[model] for model, _, _ in rows],
        "marker": {"size": 6, "opacity": 0},
        "hovertext": [in_lines(f"{names[model]}\n{count_text(count)}") for model, _, count in rows],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
    }


def ring_points(
    rings: pl.DataFrame,
    order: dict[str, int],
    names: dict[str, str],
    strong: dict[str, str],
    hover_text: Callable[[str, date, int, int], str],
    colours: Tokens,
) -> dict[str, Any]:
    """Where units joined or left (model, day, change, units): rings; a stroke where none is left."""
    rows = rings.select("model", "day", "change", "units").rows()
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [day.isoformat() for _, day, _, _ in rows],
        "y": [order[model] for model, _, _, _ in rows],
        "text": [f"+{change}" if change > 0 else f"{MINUS}{-change}" for _, _, change, _ in rows],
        "textposition": "top center",
        "textfont": {
            "size": _SMALLER,
            "color": [strong[model] if strong[model] == colours.blue else colours.muted for model, *_ in rows],
        },
        "customdata": [[model] for model, *_ in rows],
        "marker": {
            "symbol": ["circle" if count else "line-ns" for *_, count in rows],
            "size": [12 if count else 16 for *_, count in rows],
            "color": colours.bg,
            "opacity": 1,
            "line": {"color": [strong[model] for model, *_ in rows], "width": 2},
        },
        "cliponaxis": False,
        "hovertext": [in_lines(hover_text(names[model], day, change, count)) for model, day, change, count in rows],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": colours.muted}},
    }


def review_points(
    held: pl.DataFrame,
    rings: pl.DataFrame,
    order: dict[str, int],
    names: dict[str, str],
    period: tuple[date, date],
    review_text: Callable[[str], str],
    review_hover: Callable[[str, str, date, str], str],
    colours: Tokens,
) -> dict[str, Any]:
    """Squares of reviews (model, kind, held_on, title), worded above where neither ring nor review is near."""
    rows = held.select("model", "kind", "held_on", "title").rows()
    pixels = NARROWEST / max((period[1] - period[0]).days, 1)
    taken: dict[str, list[tuple[float, float]]] = {code: [] for code in order}
    for model, on in rings.select("model", "day").iter_rows():
        taken[model].append(((on - period[0]).days * pixels, _RING_TEXT))
    texts: list[str] = []
    for model, kind, on, _ in rows:
        text, at = review_text(kind), (on - period[0]).days * pixels
        half = len(text) * LETTER * _SMALLER / TEXT / 2
        free = all(abs(at - other) >= half + other_half for other, other_half in taken[model])
        texts.append(html_of(text) if free else "")
        if free:
            taken[model].append((at, half))
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [on.isoformat() for _, _, on, _ in rows],
        "y": [order[model] for model, *_ in rows],
        "text": texts,
        "textposition": "top center",
        "textfont": {"size": _SMALLER, "color": colours.ink},
        "customdata": [[model] for model, *_ in rows],
        "marker": {
            "symbol": "square",
            "size": 10,
            "color": colours.ink,
            "opacity": 1,
            "line": {"color": colours.bg, "width": 1.5},
        },
        "cliponaxis": False,
        "hovertext": [in_lines(review_hover(names[model], kind, on, title)) for model, kind, on, title in rows],
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
    }


def plan_rings(
    waiting: pl.DataFrame,
    order: dict[str, int],
    names: dict[str, str],
    plan_hover: Callable[[str, date, int], str],
    colours: Tokens,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Plans (model, unit, planned_from): dashed rings, which only shapes can be, and unseen points over them."""
    counts = waiting.group_by("model", "planned_from").agg(pl.col("unit").n_unique()).sort("model", "planned_from")
    rows = counts.select("model", "planned_from", "unit").rows()
    rings = [
        {
            "type": "circle",
            "xsizemode": "pixel",
            "ysizemode": "pixel",
            "xanchor": day.isoformat(),
            "yanchor": order[model],
            "x0": -6,
            "x1": 6,
            "y0": -6,
            "y1": 6,
            "fillcolor": colours.bg,
            "line": {"color": colours.mark, "width": 1.5, "dash": "2px,2px"},
        }
        for model, day, _ in rows
    ]
    unseen = {"marker": {"opacity": 0}}
    handles = {
        "type": "scatter",
        "mode": "markers",
        "x": [day.isoformat() for _, day, _ in rows],
        "y": [order[model] for model, _, _ in rows],
        "customdata": [[model] for model, _, _ in rows],
        "marker": {"size": 12, "opacity": 0},
        "hovertext": [in_lines(plan_hover(names[model], day, count)) for model, day, count in rows],
        "hoverinfo": "text",
        "selected": unseen,
        "unselected": unseen,
    }
    return rings, handles


def data_begin(day: date, text: str, colours: Tokens) -> tuple[dict[str, Any], dict[str, Any]]:
    """The dotted line where the data begin, and its text above."""
    shape = {
        "type": "line",
        "x0": day.isoformat(),
        "x1": day.isoformat(),
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": colours.mark, "width": 1, "dash": "1px,3px"},
    }
    font = {"size": _SMALLER, "color": colours.muted}
    return shape, note(html_of(text), day.isoformat(), 1, yref="paper", yanchor="bottom", yshift=1, font=font)
