"""Pure functions on whole arrays: what a count supports, how sure a share is, which cells stand out."""

from comparison.statistics.intervals import Z_95, Z_998, wilson
from comparison.statistics.suppression import hidden
from comparison.statistics.tails import expected_from_others, holm, lower_tail, standing_out, upper_tail
from comparison.statistics.tiers import COMPARED_FROM, SHOWN_FROM, Tier, tier

__all__ = [
    "COMPARED_FROM",
    "SHOWN_FROM",
    "Z_95",
    "Z_998",
    "Tier",
    "expected_from_others",
    "hidden",
    "holm",
    "lower_tail",
    "standing_out",
    "tier",
    "upper_tail",
    "wilson",
]
