"""`make faults`, or `python -m faults SEED [TRIAL…]`: prints what was tried and what came of it; ends with 1 where
anything went wrong."""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from faults import damage, full_disk, stops
from faults.office import made


def run(seed: int, *chosen: str) -> int:
    """The trials chosen, by default all, on one small office, by this seed; how many things did not end well."""
    with TemporaryDirectory(prefix="doi-sanh-") as folder:
        office = made(Path(folder))
        trials: dict[str, Callable[[], tuple[str, list[str]]]] = {
            "damage": partial(damage.kinds, office),
            "full disk": partial(full_disk.places, office),
            "Ctrl-C": partial(stops.interrupts, office, seed),
            "kills": partial(stops.kills, office, seed),
        }
        failures = 0
        for name in chosen or trials:
            started = time.perf_counter()
            told, wrong = trials[name]()
            print(f"{name}: {told}; {len(wrong)} wrong; {time.perf_counter() - started:.0f} s", flush=True)
            for each in wrong:
                print(f"  {each}", flush=True)
            failures += len(wrong)
    return failures


if __name__ == "__main__":
    seed, *chosen = sys.argv[1:] or ["1"]
    sys.exit(1 if run(int(seed), *chosen) else 0)
