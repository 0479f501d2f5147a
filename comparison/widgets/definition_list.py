"""Words and what they mean, one below the other, with the finer points in grey."""

from collections.abc import Sequence
from html import escape

from comparison.charts.tokens import Tokens, tokens
from comparison.widgets.view import View
from comparison.widgets.words import show_html, whole

_NAME = "words"

Entry = tuple[str, str, Sequence[tuple[str, str]], str]


def definition_list(v: View, entries: Sequence[Entry]) -> None:
    """Each entry is a word, its meaning, lines of a name and a text, and one line of finer points (or "")."""
    rows = "".join(
        f"<div class={_NAME}-entry><div class={_NAME}-word>{escape(word)}</div>"
        f"<div>{_meaning(meaning, lines, finer)}</div></div>"
        for word, meaning, lines, finer in entries
    )
    show_html(v, f"<style>{_style(tokens(v.theme))}</style><div class={_NAME}>{rows}</div>")


def _meaning(meaning: str, lines: Sequence[tuple[str, str]], finer: str) -> str:
    details = "".join(f"<tr><th scope=row>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in lines)
    return (
        f"<div>{escape(meaning)}</div>"
        + (f"<table>{details}</table>" if details else "")
        + (f"<div class={_NAME}-finer>{whole(escape(finer))}</div>" if finer else "")
    )


def _style(colours: Tokens) -> str:
    return (
        f".{_NAME}{{font-size:15px;line-height:22px;color:{colours.ink};border-top:1px solid {colours.ink}}}"
        f".{_NAME}-entry{{display:grid;grid-template-columns:220px minmax(0,880px);column-gap:24px;padding:9px 0;"
        f"border-bottom:1px solid {colours.grid}}}"
        f".{_NAME}-word{{font-weight:600}}"
        f".{_NAME} table{{border-collapse:collapse;margin-top:3px;font-size:14px;line-height:20px}}"
        f".{_NAME} th{{font-weight:400;text-align:left;color:{colours.muted};padding:1px 16px 1px 0;min-width:76px;"
        "white-space:nowrap;vertical-align:top}"
        f".{_NAME} td{{padding:1px 0;border:0}}"
        f".{_NAME}-finer{{font-size:14px;line-height:20px;color:{colours.muted};margin-top:2px}}"
        f"@media(max-width:720px){{.{_NAME}-entry{{grid-template-columns:minmax(0,1fr)}}}}"
    )
