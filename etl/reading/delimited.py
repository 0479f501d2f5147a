"""Text files: find the delimiter, and give every record as a row."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import islice
from operator import or_
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from etl.reading.decoding import FIRST_BYTES_OF_MARKS, Decoded
from etl.reading.refusal import FileRefused
from etl.reading.sheet import MOST_USED_COLUMNS, unwrapped

DELIMITERS = (",", ";", "\t", "|")
_RECORDS_TRIED, _LETTERS_TRIED = 200, 1 << 20
_NAMES = {",": "dấu phẩy", ";": "dấu chấm phẩy", "\t": "dấu tab", "|": "dấu “|”"}
_ENCLOSED = '"(?:[^"]|"")*"'
_LEAST_CELLS = 3
_LEAST_SURE_CELLS = 5  # in narrower tables a long text may have as many commas as a row
MOST_ROWS_APART = 5  # rows of another delimiter that are rejected one by one, not the file with them
_FIX_QUOTES = "Hãy sửa dấu ngoặc kép ở dòng đó, hoặc xuất lại tệp ra .xlsx, rồi nạp lại."


def table(path: Path, text: Decoded, declared: Sequence[str]) -> pl.DataFrame:
    """Columns "0", "1", … of text, one row a record, blank lines included. `declared`: the delimiters that profiles
    name; one profile's own is taken as it is. Raises FileRefused, naming the line."""
    delimiter = delimiter_of(text, declared)
    plain = plain_table(text, delimiter, widths_of(text, delimiter))
    if plain is None:
        whole = text.text
        if '="' not in whole:
            return _odd_table(path, whole, delimiter)
        text = Decoded(_without_equals(whole, delimiter).encode())
        plain = plain_table(text, delimiter, widths_of(text, delimiter))
        if plain is None:
            # What is left of them stands in quotes of its own.
            return unwrapped(_odd_table(path, text.text, delimiter))
    found, missing = plain
    # So many are not missing in a few short rows.
    if 2 * missing > MOST_ROWS_APART * found.width:
        whole = text.text
        _refuse_rows_apart(path, whole, delimiter, _widths(whole, delimiter)[0])
    return found


def delimiter_of(text: Decoded, declared: Sequence[str]) -> str:
    """What parts the cells. `declared` as for `table`."""
    only = declared[0] if len(declared) == 1 else ""
    return only or _delimiter(text.beginning, [*DELIMITERS, *filter(None, declared)])


def widths_of(text: Decoded, delimiter: str) -> Counter[int]:
    """How many of the first records have so many cells; of none where they are no records, or wider than an export."""
    beginning = csv.reader(io.StringIO(text.beginning), delimiter=delimiter)
    try:
        widths = Counter(len(record) for record in islice(beginning, _RECORDS_TRIED))
    except csv.Error:
        return Counter()
    return widths if max(widths, default=0) <= MOST_USED_COLUMNS else Counter()


def lines_apart(text: Decoded, delimiter: str, widths: Counter[int]) -> int:
    """How many lines another delimiter parts into as many cells as most records have, this one into few."""
    usual = _usual(widths)
    if usual < _LEAST_CELLS:
        return 0
    lines = _lines(text.content)
    few = lines.filter(lines.str.count_matches(delimiter, literal=True) * 2 < usual)
    others = [few.str.count_matches(other, literal=True) >= usual - 1 for other in DELIMITERS if other != delimiter]
    return int(reduce(or_, others).sum())


def _lines(content: bytes) -> pl.Series:
    # A NUL stands in no text.
    return _records(content, 1, separator="\x00", quote_char=None).to_series()


