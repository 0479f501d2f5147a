"""Whether a run chart has shifted, by its longest run and its crossings: the two rules of Anhøj."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr

# Our judgement, with the rules' author: on fewer points both rules are tossing coins.
POINTS_FROM = 10


@dataclass(frozen=True)
class RunRules:
    """`longest` run of at most `longest_usual`, `crossings` of the centre line of at least `crossings_usual`."""

    points: int
    longest: int
    longest_usual: int
    crossings: int
    crossings_usual: int

    @property
    def shifted(self) -> bool:
        """Whether either rule is broken."""
        return self.longest > self.longest_usual or self.crossings < self.crossings_usual


def run_rules(deviations: ArrayLike) -> RunRules | None:
    """Both rules on deviations from the centre line, flat, in order; None for fewer than ten points off the line.

    Usual is a longest run of up to round(log2 n) + 3 and at least the 5 % quantile of Binomial(n - 1, ½) crossings, n
    points off the line; nan and points on it are passed over. Anhøj & Olesen (2014), PLoS ONE 9, e113825.
    """
    signs = np.sign(np.asarray(deviations, dtype=np.float64))
    signs = signs[np.isfinite(signs) & (signs != 0)]
    if signs.size < POINTS_FROM:
        return None
    turns = np.flatnonzero(np.diff(signs))
    longest = int(np.diff(np.concatenate([[-1], turns, [signs.size - 1]])).max())
    possible = np.arange(signs.size)
    least = int(np.argmax(bdtr(possible, signs.size - 1, 0.5) >= 0.05))
    return RunRules(signs.size, longest, round(np.log2(signs.size)) + 3, turns.size, least)
