"""A model's life: who began when, what counts on each side of a launch, who is left out, and what may be said."""

from datetime import date

import numpy as np
import pytest

from comparison.life import OUTCOMES, life, whole_months
from comparison.measures import known
from comparison.scope import Period, Root, Viewer
from comparison.statistics.effect import Standing, effect
from comparison.statistics.verdict import Reason, Verdict
from tests.helpers.districts import COMMUNES, MONTHS, loaded, scope
from tests.helpers.examples import case, load, office, write
from warehouse.snapshots import open_snapshot

THREE = "m,x1,,2023-01-01,\nm,x2,,2023-01-01,\nm,x3,,2023-01-01,\n"
PILOTS = ("x1", "x2", "x3")


def told(warehouse, outcome="satisfaction", model="m", **changes):
    return life(warehouse, scope(**changes), Viewer(), model, outcome)


def at(found, unit):
    return [code for code, _ in found.units].index(unit)


def raised(by, units=PILOTS, since=date(2023, 2, 1)):
    return lambda unit, month: by if unit in units and month >= since else 0


def everything(found):
    """All that a page shows of a life."""
    best = found.effect.estimate
    return (
        found.verdict, found.reasons, found.overlapping, found.other_models, found.effect.standing, found.effect.doubts,
        None if best is None else (best.value, best.low, best.high, best.p, best.adopters, best.others),
    )  # fmt: skip


def test_starts_are_months_from_the_first_with_data(tmp_path):
    rows = "m,x1,,2023-01-31,\nm,x2,,2022-02-01,\nm,x3,,2021-10-01,\nm,x4,2023-03-01,,\nm,p1,,2023-01-01,\n"
    warehouse, _, _ = loaded(tmp_path, rows)
    found = told(warehouse)
    assert dict(zip([code for code, _ in found.units], found.starts, strict=True)) == {
        "x1": 12, "x2": 1, "x3": -3, "x4": np.inf, "x5": np.inf, "x6": np.inf, "x7": np.inf, "x8": np.inf,
    }  # fmt: skip
    assert (found.months[0], found.months[-1], len(found.months)) == ("2022-01", "2023-12", MONTHS)
    assert {code for (code, _), begun in zip(found.units, found.adopters, strict=True) if begun} == set(PILOTS)
    assert found.effect.standing[at(found, "x3")] is Standing.BEGUN_BEFORE_DATA
    assert found.effect.standing[at(found, "x4")] is Standing.COMPARED, "planned alone is not begun"


def test_a_model_only_planned_never_adopts(tmp_path):
    warehouse, _, _ = loaded(tmp_path, "m,x1,2023-01-01,,\nm,x2,2023-01-01,,\n")
    found = told(warehouse)
    assert np.isinf(found.starts).all()
    assert not found.adopters.any()
    assert (found.verdict, found.reasons, found.before_after) == (Verdict.TOO_EARLY, (), None)


def test_months_after_the_end_say_nothing(tmp_path):
    ended = "m,x1,,2023-01-01,2023-06-01\nm,x2,,2023-01-01,2023-06-02\nm,x3,,2023-01-01,\n"
    warehouse, cases, _ = loaded(tmp_path, ended)
    found = told(warehouse)
    per_month = [found.n[at(found, unit)].tolist() for unit in PILOTS]
    # Until the last month that was wholly with the model.
    assert per_month == [[8] * 17 + [0] * 7, [8] * 17 + [0] * 7, [8] * 24]
    own = found.effect.own
    assert [own.after_n[at(found, unit)] for unit in PILOTS] == [32, 32, 48]
    late = told(warehouse, "late")
    assert late.effect.own.after_n[at(late, "x1")] == sum(
        row["unit"] == "Xã Một"
        and row["received_at"] >= date(2023, 1, 1)
        and date(2023, 2, 1) <= row["due_at"] < date(2023, 6, 1)
        for row in cases
    )  # fmt: skip


def test_counts_are_those_of_the_exports(tmp_path):
    warehouse, cases, sheets = loaded(tmp_path, THREE, satisfied=raised(3))
    for outcome in OUTCOMES:
        for fields, names in (((), {"Hộ tịch", "Đất đai"}), (("dat-dai",), {"Đất đai"})):
            found = told(warehouse, outcome, fields=() if outcome == "satisfaction" else fields)
            x, n = np.zeros_like(found.x), np.zeros_like(found.n)
            for row in sheets if outcome == "satisfaction" else cases:
                day = row["answered_on"] if outcome == "satisfaction" else row["due_at"]
                if outcome != "satisfaction" and (row["field"] not in names or day >= date(2023, 12, 31)):
                    continue
                place = at(found, COMMUNES[row["unit"]]), (day.year - 2022) * 12 + day.month - 1
                n[place] += 1
                in_time = (
                    outcome != "satisfaction" and row["finished_at"] is not None and row["finished_at"] <= row["due_at"]
                )
                x[place] += row["score"] >= 4 if outcome == "satisfaction" else in_time == (outcome == "on_time")
            assert found.n.tolist() == n.tolist()
            assert found.x.tolist() == x.tolist()


