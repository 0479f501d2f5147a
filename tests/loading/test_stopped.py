"""Commands that are killed, interrupted or find no room: the figures stay, and the next load ends as if nothing had
been. `make faults` tries many more."""

import json
import os
import signal
import subprocess
import sys
import threading
from itertools import repeat
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl import archive
from etl.doctor import examine
from etl.failing import DECISION, is_interrupt
from etl.leftovers import leftovers
from tests.helpers.examples import begun, case, load, run, write
from tests.helpers.stopping import stopped
from warehouse import log, state
from warehouse.folders import PROJECT, data_folder
from warehouse.snapshots import open_snapshot, snapshots

# The steps of a load on the disk, in order; the state is written by the rename of active.json.
STEPS = {
    "a load begun": ("open", r"/L0002/rows\.parquet$"),
    "a load not described": ("open", r"/L0002/\.load\.json\."),
    "a snapshot not yet named": ("os.rename", r"/warehouse/[^/]+\.duckdb$"),
    "the state not yet written": ("open", r"/\.active\.json\."),
    "the state written aside": ("os.rename", r"/active\.json$"),
}
AFTER = ("open", r"/warehouse/\.current\.")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """What is loaded next, beside one load published."""
    begun(tmp_path, a=[case(case_code="H1")])
    return write(tmp_path / "b.csv", [case(case_code="H2")])


def shown() -> tuple[Any, ...]:
    """All that readers see of what is published."""
    cases = open_snapshot().read("select case_code from cases order by 1")["case_code"].to_list()
    return state.read(), [each.id for each in snapshots()], [each.load_id for each in archive.archived()], cases


def ends_as_if_nothing_had_been(export: Path) -> None:
    assert load(export)["exit"] == 0
    published, ids, loads, cases = shown()
    assert (loads, cases, len(ids)) == (["L0001", "L0002"], ["H1", "H2"], 2)
    assert leftovers(published) == []
    assert examine() == []


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_load_never_was(export: Path, step: str) -> None:
    before = shown()
    process = stopped("kill", *STEPS[step], "load", export)
    assert process.returncode == -signal.SIGKILL, process.stderr
    assert leftovers(state.read())
    assert shown() == before
    ends_as_if_nothing_had_been(export)


def test_a_load_killed_once_the_state_is_written_counts(export: Path) -> None:
    process = stopped("kill", *AFTER, "load", export)
    assert process.returncode == -signal.SIGKILL, process.stderr
    published, _, loads, cases = shown()
    assert (loads, cases) == (["L0001", "L0002"], ["H1", "H2"])
    assert state.copied_id() != published.snapshot
    assert run("keep", published.snapshot or "")[0] == 0
    assert state.copied_id() == published.snapshot
    assert examine() == []


@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_is_told_and_leaves_nothing(export: Path, step: str) -> None:
    before = shown()
    process = stopped("full", *STEPS[step], "load", export, "--json")
    assert process.returncode == 4, process.stderr
    assert "Hết chỗ trống" in process.stderr
    assert "giữ nguyên" in process.stderr
    assert "Traceback" not in process.stderr
    assert json.loads(process.stdout)["exit"] == 4
    assert shown() == before
    assert leftovers(state.read()) == []
    ends_as_if_nothing_had_been(export)


def test_a_copy_that_cannot_be_written_does_not_undo_a_load(export: Path) -> None:
    process = stopped("full", *AFTER, "load", export, "--json")
    assert process.returncode == 0, process.stderr
    assert json.loads(process.stdout)["snapshot"] == state.read().snapshot
    assert "copy_not_written" in process.stderr


@pytest.mark.parametrize("step", ["a load begun", "a snapshot not yet named", "the state not yet written"])
def test_ctrl_c_is_told_and_leaves_nothing(export: Path, step: str) -> None:
    before = shown()
    process = stopped("interrupt", *STEPS[step], "load", export)
    if step == "the state not yet written":
        # Deciding has begun: from here on the load is finished and told.
        assert process.returncode == 0, process.stderr
        assert f"Bản số liệu: {state.read().snapshot}" in process.stdout
        return
    assert process.returncode == 130, process.stderr
    assert "Đã dừng" in process.stderr
    assert "Traceback" not in process.stderr
    assert shown() == before
    assert leftovers(state.read()) == []


def test_ctrl_c_is_known_where_duckdb_tells_of_it() -> None:
    soon = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    assert not is_interrupt(RuntimeError("khác"))
    with duckdb.connect() as connection, DECISION.of_a_command():
        soon.start()
        with pytest.raises((RuntimeError, KeyboardInterrupt, duckdb.Error)) as stopped_by:
            # One after the other: it is told of a signal at the latest at the end of each.
            list(map(connection.execute, repeat("select sum(hash(range)) from range(500000000)")))
        assert is_interrupt(stopped_by.value)


# A library that runs Python of its own while the program is read, as the signal comes; Python reads this first.
_STOPPED_AT_START = """
import ctypes, sys
run = ctypes.pythonapi.PyRun_String
run.restype, run.argtypes = ctypes.py_object, [ctypes.c_char_p, ctypes.c_int, ctypes.py_object, ctypes.py_object]
def stop(what, args):
    if what == "import" and args[0] == "etl.commands":
        run(b"raise KeyboardInterrupt", 257, {}, {})
sys.addaudithook(stop)
"""


def test_ctrl_c_while_the_program_is_read_ends_with_its_code(own_data: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(_STOPPED_AT_START)
    process = subprocess.run(
        [sys.executable, "-m", "etl", "loads"], cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (process.returncode, process.stderr) == (130, "Đã dừng theo lệnh.\n")


def test_the_traceback_stands_in_the_log_alone(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state.state_file().unlink()
    state.state_file().mkdir()
    assert run("load", export)[0] == 4
    said = capsys.readouterr().err
    assert str(log.log_file()) in said
    assert "IsADirectoryError" not in said
    (line,) = [json.loads(text) for text in log.log_file().read_text().splitlines() if "command_failed" in text]
    (error,) = line["errors"]
    assert error["type"] == "builtins.IsADirectoryError"
    assert error["frames"][-1].startswith("pathlib.py:")
    assert any(frame.startswith("warehouse/state.py:") for frame in error["frames"])
    assert str(data_folder()) not in json.dumps(error)
