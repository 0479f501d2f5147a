"""The version of a snapshot's tables is tied to what makes them: nobody changes a table and forgets it."""

import hashlib
import re
import shutil
from pathlib import Path

from warehouse.folders import PROJECT
from warehouse.schema import MADE_BY, SCHEMA_VERSION

FOLDERS = ("etl/tables", "etl/kinds")
COMMENT = re.compile(r"(--|#)[^\n]*")


def made_by(project: Path) -> str:
    """A hash of all queries and columns that tables come from, whatever their comments and line breaks."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in FOLDERS for path in (project / folder).rglob("*")):
        if path.suffix in (".sql", ".toml") and path.parent.name != "checks":
            words = COMMENT.sub("", path.read_text(encoding="utf-8")).split()
            digest.update(" ".join([path.relative_to(project).as_posix(), *words]).encode())
    return digest.hexdigest()[:12]


def test_a_changed_table_asks_for_its_version():
    found = made_by(PROJECT)
    assert found == MADE_BY, (
        f"etl/tables or etl/kinds changed since schema {SCHEMA_VERSION}. If a snapshot built before would be misread, "
        f'raise SCHEMA_VERSION in warehouse/schema.py; in any case set MADE_BY = "{found}" there.'
    )


def test_a_column_more_is_seen_a_comment_is_not(tmp_path):
    for folder in FOLDERS:
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    table = tmp_path / "etl/tables/units.sql"
    query = table.read_text(encoding="utf-8")
    table.write_text(f"{query}\n-- a remark\n\n", encoding="utf-8")
    assert made_by(tmp_path) == MADE_BY
    table.write_text(query.replace("select", "select 1 as one,", 1), encoding="utf-8")
    assert made_by(tmp_path) != MADE_BY
