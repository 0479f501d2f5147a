"""A measure's answer becomes what a chart takes: in order, in words, nothing made up where there is nothing."""

from datetime import date

import polars as pl
import pytest

from comparison.figures.volume.months import received_and_resolved
from comparison.figures.volume.part_bars import largest_first
from comparison.findings.cells import cells_standing_out
from comparison.forms.frames import lateness, months, satisfaction, shares
from comparison.forms.frames.volume import count_text
from comparison.measures.on_time import late_share
from comparison.scope import Field, Known, Period, Root, Unit
from comparison.statistics import wilson
from comparison.wording import say
from comparison.wording.findings import Share, share_of
from tests.helpers.shares import answer


def test_months_reach_back_a_year_but_never_before_the_data():
    covered = Period(date(2021, 1, 1), date(2025, 6, 30))
    assert months.months_shown(Period(date(2025, 4, 1), date(2025, 6, 30)), covered) == Period(
        date(2024, 7, 1), date(2025, 6, 30)
    )
    assert months.months_shown(Period(date(2021, 2, 1), date(2021, 3, 15)), covered) == Period(
        date(2021, 1, 1), date(2021, 3, 15)
    )
    whole = Period(date(2021, 1, 1), date(2025, 12, 31))
    assert months.months_shown(whole, covered) == covered
    for outside in (Period(date(2019, 1, 1), date(2019, 2, 1)), Period(date(2026, 1, 1), date(2026, 2, 1))):
        assert months.months_shown(outside, covered) == outside
    assert months.month_codes(Period(date(2024, 12, 31), date(2025, 2, 1))) == ["2024-12", "2025-01", "2025-02"]
    assert months.is_unfinished(Period(date(2025, 1, 1), date(2025, 1, 30)))
    assert not months.is_unfinished(covered)


def test_a_share_without_cases_has_no_text():
    worded = shares.in_words(answer([(58, 142, 0), (0, 0, 7)]), "vi", "hover.late")
    assert worded["bare"].to_list() == ["40,8", ""]
    assert worded["said"][0].startswith(say("vi", "hover.late", x="58", n="142", share="40,8"))
    assert worded["said"][1] == say("vi", "hover.no_data", excluded="7")
    assert "0 %" not in worded["text"][1]


def test_a_hidden_share_tells_nothing():
    empty = answer([(0, 0, 0)]).with_columns(
        pl.lit(True).alias("is_hidden"),
        *(pl.lit(None, dtype=pl.Int64).alias(name) for name in ("numerator", "denominator")),
    )
    assert shares.in_words(empty, "vi", "hover.satisfied")["text"].to_list() == [""]
    assert share_of(empty) == Share(0, 0, is_hidden=True)


def known(*units):
    return Known(
        snapshot="s",
        snapshots=("s",),
        roots=(Root("r", "R", date(2024, 1, 1), date(2024, 12, 31)),),
        units=tuple(Unit(code, code, kind, "r") for code, kind in units),
        fields=(),
        procedures=(),
        channels=(),
        instruments=(),
    )


def cells(*rows):
    units, fields, late, n = zip(*rows, strict=True)
    return answer(
        [(x, count, 0) for x, count in zip(late, n, strict=True)],
        unit=units,
        unit_name=units,
        field=fields,
        field_name=fields,
    )


def test_cells_are_compared_with_units_of_their_kind_and_field():
    there = known(("a", "commune"), ("b", "commune"), ("c", "commune"), ("d", "department"))
    frame = cells(
        ("a", "land", 60, 200),
        ("b", "land", 4, 200),
        ("c", "land", 4, 200),
        ("d", "land", 90, 200),
        ("a", "civil", 2, 24),
    )
    found = cells_standing_out(frame, there, ["a", "b", "c", "d"], ())
    assert [(unit, field) for unit, field, _ in found] == [("a", "land")]
    assert found[0][2].others == Share(8, 400)
    assert cells_standing_out(frame, there, ["b"], ()) == []
    assert cells_standing_out(frame, there, ["a"], ("civil",)) == []
    assert cells_standing_out(frame.clear(), there, ["a"], ()) == []


def test_on_time_turned_round_is_late():
    turned = late_share(answer([(9, 10, 1)]), "resolved")
    assert turned.select("numerator", "denominator", "excluded").row(0) == (1, 10, 1)
    low, high = wilson(1, 10)
    assert turned.select("value", "low", "high").row(0) == pytest.approx((0.1, float(low), float(high)))
    same = answer([(9, 10, 1)])
    assert late_share(same, "due") is same


