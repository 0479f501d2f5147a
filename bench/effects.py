"""How often a model's verdict is wrong where no model did anything, and how often eight points are found."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.effect import effect
from comparison.statistics.simulations import Simulated, keep_simulations
from comparison.statistics.verdict import Verdict

DISTRICTS = 2000
UNITS, MONTHS, ANSWERS = 15, 24, 60
SATISFIED, DRIFT, LAG_ONE = 0.85, 0.04, 0.5
LIFT = 0.08
# Months (columns) in which the pilots begin. One wave and two; a single pilot is always one wave.
ROLL_OUTS: tuple[tuple[int, ...], ...] = (
    (12,),
    (12, 12, 12),
    (12, 12, 12, 12, 12, 12),
    (12, 12, 17),
    (12, 12, 12, 17, 17, 17),
)
SEED = 20260930

Floats = NDArray[np.float64]


def district(
    generator: np.random.Generator, starts: Sequence[int], lift: float = 0.0
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """A district's satisfied answers, answers (units, months) and starts (units,); shares drift as an AR(1) series.

    `lift` is what the model adds to a unit's share from its start on.
    """
    shocks = generator.normal(0, DRIFT, (UNITS, MONTHS))
    drift = shocks.copy()
    for month in range(1, MONTHS):
        drift[:, month] = LAG_ONE * drift[:, month - 1] + np.sqrt(1 - LAG_ONE**2) * shocks[:, month]
    begun = np.full(UNITS, np.inf)
    begun[: len(starts)] = starts
    share = np.clip(SATISFIED + drift + lift * (np.arange(MONTHS) >= begun[:, None]), 0, 1)
    answers = np.full((UNITS, MONTHS), ANSWERS)
    return generator.binomial(answers, share), answers, begun


def count_verdicts(starts: Sequence[int], districts: int, lift: float = 0.0) -> dict[Verdict, int]:
    """How many of so many simulated districts get each verdict; always the same for the same arguments."""
    generator = np.random.default_rng(SEED)
    counts = dict.fromkeys(Verdict, 0)
    for _ in range(districts):
        counts[effect(*district(generator, starts, lift)).verdict] += 1
    return counts


def simulated(districts: int = DISTRICTS) -> list[Simulated]:
    """One row for each roll-out: clear gains or losses where there is nothing, clear gains where there are +8."""
    rows = []
    for starts in ROLL_OUTS:
        nothing = count_verdicts(starts, districts)
        wrong = nothing[Verdict.CLEAR_GAIN] + nothing[Verdict.CLEAR_LOSS]
        right = count_verdicts(starts, districts, LIFT)[Verdict.CLEAR_GAIN]
        rows.append(Simulated(len(starts), len(set(starts)), districts, wrong, right))
    return rows


def run() -> None:
    """Print the table of false verdicts and of power, and keep it for the page that shows it; fail if it is too bad."""
    print(
        f"\nVerdicts on a model: {DISTRICTS:,} simulated districts, {UNITS} units, {MONTHS} months of {ANSWERS} answers"
    )
    print(f"  {'pilots':<8}{'waves':>6}{'without effect':>17}{'at least':>10}{'+8 points found':>18}")
    rows = simulated()
    for row in rows:
        wrong, at_least, found = row.wrong / row.districts, row.wrong_at_least, row.found / row.districts
        print(f"  {row.pilots:<8}{row.waves:>6}{wrong:>17.1%}{at_least:>10.1%}{found:>18.1%}")
        assert at_least <= 0.05, "more than one verdict in twenty is wrong"
        assert row.pilots > 1 or row.wrong == row.found == 0, "a single pilot never gets a verdict"
    keep_simulations(rows)
