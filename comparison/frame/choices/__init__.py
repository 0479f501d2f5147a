"""What a reader chooses around the figures: the period, the units, and what else narrows the question."""
