"""How often a good unit is flagged late for its fields, and how often one twenty points worse is found."""

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.case_mix import Lateness, expected_late
from comparison.statistics.chance_simulations import keep_mix_chances
from comparison.statistics.chances import MixChance
from comparison.statistics.funnel_lines import FLAG_TAIL

DISTRICTS = 200
UNITS = (8, 15, 100)
BAD, CASES = 2, 1000
FIELD_SHARES = np.array([0.2, 0.15, 0.12, 0.1, 0.08, 0.06, 0.05, 0.04])
NATURAL = (0.0, 0.03)
# What is expected of a unit rests on the other units; or on a fixed year with so many cases a field, for one number of
# units. Under 100, fields are taken together or left out.
OTHERS = 0
REFERENCES, REFERENCE_UNITS = (25, 50, 100, 200, 1000), 15
ROWS = tuple(
    (units, natural, reference)
    for natural in NATURAL
    for units, reference in [(each, OTHERS) for each in UNITS] + [(REFERENCE_UNITS, each) for each in REFERENCES]
)
WORSE = 0.2
SEED = 20261122

Counts = NDArray[np.int64]


def district(generator: np.random.Generator, units: int, natural: float, bad: int) -> tuple[Counts, Counts]:
    """Late cases and cases (units, fields): mixes of their own, a level of their own, the first `bad` ones worse."""
    mixes = generator.dirichlet(np.full(FIELD_SHARES.size, 4.0), units)
    n = np.round(generator.integers(CASES * 4 // 5, CASES * 6 // 5, (units, 1)) * mixes).astype(np.int64)
    level = generator.normal(0, natural, (units, 1))
    level[:bad] += WORSE
    return generator.binomial(n, np.clip(FIELD_SHARES + level, 0.001, 0.999)), n


def chance(units: int, natural: float, reference: int, districts: int = DISTRICTS) -> MixChance:
    """One row of the table; always the same for the same arguments."""
    generator = np.random.default_rng(SEED)
    plain, flagged, alarmed, found = 0, 0, 0, 0
    for _ in range(districts):
        for bad in (0, BAD):
            x, n = district(generator, units, natural, bad)
            size = np.full(FIELD_SHARES.size, reference)
            year = None if reference == OTHERS else (generator.binomial(size, FIELD_SHARES), size)
            compared = expected_late(x, n, year)
            is_flagged = np.array([each in (Lateness.MORE, Lateness.LESS) for each in compared.lateness])
            if bad:
                found += int(is_flagged[:bad].sum())
            else:
                plain += int((compared.tail < FLAG_TAIL).sum())
                flagged += int(is_flagged.sum())
                alarmed += bool(is_flagged.any())
    return MixChance(units, CASES, natural, reference, districts, plain, flagged, alarmed, districts * BAD, found)


def run() -> None:
    """Print the table of false flags and of power, and keep it for the page that shows it; fail if it is too bad."""
    print(f"\nLateness for its fields: {DISTRICTS:,} simulated districts a row, about {CASES:,} cases a unit")
    print(
        f"  {'units':<7}{'natural SD':>11}{'reference':>11}{'exact tail only':>17}{'flagged':>9}"
        f"{'districts with a flag':>23}{f'{BAD} units +20 found':>20}"
    )
    rows = [chance(*row) for row in ROWS]
    for row in rows:
        behind = "others" if row.reference == OTHERS else str(row.reference)
        plain, flagged, found = row.plain / row.good, row.flagged / row.good, row.found / row.bad
        alarmed = row.alarmed / row.districts
        print(
            f"  {row.units:<7}{row.natural:>11.2f}{behind:>11}{plain:>17.1%}{flagged:>9.2%}{alarmed:>23.1%}"
            f"{found:>20.1%}"
        )
        assert row.flagged <= 0.03 * row.good, "natural spread or an uncertain reference is not allowed for"
    keep_mix_chances(rows)
