"""The archive: every data row of every load, as read. Which of them count, the state says."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import MISSING, asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

import polars as pl

from etl.file_names import masked_file_name
from etl.kinds import kinds
from etl.reading import Parsed
from etl.reading.cells import ITEM
from warehouse import state
from warehouse.files import make_folder, persist, replace_text
from warehouse.folders import archive_folder
from warehouse.state import StateDamaged

# Raised when rows of an export would be read otherwise than before, so that it is worth loading again.
READING_RULES = 2
PARTS = ("rows", "rejections")
REJECTED = "rejected"  # what loads read by older rules do not have
LAYOUT_KINDS = ("blank", "banner", "header", "group", "total", "signature", "note")


class LoadMissing(Exception):
    """There is no such load in the archive; the text names those there are."""


@dataclass(frozen=True)
class Load:
    """What is known of one parsed export; its rows lie beside it as Parquet. A field with a default may be missing from
    the description of a load of an earlier program. `reading_rules`: those that it was read by."""

    load_id: str
    load_seq: int
    kind: str
    source: str
    profile: str
    root: str
    unknown_units: str
    unit_kind: str
    is_complete: bool
    source_file: str
    loaded_at: datetime
    extracted_on: date | None
    covers_from: date | None
    covers_to: date | None
    rows: int
    data_rows: int
    blank_rows: int
    banner_rows: int
    header_rows: int
    group_rows: int
    total_rows: int
    signature_rows: int
    reading_rules: int = 1
    note_rows: int = 0
    told: str = ""
    headers: str = ""
    lone_before: date | None = None
    lone_after: date | None = None


@dataclass(frozen=True)
class LoadRows:
    """A load with what it brings: `rows` are the readable ones, `rejections` one line per unreadable cell,
    `rejected` the text of the rows that have one."""

    load: Load
    rows: pl.DataFrame
    rejections: pl.DataFrame
    rejected: pl.DataFrame


def _headers(parsed: Parsed) -> str:
    """What a workbook of corrections needs to be read as this export was, as JSON."""
    items = {ITEM + item: names[0] for item, names in parsed.profile.items.items()}
    told = {
        "columns": {**parsed.headers, **items},
        "recognise": parsed.profile.recognise,
        "recognise_text": parsed.profile.recognise_text,
    }
    return json.dumps(told, ensure_ascii=False)


def load_rows(parsed: Parsed, load_seq: int, loaded_at: datetime) -> LoadRows:
    """Turn a parsed export into a load. `row_no` numbers the rows of the export; the items of a wide sheet share it."""
    profile = parsed.profile
    load = Load(
        load_id=f"L{load_seq:04d}",
        load_seq=load_seq,
        kind=profile.kind,
        source=profile.source,
        profile=profile.name,
        root=profile.root,
        unknown_units=profile.unknown_units,
        unit_kind=profile.unit_kind,
        is_complete=profile.complete,
        source_file=masked_file_name(parsed.path),
        loaded_at=loaded_at,
        extracted_on=parsed.extracted_on,
        covers_from=parsed.covers_from,
        covers_to=parsed.covers_to,
        rows=parsed.rows,
        data_rows=parsed.data_rows,
        told="\n".join(parsed.told),
        headers=_headers(parsed),
        lone_before=parsed.lone_before,
        lone_after=parsed.lone_after,
        **{f"{kind}_rows": parsed.layout.get(kind, 0) for kind in LAYOUT_KINDS},
        reading_rules=READING_RULES,
    )
    # The rows that one row of a wide sheet became follow each other.
    place = pl.struct("sheet", "row_number")
    numbered = parsed.frame.with_columns(row_no=(place.rle_id() if parsed.frame.height else pl.lit(0)).cast(pl.UInt32))
    identity = pl.lit(load.load_id).alias("load_id")
    return LoadRows(
        load,
        numbered.with_columns(identity),
        parsed.rejected.with_columns(identity),
        parsed.rejected_cells.with_columns(identity),
    )


def next_sequence() -> int:
    """One more than the highest sequence ever given, withdrawn loads included."""
    given = {*state.read().archived, *state.load_folders()}
    return 1 + max((int(load_id[1:]) for load_id in given), default=0)


def store(loads: Iterable[LoadRows]) -> None:
    """Write loads to the archive. They are there only once the state names them; what a crash leaves is swept."""
    if not state.state_file().exists():
        # Folders without a state are a state lost, not a first load cut short.
        state.write(state.State())
    for each in loads:
        folder = archive_folder() / each.load.load_id
        make_folder(folder)
        for name, frame_ in zip((*PARTS, REJECTED), (each.rows, each.rejections, each.rejected), strict=True):
            frame_.write_parquet(folder / f"{name}.parquet")
            persist(folder / f"{name}.parquet")
        # Last: a load with a description is whole.
        replace_text(folder / "load.json", json.dumps(asdict(each.load), default=str, ensure_ascii=False, indent=1))
    persist(archive_folder())


def _load(text: str) -> Load:
    known: dict[str, Any] = json.loads(text)
    for name in ("extracted_on", "covers_from", "covers_to", "lone_before", "lone_after"):
        known[name] = date.fromisoformat(known[name]) if known.get(name) else None
    known["loaded_at"] = datetime.fromisoformat(known["loaded_at"])
    there = [field.name for field in fields(Load) if field.default is MISSING or field.name in known]
    return Load(**{name: known[name] for name in there})


def description(load_id: str) -> Load:
    """The description of a load in the archive; StateDamaged where it is gone or cannot be read."""
    path = archive_folder() / load_id / "load.json"
    try:
        load = _load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StateDamaged(f"Mất lần nạp {load_id}: không có {path}.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StateDamaged(f"Lần nạp {load_id} bị hỏng: không đọc được {path}.") from error
    if load.load_id != load_id:
        raise StateDamaged(f"Lần nạp {load_id} bị hỏng: {path} là của {load.load_id}.")
    return load


def descriptions(load_ids: Collection[str]) -> list[Load]:
    """The descriptions of these loads, in the order of loading; StateDamaged names each that cannot be read."""
    found: list[Load] = []
    wrong: list[str] = []
    for load_id in sorted(load_ids):
        try:
            found.append(description(load_id))
        except StateDamaged as damage:
            wrong += damage.wrong
    if wrong:
        raise StateDamaged(*wrong)
    return sorted(found, key=lambda load: load.load_seq)


def archived() -> list[Load]:
    """Every load in the archive, active or not, in the order of loading."""
    return descriptions(state.read().archived)


def active_ids() -> frozenset[str]:
    """The loads that count."""
    return state.read().loads


def active() -> list[Load]:
    """The loads that count, in the order of loading."""
    return descriptions(active_ids())


def stored(load_id: str, part: str, columns: list[str] | None = None) -> pl.DataFrame:
    """One of PARTS or REJECTED of a load, as it lies in the archive; of a large file texts lie there as categories."""
    path = archive_folder() / load_id / f"{part}.parquet"
    return pl.read_parquet(path, columns=columns, glob=False).cast({pl.Categorical: pl.String})


def codes(kind: str, source: str) -> pl.Series:
    """The codes of all rows of a source's active loads of a kind."""
    loads = [load for load in active() if load.source == source and load.kind == kind]
    codes = [stored(load.load_id, "rows", [kinds()[kind].code]).to_series() for load in loads]
    return pl.concat([pl.Series(dtype=pl.String), *codes])


def require(load_id: str) -> None:
    """LoadMissing, which names those there are, unless the archive holds this load."""
    there = state.read().archived
    if load_id not in there:
        known = ", ".join(sorted(there)) or "chưa có lần nạp nào"
        raise LoadMissing(f"Không có lần nạp “{load_id}” trong kho lưu trữ. Hiện có: {known}.")


def frame(loads: Sequence[Load]) -> pl.DataFrame:
    """The descriptions of loads as a table, one row a load; without what only their corrections need."""
    return pl.DataFrame([asdict(load) for load in loads], schema=_SCHEMA).drop("headers")


_TYPES = {
    int: pl.Int64(), str: pl.String(), bool: pl.Boolean(), datetime: pl.Datetime("us"), date: pl.Date(),
    date | None: pl.Date(),
}  # fmt: skip
_SCHEMA = {field.name: _TYPES[field.type] for field in fields(Load)}  # type: ignore[index] # real types: no future import
