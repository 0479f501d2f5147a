"""Vietnamese text that is not Unicode, or was taken for something else on its way: known by what it is full of."""

import re
import unicodedata
from pathlib import Path

import polars as pl

from etl.reading.refusal import FileRefused

_TCVN3 = re.compile("[µ¸¶·¹®©ª«¬¨§]")
# Latin-1 letters and signs that no Vietnamese word in Unicode has, but TCVN3, VNI and misread texts are full of.
_ROWS_TRIED = 2000
LEGACY = "[\u00a1-¿ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ]"
_FOREIGN = re.compile(r"[^\x00-\xa0]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LEAST, _LEAST_SHARE = 8, 0.2


def _letters(encoding: str) -> dict[int, str]:
    """What each byte from 0x80 on becomes where it is read in that encoding; unused ones stay control characters."""
    return {byte: bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in range(0x80, 0x100)}


# Windows reads a file without byte order mark as 1252, a Vietnamese one as 1258.
_READ_AS = tuple(map(_letters, ("cp1252", "cp1258")))
_MEANT = tuple({ord(letter): chr(byte) for byte, letter in letters.items()} for letters in _READ_AS)
_LEAD, _REST = (
    "".join(re.escape(letters[byte]) for letters in _READ_AS for byte in range(low, high))
    for low, high in ((0xC2, 0xF0), (0x80, 0xC0))
)
_MISREAD = re.compile(f"[{_LEAD}][{_REST}]{{1,2}}")
# The second byte of "à" is a no-break space, which many programs replace by a plain one.
_LOST_SPACE = re.compile("(?<=[ÃĂ]) ")

_VIETNAMESE = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
)
_PUNCTUATION = frozenset("\u00a0–—‘’“”•…«»°·₫§€")
_ONLY_IN_CP1258 = frozenset("ảãạằắẳẵặầấẩẫậẻẽẹềếểễệỉĩịỏõọồốổỗộờớởỡợủũụừứửữựỳỷỹỵđơư")

MISREAD = (
    "Chữ trong tệp là UTF-8 nhưng đã bị mở nhầm bằng bảng mã khác rồi lưu lại (như “MÃ£ há»“ sÆ¡” thay cho “Mã hồ sơ”)",
    "Hãy xuất lại tệp từ hệ thống nguồn và nạp thẳng, không mở rồi lưu bằng chương trình khác.",
)
TOLD_MISREAD = "Chữ UTF-8 bị mở nhầm bảng mã rồi lưu lại (“MÃ£ há»“ sÆ¡”): đã khôi phục thành “Mã hồ sơ”."


def is_misread(text: str) -> bool:
    """Whether the text is mostly UTF-8 that was read as windows-1252 or Latin-1."""
    pairs = sum(map(len, _MISREAD.findall(text)))
    return pairs >= _LEAST and pairs * 2 > len(_NOT_ASCII.findall(text))


def reread(text: str) -> str | None:
    """The text that was meant, in NFC; None where some of its bytes are lost, or it was not misread."""
    for meant in _MEANT:
        try:
            found = _LOST_SPACE.sub("\u00a0", text).translate(meant).encode("latin-1").decode("utf-8")
        except UnicodeError:
            continue
        return unicodedata.normalize("NFC", found)
    return None


def as_cp1258(content: bytes) -> str | None:
    """The text, in NFC, where it is surely Vietnamese in windows-1258; else None."""
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    foreign = _NOT_ASCII.findall(text)
    own = sum(letter.lower() in _ONLY_IN_CP1258 for letter in foreign)
    strange = sum(letter not in _VIETNAMESE and letter not in _PUNCTUATION for letter in foreign)
    return text if own >= _LEAST and strange * 100 <= len(foreign) and own * 2 >= len(foreign) - own else None


def legacy_text(table: pl.DataFrame) -> str | None:
    """The first rows' texts where they hold letters that Vietnamese does not have; else None."""
    rows = table.head(_ROWS_TRIED).select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)).to_series()
    return "\n".join(rows) if rows.str.contains(LEGACY).any() else None


def refuse_legacy_text(path: Path, text: str) -> None:
    """Raises FileRefused if the text is TCVN3, VNI or misread UTF-8 rather than Unicode."""
    if is_misread(text):
        raise FileRefused(path, MISREAD[0] + ".", MISREAD[1])
    legacy = len(re.findall(LEGACY, text))
    if legacy >= _LEAST and legacy >= _LEAST_SHARE * len(_FOREIGN.findall(text)):
        name = "TCVN3 (ABC, .VnTime)" if len(_TCVN3.findall(text)) * 2 > legacy else "VNI"
        raise FileRefused(
            path,
            f"Chữ trong tệp gõ bằng bảng mã cũ {name}, không phải Unicode.",
            "Hãy chuyển mã sang Unicode (chẳng hạn bằng UniKey: Ctrl+Shift+F6) rồi nạp lại.",
        )
