"""The table of wrong and right verdicts: what is kept is what is simulated, and Định nghĩa shows it."""

import pytest

from bench.effects import DISTRICTS, LIFT, ROLL_OUTS, count_verdicts
from comparison.figures.definitions.simulation_rows import (
    simulations_table,
)
from comparison.statistics import simulations, wilson
from comparison.statistics.simulations import Simulated
from comparison.statistics.verdict import Verdict
from tests.helpers.page_words import NBSP

KEPT = simulations.simulations()


def test_every_roll_out_is_kept_once():
    assert [(row.pilots, row.waves) for row in KEPT] == [(len(starts), len(set(starts))) for starts in ROLL_OUTS]
    assert {row.districts for row in KEPT} == {DISTRICTS} == {2000}


@pytest.mark.parametrize("row", KEPT, ids=lambda row: f"{row.pilots} pilots, {row.waves} waves")
def test_at_most_one_verdict_in_twenty_is_wrong(row):
    assert row.wrong_at_least == pytest.approx(float(wilson(row.wrong, row.districts)[0]))
    assert row.wrong_at_least <= 0.05
    assert 0 <= row.wrong < row.districts
    assert (row.found == 0) == (row.pilots == 1)


def test_one_pilot_gets_no_verdict():
    assert count_verdicts((12,), 100, LIFT)[Verdict.CANNOT_TELL] == 100


@pytest.mark.long
@pytest.mark.parametrize("pilots", [1, 3])
def test_the_kept_rows_are_what_is_simulated(pilots):
    (row,) = [each for each in KEPT if (each.pilots, each.waves) == (pilots, 1)]
    counts = count_verdicts((12,) * pilots, DISTRICTS)
    assert counts[Verdict.CLEAR_GAIN] + counts[Verdict.CLEAR_LOSS] == row.wrong
    if pilots == 1:
        assert row.wrong == row.found == 0
        assert counts[Verdict.CANNOT_TELL] == DISTRICTS


def test_what_is_kept_is_read_back(tmp_path, monkeypatch):
    monkeypatch.setattr(simulations, "_KEPT", tmp_path / "simulations.csv")
    rows = (Simulated(3, 2, 100, 4, 71), Simulated(1, 1, 100, 0, 0))
    simulations.keep_simulations(rows)
    assert simulations.simulations() == rows
    assert rows[0].wrong_at_least == pytest.approx(0.0157, abs=1e-4)


def test_the_table_in_words():
    table = simulations_table("vi", [Simulated(3, 1, 2000, 61, 1436)])
    assert [cell.replace(NBSP, " ") for cell in table.row(0)] == ["3", "1", "3,1 %", "2,4 %", "71,8 %"]
    assert not set(table.columns) & set(simulations_table("en", []).columns)
