"""Published snapshots: versioned DuckDB files that the state names, and read-only access to any of them."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import polars as pl

from warehouse import snapshot_ids, state
from warehouse.files import replace_text
from warehouse.folders import warehouse_folder
from warehouse.schema import SCHEMA_VERSION


class SnapshotMissing(Exception):
    """There is no such snapshot, or none at all; the text says what to do."""


class SnapshotDamaged(SnapshotMissing):
    """A published snapshot whose file is gone or cannot be opened; the text says what to do."""


class SnapshotTooOld(Exception):
    """The snapshot was written by a program with another schema version; the text offers a rebuild."""


@dataclass(frozen=True)
class Snapshot:
    """One published state of all data."""

    id: str
    path: Path
    is_current: bool
    is_kept: bool

    @property
    def published_on(self) -> date:
        return date.fromisoformat(self.id[:10])


def next_id(today: date) -> str:
    """The first id of the day that no snapshot has or had as far as is known."""
    return snapshot_ids.following([*state.read().snapshots, *state.snapshot_files()], today)


def kept_file() -> Path:
    return warehouse_folder() / "kept.json"


def kept() -> frozenset[str]:
    """Ids of snapshots that prune must leave. StateDamaged where the list cannot be understood."""
    if not kept_file().exists():
        return frozenset()
    try:
        ids = json.loads(kept_file().read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise state.StateDamaged(f"Không hiểu được tệp {kept_file()}, danh sách các bản được giữ.") from error
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise state.StateDamaged(f"Không hiểu được tệp {kept_file()}, danh sách các bản được giữ.")
    return frozenset(ids)


def keep(*snapshot_ids: str) -> None:
    """Protect snapshots from pruning, for as long as they exist. SnapshotMissing where one is not published."""
    for each in snapshot_ids:
        find(each)
    replace_text(kept_file(), json.dumps(sorted(kept() | set(snapshot_ids))))


def current_id() -> str | None:
    """The id of the snapshot that is shown; None before the first publication."""
    return state.read().snapshot


def path_of(snapshot_id: str) -> Path:
    """Where a snapshot's file is, or would be."""
    return _path_in(warehouse_folder(), snapshot_id)


def _path_in(folder: Path, snapshot_id: str) -> Path:
    return folder / f"{snapshot_id}.duckdb"


def snapshots() -> list[Snapshot]:
    """All published snapshots whose files are there, oldest first."""
    published, protected, folder = state.read(), kept(), warehouse_folder()
    paths = {each: _path_in(folder, each) for each in published.snapshots}
    return [
        Snapshot(each, path, each == published.snapshot, each in protected)
        for each, path in paths.items()
        if path.exists()
    ]


def find(snapshot_id: str) -> Snapshot:
    """One snapshot by id; SnapshotMissing names those there are."""
    there = snapshots()
    for snapshot in there:
        if snapshot.id == snapshot_id:
            return snapshot
    known = ", ".join(snapshot.id for snapshot in there) or "chưa có bản nào"
    raise SnapshotMissing(f"Không có bản số liệu “{snapshot_id}”. Hiện có: {known}.")


def before(snapshot_id: str) -> Snapshot | None:
    """The snapshot published last before this one, of those there still are; whether this one is there or not."""
    order = snapshot_ids.order
    earlier = [snapshot for snapshot in snapshots() if order(snapshot.id) < order(snapshot_id)]
    return earlier[-1] if earlier else None


def current() -> Snapshot:
    """The snapshot that pages and commands read unless another is named. SnapshotMissing where there is none yet,
    SnapshotDamaged where its file is gone."""
    there = snapshots()
    for snapshot in there:
        if snapshot.is_current:
            return snapshot
    if shown := current_id():
        raise SnapshotDamaged(
            f"Mất tệp của bản số liệu đang dùng {shown}. Chạy `python -m etl build` để dựng lại từ kho lưu trữ."
        )
    raise SnapshotMissing("Chưa có số liệu. Chạy `make dashboard`, hoặc `python -m etl load TỆP…` để nạp tệp đầu tiên.")


# Bytes of a file below which what DuckDB's threads tell each other costs more than they save.
_SMALL_FILE = 48_000_000


class _Connection:
    """A connection made at the first read and again at the first after it was closed, shared between threads.

    Closing is safe at any time: DuckDB closes a connection's cursors with it, so the last of those that read closes it.
    """

    def __init__(self, connect: Callable[[], duckdb.DuckDBPyConnection]) -> None:
        self._connect = connect
        self._made: duckdb.DuckDBPyConnection | None = None
        self._readers = 0
        self._is_to_close = False
        self._lock = Lock()

    def read(self, query: str, parameters: dict[str, Any] | None = None) -> pl.DataFrame:
        """The rows of a query with named parameters. Each on its own cursor: threads sharing one mix up results."""
        with self._cursor() as cursor:
            rows: pl.DataFrame = cursor.sql(query, params=parameters).pl()
            return rows

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._lock:
            if self._made is None:
                self._made = self._connect()
            cursor = self._made.cursor()
            self._readers += 1
        try:
            yield cursor
        finally:
            with self._lock:
                cursor.close()
                self._readers -= 1
                if self._is_to_close:
                    self._close_unread()

    def close(self) -> None:
        with self._lock:
            self._close_unread()

    def _close_unread(self) -> None:
        self._is_to_close = self._made is not None and self._readers > 0
        if self._made is not None and not self._is_to_close:
            self._made.close()
            self._made = None


