"""Every page's queries at 300,000 and 3,000,000 cases: what a person waits for when nothing is cached but the disk."""

import logging
import os
import time
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
ROUNDS = 5


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


def measure_pages(folder: Path) -> dict[str, tuple[int, float, float]]:
    """Per page: queries, their milliseconds warm, and milliseconds of a whole run with results cached."""
    os.environ["DOISANH_DATA"] = str(folder)
    close_snapshots()
    found = {}
    for page in PAGES:
        app = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=120).run()
        app.switch_page(f"pages/{page}").run()
        taken, cached = [], []
        for _ in range(ROUNDS):
            forget()
            with Stopwatch() as watch:
                app.run()
            taken.append(watch.seconds)
            start = time.perf_counter()
            app.run()
            cached.append(time.perf_counter() - start)
        assert not app.exception, f"{page}: {app.exception}"
        found[page] = (watch.queries, median(taken) * 1000, median(cached) * 1000)
    return found


def run() -> None:
    """Print a table of pages, and how many times longer their queries take at ten times the cases."""
    small, large = (measure_pages(loaded(cases)) for cases in SIZES)
    print(f"\nQueries of each page, warm, median of {ROUNDS} (ms): {SIZES[0]:,} and {SIZES[1]:,} cases")
    print(f"  {'page':<18}{'queries':>8}{'small':>9}{'large':>9}{'ratio':>7}{'run, cached':>14}")
    for page in PAGES:
        queries, before, _ = small[page]
        _, after, cached = large[page]
        print(
            f"  {page:<18}{queries:>8}{before:>9.0f}{after:>9.0f}{after / before if before else 0:>7.1f}{cached:>14.0f}"
        )
