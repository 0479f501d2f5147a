"""Publish: build aside, check, give the file its id, swap the pointer. Readers keep what they opened."""

import os
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

import duckdb
import polars as pl

from etl import archive
from etl.build import Progress, build
from etl.reference import ReferenceFiles
from warehouse import snapshots
from warehouse.briefings import named_snapshots
from warehouse.folders import warehouse_folder
from warehouse.snapshots import Snapshot, Warehouse


@dataclass(frozen=True)
class BrokenRule:
    """A check that returned rows."""

    rule: str
    says: str
    rows: pl.DataFrame


class CheckFailed(Exception):
    """Tables broke a rule; nothing was published."""

    def __init__(self, broken: list[BrokenRule]) -> None:
        self.broken = broken
        rules = "; ".join(f"{each.rule}: {each.rows.height} dòng sai ({each.says})" for each in broken)
        super().__init__(f"Kiểm tra không đạt, không công bố gì. {rules}. Số liệu đang xem giữ nguyên.")


def broken_rules(connection: duckdb.DuckDBPyConnection) -> list[BrokenRule]:
    """Run every check; a check is a query that returns bad rows, its first line the rule in words."""
    broken = []
    for path in sorted((files("etl") / "checks").iterdir(), key=lambda path: path.name):
        query = path.read_text(encoding="utf-8")
        rows = connection.sql(query).pl()
        if rows.height:
            broken.append(BrokenRule(path.name.removesuffix(".sql"), query.splitlines()[0].lstrip("- "), rows))
    return broken


def publish(
    load_ids: Collection[str], references: ReferenceFiles, now: datetime, progress: Progress = lambda _: None
) -> Snapshot:
    """Build these loads into a new snapshot, make exactly them count and it the current one; CheckFailed where a rule
    is broken."""
    folder = warehouse_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(".building-*"):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()
    loads = [load for load in archive.archived() if load.load_id in load_ids]
    snapshot_id = snapshots.next_id(now.date())
    aside = folder / f".building-{os.getpid()}.duckdb"
    with duckdb.connect(str(aside)) as connection:
        build(connection, references, loads, snapshot_id, now, progress)
        broken = broken_rules(connection)
        connection.execute("checkpoint")
    if broken:
        aside.unlink()
        raise CheckFailed(broken)
    with aside.open("rb") as file:
        os.fsync(file.fileno())
    aside.replace(folder / f"{snapshot_id}.duckdb")
    archive.set_active(load_ids)
    snapshots.point_to(snapshot_id)
    return snapshots.find(snapshot_id)


def roll_back(snapshot_id: str) -> list[str]:
    """Make an earlier snapshot the current one, and exactly its loads count; returns those that no longer do.

    SnapshotTooOld where this program cannot read that snapshot; then nothing changes.
    """
    warehouse = Warehouse(snapshots.find(snapshot_id))
    held = set(warehouse.read("select load_id from loads")["load_id"])
    warehouse.close()
    dropped = sorted(archive.active_ids() - held)
    archive.set_active(held)
    snapshots.point_to(snapshot_id)
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
            snapshot.path.unlink()
            deleted.append(snapshot.id)
    return Pruned(deleted, left)


def cut_offs(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The cut-off of every source, ISO dates."""
    rows: Iterable[tuple[str, object]] = connection.execute(
        "select source, cut_off from sources order by source"
    ).fetchall()
    return {source: str(day) for source, day in rows}
