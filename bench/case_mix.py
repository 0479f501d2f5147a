"""How often a good unit is flagged late for its fields, and how often one twenty points worse is found."""

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.case_mix import Lateness, expected_late
from comparison.statistics.chance_simulations import keep_mix_chances
from comparison.statistics.chances import MixChance
from comparison.statistics.funnel_lines import FLAG_TAIL

DISTRICTS = 200
UNITS, BAD, CASES = 12, 2, 1000
FIELD_SHARES = np.array([0.2, 0.15, 0.12, 0.1, 0.08, 0.06, 0.05, 0.04])
NATURAL = (0.0, 0.03)
# 0: the other units; else a fixed year with so many cases a field. Under 100, fields are taken together or left out.
REFERENCES = (0, 25, 50, 100, 200, 1000)
WORSE = 0.2
SEED = 20261122

Counts = NDArray[np.int64]


def district(
    generator: np.random.Generator, natural: float, bad: int
) -> tuple[Counts, Counts]:  # fmt: skip
    """Late cases and cases (units, fields): mixes of their own, a level of their own, the first `bad` ones worse."""
    mixes = generator.dirichlet(np.full(FIELD_SHARES.size, 4.0), UNITS)
    n = np.round(generator.integers(CASES * 4 // 5, CASES * 6 // 5, (UNITS, 1)) * mixes).astype(np.int64)
    level = generator.normal(0, natural, (UNITS, 1))
    level[:bad] += WORSE
    return generator.binomial(n, np.clip(FIELD_SHARES + level, 0.001, 0.999)), n


def chance(natural: float, reference: int, districts: int = DISTRICTS) -> MixChance:
    """One row of the table; always the same for the same arguments."""
    generator = np.random.default_rng(SEED)
    plain, flagged, found = 0, 0, 0
    for _ in range(districts):
        for bad in (0, BAD):
            x, n = district(generator, natural, bad)
            size = np.full(FIELD_SHARES.size, reference)
            year = None if reference == 0 else (generator.binomial(size, FIELD_SHARES), size)
            compared = expected_late(x, n, year)
            is_flagged = np.array([each in (Lateness.MORE, Lateness.LESS) for each in compared.lateness])
            if bad:
                found += int(is_flagged[:bad].sum())
            else:
                plain += int((compared.tail < FLAG_TAIL).sum())
                flagged += int(is_flagged.sum())
    return MixChance(
        UNITS, CASES, natural, reference, districts * UNITS, plain, flagged, districts * BAD, found
    )  # fmt: skip


def simulated(districts: int = DISTRICTS) -> list[MixChance]:
    """A row for each natural spread and reference."""
    return [chance(natural, reference, districts) for natural in NATURAL for reference in REFERENCES]


def run() -> None:
    """Print the table of false flags and of power, and keep it for the page that shows it; fail if it is too bad."""
    print(f"\nLateness for its fields: {DISTRICTS:,} simulated districts a row, {UNITS} units of about {CASES:,} cases")
    print(f"  {'natural SD':<12}{'reference':>10}{'exact tail only':>17}{'flagged':>9}{f'{BAD} units +20 found':>20}")
    rows = simulated()
    for row in rows:
        behind = "others" if row.reference == 0 else str(row.reference)
        plain, flagged, found = row.plain / row.good, row.flagged / row.good, row.found / row.bad
        print(f"  {row.natural:<12.2f}{behind:>10}{plain:>17.1%}{flagged:>9.1%}{found:>20.1%}")
        assert row.flagged <= 0.03 * row.good, "natural spread or an uncertain reference is not allowed for"
    keep_mix_chances(rows)
