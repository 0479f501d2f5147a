"""Demo exports and their archives, made once and kept: a key of all that makes them stands in their name and beside
them, so that a test pays for a build, not for reading. Snapshots are built anew in every session."""

import hashlib
import io
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from etl import commands
from warehouse.folders import PROJECT

KEPT_IN = PROJECT / "tests" / ".demo"
# All that an export and its archive are made by; the lock names the libraries that write and read them.
MADE_BY = ("etl", "warehouse", "data/reference", "requirements.lock")
_KEPT = ("exports", "archive")
_KEY_FILE = "made-by"


class StaleArchive(AssertionError):
    """A kept archive was made by other sources than those here; the text names its folder."""


@dataclass(frozen=True)
class Demo:
    """A demo folder by name, and the arguments of the `etl demo` commands that fill it, in order."""

    name: str
    commands: tuple[tuple[str, ...], ...]


HN_TL = Demo("hn_tl", (("--scenario", "HN"), ("--scenario", "TL")))
NB_KC_TA = Demo("nb_kc_ta", (("--scenario", "NB"), ("--scenario", "KC"), ("--scenario", "TA")))
SMALL_DISTRICT = Demo("small_district", (("--scenario", "district", "--cases", "20000"),))
DISTRICT = Demo("district", (("--scenario", "district", "--cases", "100000"),))


def key_of_sources(project: Path = PROJECT, made_by: Iterable[str] = MADE_BY) -> str:
    """A hash of every source file below these paths, by name and content; of what Python makes of them nothing."""
    digest = hashlib.sha256()
    for part in made_by:
        root = project / part
        assert root.exists(), f"{root} is named as a source and is not there"
        paths = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
        for path in paths:
            if "__pycache__" not in path.parts:
                name, content = path.relative_to(project).as_posix(), path.read_bytes()
                digest.update(f"{len(name)} {name} {len(content)} ".encode() + content)
    return digest.hexdigest()[:16]


def kept_demo(demo: Demo, key: str, kept_in: Path = KEPT_IN) -> Path:
    """The kept `exports/` and `archive/` of a demo, made if there are none by this key. StaleArchive where what lies
    there was made by another."""
    folder = kept_in / f"{demo.name}-{key}"
    kept_in.mkdir(parents=True, exist_ok=True)
    with FileLock(kept_in / f"{demo.name}.lock"):
        if not folder.exists():
            for older in kept_in.glob(f"{demo.name}-*"):
                shutil.rmtree(older)
            aside = kept_in / f".making-{demo.name}"
            shutil.rmtree(aside, ignore_errors=True)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("DOISANH_DATA", str(aside))
                for arguments in demo.commands:
                    _run("demo", *arguments)
            shutil.rmtree(aside / "warehouse")
            (aside / _KEY_FILE).write_text(key, encoding="utf-8")
            aside.rename(folder)
    kept = folder / _KEY_FILE
    if not kept.exists() or kept.read_text(encoding="utf-8") != key:
        raise StaleArchive(f"{folder} was not made by the sources here: delete it")
    return folder


def built_demo(demo: Demo, target: Path, key: str) -> Path:
    """A data folder with the demo's exports and archive, and a snapshot built from them now."""
    kept = kept_demo(demo, key)
    for part in _KEPT:
        shutil.copytree(kept / part, target / part)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(target))
        _run("build")
    return target


def _run(*arguments: str) -> None:
    out = io.StringIO()
    assert commands.main(arguments, out) == 0, out.getvalue()


def made_once(factory: pytest.TempPathFactory, demo: Demo) -> Path:
    """The demo's data folder of this session, shared by all workers. Read only."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / demo.name
    with FileLock(folder.with_suffix(".lock")):
        if not (folder / "done").exists():
            built_demo(demo, folder, key_of_sources())
            (folder / "done").touch()
    return folder
