"""Each unit's answers on the two sides of a month, and whether they are enough to tell a change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comparison.statistics.differences import newcombe

# Half a year each side: long enough for answers to gather, short enough that little else changes. Our judgement.
WINDOW_MONTHS = 6
# Our judgement: fewer than three months are one mood, fewer than thirty answers one bad week.
MONTHS_FROM = 3
ANSWERS_FROM = 30

Floats = NDArray[np.float64]
# For a start month, the (x, n) of what itself began after that start; both (units, months).
Since: TypeAlias = Mapping[int, tuple[Floats, Floats]]


@dataclass(frozen=True)
class Window:
    """First and last month of each side, counted from a unit's start (k = 0 is the month of the start).

    `begins` is the k from which a month counts as one under the model; comparison units must not start up to k =
    `waits`.
    """

    before: tuple[int, int]
    after: tuple[int, int]
    begins: int
    waits: int


def around(months: int) -> Window:
    """k = -months ... -1 against 1 ... months; the month of the start belongs to neither side.

    Raises ValueError for fewer than three months.
    """
    return Window((-_checked(months), -1), (1, months), begins=0, waits=months)


def ahead(months: int) -> Window:
    """The two halves of the time before: k = -2 months ... -months - 1 against -months ... -1, as if begun between.

    No model was there yet, so whatever moves here was moving without it. Raises ValueError for fewer than three months.
    """
    return Window((-2 * _checked(months), -months - 1), (-months, -1), begins=-months, waits=months)


@dataclass(frozen=True)
class Sides:
    """x satisfied of n answers before and after, and in how many months there were answers; arrays (units,)."""

    before_x: Floats
    before_n: Floats
    before_months: Floats
    after_x: Floats
    after_n: Floats
    after_months: Floats

    @property
    def has_before(self) -> NDArray[np.bool_]:
        """Whether the side before has answers in at least 3 months, and at least 30."""
        return (self.before_months >= MONTHS_FROM) & (self.before_n >= ANSWERS_FROM)

    @property
    def has_after(self) -> NDArray[np.bool_]:
        """Whether the side after has answers in at least 3 months, and at least 30."""
        return (self.after_months >= MONTHS_FROM) & (self.after_n >= ANSWERS_FROM)

    def change(self) -> tuple[Floats, Floats, Floats]:
        """Share after less share before with Newcombe's 95 % interval: (change, low, high); nan without answers.

        Newcombe (1998), Statistics in Medicine 17, 873-890, method 10. The interval knows only the chance of who
        answered within the unit, not how units differ from month to month.
        """
        return newcombe(self.after_x, self.after_n, self.before_x, self.before_n)


def sides(x: Floats, n: Floats, start: int, window: Window, since: Since | None = None) -> Sides:
    """Every unit's two sides around one calendar month. x, n: (units, months); months outside them count nothing.

    With `since`, the side after counts what it holds for that start in place of x and n.
    """
    before, after = _months(window.before, start), _months(window.after, start)
    later_x, later_n = _later(x, n, start, since)
    return Sides(
        x[:, before].sum(axis=1), n[:, before].sum(axis=1), (n[:, before] > 0).sum(axis=1).astype(np.float64),
        later_x[:, after].sum(axis=1), later_n[:, after].sum(axis=1),
        (later_n[:, after] > 0).sum(axis=1).astype(np.float64),
    )  # fmt: skip


def exposure(n: Floats, starts: Floats, start: int, window: Window, since: Since | None = None) -> Floats:
    """How much of each unit's change (units,) its own model could have made in the window around a calendar month.

    The share of answers under the unit's own model after, less that before: 1 for a unit that starts in that very
    month, 0 for one that starts later than the window or earlier than it; between where its own start falls inside.
    """
    _, later = _later(n, n, start, since)
    parts = []
    for side, counted in ((window.before, n), (window.after, later)):
        months = _months(side, start)
        under = counted * (np.arange(n.shape[1]) >= starts[:, None] + window.begins)
        total = counted[:, months].sum(axis=1)
        parts.append(np.divide(under[:, months].sum(axis=1), total, out=np.zeros_like(total), where=total > 0))
    return np.asarray(parts[1] - parts[0])


def _later(x: Floats, n: Floats, start: int, since: Since | None) -> tuple[Floats, Floats]:
    return (x, n) if since is None else since[start]


def _months(side: tuple[int, int], start: int) -> slice:
    return slice(max(start + side[0], 0), max(start + side[1] + 1, 0))


def _checked(months: int) -> int:
    if months < MONTHS_FROM:
        raise ValueError(f"a window needs at least {MONTHS_FROM} months")
    return months
