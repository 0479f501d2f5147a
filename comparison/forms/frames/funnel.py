"""Late shares of all units of a kind as points of a funnel, and the lines around them."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from comparison.forms.frames.shares import in_words
from comparison.scope import Language
from comparison.statistics import COMPARED_FROM, SHOWN_FROM
from comparison.statistics.discoveries import expected_false_alarms
from comparison.statistics.funnel import Flag, Funnel, funnel
from comparison.statistics.funnel_lines import FLAG_TAIL, lines
from comparison.wording import short_unit_name

_POINTS = 160
_BEYOND = 1.06
# Who is late in fewer cases than most is named only where that is sure; who may be later is worth a second look.
_STANDING = {Flag.HIGH: "worse", Flag.WATCH_HIGH: "watch_worse", Flag.LOW: "better", Flag.FEW: "few"}


def late_funnel(by_unit: pl.DataFrame, target: float | None = None) -> Funnel:
    """The funnel of a late share by unit; by_unit: all units of one kind, whatever is selected."""
    return funnel(by_unit["numerator"].to_numpy(), by_unit["denominator"].to_numpy(), "down", target)


def judged(by_unit: pl.DataFrame, found: Funnel) -> pl.DataFrame:
    """The same rows with standing: how each lies in the funnel found of them, as `comparison.forms.funnel` has it."""
    standing = [_STANDING.get(flag, "usual") for flag in found.flags]
    return by_unit.with_columns(standing=pl.Series(standing, dtype=pl.String))


def funnel_points(judged: pl.DataFrame, chosen: Sequence[str], language: Language) -> pl.DataFrame:
    """A point for each unit with five cases or more, as `comparison.forms.funnel` takes it."""
    worded = in_words(judged, language, "hover.late")
    names = pl.Series("name", [short_unit_name(name) for name in judged["unit_name"]], dtype=pl.String)
    return worded.select(
        "unit",
        names,
        "value",
        "n",
        "text",
        "standing",
        hover=pl.format("{}\n{}", names, pl.col("said")),
        is_chosen=pl.col("unit").is_in(list(chosen)),
    ).filter(pl.col("n") >= SHOWN_FROM)


def funnel_lines(by_unit: pl.DataFrame, found: Funnel) -> pl.DataFrame:
    """n from 25 to just beyond the largest unit, with the four lines there; no row where nothing can be drawn."""
    most = int(by_unit["denominator"].max() or 0)  # type: ignore[arg-type] # an Int64 column
    if np.isnan(found.lower).all() or most < COMPARED_FROM:
        return pl.DataFrame(schema=dict.fromkeys(("n", "low_998", "low_95", "high_95", "high_998"), pl.Float64))
    n = np.unique(np.round(np.linspace(COMPARED_FROM, most * _BEYOND, _POINTS)))
    drawn = lines(n, found.centre, found.tau2)
    return pl.DataFrame(
        {
            "n": n, "low_998": drawn.low_998, "low_95": drawn.low_95, "high_95": drawn.high_95,
            "high_998": drawn.high_998,
        }
    ).fill_nan(None)  # fmt: skip


def named(judged: pl.DataFrame) -> tuple[list[str], list[str]]:
    """Short names of the units flagged on the worse and on the better side, the furthest first."""
    worse = judged.filter(pl.col("standing") == "worse").sort("value", descending=True, maintain_order=True)
    better = judged.filter(pl.col("standing") == "better").sort("value", maintain_order=True)
    return [short_unit_name(name) for name in worse["unit_name"]], [
        short_unit_name(name) for name in better["unit_name"]
    ]


def by_chance(found: Funnel) -> float:
    """How many units lie beyond the outer lines on average where no unit differs from the others."""
    return float(expected_false_alarms(found.k, 2 * FLAG_TAIL))
