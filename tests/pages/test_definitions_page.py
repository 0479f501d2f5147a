"""Định nghĩa: the tables of what chance alone flags stand there as kept, with the words that verdicts use."""

import re
from html import unescape

from comparison.figures.definitions.simulation_rows import (
    funnels_table,
    mixes_table,
    months_table,
    signals_table,
    simulations_table,
)
from comparison.statistics import simulations
from comparison.statistics.chance_simulations import mix_chances, month_chances, signal_chances
from comparison.statistics.funnel_simulations import funnel_simulations
from tests.helpers.page_words import NBSP, said, words
from tests.helpers.pages import opened, seen

KEPT = simulations.simulations()


def cells_of_table(html: str) -> list[list[str]]:
    body = html.split("<tbody>")[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [
        [unescape(cell).replace(NBSP, " ") for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)] for row in rows
    ]


def test_the_definitions_show_the_table_and_the_five_words(small_district):
    app = seen("definitions")
    tables = [item.proto.body for item in app.get("html") if "<tbody>" in item.proto.body]
    (shown,) = [cells for cells in map(cells_of_table, tables) if len(cells) == len(KEPT) and len(cells[0]) == 5]
    assert shown == [[cell.replace(NBSP, " ") for cell in row] for row in simulations_table("vi", KEPT).iter_rows()]
    for row, cells in zip(KEPT, shown, strict=True):
        percent = f"{row.found / row.districts * 100:.1f} %".replace(".", ",")
        assert cells[:2] == [str(row.pilots), str(row.waves)]
        assert cells[-1] == percent
    text = words(app)
    for verdict in ("clear_gain", "clear_loss", "not_clear", "too_early", "cannot_tell"):
        assert said(f"verdict.{verdict}") in text
    assert said("definition.simulations_how", districts="2.000") in text


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
    assert said("definition.months_simulated_how", n="2.000", cases="100", baseline="16") in text
    app.text_input(key="definition-search").set_value("thang cuoi trong ca huyen").run()
    assert "dấu hiệu tháng cuối trong cả huyện" in words(app)


def test_the_definitions_in_english(small_district):
    text = words(seen("definitions", lang="en"))
    for word in ("clearly better", "clearly worse", "not clear", "too early", "cannot tell"):
        assert word in text


def test_a_search_keeps_the_table_with_its_words(small_district):
    app = opened("definitions")
    app.text_input(key="definition-search").set_value("con som").run()
    assert "còn sớm" in words(app)
    assert "rõ là xấu đi" not in words(app).split("Mô phỏng")[0]
    app.text_input(key="definition-search").set_value("khong co gi nhu the").run()
    assert "2.000" not in words(app)
