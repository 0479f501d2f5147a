"""The life of a model: its units beside those that had not adopted it, and what may be said of it."""

from comparison.life.changes import Changes, what_else_changed
from comparison.life.counts import whole_months
from comparison.life.life import WINDOWS, Life, life
from comparison.life.outcomes import OUTCOMES, Outcome

__all__ = ["OUTCOMES", "WINDOWS", "Changes", "Life", "Outcome", "life", "what_else_changed", "whole_months"]
