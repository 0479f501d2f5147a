"""Tables read at once, against the plain way."""

import csv
import io
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from etl.reading import delimited
from etl.reading.decoding import Decoded

# Quotes, delimiters and line ends as often as letters, so that quotes open, close and run on.
TEXTS = st.text(alphabet='ab,",\n;đ\u0301', max_size=60)


def at_once(text):
    whole = Decoded(text.encode())
    return delimited.plain_table(whole, ",", delimited.widths_of(whole, ","))


@given(TEXTS.map(lambda text: f"a,b,c\n{text}\n"), st.sampled_from(("\n", "\r\n")))
def test_a_table_read_at_once_is_that_of_the_csv_module(text, end):
    found = at_once(text.replace("\n", end))
    if found is not None:
        table, missing = found
        records = list(csv.reader(io.StringIO(unicodedata.normalize("NFC", text)), strict=True))
        assert table.rows() == [(*record, *[""] * (table.width - len(record))) for record in records]
        # A blank line is a record of one empty cell.
        assert missing == sum(table.width - max(len(record), 1) for record in records)


def test_a_file_with_a_longer_line_or_an_open_quote_is_not():
    long = "a,b,c\n" * 300
    for text in (f"{long}1,2,3,4\n", f'{long}1,"2\n3",4\n', f'{long}1,"2\n'):
        assert at_once(text) is None


def test_a_plain_file_is_read_at_once():
    text = 'a,b,c\n1,"x, ""y""",\n2,,z\n'
    assert at_once(text) is not None
