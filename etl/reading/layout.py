"""Tell the data rows of a sheet from its layout: blank, banner, header, group, total, signature and note rows."""

import polars as pl

from etl.profile import Profile
from etl.reading.date_forms import read_both_ways
from etl.reading.header import Header
from etl.reading.sheet import Sheet

LAYOUT = ("blank", "banner", "header", "group", "total", "signature", "note")
DATA = "data"
UNKNOWN = "unknown"  # below the last data row, and nothing tells what it is
_COLUMN_NUMBERS = 3
_MOST_CELLS_SIGNED = 4
_TOTAL = r"^\W*(?:tổng|cộng)(?:\W|$)"
_DATE_LINE = r"^(?:[^,\d]{0,60},\s*)?ngày\s*\S*\s*tháng\s*\S*\s*năm"
_SIGNATURE = (
    r"^\W*(?:người lập|người báo cáo|người tổng hợp|lập biểu|lập bảng|ký tên|ký, |ghi rõ họ|đóng dấu|xác nhận của|"
    r"kế toán|thủ trưởng|(?:phó )?chủ tịch|(?:phó )?trưởng phòng|(?:phó )?giám đốc|(?:tm|kt|tl|tuq)\. )"
)
_NOTE = r"^(?:\W*(?:ghi chú|chú thích|lưu ý|chú ý|nguồn)(?:\W|$)|\(?\*+\)?(?:\s|$))"
# "(1)", "7", "(3)=(4)+(5)", "A": the row of column numbers under the header of a statutory form.
_COLUMN_NUMBER = r"^(?:\(?\d{1,2}\)?(?:[=+\-()\d\s]*)|\(?[A-Z]\)?)$"
_NUMERAL = r"^\W*(?:\d{1,4}|[IVXLC]{1,6}|[A-Za-z])\W*$"
# Of several words only a code without any is one: "H20 - 250102 - 0001", not "Từ ngày 01/01".
_CODE = r"^\S*\d\S*$"
_WORD = r"\p{Ll}{2}"
# A whole record that another delimiter should have split.
_UNSPLIT = r"(?:[;|\t,][^;|\t,]*){4}"


def rows_by_layout(sheet: Sheet, header: Header, profile: Profile) -> pl.Series:
    """For every row of the sheet DATA, UNKNOWN or one of LAYOUT.

    A row that holds a case code, or a date where the day is that a row begins with, is always DATA."""
    table = sheet.table
    facts = _facts(table, header, profile)
    row = pl.col("row")
    below = row > header.last
    is_numbers = (row == header.last + 1) & _numbers_columns(table[header.last + 1 : header.last + 2])
    opens = pl.col("signs") | pl.col("notes")
    facts = facts.with_columns(is_coded=pl.col("has_code") & below & ~is_numbers)
    last_coded = facts.filter("is_coded")["row"].max()
    last_coded = header.last if last_coded is None else last_coded
    first_opener = facts.filter(opens & (row > last_coded) & ~pl.col("is_dated"))["row"].min()
    is_tail = pl.lit(False) if first_opener is None else row >= first_opener
    last_dated = facts.filter(pl.col("is_dated") & below & ~is_tail)["row"].max()
    last_data = last_coded if last_dated is None else max(last_coded, last_dated)
    is_after = row > last_data
    opened = (
        pl.when(is_after & is_tail & pl.col("signs"))
        .then(pl.lit("signature"))
        .when(is_after & is_tail & pl.col("notes"))
        .then(pl.lit("note"))
    )
    kind = (
        pl.when(pl.col("cells") == 0).then(pl.lit("blank"))
        .when(row < header.first).then(pl.lit("banner"))
        .when((row <= header.last) | is_numbers).then(pl.lit("header"))
        .when(pl.col("is_coded") | pl.col("is_dated")).then(pl.lit(DATA))
        .when("is_header").then(pl.lit("header"))
        .when("is_total").then(pl.lit("total"))
        .when(~is_after & pl.col("is_group")).then(pl.lit("group"))
        .when(~is_after).then(pl.lit(DATA))
        # A block lasts until another word opens the next.
        .otherwise(opened.forward_fill())
    )  # fmt: skip
    return facts.select(kind.fill_null(UNKNOWN).alias("kind")).to_series()


