"""What became of a case: every rule and every fault of contracts.md, one case each in a unit of its own."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comparison.measures import measure
from comparison.scope import Period, Scope, Viewer
from tests.helpers.examples import add_profile, as_of, case, load, write
from warehouse.snapshots import open_snapshot

# Two exports: of 30 April and of 31 May 2023, the cut-off. Due 10 March unless a row says otherwise.
DUE, CUT_OFF = date(2023, 3, 10), date(2023, 5, 31)
EARLY, LATE, APRIL, MAY = date(2023, 3, 9), date(2023, 3, 20), date(2023, 4, 30), date(2023, 5, 31)
PERIOD = Period(date(2023, 3, 1), MAY)
JUNE = date(2023, 6, 3)
Rows = list[dict[str, Any]]

RESOLVED = {"received": 1, "resolved": 1, "in_progress": 0, "remainder": 0}
OPEN = {"received": 1, "resolved": 0, "in_progress": 1, "remainder": 0}
LEFT_OUT = {"on_time_due": (0, 0, 1), "late": (0, 0, 1), "on_time_first_due": (0, 0, 1), "overdue_open": 0}
UNTIMED = {"early": 0, "on_time": 0, "late_resolved": 0, "on_time_resolved": (0, 0, 1), "working_days_taken": (0, 0, 1)}
WITHOUT_RESULT = {"received": 1, "resolved": 0, "closed_without_result": 1, "in_progress": 0, "remainder": 0}

# Situation: rows in the April export, rows in the May export, what measures say. A share is given as its numerator,
# denominator and excluded; a count as its numerator; a median as its value, denominator and excluded.
SITUATIONS: dict[str, tuple[Rows, Rows, dict[str, Any]]] = {
    "finished early": (
        [case(status="finished", finished_at=EARLY)],
        [],
        RESOLVED
        | {"early": 1, "on_time": 0, "late_resolved": 0, "on_time_due": (1, 1, 0), "on_time_resolved": (1, 1, 0)}
        | {"working_days_taken": (6, 1, 0), "overdue_open": 0},
    ),
    "finished on the day": (
        [case(status="finished", finished_at=DUE)],
        [],
        RESOLVED | {"early": 0, "on_time": 1, "on_time_due": (1, 1, 0), "late": (0, 1, 0)},
    ),
    "finished late": (
        [case(status="finished", finished_at=LATE, apology_sent_on=DUE)],
        [],
        RESOLVED
        | {"late_resolved": 1, "on_time_due": (0, 1, 0), "on_time_resolved": (0, 1, 0), "late": (1, 1, 0)}
        | {"working_days_late": (6, 1, 0), "apology_share": (1, 1, 0), "overdue_open": 0},
    ),
    "a finished date is enough": ([case(finished_at=EARLY)], [], RESOLVED | {"early": 1}),
    "overdue": (
        [case()],
        [],
        OPEN | {"overdue_open": 1, "on_time_due": (0, 1, 0), "late": (1, 1, 0), "on_time_resolved": (0, 0, 0)},
    ),
    "due on the cut-off": (
        [case(due_at=CUT_OFF)],
        [],
        OPEN | {"overdue_open": 0, "on_time_due": (0, 0, 1), "late": (0, 0, 1)},
    ),
    "due after the period": (
        [case(due_at=JUNE)],
        [],
        OPEN | {"on_time_due": (0, 0, 0), "overdue_open": 0},
    ),
    "no due date": (
        [case(due_at=None, status="finished", finished_at=EARLY)],
        [],
        RESOLVED
        | {"early": 0, "on_time": 0, "late_resolved": 0, "on_time_due": (0, 0, 1), "on_time_resolved": (0, 0, 1)}
        | {"on_time_first_due": (0, 0, 1), "working_days_taken": (6, 1, 0), "working_days_late": (None, 0, 1)},
    ),
    "waiting for a supplement": ([case(status="awaiting_supplement")], [], OPEN | LEFT_OUT),
    "waiting for payment": ([case(status="awaiting_payment")], [], OPEN | LEFT_OUT),
    "returned with its date": (
        [case(status="returned", finished_at=EARLY)],
        [],
        WITHOUT_RESULT | UNTIMED | LEFT_OUT,
    ),
    "withdrawn": ([case(status="withdrawn", finished_at=LATE)], [], WITHOUT_RESULT | LEFT_OUT | {"late_resolved": 0}),
    "refused": ([case(status="refused", finished_at=DUE)], [], WITHOUT_RESULT | LEFT_OUT),
    "stopped": ([case(status="stopped")], [], WITHOUT_RESULT | LEFT_OUT),
    "ended before received": (
        [case(status="finished", finished_at=date(2023, 2, 27))],
        [],
        {"received": 1, "resolved": 0, "in_progress": 0, "remainder": 1, "overdue_open": 0}
        | {"on_time_due": (0, 0, 1), "late": (0, 0, 1)},
    ),
    "finished without date": (
        [case(status="finished")],
        [],
        {"received": 1, "resolved": 0, "in_progress": 0, "remainder": 1, "on_time_due": (0, 0, 1), "overdue_open": 0},
    ),
    "due before received": (
        [case(due_at=date(2023, 2, 28), status="finished", finished_at=EARLY)],
        [],
        RESOLVED | UNTIMED | {"on_time_due": (0, 0, 0), "late": (0, 0, 0)},
    ),
    "due before received, open": ([case(due_at=date(2023, 2, 28))], [], OPEN | {"overdue_open": 0}),
    "received, due and finished in one day": (
        [case(due_at=date(2023, 3, 1), status="finished", finished_at=date(2023, 3, 1))],
        [],
        RESOLVED | {"early": 0, "on_time": 1, "on_time_due": (1, 1, 0), "working_days_taken": (0, 1, 0)},
    ),
    "received on the cut-off": (
        [],
        [case(received_at=CUT_OFF, due_at=date(2023, 6, 20))],
        OPEN | {"on_time_due": (0, 0, 0), "overdue_open": 0},
    ),
    "finished on the cut-off": (
        [],
        [case(status="finished", finished_at=CUT_OFF)],
        RESOLVED | {"late_resolved": 1, "on_time_due": (0, 1, 0), "late": (1, 1, 0)},
    ),
    "received after the cut-off": (
        [],
        [case(received_at=JUNE, due_at=date(2023, 6, 20))],
        {"received": 0, "in_progress": 0, "remainder": 0, "on_time_due": (0, 0, 0)},
    ),
    "finished after the cut-off": (
        [],
        [case(status="finished", finished_at=JUNE)],
        OPEN | LEFT_OUT,
    ),
    "conflicting rows": (
        [],
        [case(case_code="H1", finished_at=EARLY), case(case_code="H1", finished_at=LATE)],
        RESOLVED | UNTIMED | LEFT_OUT,
    ),
    "a conflict that is over": (
        [case(case_code="H2", finished_at=EARLY), case(case_code="H2", finished_at=LATE)],
        [case(case_code="H2", finished_at=LATE)],
        RESOLVED | {"late_resolved": 1, "on_time_due": (0, 1, 0)},
    ),
    "the same row twice": (
        [case(case_code="H3", finished_at=EARLY)] * 2,
        [],
        RESOLVED | {"early": 1},
    ),
    "a due date put off": (
        [case(case_code="H4")],
        [case(case_code="H4", due_at=MAY, finished_at=LATE)],
        RESOLVED | {"early": 1, "on_time_first_due": (0, 1, 0), "on_time_due": (0, 0, 1)},
    ),
    "a due date set later": (
        [case(case_code="H5", due_at=None)],
        [case(case_code="H5", finished_at=EARLY)],
        RESOLVED | {"on_time_first_due": (1, 1, 0), "on_time_due": (1, 1, 0)},
    ),
    "opened again": (
        [case(case_code="H6", status="returned", finished_at=EARLY)],
        [case(case_code="H6")],
        OPEN | {"closed_without_result": 0, "overdue_open": 1},
    ),
}
FAULTS = {
    "ended before received": ["ended_before_received"],
    "finished without date": ["finished_without_date"],
    "due before received": ["due_before_received"],
    "due before received, open": ["due_before_received"],
    "received after the cut-off": ["received_after_cutoff"],
    "finished after the cut-off": ["finished_after_cutoff"],
    "conflicting rows": ["conflicting_rows"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        add_profile(unknown_units="register", root="R1")
        for place, day in enumerate((APRIL, MAY)):
            rows = [{**row, "unit": name} for name, (*pair, _) in SITUATIONS.items() for row in pair[place]]
            load(write(folder / f"{day}.csv", rows, banner=as_of(str(day))))
    return folder


@pytest.fixture(autouse=True)
def _loaded(folder: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOISANH_DATA", str(folder / "data"))


def told(name: str, unit: str, period: Period = PERIOD) -> Any:
    scope = Scope(open_snapshot().id, "R1", period, compare="none", units=(unit,))
    (row,) = measure(open_snapshot(), scope, Viewer(), name).rows(named=True)
    if row["denominator"] is None:
        return row["numerator"]
    return (row["value"] if row["numerator"] is None else row["numerator"], row["denominator"], row["excluded"])


@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_the_measures_say(situation: str) -> None:
    wanted = SITUATIONS[situation][2]
    assert {name: told(name, situation) for name in wanted} == {
        # A median of nothing has no value.
        name: (None, *value[1:]) if name.startswith("working_days") and value[1] == 0 else value
        for name, value in wanted.items()
    }


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_faults_are_marked(situation: str) -> None:
    found = open_snapshot().read(
        "select fault from case_faults join cases using (case_id) join units using (unit_id) "
        "where units.name = $unit order by fault",
        {"unit": situation},
    )
    assert found["fault"].to_list() == FAULTS.get(situation, [])


def test_a_fault_is_left_out_but_counted() -> None:
    assert told("on_time_resolved", "ended before received", Period(date(2023, 2, 1), MAY)) == (0, 0, 1)
    assert told("on_time_due", "due before received", Period(date(2023, 2, 1), MAY)) == (0, 0, 1)
    assert told("on_time_resolved", "finished after the cut-off", Period(MAY, date(2023, 6, 30))) == (0, 0, 1)


def test_received_after_the_cut_off_counts_from_that_day() -> None:
    for day, n in ((date(2023, 6, 2), 0), (JUNE, 1)):
        assert told("received", "received after the cut-off", Period(MAY, day)) == n
        assert told("in_progress", "received after the cut-off", Period(MAY, day)) == n


def test_stock_by_day() -> None:
    def stock(unit: str, day: date) -> int:
        return int(told("in_progress", unit, Period(date(2023, 1, 1), day)))

    assert [stock("finished late", day) for day in (date(2023, 2, 28), date(2023, 3, 1), date(2023, 3, 19), LATE)] == [
        0, 1, 1, 0,
    ]  # fmt: skip
    # Without a date of its own, a case was stopped when the first export that says so was made.
    assert [stock("stopped", day) for day in (date(2023, 4, 29), APRIL)] == [1, 0]
    assert told("carried_over", "stopped", Period(APRIL, MAY)) == 1
    assert told("taken_in", "stopped", Period(APRIL, MAY)) == 1


def test_overdue_by_day() -> None:
    def overdue(unit: str, day: date) -> int:
        return int(told("overdue_open", unit, Period(date(2023, 1, 1), day)))

    assert [overdue("finished late", day) for day in (DUE, date(2023, 3, 11), date(2023, 3, 19), LATE)] == [0, 1, 1, 0]
    assert overdue("overdue", CUT_OFF) == 1
    assert overdue("due on the cut-off", CUT_OFF) == 0


def test_a_total_adds_them_all_up() -> None:
    scope = Scope(open_snapshot().id, "R1", PERIOD, compare="none")
    for name in ("received", "resolved", "in_progress", "remainder", "on_time_due"):
        total = measure(open_snapshot(), scope, Viewer(), name)
        by_unit = measure(open_snapshot(), scope, Viewer(), name, ("unit",))
        assert total["numerator"].sum() == by_unit["numerator"].sum()
        assert total["excluded"].sum() == by_unit["excluded"].sum()
