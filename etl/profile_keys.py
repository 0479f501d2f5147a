"""How each key of a profile's TOML is read and checked; every fault names file, key, what was found and is allowed."""

import codecs
import difflib
import re
import zoneinfo
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import polars as pl

from etl.kinds import Kind, kinds
from etl.personal import is_personal_header
from warehouse.text import fold

_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")


class ProfileError(Exception):
    """A profile that cannot be used: its file name, the key, what was found, what is allowed, in Vietnamese."""

    def __init__(self, path: Path, key: str, found: object, allowed: str) -> None:
        self.file, self.key, self.found, self.allowed = path.name, key, found, allowed
        super().__init__(f"Hồ sơ cấu hình {path.name}, khóa “{key}”: thấy {_shown(found)}. Được phép: {allowed}.")


def _shown(found: object) -> str:
    if found is None:
        return "không có khóa này"
    return f"“{found}”" if isinstance(found, str) else str(found).lower() if isinstance(found, bool) else str(found)


# Listing them walks a folder tree, and every profile asks.
_timezones = cache(zoneinfo.available_timezones)


# Most profiles name the same few.
@cache
def _is_date_format(text: str) -> bool:
    sample = datetime(2024, 3, 24, 13, 45, 56, tzinfo=UTC)
    try:
        read = pl.select(date_of_form(pl.lit(sample.strftime(text)), text, "UTC")).item()
    except pl.exceptions.ComputeError:
        return False
    return isinstance(read, datetime) and read.date() == sample.date()


def date_of_form(text: pl.Expr, form: str, timezone: str) -> pl.Expr:
    """Moments in local time by a format of `dates`, null where it does not fit; %f takes any number of digits."""
    form = form.replace(".%f", "%.f")
    if "%z" not in form:
        return text.str.strptime(pl.Datetime("us"), form, strict=False)
    aware = text.str.strptime(pl.Datetime("us", "UTC"), form, strict=False)
    return aware.dt.convert_time_zone(timezone).dt.replace_time_zone(None)


