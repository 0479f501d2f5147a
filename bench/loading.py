"""Whole loads: the demo's beside the bare readers; files of millions of cases, with the memory that they take; and what
one more month costs beside building all anew."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.data import FOLDER, command, district_exports, many_large_csv, one_more_month
from bench.reading import bare_reading, cpu_seconds

_LARGE = {10: "3,000,000", 17: "5,100,000"}  # times that the cases of one file stand in it


def _large(folder: Path) -> None:
    for times, cases in _LARGE.items():
        path = many_large_csv(times)
        data = folder / cases
        print(f"  csv of {cases} cases, loaded and published: {command(data, 'etl', 'load', str(path))}")
        if times == min(_LARGE):
            whole = command(data, "etl", "build")
            more = command(data, "etl", "load", str(one_more_month()))
            print(f"  all of it built anew: {whole}")
            print(f"  one more month on it, with its reading: {more}; CPU {more.cpu / whole.cpu:.2f} x building anew")


def run() -> None:
    """Print how often the CPU time of the bare readers `etl demo` takes, and what large loads cost."""
    files = district_exports()
    bare = cpu_seconds({"bare": lambda: bare_reading(files)})["bare"]
    with TemporaryDirectory(dir=FOLDER) as folder:
        demo = command(Path(folder) / "demo", "etl", "demo")
        print(f"  whole `etl demo`, from writing to a published snapshot: {demo}; CPU {demo.cpu / bare:.1f} x bare")
        _large(Path(folder))
