"""The three ways to count what is on time, each also as the late share that it makes."""

from types import MappingProxyType

import polars as pl

from comparison.scope import OnTime

# The measure asked for each way of counting; what is not late itself is turned round.
MEASURES: MappingProxyType[OnTime, str] = MappingProxyType(
    {"due": "late", "resolved": "on_time_resolved", "first_due": "on_time_first_due"}
)
ON_TIME: MappingProxyType[OnTime, str] = MappingProxyType(
    {"due": "on_time_due", "resolved": "on_time_resolved", "first_due": "on_time_first_due"}
)


def late_share(answer: pl.DataFrame, on_time: OnTime) -> pl.DataFrame:
    """The answer of MEASURES[on_time] as a late share: the on-time measures turned round."""
    if on_time == "due":
        return answer
    return answer.with_columns(
        numerator=pl.col("denominator") - pl.col("numerator"),
        value=1 - pl.col("value"),
        low=1 - pl.col("high"),
        high=1 - pl.col("low"),
    )
