"""The data that is measured on: demo exports and archives of 300,000 and 3,000,000 cases with a third as many answer
sheets, made once and kept aside. Models, reviews and plans are the shipped ones, of the same units."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from comparison.measures import known
from comparison.scope import Period, default_scope
from comparison.scope.periods import full_periods
from etl.demo import write_exports, write_large_csv
from warehouse.schema import SCHEMA_VERSION
from warehouse.snapshots import open_snapshot

FOLDER = Path(__file__).parent / ".data"
SIZES = (300_000, 3_000_000)
_MEBIBYTE = 1024  # KiB, as Linux tells the memory of a process
_MONTH = 50_000  # cases of a month, where there are 3,000,000 of five years


def district_exports() -> list[Path]:
    """The demo district's files, as `python -m etl demo` writes them."""
    planted = write_exports("district", FOLDER / "exports")
    return [FOLDER / "exports" / "district" / file.file for file in planted.files]


def large_csv() -> list[Path]:
    """The case files of a year each, that an archive of 300,000 cases comes from."""
    files = write_large_csv(_folder(SIZES[0]) / "exports", SIZES[0])
    return [file for file in files if file.name.startswith("cap-xa-")]


def one_large_csv() -> Path:
    """The same cases in one file."""
    one = _folder(SIZES[0]) / "cap-xa.csv"
    if not one.exists():
        first, *others = (path.read_text(encoding="utf-8-sig") for path in large_csv())
        # Each has a header of its own.
        one.write_text("".join([first, *(text.split("\n", 1)[1] for text in others)]), encoding="utf-8-sig")
    return one


def many_large_csv(times: int) -> Path:
    """The same cases so many times over in one file, each time under codes of their own."""
    many = FOLDER / f"cap-xa-{times}.csv"
    if not many.exists():
        header, body = one_large_csv().read_bytes().split(b"\n", 1)
        with many.open("wb") as file:
            file.write(header + b"\n")
            for turn in range(times):
                file.write(body.replace(b".H99-", b".H%02d-" % (99 - turn)))
    return many


def one_more_month() -> Path:
    """What came of the cases of one file in a month after it: its last rows, under codes of their own."""
    month = FOLDER / "cap-xa-them.csv"
    if not month.exists():
        header, *rows = one_large_csv().read_bytes().splitlines(keepends=True)
        month.write_bytes(b"".join([header, *rows[-_MONTH:]]).replace(b".H99-", b".H10-"))
    return month


@dataclass(frozen=True)
class Cost:
    """What a command took: CPU seconds, seconds, MiB of memory at its peak."""

    cpu: float
    wall: float
    memory: float

    def __str__(self) -> str:
        return f"{self.cpu:.1f} s of CPU, {self.wall:.1f} s, {self.memory:,.0f} MiB at most"


def command(folder: Path, *arguments: str) -> Cost:
    """Run a command of the product on a data folder; CalledProcessError if it is refused."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        env={**os.environ, "DOISANH_DATA": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / _MEBIBYTE)


def loaded(cases: int) -> Path:
    """A data folder that holds a warehouse of so many cases and a third as many sheets from csv exports, rebuilt where
    its tables have changed."""
    folder = _folder(cases)

    def load() -> None:
        files = write_large_csv(folder / "exports", cases)
        command(folder, "etl", "load", *map(str, files))

    return _up_to_date(folder, load)


def demo_district() -> Path:
    """A data folder that holds the demo district, rebuilt where its tables have changed."""
    folder = FOLDER / "district"
    return _up_to_date(folder, lambda: command(folder, "etl", "demo"))


def quarters(most: int) -> tuple[Period, ...]:
    """The last whole quarters of what the data folder in force shows first, newest first."""
    there = known(open_snapshot())
    root = there.root_of[default_scope(there).root]
    return full_periods("quarter", root.covers_from, root.cut_off)[:most]


def _up_to_date(folder: Path, load: Callable[[], object]) -> Path:
    made = folder / "schema_version"
    if not (folder / "warehouse" / "current").exists():
        load()
    elif not made.exists() or made.read_text() != str(SCHEMA_VERSION):
        command(folder, "etl", "build")
    made.write_text(str(SCHEMA_VERSION))
    return folder


def _folder(cases: int) -> Path:
    # Archives of cases alone, made by earlier versions, had other names.
    return FOLDER / f"cases-and-sheets-{cases}"
