"""Build: from archived rows and reference files to the tables of a warehouse, by ordered `.sql` files."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from tempfile import TemporaryDirectory

import duckdb
import polars as pl

from etl import archive, archive_views, names
from etl.archive import Load, LoadRows
from etl.calendar import calendar
from etl.kinds import STAGED, kinds
from etl.reference import ReferenceFiles
from etl.sql import make_table, text_of
from warehouse.schema import SCHEMA_VERSION
from warehouse.text import fold

# Needed to say what the rows of a load brought; `check` builds these alone. Between them the rows are staged.
NAMES = (
    "units", "fields", "procedures", "instruments", "sources", "unit_spellings", "field_spellings",
    "procedure_spellings",
)  # fmt: skip
ACCOUNTING = ("load_sources", "row_keys", "stage_rows", "row_fates", "rejected_rows", "loads")
# Between them come the facts of every kind.
BEFORE_FACTS = ("unit_now",)
AFTER_FACTS = (
    "models", "adoptions", "criteria", "reviews", "criterion_scores", "conclusions", "events", "staff", "targets",
    "rebases",
)  # fmt: skip
# Steps that no reader of a snapshot needs.
_PASSING = {
    "unit_spellings", "field_spellings", "procedure_spellings", "load_sources", "row_keys", "stage_rows", "row_fates",
}  # fmt: skip

# The large ones that a step is the last to read: what follows has their room.
_SPENT = {"stage_rows": "row_keys", "row_fates": "stage_rows"}

Progress = Callable[[str], None]

# Of DuckDB; what does not fit waits on disk.
_MOST_MEMORY = "1GB"
# Rows below which what DuckDB's threads tell each other costs more than they save.
_FEW_ROWS = 100_000

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


def _references(connection: duckdb.DuckDBPyConnection, loads: Sequence[Load], references: ReferenceFiles) -> None:
    units, unit_names = references.units
    fields, field_names = references.fields
    procedures, procedure_names = references.procedures
    new_roots = sorted({load.root for load in loads} - set(units["root"]))
    named = pl.DataFrame({"root": new_roots, "code": new_roots}, schema={"root": pl.String, "code": pl.String})
    folded = pl.Series("folded", [fold(root) for root in new_roots], dtype=pl.String)
    unit_names = pl.concat([unit_names, named.with_columns(folded)], how="diagonal")
    written = connection.sql(text_of("written_names")).pl()
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
        make_table(connection, name, frame)
    make_table(connection, "calendar", calendar(last_year, references.calendar), "table")
    make_table(connection, "nearest_names", resolved.unknown_names, "table")


def _model_files(connection: duckdb.DuckDBPyConnection, references: ReferenceFiles) -> None:
    words_of_sql = {"from": "adopted_from", "to": "adopted_to", "group": "group_name"}
    for name, frame in references.models.items():
        # The order in the file is the order that people read criteria in.
        make_table(connection, f"reference_{name}", frame.rename(words_of_sql, strict=False).with_row_index("place"))


def _plan_files(connection: duckdb.DuckDBPyConnection, references: ReferenceFiles) -> None:
    for name, frame in references.plans.items():
        make_table(connection, f"reference_{name}", frame.rename({"from": "month"}, strict=False))


def _create(connection: duckdb.DuckDBPyConnection, made: str, name: str, query: str) -> None:
    connection.execute(f"create {made} {name} as {query}")


def _run(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], progress: Progress) -> None:
    for name in tables:
        progress(name)
        query = text_of(f"tables/{name}")
        _create(connection, "temp table" if name in _PASSING else "table", name, query)
        if name in _SPENT:
            connection.execute(f"drop table {_SPENT[name]}")


def _spelled(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `spelled`: one row a load, column of names and text in it: names, registers, spelling, first row_no."""
    parts = []
    for kind in kinds().values():
        columns = {name: column for name, column in kind.columns.items() if column.names}
        told = ", ".join(["load_id", *columns])
        grouped = f"select {told}, min(row_no) as row_no from {kind.archived} group by all"
        _create(connection, "temp table", f"spelled_{kind.name}", grouped)
        parts += [
            f"select load_id, '{column.names}' as names, {column.registers} as registers, {name} as spelling, "
            f"min(row_no) as row_no from spelled_{kind.name} group by all"
            for name, column in columns.items()
        ]
    _create(connection, "temp view", "spelled", " union all ".join(parts))


def _staged(connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """Make the staged rows of every kind, and `staged`, what they have in common: `row_id` is a row's place among those
    of its kind."""
    parts = []
    for kind in kinds().values():
        progress(kind.staged)
        _create(connection, "temp table", kind.staged, kind.query("rows"))
        columns = ", ".join(STAGED)
        parts.append(
            f"select '{kind.name}' as kind, rowid as row_id, {kind.row_code} as row_code, {columns} from {kind.staged}"
        )
    _create(connection, "temp view", "staged", " union all ".join(parts))


def _versions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the accepted rows of every kind, each with what it brought and whether it is the last that tells of its
    thing: what facts are made from."""
    for kind in kinds().values():
        query = (
            f"select stage.*, load_.source, load_.source_file, fates.* exclude (kind, row_id, load_id, row_no) "
            f"from {kind.staged} as stage "
            f"join row_fates as fates on fates.kind = '{kind.name}' and fates.row_id = stage.rowid "
            f"join active_loads as load_ on load_.load_id = stage.load_id"
        )
        _create(connection, "temp view", kind.versions, query)


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
    make_table(connection, "active_loads", archive.frame(loads))
    connection.execute(text_of("macros"))
    archive_views.make(connection, stored, extra)
    _spelled(connection)
    _references(connection, loads, references)
    _run(connection, NAMES, progress)
    _staged(connection, progress)
    _run(connection, ACCOUNTING, progress)


def bound(connection: duckdb.DuckDBPyConnection, loads: Sequence[Load]) -> None:
    """Bound what a build of these loads takes of the machine."""
    connection.execute(f"set memory_limit = '{_MOST_MEMORY}'")
    if sum(load.data_rows for load in loads) < _FEW_ROWS:
        connection.execute("set threads = 1")


@contextmanager
def accounted(
    references: ReferenceFiles, stored: Sequence[Load], extra: Sequence[LoadRows] = ()
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the tables of `account`, gone afterwards."""
    with TemporaryDirectory() as folder, duckdb.connect(config={"temp_directory": folder}) as connection:
        bound(connection, [*stored, *(each.load for each in extra)])
        account(connection, references, stored, extra)
        yield connection


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
    _versions(connection)
    _facts(connection, progress)
    _run(connection, AFTER_FACTS, progress)
    make_table(connection, "relations", _relations(), "table")
    about = {"snapshot": snapshot, "schema_version": SCHEMA_VERSION, "built_at": built_at, "engine": "duckdb"}
    make_table(connection, "builds", pl.DataFrame([about]), "table")


def steps() -> int:
    """How often a build tells its progress."""
    of_kinds = sum(1 + len(kind.facts) for kind in kinds().values())
    return len(NAMES) + len(ACCOUNTING) + len(BEFORE_FACTS) + of_kinds + len(AFTER_FACTS)
