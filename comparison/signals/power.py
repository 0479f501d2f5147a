"""How often a chart like a unit's would find a fall of eight points: the nearest row of what was simulated."""

import numpy as np
from numpy.typing import NDArray

from comparison.signals.unit_signals import UnitSignals
from comparison.statistics.chance_simulations import signal_chances
from comparison.statistics.chances import SignalChance
from comparison.statistics.signals import BASELINE_MOST


def power_of(unit: UnitSignals) -> SignalChance | None:
    """The simulated charts with about as many cases a month, as much natural spread and as old a level; None for counts
    and where no level is known.

    Cases: the greatest number simulated that the unit's median month reaches, else the smallest. Natural spread: the
    nearer one, from σ_z = √(1 + s² n / p̄(1 - p̄)). Level: taken from before the fall where it is older than its
    baseline.
    """
    chart, now = unit.chart, _now(unit)
    if unit.tracked.is_count or not now.any():
        return None
    cases, centre, spread = cases_a_month(unit), float(chart.centre[-1]), float(chart.spread[-1])
    natural = np.sqrt((spread**2 - 1) * centre * (1 - centre) / np.median(chart.n[now]))
    rows = signal_chances()
    baselines = {row.baseline for row in rows}
    baseline = min(baselines) if now.sum() > BASELINE_MOST else max(baselines)
    spreads = sorted({row.natural for row in rows}, key=lambda each: abs(each - natural))
    sizes = sorted({row.cases for row in rows})
    size = max((each for each in sizes if each <= cases), default=sizes[0])
    (found,) = [row for row in rows if (row.cases, row.natural, row.baseline) == (size, spreads[0], baseline)]
    return found


def cases_a_month(unit: UnitSignals) -> float:
    """The median of cases a month since the last recorded change, of points that have any; nan without one."""
    months = np.array([int(last[5:]) - int(first[5:]) + 1 for first, last in zip(unit.first, unit.last, strict=True)])
    now = _now(unit)
    return float(np.median(unit.chart.n[now] / months[now])) if now.any() else np.nan


def _now(unit: UnitSignals) -> NDArray[np.bool_]:
    chart = unit.chart
    return np.asarray((chart.part == chart.part[-1]) & (chart.n > 0))
