"""Briefings: what a meeting looks at, slide by slide, each a TOML file that people may edit by hand."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from warehouse.files import make_folder, replace_text
from warehouse.folders import briefing_folders, own_briefings_folder
from warehouse.snapshot_ids import is_snapshot_id
from warehouse.text import search_key

# What a slide may ask instead of dates: the newest whole month or quarter when it is opened.
PERIODS = ("last_month", "last_quarter")
_VIEW = re.compile(r"[a-z0-9]+(-[a-z0-9]+|_[a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 60
# In the address of a slide these are its briefing's and the presenter's, not the slide's.
_NOT_OF_A_SLIDE = ("snapshot", "lang", "briefing", "slide")


class BriefingError(Exception):
    """A briefing that cannot be used; the text names file, key, what was found, what is allowed and the next step."""

    def __init__(self, path: Path, key: str, found: str, allowed: str) -> None:
        self.file, self.key, self.found, self.allowed = path.name, key, found, allowed
        super().__init__(
            f"Tệp trình chiếu {path}, khóa “{key}”: thấy {found}. Được phép: {allowed}. "
            "Sửa tệp bằng trình soạn thảo rồi mở lại trang Trình chiếu, hoặc xóa tệp."
        )


class BriefingMissing(Exception):
    """There is no briefing of this name."""


@dataclass(frozen=True)
class Slide:
    """One view: its key, the parameters of its scope and its page, a title that replaces its own.

    `period` (one of PERIODS) stands for dates that move with the data; then `link` has none.
    """

    view: str
    link: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    period: str = ""


@dataclass(frozen=True)
class Briefing:
    """Slides in order. `name`: of its file; `snapshot`: the one it is pinned to, None = the newest when it starts;
    `is_own`: in the data folder, so that it may be changed."""

    name: str
    title: str
    slides: tuple[Slide, ...] = ()
    snapshot: str | None = None
    is_own: bool = True


def briefings() -> tuple[list[Briefing], list[BriefingError]]:
    """Every briefing by title, and what is wrong with those that cannot be read.

    An office's own file replaces the shipped one of the same name.
    """
    found, faults = [], []
    for path in _files().values():
        try:
            found.append(_read(path))
        except BriefingError as fault:
            faults.append(fault)
    return sorted(found, key=lambda each: (search_key(each.title), each.name)), faults


def find_briefing(name: str) -> Briefing:
    """One briefing by the name of its file. Raises BriefingMissing, BriefingError."""
    path = _files().get(name)
    if path is None:
        raise BriefingMissing(name)
    return _read(path)


def named_snapshots() -> dict[str, str]:
    """Snapshot id -> title of a briefing pinned to it, of every briefing. Raises BriefingError: a file that cannot be
    read may name any of them."""
    found = [_read(path) for path in _files().values()]
    return {each.snapshot: each.title for each in found if each.snapshot}


def save_briefing(briefing: Briefing) -> Briefing:
    """Write it as the data folder's own file, whole or not at all; the answer is the own one."""
    folder = own_briefings_folder()
    make_folder(folder)
    replace_text(folder / f"{briefing.name}.toml", _as_toml(briefing))
    return replace(briefing, is_own=True)


def delete_briefing(name: str) -> None:
    """Delete the data folder's own file; a shipped one of the same name shows again."""
    (own_briefings_folder() / f"{name}.toml").unlink(missing_ok=True)


def new_name(title: str) -> str:
    """A free file name for a title: "Họp tuần 12" -> "hop-tuan-12", then "hop-tuan-12-2"."""
    base = re.sub(r"[^a-z0-9]+", "-", search_key(title))[:_LONGEST].strip("-") or "trinh-chieu"
    taken, name, count = _files().keys(), base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


def slide_link(parameters: Mapping[str, str]) -> dict[str, str]:
    """What a slide keeps of an address: all but the snapshot and the language, which are the meeting's."""
    return {name: value for name, value in parameters.items() if value and name not in _NOT_OF_A_SLIDE}


def moved(slides: Sequence[Slide], place: int, by: int) -> tuple[Slide, ...]:
    """The slides with the one at `place` moved up (-1) or down (1); at the end of its way it stays."""
    to = place + by
    if not (0 <= place < len(slides) and 0 <= to < len(slides)):
        return tuple(slides)
    order = list(slides)
    order.insert(to, order.pop(place))
    return tuple(order)


