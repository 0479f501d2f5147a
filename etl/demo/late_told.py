"""What the district's records say of its late cases: apology letters, and causes where a system has a column for them.

Drawn apart from the cases, so that planting it moved nothing else.
"""

import numpy as np
import polars as pl

from etl.demo.ground import truths, working_days

_MOST_DAYS_BEFORE = 3  # working days before the due day that a letter in good time goes out


def told(cases: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The cases with `late_cause` added, the letters of one unit mostly taken away and part of the others dated before
    the due day. `cases` have a letter, dated the due day, where they are late and their unit wrote one."""
    rng = np.random.default_rng([seed, 10])
    planted = truths()["letters"]
    kept, in_time = (pl.Series(rng.random(cases.height)) for _ in range(2))
    days = rng.integers(1, _MOST_DAYS_BEFORE + 1, cases.height)
    is_kept = (pl.col("unit") != planted["unit"]) | pl.lit(kept < planted["unit_share"] / planted["share"])

    calendar = working_days()
    due, received = (
        np.searchsorted(calendar, cases[name].dt.date().to_numpy().astype("datetime64[D]"))
        for name in ("due_at", "received_at")
    )
    before = pl.Series(calendar[np.maximum(due - days, received)])
    return cases.with_columns(
        pl.when(pl.col("apology_sent_on").is_not_null() & is_kept)
        .then(pl.when(pl.lit(in_time < planted["before_due"])).then(pl.lit(before)).otherwise("apology_sent_on"))
        .alias("apology_sent_on"),
        _causes(rng, cases),
    )


def _causes(rng: np.random.Generator, cases: pl.DataFrame) -> pl.Series:
    """A cause for the recorded share of the late cases, open ones included, else null."""
    planted = truths()["late_causes"]
    shares = planted["shares"]
    drawn = pl.Series("late_cause", rng.choice(list(shares), cases.height, p=list(shares.values())), pl.String)
    is_recorded = pl.Series(rng.random(cases.height) < planted["recorded"])
    ended, due = pl.col("finished_at").dt.date(), pl.col("due_at").dt.date()
    is_late = ended.fill_null(truths()["period"]["last"]) > due
    return drawn.set(~(is_recorded & cases.select(is_late).to_series()), None)


def seen_after_due(exports: pl.DataFrame) -> pl.DataFrame:
    """Monthly rows of these cases without the causes of those not yet late on the day of the export."""
    return exports.with_columns(pl.when(pl.col("due_at").dt.date() < pl.col("as_of")).then("late_cause"))
