"""How often funnels flag units that do not differ, and find one that does: what `make bench` last simulated."""

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

_KEPT = Path(__file__).with_name("funnel_simulations.csv")


@dataclass(frozen=True)
class SimulatedFunnel:
    """Of so many simulated districts of `units` whose true shares differ naturally by a standard deviation of `spread`
    points, and by nothing else: units flagged, units that would be flagged by exact tails alone, districts with any
    unit flagged; and of as many districts again, in which one of the units is truly bad, those in which it is found."""

    units: int
    spread: int
    districts: int
    flagged: int
    flagged_by_tails: int
    alarmed: int
    found: int

    @property
    def judged(self) -> int:
        """How many units were judged in all districts together."""
        return self.units * self.districts


def funnel_simulations() -> tuple[SimulatedFunnel, ...]:
    """The table as it was last simulated."""
    with _KEPT.open(encoding="utf-8", newline="") as file:
        return tuple(
            SimulatedFunnel(**{name: int(value) for name, value in row.items()}) for row in csv.DictReader(file)
        )


def keep_funnel_simulations(rows: Sequence[SimulatedFunnel]) -> None:
    """Put a newly simulated table in the place of the last one."""
    with _KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(SimulatedFunnel)])
        writer.writerows(astuple(row) for row in rows)
