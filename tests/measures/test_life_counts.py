"""Counts by unit and month, nothing suppressed, against plain loops over the exports and over the district's cases."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import pytest

import tests.helpers.slow_twins as twins
from comparison.life.counts import due_of_received_since, monthly
from comparison.scope import Period, Scope, Viewer
from tests.helpers.random_exports import Made, load_made, random_answers, random_exports
from warehouse.snapshots import open_snapshot

UNITS = ("p1", "x3", "x1", "x2")
PERIOD = Period(date(2023, 1, 1), date(2023, 6, 30))
MONTHS = tuple(f"2023-{month:02}" for month in range(1, 7))


def slow_due_of_received_since(cases: Sequence[twins.Case], since: date, first: date, last: date) -> tuple[int, int]:
    """Of the cases due from a day to another and received on a third or later: (on time, all)."""
    in_time = of = 0
    for case in cases:
        judged = case.outcome in ("finished", "open") and case.vanished is None and not case.faults
        if not judged or case.due is None or case.due >= case.cut_off or case.received < since:
            continue
        # What is due before the day was received before it.
        if first <= case.due <= last:
            of += 1
            in_time += case.outcome == "finished" and case.finished is not None and case.finished <= case.due
    return in_time, of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("counts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        rng = random.Random(3)
        exports = random_exports(rng, 400)
        yield load_made(folder, exports, random_answers(rng, exports))


@pytest.fixture(autouse=True)
def made_data(made: Made, own_data: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOISANH_DATA", str(made.folder / "data"))


def scope(**changes: object) -> Scope:
    return Scope(snapshot="latest", root="R", period=PERIOD, compare="none", instrument="TONG").with_(**changes)


def ends(month: str) -> tuple[date, date]:
    first = date(int(month[:4]), int(month[5:]), 1)
    return first, (first + timedelta(31)).replace(day=1) - timedelta(1)


@pytest.mark.parametrize("name", ["on_time_due", "late"])
@pytest.mark.parametrize("fields", [(), ("dat-dai",), ("dat-dai", "ho-tich")])
def test_shares_of_cases_are_what_the_slow_twin_counts(made, name, fields):
    x, n = monthly(open_snapshot(), scope(fields=fields), Viewer(), name, UNITS, MONTHS)
    assert x.shape == n.shape == (len(UNITS), len(MONTHS))
    for row, unit in enumerate(UNITS):
        own = [
            case for case in made.cases if case.group("unit") == unit and (not fields or case.group("field") in fields)
        ]
        for column, month in enumerate(MONTHS):
            slow = twins.OF_CASES[name](own, *ends(month))
            expected = (0, 0) if slow is None else (slow.numerator, slow.denominator)
            assert (x[row, column], n[row, column]) == expected
    assert n.sum() > 20


def test_satisfied_answers_are_counted_however_few(made):
    x, n = monthly(open_snapshot(), scope(), Viewer(), "satisfaction", UNITS, MONTHS)
    for row, unit in enumerate(UNITS):
        own = [sheet for sheet in made.sheets if sheet.groups["unit"] == unit and sheet.instrument == "TONG"]
        for column, month in enumerate(MONTHS):
            slow = twins.satisfaction(own, *ends(month))
            assert (x[row, column], n[row, column]) == ((0, 0) if slow is None else (slow.numerator, slow.denominator))
    assert 0 < n[n > 0].min() < 5, "some are so few that a page would hide them"


@pytest.mark.parametrize("since", [date(2023, 1, 1), date(2023, 2, 14), date(2023, 4, 30), date(2023, 8, 1)])
@pytest.mark.parametrize("asked", [{}, {"fields": ("ho-tich",)}, {"channels": ("online", "post")}])
def test_what_was_received_since_a_day_is_what_the_slow_twin_counts(made, since, asked):
    x, n = due_of_received_since(open_snapshot(), scope(**asked), Viewer(), since, UNITS, MONTHS)
    for row, unit in enumerate(UNITS):
        own = [
            case for case in made.cases
            if case.group("unit") == unit
            and ("fields" not in asked or case.group("field") in asked["fields"])
            and ("channels" not in asked or case.group("channel") in asked["channels"])
        ]  # fmt: skip
        for column, month in enumerate(MONTHS):
            assert (x[row, column], n[row, column]) == slow_due_of_received_since(own, since, *ends(month))
    assert (n.sum() > 0) == (since < date(2023, 6, 1))


def test_since_long_ago_it_is_what_the_measure_counts(made):
    found = due_of_received_since(open_snapshot(), scope(), Viewer(), date(2000, 1, 1), UNITS, MONTHS)
    assert np.array_equal(found, monthly(open_snapshot(), scope(), Viewer(), "on_time_due", UNITS, MONTHS))


def test_units_and_months_that_are_not_asked_for_are_left_out(made):
    few = due_of_received_since(open_snapshot(), scope(), Viewer(), date(2023, 1, 1), ("x2", "x1"), MONTHS[1:3])
    all_of_them = due_of_received_since(open_snapshot(), scope(), Viewer(), date(2023, 1, 1), UNITS, MONTHS)
    for part, whole in zip(few, all_of_them, strict=True):
        assert np.array_equal(part, whole[[3, 2]][:, 1:3])


def test_the_district_counts_every_case_of_its_warehouse(small_district):
    warehouse = open_snapshot()
    units = ("xa-my-khanh-thuong", "xa-an-thuan-tay")
    months = tuple(f"2024-{month:02}" for month in range(1, 7))
    asked = Scope(
        snapshot="latest", root="district", period=Period(date(2024, 1, 1), date(2024, 6, 30)), compare="none",
        fields=("dat-dai",),
    )  # fmt: skip
    since = date(2024, 1, 17)
    found = due_of_received_since(warehouse, asked, Viewer(), since, units, months)
    rows = warehouse.read(
        "select units.code as unit, received_on, due_on, finished_on, outcome, is_faulty, vanished_on, cut_off "
        "from cases join units on units.unit_id = cases.unit_id join fields on fields.field_id = cases.field_id "
        "where fields.code = 'dat-dai'",
        {},
    ).to_dicts()
    for at_unit, unit in enumerate(units):
        for at_month, month in enumerate(months):
            in_time = due = 0
            for row in rows:
                if row["unit"] != unit or row["due_on"] is None or f"{row['due_on']:%Y-%m}" != month:
                    continue
                if row["is_faulty"] or row["vanished_on"] is not None or row["outcome"] not in ("finished", "open"):
                    continue
                if row["received_on"] < since or row["due_on"] >= row["cut_off"]:
                    continue
                due += 1
                in_time += row["outcome"] == "finished" and row["finished_on"] <= row["due_on"]
            assert (found[0][at_unit, at_month], found[1][at_unit, at_month]) == (in_time, due)
    assert found[1].sum() > 20
