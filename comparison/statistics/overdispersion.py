"""How many times more units differ than chance alone would make them, in the classic form of Spiegelhalter."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

# A tenth at each end, as the CQC and the SHMI indicator do and FunnelPlotR offers, so that the units to be found do not
# set the measure of what is usual.
TRIMMED = 0.1

Trimming = Literal["winsorise", "truncate"]
# The median of absolute deviations of a normal variable, times this, is its standard deviation.
_MAD_TO_SD = 1.4826


def phi(z: ArrayLike, trimming: Trimming = "winsorise") -> float:
    """The mean square of the units' z-scores: 1 where they differ as chance would have it, 2 for twice its variance.

    Spiegelhalter (2005), Quality and Safety in Health Care 14, 347-351. z: flat, one for each unit, (value - centre) /
    standard error on the scale on which the error is about the same for all. "winsorise" pulls the tenth at each end to
    the quantile there, "truncate" leaves it out (rounded down, so nobody of fewer than ten). nan without units.
    """
    scores = np.sort(np.asarray(z, dtype=np.float64).ravel())
    if scores.size == 0:
        return float("nan")
    if trimming == "winsorise":
        kept = np.clip(scores, *np.quantile(scores, (TRIMMED, 1 - TRIMMED)))
    else:
        cut = int(TRIMMED * scores.size)
        kept = scores[cut : scores.size - cut]
    return float(np.mean(kept**2))


def additive_spread(dispersion: float, errors: ArrayLike) -> float:
    """The variance τ² between units that makes up for a φ (`dispersion`), on the scale of the units' standard errors.

    max(0, (k φ - (k - 1)) / (Σw - Σw² / Σw)), w = 1 / error²: Spiegelhalter (2005), as above, after DerSimonian & Laird
    (1986), Controlled Clinical Trials 7, 177-188. errors: flat, above 0, one for each of the k units. 0 for one unit.
    """
    weights = np.sort(1 / np.asarray(errors, dtype=np.float64).ravel() ** 2)
    k = weights.size
    if k < 2:
        return 0.0
    return max(0.0, float((k * dispersion - (k - 1)) / (weights.sum() - (weights**2).sum() / weights.sum())))


def robust_deviation(values: ArrayLike) -> float:
    """The standard deviation of normal values that a few odd ones do not widen: 1.4826 median |v - median v|. Flat."""
    given = np.asarray(values, dtype=np.float64)
    return float(_MAD_TO_SD * np.median(np.abs(given - np.median(given))))