class Keys:
    """The keys of one TOML file, read one by one with their checks."""

    def __init__(self, path: Path, content: Mapping[str, object]) -> None:
        self.path, self.content = path, content

    def fault(self, key: str, found: object, allowed: str) -> ProfileError:
        return ProfileError(self.path, key, found, allowed)

    def refuse_unknown(self, fields: Sequence[str]) -> None:
        """`fields`: the keys a profile may have, with `name`, which is the file's own."""
        known = [name for name in fields if name != "name"]
        for key in self.content:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                hint = f"có phải “{near[0]}”? " if near else ""
                raise self.fault(key, "khóa không có trong hồ sơ cấu hình", f"{hint}một trong {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        found = self.content.get(key, default)
        if not isinstance(found, str) or (default is None and not found.strip()):
            raise self.fault(key, found, "một chuỗi chữ không trống")
        return found.strip()

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        found = self.content.get(key, default)
        if not isinstance(found, str) or found not in allowed:
            raise self.fault(key, found, f"một trong {', '.join(allowed)}")
        return found

    def source(self, key: str) -> str:
        found = self.text(key)
        if not _SOURCE.fullmatch(found):
            raise self.fault(key, found, "chữ cái không dấu, chữ số và các dấu _ - .")
        return found

    def texts(
        self, key: str, default: tuple[str, ...] | None = None, *, empty_allowed: bool = False
    ) -> tuple[str, ...]:
        if key not in self.content and default is not None:
            return default
        return self._texts(key, self.content.get(key), empty_allowed=empty_allowed, none_allowed=default is not None)

    def _texts(
        self, key: str, found: object, *, empty_allowed: bool = False, none_allowed: bool = False
    ) -> tuple[str, ...]:
        allowed = 'một danh sách chuỗi chữ, ví dụ ["Số hồ sơ"]'
        if not isinstance(found, list) or not (found or none_allowed):
            raise self.fault(key, found, allowed)
        for text in found:
            if not isinstance(text, str) or not (empty_allowed or fold(text)):
                raise self.fault(key, found, allowed)
        return tuple(found)

    def encoding(self, key: str, default: str) -> str:
        found = self.text(key, default)
        try:
            codecs.lookup(found)
            "".encode(found)
        except LookupError as error:
            raise self.fault(key, found, "tên một bảng mã, ví dụ utf-8-sig, windows-1258, utf-16") from error
        return found

    def delimiter(self, key: str) -> str:
        found = self.content.get(key, "")
        # polars takes one byte; a quote or a line end cannot separate cells.
        if not isinstance(found, str) or (found and (len(found.encode()) != 1 or found in '"\r\n')):
            raise self.fault(key, found, 'một ký tự, ví dụ "," hoặc ";" hoặc "\\t"; để trống thì tự tìm')
        return found

    def date_formats(self, key: str) -> tuple[str, ...]:
        formats = self.texts(key, ())
        for each in formats:
            if not _is_date_format(each):
                raise self.fault(key, each, 'dạng ngày có %d, %m và %Y, ví dụ "%d/%m/%Y %H:%M"')
        return formats

    def timezone(self, key: str, default: str) -> str:
        found = self.text(key, default)
        if found not in _timezones():
            raise self.fault(key, found, "tên một múi giờ, ví dụ Asia/Ho_Chi_Minh")
        return found

    def pattern(self, key: str) -> str:
        found = self.text(key, "")
        try:
            # The rows are matched by polars, whose patterns know neither look-around nor back-references.
            pl.Series([""]).str.contains(found)
        except pl.exceptions.ComputeError as error:
            raise self.fault(key, found, "một biểu thức chính quy (regex) hợp lệ, không dùng look-around") from error
        return found

    def flag(self, key: str) -> bool:
        found = self.content.get(key, False)
        if not isinstance(found, bool):
            raise self.fault(key, found, "true hoặc false")
        return found

    def day(self, key: str) -> date | None:
        found = self.content.get(key, "")
        if found == "":
            return None
        return self._day(key, found)

    def _day(self, key: str, found: object) -> date:
        if isinstance(found, date) and not isinstance(found, datetime):
            return found
        try:
            return date.fromisoformat(found if isinstance(found, str) else "")
        except ValueError as error:
            raise self.fault(key, found, "một ngày dạng năm-tháng-ngày, ví dụ 2024-03-24") from error

    def row_number(self, key: str) -> int:
        found = self.content.get(key, 0)
        if isinstance(found, bool) or not isinstance(found, int) or found < 0:
            raise self.fault(key, found, "số thứ tự dòng tiêu đề, đếm từ 1; 0 là tự tìm")
        return found

    def table(self, key: str) -> Mapping[str, object]:
        found = self.content.get(key, {})
        if not isinstance(found, dict):
            raise self.fault(key, found, f"một bảng TOML, mở đầu bằng [{key}]")
        return found

    def columns(self, key: str, kind: Kind) -> dict[str, tuple[str, ...]]:
        mapped = {}
        for column, headers in self.table(key).items():
            if column not in kind.columns:
                raise self.fault(
                    f"{key}.{column}", "cột không có trong loại này", f"một trong {', '.join(kind.columns)}"
                )
            mapped[column] = self._headers(f"{key}.{column}", headers)
        return mapped

    def items(self, key: str, kind: Kind) -> dict[str, tuple[str, ...]]:
        if key in self.content and not kind.wide:
            wide = " hoặc ".join(f'"{each.name}"' for each in kinds().values() if each.wide)
            raise self.fault(key, f"kind = {kind.name}", f"bảng [items] chỉ dùng với kind = {wide}")
        return {
            item: self._headers(f"{key}.{item}", headers, are_questions=True)
            for item, headers in self.table(key).items()
        }

    def _headers(self, key: str, found: object, *, are_questions: bool = False) -> tuple[str, ...]:
        headers = self._texts(key, found)
        for header in headers:
            if is_personal_header(header, is_question=are_questions):
                raise self.fault(
                    key, header, "cột không chứa dữ liệu cá nhân (họ tên, điện thoại, giấy tờ, địa chỉ, …)"
                )
        return headers

    def constants(self, key: str, kind: Kind) -> dict[str, str | int | float | date]:
        return {
            column: self._constant(f"{key}.{column}", column, found, kind) for column, found in self.table(key).items()
        }

    def _constant(self, key: str, column: str, found: object, kind: Kind) -> str | int | float | date:
        form = kind.columns[column].form if column in kind.columns else None
        if form is None or form == "code":
            allowed = [name for name, each in kind.columns.items() if each.form != "code"]
            raise self.fault(key, "cột không đặt hằng số được", f"một trong {', '.join(allowed)}")
        if form in ("moment", "day"):
            return self._day(key, found)
        if form in ("count", "score"):
            if isinstance(found, bool) or not isinstance(found, int if form == "count" else int | float):
                raise self.fault(key, found, "một số")
            return found
        if form == "label":
            return self._label(key, kind.columns[column].labels, found)
        if not isinstance(found, str) or not fold(found):
            raise self.fault(key, found, "một chuỗi chữ không trống")
        return found.strip()

    def _label(self, key: str, labels: Sequence[str], found: object) -> str:
        if not isinstance(found, str) or found not in labels:
            raise self.fault(key, found, f"một trong {', '.join(labels)}")
        return found

    def values(self, key: str, kind: Kind) -> dict[str, dict[str, str | float]]:
        mapped: dict[str, dict[str, str | float]] = {}
        labelled = kind.of_form("label", "score")
        for column, found in self.table(key).items():
            if column not in labelled or not isinstance(found, dict):
                raise self.fault(f"{key}.{column}", found, f"bảng nhãn của một trong các cột {', '.join(labelled)}")
            seen: dict[str, str] = {}
            for label, value in found.items():
                where = f"{key}.{column}.{label}"
                other = seen.setdefault("*" if label == "*" else fold(label), label)
                if other != label and found[other] != value:
                    raise self.fault(where, f"cùng nhãn với “{other}” nhưng khác giá trị", "mỗi nhãn một giá trị")
                if kind.columns[column].labels:
                    mapped.setdefault(column, {})[label] = self._label(where, kind.columns[column].labels, value)
                elif isinstance(value, bool) or not isinstance(value, int | float):
                    raise self.fault(where, value, "một số")
                else:
                    mapped.setdefault(column, {})[label] = float(value)
        return mapped

    def require_columns(
        self,
        columns: Mapping[str, object],
        items: Mapping[str, object],
        constants: Mapping[str, object],
        kind: Kind,
    ) -> None:
        """Every required column has a header or a constant, and no column is given twice."""
        given = {*columns, *constants, *(kind.wide if items else ())}
        for group in kind.required:
            if not given.intersection(group):
                raise self.fault(f"columns.{group[0]}", None, f"cột bắt buộc: {' hoặc '.join(group)}")
        for column in kind.wide if items else ():
            if column in columns or column in constants:
                raise self.fault(f"columns.{column}", "đã có bảng [items]", "bỏ cột này, hoặc bỏ bảng [items]")
