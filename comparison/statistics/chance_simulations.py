"""How often monthly signals and flags for lateness are raised by chance: what `make bench` last simulated."""

import csv
from collections.abc import Sequence
from dataclasses import astuple, fields
from functools import cache
from pathlib import Path
from typing import TypeVar

from comparison.statistics.chances import MixChance, MonthChance, SignalChance

_SIGNALS = Path(__file__).with_name("signal_simulations.csv")
_MONTHS = Path(__file__).with_name("month_simulations.csv")
_MIXES = Path(__file__).with_name("mix_simulations.csv")
_Chance = TypeVar("_Chance", SignalChance, MonthChance, MixChance)


@cache
def signal_chances() -> tuple[SignalChance, ...]:
    """The table of monthly charts as it was last simulated."""
    return _read(_SIGNALS, SignalChance)


@cache
def month_chances() -> tuple[MonthChance, ...]:
    """The table of one month of all charts of a district as it was last simulated."""
    return _read(_MONTHS, MonthChance)


def alarm_chance() -> float:
    """How likely a month of a steady unit signals, beyond a limit or as one of a run, by the simulated districts."""
    steady = [row for row in month_chances() if row.natural == 0]
    return sum(row.alarms for row in steady) / sum(row.units * row.districts for row in steady)


@cache
def mix_chances() -> tuple[MixChance, ...]:
    """The table of lateness beside a unit's own expectation as it was last simulated."""
    return _read(_MIXES, MixChance)


def keep_signal_chances(rows: Sequence[SignalChance]) -> None:
    """Put a newly simulated table in the place of the last one."""
    _keep(_SIGNALS, rows)
    signal_chances.cache_clear()


def keep_month_chances(rows: Sequence[MonthChance]) -> None:
    """Put a newly simulated table in the place of the last one."""
    _keep(_MONTHS, rows)
    month_chances.cache_clear()


def keep_mix_chances(rows: Sequence[MixChance]) -> None:
    """Put a newly simulated table in the place of the last one."""
    _keep(_MIXES, rows)
    mix_chances.cache_clear()


def _read(kept: Path, kind: type[_Chance]) -> tuple[_Chance, ...]:
    with kept.open(encoding="utf-8", newline="") as file:
        return tuple(
            kind(**{name: float(value) if name == "natural" else int(value) for name, value in row.items()})  # type: ignore[arg-type] # the one column with decimals
            for row in csv.DictReader(file)
        )


def _keep(path: Path, rows: Sequence[_Chance]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(rows[0])])
        writer.writerows(astuple(row) for row in rows)
