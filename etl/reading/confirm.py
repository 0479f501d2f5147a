"""Columns are believed for what they hold, not for their header: codes must be codes and dates dates."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from etl.personal import described, is_phone_or_identity
from etl.profile import Profile
from etl.reading.cells import Cells
from etl.reading.date_forms import DATE_LIKE
from etl.reading.places import places
from etl.reading.refusal import FileRefused

DISTINCT_SHARE = 0.95
PATTERN_SHARE = 0.95
READABLE_SHARE = 0.5
TOLERATED = 5  # so many exceptions never refuse a file: its rows are rejected one by one
# A phrase without any digit is a name, not a code.
NO_PHRASE = r"\d|^\S+$"
_CODE_LIKE = r"^\S*\d{3}\S*$"
_SHIFTED = (
    "Các cột có vẻ bị lệch so với tiêu đề: hãy mở tệp, đối chiếu vài dòng với hệ thống nguồn, "
    "sửa hoặc xuất lại rồi nạp lại."
)
_WRONG_COLUMN = "Hãy mở tệp xem các ô đó: sửa hoặc xuất lại tệp, hoặc sửa tên cột trong hồ sơ cấu hình, rồi nạp lại."
_SERIAL = r"^\d{5}(?:[.,]\d+)?$"
_LOOKED_AT, _SHOWN = 50, 3


def confirm_columns(
    path: Path, whole: Cells, dates: Mapping[str, pl.Series], headers: Mapping[str, str], profile: Profile
) -> None:
    """Raises FileRefused if the code column holds no codes, or a date column mostly no dates."""
    cells = whole.frame
    _confirm_codes(path, cells, dates.get(profile.shape.dated), headers[profile.shape.code], profile)
    for column, read in dates.items():
        given = cells.height - cells[column].null_count()
        unread = given - read.count()
        if unread > TOLERATED and unread > given * (1 - READABLE_SHARE):
            is_bad = cells[column].is_not_null() & read.is_null()
            bad = whole.rows(is_bad.arg_true())[column]
            if bad.str.contains(_SERIAL).all():
                found = f"có {unread} số như “{bad[0]}”: là số thứ tự ngày của Excel, không phải ngày"
                how = "Hãy định dạng cột này thành ngày trong Excel rồi xuất lại, hoặc nạp thẳng tệp .xlsx."
            else:
                found = f"{unread}/{given} ô không đọc được thành ngày (thấy: {_forms(bad)})"
                how = (
                    f"{_remedy(cells, profile)} Nếu ngày viết theo dạng khác, hãy khai dạng đó ở khóa dates của hồ sơ "
                    "cấu hình."
                )
            raise FileRefused(
                path, f"Cột “{headers[column]}” phải chứa ngày, nhưng {found}; {places(cells, is_bad)}.", how
            )


def _remedy(cells: pl.DataFrame, profile: Profile) -> str:
    return _SHIFTED if _is_shifted(cells, profile) else _WRONG_COLUMN


def _is_shifted(cells: pl.DataFrame, profile: Profile) -> bool:
    """Whether codes or dates stand, in most rows, where names should, or dates where codes should."""
    names = [column for column in profile.shape.of_form("text") if column in cells.columns]
    strays = [cells[column].cast(pl.String).drop_nulls().str.contains(f"{DATE_LIKE}|{_CODE_LIKE}") for column in names]
    strays.append(cells[profile.shape.code].drop_nulls().str.contains(DATE_LIKE))
    return any(each.len() > TOLERATED and each.sum() * 2 > each.len() for each in strays)


def _confirm_codes(path: Path, cells: pl.DataFrame, began: pl.Series | None, header: str, profile: Profile) -> None:
    codes, pattern = cells[profile.shape.code], profile.code_pattern
    code = pl.col(profile.shape.code)
    given = codes.len() - codes.null_count()

    def refuse(what: str, is_bad: pl.Series, *, shows: bool = True) -> None:
        found = f" (thấy: {_forms(codes.filter(is_bad))})" if shows else ""
        raise FileRefused(
            path,
            f"Cột “{header}” phải chứa mã, nhưng {what}{found}; {places(cells, is_bad)}.",
            _remedy(cells, profile),
        )

    if codes.null_count() > max(TOLERATED, codes.len() / 2):
        refuse(f"{codes.null_count()}/{codes.len()} dòng để trống", codes.is_null(), shows=False)
    is_bad = ~codes.str.contains(pattern or NO_PHRASE).fill_null(True)
    if is_bad.sum() > max(TOLERATED, given * (1 - PATTERN_SHARE)):
        wanted = "không đúng case_code_pattern" if pattern else "là cụm từ không có chữ số"
        refuse(f"{is_bad.sum()}/{given} ô {wanted}", is_bad)
    # A pattern of their own is proof enough that codes are codes, however often each stands.
    if pattern:
        return
    unique = codes.drop_nulls().unique().to_frame()
    strange = unique.filter(code.str.contains(DATE_LIKE) | is_phone_or_identity(code)).to_series()
    if strange.len() > max(TOLERATED, unique.height / 2):
        refuse(
            f"{strange.len()}/{unique.height} giá trị là ngày, số điện thoại hoặc số giấy tờ",
            codes.is_in(strange.implode()),
        )
    key = [column for column in profile.shape.key if column in cells.columns]
    repeats = 0
    if unique.height < given:
        is_given = codes.is_not_null()
        repeats = _other_beginnings(
            cells.filter(is_given).select(key), None if began is None else began.filter(is_given)
        )
    if repeats > max(TOLERATED, given * (1 - DISTINCT_SHARE)):
        is_repeated = cells.select(pl.struct(key).is_duplicated()).to_series() & codes.is_not_null()
        refuse(f"{repeats}/{given} dòng lặp lại mã đã có với ngày khác", is_repeated, shows=False)


def _other_beginnings(keyed: pl.DataFrame, began: pl.Series | None) -> int:
    """Rows that repeat a code with another day than before: monthly exports in one file repeat it with the same."""
    if began is None:
        return keyed.height - keyed.n_unique()
    return keyed.with_columns(began.dt.date().alias("began")).n_unique() - keyed.n_unique()


def _forms(values: pl.Series) -> str:
    forms = dict.fromkeys(described(value) for value in values.drop_nulls().head(_LOOKED_AT))
    return "; ".join(list(forms)[:_SHOWN])
