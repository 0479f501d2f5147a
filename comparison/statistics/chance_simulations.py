"""How often monthly signals and flags for lateness are raised by chance: what `make bench` last simulated."""

import csv
from collections.abc import Sequence
from dataclasses import astuple, fields
from functools import cache
from pathlib import Path

from comparison.statistics.chances import MixChance, SignalChance

_SIGNALS = Path(__file__).with_name("signal_simulations.csv")
_MIXES = Path(__file__).with_name("mix_simulations.csv")


@cache
def signal_chances() -> tuple[SignalChance, ...]:
    """The table of monthly charts as it was last simulated."""
    return tuple(
        SignalChance(
            int(row["cases"]), float(row["natural"]), int(row["baseline"]), int(row["charts"]), int(row["alarms"]),
            int(row["found"]),
        )
        for row in _read(_SIGNALS)
    )  # fmt: skip


@cache
def mix_chances() -> tuple[MixChance, ...]:
    """The table of lateness beside a unit's own expectation as it was last simulated."""
    return tuple(
        MixChance(
            int(row["units"]), int(row["cases"]), float(row["natural"]), int(row["reference"]), int(row["good"]),
            int(row["plain"]), int(row["flagged"]), int(row["bad"]), int(row["found"]),
        )
        for row in _read(_MIXES)
    )  # fmt: skip


def keep_signal_chances(rows: Sequence[SignalChance]) -> None:
    """Put a newly simulated table in the place of the last one."""
    _keep(_SIGNALS, rows)
    signal_chances.cache_clear()


def keep_mix_chances(rows: Sequence[MixChance]) -> None:
    """Put a newly simulated table in the place of the last one."""
    _keep(_MIXES, rows)
    mix_chances.cache_clear()


def _read(kept: Path) -> list[dict[str, str]]:
    with kept.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _keep(path: Path, rows: Sequence[SignalChance] | Sequence[MixChance]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(rows[0])])
        writer.writerows(astuple(row) for row in rows)
