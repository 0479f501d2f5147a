"""Every page's queries at 300,000 and 3,000,000 cases: what a person waits for when nothing is cached but the disk."""

import logging
import os
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl
from streamlit.testing.v1 import AppTest

from bench.data import SIZES, loaded
from comparison.measures.memory import forget
from warehouse.folders import PROJECT
from warehouse.snapshots import Warehouse, close_snapshots

# Outside a server Streamlit warns at every turn that nobody is connected.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").disabled = True
PAGES = sorted(path.name for path in (PROJECT / "pages").glob("*.py"))
# Pages that answer nothing until units are chosen. These have models, plans, targets and sheets.
UNITS = {
    "compare.py": ("xa-my-khanh-thuong", "xa-an-thuan-tay", "xa-phuoc-tho-dong", "phuong-ben-thuy-dong"),
    "unit.py": ("xa-my-khanh-thuong",),
}
# A page that only asks for units sends fewer queries than this.
LEAST_QUERIES = 10
ROUNDS = 5
MOST_TIMES = 3.0


class Stopwatch:
    """Counts and times every query that a page sends, by standing in front of Warehouse.read."""

    def __init__(self) -> None:
        self.queries, self.seconds = 0, 0.0
        self._read = Warehouse.read

    def __enter__(self) -> "Stopwatch":
        watch, read = self, self._read

        def timed(warehouse: Warehouse, query: str, parameters: dict[str, Any] | None = None) -> pl.DataFrame:
            start = time.perf_counter()
            try:
                return read(warehouse, query, parameters)
            finally:
                watch.queries += 1
                watch.seconds += time.perf_counter() - start

        Warehouse.read = timed  # type: ignore[method-assign, assignment] # for the length of one page
        return self

    def __exit__(self, *_: object) -> None:
        Warehouse.read = self._read  # type: ignore[method-assign] # put back


def opened(page: str) -> AppTest:
    """The page with the question it is measured on, all its answers seen once."""
    app = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=120)
    if page in UNITS:
        app.query_params["units"] = ",".join(UNITS[page])
    app.run()
    app.switch_page(f"pages/{page}").run()
    assert not app.exception, f"{page}: {app.exception}"
    return app


def measure_page(page: str, folders: Mapping[int, Path]) -> dict[int, tuple[int, float, float]]:
    """By number of cases: queries, their milliseconds warm, and milliseconds of a whole run with results cached.

    Sizes take turns, so that whatever else the machine does befalls them alike.
    """
    apps: dict[int, AppTest] = {}
    queries: dict[int, int] = {}
    taken: dict[int, list[float]] = {cases: [] for cases in folders}
    cached: dict[int, list[float]] = {cases: [] for cases in folders}
    for turn in range(ROUNDS + 1):
        for cases, folder in folders.items():
            os.environ["DOISANH_DATA"] = str(folder)
            if turn == 0:
                apps[cases] = opened(page)
                continue
            forget()
            with Stopwatch() as watch:
                apps[cases].run()
            queries[cases] = watch.queries
            assert page not in UNITS or watch.queries >= LEAST_QUERIES, f"{page} does not answer about its units"
            taken[cases].append(watch.seconds)
            start = time.perf_counter()
            apps[cases].run()
            cached[cases].append(time.perf_counter() - start)
            assert not apps[cases].exception, f"{page}: {apps[cases].exception}"
    return {cases: (queries[cases], median(taken[cases]) * 1000, median(cached[cases]) * 1000) for cases in folders}


def run() -> None:
    """Print a table of pages, and how many times longer their queries take at ten times the cases; fail if too long."""
    few, many = SIZES
    folders = {cases: loaded(cases) for cases in SIZES}
    print(f"\nQueries of each page, warm, median of {ROUNDS} (ms): {few:,} and {many:,} cases, a third as many sheets")
    print(f"  {'page':<18}{'queries':>8}{'small':>9}{'large':>9}{'ratio':>7}{'run, cached':>14}")
    ratios: dict[str, float] = {}
    for page in PAGES:
        found = measure_page(page, folders)
        queries, after, cached = found[many]
        before = found[few][1]
        ratios[page] = after / before if before else 0.0
        print(f"  {page:<18}{queries:>8}{before:>9.0f}{after:>9.0f}{ratios[page]:>7.2f}{cached:>14.0f}", flush=True)
    close_snapshots()
    slow = [page for page, ratio in ratios.items() if ratio > MOST_TIMES]
    assert not slow, f"ten times the cases take more than {MOST_TIMES} times as long: {', '.join(slow)}"
