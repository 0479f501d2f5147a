"""Loading beside the bare readers, on the same files: what finding, checking and accounting for rows costs."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import fastexcel
import polars as pl

from bench.data import FOLDER, command, district_exports, large_csv
from etl.profile import all_profiles
from etl.reading import read


def seconds(work: Callable[[], object]) -> float:
    """How long work takes, the better of two runs: the first may find the files outside the page cache."""
    took = []
    for _ in range(2):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return min(took)


def _fastexcel(files: Sequence[Path]) -> None:
    for path in files:
        fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_arrow()


def _polars(files: Sequence[Path]) -> None:
    for path in files:
        pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True)


def _duckdb(files: Sequence[Path]) -> None:
    for path in files:
        duckdb.read_csv(path, all_varchar=True).pl()


def _parse(files: Sequence[Path]) -> None:
    profiles = all_profiles()
    for path in files:
        read(path, profiles, as_of=None, today=date.today())


def _beside(kind: str, files: Sequence[Path], readers: dict[str, Callable[[Sequence[Path]], None]]) -> None:
    ours = seconds(partial(_parse, files))
    print(f"  {kind}: reading, typing and accounting {ours:.2f} s")
    for name, reader in readers.items():
        bare = seconds(partial(reader, files))
        print(f"    = {ours / bare:4.1f} x bare {name} ({bare:.2f} s)")


def run() -> None:
    """Print the time of each reader and of our reading, and of a whole load, as ratios."""
    files = district_exports()
    xlsx, csv = ([path for path in files if path.suffix == suffix] for suffix in (".xlsx", ".csv"))
    print(f"\nLoading the demo district: {len(xlsx)} xlsx and {len(csv)} csv files")
    _beside("xlsx", xlsx, {"fastexcel": _fastexcel})
    _beside("csv", csv, {"polars": _polars, "duckdb": _duckdb})
    _beside("one large csv", large_csv(), {"polars": _polars, "duckdb": _duckdb})
    bare = seconds(partial(_fastexcel, xlsx)) + seconds(partial(_polars, csv))
    with TemporaryDirectory(dir=FOLDER) as folder:
        start = time.perf_counter()
        command(Path(folder), "etl", "demo")
        whole = time.perf_counter() - start
    print(f"  whole `etl demo`, from writing to a published snapshot {whole:.2f} s = {whole / bare:.1f} x bare reading")
