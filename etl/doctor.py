"""What is wrong with state, archive and snapshots, and mending of what can be mended.

Each check gives findings; each repair mends one kind of them and says what it did. What is found again after all
repairs only a person can mend.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb

from etl import agreement, archive, publish, reference
from etl.archive import READING_RULES
from etl.build import Progress
from etl.leftovers import leftovers, sweep
from warehouse import log, snapshots, state
from warehouse.files import FILE_MODE, FOLDER_MODE, make_folder
from warehouse.folders import archive_folder, data_folder, logs_folder, warehouse_folder
from warehouse.schema import SCHEMA_VERSION
from warehouse.snapshot_ids import order
from warehouse.snapshots import kept_file, path_of
from warehouse.state import State, StateDamaged

_REPAIR = "Chạy `python -m etl doctor --repair`."
_LOAD_AGAIN = (
    "Chép lại thư mục ấy từ bản sao lưu; nếu không còn, rút lần nạp (`python -m etl withdraw {load}`) rồi nạp lại tệp "
    "gốc."
)


@dataclass(frozen=True)
class Finding:
    """Something wrong: what, and what to do."""

    says: str
    remedy: str


def steps() -> int:
    """How many loads and snapshots an examination reads."""
    try:
        published = state.read()
    except StateDamaged:
        return 0
    return len(published.archived) + len(published.snapshots)


def examine(progress: Progress = lambda _: None) -> list[Finding]:
    """All that is wrong; reads every load and every snapshot, changes nothing."""
    try:
        published = state.read()
    except StateDamaged as damage:
        remedy = "Chưa sửa gì." if state.is_of_a_newer_program() else _REPAIR
        return [*(Finding(says, remedy) for says in damage.wrong), *_permissions()]
    return [
        *_disagreements(published),
        *_loads(published, progress),
        *_snapshots(published, progress),
        *_kept(),
        *_leftovers(published),
        *_permissions(),
        *_older_rules(published),
    ]


def repair(now: datetime, progress: Progress = lambda _: None) -> Iterator[str]:
    """Mend what can be mended, in this order, and say each thing done; only while nobody else writes."""
    for mend in (_mend_state, _mend_agreement, _mend_withdrawn, _mend_snapshots, _mend_kept, _mend_leftovers):
        try:
            done = list(mend())
        except StateDamaged:
            return  # Without a state nothing can be told apart; the examination says why.
        for line in done:
            log.note("repaired", what=line)
            yield line
    yield from _mend_current(now, progress)
    yield from _mend_permissions()


# State


def _mend_state() -> Iterator[str]:
    try:
        state.read()
    except StateDamaged:
        if state.is_of_a_newer_program():
            raise
    else:
        return
    if state.state_file().exists():
        yield f"tệp danh sách hỏng được cất ở {_put_aside(state.state_file())}."
    yield from _write_restored(State())


def _write_restored(published: State) -> Iterator[str]:
    """Write the state as what is there tells it."""
    restored = _restored(published)
    for each in state.snapshot_files():
        if each not in restored.snapshots:
            yield f"bản số liệu {each} không mở được, cất ở {_put_aside(path_of(each))}."
    for each in state.load_folders():
        if each not in restored.archived:
            yield f"lần nạp {each} không trọn vẹn, cất ở {_put_aside(archive_folder() / each)}."
    state.write(restored)
    yield (
        f"danh sách được lập lại theo bản số liệu {restored.snapshot or '(chưa có)'}: tính {_names(restored.loads)}, "
        f"không tính {_names(restored.withdrawn)} (tính lại bằng `python -m etl restore`)."
    )


def _restored(published: State) -> State:
    """The snapshot that the copy names where the state is older than it, else the one shown, else the newest that can
    be read, with its loads; every other load that is whole does not count."""
    readable = [each for each in state.snapshot_files() if agreement.loads_of(each) is not None]
    copied = state.copied_id()
    newest = readable[-1] if readable else None
    is_stale = copied in readable and copied not in published.snapshots
    shown = copied if is_stale else published.snapshot or newest
    held = agreement.loads_of(shown) if shown else frozenset()
    counted = published.loads if held is None else held
    whole = {each for each in state.load_folders() if (archive_folder() / each / "load.json").exists()}
    there = sorted({*published.snapshots, *readable}, key=order)
    return State(shown, tuple(there), counted, (published.archived | whole) - counted)


# Agreement of state, archive and snapshots


def _disagreements(published: State) -> Iterator[Finding]:
    for says in (*agreement.unnamed(published), *agreement.unlike_the_snapshot(published)):
        yield Finding(says, _REPAIR)


def _mend_agreement() -> Iterator[str]:
    published = state.read()
    if not agreement.unnamed(published) and not agreement.unlike_the_snapshot(published):
        return
    yield from _write_restored(published)


def _names(ids: frozenset[str]) -> str:
    return ", ".join(sorted(ids)) or "không lần nạp nào"


# Loads


def _loads(published: State, progress: Progress) -> Iterator[Finding]:
    for load_id in sorted(published.archived):
        progress(load_id)
        counts = load_id in published.loads
        for says in _load_faults(load_id):
            yield Finding(says, _LOAD_AGAIN.format(load=load_id) if counts else _REPAIR)


def _load_faults(load_id: str) -> tuple[str, ...]:
    try:
        return tuple(agreement.row_faults(archive.description(load_id)))
    except StateDamaged as damage:
        return damage.wrong


def _mend_withdrawn() -> Iterator[str]:
    published = state.read()
    broken = {load_id: faults for load_id in sorted(published.withdrawn) if (faults := _load_faults(load_id))}
    if broken:
        state.write(replace(published, withdrawn=published.withdrawn - broken.keys()))
    for load_id, faults in broken.items():
        folder = archive_folder() / load_id
        if folder.exists():
            yield f"lần nạp đã rút {load_id} không dùng được nữa, cất ở {_put_aside(folder)}. {' '.join(faults)}"
        else:
            yield f"lần nạp đã rút {load_id} không còn, bỏ khỏi danh sách. {' '.join(faults)}"


def _older_rules(published: State) -> Iterator[Finding]:
    for load_id in sorted(published.loads):
        try:
            load = archive.description(load_id)
        except StateDamaged:
            continue  # Told of among the loads.
        if load.reading_rules < READING_RULES:
            yield Finding(
                f"Lần nạp {load_id} ({load.source_file}, {load.source}) được đọc theo quy tắc cũ "
                f"({load.reading_rules}, nay là {READING_RULES}); có ngày hoặc dòng nay đọc khác đi.",
                f"Nạp lại tệp gốc, xem kỹ kết quả, rồi `python -m etl withdraw {load_id}`.",
            )


# Snapshots


def _snapshots(published: State, progress: Progress) -> Iterator[Finding]:
    for each in published.snapshots:
        progress(each)
        if fault := _snapshot_fault(each, is_shown=each == published.snapshot):
            yield Finding(fault, _REPAIR)
    if (copied := state.copied_id()) != (published.snapshot or ""):
        shown = published.snapshot or "(chưa có)"
        says = f"{state.copy_file()} chỉ bản {copied or '(không có)'}, bản đang dùng là {shown}."
        yield Finding(says, _REPAIR)


def _snapshot_fault(snapshot_id: str, *, is_shown: bool) -> str | None:
    """Of the one shown every table is read: a damaged block shows only then."""
    path = path_of(snapshot_id)
    if not path.exists():
        return f"Mất tệp của bản số liệu {snapshot_id}: {path}."
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            version = connection.execute("select schema_version from builds").fetchall()
            if is_shown and version != [(SCHEMA_VERSION,)]:
                return f"Bản số liệu đang dùng {snapshot_id} có cấu trúc cũ, chương trình này không đọc."
            if is_shown:
                _read_all(connection)
    except duckdb.Error as error:
        return f"Bản số liệu {snapshot_id} bị hỏng: không đọc được {path} ({type(error).__name__})."
    return None


def _read_all(connection: duckdb.DuckDBPyConnection) -> None:
    tables = connection.execute("select table_name from duckdb_tables() where not internal").fetchall()
    for (table,) in tables:
        connection.execute(f'select count(hash(t)) from "{table}" as t').fetchall()


def _mend_snapshots() -> Iterator[str]:
    """Forget those that are gone or damaged, but for the one shown: that is built anew."""
    published = state.read()
    others = [each for each in published.snapshots if each != published.snapshot]
    faults = {each: fault for each in others if (fault := _snapshot_fault(each, is_shown=False))}
    if faults:
        there = tuple(each for each in published.snapshots if each not in faults)
        state.write(replace(published, snapshots=there))
    for each, fault in faults.items():
        kept = f", cất ở {_put_aside(path_of(each))}" if path_of(each).exists() else ""
        yield f"bản {each} được bỏ khỏi danh sách{kept}. {fault}"
    if state.copied_id() != (published.snapshot or ""):
        state.copy(published)
        yield f"{state.copy_file()} được chép lại: {published.snapshot or '(chưa có)'}."


def _mend_current(now: datetime, progress: Progress) -> Iterator[str]:
    published = state.read()
    shown = published.snapshot
    if shown is None or not (fault := _snapshot_fault(shown, is_shown=True)):
        return
    if any(_load_faults(load_id) for load_id in published.loads):
        return  # Half an archive would be published as the whole; the examination names what is gone.
    built, _ = publish.publish(published.loads, reference.usable_files(), now, progress)
    line = f"bản số liệu {built.id} được dựng lại từ kho lưu trữ thay cho {shown}. {fault}"
    log.note("repaired", what=line)
    yield line
    yield from _mend_snapshots()


def _put_aside(path: Path) -> Path:
    """Move what cannot be used out of the way, without losing it."""
    folder = data_folder() / "damaged"
    make_folder(folder)
    target = folder / path.name
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    return path.rename(target)


# The list of snapshots to keep


def _kept() -> Iterator[Finding]:
    try:
        snapshots.kept()
    except StateDamaged as damage:
        yield from (Finding(says, _REPAIR) for says in damage.wrong)


def _mend_kept() -> Iterator[str]:
    if not list(_kept()):
        return
    aside = _put_aside(kept_file())
    snapshots.keep(*(each for each in state.read().snapshots if path_of(each).exists()))
    yield f"danh sách các bản được giữ bị hỏng, cất ở {aside}; nay mọi bản đang có đều được giữ."


# Leftovers and permissions


def _leftovers(published: State) -> Iterator[Finding]:
    for path in leftovers(published):
        yield Finding(f"Còn sót lại của một lệnh bị ngắt: {path}.", f"{_REPAIR} Lệnh ghi tiếp theo cũng tự dọn.")


def _mend_leftovers() -> Iterator[str]:
    published = state.read()
    found = leftovers(published)
    sweep(published)
    yield from (f"đã dọn {path}." for path in found)


def _open_to_others() -> list[Path]:
    """Folders and files of data that other users of the machine could read; none where the system knows no such."""
    if os.name == "nt":
        return []
    folders = [folder for folder in (archive_folder(), warehouse_folder(), logs_folder()) if folder.exists()]
    paths = [*folders, *(path for folder in folders for path in folder.rglob("*"))]
    return [path for path in paths if not path.is_symlink() and path.stat().st_mode & 0o777 != _mode(path)]


def _mode(path: Path) -> int:
    return FOLDER_MODE if path.is_dir() else FILE_MODE


def _permissions() -> Iterator[Finding]:
    if paths := _open_to_others():
        yield Finding(f"{len(paths)} tệp, thư mục không phải quyền 600/700, như {paths[0]}.", _REPAIR)


def _mend_permissions() -> Iterator[str]:
    if paths := _open_to_others():
        for path in paths:
            path.chmod(_mode(path))
        yield f"{len(paths)} tệp, thư mục được đặt lại quyền 600/700."
