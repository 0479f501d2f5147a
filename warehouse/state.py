"""The state: which snapshot is shown, which are published, and which loads count. `archive/active.json` alone says so,
written last and whole; what it does not name was never published."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse import log
from warehouse.files import make_folder, replace_text
from warehouse.folders import archive_folder, warehouse_folder
from warehouse.snapshot_ids import is_snapshot_id, order

FORMAT = 2
_LOAD = re.compile(r"L\d{4,}")
_NEXT_STEP = (
    "Số liệu và kho lưu trữ giữ nguyên. Chạy `python -m etl doctor` để xem thiếu gì, "
    "`python -m etl doctor --repair` để sửa."
)


class StateDamaged(Exception):
    """State, archive and snapshots cannot be read or do not agree; the text says what is wrong and what to do."""

    def __init__(self, *wrong: str) -> None:
        self.wrong = wrong
        super().__init__("\n".join([*wrong, _NEXT_STEP]))


@dataclass(frozen=True)
class State:
    """`snapshot`: the one shown, None before the first; `snapshots`: all published ones there should be, oldest first;
    `loads`: those that count; `withdrawn`: archived ones that do not."""

    snapshot: str | None = None
    snapshots: tuple[str, ...] = ()
    loads: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()

    @property
    def archived(self) -> frozenset[str]:
        """Every load that the archive should hold."""
        return self.loads | self.withdrawn


def is_load_id(text: str) -> bool:
    """Whether a text has the form of a load's id: "L0001"."""
    return _LOAD.fullmatch(text) is not None


def state_file() -> Path:
    return archive_folder() / "active.json"


def copy_file() -> Path:
    """A copy of which snapshot is shown, for people and scripts; written after the state, read by no program."""
    return warehouse_folder() / "current"


def read() -> State:
    """What is published. An installation without any data has the empty state; StateDamaged where the file is missing
    beside data, cannot be understood, or is of a newer program."""
    try:
        text = state_file().read_text(encoding="utf-8")
    except FileNotFoundError:
        if load_folders() or snapshot_files():
            raise StateDamaged(f"Không có tệp {state_file()}, mà đã có lần nạp hoặc bản số liệu.") from None
        return State()
    except UnicodeDecodeError as error:
        raise _not_understood("không phải văn bản UTF-8") from error
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _not_understood("không phải JSON, hoặc bị cắt giữa chừng") from error
    return _old_form(found) if isinstance(found, list) else _checked(found)


def write(state: State) -> None:
    """Publish a state: from here on it holds, whatever happens after."""
    make_folder(archive_folder())
    written = {
        "format": FORMAT,
        "snapshot": state.snapshot,
        "snapshots": list(state.snapshots),
        "loads": sorted(state.loads),
        "withdrawn": sorted(state.withdrawn),
    }
    replace_text(state_file(), json.dumps(written, indent=1) + "\n")
    try:
        copy(state)
    except OSError as error:
        # The state holds; the next command that writes makes the copy anew.
        log.failure("copy_not_written", error)


def copy(state: State) -> None:
    """Write the copy, where it is not what the state says."""
    if state.snapshot is None:
        copy_file().unlink(missing_ok=True)
    elif copied_id() != state.snapshot:
        make_folder(warehouse_folder())
        replace_text(copy_file(), f"{state.snapshot}\n")


def copied_id() -> str:
    """What the copy says; "" where there is none."""
    return copy_file().read_bytes().decode(errors="replace").strip() if copy_file().exists() else ""


def is_old_form() -> bool:
    """Whether the state is still the bare list of loads that earlier programs wrote."""
    return state_file().exists() and state_file().read_bytes().lstrip().startswith(b"[")


def is_of_a_newer_program() -> bool:
    """Whether the state has a form that only a newer program understands, and that this one must not replace."""
    try:
        found = json.loads(state_file().read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return False
    number = found.get("format") if isinstance(found, dict) else None
    return isinstance(number, int) and number > FORMAT


def load_folders() -> list[str]:
    """The loads that have a folder in the archive, published or not."""
    return sorted(path.name for path in archive_folder().glob("L*") if is_load_id(path.name) and path.is_dir())


def snapshot_files() -> list[str]:
    """The snapshots that have a file, published or not, oldest first."""
    found = (path.stem for path in warehouse_folder().glob("*.duckdb"))
    return sorted(filter(is_snapshot_id, found), key=order)


def _not_understood(why: str) -> StateDamaged:
    return StateDamaged(f"Không hiểu được tệp {state_file()}: {why}.")


def _old_form(found: list[Any]) -> State:
    """The list of loads that count; all else stood in the folders. A load whose description is there was archived
    whole: it was written last."""
    loads = _ids(found, _LOAD.fullmatch, "lần nạp")
    copied = copied_id()
    if copied and not is_snapshot_id(copied):
        raise StateDamaged(f"Không hiểu được tệp {copy_file()}: không phải mã bản số liệu.")
    whole = {each for each in load_folders() if (archive_folder() / each / "load.json").exists()}
    there = {*snapshot_files(), *filter(None, [copied])} if copied else set()
    return State(copied or None, tuple(sorted(there, key=order)), frozenset(loads), frozenset(whole - set(loads)))


def _checked(found: Any) -> State:
    if not isinstance(found, dict):
        raise _not_understood("không phải danh sách hay bảng")
    if is_of_a_newer_program():
        raise StateDamaged(f"Tệp {state_file()} do chương trình mới hơn ghi. Dùng bản chương trình ấy.")
    if found.get("format") != FORMAT:
        raise _not_understood("thiếu hoặc sai số dạng (format)")
    loads = _ids(found.get("loads"), _LOAD.fullmatch, "lần nạp")
    withdrawn = _ids(found.get("withdrawn"), _LOAD.fullmatch, "lần nạp đã rút")
    snapshots = _ids(found.get("snapshots"), is_snapshot_id, "bản số liệu")
    shown = found.get("snapshot")
    if set(loads) & set(withdrawn):
        raise _not_understood("một lần nạp vừa được tính vừa đã rút")
    if shown not in snapshots and (snapshots or shown is not None):
        raise _not_understood("bản đang dùng không có trong danh sách bản số liệu")
    return State(shown, tuple(sorted(snapshots, key=order)), frozenset(loads), frozenset(withdrawn))


def _ids(found: Any, is_id: Any, what: str) -> Collection[str]:
    if not isinstance(found, list) or not all(isinstance(each, str) and is_id(each) for each in found):
        raise _not_understood(f"danh sách {what} thiếu hoặc có mã lạ")
    return found
