"""A small office: data already published, files to load next, and what its figures are before and after."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.demo import write_exports
from etl.doctor import examine
from etl.leftovers import leftovers
from warehouse import state
from warehouse.folders import PROJECT
from warehouse.snapshots import current

# Of each table what does not depend on the moment of loading or building.
_OF_A_MOMENT = {"loads": "* exclude (loaded_at)"}
_PUBLISHED = 3
_TO_LOAD = 2


@dataclass(frozen=True)
class Office:
    """`published`: a data folder, only to be copied; `next_files`: what is loaded next; the figures before and after
    that load, when nothing goes wrong."""

    published: Path
    next_files: tuple[Path, ...]
    before: str
    after: str

    def copied(self, target: Path) -> Path:
        """A data folder of its own to do harm to."""
        shutil.rmtree(target, ignore_errors=True)
        return Path(shutil.copytree(self.published, target))

    @property
    def loading(self) -> tuple[str, ...]:
        """The arguments of the next load."""
        return ("load", *map(str, self.next_files))


def made(folder: Path) -> Office:
    """An office with some files of the demo loaded, a load withdrawn, and two more files to load."""
    write_exports("TA", folder / "exports")
    files = sorted((folder / "exports" / "TA").glob("*.xlsx"))[: _PUBLISHED + _TO_LOAD]
    published, following = files[:_PUBLISHED], tuple(files[_PUBLISHED:])
    data = folder / "published"
    for file in published:
        succeeded(data, "load", str(file))
    succeeded(data, "withdraw", "L0002")
    after = folder / "after"
    shutil.copytree(data, after)
    succeeded(after, "load", *map(str, following))
    return Office(data, following, figures(data), figures(after))


@contextmanager
def data_folder(data: Path) -> Iterator[None]:
    """This process reads another data folder."""
    before = os.environ.get("DOISANH_DATA")
    os.environ["DOISANH_DATA"] = str(data)
    try:
        yield
    finally:
        if before is None:
            del os.environ["DOISANH_DATA"]
        else:
            os.environ["DOISANH_DATA"] = before


def started(data: Path, *arguments: str) -> subprocess.Popen[str]:
    """A real command, running."""
    return subprocess.Popen(
        [sys.executable, "-m", "etl", *arguments],
        cwd=PROJECT,
        env={**os.environ, "DOISANH_DATA": str(data), "POLARS_MAX_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(data: Path, *arguments: str) -> tuple[int, str]:
    """A real command: its exit code, and what it said."""
    process = started(data, *arguments)
    out, err = process.communicate()
    return process.returncode, out + err


def succeeded(data: Path, *arguments: str) -> None:
    """A real command that has to end well."""
    code, said = ended(data, *arguments)
    if code not in (0, 1):
        raise RuntimeError(f"etl {arguments[0]} ended with {code}: {said}")


def figures(data: Path) -> str:
    """One text for all that readers of the published snapshot can see: which loads, and a digest of every table."""
    with data_folder(data):
        path = current().path
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where not internal and table_name <> 'builds' order by table_name"
        ).fetchall()
        sums = [
            connection.execute(
                f'select sum(hash(t)::hugeint) from (select {_OF_A_MOMENT.get(table, "*")} from "{table}") as t'
            ).fetchone()
            for (table,) in tables
        ]
    return str(sums)


def left_behind(data: Path) -> list[str]:
    """What of an interrupted command is still there."""
    with data_folder(data):
        return [str(path.relative_to(data)) for path in leftovers(state.read())]


def wrong_in(data: Path) -> list[str]:
    """What the doctor finds."""
    with data_folder(data):
        return [finding.says for finding in examine()]


def unlike(office: Office, data: Path) -> list[str]:
    """What is wrong after the next load ended: other figures than without any fault, leftovers, findings."""
    wrong = [f"còn sót {each}" for each in left_behind(data)] + wrong_in(data)
    if figures(data) != office.after:
        wrong.append("figures differ from those of a load that nothing disturbed")
    return wrong


def completed(office: Office, data: Path) -> list[str]:
    """What is wrong once the next load has ended, or, where it was published already, a build."""
    command = ("build",) if figures(data) == office.after else office.loading
    code, said = ended(data, *command)
    return [f"{command[0]} ended with {code}: {said}"] if code else unlike(office, data)
