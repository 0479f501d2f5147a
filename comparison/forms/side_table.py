"""A table of measures beside each other, as HTML for st.html: values, what is said under them, bars and small lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from comparison.forms.scroll_edges import scroll_edges
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.texts import Html, attribute, html_of, joined, markup, style

_NUMBER = re.compile(r"[^\w]*\d[\W\d]*")

Tone = Literal["", "better", "worse"]


@dataclass(frozen=True)
class Cell:
    """A value as it is read, what is small beside it (n), and the lines below it.

    `is_few`: grey, too little to be compared. `is_clear`: the last line is a finding and stands in ink, in a colour
    where its `tone` says what it means for people. `part` draws a bar of 0 to 1 before the value; `image` is ready HTML
    in place of a text.
    """

    text: str = ""
    note: str = ""
    lines: tuple[str, ...] = ()
    is_few: bool = False
    is_clear: bool = False
    tone: Tone = ""
    part: float | None = None
    image: Html = Html()  # noqa: RUF009 # never changes
    title: str = ""


@dataclass(frozen=True)
class Head:
    """A name with a second, smaller line; an address makes it a link.

    `width` in per cent of the table; None: an equal part of what is left.
    """

    name: str
    note: str = ""
    href: str = ""
    side: Literal["left", "right"] = "left"
    width: int | None = None


def side_table(
    heads: Sequence[Head], rows: Sequence[tuple[Head, Sequence[Cell]]], theme: Theme, *, caption: str, printed: int = 0,
    scale: float = 1, least: float = 0, narrowest: int = 640,
) -> Html:  # fmt: skip
    """A semantic table: `heads` of all columns, that of the names first; each row its name and a cell a column.

    caption is read aloud only. printed: how many rows reach paper, 0 for all. scale: by how much it is larger than on a
    page; least: the smallest text then, px. narrowest: px below which the table is moved sideways.
    """
    colours = tokens(theme)
    columns = joined(markup('<col style="width:{}%">', head.width) if head.width else markup("<col>") for head in heads)
    top = joined(markup('<th scope="col" class="{}">{}</th>', head.side, _head(head)) for head in heads)
    sides = [head.side for head in heads[1:]]
    body = joined(
        markup('<tr{}><th scope="row">{}</th>', _unprinted(place, printed), _head(name))
        + joined(_cell(cell, side) for cell, side in zip(cells, sides, strict=True))
        + markup("</tr>")
        for place, (name, cells) in enumerate(rows)
    )
    return markup(
        '<div class="ds-side" style="--narrowest:{}px" tabindex="0">{}<table><caption>'
        "{}</caption><colgroup>{}</colgroup><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
        "</div>",
        narrowest,
        _style(colours, scale, least),
        caption,
        columns,
        top,
        body,
    )


def _unprinted(place: int, printed: int) -> Html:
    return attribute("class", "ds-screen" if printed and place >= printed else "")


def _head(head: Head) -> Html:
    name = html_of(head.name)
    named = markup('<a href="{}" target="_self">{}</a>', head.href, name) if head.href else name
    return named + (markup("<small>{}</small>", head.note) if head.note else "")


def _cell(cell: Cell, side: str) -> Html:
    classes = " ".join([side, *(["few"] if cell.is_few else [])])
    hint = attribute("title", cell.title)
    if cell.image:
        return markup('<td class="{}"{}>{}</td>', classes, hint, cell.image)
    bar = "" if cell.part is None else markup('<i><i style="width:{:.1f}%"></i></i>', cell.part * 100)
    note = markup("<small>{}</small>", cell.note) if cell.note else ""
    last = len(cell.lines) - 1
    clear = attribute("class", f"clear {cell.tone}".strip())
    lines = joined(
        markup("<span{}>{}</span>", clear if cell.is_clear and place == last else "", line)
        for place, line in enumerate(cell.lines)
    )
    return markup(
        '<td class="{}"{}>{}<b{}>{}</b>{}{}</td>', classes, hint, bar, _whole(cell.text), cell.text, note, lines
    )


def _whole(text: str) -> Html:
    """A number or a day is one word, however narrow its column."""
    return markup(" class=whole") if _NUMBER.fullmatch(text) else Html()


def _style(colours: Tokens, scale: float, least: float) -> Html:
    own = ".ds-side"

    def text(size: int) -> str:
        return f"{max(round(size * scale), least):g}px"

    return style(
        f"{own}{{overflow-x:auto;{scroll_edges(colours)}}}"
        f"{own} table{{width:100%;min-width:var(--narrowest);table-layout:fixed;border-collapse:collapse;border:0;"
        f"margin:0;font-size:{text(15)};line-height:1.25;color:{colours.ink};font-variant-numeric:tabular-nums}}"
        f"{own} caption{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}"
        f"{own} th,{own} td{{border:0;text-align:left;padding:6px 12px 6px 0;vertical-align:top}}"
        f"{own} table{{overflow-wrap:anywhere}}"
        f"{own} thead th{{font-weight:600;border-bottom:1px solid {colours.ink};vertical-align:bottom;padding-top:0}}"
        f"{own} tbody th{{font-weight:400}}"
        f"{own} small{{font-size:{text(12)};font-weight:400;color:{colours.muted};margin-left:7px}}"
        f"{own} th small{{display:block;margin-left:0;font-size:{text(13)}}}"
        f"{own} tbody tr{{border-bottom:1px solid {colours.grid}}}{own} tbody tr:hover{{background:{colours.panel}}}"
        f"{own} th a{{color:{colours.ink}}}"
        f"{own} td b{{font-weight:400}}{own} td.few{{color:{colours.muted}}}"
        f"{own} td span{{display:block;font-size:{text(13)};color:{colours.muted}}}"
        f"{own} td span.clear{{color:{colours.ink};font-weight:600}}"
        f"{own} td span.clear.better{{color:{colours.blue}}}{own} td span.clear.worse{{color:{colours.orange}}}"
        f"{own} td b.whole{{white-space:nowrap}}"
        f"{own} .right{{text-align:right;padding-right:24px}}"
        f"{own} img{{height:26px!important;margin:0!important}}"
        f"{own} td>i{{display:inline-block;width:90px;height:10px;margin-right:8px;background:{colours.grid}}}"
        # On a phone a bar leaves room for its number beside it: below it, every row would be a line taller.
        f"@media(max-width:640px){{{own} td>i{{width:36px}}}}"
        f"{own} td>i>i{{display:block;height:10px;background:{colours.mark}}}"
    )
