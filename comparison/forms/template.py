"""What every figure shares: layout, axes, hover, the Vietnamese locale, escaping."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from comparison.forms.tokens import Tokens
from comparison.wording.texts import Html, html_of, in_lines, markup

Figure = dict[str, Any]

# Quoted: an unquoted family name with a digit is invalid css and falls back in silence.
FONT = '"Source Sans", sans-serif'
ROW = 28
PHONE = 640  # px: up to this width of the window it is a phone
TEXT = 14
SMALL = 11
LETTER = 6.6  # px of an average letter at size 14, measured in Source Sans

_MONTHS = [f"Tháng {month}" for month in range(1, 13)]
_DAYS = ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"]

# "locale" alone does nothing: only English is registered in the browser's plotly.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "locale": "vi",
    "locales": {
        "vi": {
            "dictionary": {
                "Autoscale": "Vừa khung",
                "Download plot as a png": "Tải ảnh PNG",
                "Click to enter Plot title": "",
                "Double-click to zoom back out": "Nhấp đúp để về như cũ",
                "Reset axes": "Về như cũ",
                "Snapshot succeeded": "Đã tải ảnh",
                "Sorry, there was a problem downloading your snapshot!": "Chưa tải được ảnh",
                "Taking snapshot - this may take a few seconds": "Đang tạo ảnh, xin chờ vài giây",
            },
            "format": {
                "days": _DAYS,
                "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
                "months": _MONTHS,
                "shortMonths": [f"Th{month}" for month in range(1, 13)],
                "date": "%d/%m/%Y",
                "decimal": ",",
                "thousands": ".",
            },
        }
    },
}


def lines_of(text: str, width: int, most: int = 3) -> Html:
    """An escaped name broken at spaces into at most `most` even lines of about `width` letters, joined by <br>."""
    lines = _filled(text, width)
    narrower = width
    while len(lines) <= most and narrower > 1 and len(_filled(text, narrower - 1)) == len(lines):
        narrower -= 1
        lines = _filled(text, narrower)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + " …"]
    return in_lines("\n".join(lines))


def _filled(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def row_name(name: str, pixels: int) -> Html:
    """An escaped name of a row; one wider than `pixels` on two smaller lines, cut with "…" if still too wide."""
    if len(name) <= int(pixels / LETTER):
        return html_of(name)
    most = int(pixels / LETTER * TEXT / SMALL)
    width = most
    while len(_filled(name, most)) == 2 == len(_filled(name, width - 1)):
        width -= 1
    lines = _filled(name, width)
    if len(lines) > 2 or max(len(line) for line in lines) > most:
        lines = [lines[0], " ".join(lines[1:])] if len(lines[0]) <= most else [name]
        lines[-1] = lines[-1][: most - 1].rstrip() + "…"
    return markup('<span style="font-size:{}px">{}</span>', SMALL, in_lines("\n".join(lines)))


def layout(
    tokens: Tokens, *, height: int, left: int, right: int, top: int, bottom: int, **parts: Any
) -> dict[str, Any]:
    """The layout of a figure `height` px high, margins in px; `parts` are its own axes, shapes and the like."""
    return {
        "template": {},  # without one plotly adds its own, 7 kB and white grid lines
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
        "font": {"family": FONT, "size": TEXT, "color": tokens.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",.",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "bargap": 0.32,
        "hoverlabel": {
            "bgcolor": tokens.ink,
            "bordercolor": tokens.ink,
            "align": "left",
            "namelength": 0,
            "font": {"family": FONT, "size": 15, "color": tokens.bg},
        },
        **parts,
    }


def axis(
    tokens: Tokens,
    bounds: tuple[float, float],
    *,
    at: Sequence[float] = (),
    texts: Sequence[Html] = (),
    grid: bool = False,
    line: bool = False,
    colour: str | None = None,
    **parts: Any,
) -> dict[str, Any]:
    """An axis over `bounds` with ready tick texts (already escaped); grid lines and an axis line only where asked."""
    return {
        "range": list(bounds),
        "fixedrange": True,
        "tickangle": 0,
        "automargin": False,
        "zeroline": False,
        "ticks": "",
        "showgrid": grid,
        "gridcolor": tokens.grid,
        "gridwidth": 1,
        "showline": line,
        "linecolor": tokens.rule,
        "linewidth": 1,
        "tickmode": "array",
        "tickvals": list(at),
        "ticktext": list(texts),
        "tickfont": {"size": TEXT, "color": colour or tokens.muted},
        **parts,
    }


def value_axis(
    tokens: Tokens, bounds: tuple[float, float], levels: Sequence[float], text: Callable[[float], str]
) -> dict[str, Any]:
    """A vertical axis of values with grid lines at `levels`; `text` says how a level is written."""
    return axis(
        tokens, bounds, at=levels, texts=[html_of(text(level)) for level in levels], grid=True, ticklabelstandoff=6
    )


def row_axis(tokens: Tokens, names: Sequence[str], left: int, **parts: Any) -> dict[str, Any]:
    """A vertical axis of rows, the first on top, with unescaped names in ink in a margin of `left` px."""
    texts = [row_name(name, left - 6) for name in names]
    bounds = (len(names) - 0.5, -0.5)
    return axis(tokens, bounds, at=range(len(names)), texts=texts, colour=tokens.ink, ticklabelstandoff=6, **parts)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers covering low to high, at most about `most`: (0, 9.3) -> [0, 2, 4, 6, 8, 10]."""
    span = high - low if high > low else (abs(high) or 1.0)
    rough = span / max(most - 1, 1)
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * unit for factor in (1, 2, 5, 10) if factor * unit >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(index * step, 12) for index in range(first, max(last, first + 1) + 1)]


