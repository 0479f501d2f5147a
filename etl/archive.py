"""The archive: every data row of every load, as read, and the list of the loads that count."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

import polars as pl

from etl.reading import Parsed
from etl.reading.cells import ITEM
from warehouse.folders import archive_folder
from warehouse.snapshots import replace_text

LAYOUT_KINDS = ("blank", "banner", "header", "group", "total", "signature", "note")


class LoadMissing(Exception):
    """There is no such load in the archive; the text names those there are."""


@dataclass(frozen=True)
class Load:
    """What is known of one parsed export; its rows lie beside it as Parquet."""

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
        source_file=parsed.path.name,
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
    )
    places = parsed.frame.select("sheet", "row_number").unique(maintain_order=True).with_row_index("row_no")
    identity = pl.lit(load.load_id).alias("load_id")
    return LoadRows(
        load,
        parsed.frame.join(places, on=["sheet", "row_number"], how="left", maintain_order="left").with_columns(identity),
        parsed.rejected.with_columns(identity),
        parsed.rejected_cells.with_columns(identity),
    )


def next_sequence() -> int:
    """One more than the highest sequence ever given, withdrawn loads included."""
    return 1 + max((int(path.name[1:]) for path in archive_folder().glob("L*") if path.is_dir()), default=0)


def store(loads: Iterable[LoadRows]) -> None:
    """Write loads to the archive. They count only once `set_active` names them: a crash in between leaves no trace."""
    for each in loads:
        folder = archive_folder() / each.load.load_id
        folder.mkdir(parents=True)
        each.rows.write_parquet(folder / "rows.parquet")
        each.rejections.write_parquet(folder / "rejections.parquet")
        each.rejected.write_parquet(folder / "rejected.parquet")
        replace_text(folder / "load.json", json.dumps(asdict(each.load), default=str, ensure_ascii=False, indent=1))


def _load(text: str) -> Load:
    known: dict[str, Any] = json.loads(text)
    for name in ("extracted_on", "covers_from", "covers_to", "lone_before", "lone_after"):
        known[name] = date.fromisoformat(known[name]) if known.get(name) else None
    known["loaded_at"] = datetime.fromisoformat(known["loaded_at"])
    return Load(**{field.name: known[field.name] for field in fields(Load) if field.name in known})


def archived() -> list[Load]:
    """Every load in the archive, active or not, in the order of loading."""
    files = archive_folder().glob("L*/load.json")
    return sorted((_load(path.read_text(encoding="utf-8")) for path in files), key=lambda load: load.load_seq)


def active_ids() -> frozenset[str]:
    """The loads that count."""
    path = archive_folder() / "active.json"
    return frozenset(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else frozenset()


def set_active(load_ids: Iterable[str]) -> None:
    """Make exactly these loads count, from the next build on."""
    archive_folder().mkdir(parents=True, exist_ok=True)
    replace_text(archive_folder() / "active.json", json.dumps(sorted(load_ids)))


def active() -> list[Load]:
    """The loads that count, in the order of loading."""
    counted = active_ids()
    return [load for load in archived() if load.load_id in counted]


def case_codes(source: str) -> pl.Series:
    """The codes of all rows of a source's active loads of cases."""
    loads = [load for load in active() if load.source == source and load.kind == "cases"]
    paths = [archive_folder() / load.load_id / "rows.parquet" for load in loads]
    codes = [pl.read_parquet(path, columns=["case_code"]).to_series() for path in paths]
    return pl.concat([pl.Series(dtype=pl.String), *codes])


def find(load_id: str) -> Load:
    """One load by id; LoadMissing names those there are."""
    there = {load.load_id: load for load in archived()}
    if load_id not in there:
        known = ", ".join(there) or "chưa có lần nạp nào"
        raise LoadMissing(f"Không có lần nạp “{load_id}” trong kho lưu trữ. Hiện có: {known}.")
    return there[load_id]


def frame(loads: Sequence[Load]) -> pl.DataFrame:
    """The descriptions of loads as a table, one row a load."""
    return pl.DataFrame([asdict(load) for load in loads], schema=_SCHEMA)


_TYPES = {
    int: pl.Int64(), str: pl.String(), bool: pl.Boolean(), datetime: pl.Datetime("us"), date: pl.Date(),
    date | None: pl.Date(),
}  # fmt: skip
_SCHEMA = {field.name: _TYPES[field.type] for field in fields(Load)}  # type: ignore[index] # real types: no future import
