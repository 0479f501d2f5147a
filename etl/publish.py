"""Publish: build aside, check, give the file its id, and let the state name it. Readers keep what they opened."""

import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import duckdb
import polars as pl

from etl.agreement import row_faults, whole_loads
from etl.archive import Load
from etl.build import Progress, bound, build
from etl.failing import DECISION
from etl.kinds import kinds
from etl.reference import ReferenceFiles
from warehouse import log, snapshots, state
from warehouse.briefings import named_snapshots
from warehouse.files import make_folder, persist
from warehouse.folders import warehouse_folder
from warehouse.snapshot_ids import published_on
from warehouse.snapshots import Snapshot, Warehouse, path_of
from warehouse.state import State, StateDamaged

_T = TypeVar("_T")
COMMON_CHECKS = Path(__file__).parent / "checks"
# As far as the clocks of a machine are set right by themselves.
_CLOCK_SET_RIGHT = timedelta(minutes=5)


@dataclass(frozen=True)
class BrokenRule:
    """A check that returned rows."""

    rule: str
    says: str
    rows: pl.DataFrame


class ClockBehind(Exception):
    """The clock of the machine tells an earlier time than the newest snapshot or load; the text says what to do."""


class CheckFailed(Exception):
    """Tables broke a rule; nothing was published."""

    def __init__(self, broken: list[BrokenRule]) -> None:
        self.broken = broken
        rules = "; ".join(f"{each.rule}: {each.rows.height} dòng sai ({each.says})" for each in broken)
        super().__init__(f"Kiểm tra không đạt, không công bố gì. {rules}. Số liệu đang xem giữ nguyên.")


def checks() -> list[Path]:
    """The rules that every snapshot keeps, and those of each kind, by name."""
    folders = [COMMON_CHECKS, *(kind.folder / "checks" for kind in kinds().values())]
    return sorted((path for folder in folders for path in folder.glob("*.sql")), key=lambda path: path.name)


def broken_rules(connection: duckdb.DuckDBPyConnection) -> list[BrokenRule]:
    """Run every check; a check is a query that returns bad rows, its first line the rule in words."""
    broken = []
    for path in checks():
        query = path.read_text(encoding="utf-8")
        # A relation is bound when it is made and again when it is read: most rules hold.
        if connection.execute(f"from ({query}\n) limit 1").fetchall():
            rows = connection.sql(query).pl()
            broken.append(BrokenRule(path.name.removesuffix(".sql"), query.splitlines()[0].lstrip("- "), rows))
    return broken


def refuse_clock_behind(published: State, loads: Iterable[Load], now: datetime) -> None:
    """ClockBehind where now is before the day of the newest snapshot, or before the newest of these loads."""
    day = max(filter(None, map(published_on, published.snapshots)), default=None)
    newest = max((load.loaded_at for load in loads), default=None)
    if day and now.date() < day:
        later = f"ngày {day:%d/%m/%Y} của bản số liệu mới nhất"
    elif newest and now < newest - _CLOCK_SET_RIGHT:
        later = f"{newest:%H:%M ngày %d/%m/%Y} của lần nạp mới nhất"
    else:
        return
    raise ClockBehind(
        f"Đồng hồ của máy chỉ {now:%H:%M ngày %d/%m/%Y}, trước {later}. Đặt lại ngày giờ của máy rồi chạy lại. "
        "Chưa nạp, chưa công bố gì; số liệu đang xem giữ nguyên."
    )


def publish(
    load_ids: Collection[str],
    references: ReferenceFiles,
    now: datetime,
    progress: Progress = lambda _: None,
    look: Callable[[duckdb.DuckDBPyConnection], _T] = lambda _: None,  # type: ignore[assignment,return-value] # None
) -> tuple[Snapshot, _T]:
    """Build these loads into a new snapshot, make exactly them count and it the current one; and what `look` made of
    its tables. StateDamaged where a load is not whole, ClockBehind, CheckFailed where a rule is broken."""
    published = state.read()
    loads = whole_loads(set(load_ids))
    refuse_clock_behind(published, loads, now)
    make_folder(warehouse_folder())
    snapshot_id = snapshots.next_id(now.date())
    aside = warehouse_folder() / f".building-{os.getpid()}.duckdb"
    with duckdb.connect(str(aside)) as connection:
        bound(connection, loads)
        _build(connection, references, loads, snapshot_id, now, progress)
        broken = broken_rules(connection)
        if broken:
            raise CheckFailed(broken)
        seen = look(connection)
        connection.execute("checkpoint")
    persist(aside)
    aside.replace(path_of(snapshot_id))
    persist(warehouse_folder())
    there = [each for each in published.snapshots if path_of(each).exists()]
    _decide(State(snapshot_id, (*there, snapshot_id), frozenset(load_ids), _withdrawn(published, frozenset(load_ids))))
    log.note("published", snapshot=snapshot_id, loads=len(loads), rows=sum(load.data_rows for load in loads))
    return snapshots.find(snapshot_id), seen


