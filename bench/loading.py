"""Whole loads: the demo's beside the bare readers; files of millions of cases, with the memory that they take; and what
one more month costs beside building all anew."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.data import FOLDER, district_exports, many_large_csv, one_more_month
from bench.reading import bare_reading, cpu_seconds

_LARGE = {10: "3,000,000", 17: "5,100,000"}  # times that the cases of one file stand in it
_MEBIBYTE = 1024  # KiB, as Linux tells the memory of a process


@dataclass(frozen=True)
class Cost:
    """What a command took: CPU seconds, seconds, MiB of memory at its peak."""

    cpu: float
    wall: float
    memory: float

    def __str__(self) -> str:
        return f"{self.cpu:.1f} s of CPU, {self.wall:.1f} s, {self.memory:,.0f} MiB at most"


def _cost(folder: Path, *arguments: str) -> Cost:
    """Of `python -m etl …` on a data folder; AssertionError where it is refused."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", *arguments],
        env={**os.environ, "DOISANH_DATA": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / _MEBIBYTE)


def _large(folder: Path) -> None:
    for times, cases in _LARGE.items():
        path = many_large_csv(times)
        data = folder / cases
        print(f"  csv of {cases} cases, loaded and published: {_cost(data, 'load', str(path))}")
        if times == min(_LARGE):
            whole = _cost(data, "build")
            more = _cost(data, "load", str(one_more_month()))
            print(f"  all of it built anew: {whole}")
            print(f"  one more month on it, with its reading: {more}; CPU {more.cpu / whole.cpu:.2f} x building anew")


def run() -> None:
    """Print how often the CPU time of the bare readers `etl demo` takes, and what large loads cost."""
    files = district_exports()
    bare = cpu_seconds({"bare": lambda: bare_reading(files)})["bare"]
    with TemporaryDirectory(dir=FOLDER) as folder:
        demo = _cost(Path(folder) / "demo", "demo")
        print(f"  whole `etl demo`, from writing to a published snapshot: {demo}; CPU {demo.cpu / bare:.1f} x bare")
        _large(Path(folder))