@contextmanager
def _told_of(snapshot_id: str) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise SnapshotDamaged(
            f"Không mở được bản số liệu {snapshot_id}: tệp bị hỏng, đã xoá hoặc không được phép đọc. "
            "Chạy `python -m etl build` để dựng lại từ kho lưu trữ."
        ) from error


class Warehouse:
    """Read-only access to one snapshot. One per process and snapshot; its file is open only while it is read."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.id, self.path = snapshot.id, snapshot.path
        self._connection = _Connection(self._connect)
        with _told_of(snapshot.id):
            row = self.read("select schema_version, built_at from builds").row(0)
        self.built_at: datetime = row[1]
        if row[0] != SCHEMA_VERSION:
            self.close()
            raise SnapshotTooOld(
                f"Bản số liệu {snapshot.id} có cấu trúc {row[0]}, chương trình này đọc cấu trúc {SCHEMA_VERSION}. "
                "Chạy `python -m etl build` để dựng lại từ kho lưu trữ."
            )

    def _connect(self) -> duckdb.DuckDBPyConnection:
        with _told_of(self.id):
            connection = duckdb.connect(str(self.path), read_only=True)
            if self.path.stat().st_size < _SMALL_FILE:
                # Not as a configuration: another of this process may have the file open with its own.
                connection.execute("set threads = 1")
            return connection

    def read(self, query: str, parameters: dict[str, Any] | None = None) -> pl.DataFrame:
        """The rows of a query with named parameters; from any thread. SnapshotDamaged where the file is gone."""
        return self._connection.read(query, parameters)

    def close(self) -> None:
        """Close the file, at any time: the next read opens it again."""
        self._connection.close()


class SnapshotPair:
    """Read-only access to two snapshots in one query: every table holds the rows of both, told apart by `side`.

    `side` is 'old' or 'new'. Ids of units, fields and cases are each snapshot's own: across sides only codes match.
    """

    def __init__(self, old: Warehouse, new: Warehouse) -> None:
        self.old, self.new = old, new
        self._connection = _Connection(self._connect)

    def _connect(self) -> duckdb.DuckDBPyConnection:
        made = duckdb.connect()
        for side, warehouse in (("old", self.old), ("new", self.new)):
            path = str(warehouse.path).replace("'", "''")
            with _told_of(warehouse.id):
                made.execute(f"attach '{path}' as {side} (read_only)")
        tables = made.execute(
            "select table_name from information_schema.tables where table_catalog = 'old' and table_schema = 'main'"
        )
        for (table,) in tables.fetchall():
            made.execute(
                f'create view "{table}" as select \'old\' as side, * from old."{table}" '
                f"union all by name select 'new' as side, * from new.\"{table}\""
            )
        return made

    def read(self, query: str, parameters: dict[str, Any] | None = None) -> pl.DataFrame:
        """The rows of a query with named parameters, as `Warehouse.read`."""
        return self._connection.read(query, parameters)

    def close(self) -> None:
        """Close both files, as `Warehouse.close`."""
        self._connection.close()


_open: dict[Path, Warehouse] = {}
_pairs: dict[tuple[Path, Path], SnapshotPair] = {}
_lock = Lock()


def open_snapshot(snapshot_id: str | None = None) -> Warehouse:
    """The warehouse of a snapshot, the current one by default; one a process, shared between threads.

    The files of all others but the current one are closed until they are read again.
    """
    snapshot = current() if snapshot_id is None else find(snapshot_id)
    with _lock:
        if snapshot.path not in _open:
            _open[snapshot.path] = Warehouse(snapshot)
        _close_others(snapshot.path)
        return _open[snapshot.path]


def _close_others(path: Path) -> None:
    used = {path, warehouse_folder() / f"{current_id()}.duckdb"}
    for pair in _pairs.values():
        if not used.issuperset((pair.old.path, pair.new.path)):
            pair.close()
    for warehouse in _open.values():
        if warehouse.path not in used:
            warehouse.close()


def open_pair(old: Warehouse, new: Warehouse) -> SnapshotPair:
    """Two snapshots for one query; one a process, shared between threads."""
    with _lock:
        key = old.path, new.path
        if key not in _pairs:
            _pairs[key] = SnapshotPair(old, new)
        return _pairs[key]


def close_snapshots() -> None:
    """Close every open snapshot, as before its file is deleted, and forget it."""
    with _lock:
        for pair in _pairs.values():
            pair.close()
        for warehouse in _open.values():
            warehouse.close()
        _pairs.clear()
        _open.clear()
