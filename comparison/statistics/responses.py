"""What the silent could change: response rates, the bounds they leave, and periods that cannot be compared."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from comparison.statistics.counts import as_counts

# Our judgement: when nine of ten say nothing, who answers decides the share more than what people think.
RESPONSE_FROM = 0.10
# Our judgement: a rate that grew or shrank by more than half reached other people, often through another channel.
RESPONSE_SHIFT = 0.5


def response_rate(answers: ArrayLike, asked: ArrayLike) -> NDArray[np.float64]:
    """answers / asked, where asked are the closed cases that could have answered.

    nan where nobody could, or where there are more answers than cases: then whoever else answered is not known, nor
    the rate. Raises ValueError unless both are whole numbers of at least 0.
    """
    given, eligible = _counts(answers, asked)
    known = (eligible > 0) & (given <= eligible)
    rate: NDArray[np.float64] = np.divide(given, eligible, out=np.full(eligible.shape, np.nan), where=known)
    return rate


def response_bounds(
    satisfied: ArrayLike, answers: ArrayLike, asked: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The share satisfied of everybody asked if all the silent were dissatisfied, and if all were satisfied.

    [s r, s r + 1 - r] with s the share among answers and r the response rate: Manski (1989), Journal of Human Resources
    24, 343-360. Shares from 0 to 1. [0, 1] without a single answer; nan where the response rate is. Raises ValueError
    unless all are whole numbers with 0 <= satisfied <= answers.
    """
    content, given = as_counts(satisfied, answers)
    _, eligible = _counts(given, asked)
    known = (eligible > 0) & (given <= eligible)
    blank = np.full(eligible.shape, np.nan)
    low: NDArray[np.float64] = np.divide(content, eligible, out=blank.copy(), where=known)
    high: NDArray[np.float64] = np.divide(content + eligible - given, eligible, out=blank, where=known)
    return low, high


def responds_too_little(rate: ArrayLike) -> NDArray[np.bool_]:
    """Whether so few answered (under 10 %) that the share is not to be compared. False where the rate is not known."""
    return np.asarray(np.asarray(rate, dtype=np.float64) < RESPONSE_FROM)


def not_comparable(rate: ArrayLike, rate_before: ArrayLike) -> NDArray[np.bool_]:
    """Whether two periods' shares satisfied must not be compared.

    True where either response rate is under 10 %, or the later differs from the earlier by more than half of the
    earlier. False where a rate is not known (nan): that is to be said in its own words, with response_rate.
    """
    now, before = np.asarray(rate, dtype=np.float64), np.asarray(rate_before, dtype=np.float64)
    shifted = np.abs(now - before) > RESPONSE_SHIFT * before
    return np.asarray(responds_too_little(now) | responds_too_little(before) | shifted)


def _counts(answers: ArrayLike, asked: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    given, eligible = np.broadcast_arrays(np.asarray(answers, dtype=np.float64), np.asarray(asked, dtype=np.float64))
    as_counts(given, given)
    as_counts(eligible, eligible)
    return given, eligible
