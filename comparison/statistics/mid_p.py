"""Counts turned into normal scores by their exact distribution, and scores turned back into limits of counts."""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincc, ndtri, xlogy

from comparison.statistics.tails import at_least, at_most
from comparison.statistics.tiers import COMPARED_FROM

# Smaller tails than this lose their digits; from there on the score is the signed root of the deviance.
_SMALLEST = 1e-290

Floats = NDArray[np.float64]


class Family(ABC):
    """One distribution of counts x around a centre, with n behind each: cases for shares, working days for counts.

    x and n are arrays that broadcast, n above 0. `least` is the n that must stand behind a signal.
    """

    least: float

    @abstractmethod
    def centre(self, x: Floats, n: Floats) -> float:
        """The centre that x of n together suggest, never 0, so that one late case is never impossible."""

    @abstractmethod
    def below(self, x: Floats, n: Floats, centre: float) -> Floats:
        """P(X <= x), 0 for x = -1."""

    @abstractmethod
    def above(self, x: Floats, n: Floats, centre: float) -> Floats:
        """P(X > x), 1 for x = -1."""

    @abstractmethod
    def root(self, x: Floats, n: Floats, centre: float) -> Floats:
        """The signed root of the deviance, which the score comes close to far from the centre."""

    @abstractmethod
    def most(self, n: Floats, centre: float, score: Floats) -> Floats:
        """A count that is not under the one with this score: n, or one far enough out. Any shapes that broadcast."""

    def score(self, x: Floats, n: Floats, centre: float) -> Floats:
        """The mid-p normal score Φ⁻¹(P(X < x) + ½ P(X = x)): rises with x, about standard normal where x is usual."""
        lower = (self.below(x - 1, n, centre) + self.below(x, n, centre)) / 2
        upper = (self.above(x - 1, n, centre) + self.above(x, n, centre)) / 2
        smaller = np.minimum(lower, upper)
        near = np.where(lower < upper, 1, -1) * ndtri(np.maximum(smaller, _SMALLEST))
        return np.where(smaller < _SMALLEST, self.root(x, n, centre), near)

    def cuts(self, scores: Floats, n: Floats, centre: float) -> tuple[Floats, Floats]:
        """The greatest whole x with at most each score, and the count between whole ones with it: (scores, points).

        scores, n: flat. The first is -1 where even the score of 0 is above. x is beyond the second exactly if the score
        of x is beyond: 0 where x = 0 has a greater score, `most` where that has a smaller one, as nothing can be beyond
        then.
        """
        level = scores[:, None]
        most = np.broadcast_to(self.most(n, centre, level), (scores.size, n.size))
        last, after = np.full(most.shape, -1.0), most + 1
        # Halving: x = -1 is always at most the score, `most` + 1 never.
        while np.any(after - last > 1):
            middle = np.maximum(np.floor((last + after) / 2), 0)
            is_up_to = self.score(middle, n, centre) <= level
            still = after - last > 1
            last, after = np.where(still & is_up_to, middle, last), np.where(still & ~is_up_to, middle, after)
        inside = np.clip(last, 0, most)
        outside = np.minimum(inside + 1, most)
        low, high = self.score(inside, n, centre), self.score(outside, n, centre)
        part = np.divide(level - low, high - low, out=np.zeros_like(low), where=high > low)
        return last, inside + np.clip(part, 0, 1) * (outside - inside)


class Share(Family):
    """x of n cases with one chance each: Binomial(n, centre)."""

    least = COMPARED_FROM

    def centre(self, x: Floats, n: Floats) -> float:
        return float((x.sum() + 0.5) / (n.sum() + 1))

    def below(self, x: Floats, n: Floats, centre: float) -> Floats:
        return np.where(x < 0, 0.0, at_most(np.maximum(x, 0), n, centre))

    def above(self, x: Floats, n: Floats, centre: float) -> Floats:
        return np.where(x < n, at_least(np.minimum(x + 1, n), n, centre), 0.0)

    def root(self, x: Floats, n: Floats, centre: float) -> Floats:
        expected = n * centre
        deviance = xlogy(x, x / expected) + xlogy(n - x, (n - x) / (n - expected))
        return np.asarray(np.sign(x - expected) * np.sqrt(2 * np.maximum(deviance, 0)))

    def most(self, n: Floats, centre: float, score: Floats) -> Floats:
        return n


class Rate(Family):
    """x events in n working days, each day alike: Poisson(n x centre)."""

    least = 0.0

    def centre(self, x: Floats, n: Floats) -> float:
        return float((x.sum() + 0.5) / n.sum())

    def below(self, x: Floats, n: Floats, centre: float) -> Floats:
        return np.where(x < 0, 0.0, gammaincc(np.maximum(x, 0) + 1, n * centre))

    def above(self, x: Floats, n: Floats, centre: float) -> Floats:
        return np.where(x < 0, 1.0, gammainc(np.maximum(x, 0) + 1, n * centre))

    def root(self, x: Floats, n: Floats, centre: float) -> Floats:
        expected = n * centre
        deviance = xlogy(x, x / expected) - (x - expected)
        return np.asarray(np.sign(x - expected) * np.sqrt(2 * np.maximum(deviance, 0)))

    def most(self, n: Floats, centre: float, score: Floats) -> Floats:
        # The score of x is about 2 (√x - √mean).
        return np.asarray(np.ceil((np.sqrt(n * centre) + np.maximum(score, 0) + 5) ** 2))
