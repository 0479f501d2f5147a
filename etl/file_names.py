"""The name of an export as it may be kept: people name files after themselves and those they serve."""

import hashlib
import re
import unicodedata
from pathlib import Path

import polars as pl

from etl.personal import are_phones_or_identities

# As many digits as telephone and identity numbers have, on end or, of a telephone, in groups longer than a date's.
_DIGITS = re.compile(r"(?<!\d)(?:\d{9,12}|(?:\+?84|0)[ .\-]?[35789]\d{1,2}(?:[ .\-]\d{3,4}){2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_FAMILY_NAMES = frozenset(
    {
        "bùi", "cao", "châu", "chu", "đàm", "đặng", "đào", "đinh", "đoàn", "đỗ", "dương", "hà", "hồ", "hoàng", "huỳnh",
        "lại", "lâm", "lê", "lương", "lưu", "lý", "mai", "ngô", "nguyễn", "phạm", "phan", "phùng", "quách", "tạ",
        "thái", "tô", "tôn", "trần", "triệu", "trịnh", "trương", "từ", "văn", "võ", "vũ", "vương",
    }
)  # fmt: skip
# Places are named after people.
_BEFORE_A_PLACE = frozenset(
    {
        "xã", "phường", "huyện", "quận", "tỉnh", "trấn", "phố", "đường", "thôn", "ấp", "khu", "cụm", "p", "x", "q", "h",
        "tt",
    }
)  # fmt: skip
_LONGEST_NAME = 5
_MASK = "…"


def content_hash(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def masked_file_name(name: str, content_hash: str) -> str:
    """A name without telephone numbers, identity numbers and names of people; where one was masked, eight characters of
    the hash of the file's content tell it from others: "Nguyễn Kiểm Thử 0912345678.xlsx" -> "… …-1a2b3c4d.xlsx"."""
    stem, dot, suffix = unicodedata.normalize("NFC", name).rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    masked = masked_text(stem)
    return name if masked == stem else f"{masked}-{content_hash[:8]}{dot}{suffix}"


def masked_text(text: str) -> str:
    """A text without telephone numbers, identity numbers and names of people: "của Nguyễn Kiểm Thử" -> "của …"."""
    return _without_names(_DIGITS.sub(_masked_number, text))


def _masked_number(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    is_personal = len(digits) == 9 or are_phones_or_identities(pl.Series([digits])).item()
    return _MASK if is_personal else match[0]


def _without_names(text: str) -> str:
    words = list(_WORD.finditer(text))
    kept, at, place = [], 0, 0
    while place < len(words):
        length = _name_length(text, words, place)
        if length:
            kept.append(text[at : words[place].start()] + _MASK)
            at = words[place + length - 1].end()
        place += max(length, 1)
    return "".join([*kept, text[at:]])


def _name_length(text: str, words: list[re.Match[str]], place: int) -> int:
    """How many words from this one on are a person's name, 0 where none begins: a family name and capitalised words
    after it, with nothing but a blank between them."""
    if words[place][0].lower() not in _FAMILY_NAMES or not words[place][0][0].isupper():
        return 0
    if place and words[place - 1][0].lower() in _BEFORE_A_PLACE:
        return 0
    length = 1
    for before, word in zip(words[place:], words[place + 1 : place + _LONGEST_NAME], strict=False):
        if not word[0][0].isupper() or text[before.end() : word.start()] not in (" ", "_", "-"):
            break
        length += 1
    return length if length > 1 else 0
