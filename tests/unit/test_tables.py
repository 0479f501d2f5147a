"""The tables are written so that another engine can build them: each says its grain and parses as Spark SQL."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from etl import build
from etl.kinds import Kind, kinds
from etl.publish import checks

COMMON = sorted((Path(build.__file__).parent / "tables").iterdir(), key=lambda path: path.name)
OF_KINDS = [
    path for kind in kinds().values() for path in (kind.folder / "rows.sql", *sorted(kind.folder.glob("facts/*.sql")))
]
TABLES = [*COMMON, *OF_KINDS]
MEASURES = sorted(
    (path for path in (files("comparison") / "measures").iterdir() if path.name.endswith(".sql")),
    key=lambda path: path.name,
)
OTHERS = [*checks(), *MEASURES]
_NAMED_PARAMETER = re.compile(r"[$:][a-z_]+\b(?!:)")
_TRAILING_COMMA = re.compile(r",\s*(?:\n\s*)?(?:from\b|\)|where\b|group by\b|$)", re.IGNORECASE)
_LISTS = (exp.Array, exp.List, exp.Explode, exp.Unnest, exp.ArrayAgg, exp.Lambda)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_build_makes_every_table_once() -> None:
    made = [*build.NAMES, *build.ACCOUNTING, *build.BEFORE_FACTS, *build.AFTER_FACTS]
    assert sorted(made) == [path.stem for path in COMMON]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_a_kind_makes_every_table_of_its_folder_once(kind: Kind) -> None:
    assert sorted(kind.facts) == sorted(path.stem for path in kind.folder.glob("facts/*.sql"))
    assert {*kind.passing, *kind.views} <= {*kind.facts}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_says_its_grain(path: Path) -> None:
    assert re.match(r"-- One row per .+\.\s*\S*", text(path).splitlines()[0])


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_other_queries_say_what_they_return(path: Path) -> None:
    assert re.match(r"-- \S.+\.$", text(path).splitlines()[0])


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_is_portable(path: Path) -> None:
    query = text(path)
    (tree,) = sqlglot.parse(query, read="spark", error_level=sqlglot.ErrorLevel.RAISE)
    assert isinstance(tree, exp.Query)
    bare = re.sub(r"'[^']*'", "''", re.sub(r"--.*", "", query))
    assert not _NAMED_PARAMETER.search(bare)
    assert not _TRAILING_COMMA.search(bare)
    assert "collate" not in bare.lower()
    assert "exclude" not in bare.lower()
    assert not re.search(r"\bcolumns\s*\(|::|\busing\b|\bgroup by all\b", bare, re.IGNORECASE)
    assert [each.sql() for each in tree.find_all(*_LISTS)] == []
