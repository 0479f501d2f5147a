"""Signals of the months of units, as charts and as a table."""
