"""Build: from archived rows and reference files to the tables of a warehouse, by ordered `.sql` files."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from glob import escape
from importlib.resources import files

import duckdb
import polars as pl

from etl import archive, names
from etl.archive import Load, LoadRows
from etl.calendar import calendar
from etl.kinds import STAGED, TYPES, kinds
from etl.reference import ReferenceFiles
from warehouse.folders import archive_folder
from warehouse.schema import SCHEMA_VERSION
from warehouse.text import fold

# Needed to say what the rows of a load brought; `check` builds these alone. Between them the rows are staged.
NAMES = (
    "units", "fields", "procedures", "instruments", "sources", "unit_spellings", "field_spellings",
    "procedure_spellings",
)  # fmt: skip
ACCOUNTING = ("stage_rows", "row_fates", "rejected_rows", "loads")
# Between them come the facts of every kind.
BEFORE_FACTS = ("unit_now",)
AFTER_FACTS = (
    "models", "adoptions", "criteria", "reviews", "criterion_scores", "conclusions", "events", "staff", "targets",
    "rebases",
)  # fmt: skip
# Steps that no reader of a snapshot needs.
_PASSING = {"unit_spellings", "field_spellings", "procedure_spellings", "stage_rows", "row_fates"}

Progress = Callable[[str], None]

_WAITS = "Dòng này đã được giữ lại, không cần nạp lại tệp."


def _rejection_words() -> pl.DataFrame:
    rows = [
        {
            "kind": kind.name,
            "reason": reason,
            "column_name": each.name,
            "allowed": each.allowed,
            "remedy": f"{each.remedy} {_WAITS}",
        }
        for kind in kinds().values()
        for reason, each in kind.reasons.items()
    ]
    return pl.DataFrame(rows)


def _archived(connection: duckdb.DuckDBPyConnection, loads: Sequence[Load], extra: Sequence[LoadRows]) -> None:
    """Make the archived rows of every kind, archived_rejections and archived_rejected, of stored loads and of those
    not yet stored."""
    aside = {each.load.load_id: each for each in extra}
    for kind in kinds().values():
        of_kind = [load for load in loads if load.kind == kind.name]
        columns = {name: TYPES[column.form] for name, column in kind.columns.items()}
        empty = pl.DataFrame(schema={**columns, **_PLACE})
        frames = [empty, *(aside[load.load_id].rows for load in of_kind if load.load_id in aside)]
        stored = [load for load in of_kind if load.load_id not in aside]
        paths = [str(archive_folder() / load.load_id / "rows.parquet") for load in stored]
        _union(connection, kind.archived, frames, paths)
    rejections = [pl.DataFrame(schema=_REJECTION), *(each.rejections for each in extra)]
    stored = [load for load in loads if load.load_id not in aside]
    paths = [str(archive_folder() / load.load_id / "rejections.parquet") for load in stored]
    _union(connection, "archived_rejections", rejections, paths)
    rejected = [pl.DataFrame(schema=_REJECTED), *(each.rejected.select(list(_REJECTED)) for each in extra)]
    kept = [archive_folder() / load.load_id / "rejected.parquet" for load in stored]
    _union(
        connection, "archived_rejected", rejected, [str(path) for path in kept if path.exists()], ", ".join(_REJECTED)
    )


_PLACE = {
    "row_number": pl.Int64, "sheet": pl.String, "row_no": pl.Int64, "load_id": pl.String, "of_load": pl.String,
    "of_sheet": pl.String, "of_row": pl.Int64,
}  # fmt: skip
_REJECTED = {"row_number": pl.Int64, "sheet": pl.String, "code": pl.String, "load_id": pl.String}
_REJECTION = {
    "row_number": pl.Int64, "sheet": pl.String, "column": pl.String, "reason": pl.String, "value": pl.String,
    "allowed": pl.String, "remedy": pl.String, "load_id": pl.String,
}  # fmt: skip


def _union(
    connection: duckdb.DuckDBPyConnection, table: str, frames: list[pl.DataFrame], paths: list[str], columns: str = "*"
) -> None:
    given = pl.concat(frames, how="diagonal_relaxed")
    connection.register("given", given)
    connection.execute(f"create temp table {table} as select * from given")
    connection.unregister("given")
    if paths:
        # A folder's name may hold the signs of a pattern: "Số liệu [2023]".
        plain = [escape(path) for path in paths]
        connection.execute(
            f"insert into {table} by name select {columns} from read_parquet($paths, union_by_name = true)",
            {"paths": plain},
        )


def _references(connection: duckdb.DuckDBPyConnection, loads: Sequence[Load], references: ReferenceFiles) -> None:
    units, unit_names = references.units
    fields, field_names = references.fields
    procedures, procedure_names = references.procedures
    new_roots = sorted({load.root for load in loads} - set(units["root"]))
    named = pl.DataFrame({"root": new_roots, "code": new_roots}, schema={"root": pl.String, "code": pl.String})
    folded = pl.Series("folded", [fold(root) for root in new_roots], dtype=pl.String)
    unit_names = pl.concat([unit_names, named.with_columns(folded)], how="diagonal")
    written = connection.sql((files("etl") / "written_names.sql").read_text(encoding="utf-8")).pl()
    resolved = names.resolve(written, unit_names, field_names, procedure_names)
    last_year = max((load.extracted_on.year for load in loads if load.extracted_on), default=date.today().year) + 11
    tables = {
        "reference_units": units,
        "unit_names": unit_names,
        "reference_fields": fields,
        "field_names": field_names,
        "reference_procedures": procedures,
        "procedure_names": procedure_names,
        "reference_instruments": references.instruments,
        "reference_sources": references.sources,
        "spellings": resolved.spellings,
        "registered_units": resolved.registered_units,
        "registered_names": resolved.registered_names,
        "unknown_names": resolved.unknown_names,
        "rejection_words": _rejection_words(),
    }
    for name, frame in tables.items():
        _table(connection, name, frame)
    _table(connection, "calendar", calendar(last_year, references.calendar), "table")
    _table(connection, "nearest_names", resolved.unknown_names, "table")


def _model_files(connection: duckdb.DuckDBPyConnection, references: ReferenceFiles) -> None:
    words_of_sql = {"from": "adopted_from", "to": "adopted_to", "group": "group_name"}
    for name, frame in references.models.items():
        # The order in the file is the order that people read criteria in.
        _table(connection, f"reference_{name}", frame.rename(words_of_sql, strict=False).with_row_index("place"))


def _plan_files(connection: duckdb.DuckDBPyConnection, references: ReferenceFiles) -> None:
    for name, frame in references.plans.items():
        _table(connection, f"reference_{name}", frame.rename({"from": "month"}, strict=False))


def _table(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, kind: str = "temp table") -> None:
    connection.register("given", frame)
    connection.execute(f"create {kind} {name} as select * from given")
    connection.unregister("given")


def _create(connection: duckdb.DuckDBPyConnection, made: str, name: str, query: str) -> None:
    connection.execute(f"create {made} {name} as {query}")


def _run(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], progress: Progress) -> None:
    for name in tables:
        progress(name)
        query = (files("etl") / "tables" / f"{name}.sql").read_text(encoding="utf-8")
        _create(connection, "temp table" if name in _PASSING else "table", name, query)


def _spelled(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `spelled`: one row a load, column of names and text in it: names, registers, spelling, first row_no."""
    parts = [
        f"select load_id, '{column.names}' as names, {column.registers} as registers, {name} as spelling, "
        f"min(row_no) as row_no from {kind.archived} group by all"
        for kind in kinds().values()
        for name, column in kind.columns.items()
        if column.names
    ]
    _create(connection, "temp view", "spelled", " union all ".join(parts))


