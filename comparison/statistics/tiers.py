"""What a count is good for."""

from typing import Literal

Tier = Literal["hidden", "few", "compared"]

# Under five answers the people behind them can be guessed: the rule of the NHS Friends and Family Test.
SHOWN_FROM = 5
# CMS publishes and compares hospitals only from 25 cases on; below that one case moves a share by over four points.
COMPARED_FROM = 25


def tier(n: int) -> Tier:
    """ "hidden" under 5 (a survey's group is hidden; a case rate reads "n<5"), "few" to 24, "compared" from 25 on."""
    if n < SHOWN_FROM:
        return "hidden"
    return "few" if n < COMPARED_FROM else "compared"
