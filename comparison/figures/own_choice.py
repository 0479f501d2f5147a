"""What the address says of a choice that only one page has."""

from collections.abc import Sequence
from typing import TypeVar

from comparison.question import Question
from comparison.scope import Ignored

_Word = TypeVar("_Word", bound=str)


def own_choice(
    q: Question, name: str, offered: Sequence[_Word], usual: _Word | None = None
) -> tuple[_Word, tuple[Ignored, ...]]:
    """Which of the choices offered the page's own parameter names; the usual one (the first, unless told) where it
    names none or another, and then what it named, to be told."""
    default = offered[0] if usual is None else usual
    wanted = q.own.get(name, default)
    for each in offered:
        if each == wanted:
            return each, ()
    return default, (Ignored(name, wanted, "unknown_value"),)