def _files() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in briefing_folders():
        found |= {path.stem: path for path in sorted(folder.glob("*.toml"))}
    return found


def _read(path: Path) -> Briefing:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BriefingError(path, "(tệp)", "không mở được", "một tệp TOML đọc được") from error
    except UnicodeDecodeError as error:
        raise BriefingError(path, "(tệp)", "tệp không phải UTF-8", "TOML lưu bằng mã UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise BriefingError(path, "(tệp)", f"sai cú pháp TOML: {error}", "TOML đúng cú pháp") from error
    if not _NAME.fullmatch(path.stem):
        raise BriefingError(
            path, "(tên tệp)", f"“{path.stem}”", "chữ thường không dấu, chữ số và dấu gạch nối, như hop-giao-ban"
        )
    _refuse_unknown(path, "", content, ("title", "snapshot", "slides"))
    snapshot = _text(path, "snapshot", content, optional=True)
    if snapshot and not is_snapshot_id(snapshot):
        raise BriefingError(path, "snapshot", f"“{snapshot}”", "mã bản số liệu, như 2026-11-22-a, hoặc bỏ khóa này")
    slides = content.get("slides", [])
    if not isinstance(slides, list) or not all(isinstance(each, dict) for each in slides):
        raise BriefingError(path, "slides", _shown(slides), "các bảng [[slides]], mỗi bảng một trang")
    return Briefing(
        path.stem,
        _text(path, "title", content),
        tuple(_slide(path, f"slides[{number}]", each) for number, each in enumerate(slides, 1)),
        snapshot or None,
        is_own=path.parent == own_briefings_folder(),
    )


def _slide(path: Path, place: str, content: Mapping[str, object]) -> Slide:
    _refuse_unknown(path, place, content, ("view", "title", "link", "period"))
    view = _text(path, "view", content, place)
    if not _VIEW.fullmatch(view):
        raise BriefingError(path, f"{place}.view", f"“{view}”", "mã của một hình, như tre-han-pheu")
    period = _text(path, "period", content, place, optional=True)
    if period and period not in PERIODS:
        raise BriefingError(path, f"{place}.period", f"“{period}”", f"một trong {', '.join(PERIODS)}")
    text = _text(path, "link", content, place, optional=True)
    try:
        pairs = parse_qsl(text.lstrip("?"), strict_parsing=True) if text else []
    except ValueError as error:
        raise BriefingError(path, f"{place}.link", f"“{text}”", "phần sau dấu ? của một liên kết") from error
    link = slide_link(dict(pairs))
    if period and ("from" in link or "to" in link):
        raise BriefingError(path, f"{place}.period", f"“{period}” và ngày trong link", "chỉ một trong hai")
    return Slide(view, link, _text(path, "title", content, place, optional=True), period)


def _refuse_unknown(path: Path, place: str, content: Mapping[str, object], known: Sequence[str]) -> None:
    for key in content:
        if key not in known:
            where = f"{place}.{key}" if place else key
            raise BriefingError(path, where, "khóa không dùng ở đây", f"một trong {', '.join(known)}")


def _text(path: Path, key: str, content: Mapping[str, object], place: str = "", *, optional: bool = False) -> str:
    found = content.get(key, "" if optional else None)
    if not isinstance(found, str) or not (optional or found.strip()):
        raise BriefingError(path, f"{place}.{key}" if place else key, _shown(found), "một chuỗi chữ không trống")
    return found.strip()


def _shown(found: Any) -> str:
    return "không có khóa này" if found is None else f"“{found}”"


def _as_toml(briefing: Briefing) -> str:
    lines = [f"title = {_quoted(briefing.title)}"]
    if briefing.snapshot:
        lines.append(f"snapshot = {_quoted(briefing.snapshot)}")
    for slide in briefing.slides:
        parts = {
            "view": slide.view, "title": slide.title, "period": slide.period,
            "link": urlencode(slide.link, safe=","),
        }  # fmt: skip
        lines += ["", "[[slides]]", *(f"{key} = {_quoted(text)}" for key, text in parts.items() if text)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but for the one control character that JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
