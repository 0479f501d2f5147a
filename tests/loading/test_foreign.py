"""A case export of another country, loaded by a profile alone."""

import csv
import io
import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from comparison import commands
from tests.helpers.examples import load
from warehouse.snapshots import open_snapshot

PROFILE = """
title = "Service requests of a city"
kind = "cases"
source = "city-311"
recognise = ["Unique Key", "Created Date", "Agency Name"]
dates = ["%m/%d/%Y %I:%M:%S %p"]
unknown_units = "register"
unit_kind = "department"
root = "CITY"

[columns]
case_code = ["Unique Key"]
unit = ["Agency Name"]
field = ["Complaint Type"]
received_at = ["Created Date"]
due_at = ["Due Date"]
finished_at = ["Closed Date"]
channel = ["Open Data Channel Type"]

[values.channel]
"ONLINE" = "online"
"PHONE" = "unknown"
"*" = "unknown"
"""
AGENCIES = ["Parks & Recreation", "Department of Sanitation", "Buildings", "Never Says When"]
TYPES = ["Damaged Tree", "Missed Collection", "Illegal Conversion", "Noise — Residential"]
Request = dict[str, Any]


def requests(rng: random.Random) -> list[Request]:
    made = []
    for number in range(3000):
        opened = datetime(2023, 1, 1) + timedelta(minutes=rng.randint(0, 180 * 24 * 60))
        agency = rng.choice(AGENCIES)
        undated = agency == AGENCIES[3] or rng.random() < 0.07
        closed = None if rng.random() < 0.1 else opened + timedelta(hours=rng.randint(1, 900))
        made.append(
            {
                "key": 50_000_000 + number,
                "agency": agency,
                "type": rng.choice(TYPES),
                "opened": opened,
                "due": None if undated else opened + timedelta(days=rng.randint(3, 30)),
                "closed": opened - timedelta(days=2) if number % 60 == 0 else closed,
                "channel": rng.choice(["ONLINE", "PHONE", "MOBILE"]),
            }
        )
    return made


def us(moment: datetime | None) -> str:
    return f"{moment:%m/%d/%Y %I:%M:%S %p}" if moment else ""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Request], dict[str, Any]]:
    folder = tmp_path_factory.mktemp("foreign")
    made = requests(random.Random(311))
    (folder / "city.toml").write_text(PROFILE, encoding="utf-8")
    with (folder / "311_Service_Requests.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(
            ["Unique Key", "Created Date", "Closed Date", "Agency", "Agency Name", "Complaint Type",
             "Incident Address", "Due Date", "Open Data Channel Type"]
        )  # fmt: skip
        for each in made:
            out.writerow(
                [each["key"], us(each["opened"]), us(each["closed"]), "X", each["agency"], each["type"],
                 "1 MAIN STREET", us(each["due"]), each["channel"]]
            )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        found = load(folder / "311_Service_Requests.csv", "--profile", folder / "city.toml")
    return folder, made, found


@pytest.fixture(autouse=True)
def _there(loaded: tuple[Path, Any, Any], own_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOISANH_DATA", str(loaded[0] / "data"))


def asked(*arguments: str) -> dict[str, dict[str, str]]:
    out = io.StringIO()
    assert commands.main(["measure", *arguments, "--by", "unit", "--format", "csv"], out) == 0
    return {row["unit"]: row for row in csv.DictReader(io.StringIO(out.getvalue()))}


def test_every_row_loads(loaded: tuple[Path, list[Request], dict[str, Any]]) -> None:
    _, made, found = loaded
    (file,) = found["files"]
    assert (found["exit"], file["rows"], file["data"], file["new"]) == (0, 3001, 3000, 3000)
    assert sum(each["due"] is None for each in made) > 600
    units = open_snapshot().read("select code, kind from units where unit_id <> root_id order by code").rows()
    assert units == [(agency, "department") for agency in sorted(AGENCIES)]
    received = {unit: int(row["numerator"]) for unit, row in asked("received").items()}
    assert received == Counter(each["agency"] for each in made)


def test_days_are_read_as_written(loaded: tuple[Path, list[Request], dict[str, Any]]) -> None:
    wanted = {str(each["key"]): (each["opened"], each["closed"]) for each in loaded[1]}
    found = open_snapshot().read("select case_code, received_at, finished_at from cases").rows()
    # Written to the second, and the made moments are whole minutes.
    assert {code: moments for code, *moments in found} == {code: list(moments) for code, moments in wanted.items()}


def test_closed_before_opened_is_a_fault(loaded: tuple[Path, list[Request], dict[str, Any]]) -> None:
    wrong = sum(each["closed"] is not None and each["closed"].date() < each["opened"].date() for each in loaded[1])
    assert wrong == 50
    faults = open_snapshot().read("select fault, count(*) from case_faults group by fault").rows()
    assert faults == [("ended_before_received", wrong)]


@pytest.mark.parametrize("name", ["on_time_due", "on_time_resolved", "on_time_first_due", "late"])
def test_a_unit_without_due_dates_has_no_value(loaded: tuple[Path, list[Request], dict[str, Any]], name: str) -> None:
    rows = asked(name)
    never = rows.pop(AGENCIES[3])
    assert [never[column] for column in ("numerator", "denominator", "value", "low", "high")] == ["0", "0", "", "", ""]
    assert int(never["excluded"]) > 0
    assert sorted(rows) == sorted(AGENCIES[:3])
    for row in rows.values():
        assert 0 < float(row["low"]) < float(row["value"]) < float(row["high"]) < 1


def test_the_share_is_that_of_plain_counting(loaded: tuple[Path, list[Request], dict[str, Any]]) -> None:
    made = loaded[1]
    cut_off = max(max(each["opened"], each["closed"] or each["opened"]) for each in made).date()
    rows = asked("on_time_due")
    for agency in AGENCIES[:3]:
        judged = [
            each for each in made
            if each["agency"] == agency and each["due"] and each["due"].date() < cut_off
            and not (each["closed"] and each["closed"].date() < each["opened"].date())
        ]  # fmt: skip
        in_time = [each for each in judged if each["closed"] and each["closed"].date() <= each["due"].date()]
        assert (rows[agency]["numerator"], rows[agency]["denominator"]) == (str(len(in_time)), str(len(judged)))
