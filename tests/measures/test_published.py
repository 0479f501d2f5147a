"""The published figures, from row-level exports through loading, build and command, exactly."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from comparison import commands
from comparison.measures import measure
from comparison.scope import Period, Scope, Viewer
from warehouse.snapshots import open_snapshot

# Hồng Ngự, the council's legal committee, 1 January to 30 April 2023.
HN = ["--root", "HN", "--from", "2023-01-01", "--to", "2023-04-30"]
# Thạnh Lợi, from the beginning of 2017 to 29 April 2017.
TL = ["--root", "TL", "--from", "2017-01-01", "--to", "2017-04-29"]


def asked(*arguments: str) -> list[dict[str, str]]:
    out = io.StringIO()
    assert commands.main(["measure", *arguments, "--format", "csv"], out) == 0
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def number(*arguments: str) -> int:
    (row,) = asked(*arguments)
    assert row["numerator"] == row["value"]
    assert row["denominator"] == row["low"] == row["high"] == ""
    return int(row["numerator"])


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("taken_in", 9998),
        ("received", 3455 + 6048),
        ("carried_over", 495),
        ("resolved", 8244 + 1371 + 30),
        ("early", 8244),
        ("on_time", 1371),
        ("late_resolved", 30),
        ("closed_without_result", 0),
        ("in_progress", 353),
        ("overdue_open", 0),
        ("remainder", 0),
    ],
)
def test_hong_ngu(hn_tl: Path, name: str, published: int) -> None:
    assert number(name, *HN) == published
    scope = Scope(open_snapshot().id, "HN", Period(date(2023, 1, 1), date(2023, 4, 30)), compare="none")
    assert measure(open_snapshot(), scope, Viewer(), name)["numerator"].to_list() == [published]


def test_hong_ngu_by_channel(hn_tl: Path) -> None:
    received = {row["channel"]: int(row["numerator"]) for row in asked("received", *HN, "--by", "channel")}
    assert received.pop("online") == 3455
    assert sum(received.values()) == 6048
    (share,) = asked("online_share", *HN)
    assert (share["numerator"], share["denominator"]) == ("3455", "9503")


def test_hong_ngu_on_time(hn_tl: Path) -> None:
    (share,) = asked("on_time_resolved", *HN)
    assert (share["numerator"], share["denominator"], share["excluded"]) == ("9615", "9645", "0")
    assert float(share["value"]) == 9615 / 9645
    (apologies,) = asked("apology_share", *HN)
    assert (apologies["numerator"], apologies["denominator"]) == ("30", "30")


def test_most_of_the_late_are_land(hn_tl: Path) -> None:
    late = {row["field"]: int(row["numerator"]) for row in asked("late_resolved", *HN, "--by", "field")}
    assert sum(late.values()) == 30
    assert max(late, key=lambda field: late[field]) == "dat-dai"
    assert late["dat-dai"] > 15


@pytest.mark.parametrize("name", ["on_time_due", "on_time_resolved", "on_time_first_due"])
def test_thanh_loi(hn_tl: Path, name: str) -> None:
    (share,) = asked(name, *TL)
    assert (share["numerator"], share["denominator"], share["excluded"]) == ("412", "412", "0")
    assert float(share["value"]) == float(share["high"]) == 1
    assert round(float(share["low"]), 4) == 0.9908


def test_neither_holds_a_fault_or_an_undated_case(hn_tl: Path) -> None:
    held = open_snapshot().read(
        "select (select count(*) from case_faults) as faults, (select count(*) from rejected_rows) as rejected, "
        "(select count(*) from cases where due_on is null) as undated"
    )
    assert held.rows() == [(0, 0, 0)]
