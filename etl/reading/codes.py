"""Codes as spreadsheets spoil them: in scientific notation, or without their leading zeros."""

from collections.abc import Callable
from pathlib import Path

import polars as pl

from etl.reading.refusal import FileRefused
from etl.reading.unique import alike

LOST_SHARE = 0.05
# One word with a digit in it.
CODE = r"^\S*\d\S*$"
_SCIENTIFIC = r"^\d(?:[.,]\d+)?[Ee]\+\d+$"
_DIGITS = r"^\d+$"
_SHOWN = 3
_KEEP_TEXT = (
    "Hãy xuất lại tệp từ hệ thống nguồn và nạp thẳng; nếu phải mở bằng Excel, nhập cột mã ở dạng Text (Văn bản) "
    "trước khi lưu."
)


def refuse_scientific(path: Path, codes: pl.Series, header: str) -> None:
    """Refuses a file with codes like 6,73E+08: their last digits are lost."""
    spoilt = codes.filter(codes.str.contains(_SCIENTIFIC))
    if spoilt.len():
        shown = ", ".join(f"“{code}”" for code in spoilt.unique(maintain_order=True).head(_SHOWN))
        raise FileRefused(
            path,
            f"Cột “{header}” có {spoilt.len()} mã bị Excel đổi sang dạng số khoa học (thấy: {shown}): các chữ số cuối "
            "đã mất.",
            _KEEP_TEXT,
        )


def without_zeros(path: Path, codes: pl.Series, known: Callable[[], pl.Series], header: str) -> pl.Series:
    """Whether each code equals one known before (asked only where codes are bare numbers), or a longer one of the same
    file, but for leading zeros. Refuses the file where at least LOST_SHARE of its different codes do."""
    own = codes.filter(codes.str.contains(_DIGITS)).unique(maintain_order=True).alias("code").to_frame()
    if own.is_empty():
        return alike(False, codes.len(), pl.Boolean())
    bare = pl.col("code").str.strip_chars_start("0").alias("bare")
    own = own.with_columns(bare)
    before_file = known()
    met = before_file.filter(before_file.str.contains(_DIGITS)).unique().alias("code").to_frame().with_columns(bare)
    before = own.join(met, on="bare", suffix="_other").filter(pl.col("code") != pl.col("code_other"))
    beside = own.join(own, on="bare", suffix="_other").filter(
        pl.col("code").str.len_chars() < pl.col("code_other").str.len_chars()
    )
    pairs = pl.concat([before, beside]).unique("code").sort("code")
    different = codes.drop_nulls().n_unique()
    if pairs.height and pairs.height >= LOST_SHARE * different:
        shown = ", ".join(f"“{code}” và “{other}”" for code, _, other in pairs.head(_SHOWN).rows())
        raise FileRefused(
            path,
            f"{pairs.height}/{different} mã ở cột “{header}” chỉ khác mã đã có ở các số 0 đứng đầu (thấy: {shown}): "
            "Excel đã bỏ các số 0 đó.",
            f"{_KEEP_TEXT} Nếu chính lần nạp trước thiếu số 0, hãy rút nó bằng python -m etl withdraw.",
        )
    return codes.is_in(pairs["code"].implode()).fill_null(False)
