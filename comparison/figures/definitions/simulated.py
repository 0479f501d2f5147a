"""How often verdicts, and what is flagged by chance alone, are wrong and right, in simulations."""

import polars as pl

from comparison.figures.definitions.defined import PAGE
from comparison.figures.definitions.simulation_rows import (
    funnels_table,
    mixes_table,
    months_table,
    signals_table,
    simulations_table,
)
from comparison.figures.figure import Figure, Listing, Made
from comparison.figures.numbers import Numbers
from comparison.figures.words import method
from comparison.forms.place import Place
from comparison.question import Question
from comparison.statistics.chance_simulations import mix_chances, month_chances, signal_chances
from comparison.statistics.funnel_simulations import funnel_simulations
from comparison.statistics.simulations import simulations
from warehouse.text import search_key

_TALL = 600
_FLAGGED = ("funnels", "mixes", "signals", "months")


def is_of_flags(q: Question, wanted: str) -> bool:
    """Whether the titles of the tables of what chance flags have `wanted` (a `search_key`) in them."""
    return wanted in search_key(" ".join(q.say(f"definition.{name}_simulated") for name in _FLAGGED))


def _verdicts(q: Question, _: Place) -> Made:
    rows = simulations()
    return Made(
        title=q.say("definition.simulations"),
        subtitle=q.say("definition.simulations_how", districts=q.number(rows[0].districts)),
        body=_all_numbers(simulations_table(q.language, rows)),
        source=q.say("definition.simulations_source"),
        method=method(q, "simulated_verdicts"),
    )


def _funnels(q: Question, _: Place) -> Made:
    rows = funnel_simulations()
    return _flagged(q, "funnels", funnels_table(q.language, rows), n=rows[0].districts)


def _mixes(q: Question, _: Place) -> Made:
    rows = mix_chances()
    return _flagged(q, "mixes", mixes_table(q.language, rows), n=rows[0].districts)


def _signals(q: Question, _: Place) -> Made:
    rows = signal_chances()
    return _flagged(q, "signals", signals_table(q.language, rows), n=rows[0].charts)


def _months(q: Question, _: Place) -> Made:
    rows = month_chances()
    counted = {"n": rows[0].districts, "cases": rows[0].cases, "baseline": rows[0].baseline}
    return _flagged(q, "months", months_table(q.language, rows), **counted)


def _flagged(q: Question, name: str, table: pl.DataFrame, **counted: int) -> Made:
    """What chance alone flags, and what is found."""
    return Made(
        title=q.say(f"definition.{name}_simulated"),
        subtitle=q.say(f"definition.{name}_simulated_how", **{part: q.number(n) for part, n in counted.items()}),
        body=_all_numbers(table, _TALL),
        source=q.say("definition.simulations_source"),
        method=method(q, "simulated_flags"),
    )


def _all_numbers(table: pl.DataFrame, height: int = Listing.height) -> Listing:
    """A table of texts that are all read as numbers."""
    return Listing(Numbers(table, right=frozenset(table.columns)), height)


SIMULATED_VERDICTS = Figure("mo-phong-ket-luan", PAGE, _verdicts, is_slide=False)
SIMULATED_FUNNELS = Figure("mo-phong-pheu", PAGE, _funnels, is_slide=False)
SIMULATED_MIXES = Figure("mo-phong-co-cau", PAGE, _mixes, is_slide=False)
SIMULATED_SIGNALS = Figure("mo-phong-dau-hieu", PAGE, _signals, is_slide=False)
SIMULATED_MONTHS = Figure("mo-phong-thang-cuoi", PAGE, _months, is_slide=False)
