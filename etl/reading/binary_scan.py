"""The binary sheets of .xlsb and .xls, looked through record by record before anything reads them."""

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from etl.reading.sheet import LARGEST_SHEET, MOST_MERGED, MergedRange, too_many_cells, too_many_merged
from etl.reading.strays import refuse_oversized
from etl.reading.unzip import damaged

_XLSB_ROW, _XLSB_SHEET, _XLSB_MERGED = 0, 156, 176
_XLSB_CELLS = range(2, 12)  # all but the blank one
_XLSB_STATES = {1: "hidden", 2: "veryHidden"}


@dataclass
class BinarySheet:
    """What a sheet holds beside its texts: `merged`, its merged ranges; and which rows and columns are used."""

    merged: list[MergedRange] = field(default_factory=list)
    rows: Counter[int] = field(default_factory=Counter)
    columns: Counter[int] = field(default_factory=Counter)
    cells: int = 0

    def add(self, path: Path, sheet: str, row: int, column: int) -> None:
        self.rows[row] += 1
        self.columns[column] += 1
        self.cells += 1
        if self.cells > LARGEST_SHEET:
            raise too_many_cells(path, sheet)

    def merge(self, path: Path, sheet: str, area: tuple[int, int, int, int]) -> None:
        self.merged.append(MergedRange(*area))
        if len(self.merged) > MOST_MERGED:
            raise too_many_merged(path, sheet)

    def refuse_oversized(self, path: Path, sheet: str) -> None:
        """The reader holds the whole area, strays and all: here it is judged with them."""
        if self.cells:
            refuse_oversized(path, sheet, max(self.rows) + 1, max(self.columns) + 1, self.cells)


def xlsb_records(path: Path, content: bytes) -> Iterator[tuple[int, memoryview]]:
    """(kind, content) of every record."""
    view, at, end = memoryview(content), 0, len(content)
    try:
        while at < end:
            kind = view[at]
            at += 1
            if kind & 0x80:
                kind = (kind & 0x7F) | view[at] << 7
                at += 1
            size = shift = 0
            while True:
                byte = view[at]
                at += 1
                size |= (byte & 0x7F) << shift
                shift += 7
                if not byte & 0x80 or shift > 21:
                    break
            if at + size > end:
                raise damaged(path)
            yield kind, view[at : at + size]
            at += size
    except IndexError as error:
        raise damaged(path) from error


def scanned_xlsb(path: Path, sheet: str, content: bytes) -> BinarySheet:
    """A sheet looked through. Raises FileRefused for one that the reader could not hold."""
    found, row = BinarySheet(), 0
    for kind, record in xlsb_records(path, content):
        if kind == _XLSB_ROW and len(record) >= 4:
            row = int.from_bytes(record[:4], "little")
        elif kind in _XLSB_CELLS and len(record) >= 4:
            found.add(path, sheet, row, int.from_bytes(record[:4], "little"))
        elif kind == _XLSB_MERGED and len(record) >= 16:
            found.merge(path, sheet, struct.unpack("<4L", record[:16]))
    found.refuse_oversized(path, sheet)
    return found


def xlsb_sheets(path: Path, content: bytes) -> list[tuple[str, str, str]]:
    """(name, state, relation) of the sheets that workbook.bin lists."""
    sheets = []
    for kind, record in xlsb_records(path, content):
        if kind == _XLSB_SHEET:
            if len(record) < 16:
                raise damaged(path)
            relation, at = _wide_text(path, record, 8)
            name, _ = _wide_text(path, record, at)
            sheets.append((name, _XLSB_STATES.get(int.from_bytes(record[:4], "little"), ""), relation))
    return sheets


def _wide_text(path: Path, record: memoryview, at: int) -> tuple[str, int]:
    length = int.from_bytes(record[at : at + 4], "little")
    end = at + 4 + 2 * length
    if end > len(record):
        raise damaged(path)
    return bytes(record[at + 4 : end]).decode("utf-16-le", "replace"), end


_OLE_HEADER = struct.Struct("<8s16s5H6s9L")
_NO_SECTOR = 0xFFFFFFFA  # from here on, numbers mean something else than a sector
# BIFF records of filled cells: row, column come first in each; two hold several cells of a row.
_XLS_CELLS = frozenset((0x0203, 0x0204, 0x0205, 0x0006, 0x0206, 0x0406, 0x027E, 0x00FD, 0x00D6))
_XLS_MANY, _XLS_MERGED, _XLS_START, _XLS_PASSWORD, _XLS_NAME = 0x00BD, 0x00E5, 0x0809, 0x002F, 0x0085


