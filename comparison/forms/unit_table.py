"""The table of units by measures, as HTML for st.html."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from comparison.forms.enlarged import LEAST_TEXT
from comparison.forms.icons import CELL, KEY, Direction, Kind, picture, sheet, sign
from comparison.forms.scroll_edges import scroll_edges
from comparison.forms.small_numbers import FEWEST_COMPARED, FEWEST_SHOWN, TOO_FEW
from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.texts import Html, attribute, html_of, joined, markup, style

_NARROWEST, _WIDEST = 170, 240
_LETTER = 7.3  # px of an average bold letter at size 15


@dataclass(frozen=True)
class Column:
    """A measure in the table: its key in the frame, name, second line of the head, and whether small n matters.

    A column of kind "word" has no value but its sign and word.
    """

    key: str
    title: str
    note: str
    kind: Literal["count", "share", "word"] = "share"


@dataclass(frozen=True)
class Sign:
    """What a cell's icon says: `word` is read aloud, and written beside the value if `is_written`; `why` on hover."""

    kind: Kind
    word: str
    direction: Direction = "up"
    is_written: bool = False
    why: str = ""


@dataclass(frozen=True)
class Words:
    """The words the table itself adds."""

    unit: str = "Đơn vị"
    unit_note: str = "bấm để xem hồ sơ"
    few: str = "ít số liệu"
    too_few: str = "dưới 5, không tính tỷ lệ"
    hidden: str = "ẩn"
    hidden_why: str = "dưới 5 phiếu, hoặc nhóm nhỏ nhất bên cạnh"
    missing: str = "không có số liệu"


def unit_table(
    frame: pl.DataFrame,
    units: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    theme: Theme,
    *,
    caption: str,
    links: Mapping[str, str],
    words: Words | None = None,
    signs: Mapping[tuple[str, str], Sign] | None = None,
    scale: float = 1,
) -> Html:
    """A semantic table, one row a unit in the order given as (code, name).

    frame: unit, measure (a column's key), text (formatted value, null = none), n (Int or null), n_text, title (value,
    n and interval in words, shown on hover); optional is_hidden (Boolean). A share says n<5 under 5, "ẩn" where hidden,
    and is grey with "ít số liệu" from 5 to 24. links: unit code -> href of its name. caption is read aloud only. signs:
    (unit code, column's key) -> the icon of that cell. scale: how much larger than on a page; a larger table leaves the
    words of values to the key.
    """
    colours = tokens(theme)
    said = words or Words()
    hidden = pl.col("is_hidden") if "is_hidden" in frame.columns else pl.lit(False)
    cells = {
        (unit, measure): (text, n, n_text, title, is_hidden)
        for unit, measure, text, n, n_text, title, is_hidden in frame.select(
            "unit", "measure", "text", "n", "n_text", "title", is_hidden=hidden
        ).iter_rows()
    }
    heads = joined(_head(column.title, column.note) for column in columns)
    empty = (None, None, None, None, False)
    with_icons = {key for _, key in signs or {}}
    body = joined(
        markup('<tr><th scope="row">{}</th>', _link(name, links.get(code)))
        + joined(
            _cell(
                column,
                *cells.get((code, column.key), empty),
                said,
                (signs or {}).get((code, column.key)),
                column.key in with_icons,
                scale,
            )
            for column in columns
        )
        + markup("</tr>")
        for code, name in units
    )
    longest = max((len(name) for _, name in units), default=0)
    width = round(min(max(_NARROWEST, round(longest * _LETTER) + 16), _WIDEST) * scale)
    sizes = markup('<col style="width:{}px">', width) + markup("<col>") * len(columns)
    styles = _style(colours, scale) + _sheet(signs or {}, colours, scale)
    return markup(
        '<div class="ds-units">{}<table><caption>{}</caption><colgroup>{}</colgroup><thead><tr>'
        "{}{}</tr></thead><tbody>{}</tbody></table></div>",
        styles,
        caption,
        sizes,
        _head(said.unit, said.unit_note),
        heads,
        body,
    )


def _head(title: str, note: str) -> Html:
    return markup('<th scope="col">{}<small>{}</small></th>', title, note)


def _link(name: str, href: str | None) -> Html:
    if href is None:
        return html_of(name)
    return markup('<a href="{}">{}</a>', href, name)


def key_row(signs: Sequence[Sign], theme: Theme, *, scale: float = 1) -> Html:
    """The icons with their words in one row, as the key of such a table."""
    colours, size = tokens(theme), round(KEY * scale)
    items = joined(
        markup("<span>{} {}</span>", picture(sign.kind, "", colours, sign.direction, size=size), sign.word)
        for sign in signs
    )
    css = (
        f".ds-key{{display:flex;flex-wrap:wrap;gap:{_px(6, scale)} {_px(22, scale)};"
        f"align-items:center;font-size:{_text(14, scale)};"
        f"color:{colours.muted}}}.ds-key span{{display:inline-flex;align-items:center;gap:{_px(7, scale)}}}"
    )
    return markup('{}<div class="ds-key">{}</div>', style(css), items)


