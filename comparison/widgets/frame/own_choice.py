"""What the address says of a choice that only one page has."""

from collections.abc import Sequence
from typing import TypeVar

from comparison.question import Question
from comparison.scope import Ignored
from comparison.widgets.frame.opening import name_ignored

_Word = TypeVar("_Word", bound=str)


def own_asked(v: Question, name: str, offered: Sequence[_Word], usual: _Word | None = None) -> _Word:
    """Which of the choices offered the page's own parameter names; the usual one (the first, unless told) where it
    names none or another, and what it named is then told."""
    default = offered[0] if usual is None else usual
    wanted = v.own.get(name, default)
    for each in offered:
        if each == wanted:
            return each
    name_ignored(v, (Ignored(name, wanted, "unknown_value"),))
    return default
