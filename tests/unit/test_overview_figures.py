"""What Tổng quan's figures say of answers: key figures, the cells and numbers of its table, where every case went."""

import polars as pl
import pytest

from comparison.figures.overview.reconciliation import reconciliation
from comparison.figures.overview.tile_words import count_tile, share_tile
from comparison.figures.overview.unit_rows import table_cells, table_numbers
from comparison.figures.overview.watched import with_zeros
from comparison.forms.unit_table import Column, Sign
from comparison.judgements.late_field import most_late
from comparison.wording import say
from comparison.wording.findings import Share
from tests.helpers.shares import answer


@pytest.mark.parametrize(
    ("now", "before", "good", "colour", "arrow"),
    [
        (Share(900, 1000), Share(950, 1000), "up", "orange", "down"),
        (Share(950, 1000), Share(900, 1000), "up", "blue", "up"),
        (Share(950, 1000), Share(900, 1000), "down", "orange", "up"),
        (Share(950, 1000), Share(949, 1000), "up", "gray", "up"),
        (Share(24, 24), Share(0, 24), "up", "gray", "up"),
        (Share(900, 1000), Share(900, 1000), "up", "gray", "off"),
    ],
)
def test_a_tile_has_colour_only_where_the_change_is_clear(now, before, good, colour, arrow):
    tile = share_tile("vi", "x", now, before, good, pl.Series([0.1, 0.2]), "source.cases")
    assert (tile.colour, tile.arrow) == (colour, arrow)


def test_tiles_of_little():
    def tile(now, before=None):
        return share_tile("vi", "x", now, before, "up", pl.Series([0.1]), "source.cases")

    assert (tile(Share(0, 0)).value, tile(Share(0, 0)).note) == ("–", say("vi", "overview.none_yet"))
    hidden = tile(Share(0, 0, is_hidden=True))
    assert (hidden.value, hidden.note) == ("n<5", say("vi", "overview.hidden"))
    assert tile(Share(1, 4)).value == "n<5"
    assert say("vi", "word.few") in tile(Share(5, 24)).note
    assert not tile(Share(50, 100), Share(0, 0)).change
    assert tile(Share(1, 5)).months.to_list() == [0.1]


def test_counts_change_in_percent_or_by_number():
    rise = count_tile("vi", "x", 110, 100, pl.Series([1.0, None, 3.0]), "n")
    assert rise.change == "+10,0\N{NO-BREAK SPACE}%"
    assert rise.colour == "gray"
    assert rise.months.to_list() == [1, None, 3]
    assert count_tile("vi", "x", 3, 10, pl.Series([]), "n", relative=False).change == "−7"
    assert count_tile("vi", "x", 3, 0, pl.Series([]), "n").change == "+3"
    assert count_tile("vi", "x", 13, 17, pl.Series([]), "n").change == "−4"
    nothing = count_tile("vi", "x", None, None, pl.Series([0.0, 0.0]), "n")
    assert (nothing.value, nothing.note, list(nothing.months)) == ("–", say("vi", "overview.none_yet"), [])
    assert count_tile("vi", "x", 3, 3, pl.Series([]), "n").arrow == "off"


COUNTS = {
    "taken_in": 9998,
    "carried_over": 495,
    "resolved": 9645,
    "early": 8244,
    "on_time": 1371,
    "late_resolved": 30,
    "closed_without_result": 0,
    "in_progress": 353,
    "remainder": 0,
}


def test_the_reconciliation_names_every_part():
    assert reconciliation("vi", COUNTS, {"online": 3455, "in_person": 6048}) == (
        "9.998 nhận giải quyết = 3.455 trực tuyến + 6.048 trực tiếp + 495 kỳ trước = 9.645 đã giải quyết "
        "(8.244 trước hạn, 1.371 đúng hạn, 30 trễ hạn) + 0 không kết quả + 353 đang giải quyết + 0 chưa đối chiếu được"
    )
    more = reconciliation("vi", COUNTS | {"resolved": 9650}, {"online": 1, "post": 2, "unknown": 3})
    assert "1 trực tuyến + 0 trực tiếp + 2 bưu chính + 3 không rõ hình thức" in more
    assert "30 trễ hạn, 5 không tính hạn" in more


def test_the_field_with_most_late_cases():
    fields = ["land", "civil", "none"]
    frame = answer([(2, 50, 0), (2, 60, 0), (0, 0, 0)], field=fields, field_name=fields)
    assert most_late(frame, "land") == ("land", "land", Share(2, 50))
    most = most_late(frame, "other")
    assert most is not None
    assert most[0] == "civil"
    assert most_late(frame.clear(), "land") is None


def test_the_table_keeps_counts_and_hidden_shares_apart():
    counts = pl.DataFrame(
        {"unit": ["a"], "numerator": [1200], "denominator": [None], "value": [1200.0], "is_hidden": [False]}
    )
    table = table_cells("vi", {"received": counts, "late": answer([(0, 0, 3)], unit=["a"])})
    assert table["text"].to_list() == ["1.200", None]
    assert table["title"][1] == say("vi", "hover.no_data", excluded="3")
    columns = [Column("received", "Nhận", "", "count"), Column("target", "Đạt", "", "word"), Column("late", "Trễ", "")]
    answers = {"received": counts, "late": answer([(1, 4, 0)], unit=["a"])}
    signs = {("a", "late"): Sign("worse", "xấu đi"), ("a", "target"): Sign("fail", "không đạt")}
    numbers, are_shares = table_numbers("vi", [("a", "A")], columns, answers, signs)
    assert numbers.columns == ["Đơn vị", "Nhận", "Trễ", "Trễ (n)", "Đạt", f"Trễ: {say('vi', 'signal.column_word')}"]
    assert numbers.rows() == [("A", 1200, 0.25, 4, "không đạt", "xấu đi")]
    assert are_shares == {"Trễ"}


def test_nothing_counted_is_zero_only_where_there_are_cases():
    counted = pl.DataFrame(
        {
            "unit": ["a"],
            "unit_name": ["A"],
            "numerator": [2],
            "denominator": [None],
            "value": [2.0],
            "is_hidden": [False],
        }
    )
    shares = pl.DataFrame({"unit": ["a", "b", "c"], "unit_name": ["A", "B", "C"], "denominator": [9, 8, 0]})
    filled = with_zeros(counted, shares)
    assert filled.select("unit", "numerator", "is_hidden").rows() == [("a", 2, False), ("b", 0, False)]
