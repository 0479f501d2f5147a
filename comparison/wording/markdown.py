"""Texts from data and addresses where Markdown is understood."""

import re
from html import escape
from itertools import cycle

# In one pass: the stars of a name stay stars.
_MARKS = re.compile(r"\\([^\w\s])|\*\*")
_ICON = re.compile(r":material/\w+:\s*")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")


def plain(text: str) -> str:
    """A text as Markdown that shows it literally."""
    return _MARKDOWN.sub(r"\\\1", text)


def as_html(text: str) -> str:
    """The Markdown of our own messages as HTML: bold words and what `plain` made of a name; the rest is literal."""
    edges = cycle(("<b>", "</b>"))
    return _MARKS.sub(lambda mark: mark[1] or next(edges), escape(text, quote=False))


def bare(text: str) -> str:
    """The same without any mark, for where nothing can be bold: a slide."""
    return _MARKS.sub(lambda mark: mark[1] or "", _ICON.sub("", text))
