"""What a command that was killed left: files half-written, and all that the state does not name."""

import os
import shutil
from pathlib import Path

from warehouse import state
from warehouse.files import written_aside_by
from warehouse.folders import archive_folder, own_briefings_folder, warehouse_folder
from warehouse.snapshots import kept_file, path_of
from warehouse.state import State


def leftovers(published: State) -> list[Path]:
    """Files and folders in archive and warehouse that belong to nothing published."""
    unnamed_loads = [archive_folder() / each for each in state.load_folders() if each not in published.archived]
    unnamed_snapshots = [path_of(each) for each in state.snapshot_files() if each not in published.snapshots]
    return [
        *unnamed_loads,
        *unnamed_snapshots,
        *warehouse_folder().glob(".building-*"),
        *(path for path in _beside() if _is_left_aside(path)),
    ]


def sweep(published: State) -> None:
    """Delete all of it; only while nobody else writes."""
    for path in leftovers(published):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _beside() -> list[Path]:
    folders = (archive_folder(), warehouse_folder(), own_briefings_folder())
    return [path for folder in folders if folder.exists() for path in folder.iterdir()] + [
        path for load_id in state.load_folders() for path in (archive_folder() / load_id).iterdir()
    ]


def _is_left_aside(path: Path) -> bool:
    process = written_aside_by(path.name)
    if process is None or path.name.startswith(".building-"):
        return False
    # Pages keep snapshots and save briefings without waiting for a load.
    is_of_pages = path.parent == own_briefings_folder() or path.name.startswith(f".{kept_file().name}.")
    return not (is_of_pages and _is_running(process))


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return True  # Windows would end the process that is asked after.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True