def _facts(table: pl.DataFrame, header: Header, profile: Profile) -> pl.DataFrame:
    """One row a row of the sheet: what it holds, not yet what it is."""
    shape = profile.shape
    code = pl.col(str(header.columns[shape.code]))
    cells = pl.sum_horizontal(pl.all().is_not_null())
    has_code = code.str.contains(profile.code_pattern or _CODE) | (
        code.str.contains(r"\d") & ~code.str.contains(_WORD) & ~code.str.contains(r"\d[/.]\d{1,2}[/.]\d{2,4}")
    )
    facts = table.select(
        row=pl.int_range(pl.len()),
        cells=cells,
        has_code=has_code.fill_null(False) & ~code.str.to_lowercase().str.contains(_TOTAL).fill_null(False),
        is_header=_repeats_header(table, header),
    )
    # What else it may be matters where no code tells: in few rows of many.
    unsure = (~facts["has_code"]).arg_true()
    return facts.with_columns(
        is_dated=_scattered(unsure, table.height, _are_dated(table[unsure], header, profile)),
        **{name: _scattered(unsure, table.height, facts) for name, facts in _words(table[unsure]).to_dict().items()},
    )


def _scattered(at: pl.Series, height: int, values: pl.Series) -> pl.Series:
    return pl.Series([False], dtype=pl.Boolean).new_from_index(0, height).scatter(at, values.fill_null(False))


def _are_dated(rows: pl.DataFrame, header: Header, profile: Profile) -> pl.Series:
    dated = header.columns.get(profile.shape.dated)
    if dated is None:
        return pl.Series([False], dtype=pl.Boolean).new_from_index(0, rows.height)
    given = rows[str(dated)]
    if given.null_count() == given.len():
        return pl.Series([False], dtype=pl.Boolean).new_from_index(0, rows.height)
    read = read_both_ways(given, profile.dates, profile.timezone)
    return read.as_written.is_not_null() | read.only_exchanged.is_not_null()


def _words(rows: pl.DataFrame) -> pl.DataFrame:
    """signs, notes: a cell begins with a word that opens such a block. is_total, is_group: as contracts say."""
    lowered = pl.all().str.to_lowercase()
    cells = pl.sum_horizontal(pl.all().is_not_null())
    numerals = pl.sum_horizontal(pl.all().str.contains(_NUMERAL).fill_null(False))
    few = cells <= _MOST_CELLS_SIGNED
    first = pl.coalesce(pl.all()).str.to_lowercase()
    holds_numbers = pl.any_horizontal(pl.all().str.contains(r"\d").fill_null(False))
    return rows.select(
        signs=pl.any_horizontal(lowered.str.contains(f"{_SIGNATURE}|{_DATE_LINE}").fill_null(False)) & few,
        notes=pl.any_horizontal(lowered.str.contains(_NOTE).fill_null(False)) & few,
        is_total=first.str.contains(_TOTAL) & holds_numbers,
        is_group=((cells == 1) | ((cells == 2) & (numerals >= 1)))
        & ~pl.any_horizontal(pl.all().str.contains(_UNSPLIT).fill_null(False)),
    )


def _repeats_header(table: pl.DataFrame, header: Header) -> pl.Expr:
    """At least half of a row's cells, and two, say what the header says in the same column."""
    texts = table.slice(header.first, header.last - header.first + 1)
    same = [
        pl.col(name).is_in(said).fill_null(False)
        for name in table.columns
        if (said := texts[name].drop_nulls().to_list())
    ]
    return (pl.sum_horizontal(same) >= 2) & (pl.sum_horizontal(same) * 2 >= pl.sum_horizontal(pl.all().is_not_null()))


def _numbers_columns(under_header: pl.DataFrame) -> bool:
    """Whether the row under the header (one row, or none) does nothing but number the columns."""
    cells = [cell for row in under_header.rows() for cell in row if cell is not None]
    return len(cells) >= _COLUMN_NUMBERS and pl.Series(cells).str.contains(_COLUMN_NUMBER).all()