class Ole:
    """The streams of an OLE file, by name. Raises FileRefused for one that is damaged or goes in circles."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path, self._content = path, content
        if len(content) < 512:
            raise damaged(path)
        header = _OLE_HEADER.unpack_from(content)
        self._size = 1 << header[5] if header[5] in (9, 12) else 0
        if not self._size:
            raise damaged(path)
        _, fat_sectors, directory, _, self._small_limit, small_fat, _, more, more_count = header[8:]
        numbers = list(struct.unpack_from("<109L", content, 76))
        for _ in range(more_count):
            if more >= _NO_SECTOR:
                break
            entries = self._numbers(self._sector(more))
            numbers += entries[:-1]
            more = entries[-1]
            if len(numbers) * self._size > 2 * len(content) + 512 * 128:
                raise damaged(path)
        self._fat: list[int] = []
        for number in numbers[:fat_sectors]:
            if number < _NO_SECTOR:
                self._fat += self._numbers(self._sector(number))
        self._small_fat = self._numbers(self._chain(small_fat)) if small_fat < _NO_SECTOR else []
        self._entries: dict[str, tuple[int, int]] = {}
        listed = self._chain(directory)
        root = 0
        for at in range(0, len(listed) - 127, 128):
            length = int.from_bytes(listed[at + 64 : at + 66], "little")
            name = listed[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<2L", listed, at + 116)
            if listed[at + 66] == 5:
                root = start
            elif listed[at + 66] == 2:
                self._entries.setdefault(name, (start, size))
        self._small = self._chain(root) if self._small_fat and root < _NO_SECTOR else b""

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def stream(self, name: str) -> bytes:
        start, size = self._entries[name]
        if size >= self._small_limit or not self._small_fat:
            return self._chain(start)[:size]
        parts: list[bytes] = []
        number = start
        while number < len(self._small_fat) and len(parts) <= len(self._small_fat):
            parts.append(self._small[number * 64 : number * 64 + 64])
            number = self._small_fat[number]
        return b"".join(parts)[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        if at >= len(self._content):
            raise damaged(self._path)
        return self._content[at : at + self._size]

    def _chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < _NO_SECTOR:
            if number >= len(self._fat) or len(parts) > len(self._fat):
                raise damaged(self._path)
            parts.append(self._sector(number))
            number = self._fat[number]
        return b"".join(parts)

    @staticmethod
    def _numbers(content: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(content) // 4}L", content[: len(content) // 4 * 4]))


def _xls_name(record: bytes) -> str:
    if len(record) < 8:
        return ""
    is_wide = record[7] & 1
    text = record[8 : 8 + record[6] * (2 if is_wide else 1)]
    return text.decode("utf-16-le" if is_wide else "latin-1", "replace")


def scanned_xls(path: Path, stream: bytes) -> dict[str, BinarySheet] | None:
    """The sheets of a workbook looked through, by name; None where it has a password. Raises FileRefused for one that
    the reader could not hold."""
    at, end = 0, len(stream)
    names: list[str] = []
    # The first part, of the workbook itself, lists the sheets in the order of the parts that follow.
    name, found = "", BinarySheet()
    sheets = {name: found}
    while at + 4 <= end:
        kind, size = struct.unpack_from("<2H", stream, at)
        at += 4
        if kind == _XLS_PASSWORD:
            return None
        if kind == _XLS_NAME:
            names.append(_xls_name(stream[at : at + size]))
        elif kind == _XLS_START and at > 4:
            name = names.pop(0) if names else ""
            found = sheets[name] = BinarySheet()
        elif size < 4 or at + size > end:
            pass
        elif kind == _XLS_MERGED:
            for first in range(at + 2, at + size - 7, 8):
                found.merge(path, name, struct.unpack_from("<4H", stream, first))
        elif kind in _XLS_CELLS or kind == _XLS_MANY:
            row, column = struct.unpack_from("<2H", stream, at)
            found.add(path, name, row, column)
            if kind == _XLS_MANY:
                found.add(path, name, row, max(int.from_bytes(stream[at + size - 2 : at + size], "little"), column))
        at += size
    for name, found in sheets.items():
        found.refuse_oversized(path, name)
    return sheets
