"""Which units are compared with which: each wave of adopters beside the units that do not adopt yet."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.windows import Since, Window, exposure, sides

# Our judgement: with fewer than three units beside it, a wave is compared with somebody's luck.
COMPARED_WITH_FROM = 3

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Comparison:
    """The waves that can be compared; all but `waves` have shape (units, waves).

    `waves` are start months. `change` is share after less share before (0 where not `usable`), `usable` says that both
    sides have enough answers, `exposure` how much of the change the unit's own model could have made, `adopts` that the
    unit starts in that month, `waits` that it does not start up to the end of the wave's window.
    """

    waves: NDArray[np.int_]
    change: Floats
    usable: Flags
    exposure: Floats
    adopts: Flags
    waits: Flags

    @property
    def adopters(self) -> Flags:
        """Units (units,) whose own change enters the effect."""
        return np.asarray((self.adopts & self.usable).any(axis=1))

    @property
    def others(self) -> Flags:
        """Units (units,) with which at least one wave is compared."""
        return np.asarray((self.waits & self.usable).any(axis=1))

    def of(self, units: NDArray[np.intp]) -> "Comparison":
        """The same for these units alone, in this order."""
        return Comparison(
            self.waves, self.change[units], self.usable[units], self.exposure[units], self.adopts[units],
            self.waits[units],
        )  # fmt: skip


def compare(
    x: Floats, n: Floats, starts: Floats, window: Window, only: NDArray[np.int_] | None = None,
    since: Since | None = None,
) -> Comparison:  # fmt: skip
    """The waves of adopters that have at least one usable adopter and three usable comparison units.

    A comparison unit is used only in windows wholly before its own start, over the same calendar months, so that
    nobody's effect is taken for what happens without the model: the "not yet treated" of Callaway & Sant'Anna (2021),
    Journal of Econometrics 225, 200-230. x, n: (units, months); starts: (units,), inf for never. `only` limits the
    waves to those start months. No wave may be left: then every array is empty along waves.
    """
    months = n.shape[1]
    candidates = np.unique(starts[(starts >= 0) & (starts < months)]).astype(int)
    if only is not None:
        candidates = np.intersect1d(candidates, only)
    change, usable, exposed = (np.zeros((starts.size, candidates.size)) for _ in range(3))
    for wave, start in enumerate(candidates):
        counted = sides(x, n, int(start), window, since)
        enough = counted.has_before & counted.has_after
        usable[:, wave] = enough
        change[enough, wave] = (counted.after_x / np.maximum(counted.after_n, 1))[enough]
        change[enough, wave] -= (counted.before_x / np.maximum(counted.before_n, 1))[enough]
        exposed[:, wave] = exposure(n, starts, int(start), window, since)
    can = usable.astype(bool)
    adopts = starts[:, None] == candidates
    waits = starts[:, None] > np.minimum(candidates + window.waits, months - 1)
    kept = (adopts & can).any(axis=0) & ((waits & can).sum(axis=0) >= COMPARED_WITH_FROM)
    return Comparison(
        candidates[kept], change[:, kept], can[:, kept], exposed[:, kept], adopts[:, kept], waits[:, kept]
    )
