"""How often verdicts, funnels, monthly signals and flags of lateness are wrong and right, as tables in words."""

from collections.abc import Sequence

import polars as pl

from comparison.scope import Language
from comparison.statistics.chances import MixChance, MonthChance, SignalChance
from comparison.statistics.funnel_simulations import SimulatedFunnel
from comparison.statistics.simulations import Simulated
from comparison.wording import number, percent, say


def simulations_table(language: Language, rows: Sequence[Simulated]) -> pl.DataFrame:
    """One row a roll-out; headings and cells in words."""
    names = ("pilots", "waves", "wrong", "wrong_at_least", "found")
    cells = [
        (
            number(language, row.pilots),
            number(language, row.waves),
            percent(language, row.wrong / row.districts),
            percent(language, row.wrong_at_least),
            percent(language, row.found / row.districts),
        )
        for row in rows
    ]
    return _table(language, names, cells)


def funnels_table(language: Language, rows: Sequence[SimulatedFunnel]) -> pl.DataFrame:
    """One row a number of units and spread; headings and cells in words."""
    names = ("units", "spread", "flagged", "flagged_by_tails", "alarmed", "bad_found")
    cells = [
        (
            number(language, row.units),
            number(language, row.spread),
            percent(language, row.flagged / row.judged, 2),
            percent(language, row.flagged_by_tails / row.judged, 2),
            percent(language, row.alarmed / row.districts),
            percent(language, row.found / row.districts),
        )
        for row in rows
    ]
    return _table(language, names, cells)


def signals_table(language: Language, rows: Sequence[SignalChance]) -> pl.DataFrame:
    """One row a number of cases, spread and baseline; headings and cells in words."""
    names = ("cases", "spread", "baseline", "alarms", "fall_found")
    cells = [
        (
            number(language, row.cases),
            number(language, row.natural * 100),
            number(language, row.baseline),
            percent(language, row.alarms / row.charts),
            percent(language, row.found / row.charts),
        )
        for row in rows
    ]
    return _table(language, names, cells)


def months_table(language: Language, rows: Sequence[MonthChance]) -> pl.DataFrame:
    """One row a number of units and spread; headings and cells in words."""
    names = ("units", "spread", "month_alarms", "month_alarmed", "month_found", "month_alone")
    cells = [
        (
            number(language, row.units),
            number(language, row.natural * 100),
            number(language, row.alarms / row.districts, 2),
            percent(language, row.alarmed / row.districts),
            percent(language, row.found / row.districts),
            percent(language, row.alone / row.districts),
        )
        for row in rows
    ]
    return _table(language, names, cells)


def mixes_table(language: Language, rows: Sequence[MixChance]) -> pl.DataFrame:
    """One row a number of units, spread and reference; headings and cells in words."""
    names = ("units", "spread", "reference", "mix_flagged", "mix_by_tails", "alarmed", "mix_found")
    cells = [
        (
            number(language, row.units),
            number(language, row.natural * 100),
            number(language, row.reference) if row.reference else say(language, "definition.other_units"),
            percent(language, row.flagged / row.good, 2),
            percent(language, row.plain / row.good, 2),
            percent(language, row.alarmed / row.districts),
            percent(language, row.found / row.bad),
        )
        for row in rows
    ]
    return _table(language, names, cells)


def _table(language: Language, names: Sequence[str], cells: Sequence[tuple[str, ...]]) -> pl.DataFrame:
    schema = {say(language, f"definition.column_{name}"): pl.String for name in names}
    return pl.DataFrame(cells, schema=schema, orient="row")
