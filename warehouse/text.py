"""How two spellings of one Vietnamese name are known to be the same."""

import re
import unicodedata
from functools import lru_cache

# Old and new placement of the tone mark in oa, oe, uy: "hoà" and "hòa" are one word. After "q" the u belongs
# to the consonant ("quý"), and a following letter moves the mark in both spellings alike ("hoàn"), so only
# these vowels at the end of a word differ.
_TONES = {
    old: new
    for plain, marks in {"o": "òóỏõọ", "u": "ùúủũụ"}.items()
    for ending, closing in {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}.items()
    if (plain, ending) in {("o", "a"), ("o", "e"), ("u", "y")}
    for new, old in zip([mark + ending for mark in marks], [plain + mark for mark in closing], strict=True)
}
_OLD_PLACEMENT = re.compile(r"(?<![qQ])(" + "|".join(_TONES) + r")(?!\w)")
_SEPARATORS = re.compile(r"[\W_]+")


# Exports repeat a few hundred names and headers hundreds of thousands of times.
@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The form in which names are compared: "  Xã  Đông Hoà. " -> "xã đông hòa".

    NFC, one tone placement, lower case, every run of spaces and punctuation one space.
    """
    lowered = unicodedata.normalize("NFC", text).casefold()
    return _SEPARATORS.sub(" ", _OLD_PLACEMENT.sub(lambda match: _TONES[match[1]], lowered)).strip()


def search_key(text: str) -> str:
    """What a person types without marks: "Xã Đông Hòa" -> "xa dong hoa"."""
    decomposed = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
