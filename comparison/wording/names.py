"""Names of units, short in charts and tables and in Vietnamese order, and of questionnaires."""

import re
import unicodedata

from comparison.scope import Instrument, Language
from comparison.wording.catalogue import say

_SHORT = {"phường": "P.", "xã": "X.", "thị trấn": "TT."}
_KIND = re.compile(rf"({'|'.join(_SHORT)})\s+(?=\S)", re.IGNORECASE)
# What places are called before their own name.
_PLACES = ("huyện ", "quận ", "thị xã ", "thành phố ", "tỉnh ", "đặc khu ", "phường ", "xã ", "thị trấn ")

# Letters of the Vietnamese alphabet, with f, j, w and z where Vietnamese dictionaries put them.
_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {mark: rank for rank, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
_NUMBER_OR_LETTER = re.compile(r"[0-9]+|.", re.DOTALL)

SortKey = tuple[tuple[tuple[int, int, str], ...], tuple[int, ...], str]


def short_unit_name(name: str) -> str:
    """ "Phường Đông Hòa" -> "P. Đông Hòa", "Xã Hiệp Phước" -> "X. Hiệp Phước"; other kinds keep their whole name."""
    name = unicodedata.normalize("NFC", name)
    found = _KIND.match(name)
    return f"{_SHORT[found[1].lower()]} {name[found.end() :]}" if found else name


def kind_of_one(language: Language, kind: str, name: str) -> str:
    """What one unit is, as its name says ("Xã Hiệp Phước" -> "Xã"), else by its kind: "Phòng, ban", "Department"."""
    found = _KIND.match(unicodedata.normalize("NFC", name)) if language == "vi" else None
    return found[1].capitalize() if found else say(language, f"kind_one.{kind}")


def place_within(language: Language, name: str) -> str:
    """A place's name inside a sentence: "Huyện Tân Phước Đông" -> "huyện Tân Phước Đông"; in English as it is."""
    is_common = language == "vi" and name.lower().startswith(_PLACES)
    return name[:1].lower() + name[1:] if is_common else name


def instrument_title(language: Language, instrument: Instrument) -> str:
    """The title as it stands on screen: one without an overall question is followed by "(chỉ số suy ra)"."""
    return say(language, "word.derived", title=instrument.title) if instrument.is_derived else instrument.title


def sort_key(name: str) -> SortKey:
    """A key that sorts names as Vietnamese dictionaries do, case aside.

    Letters first (a ă â b c d đ e ê … o ô ơ … u ư …), then tones (level, huyền, hỏi, ngã, sắc, nặng), word by word, so
    that hoà and hòa are one. Numbers sort by their value ("Phường 2" before "Phường 10"), and before letters.
    """
    plain, tones = _without_tones(name.strip())
    return tuple(_rank(part) for part in _NUMBER_OR_LETTER.findall(plain)), tones, unicodedata.normalize("NFC", name)


def _without_tones(text: str) -> tuple[str, tuple[int, ...]]:
    """The text in lower case without its tone marks, and the tone of each word (0 where it has none)."""
    letters: list[str] = []
    tones = [0]
    for letter in unicodedata.normalize("NFD", text.lower()):
        if letter in _TONES:
            tones[-1] = _TONES[letter]
        else:
            letters.append(letter)
            if letter.isspace():
                tones.append(0)
    return unicodedata.normalize("NFC", "".join(letters)), tuple(tones)


def _rank(part: str) -> tuple[int, int, str]:
    if part in _LETTERS:
        return 2, _LETTERS[part], ""
    if part.isdigit() and part.isascii():
        return 1, int(part), ""
    # A letter of another script follows ours; a space or mark comes before everything, so that "An" precedes "An Hòa".
    return (3 if part.isalpha() else 0), 0, part
