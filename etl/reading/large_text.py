"""A text table too large to be held whole: read some lines after the others, as long as each can be told by itself."""

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import polars as pl

from etl.profile import Profile
from etl.reading.decoding import Decoded, is_plain
from etl.reading.delimited import MOST_ROWS_APART, delimiter_of, lines_apart, plain_table, widths_of
from etl.reading.legacy import legacy_text
from etl.reading.refusal import FileRefused
from etl.reading.sheet import Sheet, has_long_cell, stripped

_BLOCK = 1 << 24  # bytes read at once
_FIRST_LINES = 2000  # what tells header, delimiter and kind of a file stands in fewer


class NotPlain(Exception):
    """Not every line of the text is a record by itself, or it is to be refused: it must be read whole, which tells."""


def large_sheet(path: Path, profiles: Sequence[Profile]) -> Sheet | None:
    """The sheet of a large UTF-8 text whose every line is a record; None where it is small, or no such text as far as
    its beginning tells. What its `rest` finds later raises NotPlain; its texts have their blanks around them."""
    there = _state(path)
    if there[0] <= _BLOCK:
        return None
    first = next(_blocks(path, 0), b"")
    if len(first) == there[0] or not is_plain(first):
        return None
    text = Decoded(first.removeprefix(BOM_UTF8))
    delimiter = delimiter_of(text, [profile.delimiter for profile in profiles])
    widths = widths_of(text, delimiter)
    try:
        table, apart = _table(text, delimiter, widths)
    except NotPlain:
        return None
    if legacy_text(table) is not None:
        return None
    rest = partial(_rest, path, there, len(first), delimiter, widths, apart)
    return Sheet("", stripped(table), is_delimited=True, rest=rest)


def _state(path: Path) -> tuple[int, int]:
    """What changes with the content of a file."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _rest(
    path: Path, there: tuple[int, int], start: int, delimiter: str, widths: Counter[int], apart: int
) -> Iterator[pl.DataFrame]:
    if _state(path) != there:
        raise FileRefused(path, "Tệp thay đổi trong khi đang đọc.", "Hãy đợi tệp được ghi xong rồi nạp lại.")
    for block in _blocks(path, start):
        if not is_plain(block):
            raise NotPlain
        table, more = _table(Decoded(block), delimiter, widths)
        apart += more
        if apart > MOST_ROWS_APART:
            raise NotPlain
        yield table


def _table(text: Decoded, delimiter: str, widths: Counter[int]) -> tuple[pl.DataFrame, int]:
    """The cells as they stand, and how many lines another delimiter seems to part."""
    plain = plain_table(text, delimiter, widths)
    if plain is None or has_long_cell(plain[0]):
        raise NotPlain
    table, missing = plain
    return table, lines_apart(text, delimiter, widths) if missing else 0


def _blocks(path: Path, start: int) -> Iterator[bytes]:
    """The bytes of a file from a place on, cut between its lines; the first of the file are some lines more."""
    with path.open("rb") as file:
        file.seek(start)
        first = b"" if start else b"".join(islice(file, _FIRST_LINES))
        while block := first + file.read(_BLOCK):
            yield block + file.readline()
            first = b""
