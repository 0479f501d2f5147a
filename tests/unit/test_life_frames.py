"""A model's life by months since each unit's launch: adopters beside those that had not begun, month by month."""

from datetime import date

import polars as pl
import pytest

from comparison.forms.frames import life
from tests.helpers.page_words import NBSP, said
from tests.helpers.shares import answer

# unit, month, satisfied of 100.
SHEETS = [
    ("a", "2024-01", 60), ("a", "2024-02", 80), ("a", "2024-03", 90),
    ("b", "2024-01", 70), ("b", "2024-02", 71), ("b", "2024-03", 95),
    ("c", "2024-01", 50), ("c", "2024-02", 52), ("c", "2024-03", 54),
]  # fmt: skip


def by_unit_month(rows=SHEETS):
    units, at, x = zip(*rows, strict=True)
    return answer([(count, 100, 0) for count in x], unit=units, unit_name=[f"Xã {unit}" for unit in units], month=at)


def adopted(*rows):
    units, starts, ends = zip(*rows, strict=True)
    return pl.DataFrame(
        {
            "model": ["m"] * len(units), "model_name": ["M"] * len(units), "unit": units,
            "unit_name": [f"Xã {unit}" for unit in units], "adopted_from": starts, "adopted_to": ends,
        },
        schema_overrides={"adopted_to": pl.Date},
    )  # fmt: skip


def points(frame, role):
    return {
        since: (value, n)
        for since, value, n in frame.filter(pl.col("role") == role).select("since", "value", "n").iter_rows()
    }


def test_staggered_adopters_beside_units_that_had_not_begun():
    frame = life.since_launch_points(
        by_unit_month(), adopted(("a", date(2024, 2, 15), None), ("b", date(2024, 3, 1), None))
    )
    chosen = points(frame, "chosen")
    assert chosen[0] == (pytest.approx((0.80 + 0.95) / 2), 2)
    assert chosen[-1] == (pytest.approx((0.60 + 0.71) / 2), 2)
    # b alone stands at -2 and a alone at 1: drawn in another way, as n says.
    assert (chosen[-2], chosen[1]) == ((pytest.approx(0.70), 1), (pytest.approx(0.90), 1))
    not_yet = points(frame, "comparison")
    # Beside a in February: b, which begins in March, and c. Beside b in March: c alone.
    assert not_yet[0] == (pytest.approx(((0.71 + 0.52) / 2 + 0.54) / 2), 2)
    # Beside a in March: c; b has begun by then.
    assert not_yet[1] == (pytest.approx(0.54), 1)


def test_a_unit_leaves_the_comparison_when_it_begins_another_model():
    begins = adopted(("a", date(2024, 2, 1), None))
    without = points(life.since_launch_points(by_unit_month(), begins), "comparison")
    others = pl.DataFrame({"unit": ["b", "c"], "adopted_from": [date(2024, 3, 15), date(2023, 7, 31)]})
    found = points(life.since_launch_points(by_unit_month(), begins, others), "comparison")
    # b begins another in March; what c began more than six months before the launch is how it always worked.
    assert found == {**without, 1: (pytest.approx(0.54), 1)}
    assert without[1] == (pytest.approx((0.95 + 0.54) / 2), 2)


def test_one_wave_never_serves_as_its_own_comparison():
    frame = life.since_launch_points(
        by_unit_month(), adopted(("a", date(2024, 3, 1), None), ("b", date(2024, 3, 1), None))
    )
    assert points(frame, "comparison")[-1] == (pytest.approx(0.52), 1)


def test_a_model_of_one_unit_and_a_model_of_all():
    one = life.since_launch_points(by_unit_month(), adopted(("a", date(2024, 2, 1), None)))
    assert set(points(one, "chosen")) == {-1, 0, 1}
    all_units = life.since_launch_points(by_unit_month(), adopted(*((unit, date(2024, 2, 1), None) for unit in "abc")))
    assert points(all_units, "comparison") == {}
    assert life.most_units(all_units.filter(pl.col("role") == "comparison")) == 0
    assert life.most_units(all_units.filter(pl.col("role") == "chosen")) == 3


def test_months_given_up_or_hidden_leave_gaps():
    hidden = by_unit_month().with_columns(
        value=pl.when((pl.col("unit") == "a") & (pl.col("month") == "2024-02")).then(None).otherwise(pl.col("value"))
    )
    frame = life.since_launch_points(hidden, adopted(("a", date(2024, 1, 1), None)))
    assert points(frame, "chosen")[1] == (None, None)
    worded = life.since_launch_frame(frame, "vi", "hover.satisfied")
    assert worded.filter(pl.col("value").is_null())["hover"].unique().to_list() == [""]
    ended = life.since_launch_points(by_unit_month(), adopted(("a", date(2024, 1, 1), date(2024, 3, 1))))
    assert set(points(ended, "chosen")) == {0, 1}


def test_words_and_table_of_a_models_life():
    frame = life.since_launch_points(by_unit_month(), adopted(("a", date(2024, 2, 1), None)))
    hovers = life.since_launch_frame(frame, "vi", "hover.satisfied")["hover"].to_list()
    assert any(text.startswith("X. a, tháng +1\n90 hài lòng trong 100 phiếu") for text in hovers)
    assert any("2 đơn vị chưa làm trong cùng tháng" in text for text in hovers)
    table = life.since_launch_table(frame, "vi")
    assert table.columns == life.table_headings("vi")
    assert table.row(0) == (-1, pytest.approx(0.6), 1, pytest.approx(0.6), 2)
    assert life.since_launch_points(by_unit_month().clear(), adopted(("a", date(2024, 2, 1), None))).is_empty()


def test_months_long_before_the_launch_are_left_out():
    frame = life.since_launch_points(by_unit_month(), adopted(("a", date(2024, 3, 1), None)), before=1)
    assert set(points(frame, "chosen")) == {-1, 0}


def test_the_thin_lines_are_those_of_the_units_chosen():
    frame = life.since_launch_points(
        by_unit_month(), adopted(("a", date(2024, 2, 1), None), ("b", date(2024, 2, 1), None))
    )
    one = life.lines_of_units(frame, ["b", "c"])
    assert one.filter(pl.col("role") == "unit")["line"].unique().to_list() == ["unit b"]
    assert points(one, "chosen") == points(frame, "chosen")
    assert points(one, "comparison") == points(frame, "comparison")


def test_a_share_of_under_five_answers_is_no_share():
    few = answer([(3, 4, 0), (5, 5, 0), (0, 0, 0)], unit=list("abc"), month=["2024-01"] * 3)
    assert life.share_by_month(few)["value"].to_list() == [None, 1.0, None]


def test_volume_is_a_part_of_the_units_own_usual_month():
    counted = pl.DataFrame(
        {"unit": ["a", "a", "b", "b"], "unit_name": ["Xã a"] * 2 + ["Xã b"] * 2, "month": ["2024-01", "2024-02"] * 2,
         "numerator": [10, 30, 500, 500], "denominator": [None] * 4, "value": [10.0, 30.0, 500.0, 500.0]},
        schema_overrides={"denominator": pl.Int64},
    )  # fmt: skip
    index = life.volume_index(counted)
    assert index["value"].to_list() == [0.5, 1.5, 1.0, 1.0]
    frame = life.since_launch_points(index, adopted(("a", date(2024, 2, 1), None)))
    hovers = life.since_launch_frame(frame, "vi", "")["hover"].to_list()
    month, volume = said("models.month_since", since="0"), said("models.hover_volume", n="30", share="150 %")
    assert f"X. a, {month}\n{volume}" in [hover.replace(NBSP, " ") for hover in hovers]