def _build(
    connection: duckdb.DuckDBPyConnection,
    references: ReferenceFiles,
    loads: list[Load],
    snapshot_id: str,
    now: datetime,
    progress: Progress,
) -> None:
    try:
        build(connection, references, loads, snapshot_id, now, progress)
    except duckdb.Error as error:
        # Rows that nobody can read look to DuckDB like many other faults.
        wrong = [fault for load in loads for fault in row_faults(load)]
        if wrong:
            raise StateDamaged(*wrong) from error
        raise


def set_aside(load_ids: Collection[str]) -> None:
    """Keep archived loads without counting them, as those whose tables broke a rule."""
    published = state.read()
    state.write(replace(published, withdrawn=published.withdrawn | frozenset(load_ids)))


def _withdrawn(published: State, counted: frozenset[str]) -> frozenset[str]:
    """All that is archived and does not count; a load that is gone cannot be taken back."""
    return (published.archived - counted) & frozenset(state.load_folders())


def _decide(decided: State) -> None:
    with DECISION.taken():
        state.write(decided)


def roll_back(snapshot_id: str) -> list[str]:
    """Make an earlier snapshot the current one, and exactly its loads count; returns those that no longer do.

    SnapshotTooOld where this program cannot read that snapshot, StateDamaged where a load of it is not whole; then
    nothing changes.
    """
    warehouse = Warehouse(snapshots.find(snapshot_id))
    held = frozenset(warehouse.read("select load_id from loads")["load_id"])
    warehouse.close()
    whole_loads(held)
    published = state.read()
    dropped = sorted(published.loads - held)
    _decide(replace(published, snapshot=snapshot_id, loads=held, withdrawn=_withdrawn(published, held)))
    log.note("rolled_back", snapshot=snapshot_id, before=published.snapshot, no_longer_counted=dropped)
    return dropped


@dataclass(frozen=True)
class Pruned:
    """What prune deleted, and what it left with the reason in words."""

    deleted: list[str]
    left: dict[str, str]


def prune(keep: int) -> Pruned:
    """Delete all snapshots but the newest `keep`, the current one, the kept ones, those that a briefing names, and the
    last of each month. BriefingError, and nothing deleted, where a briefing cannot be read."""
    there, briefings = snapshots.snapshots(), named_snapshots()
    newest = {snapshot.id for snapshot in there[max(len(there) - keep, 0) :]}
    last_of_month = {f"{snapshot.published_on:%Y-%m}": snapshot.id for snapshot in there}
    left: dict[str, str] = {}
    deleted = []
    for snapshot in there:
        reasons = [
            (snapshot.is_current, "đang dùng"),
            (snapshot.is_kept, "được giữ"),
            (snapshot.id in briefings, f"trình chiếu “{briefings.get(snapshot.id)}” dùng"),
            (snapshot.id in newest, f"trong {keep} bản mới nhất"),
            (snapshot.id in last_of_month.values(), f"bản cuối tháng {snapshot.published_on:%m/%Y}"),
        ]
        why = [text for holds, text in reasons if holds]
        if why:
            left[snapshot.id] = ", ".join(why)
        else:
            deleted.append(snapshot.id)
    published = state.read()
    _decide(replace(published, snapshots=tuple(each for each in published.snapshots if each not in deleted)))
    for each in deleted:
        path_of(each).unlink()
    log.note("pruned", deleted=deleted)
    return Pruned(deleted, left)


def cut_offs(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The cut-off of every source, ISO dates."""
    rows: Iterable[tuple[str, object]] = connection.execute(
        "select source, cut_off from sources order by source"
    ).fetchall()
    return {source: str(day) for source, day in rows}
