"""Text files: decode, find the delimiter, and give every record as a row."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from etl.reading.legacy import refuse_legacy_text
from etl.reading.refusal import FileRefused

DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 2000
_RECORDS_TRIED = 200
_FIRST_BYTES_OF_MARKS = (b"\xcc", b"\xcd")  # U+0300 to U+036F, in UTF-8
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = (
    "Tệp không phải bảng tính Excel, cũng không phải tệp chữ.",
    "Hãy xuất danh sách ra .xlsx hoặc .csv (mã UTF-8).",
)


def decoded(path: Path, content: bytes, encodings: Iterable[str]) -> str:
    """The text, in NFC, lines ended by "\\n". UTF-8 and UTF-16 are known by themselves, others where a profile names
    them. Raises FileRefused."""
    text = _decoded(path, content, encodings)
    if "\x00" in text:
        raise FileRefused(path, *_NO_TEXT)
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    encoded = text.encode()
    if not any(byte in encoded for byte in _FIRST_BYTES_OF_MARKS):
        return text
    # Line by line: a text that is composed but for one letter is normalised whole.
    return "\n".join(unicodedata.normalize("NFC", line) for line in text.split("\n"))


def _decoded(path: Path, content: bytes, encodings: Iterable[str]) -> str:
    tried = ["utf-16"] if content.startswith(_UTF16) else ["utf-8", *dict.fromkeys(encodings)]
    for encoding in tried:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    if b"\x00" in content:
        raise FileRefused(path, *_NO_TEXT)
    refuse_legacy_text(path, content.decode("latin-1"))
    raise FileRefused(
        path,
        "Tệp chữ không lưu bằng mã UTF-8.",
        "Hãy mở bằng Excel và lưu thành “CSV UTF-8 (*.csv)” hoặc .xlsx, hoặc khai encoding trong hồ sơ cấu hình.",
    )


def table(path: Path, text: str, declared: Sequence[str]) -> pl.DataFrame:
    """Columns "0", "1", … of text, one row a record, blank lines included. `declared`: the delimiters that profiles
    name; one profile's own is taken as it is."""
    only = declared[0] if len(declared) == 1 else ""
    delimiter = only or _delimiter(text, [*DELIMITERS, *filter(None, declared)])
    try:
        records, width = _records_and_width(text, delimiter)
    except csv.Error as error:
        raise FileRefused(
            path,
            "Tệp CSV có dấu ngoặc kép không khớp (hoặc một ô quá dài), nên không tách được các ô.",
            "Hãy xuất lại tệp, hoặc mở bằng Excel và lưu thành .xlsx.",
        ) from error
    if width > MOST_COLUMNS:
        raise FileRefused(path, f"Tệp có {width} cột.", f"Hãy xuất lại với tối đa {MOST_COLUMNS} cột.")
    schema = dict.fromkeys(map(str, range(max(width, 1))), pl.String)
    try:
        fast = pl.read_csv(
            text.encode(), has_header=False, schema=schema, separator=delimiter, missing_columns="insert"
        )
    except pl.exceptions.ComputeError:
        fast = pl.DataFrame()
    # Polars splits a file at its quotes; the count of the csv module, which reads on, shows whether it split right.
    if fast.height == records:
        return fast
    split = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    return pl.DataFrame([record + [""] * (width - len(record)) for record in split], schema=schema, orient="row")


def _records_and_width(text: str, delimiter: str) -> tuple[int, int]:
    """How many records the text has, blank lines included, and the cells of the widest. Raises csv.Error."""
    if '"' not in text:
        # Every line is a record: counted four times faster than split.
        lines = text.removesuffix("\n").split("\n")
        if len(max(lines, key=len)) < csv.field_size_limit():
            return len(lines), 1 + max(line.count(delimiter) for line in lines)
    widths = Counter(map(len, csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)))
    return widths.total(), max(widths)


def _delimiter(text: str, candidates: Iterable[str]) -> str:
    def cells(delimiter: str) -> float:
        try:
            widths = list(map(len, islice(csv.reader(io.StringIO(text), delimiter=delimiter), _RECORDS_TRIED)))
        except csv.Error:
            return 0
        usual = max(Counter(widths).items(), key=lambda entry: (entry[0] > 1) * entry[1], default=(0, 0))[0]
        return usual * widths.count(usual) if usual > 1 else 0

    return max(dict.fromkeys(candidates), key=cells)
