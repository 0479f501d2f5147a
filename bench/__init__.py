"""Speed as ratios of one run, false alarms and power: `make bench`. It fails where a figure is worse than promised."""
