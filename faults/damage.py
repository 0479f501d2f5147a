"""State, archive and snapshots damaged in likely ways: refused, mended by the doctor, the figures as before."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from faults.office import Office, ended, figures, unlike

Harm = Callable[[Path], object]


def kinds(office: Office) -> tuple[str, list[str]]:
    """Each kind: the next load is refused in words with 2; after the doctor's repair the figures are the old ones, and
    the load ends as if nothing had been."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(_wrong, [office] * len(DAMAGE), DAMAGE))
    wrong = [f"{name}: {each}" for name, some in zip(DAMAGE, found, strict=True) for each in some]
    return f"{len(DAMAGE)} kinds", wrong


def _wrong(office: Office, name: str) -> list[str]:
    data = office.copied(office.published.parent / f"damaged-{list(DAMAGE).index(name)}")
    DAMAGE[name](data)
    code, said = ended(data, *office.loading)
    wrong = [] if code == 2 else [f"the load ended with {code}: {said}"]
    if "doctor" not in said or "Traceback" in said:
        wrong.append(f"no next step in words: {said}")
    code, said = ended(data, "doctor", "--repair")
    if code != 0:
        wrong.append(f"not mended: {said}")
    if figures(data) != office.before:
        wrong.append(f"figures changed: {said}")
    code, said = ended(data, *office.loading)
    return wrong + ([f"the next load ended with {code}: {said}"] if code else unlike(office, data))


def _state(data: Path) -> Path:
    return data / "archive" / "active.json"


def _cut(share: float) -> Harm:
    def harm(data: Path) -> None:
        text = _state(data).read_bytes()
        _state(data).write_bytes(text[: int(len(text) * share)])

    return harm


def _written(content: bytes) -> Harm:
    return lambda data: _state(data).write_bytes(content)


def _changed(change: Callable[[dict[str, Any]], Any]) -> Harm:
    def harm(data: Path) -> None:
        found = json.loads(_state(data).read_text())
        change(found)
        _state(data).write_text(json.dumps(found))

    return harm


def _older_state(data: Path) -> None:
    """As from a backup: of before the last snapshot."""
    found = json.loads(_state(data).read_text())
    found["snapshots"].remove(found["snapshot"])
    found["snapshot"] = found["snapshots"][-1]
    _state(data).write_text(json.dumps(found))


def _current(data: Path) -> Path:
    return data / "warehouse" / f"{json.loads(_state(data).read_text())['snapshot']}.duckdb"


def _cut_snapshot(data: Path) -> None:
    content = _current(data).read_bytes()
    _current(data).write_bytes(content[: len(content) // 2])


def _oldest_snapshot_gone(data: Path) -> None:
    min((data / "warehouse").glob("*.duckdb")).unlink()


def _withdrawn_gone(data: Path) -> None:
    shutil.rmtree(data / "archive" / "L0002")


DAMAGE: dict[str, Harm] = {
    "state empty": _cut(0),
    "state cut at a third": _cut(1 / 3),
    "state cut before its end": _cut(0.97),
    "state gone": lambda data: _state(data).unlink(),
    "state of zeros": _written(b"\0" * 300),
    "state not UTF-8": _written(b"\xff\xfe{}"),
    "state of another form": _written(b'{"format": 1}'),
    "state a number": _written(b"7"),
    "state of endless brackets": _written(b"[" * 100_000),
    "a load not listed": _changed(lambda found: found["loads"].remove("L0001")),
    "a load listed that never was": _changed(lambda found: found["loads"].append("L0009")),
    "a withdrawn load counted": _changed(lambda found: found["loads"].append(found["withdrawn"].pop())),
    "an id of no form": _changed(lambda found: found["loads"].append("../L0001")),
    "no snapshot shown": _changed(lambda found: found.update(snapshot=None)),
    "an older state": _older_state,
    "a withdrawn load gone": _withdrawn_gone,
    "the snapshot gone": lambda data: _current(data).unlink(),
    "the snapshot cut": _cut_snapshot,
    "the snapshot of zeros": lambda data: _current(data).write_bytes(b"\0" * 9000),
    "an older snapshot gone": _oldest_snapshot_gone,
}
