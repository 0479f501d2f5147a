"""Which cells of a table stand out, by exact binomial tails after a correction for the number of cells looked at."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc

from comparison.statistics.counts import as_counts
from comparison.statistics.tiers import COMPARED_FROM

# A cell is tested as if the others' share were known exactly; with a reference under 100 cases it is not, and
# good units are flagged (30 % of them with a reference of 25 in the simulation behind this rule).
REFERENCE_FROM = 100
# Our judgement: at most one table in a hundred names a cell by chance. Stricter than the usual one in twenty,
# because units also differ for reasons that are nobody's lateness.
ALPHA = 0.01
MOST_NAMED = 5


Floats = NDArray[np.float64]


def lower_tail(x: ArrayLike, n: ArrayLike, share: ArrayLike) -> NDArray[np.float64]:
    """P(X <= x) of X ~ Binomial(n, share), exact. Raises ValueError unless x of n are counts and 0 <= share <= 1."""
    return at_most(*as_counts(x, n), _as_shares(share))


def upper_tail(x: ArrayLike, n: ArrayLike, share: ArrayLike) -> NDArray[np.float64]:
    """P(X >= x) of X ~ Binomial(n, share), exact. Raises ValueError unless x of n are counts and 0 <= share <= 1."""
    return at_least(*as_counts(x, n), _as_shares(share))


def at_most(x: Floats, n: Floats, share: Floats | float) -> Floats:
    """`lower_tail` of what is known to be counts and a share: to see that takes longer than the tail itself."""
    # betainc needs a positive first argument; x = n is certain anyway.
    return np.where(x == n, 1.0, betainc(np.maximum(n - x, 1), x + 1, 1 - share))


def at_least(x: Floats, n: Floats, share: Floats | float) -> Floats:
    """`upper_tail` of what is known to be counts and a share."""
    return np.where(x == 0, 1.0, betainc(np.maximum(x, 1), n - x + 1, share))


def holm(tails: ArrayLike) -> NDArray[np.float64]:
    """Holm's adjusted p-values of one family: flag those <= alpha, and any false flag has probability <= alpha."""
    p = np.asarray(tails, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    stepped = p[order] * np.arange(p.size, 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(stepped), 1.0)
    return adjusted


def expected_from_others(late: ArrayLike, n: ArrayLike, field: ArrayLike) -> NDArray[np.float64]:
    """For each cell (one unit in one field) the late share of all OTHER cells of its field, as (late + ½) / (n + 1).

    nan where those others have under 100 cases together. The three are flat and of one length.
    """
    own_late, own_n = as_counts(late, n)
    _, group = np.unique(np.asarray(field), return_inverse=True)
    others_late = np.bincount(group, weights=own_late)[group] - own_late
    others_n = np.bincount(group, weights=own_n)[group] - own_n
    # Nobody late among a hundred does not make a late case impossible: without the halves one alone would be flagged.
    return np.where(others_n >= REFERENCE_FROM, (others_late + 0.5) / (others_n + 1), np.nan)


def standing_out(
    late: ArrayLike, n: ArrayLike, expected_share: ArrayLike, alpha: float = ALPHA, most: int = MOST_NAMED
) -> NDArray[np.intp]:
    """Positions of the cells with surely more late cases than expected, the most surprising first, at most five.

    Tested are the cells with n >= 25 and an expected share that is not nan; their exact upper tails are corrected for
    how many are tested (Holm). Empty if none stands out. Equal tails are ordered by the number of late cases above
    expectation, then by position.
    """
    found, total = as_counts(late, n)
    expected = np.broadcast_to(np.asarray(expected_share, dtype=np.float64), found.shape)
    tested = np.flatnonzero((total >= COMPARED_FROM) & ~np.isnan(expected))
    tails = upper_tail(found[tested], total[tested], expected[tested])
    excess = found[tested] - total[tested] * expected[tested]
    order = np.lexsort((tested, -excess, tails))
    flagged = order[holm(tails)[order] <= alpha]
    return tested[flagged[:most]]


def _as_shares(share: ArrayLike) -> NDArray[np.float64]:
    chance = np.asarray(share, dtype=np.float64)
    if not np.all((chance >= 0) & (chance <= 1)):
        raise ValueError("a share must lie between 0 and 1")
    return chance
