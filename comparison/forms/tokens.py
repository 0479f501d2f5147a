"""The colours of both themes, and what contrast they reach against each other."""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Tokens:
    """One theme's colours as "#RRGGBB"; `ramp` runs from no lateness to the most, in six steps."""

    bg: str
    panel: str
    ink: str
    muted: str
    mark: str
    soft: str
    rule: str
    grid: str
    blue: str
    blue_soft: str
    blue_pill: str
    orange: str
    orange_pill: str
    ramp: tuple[str, str, str, str, str, str]


LIGHT = Tokens(
    bg="#FFFFFF",
    panel="#F4F6F8",
    ink="#101820",
    muted="#586573",
    mark="#7C8895",
    soft="#C3CAD2",
    rule="#D9DFE5",
    grid="#EBEEF2",
    blue="#0B5FA5",
    blue_soft="#86B6DE",
    blue_pill="#E7F1FA",
    orange="#AD4A07",
    orange_pill="#FCEFE4",
    ramp=("#FFFFFF", "#FDF1E7", "#F8D3B4", "#EBA26B", "#CF6F2A", "#943F06"),
)
DARK = Tokens(
    bg="#12171D",
    panel="#1B222A",
    ink="#E4E9EE",
    muted="#9CA8B5",
    mark="#7D8996",
    soft="#46515D",
    rule="#323C47",
    grid="#222A33",
    blue="#6DB3F2",
    blue_soft="#3B75A6",
    blue_pill="#16293B",
    orange="#F2994A",
    orange_pill="#35230F",
    ramp=("#12171D", "#2B2018", "#57371B", "#87511F", "#BE6E26", "#F2994A"),
)


def tokens(theme: Theme) -> Tokens:
    """The colours of a theme."""
    return {"light": LIGHT, "dark": DARK}[theme]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two "#RRGGBB" colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str, tokens: Tokens) -> str:
    """Ink or page colour, whichever can be read better on `colour`."""
    return max(tokens.ink, tokens.bg, key=lambda text: contrast(text, colour))


def mixed(one: str, other: str, part: float) -> str:
    """The colour `part` (0 to 1) of the way from `one` to `other`."""
    channels = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * part):02X}" for low, high in channels)


def faded(colour: str, opacity: float) -> str:
    """`colour` as a css rgba() text, opacity 0 to 1."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{opacity:g})"
