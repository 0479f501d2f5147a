"""How often a funnel flags units that only differ by chance and by nature, and how often it finds a bad one."""

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.funnel import Flag, Funnel, funnel
from comparison.statistics.funnel_lines import FLAG_TAIL
from comparison.statistics.funnel_simulations import SimulatedFunnel, keep_funnel_simulations
from comparison.statistics.intervals import wilson

DISTRICTS = 2000
UNITS = (8, 15, 100)
# Standard deviations of the units' true shares, in points.
SPREADS = (0, 3)
# Units of a district are of very different size: as many with 25 cases in a period as with 375.
FEWEST, MOST = 25, 375
ON_TIME, BAD = 0.92, 0.75
SEED = 20261122

Counts = NDArray[np.int64]


def district(generator: np.random.Generator, units: int, spread: int, *, has_bad: bool) -> tuple[Counts, Counts]:
    """A district's cases on time and cases (units,); the first unit is truly bad if asked for."""
    cases = generator.integers(FEWEST, MOST + 1, units)
    share = np.clip(generator.normal(ON_TIME, spread / 100, units), 0, 1)
    if has_bad:
        share[0] = BAD
    return generator.binomial(cases, share), cases


def funnels(units: int, spread: int, districts: int, *, has_bad: bool = False) -> list[Funnel]:
    """The funnels of so many simulated districts; always the same for the same arguments."""
    generator = np.random.default_rng(SEED)
    return [funnel(*district(generator, units, spread, has_bad=has_bad), good="up") for _ in range(districts)]


def simulated(units: int, spread: int, districts: int = DISTRICTS) -> SimulatedFunnel:
    """One row of the table."""
    usual = funnels(units, spread, districts)
    flagged = np.array([(each.worse | each.better).sum() for each in usual])
    by_tails = sum(int(((each.lower < FLAG_TAIL) | (each.upper < FLAG_TAIL)).sum()) for each in usual)
    found = sum(each.flags[0] is Flag.LOW for each in funnels(units, spread, districts, has_bad=True))
    return SimulatedFunnel(units, spread, districts, int(flagged.sum()), by_tails, int((flagged > 0).sum()), found)


def run() -> None:
    """Print the table of false flags and of power, and keep it for the page that shows it; fail if it is too bad."""
    print(f"\nFunnels: {DISTRICTS:,} simulated districts, {ON_TIME:.0%} on time, {FEWEST} to {MOST} cases a unit")
    print(
        f"  {'units':<7}{'true spread':>13}{'units flagged':>15}{'by tails alone':>16}{'districts with a flag':>23}"
        f"{f'{BAD:.0%} found':>12}"
    )
    rows = [simulated(units, spread) for spread in SPREADS for units in UNITS]
    for row in rows:
        flagged, by_tails = row.flagged / row.judged, row.flagged_by_tails / row.judged
        alarmed, found = row.alarmed / row.districts, row.found / row.districts
        print(f"  {row.units:<7}{row.spread:>13}{flagged:>15.2%}{by_tails:>16.2%}{alarmed:>23.1%}{found:>12.1%}")
        at_least = wilson(row.flagged, row.judged)[0]
        assert row.spread or at_least <= 2 * FLAG_TAIL, (
            "more units that do not differ are flagged than the lines promise"
        )
        assert not row.spread or 2 * row.flagged < row.flagged_by_tails, "natural spread is not allowed for"
    keep_funnel_simulations(rows)
