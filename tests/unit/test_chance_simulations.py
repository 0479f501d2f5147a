"""The tables of monthly signals and of lateness for its fields: what is kept is what is simulated."""

import pytest

from bench import case_mix, signals
from comparison.figures.definitions.simulation_rows import funnels_table, mixes_table, months_table, signals_table
from comparison.statistics import chance_simulations, wilson
from comparison.statistics.chance_simulations import mix_chances, month_chances, signal_chances
from comparison.statistics.chances import MixChance, MonthChance, SignalChance
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


def test_every_district_is_kept_once():
    assert signals.UNITS == case_mix.UNITS == (8, 15, 100)
    asked = [(natural, units) for natural in signals.NATURAL for units in signals.UNITS]
    assert [(row.natural, row.units) for row in month_chances()] == asked
    assert {row.districts for row in month_chances()} == {signals.DISTRICTS}
    assert [(row.units, row.natural, row.reference) for row in mix_chances()] == list(case_mix.ROWS)
    assert {row.districts for row in mix_chances()} == {case_mix.DISTRICTS}
    with_others = [(row.natural, row.units) for row in mix_chances() if row.reference == case_mix.OTHERS]
    assert with_others == asked


@pytest.mark.parametrize("row", signal_chances(), ids=lambda row: f"{row.cases}, {row.natural}, {row.baseline}")
def test_steady_charts_seldom_signal(row):
    # 4 to 9 in 100 are published for charts that vary by chance alone.
    assert row.natural or wilson(row.alarms, row.charts)[0] <= 0.09
    assert 0 < row.found <= row.charts


@pytest.mark.parametrize("row", mix_chances(), ids=lambda row: f"{row.units}, {row.natural}, {row.reference}")
def test_good_units_are_seldom_flagged_for_their_fields(row):
    assert row.flagged <= 0.03 * row.good
    assert row.alarmed <= row.flagged <= row.good
    assert row.found <= row.bad == case_mix.BAD * row.districts
    # A field with fewer than 100 cases behind it says too little of a unit.
    assert (row.found > 0.3 * row.bad) == (row.reference == case_mix.OTHERS or row.reference >= 100)


@pytest.mark.parametrize("natural", case_mix.NATURAL)
def test_more_units_find_more(natural):
    found = [row.found for row in mix_chances() if (row.natural, row.reference) == (natural, case_mix.OTHERS)]
    assert found == sorted(found)


@pytest.mark.parametrize("row", month_chances(), ids=lambda row: f"{row.units}, {row.natural}")
def test_one_month_of_a_district(row):
    assert row.alarmed <= row.alarms <= 0.05 * row.units * row.districts
    # Each chart stands alone: of m units, 1 - (1 - p)^m of the districts show any.
    a_unit = row.alarms / (row.units * row.districts)
    assert row.alarmed / row.districts == pytest.approx(1 - (1 - a_unit) ** row.units, abs=0.03)
    assert 0 < row.alone < row.found < row.districts


@pytest.mark.long
def test_a_kept_chart_is_what_is_simulated():
    (row,) = [each for each in signal_chances() if (each.cases, each.natural, each.baseline) == (30, 0.0, 24)]
    assert signals.chance(30, 0.0, 24) == row


def test_a_kept_district_is_what_is_simulated():
    (mix,) = [each for each in mix_chances() if (each.units, each.natural, each.reference) == (8, 0.03, 0)]
    assert case_mix.chance(8, 0.03, 0) == mix


@pytest.mark.long
def test_a_kept_district_with_known_fields_is_what_is_simulated():
    (known,) = [each for each in mix_chances() if (each.natural, each.reference) == (0.0, 100)]
    assert case_mix.chance(known.units, 0.0, 100) == known


@pytest.mark.long
def test_the_kept_months_are_what_is_simulated():
    assert signals.month_chances(0.0) == [row for row in month_chances() if row.natural == 0.0]


def test_what_is_kept_is_read_back(tmp_path, monkeypatch):
    monkeypatch.setattr(chance_simulations, "_SIGNALS", tmp_path / "signals.csv")
    monkeypatch.setattr(chance_simulations, "_MONTHS", tmp_path / "months.csv")
    monkeypatch.setattr(chance_simulations, "_MIXES", tmp_path / "mixes.csv")
    charts = (SignalChance(8, 0.03, 24, 100, 6, 12), SignalChance(30, 0.0, 16, 100, 7, 50))
    months = (MonthChance(8, 100, 0.03, 16, 2000, 460, 420, 1380, 1254),)
    mixes = (MixChance(12, 1000, 0.03, 0, 200, 888, 27, 20, 400, 278),)
    chance_simulations.keep_signal_chances(charts)
    chance_simulations.keep_month_chances(months)
    chance_simulations.keep_mix_chances(mixes)
    found = signal_chances(), month_chances(), mix_chances()
    for kept in (signal_chances, month_chances, mix_chances):
        kept.cache_clear()
    assert found == (charts, months, mixes)
    assert mixes[0].good == 2400


def test_the_tables_in_words():
    rows = (
        funnels_table("vi", [SimulatedFunnel(8, 3, 2000, 319, 1426, 287, 954)]).row(0),
        signals_table("vi", [SignalChance(8, 0.03, 24, 500, 30, 24)]).row(0),
        months_table("vi", [MonthChance(8, 100, 0.03, 16, 2000, 460, 420, 1380, 1254)]).row(0),
        mixes_table("vi", [MixChance(12, 1000, 0.03, 0, 200, 888, 27, 20, 400, 278)]).row(0),
    )
    assert [[cell.replace(NBSP, " ") for cell in row] for row in rows] == [
        ["8", "3", "1,99 %", "8,91 %", "14,4 %", "47,7 %"],
        ["8", "3", "24", "6,0 %", "4,8 %"],
        ["8", "3", "0,23", "21,0 %", "69,0 %", "62,7 %"],
        ["12", "3", "đơn vị khác", "1,13 %", "37,00 %", "10,0 %", "69,5 %"],
    ]
