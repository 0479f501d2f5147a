"""Columns are believed for what they hold, not for their header: codes must be codes and dates dates."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from etl.personal import are_phones_or_identities, described
from etl.profile import Profile
from etl.reading.refusal import FileRefused

DISTINCT_SHARE = 0.95
PATTERN_SHARE = 0.95
READABLE_SHARE = 0.5
TOLERATED = 5  # so many exceptions never refuse a file: its rows are rejected one by one
# A phrase without any digit is a name, not a code.
NO_PHRASE = r"\d|^\S+$"
_DATE = r"^(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:\D|$)"
_REMEDY = (
    "Có thể cột bị lệch so với tiêu đề: hãy mở tệp, đối chiếu vài dòng với hệ thống nguồn, "
    "sửa hoặc xuất lại rồi nạp lại."
)
_SWAPPED_LEAST, _MONTHS = 10, 12
_LOOKED_AT, _SHOWN = 50, 3


def confirm_columns(
    path: Path, cells: pl.DataFrame, dates: Mapping[str, pl.Series], headers: Mapping[str, str], profile: Profile
) -> None:
    """Raises FileRefused if the code column holds no codes, or a date column mostly no dates."""
    code = profile.shape.code
    _confirm_codes(path, cells, headers.get(code, code), profile)
    for column, read in dates.items():
        given = cells[column].drop_nulls()
        _refuse_swapped(path, given, headers[column])
        unread = given.len() - read.count()
        if unread > TOLERATED and unread > given.len() * (1 - READABLE_SHARE):
            bad = cells[column].filter(read.is_null())
            raise FileRefused(
                path,
                f"Cột “{headers[column]}” phải chứa ngày, nhưng {unread}/{given.len()} ô không đọc được thành ngày"
                f" (thấy: {_forms(bad)}).",
                _REMEDY + " Nếu ngày viết theo dạng khác, hãy khai dạng đó ở khóa dates của hồ sơ cấu hình.",
            )


def _confirm_codes(path: Path, cells: pl.DataFrame, header: str, profile: Profile) -> None:
    codes = cells[profile.shape.code]
    given = codes.drop_nulls()
    pattern = profile.code_pattern

    def refuse(what: str, bad: pl.Series) -> None:
        found = f" (thấy: {_forms(bad)})" if bad.len() else ""
        raise FileRefused(path, f"Cột “{header}” phải chứa mã, nhưng {what}{found}.", _REMEDY)

    if codes.null_count() > max(TOLERATED, codes.len() / 2):
        refuse(f"{codes.null_count()}/{codes.len()} dòng để trống", given.head(0))
    bad = given.filter(~given.str.contains(pattern or NO_PHRASE))
    if bad.len() > max(TOLERATED, given.len() * (1 - PATTERN_SHARE)):
        wanted = "không đúng case_code_pattern" if pattern else "là cụm từ không có chữ số"
        refuse(f"{bad.len()}/{given.len()} ô {wanted}", bad)
    if not pattern:
        unique = given.unique()
        strange = unique.filter(unique.str.contains(_DATE) | are_phones_or_identities(unique))
        if strange.len() > max(TOLERATED, unique.len() / 2):
            refuse(f"{strange.len()}/{unique.len()} giá trị là ngày, số điện thoại hoặc số giấy tờ", strange)
    # A pattern of their own is proof enough that codes are codes, however often each stands.
    key = [column for column in (profile.shape.code, "instrument", "item") if column in cells.columns]
    keyed = cells.filter(codes.is_not_null()).select(key)
    repeats = 0 if pattern else keyed.height - keyed.n_unique()
    if repeats > max(TOLERATED, keyed.height * (1 - DISTINCT_SHARE)):
        refuse(f"{repeats}/{keyed.height} dòng lặp lại mã đã có", given.head(0))


def _refuse_swapped(path: Path, texts: pl.Series, header: str) -> None:
    """Opening dd/mm text with an American Excel turns days up to 12 into true dates, day and month swapped, and leaves
    the others as text."""
    begins_with_year = texts.str.contains(r"^\d{4}-")
    if min(begins_with_year.sum(), (~begins_with_year).sum()) < _SWAPPED_LEAST:
        return
    true_days = texts.str.extract(r"^\d{4}-\d{2}-(\d{2})").cast(pl.Int8).drop_nulls()
    typed_days = texts.str.extract(r"^(\d{1,2})[/.-]\d{1,2}[/.-]\d{4}").cast(pl.Int8).drop_nulls()
    if min(true_days.len(), typed_days.len()) < _SWAPPED_LEAST:
        return
    if (true_days <= _MONTHS).all() and (typed_days > _MONTHS).all():
        raise FileRefused(
            path,
            f"Cột “{header}” lẫn ngày thật và ngày dạng chữ, có dấu hiệu Excel đã đổi chỗ ngày với tháng.",
            "Hãy xuất lại tệp từ hệ thống nguồn và nạp thẳng, không mở rồi lưu bằng Excel.",
        )


def _forms(values: pl.Series) -> str:
    forms = dict.fromkeys(described(value) for value in values.drop_nulls().head(_LOOKED_AT))
    return "; ".join(list(forms)[:_SHOWN])
