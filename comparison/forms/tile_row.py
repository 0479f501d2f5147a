"""The key figures of a page or a slide side by side, as HTML for st.html: the value is read first, then its change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from comparison.forms.icons import Kind, picture
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.texts import Html, joined, markup, style

Colour = Literal["blue", "orange", "gray"]
Arrow = Literal["up", "down", "off"]

# On a slide key figures are at least 64 px high, the words beside them 28.
SLIDE_VALUE, SLIDE_TEXT = 84, 30

_KINDS: dict[Colour, Kind] = {"blue": "better", "orange": "worse", "gray": "usual"}
_ARROWS: dict[Arrow, str] = {"up": "↑ ", "down": "↓ ", "off": ""}


@dataclass(frozen=True)
class Tile:
    """One key figure, every text ready; `months`: the values before, null where none is known. Without `change` there
    is nothing to compare with."""

    label: str
    value: str
    note: str
    months: pl.Series
    change: str = ""
    against: str = ""
    colour: Colour = "gray"
    arrow: Arrow = "off"


def tile_row(tiles: Sequence[Tile], lines: Sequence[Html], theme: Theme) -> Html:
    """The tiles of a page in one row, on a phone two by two; `lines`: the picture under each, "" for none."""
    colours = tokens(theme)
    shown = (_tile(tile, line, colours) for tile, line in zip(tiles, lines, strict=True))
    css = (
        ".ds-tiles{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:16px 32px}"
        "@media(max-width:900px){.ds-tiles{grid-template-columns:repeat(2,minmax(0,1fr));gap:24px}}"
        f".ds-tiles p{{margin:0;font-size:14px;line-height:22px;color:{colours.ink}}}"
        ".ds-tiles .value{font-size:30.4px;line-height:42px;font-weight:600}"
        ".ds-tiles .change b{display:inline-block;font-weight:400;padding:0 8px 0 6px;border-radius:11px;"
        "margin-right:8px;white-space:nowrap}"
        f".ds-tiles .change,.ds-tiles .note{{color:{colours.muted}}}"
    )
    return markup('{}<div class="ds-tiles">{}</div>', style(css), joined(shown))


def _tile(tile: Tile, line: Html, colours: Tokens) -> Html:
    pill, text = {
        "blue": (colours.blue_pill, colours.blue),
        "orange": (colours.orange_pill, colours.orange),
        "gray": (colours.panel, colours.muted),
    }[tile.colour]
    change = (
        markup(
            '<p class="change"><b style="background:{};color:{}">{}{}</b> {}</p>',
            pill,
            text,
            _ARROWS[tile.arrow],
            tile.change,
            tile.against,
        )
        if tile.change
        else ""
    )
    return markup("<div>{}{}{}{}</div>", _named(tile), change, line, _note(tile))


def slide_tiles(tiles: Sequence[Tile], lines: Sequence[Html], words: Mapping[Colour, str], theme: Theme) -> Html:
    """The tiles of a slide; `words` say what each colour says."""
    colours = tokens(theme)
    shown = (_slide_tile(tile, line, words, colours) for tile, line in zip(tiles, lines, strict=True))
    css = (
        f".ds-tiles{{display:flex;flex-wrap:wrap;gap:44px 56px;margin-top:44px;color:{colours.ink}}}"
        # Three in a row, then the rest: five in one row leave no room for words that a room can read.
        ".ds-tiles>div{flex:0 0 calc((100% - 112px)/3);min-width:0}"
        f".ds-tiles p{{font-size:{SLIDE_TEXT}px;line-height:38px;margin:0}}"
        f".ds-tiles .value{{font-size:{SLIDE_VALUE}px;line-height:92px;font-weight:600}}"
        f".ds-tiles .note{{color:{colours.muted};font-size:28px;line-height:36px}}"
        ".ds-tiles p img{display:inline-block;vertical-align:-5px;margin-right:10px}"
    )
    return markup('{}<div class="ds-tiles">{}</div>', style(css), joined(shown))


def _slide_tile(tile: Tile, line: Html, words: Mapping[Colour, str], colours: Tokens) -> Html:
    strong = {"blue": colours.blue, "orange": colours.orange, "gray": colours.muted}[tile.colour]
    sign = (
        picture(_KINDS[tile.colour], words[tile.colour], colours, tile.arrow, size=28)
        if tile.arrow != "off" and tile.colour != "gray"
        else ""
    )
    against = markup(' <span style="font-weight:400">{}</span>', tile.against) if tile.against else ""
    change = (
        markup('<p style="color:{};font-weight:600">{}{}{}</p>', strong, sign, tile.change, against)
        if tile.change
        else ""
    )
    return markup("<div>{}{}{}{}</div>", _named(tile), change, line, _note(tile))


def _named(tile: Tile) -> Html:
    return markup('<p class="label">{}</p><p class="value">{}</p>', tile.label, tile.value)


def _note(tile: Tile) -> Html:
    return markup('<p class="note">{}</p>', tile.note)
