"""Reading to archived beside the bare readers, on the same files in turns, as ratios of CPU time: what finding,
checking, typing and accounting for rows costs."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import fastexcel

from bench.data import district_exports, one_large_csv
from etl import archive
from etl.profile import all_profiles
from etl.reading import read

_TURNS = 3


def cpu_seconds(work: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The CPU time of each, of all threads of this process: the least of some turns, in which each comes once."""
    least = dict.fromkeys(work, float("inf"))
    for _ in range(_TURNS):
        for name, each in work.items():
            start = time.process_time()
            each()
            least[name] = min(least[name], time.process_time() - start)
    return least


def bare_reading(files: Sequence[Path]) -> None:
    """Every file by the fastest reader of its format: workbooks as text, csv typed into a table."""
    for path in files:
        if path.suffix == ".xlsx":
            fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_arrow()
        else:
            with duckdb.connect() as connection:
                connection.execute("create table read as select * from read_csv($path)", {"path": str(path)})


def _ours(files: Sequence[Path]) -> None:
    profiles = all_profiles()
    with TemporaryDirectory() as folder:
        for place, path in enumerate(files):
            rows = archive.load_rows(read(path, profiles, as_of=None, today=date.today()), place, datetime.now())
            for part, frame in enumerate((rows.rows, rows.rejections, rows.rejected)):
                frame.write_parquet(Path(folder) / f"{place}-{part}.parquet")


def run() -> None:
    """Print for each set of files how often the CPU time of the bare readers ours takes."""
    small = district_exports()
    sets = {
        "one csv of 300,000 rows beside DuckDB": [one_large_csv()],
        "the demo's workbooks beside fastexcel": [path for path in small if path.suffix == ".xlsx"],
        f"{len(small)} small files beside both": small,
    }
    print("\nReading to archived, CPU time")
    for name, files in sets.items():
        took = cpu_seconds({"ours": partial(_ours, files), "bare": partial(bare_reading, files)})
        print(f"  {name}: {took['ours'] / took['bare']:.1f} x ({took['ours']:.2f} / {took['bare']:.2f} s)")
