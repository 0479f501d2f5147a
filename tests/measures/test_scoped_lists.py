"""The lists of late cases and of volume against their slow twins, on made exports that the ETL loads."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import tests.helpers.slow_lists as twins
from comparison.measures import lateness_lists, measure, volume_lists
from comparison.scope import Period, Scope, Viewer
from etl import reference
from tests.helpers.examples import add_profile, as_of, begun, case, load, office, write
from tests.helpers.random_exports import UNDER, by_code, random_exports
from tests.helpers.slow_twins import Case, cases_of
from warehouse.snapshots import Warehouse, open_snapshot

MONTHS, DAYS = Period(date(2023, 1, 1), date(2023, 5, 31)), Period(date(2023, 2, 10), date(2023, 6, 20))
CAUSES = ["", "", *reference.read("late_causes")["name"][:3]]
FILTERS: list[dict[str, Any]] = [
    {"period": MONTHS},
    {"period": DAYS},
    {"period": MONTHS, "units": ("cum",)},
    {"period": MONTHS, "fields": ("dat-dai",), "channels": ("online", "post")},
    {"period": MONTHS, "procedures": ("Thủ tục A",)},
    {"period": DAYS, "procedures": ("Thủ tục B",), "units": ("x1",)},
]


class Made:
    """A loaded folder, and its cases as a twin judges them."""

    def __init__(self, folder: Path, cases: list[Case]) -> None:
        self.folder, self.cases = folder, cases


def with_more(row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A row with a cause of lateness, here and there with a letter in good time."""
    sent = row["apology_sent_on"] - timedelta(days=rng.choice([0, 1, 3])) if row["apology_sent_on"] else None
    return {**row, "late_cause": rng.choice(CAUSES) or None, "apology_sent_on": sent, "received_time": None}


