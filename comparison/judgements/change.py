"""Whether a change of a share helps people."""

from comparison.statistics.funnel import Good
from comparison.wording.findings import Change


def is_better(change: Change, good: Good) -> bool | None:
    """Whether a share moved in the direction that is good; None where chance explains that it moved."""
    return (change.now.value > change.before.value) == (good == "up") if change.is_clear else None
