"""A plain table of facts as HTML: the head stays in sight, numbers stand right, long ones scroll."""

from collections.abc import Collection

import polars as pl

from comparison.forms.scroll_edges import scroll_edges
from comparison.forms.template import PHONE, TEXT
from comparison.forms.tokens import Tokens
from comparison.wording.marking import whole
from comparison.wording.texts import Html, html_of, joined, markup, style

_NAME = "facts"
_SHORT = 34  # letters that stay on one line
_WRAPPED = 20  # a heading longer than this gets room for its words
_HALVED = 9  # one longer than this stands in two lines on a phone, where a tall head is a gap above the table
# On a phone what stands in these columns is out of sight at first, and wide enough not to make rows tall.
_HIDDEN_FROM = 4


def fact_table(
    texts: pl.DataFrame, right: Collection[str], tokens: Tokens, *, height: int | None = None, size: int = TEXT
) -> Html:
    """A table of ready texts `size` px high; the columns in `right` are right-aligned; at most `height` px of it are
    seen at once."""
    sides = [f"{'r' if name in right else 'l'}{' s' if _is_short(texts[name]) else ''}" for name in texts.columns]
    head = joined(
        markup('<th scope="col" class="{}{}">{}</th>', side, _width(name), name)
        for name, side in zip(texts.columns, sides, strict=True)
    )
    body = joined(
        markup("<tr>")
        + joined(
            markup('<td class="{}">{}</td>', side, whole(html_of(text))) for text, side in zip(row, sides, strict=True)
        )
        + markup("</tr>")
        for row in texts.iter_rows()
    )
    scroll = f"max-height:{height}px;overflow:auto" if height else "overflow-x:auto"
    # tabindex: people without a mouse scroll it too.
    return markup(
        '{}<div class="{}" style="{}" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        style(_style(tokens, size)), _NAME, scroll, head, body,
    )  # fmt: skip


def _is_short(texts: pl.Series) -> bool:
    longest = texts.str.len_chars().max()
    return longest is None or int(str(longest)) <= _SHORT


def _width(heading: str) -> str:
    return " w" if len(heading) > _WRAPPED else " h" if len(heading) > _HALVED else ""


def _style(tokens: Tokens, size: int) -> str:
    def px(length: int) -> str:
        return f"{round(length * size / TEXT)}px"

    return (
        f".{_NAME} table{{border-collapse:collapse;font-size:{px(14)};line-height:{px(20)};color:{tokens.ink};"
        "font-variant-numeric:tabular-nums}"
        f".{_NAME} th{{position:sticky;top:0;background:{tokens.bg};color:{tokens.muted};font-weight:400;"
        f"vertical-align:bottom;padding:{px(4)} {px(20)} {px(5)} 0;box-shadow:inset 0 -1px 0 {tokens.ink}}}"
        f".{_NAME} td{{padding:{px(5)} {px(20)} {px(5)} 0;border-bottom:1px solid {tokens.grid};vertical-align:top}}"
        f".{_NAME} tbody tr:hover td{{background:{tokens.panel}}}"
        f".{_NAME} .l{{text-align:left}}.{_NAME} .r{{text-align:right}}"
        f".{_NAME}{{{scroll_edges(tokens)}}}"
        f".{_NAME} th.w{{min-width:{px(104)}}}"
        f".{_NAME} td.s{{white-space:nowrap}}.{_NAME} td:not(.s){{min-width:{px(220)}}}"
        f"@media(max-width:{PHONE}px){{.{_NAME} th.h{{min-width:{px(100)}}}.{_NAME} th.w{{min-width:{px(170)}}}"
        f".{_NAME} td:not(.s):nth-child(n+{_HIDDEN_FROM}){{min-width:{px(520)}}}}}"
    )
