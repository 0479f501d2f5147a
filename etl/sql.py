"""The package's `.sql` files, and frames as tables of a connection."""

from importlib.resources import files

import duckdb
import polars as pl


def text_of(name: str) -> str:
    """The text of a `.sql` file of this package: "macros", "tables/units"."""
    return (files("etl") / f"{name}.sql").read_text(encoding="utf-8")


def make_table(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, kind: str = "temp table") -> None:
    """Make a table of these rows."""
    connection.register("given", frame)
    connection.execute(f"create {kind} {name} as select * from given")
    connection.unregister("given")
