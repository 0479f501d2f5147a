"""The portfolio of models and their reviews as tables in words: in effect, against plan, lowest, overdue."""

from datetime import date

import polars as pl
import pytest

from comparison.findings.roll_out import kind_to_show, roll_out
from comparison.forms.frames import models, reviews
from comparison.statistics.effect import Standing
from comparison.statistics.verdict import Verdict
from tests.helpers.effects import life_of, planted
from tests.helpers.page_words import NBSP, said

SCHEMA = {
    "model": pl.String, "unit": pl.String, "unit_kind": pl.String, "planned_from": pl.Date, "adopted_from": pl.Date,
    "adopted_to": pl.Date,
}  # fmt: skip


def adoptions(*rows):
    """(model, unit, kind, planned, begun, ended) each; names follow the codes."""
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return frame.with_columns(
        model_name=pl.format("Mô hình {}", "model"), unit_name=pl.format("Xã {}", "unit")
    )  # fmt: skip


def begun(model, unit, day, ended=None, kind="commune", planned=None):
    return model, unit, kind, planned, day, ended


def planned(model, unit, day, kind="commune"):
    return model, unit, kind, day, None, None


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2022, 12, 31), None, {2022, 2023, 2024}),
        (date(2023, 1, 1), None, {2023, 2024}),
        (date(2022, 3, 1), date(2023, 1, 1), {2022}),
        (date(2022, 3, 1), date(2023, 1, 2), {2022, 2023}),
        (date(2021, 3, 1), date(2022, 1, 1), set()),
    ],
)
def test_a_model_is_in_effect_in_every_year_with_a_day_of_it(first, last, years):
    adopted = adoptions(begun("m", "a", first, last), planned("n", "b", date(2022, 1, 1)))
    assert {year for year in range(2022, 2025) if models.in_effect(adopted, year)} == years


def test_models_in_effect_are_counted_once_however_many_units():
    adopted = adoptions(*(begun(model, unit, date(2022, 1, 1)) for model in "mn" for unit in "abc"))
    assert models.in_effect(adopted, 2022) == 2
    assert models.in_effect(adopted, 2021) == 0


def test_the_title_sets_a_year_beside_the_one_before():
    two = [begun(model, "a", date(2022, 1, 1)) for model in "mn"]
    adopted = adoptions(*two, begun("o", "a", date(2024, 1, 1), date(2025, 1, 1)))
    titles = [models.in_effect_title("vi", adopted, year) for year in (2021, 2022, 2023, 2024)]
    assert titles == [
        "Năm 2021 không áp dụng mô hình nào",
        "Năm 2022 áp dụng hai mô hình, năm 2021 chưa có",
        "Năm 2023 áp dụng hai mô hình, bằng năm 2022",
        "Năm 2024 áp dụng ba mô hình, năm 2023 áp dụng hai",
    ]
    assert models.in_effect_title("en", adopted, 2024) == "Models in use: three in 2024, two in 2023"


def test_the_model_to_show_first_is_one_that_can_be_compared():
    day = date(2022, 1, 1)
    everywhere = [begun("all", unit, day) for unit in "abc"]
    alone = [begun("one", "a", day), planned("one", "b", day)]
    some = [begun("two", "a", day), begun("two", "b", day)]
    assert models.model_to_show(adoptions(*everywhere, *alone, *some), 3) == "two"
    assert models.model_to_show(adoptions(*everywhere, *alone, *some), 4) == "all"
    assert models.model_to_show(adoptions(*alone, *everywhere), 3) == "one"
    assert models.model_to_show(adoptions(planned("soon", "a", day)), 3) == "soon"


def test_a_model_is_looked_at_in_the_kind_asked_for_or_where_most_have_it():
    day = date(2022, 1, 1)
    own = adoptions(
        begun("m", "a", day), begun("m", "b", day), begun("m", "p", day, kind="department"),
        planned("m", "q", day, kind="one_stop"), planned("m", "r", day, kind="one_stop"),
        planned("m", "s", day, kind="one_stop"),
    )  # fmt: skip
    assert kind_to_show(own, "department") == "department"
    assert kind_to_show(own, None) == "commune"
    assert kind_to_show(own, "police_desk") == "commune"
    assert kind_to_show(own, "one_stop") == "commune", "nobody of that kind has begun"
    assert kind_to_show(own.filter(pl.col("adopted_from").is_null()), "commune") == "one_stop"


