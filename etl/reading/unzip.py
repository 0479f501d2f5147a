"""A zip's members, unpacked piece by piece: nothing is believed of what its lists say before it is checked."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from etl.reading.refusal import FileRefused

LARGEST_UNPACKED = 2 * 1024**3  # bytes; a million rows of eighteen columns unpack to about 1.2 GB
MOST_MEMBERS = 10_000
PIECE = 1 << 21
_FED = 1 << 18
_EXPORT_AGAIN = "Hãy xuất hoặc chép lại tệp rồi nạp lại."
_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIBED_LATER, _ENCRYPTED = 0x8, 0x1
_END = b"PK\x05\x06"


def damaged(path: Path, how: str = "bị hỏng hoặc bị cắt cụt") -> FileRefused:
    return FileRefused(path, f"Tệp bảng tính {how}.", _EXPORT_AGAIN)


def with_password(path: Path) -> FileRefused:
    return FileRefused(path, "Tệp có mật khẩu.", "Hãy mở bằng Excel, bỏ mật khẩu, lưu lại và nạp lại.")


def too_large(path: Path) -> FileRefused:
    return FileRefused(
        path,
        f"Tệp nén bung ra lớn hơn {LARGEST_UNPACKED // 1024**2} MB, có thể là tệp gây tràn bộ nhớ.",
        "Hãy xuất lại theo từng kỳ ngắn hơn, hoặc xuất ra CSV.",
    )


class Members:
    """The members of a zip by name. Raises FileRefused for one that is damaged, encrypted, contradicts itself, or
    would unpack to more than LARGEST_UNPACKED bytes."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.path, self._content = path, content
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                listed = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as error:
            raise damaged(path) from error
        if len(listed) > MOST_MEMBERS:
            raise damaged(path, f"có {len(listed)} phần bên trong, không giống tệp của Excel")
        if sum(member.file_size for member in listed) > LARGEST_UNPACKED:
            raise too_large(path)
        self._starts: dict[str, int] = {}
        seen: set[str] = set()
        end = 0
        for member in sorted(listed, key=lambda each: each.header_offset):
            if member.filename.lower() in seen or member.header_offset < end:
                raise damaged(path, "bị hỏng: các phần bên trong trùng hoặc đè lên nhau")
            start = self._start(member)
            end = start + member.compress_size
            seen.add(member.filename.lower())
            self._starts[member.filename] = start
            if end > len(content):
                raise damaged(path)
        self._listed = {member.filename: member for member in listed}
        # A second list could be read by another reader than ours.
        self._is_plain = content.count(_END) == 1 and content.startswith(b"PK\x03\x04")

    def _start(self, member: zipfile.ZipInfo) -> int:
        """Where the member's own bytes begin, its two descriptions agreeing."""
        header = self._content[member.header_offset : member.header_offset + _LOCAL.size]
        if len(header) < _LOCAL.size:
            raise damaged(self.path)
        mark, _, flags, method, _, _, crc, packed, unpacked, name, extra = _LOCAL.unpack(header)
        if mark != b"PK\x03\x04" or method != member.compress_type:
            raise damaged(self.path)
        if flags & _ENCRYPTED or member.flag_bits & _ENCRYPTED:
            raise with_password(self.path)
        given = self._content[member.header_offset + _LOCAL.size :][:name]
        own = member.orig_filename.encode("utf-8" if member.flag_bits & 0x800 else "cp437", "replace")
        wide = 0xFFFFFFFF in (packed, unpacked)
        told = (crc, packed, unpacked) == (member.CRC, member.compress_size, member.file_size)
        if given != own or not (flags & _DESCRIBED_LATER or wide or told):
            raise damaged(self.path, "bị hỏng: hai bảng kê bên trong không khớp nhau")
        return member.header_offset + _LOCAL.size + int(name) + int(extra)

    def __contains__(self, name: str) -> bool:
        return name in self._listed

    @property
    def names(self) -> list[str]:
        return list(self._listed)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The member in pieces of about PIECE bytes, checked against its checksum."""
        member, start = self._listed[name], self._starts[name]
        packed = memoryview(self._content)[start : start + member.compress_size]
        crc = size = 0
        is_deflated = member.compress_type == zipfile.ZIP_DEFLATED
        for piece in self._inflated(packed) if is_deflated else self._stored(member, packed):
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            if size > member.file_size:
                raise damaged(self.path, "bung ra lớn hơn chính nó khai, có thể là tệp gây tràn bộ nhớ")
            yield piece
        if size != member.file_size or crc != member.CRC:
            raise damaged(self.path, "bị hỏng (sai mã kiểm tra)")

    def _stored(self, member: zipfile.ZipInfo, packed: memoryview) -> Iterator[bytes]:
        if member.compress_type != zipfile.ZIP_STORED:
            raise damaged(self.path, "nén theo cách không đọc được")
        for at in range(0, len(packed), PIECE):
            yield bytes(packed[at : at + PIECE])

    def _inflated(self, packed: memoryview) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for at in range(0, len(packed), _FED):
                # What is not taken up of a short piece is copied on: never the whole rest.
                rest: bytes | memoryview = packed[at : at + _FED]
                while len(rest) and not inflater.eof:
                    yield inflater.decompress(rest, PIECE)
                    rest = inflater.unconsumed_tail
            while not inflater.eof and (piece := inflater.decompress(b"", PIECE)):
                yield piece
        except zlib.error as error:
            raise damaged(self.path) from error
        if not inflater.eof:
            raise damaged(self.path)

    def whole(self, name: str, largest: int = 64 * 1024**2) -> bytes:
        """One small member. Raises FileRefused over `largest` bytes."""
        if self._listed[name].file_size > largest:
            raise damaged(self.path, f"có phần “{name}” lớn khác thường")
        return b"".join(self.pieces(name))

    def content(self, changed: Mapping[str, Iterator[bytes]] = MappingProxyType({})) -> bytes:
        """The zip again, some members changed: the same bytes where none is."""
        if not changed and self._is_plain:
            return self._content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in self._listed:
                entry = zipfile.ZipInfo(name)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(entry, "w", force_zip64=True) as member:
                    for piece in changed.get(name) or self.pieces(name):
                        member.write(piece)
        return out.getvalue()
