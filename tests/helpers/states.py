"""What is published, changed as only a test does."""

import shutil
from dataclasses import replace

from warehouse import state
from warehouse.files import make_folder
from warehouse.folders import warehouse_folder
from warehouse.snapshot_ids import order
from warehouse.snapshots import path_of


def publish_copy(snapshot_id: str, of: str | None = None) -> None:
    """A snapshot of this id, as publishing names it: a copy of another, an empty file by default."""
    make_folder(warehouse_folder())
    if of:
        shutil.copy(path_of(of), path_of(snapshot_id))
    else:
        path_of(snapshot_id).touch()
    published = state.State(snapshot_id, ()) if not state.state_file().exists() else state.read()
    there = sorted({*published.snapshots, snapshot_id}, key=order)
    state.write(replace(published, snapshots=tuple(there)))


def show(snapshot_id: str) -> None:
    """Make a published snapshot the one shown."""
    state.write(replace(state.read(), snapshot=snapshot_id))
