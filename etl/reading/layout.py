"""Tell the data rows of a sheet from its layout: blank, banner, header, group, total and signature rows."""

import polars as pl

from etl.profile import Profile
from etl.reading.header import Header
from etl.reading.sheets import Sheet

LAYOUT = ("blank", "banner", "header", "group", "total", "signature")
DATA = "data"
_DATA_CELLS = 3
_COLUMN_NUMBERS = 3
_TOTAL = r"^\W*(?:tổng|cộng|total)\b"
_SIGNATURE = (
    r"người lập|lập biểu|lập bảng|thủ trưởng|ký tên|\(ký|ký, |ghi rõ họ|đóng dấu|xác nhận của|kế toán|"
    r"chủ tịch|trưởng phòng|giám đốc|người báo cáo|tm\. |kt\. |ngày\s*\S*\s*tháng\s*\S*\s*năm"
)
# "(1)", "7", "(3)=(4)+(5)", "A": the row of column numbers under the header of a statutory form.
_COLUMN_NUMBER = r"^(?:\(?\d{1,2}\)?(?:[=+\-()\d\s]*)|\(?[A-Z]\)?)$"
_CODE = r"^\S*\d\S*$"


def rows_by_layout(sheet: Sheet, header: Header, profile: Profile) -> pl.Series:
    """For every row of the sheet `data` or one of LAYOUT."""
    table = sheet.table
    code = pl.col(str(header.columns[profile.shape.code]))
    dated = (
        pl.col(str(header.columns[profile.shape.dated]))
        if profile.shape.dated in header.columns
        else pl.lit(None, pl.String)
    )
    facts = table.select(
        row=pl.int_range(pl.len()),
        cells=pl.sum_horizontal(pl.all().is_not_null()),
        is_total=pl.coalesce(pl.all()).str.to_lowercase().str.contains(_TOTAL).fill_null(False),
        is_code=code.str.contains(profile.code_pattern or _CODE).fill_null(False)
        & ~code.str.to_lowercase().str.contains(_TOTAL).fill_null(False),
        is_dated=(dated.str.contains(r"\d") & ~dated.str.to_lowercase().str.contains(r"\btháng\b")).fill_null(False),
        is_header=_repeats_header(table, header),
    )
    row = pl.col("row")
    is_total = pl.col("is_total") & ~pl.col("is_code")
    is_sure = ~pl.col("is_header") & ~is_total & (pl.col("is_code") | pl.col("is_dated")) & (row > header.last)
    numbers_row = (row == header.last + 1) & _numbers_columns(table[header.last + 1 : header.last + 2])
    last_sure = facts.filter(is_sure & ~numbers_row)["row"].max()
    after = header.last if last_sure is None else last_sure
    # Words of a signature matter where nothing else tells what a row is: in few rows of many.
    unsure = facts.select(~is_sure).to_series()
    is_signed = row.is_in(unsure.arg_true().filter(_is_signed(table.filter(unsure))).implode())
    signature = facts.filter((row > after) & is_signed & ~is_total)["row"].min()
    is_signature = pl.lit(False) if signature is None else row >= signature
    kind = (
        pl.when(pl.col("cells") == 0).then(pl.lit("blank"))
        .when(row < header.first).then(pl.lit("banner"))
        .when((row <= header.last) | pl.col("is_header") | numbers_row).then(pl.lit("header"))
        .when(is_total).then(pl.lit("total"))
        .when(is_signature).then(pl.lit("signature"))
        .when(is_sure | ((pl.col("cells") >= _DATA_CELLS) & ~is_signed)).then(pl.lit(DATA))
    )  # fmt: skip
    kinds = facts.select(row, kind=kind)
    last_data = kinds.filter(pl.col("kind") == DATA)["row"].max()
    rest = (
        pl.lit("group")
        if last_data is None
        else pl.when(row < last_data).then(pl.lit("group")).otherwise(pl.lit("signature"))
    )
    return kinds.select(pl.col("kind").fill_null(rest)).to_series()


def _repeats_header(table: pl.DataFrame, header: Header) -> pl.Expr:
    """At least half of a row's cells, and two, say what the header says in the same column."""
    texts = table.slice(header.first, header.last - header.first + 1)
    same = [
        pl.col(name).is_in(said).fill_null(False)
        for name in table.columns
        if (said := texts[name].drop_nulls().to_list())
    ]
    return (pl.sum_horizontal(same) >= 2) & (pl.sum_horizontal(same) * 2 >= pl.sum_horizontal(pl.all().is_not_null()))


def _is_signed(table: pl.DataFrame) -> pl.Series:
    said = table.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)).to_series()
    return said.str.to_lowercase().str.contains(_SIGNATURE)


def _numbers_columns(under_header: pl.DataFrame) -> bool:
    """Whether the row under the header (one row, or none) does nothing but number the columns."""
    cells = [cell for row in under_header.rows() for cell in row if cell is not None]
    return len(cells) >= _COLUMN_NUMBERS and pl.Series(cells).str.contains(_COLUMN_NUMBER).all()
