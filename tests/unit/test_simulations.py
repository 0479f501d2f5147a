"""The table of wrong and right verdicts: what is kept is what is simulated, and Định nghĩa shows it."""

import re
from html import unescape

import pytest
from page_words import words
from test_pages import NBSP, opened

from bench.effects import DISTRICTS, LIFT, ROLL_OUTS, count_verdicts
from comparison.charts.frames.simulations import (
    funnels_table,
    mixes_table,
    months_table,
    signals_table,
    simulations_table,
)
from comparison.statistics import simulations, wilson
from comparison.statistics.chance_simulations import mix_chances, month_chances, signal_chances
from comparison.statistics.funnel_simulations import funnel_simulations
from comparison.statistics.simulations import Simulated
from comparison.statistics.verdict import Verdict

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


@pytest.mark.parametrize("pilots", [1, 3])
def test_the_kept_rows_are_what_is_simulated(pilots):
    (row,) = [each for each in KEPT if (each.pilots, each.waves) == (pilots, 1)]
    counts = count_verdicts((12,) * pilots, DISTRICTS)
    assert counts[Verdict.CLEAR_GAIN] + counts[Verdict.CLEAR_LOSS] == row.wrong
    if pilots == 1:
        assert row.wrong == row.found == 0
        assert counts[Verdict.CANNOT_TELL] == DISTRICTS
        assert count_verdicts((12,), 200, LIFT)[Verdict.CANNOT_TELL] == 200


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


def cells_of_table(html: str) -> list[list[str]]:
    body = html.split("<tbody>")[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [
        [unescape(cell).replace(NBSP, " ") for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)] for row in rows
    ]


def test_the_definitions_show_the_table_and_the_five_words(small_district):
    app = opened("definitions")
    tables = [item.proto.body for item in app.get("html") if "<tbody>" in item.proto.body]
    (shown,) = [cells for cells in map(cells_of_table, tables) if len(cells) == len(KEPT) and len(cells[0]) == 5]
    assert shown == [[cell.replace(NBSP, " ") for cell in row] for row in simulations_table("vi", KEPT).iter_rows()]
    for row, cells in zip(KEPT, shown, strict=True):
        percent = f"{row.found / row.districts * 100:.1f} %".replace(".", ",")
        assert cells[:2] == [str(row.pilots), str(row.waves)]
        assert cells[-1] == percent
    text = words(app)
    for word in ("rõ là tốt lên", "rõ là xấu đi", "chưa rõ", "còn sớm", "không kết luận được"):
        assert word in text
    assert "2.000" in text


def test_the_definitions_show_what_chance_flags(small_district):
    app = opened("definitions")
    tables = [cells_of_table(item.proto.body) for item in app.get("html") if "<tbody>" in item.proto.body]
    for expected in (
        funnels_table("vi", funnel_simulations()),
        mixes_table("vi", mix_chances()),
        signals_table("vi", signal_chances()),
        months_table("vi", month_chances()),
    ):
        assert [[cell.replace(NBSP, " ") for cell in row] for row in expected.iter_rows()] in tables
    text = words(app)
    assert "mỗi đơn vị 100 lượt mỗi tháng, mức thường của 16 tháng đầu" in text
    app.text_input(key="definition-search").set_value("thang cuoi trong ca huyen").run()
    assert "dấu hiệu tháng cuối trong cả huyện" in words(app)


def test_the_definitions_in_english(small_district):
    text = words(opened("definitions", lang="en"))
    for word in ("clearly better", "clearly worse", "not clear", "too early", "cannot tell"):
        assert word in text


def test_a_search_keeps_the_table_with_its_words(small_district):
    app = opened("definitions")
    app.text_input(key="definition-search").set_value("con som").run()
    assert "còn sớm" in words(app)
    assert "rõ là xấu đi" not in words(app).split("Mô phỏng")[0]
    app.text_input(key="definition-search").set_value("khong co gi nhu the").run()
    assert "2.000" not in words(app)
