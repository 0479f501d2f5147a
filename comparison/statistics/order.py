"""In which order units may be listed, if the data support any: by shares drawn towards the middle where n is small."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincc

from comparison.statistics.counts import as_counts
from comparison.statistics.funnel import Good
from comparison.statistics.tiers import COMPARED_FROM

# Without any true difference τ² is above 0 in nearly every second district all the same, by its nature. So the
# units must also differ more than one district in twenty would by chance.
ORDER_ALPHA = 0.05

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Order:
    """An order of units with 25 cases; arrays are (units,), nan for others.

    `shrunken` serves to order by and is never shown as the unit's share: it hides small bad units. `rank` is 1 for the
    best, equal values share the better rank; all nan where `refused`: the differences are within chance. `tau2` is the
    variance of true shares, `p` how often units that do not differ would lie as far apart (nan without an order to
    ask for: fewer than two units, or no event).
    """

    shrunken: Floats
    rank: Floats
    tau2: float
    p: float

    @property
    def refused(self) -> bool:
        """Whether the units cannot be put in order: their differences are within chance."""
        return not (self.tau2 > 0 and self.p <= ORDER_ALPHA)


def ordered(x: ArrayLike, n: ArrayLike, good: Good = "down") -> Order:
    """The units with n >= 25 by their shrunken shares p̄ + r (p - p̄), r = τ² / (τ² + p̄ (1 - p̄) / n), p̄ = Σx / Σn.

    τ² = max(0, (Q - (k - 1)) p̄ (1 - p̄) / (N - Σn² / N)) with Q = Σn (p - p̄)² / (p̄ (1 - p̄)), the moments of
    DerSimonian & Laird (1986), Controlled Clinical Trials 7, 177-188. Refused if τ² is 0, when all shrink to p̄, or if
    Q is within the 95 % of chi-square with k - 1 degrees of freedom. Flat. Raises ValueError unless x of n are counts.
    """
    found, total = as_counts(x, n)
    shrunken, rank = (np.full(total.shape, np.nan) for _ in range(2))
    compared = total >= COMPARED_FROM
    k, cases = int(compared.sum()), float(total[compared].sum())
    if k == 0:
        return Order(shrunken, rank, 0.0, float("nan"))
    pooled = float(found[compared].sum()) / cases
    share, of, chance = found[compared] / total[compared], total[compared], pooled * (1 - pooled)
    tau2, p = 0.0, float("nan")
    if k > 1 and chance > 0:
        # Sorted, so that the sum does not depend on the order in which the units come.
        apart = float(np.sort(of * (share - pooled) ** 2).sum()) / chance
        tau2 = max(0.0, (apart - (k - 1)) * chance / (cases - float((of**2).sum()) / cases))
        p = float(gammaincc((k - 1) / 2, apart / 2))
    reliability = tau2 / (tau2 + chance / of) if tau2 > 0 else np.zeros(of.shape)
    values = pooled + reliability * (share - pooled)
    shrunken[compared] = values
    found_order = Order(shrunken, rank, tau2, p)
    if not found_order.refused:
        # Rounded, so that equal shares of unequal units stay equal.
        along = np.round(values if good == "down" else -values, 12)
        rank[compared] = 1 + (along < along[:, None]).sum(axis=1)
    return found_order
