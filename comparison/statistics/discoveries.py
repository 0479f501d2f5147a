"""How many of many findings may be false: Benjamini-Hochberg, and the alarms that chance alone would raise."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def benjamini_hochberg(tails: ArrayLike) -> NDArray[np.float64]:
    """Adjusted p-values of one family: of those <= q that are named, on average at most the share q is false.

    min over j >= i of p(j) m / j: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.
    Milder than Holm, which allows hardly any false one. Flat. Raises ValueError unless all lie between 0 and 1.
    """
    p = _probabilities(tails)
    order = np.argsort(p, kind="stable")
    stepped = p[order] * (p.size / np.arange(1, p.size + 1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum.accumulate(stepped[::-1])[::-1]
    return np.minimum(adjusted, 1.0)


def expected_false_alarms(m: ArrayLike, p: ArrayLike) -> NDArray[np.float64]:
    """How many of m units or points are flagged on average where nothing differs and each is by chance p: m p.

    Any shapes that broadcast. Raises ValueError unless m are whole numbers from 0 on and p lie between 0 and 1.
    """
    looked_at = np.asarray(m, dtype=np.float64)
    if not np.all(np.isfinite(looked_at) & (looked_at >= 0) & (looked_at == np.floor(looked_at))):
        raise ValueError("m must be whole numbers from 0 on")
    return np.asarray(looked_at * _probabilities(p))


def _probabilities(values: ArrayLike) -> NDArray[np.float64]:
    p = np.asarray(values, dtype=np.float64)
    if not np.all((p >= 0) & (p <= 1)):
        raise ValueError("a probability must lie between 0 and 1")
    return p
