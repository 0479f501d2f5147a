"""The doctor: finds what is wrong, mends what can be mended, loses nothing, and leaves the rest to a person."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from etl import archive
from tests.helpers.examples import case, load, office, run, write
from warehouse import snapshots
from warehouse.folders import archive_folder, data_folder, warehouse_folder
from warehouse.snapshots import close_snapshots, kept_file, open_snapshot, path_of
from warehouse.state import state_file


@pytest.fixture(scope="module")
def office_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two loads that count, and one withdrawn; three snapshots. Only to be copied."""
    folder = tmp_path_factory.mktemp("doctor")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        office()
        for name in ("a", "b"):
            load(write(folder / f"{name}.csv", [case(case_code=name)]))
        load(write(folder / "c.csv", [case(case_code="c", status="lạ")]), "--as-of", "2023-04-30")
        assert run("withdraw", "L0002")[0] == 0
    return folder / "data"


@pytest.fixture(autouse=True)
def _own_office(office_folder: Path, own_data: Path) -> None:
    shutil.copytree(office_folder, own_data)


def figures() -> tuple[frozenset[str], list[str]]:
    close_snapshots()
    codes = open_snapshot().read("select case_code from cases order by 1")["case_code"].to_list()
    return archive.active_ids(), codes


def shown_file() -> Path:
    return snapshots.current().path


def changed_state(**changes: object) -> None:
    state_file().write_text(json.dumps({**json.loads(state_file().read_text()), **changes}))


def fewer_rows(load_id: str) -> None:
    path = archive_folder() / load_id / "rows.parquet"
    pl.read_parquet(path).head(0).write_parquet(path)


def fewer_columns(load_id: str) -> None:
    path = archive_folder() / load_id / "rows.parquet"
    pl.read_parquet(path).drop("unit").write_parquet(path)


def damaged_block() -> None:
    """Blocks in the middle of the file, which opening it does not read."""
    with shown_file().open("r+b") as file:
        file.seek(shown_file().stat().st_size // 2)
        file.write(b"\xff" * 500_000)


def older_structure() -> None:
    with duckdb.connect(str(shown_file())) as connection:
        connection.execute("update builds set schema_version = 0")


# What is harmed, and what the doctor names.
MENDED: dict[str, tuple[Callable[[], object], str]] = {
    "state gone": (lambda: state_file().unlink(), "active.json"),
    "state cut": (lambda: state_file().write_text('{"format": 2, "loa'), "active.json"),
    "a load forgotten": (lambda: changed_state(loads=["L0003"]), "thiếu L0001"),
    "a withdrawn load counted": (lambda: changed_state(loads=["L0001", "L0002", "L0003"], withdrawn=[]), "thừa L0002"),
    "a withdrawn load gone": (lambda: shutil.rmtree(archive_folder() / "L0002"), "L0002"),
    "a withdrawn load cut": (lambda: fewer_rows("L0002"), "L0002"),
    "the snapshot gone": (lambda: shown_file().unlink(), "Mất tệp của bản số liệu"),
    "the snapshot cut": (lambda: shown_file().write_bytes(b"cut off"), "bị hỏng"),
    "a block of the snapshot": (damaged_block, "bị hỏng"),
    "the snapshot of an older program": (older_structure, "cấu trúc cũ"),
    "an older snapshot gone": (lambda: snapshots.snapshots()[0].path.unlink(), "Mất tệp của bản số liệu"),
    "the copy gone": (lambda: (warehouse_folder() / "current").unlink(), "current"),
    "the list of kept ones cut": (lambda: kept_file().write_text("["), "kept.json"),
    "a dead load": (lambda: (archive_folder() / "L0009").mkdir(), "L0009"),
    "a dead build": (lambda: (warehouse_folder() / ".building-7.duckdb").touch(), ".building-7"),
    "open to others": (lambda: (archive_folder() / "L0001" / "rows.parquet").chmod(0o644), "600/700"),
}


def test_nothing_is_wrong() -> None:
    assert run("doctor") == (0, "Không thấy gì sai.\n")
    assert run("doctor", "--repair") == (0, "Không thấy gì sai.\n")


@pytest.mark.parametrize("harm", MENDED)
def test_what_can_be_mended_is_and_the_figures_stay(harm: str) -> None:
    before = figures()
    close_snapshots()
    do_harm, named = MENDED[harm]
    do_harm()
    code, text = run("doctor")
    assert code == 2
    assert named in text
    assert "doctor --repair" in text
    code, text = run("doctor", "--repair")
    assert (code, "Đã sửa: " in text) == (0, True), text
    assert figures() == before
    assert run("doctor")[0] == 0


@pytest.mark.parametrize(
    "harm",
    [lambda: shutil.rmtree(archive_folder() / "L0001"), lambda: fewer_rows("L0001"), lambda: fewer_columns("L0001")],
)
def test_a_load_that_counts_is_never_mended_away(harm: Callable[[], object]) -> None:
    before = figures()
    harm()
    shown_file().write_bytes(b"cut off")
    code, text = run("doctor", "--repair")
    assert code == 2
    assert "L0001" in text
    assert "withdraw L0001" in text
    assert archive.active_ids() == before[0]


def test_without_any_readable_snapshot_loads_wait_to_be_counted() -> None:
    for path in warehouse_folder().glob("*.duckdb"):
        path.write_bytes(b"cut off")
    state_file().unlink()
    code, text = run("doctor", "--repair")
    assert code == 0
    assert "không tính L0001, L0002, L0003" in text
    assert len(list((data_folder() / "damaged").glob("*.duckdb"))) == 4
    assert run("restore", "L0001")[0] == 0
    assert figures() == (frozenset({"L0001"}), ["a"])


def test_kept_ones_are_kept_where_the_list_is_lost() -> None:
    kept_file().write_text("null")
    assert run("prune", "--keep", "1")[0] == 2
    assert run("doctor", "--repair")[0] == 0
    assert all(each.is_kept for each in snapshots.snapshots())


def test_a_state_of_a_newer_program_is_left_alone() -> None:
    changed_state(format=99)
    before = state_file().read_bytes()
    code, text = run("doctor", "--repair")
    assert code == 2
    assert "mới hơn" in text
    assert state_file().read_bytes() == before


def test_an_id_is_not_given_again_to_other_figures() -> None:
    shown = snapshots.current().id
    shown_file().write_bytes(b"cut off")
    assert run("doctor", "--repair")[0] == 0
    assert snapshots.current().id != shown
    assert not path_of(shown).exists()
    assert snapshots.next_id(snapshots.current().published_on) not in (shown, snapshots.current().id)
