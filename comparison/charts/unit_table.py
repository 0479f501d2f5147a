"""The table of units by measures, as HTML for st.html."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from comparison.charts.small_numbers import FEWEST_COMPARED, FEWEST_SHOWN, TOO_FEW
from comparison.charts.tokens import Theme, Tokens, tokens

_NARROWEST, _WIDEST = 170, 300
_LETTER = 7.3  # px of an average bold letter at size 15


@dataclass(frozen=True)
class Column:
    """A measure in the table: its key in the frame, name, second line of the head, and whether small n matters."""

    key: str
    title: str
    note: str
    kind: Literal["count", "share"] = "share"


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
) -> str:
    """A semantic table, one row a unit in the order given as (code, name).

    frame: unit, measure (a column's key), text (formatted value, null = none), n (Int or null), n_text, title (value,
    n and interval in words, shown on hover); optional is_hidden (Boolean). A share says n<5 under 5, "ẩn" where hidden,
    and is grey with "ít số liệu" from 5 to 24. links: unit code -> href of its name. caption is read aloud only.
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
    heads = "".join(_head(column.title, column.note) for column in columns)
    empty = (None, None, None, None, False)
    body = "".join(
        f'<tr><th scope="row">{_link(name, links.get(code))}</th>'
        + "".join(_cell(column, *cells.get((code, column.key), empty), said) for column in columns)
        + "</tr>"
        for code, name in units
    )
    longest = max((len(name) for _, name in units), default=0)
    width = min(max(_NARROWEST, round(longest * _LETTER) + 16), _WIDEST)
    sizes = f'<col style="width:{width}px">' + "<col>" * len(columns)
    return (
        f'<div class="ds-units">{_style(colours)}<table><caption>{html.escape(caption)}</caption>'
        f"<colgroup>{sizes}</colgroup><thead><tr>{_head(said.unit, said.unit_note)}{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _head(title: str, note: str) -> str:
    return f'<th scope="col">{html.escape(title)}<small>{html.escape(note)}</small></th>'


def _link(name: str, href: str | None) -> str:
    if href is None:
        return html.escape(name)
    return f'<a href="{html.escape(href)}">{html.escape(name)}</a>'


def _cell(
    column: Column,
    text: str | None,
    n: int | None,
    n_text: str | None,
    title: str | None,
    is_hidden: bool,
    words: Words,
) -> str:
    if column.kind == "share" and is_hidden:
        return f'<td class="few" title="{html.escape(words.hidden_why)}"><b>{html.escape(words.hidden)}</b></td>'
    if column.kind == "share" and 0 < (n or 0) < FEWEST_SHOWN:
        return f'<td class="few" title="{html.escape(words.too_few)}"><b>{html.escape(TOO_FEW)}</b></td>'
    if text is None or (column.kind == "share" and not n):
        return f'<td class="few" title="{html.escape(title or words.missing)}"><b>–</b></td>'
    value = f"<b>{html.escape(text)}</b>"
    hint = f' title="{html.escape(title)}"' if title else ""
    if column.kind == "count":
        return f"<td{hint}>{value}</td>"
    small = f"<small>{html.escape(n_text or '')}</small>"
    if (n or 0) < FEWEST_COMPARED:
        return f'<td class="few"{hint}>{value}{small}<span>{html.escape(words.few)}</span></td>'
    return f"<td{hint}>{value}{small}</td>"


def _style(colours: Tokens) -> str:
    return (
        "<style>"
        ".ds-units{overflow-x:auto}"
        ".ds-units table{width:100%;min-width:760px;table-layout:fixed;border-collapse:collapse;border:0;margin:0;"
        f"font-size:15px;line-height:1.25;color:{colours.ink}}}"
        ".ds-units caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
        ".ds-units th,.ds-units td{border:0;text-align:left;padding:6px 12px 6px 0;vertical-align:middle}"
        f".ds-units thead th{{font-weight:400;color:{colours.muted};border-bottom:1px solid {colours.ink};"
        "vertical-align:bottom;padding-top:0}"
        ".ds-units thead small{display:block;font-size:13px}"
        f".ds-units tbody tr{{border-bottom:1px solid {colours.grid};height:32px}}"
        f".ds-units tbody tr:hover{{background:{colours.panel}}}"
        ".ds-units tbody th{font-weight:600}"
        f".ds-units tbody a{{color:{colours.ink};text-decoration:none}}"
        ".ds-units tbody a:hover,.ds-units tbody a:focus-visible{text-decoration:underline}"
        ".ds-units td b{display:inline-block;width:62px;text-align:right;font-weight:400;white-space:nowrap}"
        f".ds-units td small{{margin-left:7px;font-size:12px;color:{colours.muted}}}"
        ".ds-units td span{margin-left:7px;font-size:13px;white-space:nowrap}"
        f".ds-units td.few{{color:{colours.muted}}}"
        "</style>"
    )