def test_a_rise_is_a_gain_and_less_lateness_is_too(tmp_path):
    warehouse, _, _ = loaded(tmp_path, THREE, satisfied=raised(3), late=raised(4))
    gained, slowed, timely = (told(warehouse, outcome) for outcome in ("satisfaction", "late", "on_time"))
    assert gained.verdict is Verdict.CLEAR_GAIN
    assert slowed.effect.estimate.value > 0, "more of them are late"
    assert slowed.effect.verdict is Verdict.CLEAR_GAIN
    assert (slowed.verdict, timely.verdict) == (Verdict.CLEAR_LOSS, Verdict.CLEAR_LOSS)
    assert timely.effect.estimate.value == pytest.approx(-slowed.effect.estimate.value)
    units, before, after = gained.before_after
    assert (units, after - before) == (3, pytest.approx(3 / 8, abs=0.05))


def test_less_lateness_is_a_gain(tmp_path):
    warehouse, _, _ = loaded(
        tmp_path, THREE, late=lambda unit, month: 0 if unit in PILOTS and month >= date(2023, 1, 1) else 4
    )
    found = told(warehouse, "late")
    assert found.effect.verdict is Verdict.CLEAR_LOSS
    assert found.verdict is Verdict.CLEAR_GAIN


def test_what_was_received_before_the_last_launch_of_a_month_counts_on_neither_side(tmp_path):
    rows = "m,x1,,2023-01-05,\nm,x2,,2023-01-17,\nm,x3,,2023-05-01,\n"
    warehouse, cases, _ = loaded(tmp_path, rows)
    for fields in ((), ("ho-tich",)):
        found = told(warehouse, "on_time", fields=fields)
        own = found.effect.own
        for unit, since, first in (
            ("x1", date(2023, 1, 17), 12),
            ("x2", date(2023, 1, 17), 12),
            ("x3", date(2023, 5, 1), 16),
        ):
            after, before = [0, 0], 0
            for row in cases:
                month = (row["due_at"].year - 2022) * 12 + row["due_at"].month - 1
                if COMMUNES[row["unit"]] != unit or (fields and row["field"] != "Hộ tịch"):
                    continue
                before += first - 6 <= month < first
                if first < month <= first + 6 and row["received_at"] >= since:
                    after[0] += row["finished_at"] is not None and row["finished_at"] <= row["due_at"]
                    after[1] += 1
            place = at(found, unit)
            assert (own.after_x[place], own.after_n[place], own.before_n[place]) == (*after, before)
    # The cases of late January that are due in February would be read without it.
    whole = found.n[at(found, "x2"), 13:19].sum()
    assert own.after_n[at(found, "x2")] < whole


def test_an_overlapping_adopter_is_left_out(tmp_path):
    warehouse, _, _ = loaded(tmp_path, THREE + "n,x1,,2023-07-31,\n", satisfied=raised(3))
    found = told(warehouse)
    assert (found.overlapping, found.other_models) == (("x1",), ("Mô hình hai",))
    assert found.effect.estimate.adopters == 2
    assert found.effect.standing[at(found, "x1")] is not Standing.COUNTED
    assert found.starts[at(found, "x1")] == 12, "it did begin"
    x, n = np.delete(found.x, at(found, "x1"), axis=0), np.delete(found.n, at(found, "x1"), axis=0)
    without = effect(x, n, np.delete(found.starts, at(found, "x1")))
    assert found.effect.estimate == without.estimate
    # The same the other way round: those beside the second model began the first.
    assert set(told(warehouse, model="n").overlapping) == set(PILOTS)


def test_seven_months_apart_is_no_overlap(tmp_path):
    warehouse, _, _ = loaded(tmp_path, THREE + "n,x1,,2023-08-01,\nn,x2,,2022-06-30,\n", satisfied=raised(3))
    assert told(warehouse).overlapping == ()


def test_a_comparison_unit_with_another_model_is_left_out(tmp_path):
    warehouse, _, _ = loaded(tmp_path, THREE + "n,x4,,2022-09-10,\nn,x5,,2022-01-01,\n", satisfied=raised(3))
    found = told(warehouse)
    assert found.overlapping == ("x4",)
    assert (found.effect.estimate.adopters, found.effect.estimate.others) == (3, 4)
    assert found.effect.standing[at(found, "x4")] is Standing.UNUSED


