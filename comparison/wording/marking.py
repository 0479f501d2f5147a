"""Vietnamese names within English text, marked as such: they are read aloud, and hyphenated, as what they are."""

import re
from collections.abc import Iterable
from functools import lru_cache

from comparison.wording.texts import Html, html_of

VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
# Shorter ones are found in words that are no names.
_SHORTEST = 3
# A snapshot's name, and a command as it is typed.
_WHOLE = re.compile(r"\d{4}-\d\d-\d\d-[a-z]+\b|python -m (?:etl \w+|comparison measure \w+(?: --by item)?)")
# Tags and what stands in them are no text; the rest is split off by the group.
_TAG = re.compile(r"(<style>.*?</style>|<script>.*?</script>|<[^<>]*>)", re.DOTALL)
_WORD = rf"\w*[{VIETNAMESE}]\w*"
# A word that no name has told of, such as the first words of a long one.
_WORDS = rf"{_WORD}(?:[ ,–-]+{_WORD})*"


@lru_cache(maxsize=16)
def name_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """What finds these names as text or HTML has them, the longest first, and other Vietnamese words."""
    written = {form for name in names for form in _forms(name) if len(name) >= _SHORTEST}
    longest_first = sorted(written, key=lambda form: (-len(form), form))
    found = "|".join([*map(re.escape, longest_first), _WORDS])
    return re.compile(rf"(?<![\w&#])(?:{found})(?!\w)", re.IGNORECASE)


def _forms(name: str) -> Iterable[str]:
    return {name, str(html_of(name))}


# A page drawn again says what it said.
@lru_cache(maxsize=1024)
def marked(html: Html, pattern: re.Pattern[str]) -> Html:
    """HTML with what the pattern finds outside tags in a span of its language."""
    parts = _TAG.split(html)
    # A pattern with one group puts what it splits at into the odd places.
    parts[::2] = [pattern.sub(lambda found: '<span lang="vi">' + found[0] + "</span>", part) for part in parts[::2]]
    return Html("".join(parts))


def whole(html: Html) -> Html:
    """HTML of text in which names of snapshots and commands move to the next line before they break."""
    return Html(_WHOLE.sub(r'<span translate="no" style="white-space:nowrap">\g<0></span>', html))
