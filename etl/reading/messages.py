"""What was allowed and what to do next, for every reason a row can be rejected."""

from types import MappingProxyType

from etl.kinds import Kind

_IN_SOURCE = "Sửa ở hệ thống nguồn hoặc trong tệp, rồi nạp lại tệp."
_SHIFTED = "Xem dòng này có bị lệch cột không; sửa trong tệp rồi nạp lại."
_ADD_LABEL = "Thêm nhãn này vào [values.{}] của hồ sơ cấu hình, hoặc sửa trong tệp, rồi nạp lại."

# reason -> (allowed, remedy)
MESSAGES = MappingProxyType(
    {
        "bad_case_code": ("một mã có chữ số hoặc viết liền, đúng case_code_pattern nếu có", _SHIFTED),
        "lost_zeros": (
            "mã không khác mã đã có chỉ ở các số 0 đứng đầu",
            "Xuất lại tệp từ hệ thống nguồn, không mở rồi lưu bằng Excel; nếu lần nạp trước thiếu số 0, rút lần đó.",
        ),
        "error_cell": ("một giá trị, không phải ô báo lỗi của Excel", "Sửa công thức hoặc ô đó trong tệp rồi nạp lại."),
        "formula_without_value": (
            "một giá trị, hoặc công thức đã lưu kết quả",
            "Mở tệp bằng Excel, để Excel tính lại, lưu rồi nạp lại.",
        ),
        "unreadable_date": ("một ngày, như 15/02/2025, 15/02/2025 08:30 hoặc 2025-02-15", _SHIFTED),
        "date_out_of_range": (
            "từ 01/01/2000; tiếp nhận, kết thúc, trả lời không sau ngày nạp; hẹn trả không quá 10 năm sau ngày chốt",
            _IN_SOURCE,
        ),
        "no_original": ("tên lần nạp gốc, như L0003", "Không thêm dòng vào tệp sửa; nạp dòng mới bằng tệp khác."),
        "bad_score": (
            "một số, hoặc nhãn có trong [values.score]",
            "Sửa điểm trong tệp, hoặc thêm nhãn vào [values.score].",
        ),
        "bad_number": ("một số nguyên không âm", _IN_SOURCE),
        "personal_value": (
            "tên đơn vị, lĩnh vực, thủ tục; không có tên người, số điện thoại, giấy tờ, thư điện tử",
            "Bỏ phần riêng tư trong tệp rồi nạp lại; nếu đó là tên đơn vị, thêm vào units.csv hoặc khóa unit_words.",
        ),
        "too_many_cells": ("số ô không nhiều hơn tiêu đề", "Đặt ô có dấu phân cách trong ngoặc kép, rồi nạp lại."),
    }
)


def message(reason: str, column: str, kind: Kind) -> tuple[str, str]:
    """Allowed and remedy of a reason for a canonical column, or one that is no column of the kind."""
    if reason == missing(column, kind):
        return f"{named(column, kind)} không trống", _fill_in(column, kind)
    if reason == "unknown_label":
        names = kind.columns[column].labels
        return f"nhãn khai trong [values.{column}], hoặc {', '.join(names)}", _ADD_LABEL.format(column)
    return MESSAGES[reason]


def missing(column: str, kind: Kind) -> str:
    """The reason of a row that lacks what a column, or another of its group, must hold: "no_procedure_or_field"."""
    return f"no_{'_or_'.join(_group(column, kind))}"


def named(column: str, kind: Kind) -> str:
    """What must not be empty, in words: "tên thủ tục hoặc lĩnh vực"."""
    return " hoặc ".join(kind.columns[each].title for each in _group(column, kind) if each in kind.columns)


def _group(column: str, kind: Kind) -> tuple[str, ...]:
    return next((group for group in kind.required if column in group), (column,))


def _fill_in(column: str, kind: Kind) -> str:
    return f"Bổ sung {named(column, kind)} trong tệp rồi nạp lại." if column == kind.code else _IN_SOURCE
