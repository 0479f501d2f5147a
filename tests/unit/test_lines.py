"""Lines that are found without splitting a text, and records counted by them, against the plain way."""

import csv
import io
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading.delimited import record_widths
from etl.reading.lines import Lines

# Quotes, delimiters and line ends as often as letters, so that quotes open, close and run on.
TEXTS = st.text(alphabet='ab,",\n;đ\u0301', max_size=60)


@given(TEXTS)
def test_lines_are_those_of_a_split(text):
    lines, split = Lines(text.encode()), text.split("\n")
    assert [lines.text(number) for number in range(len(split))] == split
    assert lines.count(ord(",")).tolist() == [line.count(",") for line in split]
    assert lines.holding(ord('"'), ord(";")).tolist() == [
        number for number, line in enumerate(split) if '"' in line or ";" in line
    ]


def slow_widths(text: str) -> tuple[Counter[int], bool]:
    reader = csv.reader(io.StringIO(text), delimiter=",", strict=True)
    # A blank line is a record of one empty cell.
    widths = Counter(max(len(record), 1) for record in reader)
    return widths, reader.line_num == widths.total()


@given(TEXTS.filter(lambda text: text.strip("\n")))
def test_widths_of_records_are_those_of_the_csv_module(text):
    try:
        expected = slow_widths(text)
    except csv.Error:
        with pytest.raises(csv.Error):
            record_widths(text, text.encode(), ",")
        return
    found, is_of_lines = record_widths(text, text.encode(), ",")
    counted: Counter[int] = Counter()
    for width, count in found.items():
        counted[max(width, 1)] += count
    assert (counted, is_of_lines) == expected