def plain_table(text: Decoded, delimiter: str, widths: Counter[int]) -> tuple[pl.DataFrame, int] | None:
    """The table of a text whose every line is a record, none with more cells than the widest of the first, and how many
    cells it has less than as many; None for any other text. `widths`: as `widths_of`."""
    content, width = text.content, max(widths, default=0)
    if not width:
        return None
    try:
        found = _records(content, width, separator=delimiter)
        if b'"' not in content and not text.has_marks:
            lines, height = None, content.count(b"\n") + (not content.endswith(b"\n"))
        else:
            lines = _lines(content)
            height = lines.len()
    except pl.exceptions.PolarsError:
        return None
    if found.height != height:
        return None
    # Half of the time that bytes take to count one of them.
    delimiters = int(np.count_nonzero(np.frombuffer(content, np.uint8) == ord(delimiter)))
    if lines is not None:
        is_quoted = lines.str.contains('"', literal=True)
        quoted = lines.filter(is_quoted)
        if not quoted.str.contains(_well_quoted(delimiter)).all():
            return None
        within = found.filter(is_quoted).select(pl.all().str.count_matches(delimiter, literal=True).sum())
        delimiters -= sum(within.row(0))
        if quoted.str.contains('="', literal=True).any():
            found = unwrapped(found)
        if text.has_marks:
            found = _composed(found, lines)
    return found, height * width - (height + delimiters)


def _records(content: bytes, width: int, **options: Any) -> pl.DataFrame:
    schema = dict.fromkeys(map(str, range(width)), pl.String)
    return pl.read_csv(
        content, has_header=False, schema=schema, missing_columns="insert", empty_string_is_null=False, **options
    )


def _well_quoted(delimiter: str) -> str:
    """A line whose quotes enclose whole cells and stand doubled within them: every reader splits it alike."""
    at = re.escape(delimiter)
    cell = rf'(?:{_ENCLOSED}|[^"{at}]*)'
    return rf"^{cell}(?:{at}{cell})*\r?$"


def _composed(table: pl.DataFrame, lines: pl.Series) -> pl.DataFrame:
    """In NFC: only the rows with marks, where a text composed but for one letter would be normalised whole."""
    bytes_of = lines.cast(pl.Binary).bin
    at = reduce(or_, (bytes_of.contains(byte) for byte in FIRST_BYTES_OF_MARKS)).arg_true()
    composed = table[at].select(pl.all().str.normalize("NFC"))
    return table.with_columns(table[name].scatter(at, composed[name]) for name in table.columns)


