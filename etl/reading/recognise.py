"""Which profile a file belongs to, and in which of its sheets the data are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.personal import is_personal_header
from etl.profile import Profile
from etl.reading.header import ROWS_SEARCHED, Header, Top, top_of
from etl.reading.refusal import FileRefused
from etl.reading.sheet import Sheet
from warehouse.text import fold, search_key

_LEAST_CELLS = 3
_CELLS_OF_GROUP, _SHOWN_UNITS = 2, 3
_UNIT_WORDS = tuple(
    f"{word} "
    for word in (
        "ubnd", "ủy ban nhân dân", "xã", "phường", "thị trấn", "phòng", "văn phòng", "trung tâm", "chi nhánh",
        "công an", "bộ phận", "ban",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Recognised:
    """A profile, and the header of each sheet that holds data, by sheet number."""

    profile: Profile
    headers: dict[int, Header]

    @property
    def rank(self) -> tuple[int, int]:
        return max(header.matched for header in self.headers.values()), len(self.profile.recognise_text)


def recognise(path: Path, sheets: Sequence[Sheet], profiles: Sequence[Profile]) -> Recognised:
    """The profile whose headers fit best. Raises FileRefused where none or several fit."""
    tops = _Tops(sheets)
    fitting = [found for profile in profiles if (found := _fit(path, tops, profile)).headers]
    if not fitting:
        raise FileRefused(path, *_nothing_fits(path, tops, profiles))
    best = max(found.rank for found in fitting)
    winners = [found for found in fitting if found.rank == best]
    if len(winners) > 1:
        titles = ", ".join(f"“{found.profile.title}” ({found.profile.name}.toml)" for found in winners)
        raise FileRefused(
            path,
            f"Tệp khớp như nhau với nhiều hồ sơ cấu hình: {titles}.",
            "Hãy chọn một hồ sơ cấu hình bằng --profile.",
        )
    _refuse_missing(path, winners[0], sheets)
    return winners[0]


class _Tops:
    """The first rows of every sheet, read once for all profiles that look as far."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._of = cache(lambda rows: [top_of(sheet, rows) for sheet in sheets])

    def for_profile(self, profile: Profile | None = None) -> list[Top]:
        """Down to the row that the profile names as its header, at least ROWS_SEARCHED."""
        return self._of(max(ROWS_SEARCHED, profile.header_row + 1 if profile else 0))


def _fit(path: Path, tops: _Tops, profile: Profile) -> Recognised:
    headers = {}
    for number, top in enumerate(tops.for_profile(profile)):
        header = top.header(profile)
        if header and not header.lacks(profile.recognise) and not _texts_lacking(path, top, header, profile):
            headers[number] = header
    return Recognised(profile, headers)


def _texts_lacking(path: Path, top: Top, header: Header, profile: Profile) -> list[str]:
    if not profile.recognise_text:
        return []
    above = " ".join(text for row in top.rows[: header.first] for text in row if text)
    written, name = f" {fold(above)} ", f" {search_key(path.stem)} "
    # File names are mostly typed without marks.
    return [
        text
        for text in profile.recognise_text
        if f" {fold(text)} " not in written and f" {search_key(text)} " not in name
    ]


def _refuse_missing(path: Path, found: Recognised, sheets: Sequence[Sheet]) -> None:
    profile = found.profile
    for header in found.headers.values():
        given = {*header.columns, *profile.constants, *(profile.shape.wide if header.items else ())}
        for group in profile.shape.required:
            if not given.intersection(group):
                if group == ("unit",):
                    _refuse_units_elsewhere(path, found, sheets)
                accepted = [name for column in group for name in profile.columns.get(column, ())]
                accepted += (
                    [name for names in profile.items.values() for name in names]
                    if group[0] in profile.shape.wide
                    else []
                )
                raise FileRefused(
                    path,
                    f"Hồ sơ cấu hình “{profile.title}” cần một trong các cột {_quoted(accepted)}, nhưng tệp không có.",
                    "Hãy xuất lại tệp có đủ cột, hoặc thêm tên cột mới vào hồ sơ cấu hình.",
                )


