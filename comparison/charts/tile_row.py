"""The key figures of a page or a slide side by side, as HTML for st.html: the value is read first, then its change."""

from collections.abc import Mapping, Sequence
from html import escape

from comparison.charts.frames.tiles import Colour, Tile
from comparison.charts.icons import Kind, picture
from comparison.charts.tokens import Theme, Tokens, tokens

# On a slide key figures are at least 64 px high, the words beside them 28.
SLIDE_VALUE, SLIDE_TEXT = 84, 30

_KINDS: dict[Colour, Kind] = {"blue": "better", "orange": "worse", "gray": "usual"}
_ARROWS = {"up": "↑ ", "down": "↓ ", "off": ""}


def tile_row(tiles: Sequence[Tile], lines: Sequence[str], theme: Theme) -> str:
    """The tiles of a page in one row, on a phone two by two; `lines`: the picture under each, "" for none."""
    colours = tokens(theme)
    shown = (_tile(tile, line, colours) for tile, line in zip(tiles, lines, strict=True))
    return (
        "<style>"
        ".ds-tiles{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:16px 32px}"
        "@media(max-width:900px){.ds-tiles{grid-template-columns:repeat(2,minmax(0,1fr));gap:24px}}"
        f".ds-tiles p{{margin:0;font-size:14px;line-height:22px;color:{colours.ink}}}"
        ".ds-tiles .value{font-size:30.4px;line-height:42px;font-weight:600}"
        ".ds-tiles .change b{display:inline-block;font-weight:400;padding:0 8px 0 6px;border-radius:11px;"
        "margin-right:8px;white-space:nowrap}"
        f".ds-tiles .change,.ds-tiles .note{{color:{colours.muted}}}"
        "</style>"
        f'<div class="ds-tiles">{"".join(shown)}</div>'
    )


def _tile(tile: Tile, line: str, colours: Tokens) -> str:
    pill, text = {
        "blue": (colours.blue_pill, colours.blue),
        "orange": (colours.orange_pill, colours.orange),
        "gray": (colours.panel, colours.muted),
    }[tile.colour]
    change = (
        f'<p class="change"><b style="background:{pill};color:{text}">{_ARROWS[tile.arrow]}{escape(tile.change)}</b> '
        f"{escape(tile.against or '')}</p>"
        if tile.change
        else ""
    )
    return f"<div>{_named(tile)}{change}{line}{_note(tile)}</div>"


def slide_tiles(tiles: Sequence[Tile], lines: Sequence[str], words: Mapping[Colour, str], theme: Theme) -> str:
    """The tiles of a slide; `words` say what each colour says."""
    colours = tokens(theme)
    shown = (_slide_tile(tile, line, words, colours) for tile, line in zip(tiles, lines, strict=True))
    return (
        "<style>"
        f".ds-tiles{{display:flex;flex-wrap:wrap;gap:44px 56px;margin-top:44px;color:{colours.ink}}}"
        # Three in a row, then the rest: five in one row leave no room for words that a room can read.
        ".ds-tiles>div{flex:0 0 calc((100% - 112px)/3);min-width:0}"
        f".ds-tiles p{{font-size:{SLIDE_TEXT}px;line-height:38px;margin:0}}"
        f".ds-tiles .value{{font-size:{SLIDE_VALUE}px;line-height:92px;font-weight:600}}"
        f".ds-tiles .note{{color:{colours.muted};font-size:28px;line-height:36px}}"
        ".ds-tiles p img{display:inline-block;vertical-align:-5px;margin-right:10px}"
        "</style>"
        f'<div class="ds-tiles">{"".join(shown)}</div>'
    )


def _slide_tile(tile: Tile, line: str, words: Mapping[Colour, str], colours: Tokens) -> str:
    strong = {"blue": colours.blue, "orange": colours.orange, "gray": colours.muted}[tile.colour]
    sign = (
        picture(_KINDS[tile.colour], words[tile.colour], colours, tile.arrow, size=28)
        if tile.arrow != "off" and tile.colour != "gray"
        else ""
    )
    against = f' <span style="font-weight:400">{escape(tile.against)}</span>' if tile.against else ""
    change = (
        f'<p style="color:{strong};font-weight:600">{sign}{escape(tile.change)}{against}</p>' if tile.change else ""
    )
    return f"<div>{_named(tile)}{change}{line}{_note(tile)}</div>"


def _named(tile: Tile) -> str:
    return f'<p class="label">{escape(tile.label)}</p><p class="value">{escape(tile.value)}</p>'


def _note(tile: Tile) -> str:
    return f'<p class="note">{escape(tile.note)}</p>'
