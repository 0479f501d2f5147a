"""What one snapshot holds, as far as a scope or a link can name it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class Root:
    """A tree of units. `cut_off` is the day up to which it can be compared: the earliest of its sources in use."""

    code: str
    name: str
    covers_from: date
    cut_off: date


@dataclass(frozen=True)
class Unit:
    """`parent` is the code of the unit it is under; None for a root."""

    code: str
    name: str
    kind: str
    root: str
    parent: str | None = None


@dataclass(frozen=True)
class Field:
    code: str
    name: str
    short_name: str


@dataclass(frozen=True)
class Procedure:
    code: str
    name: str
    field: str


@dataclass(frozen=True)
class Instrument:
    """A survey instrument, with the codes of the roots that have answers to it.

    `scale` is as its reference file says ("1-5"), `satisfied_from` the lowest score that counts as satisfied.
    `is_per_case`: its sheets belong to cases, so that a response rate can be known. `is_derived`: it asks no overall
    question (`overall_item` is None), and a sheet's overall score is the mean of the items it answers.
    """

    code: str
    title: str
    roots: tuple[str, ...]
    scale: str
    satisfied_from: float
    is_per_case: bool
    is_derived: bool
    overall_item: str | None = None


@dataclass(frozen=True)
class Known:
    """One snapshot's contents: every tuple in the order in which people should see it; root units are in `units` too.

    `snapshots` are the ids of all snapshots kept, oldest first.
    """

    snapshot: str
    snapshots: tuple[str, ...]
    roots: tuple[Root, ...]
    units: tuple[Unit, ...]
    fields: tuple[Field, ...]
    procedures: tuple[Procedure, ...]
    channels: tuple[str, ...]
    instruments: tuple[Instrument, ...]

    @cached_property
    def root_of(self) -> dict[str, Root]:
        return {root.code: root for root in self.roots}

    @cached_property
    def unit_of(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    def units_of(self, root: str, kind: str | None = None) -> tuple[Unit, ...]:
        """The units under a root, itself included, of one kind or of all."""
        return tuple(unit for unit in self.units if unit.root == root and kind in (None, unit.kind))

    def kinds_of(self, root: str) -> tuple[str, ...]:
        """The kinds of units under a root, once each."""
        return tuple(dict.fromkeys(unit.kind for unit in self.units if unit.root == root))

    def instruments_of(self, root: str) -> tuple[Instrument, ...]:
        return tuple(instrument for instrument in self.instruments if root in instrument.roots)
