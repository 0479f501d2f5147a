"""Words and what they mean, one below the other, with the finer points in grey."""

from collections.abc import Sequence
from typing import NamedTuple

from comparison.forms.tokens import Theme, Tokens, tokens
from comparison.wording.marking import whole
from comparison.wording.texts import Html, html_of, joined, markup, style

_NAME = "words"


class Entry(NamedTuple):
    """A word, its meaning, what else there is to say as (name, text), and one line of finer points, or ""."""

    word: str
    meaning: str
    lines: Sequence[tuple[str, str]] = ()
    finer: str = ""


def definition_list(entries: Sequence[Entry], theme: Theme) -> Html:
    """Words one below the other, each with its meaning beside it."""
    rows = joined(map(_entry, entries))
    return markup("{}<div class={}>{}</div>", style(_style(tokens(theme))), _NAME, rows)


def _entry(entry: Entry) -> Html:
    explained = _meaning(entry.meaning, entry.lines, entry.finer)
    return markup(
        "<div class={0}-entry><div class={0}-word>{1}</div><div>{2}</div></div>", _NAME, entry.word, explained
    )


def _meaning(meaning: str, lines: Sequence[tuple[str, str]], finer: str) -> Html:
    details = joined(markup("<tr><th scope=row>{}</th><td>{}</td></tr>", name, text) for name, text in lines)
    return (
        markup("<div>{}</div>", meaning)
        + (markup("<table>{}</table>", details) if details else "")
        + (markup("<div class={}-finer>{}</div>", _NAME, whole(html_of(finer))) if finer else "")
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