def _cell(
    column: Column,
    text: str | None,
    n: int | None,
    n_text: str | None,
    title: str | None,
    is_hidden: bool,
    words: Words,
    own: Sign | None,
    has_icons: bool,
    scale: float,
) -> Html:
    # Values stand under each other, with an icon or without.
    gap = markup("<i></i>") if has_icons else ""
    if column.kind == "word":
        return _word(own)
    if column.kind == "share" and is_hidden:
        return markup('<td class="few" title="{}">{}<b>{}</b></td>', words.hidden_why, gap, words.hidden)
    if column.kind == "share" and 0 < (n or 0) < FEWEST_SHOWN:
        return markup('<td class="few" title="{}">{}<b>{}</b></td>', words.too_few, gap, TOO_FEW)
    if text is None or (column.kind == "share" and not n):
        return markup('<td class="few" title="{}">{}<b>–</b></td>', title or words.missing, gap)
    is_few = column.kind == "share" and (n or 0) < FEWEST_COMPARED
    if is_few and own:
        own = Sign("few", words.few)
    hint = " · ".join(part for part in (title, own.why if own else "") if part)
    written = (markup("<span>{}</span>", words.few) if is_few else _written(own)) if scale == 1 else ""
    value = markup("{}<b>{}</b>", _icon(own, is_written=bool(written)) or gap, text)
    value += markup("<small>{}</small>", n_text) if n_text and column.kind == "share" else ""
    value += written
    few = attribute("class", "few" if is_few else "")
    return markup("<td{}{}{}>{}</td>", few, _said(own), attribute("title", hint), value)


def _word(own: Sign | None) -> Html:
    if own is None:
        return markup('<td class="few"><b>–</b></td>')
    written = _written(own)
    return markup(
        "<td{}{}>{}{}</td>", _said(own), attribute("title", own.why), _icon(own, is_written=bool(written)), written
    )


def _said(own: Sign | None) -> Html:
    return attribute("data-sign", own.word if own else "")


def _icon(own: Sign | None, *, is_written: bool) -> Html:
    """A sign; where its word stands beside it, one that is not read out twice."""
    return sign(own.kind, "" if is_written else own.word, own.direction) if own else Html()


def _written(own: Sign | None) -> Html:
    return markup('<span class="{}">{}</span>', own.kind, own.word) if own and own.is_written else Html()


def _sheet(signs: Mapping[tuple[str, str], Sign], colours: Tokens, scale: float) -> Html:
    # A cell of few cases has its own sign, whatever it was given.
    shown: set[tuple[Kind, Direction]] = {(each.kind, each.direction) for each in signs.values()} | {("few", "up")}
    return style(sheet(".ds-units", shown, colours, round(CELL * scale))) if signs else Html()


def _px(length: float, scale: float) -> str:
    return f"{round(length * scale)}px"


def _text(size: int, scale: float) -> str:
    """A size of type; in a larger table never under what a room can read."""
    return f"{size if scale == 1 else max(round(size * scale), LEAST_TEXT)}px"


def _style(colours: Tokens, scale: float) -> Html:
    def px(length: float) -> str:
        return _px(length, scale)

    return style(
        f".ds-units{{overflow-x:auto;{scroll_edges(colours)}}}"
        f".ds-units table{{width:100%;min-width:{px(760)};table-layout:fixed;border-collapse:collapse;border:0;"
        f"margin:0;font-size:{_text(15, scale)};line-height:1.25;color:{colours.ink}}}"
        ".ds-units caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
        f".ds-units th,.ds-units td{{border:0;text-align:left;padding:{px(6)} {px(12)} {px(6)} 0;"
        "vertical-align:middle}"
        f".ds-units thead th{{font-weight:400;color:{colours.muted};border-bottom:1px solid {colours.ink};"
        "vertical-align:bottom;padding-top:0}"
        f".ds-units thead small{{display:block;font-size:{_text(13, scale)}}}"
        f".ds-units tbody tr{{border-bottom:1px solid {colours.grid};height:{px(32)}}}"
        f".ds-units tbody tr:hover{{background:{colours.panel}}}"
        ".ds-units tbody th{font-weight:600}"
        f".ds-units tbody a{{color:{colours.ink};text-decoration:none}}"
        ".ds-units tbody a:hover,.ds-units tbody a:focus-visible{text-decoration:underline}"
        # A finger needs more height than a line has.
        "@media(max-width:640px){.ds-units tbody th{padding-top:0;padding-bottom:0}"
        ".ds-units tbody a{display:block;padding:7px 0}}"
        f".ds-units td i{{display:inline-block;width:{px(20)}}}"
        f".ds-units td b{{display:inline-block;width:{px(58)};text-align:right;font-weight:400;white-space:nowrap}}"
        f".ds-units td small{{margin-left:{px(7)};font-size:{_text(12, scale)};color:{colours.muted}}}"
        f".ds-units td span{{margin-left:{px(7)};font-size:{_text(13, scale)};white-space:nowrap}}"
        f".ds-units td.few,.ds-units td span.neutral,.ds-units td span.unsure{{color:{colours.muted}}}"
        f".ds-units td span.better,.ds-units td span.sure{{color:{colours.blue}}}"
        f".ds-units td span.worse,.ds-units td span.fail{{color:{colours.orange}}}"
    )