def test_land_comes_first_then_the_most_late():
    fields = tuple(Field(code, code, code.upper()) for code in ("a", "b", "dat-dai", "none", "undated"))
    frame = cells(("u", "b", 3, 30), ("u", "a", 3, 30), ("u", "dat-dai", 1, 30))
    undated = answer([(0, 0, 5)], unit=["u"], unit_name=["u"], field=["undated"], field_name=["undated"])
    shown = lateness.fields_shown(pl.concat([frame, undated.select(frame.columns)]), fields)
    assert [code for code, _ in shown] == ["dat-dai", "a", "b", "undated"]


def test_units_without_due_dates_are_named_and_have_no_rate():
    by_unit = answer([(3, 30, 0), (0, 0, 12), (9, 40, 1)], unit=["a", "b", "c"], unit_name=["Xã A", "Phường B", "Xã C"])
    assert lateness.without_due_dates(by_unit) == ["P. B"]
    bars = lateness.late_bars(by_unit, "vi")
    assert bars["name"].to_list() == ["X. C", "X. A"]
    assert bars["is_marked"].to_list() == [True, False]
    assert not lateness.has_room_beside(bars)
    few = bars.with_columns(value=pl.Series([9, 1]), is_marked=pl.Series([True, False]))
    assert not lateness.has_room_beside(few)
    heat = lateness.heat_cells(by_unit.with_columns(field=pl.lit("f"), field_name=pl.lit("F")), "vi")
    assert heat["value"].to_list()[1] is None
    assert heat["hover"][1] == "P. B – F\n" + say("vi", "hover.no_data", excluded="12")


def test_procedures_with_few_cases_have_no_rate():
    table = lateness.procedures(
        answer([(1, 4, 0), (2, 50, 0), (0, 0, 3)], procedure_name=["ít", "nhiều", "không hẹn"]), "vi"
    )
    assert [row[:3] for row in table.rows()] == [("nhiều", "2", "50"), ("ít", "1", "4"), ("không hẹn", "0", "0")]
    assert [row[3] for row in table.rows()] == ["4,0\N{NO-BREAK SPACE}%", "n<5", say("vi", "lateness.no_data")]


def test_months_without_cases_are_zero_in_volume_and_a_gap_in_satisfaction():
    by_month = pl.DataFrame({"month": ["2024-01", "2024-03"], "numerator": [5, 7], "value": [5.0, 7.0]})
    axis = ["2024-01", "2024-02", "2024-03"]
    paired = received_and_resolved(by_month, by_month.head(1), axis, "vi")
    assert paired.select("first", "second").rows() == [(5.0, 5.0), (0.0, 0.0), (7.0, 0.0)]
    line = satisfaction.month_line(
        answer([(9, 10, 0), (1, 4, 0)], month=["2024-01", "2024-03"]), axis, "vi", "hover.satisfied"
    )
    assert line["value"].to_list() == [0.9, None, None]
    assert line["hover"][1] == "02/2024\n" + say("vi", "overview.none_yet")
    assert count_text("vi", 0.2) == ""
    assert count_text("vi", 2000.0) == "2.000"


def test_largest_first_and_half_marked():
    bars = largest_first(
        pl.DataFrame({"unit": ["a", "b", "c"], "unit_name": ["Xã A", "Xã B", "Xã C"], "numerator": [1, 8, 0]}),
        "unit",
        "vi",
    )
    assert bars["name"].to_list() == ["X. B", "X. A"]
    assert bars["is_marked"].to_list() == [True, False]
    procedures = pl.DataFrame({"procedure": list("abcd"), "procedure_name": list("abcd"), "numerator": [1, 5, 4, 2]})
    assert largest_first(procedures, "procedure", "vi")["is_marked"].to_list() == [True, True, False, False]
    assert largest_first(procedures.with_columns(numerator=0), "procedure", "vi").is_empty()


def test_units_keep_the_order_asked_and_leave_out_those_without_cases():
    frame = satisfaction.unit_intervals(
        answer([(1, 30, 0), (2, 30, 0), (0, 0, 0)], unit=["a", "b", "c"], unit_name=["A", "B", "C"]),
        [("b", "Xã B"), ("c", "Xã C"), ("a", "Xã A"), ("d", "Xã D")],
        "vi",
        "hover.satisfied",
    )
    assert frame["name"].to_list() == ["X. B", "X. A"]
