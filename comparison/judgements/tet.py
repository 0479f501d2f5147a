"""Which Tết is told, and whether the days around it brought more or less than usual ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from comparison.scope import Period
from comparison.statistics import wilson
from comparison.statistics.tet import EACH

# As many working days beyond those that are compared are what is usual.
USUAL_EACH = 20
_FEWEST_USUAL = 20


@dataclass(frozen=True)
class AgainstUsual:
    """Cases a working day around Tết as a ratio of what is usual, with its 95 % interval."""

    ratio: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether chance does not explain that they are more, or less, than usual."""
        return self.high < 1 or self.low > 1


def tet_to_compare(firsts: Sequence[date], shown: Period, covered: Period) -> date | None:
    """The last mùng 1 within the period shown, else the last before it ends; None where no data reach one."""
    within = [first for first in firsts if covered.starts_on < first < covered.ends_on and first <= shown.ends_on]
    return within[-1] if within else None


def against_usual(days: pl.DataFrame) -> tuple[float, AgainstUsual | None]:
    """What a usual working day brings, and the days around Tết against it; None where either side has too little.

    days: offset, n up to EACH + USUAL_EACH either side, those beyond EACH are the usual ones. The share of all cases
    that fell on the days around Tết has Wilson's interval, from which that of the ratio of the two rates follows, as
    for two Poisson counts given their sum: Przyborowski & Wilenski (1940), Biometrika 31, 313-323.
    """
    near = days.filter(pl.col("offset").abs() <= EACH)
    usual = days.filter(pl.col("offset").abs() > EACH)
    if usual.height < _FEWEST_USUAL or near.is_empty() or not usual["n"].sum():
        return 0.0, None
    x, y = int(near["n"].sum()), int(usual["n"].sum())
    scale = usual.height / near.height
    (low, high) = (float(edge) for edge in wilson(x, x + y))
    return y / usual.height, AgainstUsual(x / y * scale, low / (1 - low) * scale, high / (1 - high) * scale)
