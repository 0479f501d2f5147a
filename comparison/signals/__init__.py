"""Monthly signals: which units differ this month from their own usual level by more than chance."""

from comparison.signals.tracked import TRACKED, Tracked
from comparison.signals.unit_signals import Rebase, UnitSignals, unit_signals

__all__ = ["TRACKED", "Rebase", "Tracked", "UnitSignals", "unit_signals"]
