"""The tables of monthly signals and of lateness for its fields: what is kept is what is simulated."""

import pytest

from bench import case_mix, signals
from comparison.charts.frames.simulations import funnels_table, mixes_table, signals_table
from comparison.statistics import chance_simulations, wilson
from comparison.statistics.chance_simulations import mix_chances, signal_chances
from comparison.statistics.chances import MixChance, SignalChance
from comparison.statistics.funnel_simulations import SimulatedFunnel

NBSP = "\N{NO-BREAK SPACE}"


def test_every_chart_is_kept_once():
    rows = [
        (baseline, natural, cases)
        for baseline in signals.BASELINES
        for natural in signals.NATURAL
        for cases in signals.CASES
    ]
    assert [(row.baseline, row.natural, row.cases) for row in signal_chances()] == rows
    assert {row.charts for row in signal_chances()} == {signals.CHARTS}
    pairs = [(natural, reference) for natural in case_mix.NATURAL for reference in case_mix.REFERENCES]
    assert [(row.natural, row.reference) for row in mix_chances()] == pairs


@pytest.mark.parametrize("row", signal_chances(), ids=lambda row: f"{row.cases}, {row.natural}, {row.baseline}")
def test_steady_charts_seldom_signal(row):
    # 4 to 9 in 100 are published for charts that vary by chance alone.
    assert row.natural or wilson(row.alarms, row.charts)[0] <= 0.09
    assert 0 < row.found <= row.charts


def test_a_kept_row_is_what_is_simulated():
    (row,) = [each for each in signal_chances() if (each.cases, each.natural, each.baseline) == (30, 0.0, 24)]
    assert signals.chance(30, 0.0, 24) == row
    (mix,) = [each for each in mix_chances() if (each.natural, each.reference) == (0.0, 100)]
    assert case_mix.chance(0.0, 100) == mix


def test_what_is_kept_is_read_back(tmp_path, monkeypatch):
    monkeypatch.setattr(chance_simulations, "_SIGNALS", tmp_path / "signals.csv")
    monkeypatch.setattr(chance_simulations, "_MIXES", tmp_path / "mixes.csv")
    charts = (SignalChance(8, 0.03, 24, 100, 6, 12), SignalChance(30, 0.0, 16, 100, 7, 50))
    mixes = (MixChance(12, 1000, 0.03, 0, 2400, 888, 27, 400, 278),)
    chance_simulations.keep_signal_chances(charts)
    chance_simulations.keep_mix_chances(mixes)
    found = signal_chances(), mix_chances()
    signal_chances.cache_clear()
    mix_chances.cache_clear()
    assert found == (charts, mixes)


def test_the_tables_in_words():
    rows = (
        funnels_table("vi", [SimulatedFunnel(8, 3, 2000, 319, 1426, 287, 954)]).row(0),
        signals_table("vi", [SignalChance(8, 0.03, 24, 500, 30, 24)]).row(0),
        mixes_table("vi", [MixChance(12, 1000, 0.03, 0, 2400, 888, 27, 400, 278)]).row(0),
    )
    assert [[cell.replace(NBSP, " ") for cell in row] for row in rows] == [
        ["8", "3", "1,99 %", "8,91 %", "14,4 %", "47,7 %"],
        ["8", "3", "24", "6,0 %", "4,8 %"],
        ["3", "đơn vị khác", "1,1 %", "37,0 %", "69,5 %"],
    ]
