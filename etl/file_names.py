"""The name of an export as it may be kept: people name files after themselves and those they serve."""

import hashlib
import re
import unicodedata
from pathlib import Path

import polars as pl

from etl.person_names import without_person_names
from etl.personal import is_phone_or_identity

# As many digits as telephone and identity numbers have, on end or, of a telephone, in groups longer than a date's.
_DIGITS = re.compile(r"(?<!\d)(?:\d{9,12}|(?:\+?84|0)[ .\-]?[35789]\d{1,2}(?:[ .\-]\d{3,4}){2})(?!\d)")
_MASK = "…"


def masked_file_name(path: Path) -> str:
    """A file's name without telephone numbers, identity numbers and names of people; where one was masked, eight
    characters of the SHA-256 of its content tell it from others: "Nguyễn Kiểm Thử 0912345678.xlsx" ->
    "… …-1a2b3c4d.xlsx"."""
    name = path.name
    stem, dot, suffix = unicodedata.normalize("NFC", name).rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    masked = masked_text(stem)
    return name if masked == stem else f"{masked}-{_content_hash(path)[:8]}{dot}{suffix}"


def _content_hash(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def masked_text(text: str) -> str:
    """A text without telephone numbers, identity numbers and names of people: "của Nguyễn Kiểm Thử" -> "của …"."""
    return without_person_names(_DIGITS.sub(_masked_number, text), _MASK)


def _masked_number(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    is_personal = len(digits) == 9 or pl.select(is_phone_or_identity(pl.lit(digits))).item()
    return _MASK if is_personal else match[0]
