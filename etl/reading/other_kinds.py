"""Files that are no table at all: what they are, and what to do instead."""

from pathlib import Path
from typing import NoReturn

from etl.reading.refusal import FileRefused

_EXPORT = "Hãy xuất danh sách ra Excel (.xlsx) hoặc CSV (mã UTF-8)."
_UNPACK = "Hãy giải nén, rồi nạp các tệp bên trong."
_PICTURE = "hình ảnh"
_KINDS = (
    (b"%PDF", "PDF", _EXPORT),
    (b"\x89PNG", _PICTURE, _EXPORT),
    (b"\xff\xd8\xff", _PICTURE, _EXPORT),
    (b"GIF8", _PICTURE, _EXPORT),
    (b"BM\x00", _PICTURE, _EXPORT),
    (b"II*\x00", _PICTURE, _EXPORT),
    (b"MM\x00*", _PICTURE, _EXPORT),
    (b"{\\rtf", "văn bản RTF (Word)", _EXPORT),
    (b"Rar!", "tệp nén RAR", _UNPACK),
    (b"7z\xbc\xaf", "tệp nén 7-Zip", _UNPACK),
    (b"\x1f\x8b", "tệp nén GZip", _UNPACK),
    (b"SQLite format 3", "cơ sở dữ liệu SQLite", _EXPORT),
    (b"PAR1", "Parquet", _EXPORT),
    (b"MZ", "chương trình Windows", _EXPORT),
)
_BOXES = (b"ftypheic", b"ftypheix", b"ftypmif1")
_WORD, _SLIDES = "văn bản Word", "trình chiếu PowerPoint"


def other_kind(path: Path, what: str, remedy: str = _EXPORT) -> FileRefused:
    return FileRefused(path, f"Tệp là {what}, không phải bảng tính.", remedy)


def refuse_other_kind(path: Path, content: bytes) -> None:
    """Raises FileRefused for a file that its first bytes tell to be of another kind."""
    if content[4:12] in _BOXES or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        raise other_kind(path, _PICTURE)
    for start, what, remedy in _KINDS:
        if content.startswith(start):
            raise other_kind(path, what, remedy)


def refuse_other_zip(path: Path, names: list[str]) -> None:
    """Raises FileRefused for a zip that holds neither an Excel nor an OpenDocument spreadsheet."""
    if any(name.startswith("word/") for name in names):
        raise other_kind(path, _WORD)
    if any(name.startswith("ppt/") for name in names):
        raise other_kind(path, _SLIDES)
    if any(name.endswith(".iwa") for name in names):
        raise other_kind(path, "bảng tính Numbers của Apple", "Hãy mở bằng Numbers, xuất ra Excel rồi nạp lại.")
    raise FileRefused(
        path,
        "Tệp nén này không phải bảng tính Excel.",
        "Hãy nạp tệp .xlsx, .xls, .ods hoặc .csv; nếu là tệp .zip, hãy giải nén trước.",
    )


def refuse_other_ole(path: Path, names: list[str]) -> NoReturn:
    """Raises FileRefused for an OLE file that holds no workbook."""
    if "WordDocument" in names:
        raise other_kind(path, _WORD)
    if "PowerPoint Document" in names:
        raise other_kind(path, _SLIDES)
    if any(name.startswith("__substg") for name in names):
        raise other_kind(path, "thư Outlook", "Hãy lưu tệp đính kèm của thư ra ngoài, rồi nạp tệp đó.")
    raise other_kind(path, "tệp Office khác")
