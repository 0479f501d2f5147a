"""A whole load beside the bare readers: from writing the demo's exports to a published snapshot."""

import resource
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.data import FOLDER, command, district_exports
from bench.reading import bare_reading, cpu_seconds


def run() -> None:
    """Print how often the CPU time of the bare readers `etl demo` takes."""
    files = district_exports()
    bare = cpu_seconds({"bare": lambda: bare_reading(files)})["bare"]
    with TemporaryDirectory(dir=FOLDER) as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command(Path(folder), "etl", "demo")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"  whole `etl demo`, from writing to a published snapshot {whole:.2f} s of CPU, {whole / bare:.1f} x bare")