def with_times(row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A row of a system that writes times, here and there only the day."""
    at = (rng.randint(7, 17), rng.randint(0, 59)) if rng.random() < 0.9 else None
    moment = datetime.combine(row["received_at"], time(*at)) if at and at != (0, 0) else row["received_at"]
    return {**row, "received_at": moment, "received_time": at}


def of_twin(row: dict[str, Any]) -> dict[str, Any]:
    received = row["received_at"]
    return by_code({**row, "received_at": received.date() if isinstance(received, datetime) else received})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("lists")
    rng = random.Random(4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        office()
        add_profile("khac", source="khac", recognise_text=["Phần mềm khác"], complete=True)
        exports, paths = [], []
        for number, export in enumerate(random_exports(rng, 500)):
            rows = [with_more(row, rng) for row in export.rows]
            # Only one of the two systems writes times.
            rows = [with_times(row, rng) for row in rows] if export.source == "thu" else rows
            banner = ["Phần mềm khác"] if export.source == "khac" else []
            if export.span:
                banner.append("Từ ngày {:%d/%m/%Y} đến ngày {:%d/%m/%Y}".format(*export.span))
            banner.append(f"Ngày xuất: {export.extracted_on:%d/%m/%Y}")
            paths.append(write(folder / f"{number}.csv", rows, banner=banner))
            exports.append(replace(export, rows=[of_twin(row) for row in rows]))
        assert load(*paths)["exit"] == 0
        yield Made(folder, cases_of(exports))


@pytest.fixture
def warehouse(made: Made, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    monkeypatch.setenv("DOISANH_DATA", str(made.folder / "data"))
    return open_snapshot()


@pytest.fixture(params=FILTERS, ids=lambda filters: "-".join(filters) + f"-{filters['period'].starts_on}")
def scope(warehouse: Warehouse, request: pytest.FixtureRequest) -> Scope:
    return Scope(warehouse.id, "R", compare="none", **request.param)


def asked(made: Made, scope: Scope) -> list[Case]:
    units = set().union(*(UNDER.get(unit, {unit}) for unit in scope.units or ("R",)))
    wanted = {"field": scope.fields, "procedure": scope.procedures, "channel": scope.channels}
    return [
        case
        for case in made.cases
        if case.group("unit") in units and all(not codes or case.group(of) in codes for of, codes in wanted.items())
    ]


def bounds(scope: Scope) -> tuple[date, date]:
    return scope.period.starts_on, scope.period.ends_on


def test_days_late(made: Made, warehouse: Warehouse, scope: Scope) -> None:
    found = lateness_lists.days_late(warehouse, scope, Viewer())
    assert found.rows() == sorted(twins.days_late(asked(made, scope), *bounds(scope)).items())
    assert found.columns == ["days", "n"]
    assert found["n"].sum() == measure(warehouse, scope, Viewer(), "late_resolved")["numerator"].item() > 0


def test_statutory_time_used(made: Made, warehouse: Warehouse, scope: Scope) -> None:
    found = lateness_lists.statutory_time_used(warehouse, scope, Viewer())
    wanted = twins.statutory_time_used(asked(made, scope), *bounds(scope))
    assert {(low, high): n for low, high, n in found.rows()} == wanted
    assert found["share_from"].is_sorted()
    assert found["share_to"].null_count() == 1


def test_late_causes(made: Made, warehouse: Warehouse, scope: Scope) -> None:
    found = lateness_lists.late_causes(warehouse, scope, Viewer())
    assert dict(found.rows()) == twins.late_causes(asked(made, scope), *bounds(scope))
    assert found["cause"][-1] == ""
    assert found["n"][:-1].is_sorted(descending=True)
    assert found["n"].sum() == measure(warehouse, scope, Viewer(), "late")["numerator"].item()


def test_apologies(made: Made, warehouse: Warehouse, scope: Scope) -> None:
    found = lateness_lists.apologies(warehouse, scope, Viewer())
    assert {row[0]: row[2:] for row in found.rows()} == twins.apologies(asked(made, scope), *bounds(scope))
    assert found.columns == ["unit", "unit_name", "late", "with_letter", "sent_before_due"]
    of_all = measure(warehouse, scope, Viewer(), "apology_share")
    assert (found["with_letter"].sum(), found["late"].sum()) == of_all.row(0)[:2]


def test_due_dates_moved(made: Made, warehouse: Warehouse, scope: Scope) -> None:
    found = lateness_lists.due_moved(warehouse, scope, Viewer())
    assert {row[0]: row[2:] for row in found.rows()} == twins.due_moved(asked(made, scope), *bounds(scope))
    assert found.columns == ["unit", "unit_name", "n", "moved", "on_time_first", "on_time_now"]
    of_all = measure(warehouse, scope, Viewer(), "on_time_due")
    assert (found["on_time_now"].sum(), found["n"].sum()) == of_all.row(0)[:2]


def test_finished_on_the_very_day_of_either_due_date(tmp_path: Path) -> None:
    office()
    first, moved = date(2023, 3, 10), date(2023, 3, 20)
    before = [case(case_code=f"H-{n}", due_at=first) for n in range(4)]
    finished = [first, first + timedelta(1), moved, moved + timedelta(1)]
    after = [{**row, "due_at": moved, "finished_at": day} for row, day in zip(before, finished, strict=True)]
    load(write(tmp_path / "a.csv", before, banner=as_of("2023-03-05")))
    load(write(tmp_path / "b.csv", after, banner=as_of("2023-04-05")))
    scope = Scope(open_snapshot().id, "R", Period(date(2023, 3, 1), date(2023, 3, 31)), compare="none")
    assert lateness_lists.due_moved(open_snapshot(), scope, Viewer()).rows() == [("x1", "Xã Một", 4, 4, 1, 3)]


def test_where_the_late_cases_are(made: Made, warehouse: Warehouse, scope: Scope) -> None:
    found = lateness_lists.half_of_late(warehouse, scope, Viewer())
    wanted = twins.late_by_procedure(asked(made, scope), *bounds(scope))
    assert {(row[0], row[2]): row[4] for row in found.rows()} == wanted
    assert found.columns == ["unit", "unit_name", "procedure", "procedure_name", "late"]
    assert found["late"].is_sorted(descending=True)


def test_received_and_finished_by_day(made: Made, warehouse: Warehouse, scope: Scope) -> None:
    found = volume_lists.daily_received(warehouse, scope, Viewer())
    wanted = twins.daily_received(asked(made, scope), *bounds(scope))
    assert {day: (received, resolved) for day, received, resolved in found.rows()} == wanted
    assert found["day"].is_sorted()
    assert found["resolved"].sum() == measure(warehouse, scope, Viewer(), "resolved")["numerator"].item()


def test_hours_of_receipt(made: Made, warehouse: Warehouse, scope: Scope) -> None:
    found = volume_lists.receipt_hours(warehouse, scope, Viewer())
    wanted = twins.receipt_hours(asked(made, scope), *bounds(scope))
    assert [((weekday, hour), n) for weekday, hour, n in found.rows()] == sorted(wanted.items())
    assert found.height > 0


def test_age_of_the_stock(made: Made, warehouse: Warehouse, scope: Scope) -> None:
    found = volume_lists.stock_age(warehouse, scope, Viewer())
    wanted = twins.stock_age(asked(made, scope), scope.period.ends_on)
    assert [((low, high), n) for low, high, n in found.rows()] == sorted(wanted.items())
    assert found["n"].sum() == measure(warehouse, scope, Viewer(), "in_progress")["numerator"].item() > 0


def test_the_made_exports_hold_everything(made: Made) -> None:
    cases = made.cases
    assert {case.row["received_time"] is None for case in cases if case.source == "thu"} == {True, False}
    assert sum(case.first_due != case.due for case in cases) > 20
    moved = twins.due_moved(cases, date(2023, 1, 1), date(2023, 6, 30))
    assert any(by_first > by_now for _, _, by_first, by_now in moved.values())
    assert any(by_first < by_now for _, _, by_first, by_now in moved.values())
    assert any(before for _, _, before in twins.apologies(cases, date(2023, 1, 1), date(2023, 6, 30)).values())


def test_nothing_where_there_is_nothing(warehouse: Warehouse) -> None:
    scope = Scope(warehouse.id, "R", Period(date(2020, 1, 1), date(2020, 12, 31)), compare="none")
    for listed in (
        lateness_lists.days_late, lateness_lists.statutory_time_used, lateness_lists.late_causes,
        lateness_lists.apologies, lateness_lists.due_moved, lateness_lists.half_of_late,
        volume_lists.daily_received, volume_lists.receipt_hours, volume_lists.stock_age,
    ):  # fmt: skip
        assert listed(warehouse, scope, Viewer()).is_empty(), listed


def test_working_days_of_each_month(warehouse: Warehouse) -> None:
    found = volume_lists.working_days(warehouse, Period(date(2023, 1, 16), date(2023, 3, 10)))
    # Tết of 2023 was off from 20 to 26 January.
    assert found.rows() == [("2023-01", 7), ("2023-02", 20), ("2023-03", 8)]


def test_an_export_without_times_has_no_hours(tmp_path: Path) -> None:
    begun(tmp_path, a=[case(), case()])
    scope = Scope(open_snapshot().id, "R", Period(date(2023, 3, 1), date(2023, 3, 31)), compare="none")
    for period in (scope.period, Period(date(2023, 3, 1), date(2023, 3, 5))):
        assert volume_lists.receipt_hours(open_snapshot(), scope.with_(period=period), Viewer()).is_empty()
    assert measure(open_snapshot(), scope, Viewer(), "received")["numerator"].item() == 2


def test_the_demo_district_is_busiest_in_the_morning(small_district: Path) -> None:
    scope = Scope(open_snapshot().id, "district", Period(date(2024, 7, 1), date(2025, 6, 30)), compare="none")
    found = volume_lists.receipt_hours(open_snapshot(), scope, Viewer())
    assert found["n"].sum() == measure(open_snapshot(), scope, Viewer(), "received")["numerator"].item()
    by_hour = dict(found.group_by("hour").agg(pl.sum("n")).rows())
    assert max(by_hour, key=by_hour.__getitem__) < 12
