"""How often chance alone, dealing the dates of adoption anew, would look as good as what happened."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.waves import COMPARED_WITH_FROM, Comparison

ALPHA = 0.05
# All assignments are tried up to this many; beyond it 9,999 are drawn and the real one is added.
MOST_ASSIGNMENTS = 10_000
# Fixed, so that the same data give the same p on every page and every day.
_SEED = 20_240_101
_TIE = 1e-12

Floats = NDArray[np.float64]
Labels = NDArray[np.int8]


def number_of_assignments(sizes: Sequence[int]) -> int:
    """In how many ways units fall into groups of these sizes: the multinomial coefficient, C(N, n1) for two."""
    return prod(comb(sum(sizes[: place + 1]), size) for place, size in enumerate(sizes))


def smallest_p(sizes: Sequence[int]) -> float:
    """The smallest p that units in groups of these sizes can ever give, whatever they do.

    1 / C(N, n1); twice that for two groups of one size, because swapping them is as far from 0. Never under 1 / 10,000,
    the smallest that draws can give.
    """
    ways = number_of_assignments(sizes)
    if ways > MOST_ASSIGNMENTS:
        return 1 / MOST_ASSIGNMENTS
    return min(1.0, (2 if len(sizes) == 2 and sizes[0] == sizes[1] else 1) / ways)


@lru_cache(maxsize=16)
def assignments(sizes: tuple[int, ...]) -> Labels:
    """Groups 0, 1, ... dealt to units: (assignments, units), the first row in order (all of group 0, then of 1, ...).

    All of them, each once, up to 10,000; else that first row and 9,999 random ones. Read-only: it is kept and shared.
    """
    first = np.repeat(np.arange(len(sizes), dtype=np.int8), sizes)
    if number_of_assignments(sizes) > MOST_ASSIGNMENTS:
        deal = np.random.default_rng(_SEED)
        drawn = deal.permuted(np.tile(first, (MOST_ASSIGNMENTS - 1, 1)), axis=1)
        rows = np.vstack([first, drawn])
    else:
        rows = np.full((1, first.size), -1, dtype=np.int8)
        for group, size in enumerate(sizes):
            free = np.nonzero(rows < 0)[1].reshape(len(rows), -1)
            chosen = np.array(list(combinations(range(free.shape[1]), size)), dtype=np.intp)
            places = free[:, chosen].reshape(-1, size)
            rows = np.repeat(rows, len(chosen), axis=0)
            np.put_along_axis(rows, places, np.int8(group), axis=1)
    rows.setflags(write=False)
    return rows


def means(comparison: Comparison, adopts: Floats, waits: Floats, labels: Labels) -> tuple[Floats, Floats, Floats]:
    """For each assignment (rows of labels): adopters' mean change, the others', and how much exposure separates them.

    By wave, then weighted by the wave's usable adopters. adopts, waits: (groups, waves) of 0 and 1 say what a group is
    to a wave; label -1 is neither. A wave without a usable adopter or with fewer than three usable others is left out;
    nan where every wave is.
    """
    own, other, apart, weight = (np.zeros(len(labels)) for _ in range(4))
    for wave in range(comparison.waves.size):
        usable = comparison.usable[:, wave]
        columns = np.stack([usable, comparison.change[:, wave] * usable, comparison.exposure[:, wave] * usable], axis=1)
        # The appended 0 is what label -1 finds.
        adopting = np.append(adopts[:, wave], 0.0)[labels] @ columns
        waiting = np.append(waits[:, wave], 0.0)[labels] @ columns
        count = np.where(waiting[:, 0] >= COMPARED_WITH_FROM, adopting[:, 0], 0.0)
        beside = count / np.maximum(waiting[:, 0], 1)
        share = count / np.maximum(adopting[:, 0], 1)
        own += share * adopting[:, 1]
        other += beside * waiting[:, 1]
        apart += share * adopting[:, 2] - beside * waiting[:, 2]
        weight += count
    total = np.where(weight > 0, weight, np.nan)
    return own / total, other / total, apart / total


def p_value(effects: Floats, observed: float) -> float:
    """The share of assignments whose effect is at least as far from 0 as the observed one, itself among them.

    An assignment without an effect (nan) counts as one that is: that can only make p larger. Two-sided.
    """
    return float(np.mean(~(np.abs(effects) < abs(observed) - _TIE)))


def inverted_interval(effects: Floats, apart: Floats, observed: float) -> tuple[float, float]:
    """All true effects that the permutation test at 5 % would not reject: (low, high), about 95 % or more.

    If the true effect is e, every unit without the model would have changed by e times its exposure less, so that an
    assignment's effect is A - e B (B: `apart`) and the observed one O - e. It is as extreme for the e between
    (O - A) / (1 - B) and (O + A) / (1 + B), as |B| <= 1; so the interval follows without a search: Rosenbaum (2002),
    Observational Studies, 2nd ed., section 2.6. -inf or inf where so few assignments leave a side open.
    """
    ends = np.stack([_ratio(observed - effects, 1 - apart), _ratio(observed + effects, 1 + apart)])
    lows = np.where(np.isnan(ends).any(axis=0), -np.inf, ends.min(axis=0))
    highs = np.where(np.isnan(ends).any(axis=0), np.inf, ends.max(axis=0))
    most = int(np.floor(ALPHA * effects.size + 1e-9))
    return float(np.sort(lows)[most]), float(np.sort(highs)[::-1][most])


def _ratio(above: Floats, below: Floats) -> Floats:
    endless = np.where(np.abs(above) < _TIE, np.nan, np.copysign(np.inf, above))
    return np.where(below < _TIE, endless, above / np.maximum(below, _TIE))