def _staged(connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """Make the staged rows of every kind, and `staged`, what they have in common."""
    for kind in kinds().values():
        progress(kind.staged)
        _create(connection, "temp table", kind.staged, kind.query("rows"))
    parts = [f"select {', '.join(STAGED)}, '{kind.name}' as kind from {kind.staged}" for kind in kinds().values()]
    _create(connection, "temp view", "staged", " union all ".join(parts))


def _facts(connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    for kind in kinds().values():
        for name in kind.facts:
            progress(name)
            made = "view" if name in kind.views else "temp table" if name in kind.passing else "table"
            _create(connection, made, name, kind.query(f"facts/{name}"))


def _relations() -> pl.DataFrame:
    """One row a relation that measures may read and table that holds it, in the order in which they are tried."""
    rows = [
        {
            "relation": name,
            "place": place,
            "table_name": table.name,
            "is_monthly": table.by == "month",
            "has_procedures": table.has_procedures,
            "is_shared_out": relation.is_shared_out,
            "columns": " ".join(relation.columns),
        }
        for kind in kinds().values()
        for name, relation in kind.reads.items()
        for place, table in enumerate(relation.tables)
    ]
    return pl.DataFrame(rows)


def account(
    connection: duckdb.DuckDBPyConnection,
    references: ReferenceFiles,
    stored: Sequence[Load],
    extra: Sequence[LoadRows] = (),
    progress: Progress = lambda _: None,
) -> None:
    """Make the tables that say what each row of these stored loads, and of `extra` ones not yet stored, brings."""
    loads = [*stored, *(each.load for each in extra)]
    _table(connection, "active_loads", archive.frame(loads))
    connection.execute((files("etl") / "macros.sql").read_text(encoding="utf-8"))
    _archived(connection, loads, extra)
    _spelled(connection)
    _references(connection, loads, references)
    _run(connection, NAMES, progress)
    _staged(connection, progress)
    _run(connection, ACCOUNTING, progress)


def build(
    connection: duckdb.DuckDBPyConnection,
    references: ReferenceFiles,
    loads: Sequence[Load],
    snapshot: str,
    built_at: datetime,
    progress: Progress = lambda _: None,
) -> None:
    """Make all tables of a snapshot in an empty database from these loads of the archive."""
    account(connection, references, loads, progress=progress)
    _model_files(connection, references)
    _plan_files(connection, references)
    _run(connection, BEFORE_FACTS, progress)
    _facts(connection, progress)
    _run(connection, AFTER_FACTS, progress)
    _table(connection, "relations", _relations(), "table")
    about = {"snapshot": snapshot, "schema_version": SCHEMA_VERSION, "built_at": built_at, "engine": "duckdb"}
    _table(connection, "builds", pl.DataFrame([about]), "table")


def steps() -> int:
    """How often a build tells its progress."""
    of_kinds = sum(1 + len(kind.facts) for kind in kinds().values())
    return len(NAMES) + len(ACCOUNTING) + len(BEFORE_FACTS) + of_kinds + len(AFTER_FACTS)
