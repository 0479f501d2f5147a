"""The units of a kind beside what the others' lateness would make of their own fields, and what moves their share."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from comparison.measures.expected import by_unit_and_field
from comparison.measures.known import known
from comparison.measures.memory import remembered
from comparison.measures.run import measure
from comparison.scope import Scope, Viewer
from comparison.statistics.case_mix import CaseMix, MixEffect, expected_late, mix_effect
from warehouse.snapshots import Warehouse


@dataclass(frozen=True)
class Adjusted:
    """(code, name) of the units that have cases due, in Vietnamese order, and of each, in that order, its lateness
    beside its own expectation and what makes its raw share."""

    units: tuple[tuple[str, str], ...]
    case_mix: CaseMix
    effect: MixEffect


def case_mix(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> Adjusted:
    """All units of the scope's kind, in all fields, whatever units and fields it selects: a verdict does not change
    with the selection. Its period, procedures and channels count. Raises ValueError for a scope without a kind.
    """
    if scope.kind is None:
        raise ValueError("units are compared with those of their kind: the scope must name one")
    return _case_mix(warehouse, scope.with_(units=(), fields=(), compare="none", instrument=None), viewer)


@remembered(64)
def _case_mix(warehouse: Warehouse, scope: Scope, viewer: Viewer) -> Adjusted:
    counted = measure(warehouse, scope, Viewer(), "late", ("unit", "field")).select(
        "unit", "field", pl.col("numerator").alias("late"), pl.col("denominator").alias("cases")
    )
    counted = counted.filter(pl.col("cases") > 0)
    codes, late, cases = by_unit_and_field(counted)
    compared = expected_late(late, cases)
    effect = mix_effect(late, cases, compared)
    place = {code: number for number, code in enumerate(codes)}
    shown = [unit for unit in known(warehouse).units_of(scope.root, scope.kind) if unit.code in place]
    shown = [unit for unit in shown if viewer.allows(unit.code)]
    taken = np.array([place[unit.code] for unit in shown], dtype=np.int64)
    of_shown: dict[str, Any] = {
        name: values[taken] for name, values in vars(compared).items() if isinstance(values, np.ndarray)
    }
    return Adjusted(
        tuple((unit.code, unit.name) for unit in shown),
        replace(compared, lateness=tuple(compared.lateness[number] for number in taken), **of_shown),
        MixEffect(**{name: values[taken] for name, values in vars(effect).items()}),
    )
