"""The state file: what it may say, what is refused where it disagrees with the rest, what is swept; the clock."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from comparison import commands as questions
from etl import archive, commands
from etl.leftovers import leftovers
from tests.helpers.examples import begun, case, load, office, run, write
from tests.helpers.states import publish_copy
from warehouse import snapshots, state
from warehouse.folders import archive_folder, warehouse_folder
from warehouse.state import State, StateDamaged, state_file

BAD: tuple[dict[str, Any], ...] = (
    {"format": 1}, {"format": 3}, {"format": None}, {"loads": None}, {"loads": ["L1"]}, {"withdrawn": ["L0001"]},
    {"snapshots": ["mới"]}, {"snapshot": None}, {"snapshot": ["2026-03-05-a"]}, {"snapshot": "2026-03-05-b"},
    {"snapshots": []},
)  # fmt: skip
GOOD = {"format": 2, "snapshot": "2026-03-05-a", "snapshots": ["2026-03-05-a"], "loads": ["L0001"], "withdrawn": []}


def test_what_is_written_is_read(own_data: Path) -> None:
    assert state.read() == State()
    written = State("2026-03-05-z", ("2026-03-05-z", "2026-03-05-aa"), frozenset({"L0001"}), frozenset({"L0002"}))
    state.write(written)
    assert state.read() == written
    assert state.copied_id() == "2026-03-05-z"


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "7", '"L0001"', "[1]", '["../L1"]', "[" * 100_000, *(json.dumps({**GOOD, **bad}) for bad in BAD)],
    ids=lambda text: text[:60],
)
def test_a_state_that_cannot_be_understood_is_refused(own_data: Path, text: str) -> None:
    archive_folder().mkdir(parents=True)
    state_file().write_text(json.dumps(GOOD))
    assert state.read().loads == {"L0001"}
    state_file().write_text(text)
    with pytest.raises(StateDamaged, match="python -m etl doctor"):
        state.read()


def test_no_state_beside_data_is_a_state_lost(own_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (archive_folder() / "L0001").mkdir(parents=True)
    assert run("loads")[0] == run("build")[0] == run("load", "a.csv")[0] == 2
    assert capsys.readouterr().err.count("doctor --repair") == 2
    assert questions.main(["measure", "received"]) == 2
    assert "doctor --repair" in capsys.readouterr().err


def fewer_columns(load_id: str) -> None:
    path = archive_folder() / load_id / "rows.parquet"
    pl.read_parquet(path).drop("unit").write_parquet(path)


def harm_state(**changes: Any) -> None:
    state.write(replace(state.read(), **changes))


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (lambda: harm_state(loads=frozenset({"L0002"})), "thiếu L0001"),
        (lambda: harm_state(loads=frozenset({"L0001", "L0002", "L0003"}), withdrawn=frozenset()), "thừa L0003"),
        (lambda: (archive_folder() / "L0001" / "load.json").unlink(), "L0001"),
        (lambda: (archive_folder() / "L0001" / "rejections.parquet").unlink(), "rejections.parquet"),
        (lambda: (archive_folder() / "L0002" / "rows.parquet").write_bytes(b"PAR1"), "L0002"),
        (lambda: fewer_columns("L0001"), "thiếu cột unit"),
        (lambda: snapshots.current().path.unlink(), "Mất tệp của bản số liệu"),
        (lambda: snapshots.current().path.write_bytes(b"cut off"), "bị hỏng"),
        (lambda: snapshots.snapshots()[0].path.unlink(), "Mất tệp của bản số liệu"),
    ],
)
def test_what_does_not_agree_is_refused_with_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], harm: Any, named: str
) -> None:
    begun(tmp_path, a=[case()], b=[case()], c=[case()])
    assert run("withdraw", "L0003")[0] == 0
    harm()
    before = state_file().read_bytes()
    for command in (["load", tmp_path / "a.csv"], ["restore", "L0003"]):
        assert run(*command)[0] == 2
        assert named in capsys.readouterr().err
    assert state_file().read_bytes() == before


def test_half_an_archive_is_not_published_as_the_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = begun(tmp_path, a=[case()], b=[case()])
    (archive_folder() / "L0001").rename(tmp_path / "L0001")
    assert run("build")[0] == run("rollback", first)[0] == 2
    assert capsys.readouterr().err.count("L0001") >= 2
    # The way out where there is no copy of it: then the figures say so.
    assert run("withdraw", "L0001")[0] == 0
    assert [each.load_id for each in archive.archived()] == ["L0002"]
    assert run("restore", "L0001")[0] == 2


def test_a_build_stands_in_for_snapshots_that_are_gone(tmp_path: Path) -> None:
    begun(tmp_path, a=[case()])
    for path in warehouse_folder().glob("*.duckdb"):
        path.unlink()
    assert run("build")[0] == 0
    assert state.read().snapshots == (snapshots.current_id(),)


def test_an_older_state_put_back_sweeps_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun(tmp_path, a=[case()])
    older = state_file().read_bytes()
    newest = load(write(tmp_path / "b.csv", [case()]))["snapshot"]
    state_file().write_bytes(older)
    assert run("load", tmp_path / "a.csv")[0] == 2
    assert newest in capsys.readouterr().err
    assert (archive_folder() / "L0002" / "rows.parquet").exists()
    assert run("doctor", "--repair")[0] == 0
    assert snapshots.current_id() == newest
    assert archive.active_ids() == {"L0001", "L0002"}


def test_what_was_never_published_is_swept_and_nothing_else(tmp_path: Path) -> None:
    (first,) = begun(tmp_path, a=[case()])
    keep = write(archive_folder() / "của người.csv", [case()])
    dead = [
        archive_folder() / ".active.json.123",
        archive_folder() / "L0001" / ".load.json.123-456",
        archive_folder() / "L0002" / "rows.parquet",
        warehouse_folder() / ".building-99.duckdb",
        warehouse_folder() / ".building-99.duckdb.tmp" / "part",
        warehouse_folder() / f"{date.today()}-zz.duckdb",
        # Of a process that ended; a page that runs may be writing its own.
        warehouse_folder() / ".kept.json.999999999",
    ]
    for path in dead:
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert [each.id for each in snapshots.snapshots()] == [first]
    assert [each.load_id for each in archive.archived()] == ["L0001"]
    assert run("restore", "L0002")[0] == 2
    assert run("keep", first)[0] == 0
    assert [path for path in dead if path.exists()] == []
    assert leftovers(state.read()) == []
    assert keep.exists()
    assert load(write(tmp_path / "b.csv", [case()]))["snapshot"] == f"{date.today()}-b"


class Later(datetime):
    """The clock of a command, some time off."""

    by = timedelta()

    @classmethod
    def now(cls, tz: Any = None) -> "Later":
        return cls.fromtimestamp((datetime.now(tz) + cls.by).timestamp())


@pytest.mark.parametrize(
    ("by", "code"), [(timedelta(days=-1), 2), (timedelta(hours=-2), 2), (timedelta(minutes=-1), 0), (timedelta(1), 0)]
)
def test_a_clock_set_back_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], by: timedelta, code: int
) -> None:
    begun(tmp_path, a=[case()])
    monkeypatch.setattr(Later, "by", by)
    monkeypatch.setattr(commands, "datetime", Later)
    before = state_file().read_bytes()
    assert run("load", write(tmp_path / "b.csv", [case()]))[0] == code
    assert run("build")[0] == code
    assert ("Đồng hồ" in capsys.readouterr().err) == (code == 2)
    assert (state_file().read_bytes() == before) == (code == 2)


def test_a_snapshot_of_a_later_day_refuses_a_clock_set_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office()
    publish_copy("2999-01-01-a", of=load(write(tmp_path / "a.csv", [case()]))["snapshot"])
    assert run("load", tmp_path / "a.csv")[0] == 2
    assert "01/01/2999" in capsys.readouterr().err
