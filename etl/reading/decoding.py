"""From a text file's bytes to its text: which encoding it is in, or what is wrong with it."""

import codecs
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from etl.reading.legacy import MISREAD, TOLD_MISREAD, as_cp1258, is_misread, refuse_legacy_text, reread
from etl.reading.refusal import FileRefused

FIRST_BYTES_OF_MARKS = (b"\xcc", b"\xcd")  # U+0300 to U+036F, in UTF-8
# "á»" and "áº" begin most of what Vietnamese letters are misread as.
_SIGN_OF_MISREAD = b"\xc3\xa1\xc2"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE, _LETTERS_TRIED = 1 << 16, 1 << 20
# In UTF-16 every other byte of a Vietnamese export is 0, but for the letters with two marks.
_LEAST_ZEROS, _MOST_ZEROS = 0.5, 0.05
_MOST_STRAY_BYTES = 0.1  # of the sequences that are no ASCII: more make another encoding than UTF-8
_NO_TEXT = (
    "Tệp không phải bảng tính Excel, cũng không phải tệp chữ.",
    "Hãy xuất danh sách ra .xlsx hoặc .csv (mã UTF-8).",
)
_SAVE_AS_UTF8 = (
    "Hãy mở bằng Excel và lưu thành “CSV UTF-8 (*.csv)” hoặc .xlsx, hoặc khai encoding trong hồ sơ cấu hình."
)
_EXPORT_AGAIN = "Hãy xuất hoặc chép lại tệp rồi nạp lại."
_TOLD_UTF16 = "Tệp chữ mã UTF-16 không có dấu BOM: đã đọc là UTF-16."
_TOLD_CP1258 = "Tệp chữ lưu bằng mã Windows-1258 (tiếng Việt cũ): đã chuyển sang Unicode."


@dataclass(frozen=True)
class Decoded:
    """A text as UTF-8, its marks as written, and how it was read where that is not plain. Its lines end with "\\n" or
    "\\r\\n"."""

    content: bytes
    told: tuple[str, ...] = ()

    @cached_property
    def has_marks(self) -> bool:
        """Whether letters may have marks beside them, as where "ạ" is two signs."""
        return any(byte in self.content for byte in FIRST_BYTES_OF_MARKS)

    @property
    def text(self) -> str:
        """All of it in NFC, its lines ended by "\\n"."""
        return unicodedata.normalize("NFC", self.content.decode()).replace("\r\n", "\n")

    @cached_property
    def beginning(self) -> str:
        """The first million letters or so of the text."""
        start = self.content[:_LETTERS_TRIED].decode(errors="ignore")
        return unicodedata.normalize("NFC", start).replace("\r\n", "\n")


def decoded(path: Path, content: bytes, encodings: Iterable[str]) -> Decoded:
    """UTF-8, UTF-16 and windows-1258 are known by themselves, others where a profile names them. Raises FileRefused."""
    content, told = _as_utf8(path, content, encodings)
    if b"\x00" in content:
        _refuse_zeros(path, content.decode())
    if b"\r" in content and content.count(b"\r") != content.count(b"\r\n"):
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    content = content.removeprefix(codecs.BOM_UTF8)
    if _SIGN_OF_MISREAD in content[:_LETTERS_TRIED]:
        content, told = _put_right(path, content, told)
    return Decoded(content, told)


def is_plain(block: bytes) -> bool:
    """Whether these bytes need no more than to be taken as UTF-8, if that is what they are: a reader of csv sees to
    that."""
    return (
        b"\x00" not in block
        and not block.startswith(_UTF16)
        and (b"\r" not in block or block.count(b"\r") == block.count(b"\r\n"))
        and _SIGN_OF_MISREAD not in block[:_LETTERS_TRIED]
    )


def _is_utf8(content: bytes) -> bool:
    try:
        # Twice as fast as making a text of them.
        pl.Series([content], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        return False
    return True


def _as_utf8(path: Path, content: bytes, encodings: Iterable[str]) -> tuple[bytes, tuple[str, ...]]:
    if content.startswith(_UTF16):
        try:
            return content.decode("utf-16").encode(), ()
        except UnicodeDecodeError as error:
            raise FileRefused(path, "Tệp chữ mã UTF-16 bị hỏng hoặc bị cắt cụt.", _EXPORT_AGAIN) from error
    bare = _bare_utf16(content)
    if bare is not None:
        return bare.encode(), (_TOLD_UTF16,)
    if _is_utf8(content):
        return content, ()
    for encoding in dict.fromkeys(encodings):
        try:
            return content.decode(encoding).encode(), ()
        except UnicodeDecodeError:
            continue
    if b"\x00" in content:
        _refuse_zeros(path, content.decode("latin-1"))
    _refuse_stray_bytes(path, content)
    vietnamese = as_cp1258(content)
    if vietnamese is not None:
        return vietnamese.encode(), (_TOLD_CP1258,)
    refuse_legacy_text(path, content.decode("latin-1"))
    line = content.decode("utf-8", "replace").split("\ufffd", 1)[0].count("\n") + 1
    raise FileRefused(path, f"Tệp chữ không lưu bằng mã UTF-8 (từ dòng {line}).", _SAVE_AS_UTF8)


def _bare_utf16(content: bytes) -> str | None:
    """The text of UTF-16 without its mark, or None."""
    sample = content[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(content) % 2:
        return None
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if high.count(0) >= _LEAST_ZEROS * half and low.count(0) <= _MOST_ZEROS * half:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _refuse_zeros(path: Path, text: str) -> None:
    """Refuses a text with NUL in it: naming the line, unless it is no text at all."""
    controls = sum(text[:_SAMPLE].count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r")
    if controls * 50 > len(text[:_SAMPLE]) and text.count("\n") * 200 < len(text):
        raise FileRefused(path, *_NO_TEXT)
    line = text.count("\n", 0, text.index("\x00")) + 1
    raise FileRefused(path, f"Dòng {line} có ký tự NUL (byte 0): tệp chữ đã hỏng khi ghi hoặc chép.", _EXPORT_AGAIN)


def _refuse_stray_bytes(path: Path, content: bytes) -> None:
    """Refuses UTF-8 in which a byte or a few are wrong, naming the line of the first."""
    text = content.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= letter <= "\udcff" for letter in text)
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if not stray or stray > _MOST_STRAY_BYTES * foreign:
        return
    first = next(at for at, letter in enumerate(text) if "\udc80" <= letter <= "\udcff")
    lines = text.count("\n", 0, first) + 1
    if first >= len(text) - 3:
        raise FileRefused(path, f"Tệp chữ bị cắt cụt giữa một chữ, ở cuối dòng {lines}.", _EXPORT_AGAIN)
    raise FileRefused(
        path,
        f"Dòng {lines} có byte không thuộc mã UTF-8 (cả tệp có {stray} byte như vậy).",
        "Hãy sửa dòng đó bằng chương trình soạn văn bản, hoặc xuất lại tệp, rồi nạp lại.",
    )


def _put_right(path: Path, content: bytes, told: tuple[str, ...]) -> tuple[bytes, tuple[str, ...]]:
    text = content.decode()
    if not is_misread(text):
        return content, told
    right = reread(text)
    if right is None:
        line = next((number for number, line in enumerate(text.split("\n"), 1) if reread(line) is None), 1)
        raise FileRefused(path, f"{MISREAD[0]}, và dòng {line} không khôi phục được.", MISREAD[1])
    return right.encode(), (*told, TOLD_MISREAD)
