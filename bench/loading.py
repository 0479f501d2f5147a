"""A whole load beside the bare readers: from writing the demo's exports to a published snapshot."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.data import FOLDER, command, district_exports
from bench.reading import bare_reading, cpu_seconds


def run() -> None:
    """Print how often the time of the bare readers `etl demo` takes."""
    files = district_exports()
    bare = cpu_seconds({"bare": lambda: bare_reading(files)})["bare"]
    with TemporaryDirectory(dir=FOLDER) as folder:
        start = time.perf_counter()
        command(Path(folder), "etl", "demo")
        whole = time.perf_counter() - start
    print(f"  whole `etl demo`, from writing to a published snapshot {whole:.2f} s = {whole / bare:.1f} x bare reading")
