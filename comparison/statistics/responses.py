"""What the silent could change: the bounds they leave, and shares and periods that cannot be compared."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Our judgement: when nine of ten say nothing, who answers decides the share more than what people think.
RESPONSE_FROM = 0.10
# Our judgement: a rate that grew or shrank by more than half reached other people, often through another channel.
RESPONSE_SHIFT = 0.5

Badge = Literal["hidden", "low_response", "response_shifted"]


def response_bounds(share: ArrayLike, rate: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The share satisfied of everybody asked if all the silent were dissatisfied, and if all were satisfied.

    [s r, s r + 1 - r] with s the share satisfied among those who answered and r the response rate: Manski (1989),
    Journal of Human Resources 24, 343-360. Any shapes that broadcast. [0, 1] where r is 0, whatever the share; nan
    where either is not known (nan). Raises ValueError unless both lie between 0 and 1.
    """
    satisfied, answered = _shares(share), _shares(rate)
    low: NDArray[np.float64] = np.where(answered == 0, 0.0, satisfied * answered)
    return low, low + 1 - answered


def responds_too_little(rate: ArrayLike) -> NDArray[np.bool_]:
    """Whether so few answered (under 10 %) that the share is not to be compared. False where the rate is not known."""
    return np.asarray(np.asarray(rate, dtype=np.float64) < RESPONSE_FROM)


def not_comparable(rate: ArrayLike, rate_before: ArrayLike) -> NDArray[np.bool_]:
    """Whether two periods' shares satisfied must not be compared.

    True where either response rate is under 10 %, or the later differs from the earlier by more than half of the
    earlier. False where a rate is not known (nan): that is to be said in its own words.
    """
    now, before = np.asarray(rate, dtype=np.float64), np.asarray(rate_before, dtype=np.float64)
    shifted = np.abs(now - before) > RESPONSE_SHIFT * before
    return np.asarray(responds_too_little(now) | responds_too_little(before) | shifted)


def badges(is_hidden: ArrayLike, rate: ArrayLike, rate_before: ArrayLike) -> list[Badge | None]:
    """What is to be said beside each share satisfied, the first that holds; None where nothing is.

    "hidden": under five answers. "low_response": the rate is under 10 %. "response_shifted": not to be compared with
    the period before (`not_comparable`). Flat, of one length; rates are nan where not known.
    """
    few, shifted = responds_too_little(rate), not_comparable(rate, rate_before)
    return [
        "hidden" if hidden else "low_response" if is_few else "response_shifted" if is_shifted else None
        for hidden, is_few, is_shifted in zip(np.asarray(is_hidden, dtype=bool), few, shifted, strict=True)
    ]


def _shares(values: ArrayLike) -> NDArray[np.float64]:
    shares = np.asarray(values, dtype=np.float64)
    if np.any((shares < 0) | (shares > 1)):
        raise ValueError("a share must lie between 0 and 1")
    return shares