def test_the_roll_out_against_the_plan():
    on = date(2024, 6, 30)
    rolled = roll_out(
        adoptions(
            begun("m", "a", date(2023, 1, 1), planned=date(2023, 1, 1)),
            begun("m", "b", date(2023, 5, 1), date(2024, 6, 30), planned=date(2023, 1, 1)),
            begun("m", "c", date(2023, 5, 1), date(2024, 7, 1)),
            begun("m", "d", date(2024, 7, 1), planned=date(2024, 6, 30)),
            planned("m", "e", date(2024, 6, 30)),
            planned("m", "f", date(2024, 7, 1)),
            planned("n", "a", date(2025, 1, 1)),
        ),
        on,
    )
    assert rolled.rows() == [
        ("m", "Mô hình m", date(2023, 1, 1), 2, 5, 6, 2),
        ("n", "Mô hình n", None, 0, 0, 1, 0),
    ]
    assert rolled.columns[2:] == ["began", "running", "planned_by_now", "planned", "late"]


def test_the_portfolio_in_words():
    rolled = roll_out(
        adoptions(begun("m", "a", date(2023, 1, 5)), planned("n", "b", date(2025, 1, 1))), date(2024, 1, 1)
    )
    reviewed = pl.DataFrame(
        {"model": ["m", "m"], "kind": ["final", "interim"], "held_on": [date(2023, 12, 1), date(2023, 6, 1)]}
    )
    table = models.portfolio_table("vi", rolled, {"m": "Phòng Một"}, reviewed, {"m": Verdict.NOT_CLEAR, "n": None})
    first, second = table.iter_rows()
    assert list(first) == [
        "Mô hình m", "Phòng Một", "05/01/2023", 1, 1, 0, 1, f"{said('models.review_final')} 01/12/2023",
        said("verdict.not_clear"),
    ]  # fmt: skip
    assert list(second) == [
        "Mô hình n", "", said("models.planned_only"), 0, 0, 0, 1, said("models.not_reviewed"), said("verdict.no_data")
    ]  # fmt: skip


def unit_rows(life, adopted):
    table = models.unit_table("vi", adopted, life, date(2024, 6, 30))
    return {row[0]: [cell.replace(NBSP, " ") for cell in row[1:]] for row in table.iter_rows()}, table.columns


def own_adoptions(*units, kind="commune"):
    return adoptions(*(begun("m", unit, date(2024, 1, 1), kind=kind) for unit in units)).with_columns(
        unit_name=pl.col("unit").str.replace("u", "Xã ")
    )


def test_each_unit_has_its_two_sides_and_its_own_change():
    x, n, starts = planted([12] * 3)
    life = life_of(x, n, starts)
    rows, columns = unit_rows(life, own_adoptions("u0", "u1"))
    own, effect = life.effect.own, life.effect
    before = f"{own.before_x[0] / own.before_n[0] * 100:.1f} % (n = 600)".replace(".", ",")
    assert columns[:6] == ["Đơn vị", "Kế hoạch", "Bắt đầu", "Trước", "Sau", "Thay đổi (95 %)"]
    assert rows["X. 0"][:3] == ["", "01/01/2024", before]
    assert f"{effect.change[0] * 100:+.1f} điểm (".replace(".", ",") in rows["X. 0"][4]
    assert rows["X. 0"][5] == said("models.standing_counted")


def test_a_side_of_under_five_answers_is_not_shown():
    x, n, starts = planted([12] * 3)
    n[0, :12] = x[0, :12] = 0
    n[0, 7] = x[0, 7] = 4
    rows, _ = unit_rows(life_of(x, n, starts), own_adoptions("u0", "u1"))
    assert rows["X. 0"][2] == ""
    assert rows["X. 0"][3] != ""
    assert rows["X. 0"][4] == ""
    assert rows["X. 0"][5] not in ("", said("models.standing_counted"))


def test_units_left_out_and_of_other_kinds_say_so():
    x, n, starts = planted([12] * 3)
    life = life_of(x, n, starts, overlapping=("u1",))
    desk = own_adoptions("p", kind="department")
    rows, _ = unit_rows(life, pl.concat([own_adoptions("u0", "u1"), desk]))
    assert rows["X. 1"][5] == said("models.standing_overlapping")
    assert rows["p"][2:] == ["", "", "", said("models.standing_other_kind")]
    only_dates, columns = unit_rows(None, own_adoptions("u0"))
    assert columns == ["Đơn vị", "Kế hoạch", "Bắt đầu"]
    assert only_dates == {"X. 0": ["", "01/01/2024"]}


@pytest.mark.parametrize("standing", [Standing.TOO_EARLY, Standing.NO_COMPARISON, Standing.BEGUN_BEFORE_DATA])
def test_each_standing_has_words_of_its_own(standing):
    starts = {Standing.TOO_EARLY: 22, Standing.NO_COMPARISON: 12, Standing.BEGUN_BEFORE_DATA: 1}[standing]
    x, n, begun_at = planted([starts] * 3)
    units = 4 if standing is Standing.NO_COMPARISON else 15
    life = life_of(x[:units], n[:units], begun_at[:units])
    assert life.effect.standing[0] is standing
    rows, _ = unit_rows(life, own_adoptions("u0", "u1"))
    assert rows["X. 0"][-1] == {
        Standing.TOO_EARLY: "còn sớm", Standing.NO_COMPARISON: "không có nơi để so",
        Standing.BEGUN_BEFORE_DATA: "bắt đầu trước khi có số liệu",
    }[standing]  # fmt: skip


