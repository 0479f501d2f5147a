"""Whether a share differs from another by more than chance, and what that means for people."""

from dataclasses import dataclass
from typing import Literal

from comparison.forms.side_table import Tone
from comparison.forms.small_numbers import FEWEST_COMPARED, FEWEST_SHOWN
from comparison.statistics.differences import newcombe
from comparison.wording.findings import Share

Good = Literal["up", "down", "none"]
Standing = Literal["higher", "lower", "unclear", "few", "not_comparable"]


@dataclass(frozen=True)
class Difference:
    """A share (`own`) less another, with Newcombe's 95 % interval, and what may be said of it."""

    value: float
    low: float
    high: float
    standing: Standing
    own: float
    other: float

    def tone(self, good: Good) -> Tone:
        """What it means for people, told that a share is `good` for them when it goes up, or down, or neither."""
        if not self.is_clear or good == "none":
            return ""
        return "better" if (self.standing == "higher") == (good == "up") else "worse"

    @property
    def is_clear(self) -> bool:
        return self.standing in ("higher", "lower")


def difference(own: Share, other: Share, *, is_comparable: bool = True) -> Difference | None:
    """`own` less `other`; None where either is hidden or rests on fewer than five.

    Clear only where both rest on 25 and the interval leaves 0 out, and where the two tell of the same thing.
    """
    if min(own.n, other.n) < FEWEST_SHOWN:
        return None
    value, low, high = (float(each) for each in newcombe(own.x, own.n, other.x, other.n))
    standing: Standing = "higher" if low > 0 else "lower" if high < 0 else "unclear"
    if not is_comparable:
        standing = "not_comparable"
    elif min(own.n, other.n) < FEWEST_COMPARED:
        standing = "few"
    return Difference(value, low, high, standing, own.value, other.value)
