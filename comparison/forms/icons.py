"""The signs of tables and keys: small SVG pictures, each with the word that says the same."""

import base64
from collections.abc import Collection
from typing import Literal

from comparison.forms.tokens import Tokens
from comparison.wording.texts import Html, markup

Kind = Literal["better", "worse", "usual", "neutral", "few", "sure", "unsure", "fail"]
Direction = Literal["up", "down"]

KINDS: tuple[Kind, ...] = ("better", "worse", "usual", "neutral", "few", "sure", "unsure", "fail")
CELL, KEY = 18, 16  # px

_ARROW = {"up": "M8 12V4.6M4.9 7.6 8 4.4l3.1 3.2", "down": "M8 4v7.4M4.9 8.4 8 11.6l3.1-3.2"}


def icon(kind: Kind, tokens: Tokens, direction: Direction = "up") -> str:
    """A sign as a data URI; direction is the way the number moved, used by better, worse and neutral."""
    svg = markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{}</svg>', _shape(kind, direction, tokens)
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def picture(kind: Kind, word: str, tokens: Tokens, direction: Direction = "up", *, size: int = CELL) -> Html:
    """An <img> of a sign with its word as alt, for st.html, which removes inline svg."""
    source = icon(kind, tokens, direction)
    return markup('<img src="{}" alt="{}" width="{}" height="{}">', source, word, size, size)


def sheet(selector: str, kinds: Collection[tuple[Kind, Direction]], tokens: Tokens, size: int = CELL) -> str:
    """The css of `sign`s under `selector`: a picture that stands in a hundred cells is sent once."""
    shown = "".join(
        f"{selector} .ds-sign.{_name(kind, direction)}{{background-image:url({icon(kind, tokens, direction)})}}"
        for kind, direction in sorted(kinds)
    )
    box = f"display:inline-block;width:{size}px;height:{size}px;margin-right:2px;vertical-align:{-size // 4}px"
    # Browsers leave backgrounds out of what is printed unless they are told.
    return f"{selector} .ds-sign{{{box};background-size:{size}px;print-color-adjust:exact}}{shown}"


def sign(kind: Kind, word: str, direction: Direction = "up") -> Html:
    """A sign whose picture stands in a `sheet`; `word` is read aloud, "" where it is written beside it."""
    said = markup(' role="img" aria-label="{}"', word) if word else ""
    return markup('<i class="ds-sign {}"{}></i>', _name(kind, direction), said)


def _name(kind: Kind, direction: Direction) -> str:
    return f"{kind}-{direction}"


def _shape(kind: Kind, direction: Direction, tokens: Tokens) -> Html:
    ring = markup('<circle cx="8" cy="8" r="6.9" fill="none" stroke="{}" stroke-width="1.3"', tokens.mark)
    match kind:
        case "better":
            return markup('<circle cx="8" cy="8" r="7.5" fill="{}"/>{}', tokens.blue, _arrow(direction, tokens.bg))
        case "worse":
            return markup(
                '<path d="M8 0 16 8 8 16 0 8Z" fill="{}"/>{}', tokens.orange, _arrow(direction, tokens.bg, 1.7)
            )
        case "neutral":
            frame = markup(
                '<rect x="1" y="1" width="14" height="14" fill="none" stroke="{}" stroke-width="1.3"/>', tokens.mark
            )
            return frame + _arrow(direction, tokens.mark, 1.5)
        case "usual":
            return markup('{}/><path d="M5 8h6" stroke="{}" stroke-width="1.3"/>', ring, tokens.mark)
        case "few":
            return markup('{} stroke-dasharray="1.6 2"/>', ring)
        case "unsure":
            return markup('{}/><path d="M8 1.1a6.9 6.9 0 0 1 0 13.8Z" fill="{}"/>', ring, tokens.mark)
        case "sure":
            return _square(tokens.blue) + _stroke("M4.4 8.2 7 10.8l4.7-5.3", tokens.bg)
        case "fail":
            return _square(tokens.orange) + _stroke("M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6", tokens.bg)


def _arrow(direction: Direction, colour: str, width: float = 1.9) -> Html:
    return _stroke(_ARROW[direction], colour, width)


def _stroke(path: str, colour: str, width: float = 1.9) -> Html:
    return markup(
        '<path d="{}" fill="none" stroke="{}" stroke-width="{:g}" stroke-linecap="round" stroke-linejoin="round"/>',
        path, colour, width,
    )  # fmt: skip


def _square(colour: str) -> Html:
    return markup('<rect x="1" y="1" width="14" height="14" rx="1.5" fill="{}"/>', colour)