def _odd_table(path: Path, text: str, delimiter: str) -> pl.DataFrame:
    if '"' in text:
        # Before the whole file is split: with quotes that is slow.
        _refuse_wide(path, text[: text.find("\n")].count(delimiter) // 2)
    records: list[list[str]] | None = None
    try:
        widths, is_of_lines = _widths(text, delimiter)
        if not is_of_lines:
            _refuse_swallowed(path, text, delimiter, _usual(widths))
    except csv.Error:
        records = _records_of_bare_quotes(path, text, delimiter)
        widths = Counter(map(len, records))
    _refuse_rows_apart(path, text, delimiter, widths)
    width = max(widths)
    _refuse_wide(path, width)
    schema = dict.fromkeys(map(str, range(max(width, 1))), pl.String)
    if records is None:
        try:
            fast = pl.read_csv(
                text.encode(), has_header=False, schema=schema, separator=delimiter, missing_columns="insert"
            )
        except pl.exceptions.ComputeError:
            fast = pl.DataFrame()
        # Polars splits a file at its quotes; the count of the csv module, which reads on, shows whether it split right.
        if fast.height == widths.total():
            return fast
        try:
            records = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
        except csv.Error:
            records = _records_of_bare_quotes(path, text, delimiter)
    return pl.DataFrame([record + [""] * (width - len(record)) for record in records], schema=schema, orient="row")


def _refuse_wide(path: Path, width: int) -> None:
    if width > MOST_USED_COLUMNS:
        raise FileRefused(path, f"Tệp có {width} cột.", f"Hãy xuất lại với tối đa {MOST_USED_COLUMNS} cột.")


def _widths(text: str, delimiter: str) -> tuple[Counter[int], bool]:
    """How many records have so many cells, blank lines included; and whether every record is one line. Raises
    csv.Error."""
    if '"' not in text:
        # Every line is a record: counted four times faster than split.
        lines = text.removesuffix("\n").split("\n")
        return Counter([line.count(delimiter) + 1 for line in lines]), True
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    widths = Counter(map(len, reader))
    return widths, reader.line_num == widths.total()


def _usual(widths: Counter[int]) -> int:
    """The number of cells that most records with more than one have."""
    return max(widths.items(), key=lambda entry: (entry[0] > 1) * entry[1], default=(0, 0))[0]


def _delimiter(text: str, candidates: Iterable[str]) -> str:
    sample = text[:_LETTERS_TRIED]

    def cells(delimiter: str) -> float:
        try:
            records = islice(csv.reader(io.StringIO(sample), delimiter=delimiter), _RECORDS_TRIED)
            widths = Counter(map(len, records))
        except csv.Error:
            # A quote that is never closed, or one endless cell.
            widths = Counter(line.count(delimiter) + 1 for line in sample.split("\n")[:_RECORDS_TRIED])
        usual = _usual(widths)
        return usual * widths[usual] if usual > 1 else 0

    return max(dict.fromkeys(candidates), key=cells)


def _without_equals(text: str, delimiter: str) -> str:
    """`="00123"` -> `"00123"`: how some portals keep Excel from changing a text."""
    at = re.escape(delimiter)
    return re.sub(rf'(?m)(^|{at})="((?:[^"\n]|"")*+)"(?={at}|$)', r'\1"\2"', text)


def _refuse_swallowed(path: Path, text: str, delimiter: str, usual: int) -> None:
    """Refuses a record of several lines in which whole rows disappeared, because a quote was closed too late."""
    if usual < _LEAST_SURE_CELLS:
        return
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    start = 0
    for _ in reader:
        end = reader.line_num
        if end - start > 1:
            whole = [line for line in range(start, end) if lines[line].count(delimiter) >= usual - 1]
            if len(whole) > 1:
                raise FileRefused(
                    path,
                    f"Dòng {start + 1} mở dấu ngoặc kép mà đến dòng {end} mới đóng, nuốt mất các dòng ở giữa.",
                    _FIX_QUOTES,
                )
        start = end


def _records_of_bare_quotes(path: Path, text: str, delimiter: str) -> list[list[str]]:
    """A record a line, where quotes do not do as they should: they enclose a cell only where they stand at both of its
    ends. Refuses a line that has quotes and does not split into as many cells as most."""
    at = re.escape(delimiter)
    cell = re.compile(rf'"((?:[^"\n]|"")*+)"(?={at}|$)|([^{at}]*+)')
    records = []
    for line in text.removesuffix("\n").split("\n"):
        record, start = [], 0
        while True:
            found = cell.match(line, start)
            assert found, "any text is a cell"
            shown = found[2] if found[1] is None else found[1].replace('""', '"')
            is_enclosed = found[1] is None and len(shown) > 1 and shown[0] == shown[-1] == '"'
            record.append(shown[1:-1] if is_enclosed else shown)
            start = found.end() + 1
            if start > len(line):
                break
        records.append(record)
    usual = _usual(Counter(map(len, records)))
    for number, (record, line) in enumerate(zip(records, text.split("\n"), strict=False), 1):
        if '"' in line and len(record) != usual:
            raise FileRefused(
                path, f"Dòng {number} có dấu ngoặc kép mở mà không đóng, nên không tách được các ô.", _FIX_QUOTES
            )
    return records


def _refuse_rows_apart(path: Path, text: str, delimiter: str, widths: Counter[int]) -> None:
    """Refuses a file some of whose rows are divided by another delimiter than the rest."""
    usual = _usual(widths)
    short = sum(count for width, count in widths.items() if 2 * width <= usual)
    if usual < _LEAST_CELLS or short <= MOST_ROWS_APART:
        return
    lines = text.split("\n")
    for other in DELIMITERS:
        apart = [
            number
            for number, line in enumerate(lines, 1)
            if line.count(other) >= usual - 1 and 2 * line.count(delimiter) < usual
        ]
        if other != delimiter and len(apart) > MOST_ROWS_APART:
            raise FileRefused(
                path,
                f"Dấu phân cách thay đổi trong tệp: {len(apart)} dòng, đầu tiên là dòng {apart[0]}, ngăn các ô bằng"
                f" {_NAMES[other]}, còn các dòng khác bằng {_NAMES.get(delimiter, f'“{delimiter}”')}.",
                "Hãy xuất lại tệp, hoặc thay dấu phân cách ở các dòng đó cho thống nhất, rồi nạp lại.",
            )
