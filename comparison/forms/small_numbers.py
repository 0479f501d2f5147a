"""The three tiers of counts behind a share, the same in every chart and table."""

FEWEST_SHOWN = 5
FEWEST_COMPARED = 25
TOO_FEW = "n<5"
