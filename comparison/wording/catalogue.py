"""Every sentence on screen, by key and language, from `vi.toml` and `en.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from comparison.scope import Language
from comparison.wording.texts import Mark, Text, pieces_of


class MessageError(KeyError):
    """A message that does not exist, or whose values are not those it asks for."""


def say(language: Language, key: str, **values: object) -> str:
    """The message with its values put in, a `Text`: say("vi", "source.cases", n="13.422") -> "n = 13.422 hồ sơ".

    Values are texts already formatted, and stand in it literally wherever it is shown: those of a name are names, those
    of a `Text` keep its marks. Raises MessageError on an unknown key, a missing value or one too many.
    """
    wanted, parts = _parts(language, key)
    if wanted != values.keys():
        raise MessageError(f"message {key!r} asks for {sorted(wanted)}, got {sorted(values)}")
    found: list[tuple[str, Mark]] = []
    for literal, name, mark in parts:
        found.append((literal, mark))
        if name is not None:
            found += ((text, own or mark) for text, own in pieces_of(values[name]))
    return Text(*found)


@cache
def _parts(language: Language, key: str) -> tuple[frozenset[str], tuple[tuple[str, str | None, Mark], ...]]:
    """The names that a message asks for, and its parts: words, the name of the value after them, and their mark.

    Only a message can be marked: `**` in a value is two stars.
    """
    found = messages(language)
    if key not in found:
        raise MessageError(f"no message {key!r} in {language}.toml")
    marks: tuple[Mark, ...] = ("", "b")
    pieces = [(piece, marks[place % 2]) for place, piece in enumerate(found[key].split("**"))]
    return placeholders(found[key]), tuple(
        (literal, name, mark) for piece, mark in pieces for literal, name, _, _ in Formatter().parse(piece)
    )


def placeholders(message: str) -> frozenset[str]:
    """The names in braces of a message."""
    return frozenset(name for _, name, _, _ in Formatter().parse(message) if name is not None)


@cache
def messages(language: Language) -> Mapping[str, str]:
    """All messages of one language by dotted key: section and name."""
    with Path(__file__).with_name(f"{language}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file)))


def _flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield above + name, value
