"""What is personal in an export: headers that no profile may map, and values that no message may show."""

import re
import unicodedata

import polars as pl

from warehouse.text import fold

# What identifies or describes a person: personal wherever it stands in a header, as whole words.
PERSONAL_FACTS = frozenset(
    {
        "họ tên", "họ và tên", "tên chủ", "chủ hồ sơ", "chủ sử dụng", "chủ đất", "tên người",
        "điện thoại", "sđt", "sdt", "số đt", "phone", "mobile", "zalo", "fax", "email", "e mail", "thư điện tử",
        "cccd", "cmnd", "cmt", "số giấy tờ", "căn cước", "chứng minh nhân dân", "hộ chiếu", "passport", "số định danh",
        "định danh cá nhân", "mã số thuế", "số tài khoản", "biển số", "bhxh", "bhyt",
        "địa chỉ", "nơi ở", "thường trú", "tạm trú", "quê quán", "nơi sinh", "address",
        "ngày sinh", "năm sinh", "giới tính", "dân tộc", "tôn giáo", "quốc tịch",
    }
)  # fmt: skip
# Persons, and free text that often names them: personal where a header begins so ("Người nộp hồ sơ"), but not inside
# it ("Ngày trả cho công dân").
PERSONS = frozenset(
    {
        "người nộp", "người yêu cầu", "người đăng ký", "người ủy quyền", "người được ủy quyền", "người đại diện",
        "người nhận", "người sử dụng", "người dân", "người thụ lý", "người xử lý", "người kt", "người ký",
        "công dân", "khách hàng", "tổ chức cá nhân", "cá nhân", "cán bộ", "công chức", "nhân viên", "nv xử lý",
        "họ", "tên", "tuổi", "đt", "tel", "mail", "nghề nghiệp", "trình độ", "tờ", "thửa", "số thửa", "số tờ",
        "trích yếu", "nội dung", "ghi chú", "ý kiến", "ý kiến khác", "góp ý", "nhận xét",
    }
)  # fmt: skip

# One letter on either side is enough to find one, and more would be looked for again from each letter of a long text.
_EMAIL = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")
# 9 digits or more on end: telephone, identity card, tax and account numbers; or a telephone number in groups.
_NUMBER = re.compile(r"(?<!\d)\d{9,}(?!\d)|(?<![\w.])(?:\+?84|0)\d{0,3}(?:[ .\-]\d{2,4}){2,4}(?![\w.])")
_LEAST_DIGITS = 9
_DATE_LIKE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:$|[ T])")
_SIGNS = r"[ .\-]*"
_PARTED_PHONE_OR_IDENTITY = (
    rf"^{_SIGNS}(?:(?:(?:\+{_SIGNS})?8{_SIGNS}4|0){_SIGNS}[35789](?:{_SIGNS}\d){{8}}|0(?:{_SIGNS}\d){{11}}){_SIGNS}$"
)
_PHONE_OR_IDENTITY = r"(?:(?:\+?84|0)[35789]\d{8}|0\d{11})"


def is_personal_header(header: str, *, is_question: bool = False) -> bool:
    """Whether a column of this header holds personal data: "Tên người nộp" -> True, "Ngày nhận" -> False.

    A survey question may begin with persons ("Cán bộ lịch sự") without being about one.
    """
    words = fold(header)
    if any(f" {phrase} " in f" {words} " for phrase in _FACTS):
        return True
    person = words.removeprefix("mã ").removeprefix("thông tin ")
    return person in _PERSONS or (
        not is_question and person.startswith(tuple(f"{each} " for each in _PERSONS - _NAMES))
    )


_FACTS = frozenset(map(fold, PERSONAL_FACTS))
_PERSONS = frozenset(map(fold, PERSONS))
# "Tên" alone is a person's; "Tên thủ tục" is not.
_NAMES = frozenset({"tên"})


def has_personal_number(value: str) -> bool:
    """Whether a text holds an e-mail address or a number as long as a telephone or identity number."""
    if _EMAIL.search(value):
        return True
    numbers = [] if _DATE_LIKE.match(value) else _NUMBER.findall(value)
    return any(sum(letter.isdigit() for letter in number) >= _LEAST_DIGITS for number in numbers)


def is_phone_or_identity(value: pl.Expr) -> pl.Expr:
    """Whether the whole of a text is a Vietnamese telephone or citizen identity number."""
    # Signs between the digits are allowed in the pattern, not taken out of every text: the first letter ends the look.
    return value.str.contains(_PARTED_PHONE_OR_IDENTITY)


def holds_phone_or_identity(value: pl.Expr) -> pl.Expr:
    """Whether a Vietnamese telephone or citizen identity number stands in a text: "PHAM0912345678" -> True."""
    return value.str.contains(rf"(?:^|\D){_PHONE_OR_IDENTITY}(?:\D|$)")


def described(value: str) -> str:
    """A value told without showing it: "Nguyễn Văn A" -> "chữ, 12 ký tự"."""
    text = unicodedata.normalize("NFC", value)
    if _EMAIL.search(text):
        return f"thư điện tử, {len(text)} ký tự"
    if any(letter.isalpha() for letter in text):
        return f"chữ, {len(text)} ký tự"
    return f"số, {sum(letter.isdigit() for letter in text)} chữ số"