def _refuse_units_elsewhere(path: Path, found: Recognised, sheets: Sequence[Sheet]) -> None:
    """Where no column holds units, but names of sheets, rows between the data or the banner do, the refusal says so."""

    def units(texts: Iterable[str | None]) -> list[str]:
        return [text for text in texts if text and fold(text).startswith(_UNIT_WORDS)]

    alone, above = [], []
    for number, header in found.headers.items():
        rows = sheets[number].table.rows()
        above += [text for row in rows[: header.first] for text in row if text]
        alone += [text for row in rows[header.last + 1 :] for text in _group_text(row)]
    names = units(sheets[number].name for number in found.headers)
    for where, texts in (("tên trang tính", names), ("dòng xen giữa", units(alone)), ("đầu trang", units(above))):
        if texts:
            raise FileRefused(
                path,
                f"Tên đơn vị chỉ có ở {where} ({_quoted([*dict.fromkeys(texts)][:_SHOWN_UNITS])}), không có ở cột nào.",
                "Hãy thêm một cột đơn vị vào từng dòng; nếu mỗi tệp chỉ có một đơn vị, khai đơn vị đó ở [constants] "
                "của hồ sơ cấu hình.",
            )


def _group_text(row: Sequence[str | None]) -> list[str]:
    """The text of a row that holds nothing else but a numeral."""
    texts = [text for text in row if text]
    return texts[-1:] if len(texts) <= _CELLS_OF_GROUP else []


def _nothing_fits(path: Path, tops: _Tops, profiles: Sequence[Profile]) -> tuple[str, str]:
    if not profiles:
        return "Chưa có hồ sơ cấu hình nào.", "Hãy thêm một tệp .toml vào thư mục profiles, hoặc chỉ ra bằng --profile."
    remedy = "Hãy kiểm tra đúng loại tệp; nếu là loại mới, hãy thêm một hồ sơ cấu hình (.toml) cho loại đó."
    if len(profiles) == 1:
        return _why_not(path, tops, profiles[0]), remedy
    known = _quoted(sorted(profile.title for profile in profiles))
    return f"Không nhận ra loại tệp. {_headers_seen(tops, profiles)} Các hồ sơ cấu hình đã có: {known}.", remedy


def _why_not(path: Path, tops: _Tops, profile: Profile) -> str:
    fits = []
    for top in tops.for_profile(profile):
        header = top.header(profile)
        if header:
            fits.append((header.lacks(profile.recognise), _texts_lacking(path, top, header, profile)))
    if not fits:
        where = f" ở dòng {profile.header_row}" if profile.header_row else ""
        wanted = _quoted(profile.recognise)
        return (
            f"Không thấy dòng tiêu đề của hồ sơ cấu hình “{profile.title}”{where}; cần có {wanted}. "
            + _headers_seen(tops, [profile])
        )
    headers, texts = min(fits, key=lambda fit: (len(fit[0]), len(fit[1])))
    if headers:
        return f"Hồ sơ cấu hình “{profile.title}” cần các cột {_quoted(headers)}, nhưng tệp không có."
    return f"Hồ sơ cấu hình “{profile.title}” cần có chữ {_quoted(texts)} ở trên tiêu đề hoặc trong tên tệp."


def _headers_seen(tops: _Tops, profiles: Sequence[Profile]) -> str:
    """The headers of the row most like a header. A row that may hold data is never shown: it may name persons."""
    known = {
        fold(header)
        for profile in profiles
        for accepted in (*profile.columns.values(), *profile.items.values(), profile.recognise)
        for header in accepted
    }
    best: tuple[int, list[str]] = (0, [])
    for top in tops.for_profile():
        for row in top.rows:
            texts = [text for text in row if text]
            if len(texts) < _LEAST_CELLS or any(letter.isdigit() for text in texts for letter in text):
                continue
            likeness = sum(fold(text) in known or is_personal_header(text) for text in texts)
            if likeness > best[0]:
                best = likeness, texts
    return f"Tiêu đề tìm thấy: {_quoted(best[1])}." if best[1] else "Không thấy dòng nào giống dòng tiêu đề."


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts)