# review, day, criterion, unit, score of the highest.
SCORES = [
    ("r2", date(2024, 6, 1), "a", "x1", 9.0, 20.0), ("r2", date(2024, 6, 1), "b", "x1", 9.0, 10.0),
    ("r1", date(2023, 6, 1), "b", "x1", 5.0, 10.0), ("r1", date(2023, 6, 1), "a", "x1", 8.0, 20.0),
    ("r1", date(2023, 6, 1), "b", "x2", 3.0, 10.0), ("r1", date(2023, 6, 1), "a", "x2", None, 20.0),
]  # fmt: skip
LABELS = {"r1": "Sơ kết 01/06/2023", "r2": "Tổng kết 01/06/2024"}


def scores(rows=SCORES):
    frame = pl.DataFrame(
        rows, schema=["review", "held_on", "criterion", "unit", "score", "highest_score"], orient="row"
    )
    return frame.with_columns(
        group_name=pl.lit("Nhóm"), criterion_name=pl.format("Tiêu chí {}", "criterion"),
        unit_name=pl.format("Xã {}", "unit"),
    )  # fmt: skip


def test_cells_are_the_scores_over_the_highest_ones():
    cells = reviews.criteria_cells(scores(), "vi", LABELS)
    assert cells.select("review", "criterion_name", "value", "n_text").rows() == [
        ("Sơ kết 01/06/2023", "Tiêu chí a", pytest.approx(8 / 20), "1 đơn vị"),
        ("Sơ kết 01/06/2023", "Tiêu chí b", pytest.approx(8 / 20), "2 đơn vị"),
        ("Tổng kết 01/06/2024", "Tiêu chí a", pytest.approx(9 / 20), "1 đơn vị"),
        ("Tổng kết 01/06/2024", "Tiêu chí b", pytest.approx(9 / 10), "1 đơn vị"),
    ]


def test_the_lowest_is_marked_only_where_it_is_alone():
    cells = reviews.criteria_cells(scores(), "vi", LABELS)
    assert cells["is_lowest"].to_list() == [False, False, True, False]
    assert reviews.lagging(cells) == "Tiêu chí a"
    tied = reviews.criteria_cells(scores([SCORES[2], (*SCORES[3][:4], 10.0, 20.0)]), "vi", LABELS)
    assert tied["is_lowest"].to_list() == [False, False]
    assert reviews.lagging(tied) is None
    assert reviews.lagging(cells.clear()) is None
    assert reviews.lagging(cells.head(2)) is None, "the last review has none alone, whatever others have"


def test_every_score_stands_in_the_table():
    table = reviews.scores_table(scores(), "vi")
    assert table.height == len(SCORES)
    assert table.columns == ["Lần đánh giá", "Ngày", "Đơn vị", "Nhóm", "Tiêu chí", "Điểm", "Điểm cao nhất"]


def test_conclusions_overdue_come_first():
    on = date(2024, 6, 30)
    first, last = date(2023, 6, 1), date(2024, 6, 1)
    concluded = pl.DataFrame(
        [
            ("Sơ kết", first, 1, "đã xong dù trễ", None, date(2023, 12, 1), "done"),
            ("Sơ kết", first, 2, "trễ", "Xã Một", date(2024, 6, 29), "in_progress"),
            ("Sơ kết", first, 3, "đến hạn hôm nay", None, on, "not_started"),
            ("Tổng kết", last, 1, "không có hạn", None, None, "not_started"),
            ("Tổng kết", last, 2, "trễ hơn", None, date(2024, 6, 2), "not_started"),
        ],
        schema={
            "review_title": pl.String, "held_on": pl.Date, "number": pl.Int64, "text": pl.String,
            "unit_name": pl.String, "due_on": pl.Date, "state": pl.String,
        },
        orient="row",
    )  # fmt: skip
    table, late = reviews.conclusions_table(concluded, on, "vi")
    assert late == 2
    everywhere = said("models.all_units")
    overdue, not_started, done = (said(f"models.state_{state}") for state in ("late", "not_started", "done"))
    assert table.rows() == [
        ("Tổng kết (01/06/2024)", "trễ hơn", everywhere, "02/06/2024", overdue),
        ("Sơ kết (01/06/2023)", "trễ", "X. Một", "29/06/2024", overdue),
        ("Tổng kết (01/06/2024)", "không có hạn", everywhere, "", not_started),
        ("Sơ kết (01/06/2023)", "đã xong dù trễ", everywhere, "01/12/2023", done),
        ("Sơ kết (01/06/2023)", "đến hạn hôm nay", everywhere, "30/06/2024", not_started),
    ]
