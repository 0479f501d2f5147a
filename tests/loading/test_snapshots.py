"""Published snapshots: their ids and order, the pointer, and refusal in words of what cannot be read."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from comparison import commands
from etl import archive
from tests.helpers.examples import begun, case, load, office, run, write
from tests.helpers.states import publish_copy, show
from warehouse import log, snapshots
from warehouse.folders import warehouse_folder
from warehouse.snapshot_ids import published_on
from warehouse.snapshots import SnapshotDamaged, SnapshotMissing, SnapshotTooOld, before, open_pair, open_snapshot

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("taken", "free"),
    [("", "a"), ("a", "b"), ("a b c", "d"), ("z", "aa"), ("a z", "aa"), ("az", "ba"), ("zz", "aaa"), ("b", "c")],
)
def test_the_next_id_of_a_day(own_data: Path, taken: str, free: str) -> None:
    publish_copy("2026-03-04-x")
    for letters in taken.split():
        publish_copy(f"{DAY}-{letters}")
    assert snapshots.next_id(DAY) == f"{DAY}-{free}"


def test_oldest_first(own_data: Path) -> None:
    for name in ("2026-03-05-aa", "2026-03-05-b", "2025-12-31-a", "2026-03-05-z"):
        publish_copy(name)
    show("2026-03-05-z")
    # Not published, whatever it is called.
    for name in (".building-9", "của ai", "2026-03-05-c"):
        (warehouse_folder() / f"{name}.duckdb").touch()
    there = snapshots.snapshots()
    assert [each.id for each in there] == ["2025-12-31-a", "2026-03-05-b", "2026-03-05-z", "2026-03-05-aa"]
    assert there[0].published_on == date(2025, 12, 31)
    assert [each.id for each in there if each.is_current] == ["2026-03-05-z"]
    assert not any(each.is_kept for each in there)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    assert snapshots.current_id() is None
    with pytest.raises(SnapshotMissing, match="make dashboard"):
        open_snapshot()
    with pytest.raises(SnapshotMissing, match="chưa có bản nào"):
        open_snapshot("2026-03-05-a")
    begun(tmp_path, a=[case()])
    snapshots.current().path.unlink()
    with pytest.raises(SnapshotDamaged, match="python -m etl build"):
        open_snapshot()


def test_a_snapshot_is_opened_once(tmp_path: Path) -> None:
    begun(tmp_path, a=[case()])
    assert open_snapshot() is open_snapshot(snapshots.current_id())
    assert open_snapshot().id == snapshots.current_id()
    assert open_snapshot().built_at.date() == date.today()
    with pytest.raises(duckdb.Error, match="read-only"):
        open_snapshot().read("create table mine (a int)")


def test_a_damaged_snapshot_is_refused_with_a_way_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun(tmp_path, a=[case()])
    snapshots.current().path.write_bytes(b"cut off")
    assert commands.main(["measure", "received"]) == 2
    assert "python -m etl build" in capsys.readouterr().err
    assert run("build")[0] == 0
    assert commands.main(["measure", "received"]) == 0


def test_a_failing_question_shows_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun(tmp_path, a=[case()])
    with duckdb.connect(str(snapshots.current().path)) as connection:
        connection.execute("drop table daily_events")
    assert commands.main(["measure", "received"]) == 4
    said = capsys.readouterr().err
    assert str(log.log_file()) in said
    assert "Catalog" not in said
    assert "_duckdb.CatalogException" in log.log_file().read_text()


def test_another_schema_version_is_refused_with_a_way_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, _ = begun(tmp_path, a=[case()], b=[case()])
    with duckdb.connect(str(snapshots.find(old).path)) as connection:
        connection.execute("update builds set schema_version = 0")
    with pytest.raises(SnapshotTooOld, match="python -m etl build"):
        open_snapshot(old)
    assert commands.main(["measure", "received", "--snapshot", old]) == 2
    before = snapshots.current_id(), archive.active_ids()
    assert run("rollback", old)[0] == 2
    assert capsys.readouterr().err.count("python -m etl build") == 2
    assert (snapshots.current_id(), archive.active_ids()) == before
    assert run("build")[0] == 0
    assert open_snapshot().read("select count(*) from cases").item() == 2


def test_two_snapshots_are_read_in_one_query_however_many_ask(tmp_path: Path) -> None:
    office()
    ids = [load(write(tmp_path / f"{n}.csv", [case() for _ in range(3)]))["snapshot"] for n in range(2)]
    # Both files are open in this process already.
    old, new = (open_snapshot(each) for each in ids)
    pair = open_pair(old, new)
    assert open_pair(old, new) is pair
    assert open_pair(new, old) is not pair
    query = "select side, count(*) as n from cases where side <> $nothing group by side order by side desc"

    def ask(_: int) -> list[tuple[str, int]]:
        rows: list[tuple[str, int]] = pair.read(query, {"nothing": ""}).rows()
        return rows

    with ThreadPoolExecutor(8) as pool:
        assert set(map(tuple, pool.map(ask, range(200)))) == {(("old", 3), ("new", 6))}
    # A view of a snapshot reads its own tables.
    assert (
        pair.read("select count(*) from case_events where side = 'old'").item()
        == old.read("select count(*) from case_events").item()
    )
    assert (old.read("select count(*) from cases").item(), new.read("select count(*) from cases").item()) == (3, 6)
    with pytest.raises(duckdb.Error, match="read-only"):
        pair.read("delete from old.cases")
    snapshots.close_snapshots()
    assert open_pair(open_snapshot(ids[0]), open_snapshot(ids[1])).read(query, {"nothing": ""}).height == 2


def open_files() -> list[str]:
    """The snapshots whose files this process has open, each as often as it has."""
    links = (os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd"))
    return sorted(Path(link).stem for link in links if Path(link).parent == warehouse_folder().resolve())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux lists the open files of a process so")
def test_snapshots_that_nobody_reads_are_closed_and_read_again_when_asked(tmp_path: Path) -> None:
    ids = begun(tmp_path, **{name: [case()] for name in "abcdef"})
    opened = [open_snapshot(each) for each in ids]
    for old, new in pairwise(opened):
        assert open_pair(old, new).read("select count(*) from cases").item() == 2 * ids.index(old.id) + 3
    # Without another opened meanwhile all of them are open: whoever reads them is not kept waiting.
    assert len(open_files()) > len(ids)
    open_snapshot()
    assert set(open_files()) == {ids[-1]}
    # Who still has one goes on reading it, until another is opened.
    assert opened[0].read("select count(*) from cases").item() == 1
    assert open_pair(*opened[:2]).read("select count(*) from cases").item() == 3
    assert set(open_files()) == {ids[0], ids[1], ids[-1]}
    assert open_snapshot(ids[2]) is opened[2]
    assert set(open_files()) <= {ids[2], ids[-1]}


def test_reading_goes_on_while_others_close(tmp_path: Path) -> None:
    ids = begun(tmp_path, a=[case()], b=[case()], c=[case()])
    old, new, _ = opened = [open_snapshot(each) for each in ids]

    def ask(turn: int) -> int:
        open_snapshot(ids[turn % 3])
        if turn % 7 == 0:
            opened[turn % 3].close()
        pair: int = open_pair(old, new).read("select count(*) from cases").item()
        return pair + int(opened[turn % 3].read("select count(*) from cases").item()) - turn % 3

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(120))) == {4}


def test_the_snapshot_before_one_and_the_day_of_one_that_is_gone(own_data: Path) -> None:
    for name in ("2026-03-05-z", "2026-03-05-aa", "2026-03-06-a"):
        publish_copy(name)
    found = [before(each) for each in ("2026-03-06-a", "2026-03-05-aa", "2026-03-05-z", "2026-03-05-ab")]
    assert [each.id if each else None for each in found] == ["2026-03-05-aa", "2026-03-05-z", None, "2026-03-05-aa"]
    assert published_on("2026-02-03-b") == date(2026, 2, 3)
    assert [published_on(each) for each in ("2026-02-30-a", "hôm qua", "2026-02-03")] == [None] * 3