def test_a_plan_overlaps_with_nothing(tmp_path):
    warehouse, _, _ = loaded(tmp_path, THREE + "n,x1,2023-01-01,,\n")
    assert told(warehouse).overlapping == ()


def test_where_too_few_are_left_both_reasons_are_told(tmp_path):
    both = "m,x1,,2023-01-01,\nn,x1,,2023-02-01,\n"
    warehouse, _, _ = loaded(tmp_path, both)
    alone = told(warehouse)
    assert (alone.verdict, alone.reasons) == (Verdict.CANNOT_TELL, (Reason.ONE_PILOT, Reason.OVERLAPPING))


def test_several_adopters_that_all_overlap_have_that_reason_alone(tmp_path):
    warehouse, _, _ = loaded(tmp_path, THREE + "n,x1,,2023-02-01,\nn,x2,,2023-02-01,\n", satisfied=raised(3))
    found = told(warehouse)
    assert (found.verdict, found.reasons) == (Verdict.CANNOT_TELL, (Reason.OVERLAPPING,))
    assert set(found.overlapping) == {"x1", "x2"}


def test_a_single_pilot_and_a_model_of_all(tmp_path):
    everywhere = "".join(f"n,x{number},,2022-05-01,\n" for number in range(1, 9))
    warehouse, _, _ = loaded(tmp_path, "m,x1,,2023-01-01,\n" + everywhere, satisfied=raised(3, ("x1",)))
    single, whole = told(warehouse), told(warehouse, model="n")
    assert (single.verdict, single.reasons) == (Verdict.CANNOT_TELL, (Reason.ONE_PILOT,))
    assert single.effect.single.rank == 1
    assert (whole.verdict, whole.reasons) == (Verdict.CANNOT_TELL, (Reason.NO_COMPARISON,))
    assert whole.before_after[0] == 8


def test_what_is_looked_at_does_not_change_who_is_compared(tmp_path):
    warehouse, _, _ = loaded(tmp_path, THREE, satisfied=raised(3))
    whole = everything(told(warehouse))
    assert whole[0] is Verdict.CLEAR_GAIN
    for changes in (
        {"units": ("x1",)}, {"units": ("x4", "x5")}, {"compare": "previous"}, {"on_time": "resolved"},
        {"period": Period(date(2022, 1, 1), date(2022, 3, 31))}, {"boundaries": "then"},
    ):  # fmt: skip
        assert everything(told(warehouse, **changes)) == whole


def test_every_window_is_calculated_and_the_middle_one_decides(tmp_path):
    warehouse, _, _ = loaded(tmp_path, THREE, satisfied=raised(3))
    found = told(warehouse)
    assert set(found.effects) == {3, 6, 12}
    for window, made in found.effects.items():
        assert made.estimate == effect(found.x, found.n, found.starts, window).estimate
    assert found.effect is found.effects[6]


def test_a_life_needs_whole_months_and_one_kind(tmp_path):
    office()
    rows = [case(received_at=date(2023, 3, day), due_at=date(2023, 3, day)) for day in range(2, 9)]
    load(write(tmp_path / "a.csv", rows, banner=["DANH SÁCH", "Ngày xuất: 20/03/2023"]))
    warehouse = open_snapshot()
    assert whole_months(known(warehouse).root_of["R"]) is None
    with pytest.raises(ValueError, match="whole months"):
        told(warehouse)


def test_a_life_needs_one_kind_and_a_known_outcome(tmp_path):
    warehouse, _, _ = loaded(tmp_path, THREE)
    with pytest.raises(ValueError, match="one kind"):
        told(warehouse, kind=None)
    with pytest.raises(KeyError):
        told(warehouse, "volume")
    nobody = told(warehouse, kind="department")
    assert not nobody.has_data


@pytest.mark.parametrize(
    ("first", "cut_off", "months"),
    [
        (date(2022, 1, 2), date(2023, 12, 31), (date(2022, 1, 1), date(2023, 12, 31))),
        (date(2022, 1, 31), date(2023, 12, 30), (date(2022, 1, 1), date(2023, 11, 30))),
        (date(2023, 11, 30), date(2023, 12, 30), (date(2023, 11, 1), date(2023, 11, 30))),
        (date(2023, 12, 1), date(2023, 12, 30), None),
    ],
)
def test_whole_months_reach_to_the_last_that_is_over(first, cut_off, months):
    assert whole_months(Root("R", "R", first, cut_off)) == (months and Period(*months))
