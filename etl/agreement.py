"""Whether state, archive and snapshots tell the same: a load that is gone must not be published away."""

import duckdb
import polars as pl

from etl import archive
from etl.archive import PARTS, Load
from etl.kinds import kinds
from warehouse import state
from warehouse.folders import archive_folder
from warehouse.snapshots import path_of
from warehouse.state import State, StateDamaged

# What every row of a load tells beside its canonical columns.
_PLACE = ("row_number", "sheet", "row_no", "load_id")
_REJECTION = ("row_number", "sheet", "column", "reason", "value", "allowed", "remedy", "load_id")


def refuse_disagreement(published: State, *, is_rebuild: bool = False) -> None:
    """StateDamaged with all that does not agree. `is_rebuild`: snapshots may be gone or damaged, one is built anew."""
    wrong = [*unnamed(published), *unlike_the_snapshot(published)]
    if not is_rebuild:
        wrong += [f"Mất tệp của bản số liệu {each}: {path_of(each)}." for each in missing_snapshots(published)]
        shown = published.snapshot
        if shown and path_of(shown).exists() and loads_of(shown) is None:
            wrong.append(f"Bản số liệu đang dùng {shown} bị hỏng: không đọc được {path_of(shown)}.")
    if wrong:
        raise StateDamaged(*wrong)


def missing_snapshots(published: State) -> list[str]:
    """Snapshots that should be there and have no file."""
    return [each for each in published.snapshots if not path_of(each).exists()]


def unnamed(published: State) -> list[str]:
    """What no crash leaves: the state is older than the archive or the warehouse. A crash leaves only what is newer
    than all that the state names."""
    newest = max(map(_number, published.archived), default=0)
    wrong = [
        f"Kho lưu trữ có lần nạp {each} mà {state.state_file()} không kể."
        for each in state.load_folders()
        if each not in published.archived and _number(each) < newest and _is_whole(each)
    ]
    copied = state.copied_id()
    if copied in state.snapshot_files() and copied not in published.snapshots:
        wrong.append(f"{state.copy_file()} chỉ bản số liệu {copied} mà {state.state_file()} không kể.")
    return wrong


def unlike_the_snapshot(published: State) -> list[str]:
    """Loads in which the state and the snapshot that is shown differ; none where that cannot be opened."""
    if published.snapshot is None:
        return [f"{state.state_file()} kể các lần nạp mà không kể bản số liệu nào."] if published.loads else []
    held = loads_of(published.snapshot)
    if held is None or held == published.loads:
        return []
    lacking, further = ", ".join(sorted(held - published.loads)), ", ".join(sorted(published.loads - held))
    told = [f"thiếu {lacking}"] * bool(lacking) + [f"thừa {further}"] * bool(further)
    return [f"{state.state_file()} không khớp với bản số liệu đang dùng {published.snapshot}: {'; '.join(told)}."]


def loads_of(snapshot_id: str) -> frozenset[str] | None:
    """The loads that a snapshot was built from; None where it cannot be read."""
    if not path_of(snapshot_id).exists():
        return None
    try:
        with duckdb.connect(str(path_of(snapshot_id)), read_only=True) as connection:
            return frozenset(load_id for (load_id,) in connection.execute("select load_id from loads").fetchall())
    except duckdb.Error:
        return None  # What cannot be opened is told of as such by whoever opens it.


def whole_loads(load_ids: frozenset[str] | set[str]) -> list[Load]:
    """The descriptions of loads that are about to count. StateDamaged names each that is not there as it was written:
    a description, rows and rejections with their columns."""
    loads = archive.descriptions(load_ids)
    wrong = [fault for load in loads for fault in _column_faults(load)]
    if wrong:
        raise StateDamaged(*wrong)
    return loads


def row_faults(load: Load) -> list[str]:
    """Where the rows of a load are not as many as its description says; reads them."""
    if faults := _column_faults(load):
        return faults
    try:
        places = [archive.stored(load.load_id, part, ["sheet", "row_number"]) for part in PARTS]
    except (pl.exceptions.PolarsError, OSError) as error:
        return [f"Lần nạp {load.load_id} bị hỏng: không đọc được các dòng ({type(error).__name__})."]
    found = pl.concat(places, how="vertical_relaxed").unique().height
    if found == load.data_rows:
        return []
    return [f"Lần nạp {load.load_id} có {found} dòng dữ liệu, phải có {load.data_rows}."]


def _column_faults(load: Load) -> list[str]:
    if load.kind not in kinds():
        return [f"Lần nạp {load.load_id} thuộc loại “{load.kind}” mà chương trình này không biết."]
    required = (*((column,) for column in _PLACE), *kinds()[load.kind].required)
    faults = []
    for part, groups in zip(PARTS, (required, tuple((column,) for column in _REJECTION)), strict=True):
        path = archive_folder() / load.load_id / f"{part}.parquet"
        try:
            with path.open("rb") as file:  # A path may hold the signs of a pattern.
                there = pl.read_parquet_schema(file)
        except FileNotFoundError:
            faults.append(f"Mất một phần của lần nạp {load.load_id}: không có {path}.")
            continue
        except (pl.exceptions.PolarsError, OSError) as error:
            faults.append(f"Lần nạp {load.load_id} bị hỏng: không đọc được {path} ({type(error).__name__}).")
            continue
        lacking = ["/".join(group) for group in groups if not any(column in there for column in group)]
        if lacking:
            faults.append(f"Lần nạp {load.load_id} bị hỏng: {path} thiếu cột {', '.join(lacking)}.")
    return faults


def _is_whole(load_id: str) -> bool:
    return (archive_folder() / load_id / "load.json").exists()


def _number(load_id: str) -> int:
    return int(load_id[1:])
