"""Published snapshots: versioned DuckDB files that the state names, and read-only access to any of them."""

import json
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
    return warehouse_folder() / f"{snapshot_id}.duckdb"


def snapshots() -> list[Snapshot]:
    """All published snapshots whose files are there, oldest first."""
    published, protected = state.read(), kept()
    return [
        Snapshot(each, path_of(each), each == published.snapshot, each in protected)
        for each in published.snapshots
        if path_of(each).exists()
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


class Warehouse:
    """Read-only access to one snapshot. One per process and snapshot; every query takes its own cursor."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.id, self.path = snapshot.id, snapshot.path
        try:
            self._connection = duckdb.connect(str(snapshot.path), read_only=True)
            row = self._connection.execute("select schema_version, built_at from builds").fetchone()
        except duckdb.Error as error:
            raise SnapshotDamaged(
                f"Không mở được bản số liệu {snapshot.id}: tệp bị hỏng hoặc không được phép đọc. "
                "Chạy `python -m etl build` để dựng lại từ kho lưu trữ."
            ) from error
        assert row is not None, "a published snapshot has exactly one row in builds"
        self.built_at: datetime = row[1]
        if row[0] != SCHEMA_VERSION:
            self._connection.close()
            raise SnapshotTooOld(
                f"Bản số liệu {snapshot.id} có cấu trúc {row[0]}, chương trình này đọc cấu trúc {SCHEMA_VERSION}. "
                "Chạy `python -m etl build` để dựng lại từ kho lưu trữ."
            )

    def read(self, query: str, parameters: dict[str, Any] | None = None) -> pl.DataFrame:
        """The rows of a query with named parameters. Each on its own cursor: threads sharing one mix up results."""
        return _read(self._connection, query, parameters)

    def close(self) -> None:
        self._connection.close()


class SnapshotPair:
    """Read-only access to two snapshots in one query: every table holds the rows of both, told apart by `side`.

    `side` is 'old' or 'new'. Ids of units, fields and cases are each snapshot's own: across sides only codes match.
    """

    def __init__(self, old: Warehouse, new: Warehouse) -> None:
        self.old, self.new = old, new
        self._connection = duckdb.connect()
        for side, warehouse in (("old", old), ("new", new)):
            path = str(warehouse.path).replace("'", "''")
            self._connection.execute(f"attach '{path}' as {side} (read_only)")
        tables = self._connection.execute(
            "select table_name from information_schema.tables where table_catalog = 'old' and table_schema = 'main'"
        )
        for (table,) in tables.fetchall():
            self._connection.execute(
                f'create view "{table}" as select \'old\' as side, * from old."{table}" '
                f"union all by name select 'new' as side, * from new.\"{table}\""
            )

    def read(self, query: str, parameters: dict[str, Any] | None = None) -> pl.DataFrame:
        """The rows of a query with named parameters, as `Warehouse.read`."""
        return _read(self._connection, query, parameters)

    def close(self) -> None:
        self._connection.close()


def _read(connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any] | None) -> pl.DataFrame:
    rows: pl.DataFrame = connection.cursor().sql(query, params=parameters).pl()
    return rows


_open: dict[Path, Warehouse] = {}
_pairs: dict[tuple[Path, Path], SnapshotPair] = {}
_lock = Lock()


def open_snapshot(snapshot_id: str | None = None) -> Warehouse:
    """The warehouse of a snapshot, the current one by default; opened once a process and shared between threads."""
    snapshot = current() if snapshot_id is None else find(snapshot_id)
    with _lock:
        if snapshot.path not in _open:
            _open[snapshot.path] = Warehouse(snapshot)
        return _open[snapshot.path]


def open_pair(old: Warehouse, new: Warehouse) -> SnapshotPair:
    """Two open snapshots for one query; opened once a process and shared between threads."""
    with _lock:
        key = old.path, new.path
        if key not in _pairs:
            _pairs[key] = SnapshotPair(old, new)
        return _pairs[key]


def close_snapshots() -> None:
    """Close every open snapshot, as before its file is deleted."""
    with _lock:
        for pair in _pairs.values():
            pair.close()
        _pairs.clear()
        for warehouse in _open.values():
            warehouse.close()
        _open.clear()
