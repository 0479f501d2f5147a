"""Texts from data and addresses where Markdown is understood."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")


def plain(text: str) -> str:
    """A text as Markdown that shows it literally."""
    return _MARKDOWN.sub(r"\\\1", text)
