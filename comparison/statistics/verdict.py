"""What may be said of a model's effect, and what may not."""

from enum import Enum

from comparison.statistics.estimate import Estimate
from comparison.statistics.permutation import ALPHA


class Verdict(Enum):
    """The five things that may be said. None says that the model caused it."""

    CLEAR_GAIN = "clear_gain"
    CLEAR_LOSS = "clear_loss"
    NOT_CLEAR = "not_clear"
    TOO_EARLY = "too_early"
    CANNOT_TELL = "cannot_tell"


class Reason(Enum):
    """Why nothing can be told, now or ever."""

    ONE_PILOT = "one_pilot"  # a single adopter: its luck and the model's effect are the same number
    NO_COMPARISON = "no_comparison"  # fewer than three units not yet adopting: cannot be separated from other changes
    BEGUN_BEFORE_DATA = "begun_before_data"  # fewer than three months of answers before the start
    TOO_FEW_ANSWERS = "too_few_answers"
    TOO_FEW_UNITS = "too_few_units"  # so few units that even the best of all results would not reach p <= 0.05
    OVERLAPPING = "overlapping"  # another model began in the same window: known to whoever knows all models


class Doubt(Enum):
    """What keeps an estimated effect from being clear."""

    INTERVAL_HOLDS_ZERO = "interval_holds_zero"
    CHANCE_DOES_AS_WELL = "chance_does_as_well"  # permutation p above 0.05
    MOVED_BEFORE = "moved_before"  # the same calculation finds an "effect" before the model began
    BEFORE_UNKNOWN = "before_unknown"  # the months before do not suffice for that check


def doubts(estimate: Estimate, placebo: Estimate | None) -> tuple[Doubt, ...]:
    """Everything that keeps the effect from being clear; empty if it is clear.

    An effect is clear if its 95 % interval leaves 0 out, its permutation p is at most 0.05, and the placebo's interval
    holds 0. A placebo that cannot be calculated is a doubt too: nobody knows then what moved before.
    """
    found = []
    if not (estimate.low > 0 or estimate.high < 0):
        found.append(Doubt.INTERVAL_HOLDS_ZERO)
    if estimate.p > ALPHA:
        found.append(Doubt.CHANCE_DOES_AS_WELL)
    if placebo is None or placebo.adopters < 2:
        found.append(Doubt.BEFORE_UNKNOWN)
    elif not placebo.holds_zero:
        found.append(Doubt.MOVED_BEFORE)
    return tuple(found)


def judged(estimate: Estimate, doubted: tuple[Doubt, ...]) -> tuple[Verdict, Reason | None]:
    """The verdict on an effect that could be estimated, from its doubts; never a clear one for a single adopter."""
    if estimate.adopters < 2:
        return Verdict.CANNOT_TELL, Reason.ONE_PILOT
    if estimate.smallest_p > ALPHA:
        return Verdict.CANNOT_TELL, Reason.TOO_FEW_UNITS
    if doubted:
        return Verdict.NOT_CLEAR, None
    return (Verdict.CLEAR_GAIN if estimate.value > 0 else Verdict.CLEAR_LOSS), None
