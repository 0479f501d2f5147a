"""The key figures of a slide, as HTML for st.html: values that are read first, and their change in a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from comparison.charts.icons import Direction, Kind, picture
from comparison.charts.tokens import Theme, tokens

# Key figures are at least 64 px high, the words beside them 28.
VALUE, TEXT = 84, 30


@dataclass(frozen=True)
class SlideTile:
    """Texts ready; `colour` and `arrow` of the change as on a page's tile, `line` the picture under it ("" for none).
    `word` says in a word what the colour says."""

    label: str
    value: str
    change: str
    against: str
    colour: Literal["blue", "orange", "gray"]
    arrow: Literal["up", "down", "off"]
    word: str
    note: str
    line: str = ""


def slide_tiles(tiles: Sequence[SlideTile], theme: Theme) -> str:
    """The figures side by side, in the order given."""
    colours = tokens(theme)
    strong = {"blue": colours.blue, "orange": colours.orange, "gray": colours.muted}
    return (
        "<style>"
        f".ds-tiles{{display:flex;flex-wrap:wrap;gap:44px 56px;margin-top:44px;color:{colours.ink}}}"
        # Three in a row, then the rest: five in one row leave no room for words that a room can read.
        ".ds-tiles>div{flex:0 0 calc((100% - 112px)/3);min-width:0}"
        f".ds-tiles p{{font-size:{TEXT}px;line-height:38px;margin:0}}"
        f".ds-tiles .value{{font-size:{VALUE}px;line-height:92px;font-weight:600}}"
        f".ds-tiles .note{{color:{colours.muted};font-size:28px;line-height:36px}}"
        ".ds-tiles p img{display:inline-block;vertical-align:-5px;margin-right:10px}"
        "</style>"
        f'<div class="ds-tiles">{"".join(_tile(tile, strong[tile.colour], theme) for tile in tiles)}</div>'
    )


def _tile(tile: SlideTile, colour: str, theme: Theme) -> str:
    against = f' <span style="font-weight:400">{escape(tile.against)}</span>' if tile.against else ""
    change = (
        f'<p style="color:{colour};font-weight:600">{_sign(tile, theme)}{escape(tile.change)}{against}</p>'
        if tile.change
        else ""
    )
    return (
        f'<div><p>{escape(tile.label)}</p><p class="value">{escape(tile.value)}</p>{change}{tile.line}'
        f'<p class="note">{escape(tile.note)}</p></div>'
    )


def _sign(tile: SlideTile, theme: Theme) -> str:
    kinds: dict[str, Kind] = {"blue": "better", "orange": "worse", "gray": "usual"}
    direction: Direction = "up" if tile.arrow == "up" else "down"
    if tile.arrow == "off" or tile.colour == "gray":
        return ""
    return picture(kinds[tile.colour], tile.word, tokens(theme), direction, size=28)
