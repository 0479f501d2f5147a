"""Writing into the data folder: for its owner alone, and whole or not at all."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

FOLDER_MODE, FILE_MODE = 0o700, 0o600
_ASIDE = re.compile(r"\..+\.(\d+)(?:-\d+)?")


@contextmanager
def for_the_owner_alone() -> Iterator[None]:
    """Whatever this process makes meanwhile, by whichever library, is closed to other users of the machine."""
    before = os.umask(0o777 & ~FOLDER_MODE)
    try:
        yield
    finally:
        os.umask(before)


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, for the owner alone."""
    for each in reversed([each for each in (path, *path.parents) if not each.exists()]):
        each.mkdir(mode=FOLDER_MODE, exist_ok=True)


def open_for_the_owner(path: str, flags: int) -> int:
    """An opener for `open` that makes the file for the owner alone."""
    return os.open(path, flags, FILE_MODE)


def persist(path: Path) -> None:
    """Wait until a file or the names in a folder are on the disk, so that a power cut does not undo them."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folder; it writes names by itself.
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def replace_text(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old text or the new, never a part; nothing is left of a failure."""
    aside = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}")
    try:
        with open(aside, "w", encoding="utf-8", opener=open_for_the_owner) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    persist(path.parent)


def written_aside_by(name: str) -> int | None:
    """The process that writes, or wrote, a file of this name aside; None for any other name."""
    match = _ASIDE.fullmatch(name)
    return int(match[1]) if match else None