def month_ticks(months: Sequence[str], text: Callable[[str], str], most: int = 7) -> tuple[list[int], list[Html]]:
    """Positions and texts of the months to label, counted from January so that years line up.

    `months` are "2023-01" in order without gaps; `text` says how one is written.
    """
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if len(months) / step <= most), 120)
    at = [index for index, month in enumerate(months) if (int(month[:4]) * 12 + int(month[5:7]) - 1) % step == 0]
    return at, [html_of(text(months[index])) for index in at]


def colour_bands(colours: Sequence[str]) -> list[list[object]]:
    """A plotly colour scale in which the whole number k, with zmin -0.5 and zmax len - 0.5, has the colour k."""
    count = len(colours)
    return [[edge, colour] for index, colour in enumerate(colours) for edge in (index / count, (index + 1) / count)]


def sized(text: Html, colour: str, size: int = TEXT) -> Html:
    """A text of its own colour and size in px inside another."""
    return markup('<span style="color:{};font-size:{}px">{}</span>', colour, size, text)


def note(text: Html, x: float | str, y: float, **parts: Any) -> dict[str, Any]:
    """An annotation without arrow in data coordinates (a day as "2024-01-31")."""
    return {"text": text, "x": x, "y": y, "showarrow": False, "borderpad": 0, **parts}


def apart(positions: Sequence[float], least: float) -> list[float]:
    """Label positions pushed until neighbours are `least` apart, in the order given, moved as little as can be."""
    order = sorted(range(len(positions)), key=lambda index: positions[index])
    groups: list[tuple[list[int], float]] = []
    for index in order:
        groups.append(([index], positions[index]))
        while len(groups) > 1:
            (lower, low_centre), (upper, high_centre) = groups[-2], groups[-1]
            needed = least * (len(lower) + len(upper)) / 2
            if high_centre - low_centre >= needed:
                break
            members = lower + upper
            centre = sum(positions[member] for member in members) / len(members)
            groups[-2:] = [(members, centre)]
    placed = [0.0] * len(positions)
    for members, centre in groups:
        for rank, member in enumerate(members):
            placed[member] = centre + (rank - (len(members) - 1) / 2) * least
    return placed
