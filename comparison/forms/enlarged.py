"""A figure made for a page, drawn for the back of a room: everything larger by one factor, nothing under 28 px."""

import re
from collections.abc import Mapping
from typing import Any

from comparison.forms.template import SMALL, TEXT, Figure

# Capitals of 30 px type on a screen 1.43 m wide are 10 minutes of arc at five metres, twice the eye's limit.
SCALE = 30 / TEXT
LEAST_TEXT = 28
WIDTH, HEIGHT = 1760, 800
# More rows than this are not read from a chair.
MOST_ROWS = 8

_FONTS = ("font", "tickfont", "textfont")
_LENGTHS = ("xshift", "yshift", "standoff", "ticklabelstandoff", "borderpad", "xgap", "ygap", "hoverdistance")
_STROKES = ("width", "gridwidth", "linewidth")
_TEXTS = ("text", "ticktext")
_SIZE = re.compile(r"font-size:([\d.]+)px")
_PIXELS = re.compile(r"([\d.]+)px")


def size_for(*, left: int = 0, right: int = 0, height: int = HEIGHT) -> tuple[int, int]:
    """Height of the figure and width of its plot, px, to ask a chart for that is then enlarged: so its own reckoning of
    what has room holds. left and right: the chart's margins."""
    return round(height / SCALE), round(WIDTH / SCALE) - left - right


def enlarged(figure: Figure, height: int = HEIGHT) -> Figure:
    """The figure `height` px high for a slide; rows grow with it. What is given stays as it is."""
    layout = figure["layout"]
    margin = layout["margin"]
    before = layout["height"] - margin["t"] - margin["b"]
    # Texts that cannot be under 28 px have grown by more than the rest, and so must the room for them.
    names = "".join(map(str, layout.get("yaxis", {}).get("ticktext", ())))
    wider = LEAST_TEXT / (SMALL * SCALE) if f"font-size:{SMALL}px" in names else 1.0
    sides = {"l": SCALE * wider, "r": SCALE, "t": SCALE, "b": SCALE}
    grown = margin | {side: round(margin[side] * factor) for side, factor in sides.items()}
    inner = max(height - grown["t"] - grown["b"], 1)
    made: Figure = _part("layout", layout)
    made |= {"height": height, "margin": grown}
    if "shapes" in layout:
        made["shapes"] = [_in_pixels(_reaching(shape, before, inner)) for shape in made["shapes"]]
    return {**figure, "data": [_part("trace", trace) for trace in figure["data"]], "layout": made}


def _part(name: str, part: Any) -> Any:
    """A part of a figure, `name` what it is called where it stands."""
    if isinstance(part, Mapping):
        return {key: _value(name, key, value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_part(name, each) for each in part]
    return part


def _value(parent: str, key: str, value: Any) -> Any:
    if key in _TEXTS:
        return _texts(value)
    if key == "size":
        return _scaled(value, LEAST_TEXT if parent in _FONTS else None)
    if key == "dash" and isinstance(value, str):
        return _PIXELS.sub(lambda found: f"{float(found[1]) * SCALE:.0f}px", value)
    if key in _LENGTHS:
        return _scaled(value, whole=True)
    # The width of a bar is in the units of its axis.
    if key in _STROKES and parent not in ("layout", "trace"):
        return _scaled(value)
    return _part(key, value)


def _scaled(value: Any, least: float | None = None, *, whole: bool = False) -> Any:
    if isinstance(value, list | tuple):
        return [_scaled(each, least, whole=whole) for each in value]
    if not isinstance(value, int | float):
        return value
    larger = round(value * SCALE) if whole else round(value * SCALE, 1)
    return larger if least is None else max(larger, least)


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        return _SIZE.sub(lambda found: f"font-size:{max(round(float(found[1]) * SCALE), LEAST_TEXT)}px", value)
    if isinstance(value, Mapping):
        return _part("text", value)
    return [_texts(each) for each in value] if isinstance(value, list | tuple) else value


def _reaching(shape: dict[str, Any], before: float, inner: float) -> dict[str, Any]:
    """A shape beyond the plot, such as the line up to a label above it, as many of the larger px beyond it."""
    if shape.get("yref") != "paper":
        return shape
    reach = before * SCALE / inner
    ends = {end: 1 + (shape[end] - 1) * reach for end in ("y0", "y1") if shape[end] > 1}
    ends |= {end: shape[end] * reach for end in ("y0", "y1") if shape[end] < 0}
    return shape | ends


def _in_pixels(shape: dict[str, Any]) -> dict[str, Any]:
    """A shape whose size is told in px, such as the piece of line before a name."""
    ends = [end for axis in "xy" if shape.get(f"{axis}sizemode") == "pixel" for end in (f"{axis}0", f"{axis}1")]
    return shape | {end: round(shape[end] * SCALE) for end in ends}
