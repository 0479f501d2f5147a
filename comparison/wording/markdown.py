"""Texts from data and addresses where Markdown is understood."""

import re
from html import escape

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ESCAPED = re.compile(r"\\([^\w\s])")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")


def plain(text: str) -> str:
    """A text as Markdown that shows it literally."""
    return _MARKDOWN.sub(r"\\\1", text)


def as_html(text: str) -> str:
    """The Markdown of our own messages as HTML: bold words and what `plain` made of a name; the rest is literal."""
    return _BOLD.sub(r"<b>\1</b>", _ESCAPED.sub(r"\1", escape(text, quote=False)))
