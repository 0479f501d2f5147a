"""How often a monthly chart of a steady unit signals by chance, and how often it finds a fall of eight points."""

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.chance_simulations import keep_signal_chances
from comparison.statistics.chances import SignalChance
from comparison.statistics.intervals import wilson
from comparison.statistics.signals import BASELINE_MOST, Signal, share_signals

CHARTS = 500
MONTHS, FALL_FROM = 24, 16
SHARE, FALL = 0.9, 0.08
CASES = (8, 30, 100, 1000)
NATURAL = (0.0, 0.03)
# All 24 months, as a page has them that looks back; and the months before the fall alone, as one that has waited.
BASELINES = (BASELINE_MOST, FALL_FROM)
SEED = 20261122


def chart(
    generator: np.random.Generator, cases: int, natural: float, fall: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """On-time cases and cases (months,) of a unit that varies from month to month, and falls for the last eight."""
    share = SHARE + generator.normal(0, natural, MONTHS) - fall * (np.arange(MONTHS) >= FALL_FROM)
    n = np.full(MONTHS, cases)
    return generator.binomial(n, np.clip(share, 0, 1)), n


def chance(cases: int, natural: float, baseline: int, charts: int = CHARTS) -> SignalChance:
    """One row of the table; always the same for the same arguments."""
    generator = np.random.default_rng(SEED)
    alarms, found = 0, 0
    for _ in range(charts):
        steady = share_signals(*chart(generator, cases, natural, 0.0), baseline=baseline)
        alarms += set(steady.signal) != {Signal.NONE}
        fallen = share_signals(*chart(generator, cases, natural, FALL), baseline=baseline)
        found += not {Signal.LOW, Signal.RUN_LOW}.isdisjoint(fallen.signal[FALL_FROM:])
    return SignalChance(cases, natural, baseline, charts, alarms, found)


def simulated(charts: int = CHARTS) -> list[SignalChance]:
    """A row for each number of cases, natural spread and baseline."""
    return [
        chance(cases, natural, baseline, charts) for baseline in BASELINES for natural in NATURAL for cases in CASES
    ]


def run() -> None:
    """Print the table of chance alarms and of power, and keep it for the pages that show it; fail if it is too bad."""
    print(f"\nMonthly signals: {CHARTS:,} simulated charts a row, {MONTHS} months, {SHARE:.0%} on time")
    print(f"  {'baseline':<10}{'natural SD':>11}{'cases a month':>15}{'chance alarms':>15}{'-8 points found':>18}")
    rows = simulated()
    for row in rows:
        alarms, found = row.alarms / row.charts, row.found / row.charts
        print(f"  {row.baseline:<10}{row.natural:>11.2f}{row.cases:>15}{alarms:>15.1%}{found:>18.1%}")
        # The specification's worst is 16 % of charts over 24 months, at a natural spread of three points.
        assert row.natural or wilson(row.alarms, row.charts)[0] <= 0.09, "steady charts signal more often than is said"
    keep_signal_chances(rows)
