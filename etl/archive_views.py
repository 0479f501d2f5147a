"""The archived rows as views of a connection: of files where they lie, and of loads not yet stored."""

from collections.abc import Iterable, Sequence
from glob import escape
from pathlib import Path

import duckdb
import polars as pl

from etl.archive import PARTS, REJECTED, Load, LoadRows
from etl.kinds import TYPES, kinds
from etl.sql import make_table
from warehouse.folders import archive_folder

_PLACE = {
    "row_number": pl.Int64, "sheet": pl.String, "row_no": pl.Int64, "load_id": pl.String, "of_load": pl.String,
    "of_sheet": pl.String, "of_row": pl.Int64,
}  # fmt: skip
_REJECTED = {"row_number": pl.Int64, "sheet": pl.String, "code": pl.String, "load_id": pl.String}
_REJECTION = {
    "row_number": pl.Int64, "sheet": pl.String, "column": pl.String, "reason": pl.String, "value": pl.String,
    "allowed": pl.String, "remedy": pl.String, "load_id": pl.String,
}  # fmt: skip
_ROWS, _REJECTIONS = PARTS


def make(connection: duckdb.DuckDBPyConnection, stored: Sequence[Load], extra: Sequence[LoadRows]) -> None:
    """Make the archived rows of every kind, `archived_rejections` and `archived_rejected`, of stored loads and of
    `extra` ones not yet stored; and the table `corrected_rows`, those that say which rejected row they correct."""
    for kind in kinds().values():
        columns = {name: TYPES[column.form] for name, column in kind.columns.items()}
        frames = [pl.DataFrame(schema={**columns, **_PLACE})]
        frames += [each.rows for each in extra if each.load.kind == kind.name]
        _view(connection, kind.archived, frames, _paths((load for load in stored if load.kind == kind.name), _ROWS))
    rejections = [pl.DataFrame(schema=_REJECTION), *(each.rejections for each in extra)]
    _view(connection, "archived_rejections", rejections, _paths(stored, _REJECTIONS))
    rejected = [pl.DataFrame(schema=_REJECTED), *(each.rejected.select(list(_REJECTED)) for each in extra)]
    _view(connection, "archived_rejected", rejected, _paths(stored, REJECTED), ", ".join(_REJECTED))
    corrected = [
        f"select distinct load_id, row_no, of_load, of_sheet, of_row from {kind.archived} where of_load is not null"
        for kind in kinds().values()
    ]
    connection.execute(f"create temp table corrected_rows as {' union all '.join(corrected)}")


def codes(connection: duckdb.DuckDBPyConnection, kind: str, loads: Sequence[Load]) -> None:
    """Make the view `archived_codes` of all rows of stored loads of a kind, those kept out too: code."""
    code = kinds()[kind].code
    none = [pl.DataFrame(schema={code: pl.String})]
    _view(connection, "codes_of_rows", none, _paths(loads, _ROWS), code)
    _view(connection, "codes_of_rejected", [pl.DataFrame(schema=_REJECTED)], _paths(loads, REJECTED), "code")
    connection.execute(
        f"create temp view archived_codes as "
        f"select {code} as code from codes_of_rows union all select code from codes_of_rejected"
    )


def _paths(loads: Iterable[Load], part: str) -> list[Path]:
    """Where this part of these loads lies; loads read by older rules lack what they had not."""
    paths = [archive_folder() / load.load_id / f"{part}.parquet" for load in loads]
    return [path for path in paths if part in PARTS or path.exists()]


def _view(
    connection: duckdb.DuckDBPyConnection, name: str, frames: list[pl.DataFrame], paths: list[Path], columns: str = "*"
) -> None:
    """Make the view `name`. Nothing is copied: written out, archived rows would be the largest tables of a build."""
    make_table(connection, f"given_{name}", pl.concat(frames, how="diagonal_relaxed"))
    query = f"select * from given_{name}"
    if paths:
        # A folder's name may hold the signs of a pattern: "Số liệu [2023]"; and those of a query.
        connection.execute(f"set variable files_of_{name} = $paths", {"paths": [escape(str(path)) for path in paths]})
        stored = f"read_parquet(getvariable('files_of_{name}'), union_by_name = true)"
        query += f" union all by name select {columns} from {stored}"
    connection.execute(f"create temp view {name} as {query}")
