"""Names of persons in a text, known by their family name and capitals: what may be a person's is not kept."""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from warehouse.text import fold, search_key

_MOST_WORDS = 5
# The family names of nearly all Vietnamese.
_FAMILY = frozenset(
    {
        "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "ngô",
        "dương", "đào", "đinh", "trịnh", "tạ", "nghiêm", "phùng", "quách", "tăng", "thạch", "trương", "vương",
        "doãn", "khổng", "đàm", "lò", "quàng", "lường", "giàng", "sùng",
    }
)  # fmt: skip
# Those that begin other words too ("Hồ sơ", "Lý lịch", "Cao đẳng"): a name only before one of these.
_FAMILY_OR_WORD = frozenset(
    {
        "hồ", "lý", "hà", "cao", "châu", "thái", "chu", "lương", "lưu", "mai", "tô", "đoàn", "lâm", "mạc",
        "tống", "nông", "triệu", "kiều", "giang",
    }
)  # fmt: skip
_MIDDLE = frozenset(
    {
        "văn", "thị", "đức", "hữu", "minh", "ngọc", "quang", "thanh", "xuân", "kim", "thu", "bá", "đình",
        "công", "quốc", "hoàng", "phương", "tuấn", "hồng", "thùy", "như", "duy", "trọng", "mạnh", "tấn",
        "phước", "bảo", "gia", "khánh", "mỹ", "bích", "diệu",
    }
)  # fmt: skip
# Said of a person right before the name.
_SAID_BEFORE = frozenset(
    {
        "ông", "bà", "anh", "chị", "em", "cháu", "cô", "chú", "bác", "dì", "cậu", "cụ", "cb", "nv", "đc", "cán",
        "bộ", "chủ", "hộ", "tên", "người", "đồng", "chí", "con", "vợ", "chồng",
    }
)  # fmt: skip
# Places and units are named after persons.
_PLACE_WORDS = frozenset(
    {
        "xã", "phường", "thị", "trấn", "quận", "huyện", "tỉnh", "tp", "thôn", "ấp", "bản", "khóm", "tổ", "khu",
        "phố", "đường", "ngõ", "ngách", "hẻm", "cầu", "chợ", "trường", "thcs", "thpt", "th", "mầm", "non",
        "tiểu", "học", "bệnh", "viện", "công", "viên", "ubnd", "hđnd", "phòng", "ban", "sở", "trung", "tâm",
        "tt", "chi", "nhánh", "cục", "đội", "trạm", "kcn", "ccn", "đảo", "sông", "đặc",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def is_person_name(text: str, known: Collection[str] = ()) -> bool:
    """Whether a text is a person's name, or holds one: "Phạm Bí Mật" -> True, "cho cháu Phạm Bí Mật" -> True,
    "Phường Trần Hưng Đạo" -> False. `known`: names, as folded, that are none."""
    return fold(text) not in known and _holds_name(text)


# Files of one system say the same of units, fields and procedures again and again.
@lru_cache(maxsize=4096)
def _holds_name(text: str) -> bool:
    words = [match[0] for match in _WORD.finditer(unicodedata.normalize("NFC", text))]
    is_phrase = 2 <= len(words) <= _MOST_WORDS and not any(letter.isdigit() for letter in text)
    if is_phrase and _is_family(words, 0) and all(word[0].isupper() for word in words):
        return True
    return any(_begins_name(words, at) for at in range(len(words)))


def _is_family(words: list[str], at: int) -> bool:
    word, after = words[at].casefold(), words[at + 1].casefold() if at + 1 < len(words) else ""
    return words[at][0].isupper() and (word in _FAMILY or (word in _FAMILY_OR_WORD and after in _MIDDLE))


def _before(words: list[str], at: int) -> list[str]:
    return [word.casefold() for word in words[max(0, at - 2) : at]]


def _capitalised(words: list[str], at: int) -> int:
    """How many words from this one on begin with a capital, this one included."""
    end = at + 1
    while end < len(words) and words[end][0].isupper():
        end += 1
    return end - at


def _begins_name(words: list[str], at: int) -> bool:
    """Two capitalised words or more after a word said before names, or three and more that no place word precedes."""
    if not _is_family(words, at):
        return False
    before, length = _before(words, at), _capitalised(words, at)
    if before and before[-1] in _SAID_BEFORE:
        return length >= 2
    # Where every word begins with a capital, capitals tell nothing.
    has_small = any(word[0].islower() for word in words)
    return has_small and 3 <= length <= _MOST_WORDS and not _PLACE_WORDS.intersection(before)


_PLAIN_FAMILY = frozenset(search_key(name) for name in _FAMILY | _FAMILY_OR_WORD)
# Of place words without marks those that are no other word ("so" is "sở" and "sơ").
_PLAIN_PLACE_WORDS = frozenset(
    {"xa", "phuong", "quan", "huyen", "tinh", "thon", "duong", "truong", "ubnd", "thcs", "thpt"}
)
_PLAIN_SAID_BEFORE = frozenset(search_key(word) for word in _SAID_BEFORE)


def without_person_names(text: str, mask: str) -> str:
    """A text with the names of persons in it masked, written with marks or without: "DS ong Pham Bi Mat" -> "DS ong …".
    Stricter than `is_person_name`, which would keep a row out: here no more than a file's name or a reason is shown."""
    text = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(text))
    words = [match[0] for match in found]
    kept, last, at = [], 0, 0
    while at < len(words):
        length = _name_length(words, at)
        if length:
            kept.append(text[last : found[at].start()] + mask)
            last = found[at + length - 1].end()
        at += max(length, 1)
    return "".join([*kept, text[last:]])


def _name_length(words: list[str], at: int) -> int:
    """How many words from this one on are a person's name, 0 where none begins."""
    if not words[at][0].isupper() or search_key(words[at]) not in _PLAIN_FAMILY:
        return 0
    length = min(_capitalised(words, at), _MOST_WORDS)
    # Without its marks a family name may be another word.
    is_sure = _is_family(words, at) or (at and search_key(words[at - 1]) in _PLAIN_SAID_BEFORE)
    is_place = not (_PLACE_WORDS | _PLAIN_PLACE_WORDS).isdisjoint(_before(words, at))
    return length if length >= (2 if is_sure else 3) and not is_place else 0
