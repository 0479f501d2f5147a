"""How often verdicts on models are wrong, and how often right: what `make bench` last simulated."""

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from comparison.statistics.intervals import wilson

_KEPT = Path(__file__).with_name("simulations.csv")


@dataclass(frozen=True)
class Simulated:
    """Of so many simulated districts with `pilots` adopters in `waves`: those with a verdict where no model did
    anything, and those with a clear gain where it added eight points."""

    pilots: int
    waves: int
    districts: int
    wrong: int
    found: int

    @property
    def wrong_at_least(self) -> float:
        """The lower end of Wilson's 95 % interval of the share with a wrong verdict."""
        return float(wilson(self.wrong, self.districts)[0])


def simulations() -> tuple[Simulated, ...]:
    """The table as it was last simulated."""
    with _KEPT.open(encoding="utf-8", newline="") as file:
        return tuple(Simulated(**{name: int(value) for name, value in row.items()}) for row in csv.DictReader(file))


def keep_simulations(rows: Sequence[Simulated]) -> None:
    """Put a newly simulated table in the place of the last one."""
    with _KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(Simulated)])
        writer.writerows(astuple(row) for row in rows)
