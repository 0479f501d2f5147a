"""Texts typed in the Vietnamese fonts of before Unicode: known by letters that Vietnamese does not have."""

import re
from pathlib import Path

from etl.reading.refusal import FileRefused

_TCVN3 = re.compile("[µ¸¶·¹®©ª«¬¨§]")
# Latin-1 letters and signs that no Vietnamese word in Unicode has, but TCVN3 and VNI texts are full of.
LEGACY = "[\u00a1-¿ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ]"
_FOREIGN = re.compile(r"[^\x00-\xa0]")
_LEAST, _LEAST_SHARE = 8, 0.2


def refuse_legacy_text(path: Path, text: str) -> None:
    """Raises FileRefused if the text is TCVN3 or VNI rather than Unicode."""
    legacy = len(re.findall(LEGACY, text))
    if legacy >= _LEAST and legacy >= _LEAST_SHARE * len(_FOREIGN.findall(text)):
        name = "TCVN3 (ABC, .VnTime)" if len(_TCVN3.findall(text)) * 2 > legacy else "VNI"
        raise FileRefused(
            path,
            f"Chữ trong tệp gõ bằng bảng mã cũ {name}, không phải Unicode.",
            "Hãy chuyển mã sang Unicode (chẳng hạn bằng UniKey: Ctrl+Shift+F6) rồi nạp lại.",
        )
