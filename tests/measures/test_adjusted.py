"""Lateness beside what is expected of a unit's own fields: as a measure against its slow twin, and as pages ask."""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.stats import chi2

import tests.helpers.slow_lists as twins
from comparison import commands
from comparison.figures.numbers import measured
from comparison.measures import CannotAnswer, known, measure
from comparison.measures.adjusted import case_mix
from comparison.scope import Period, Scope, Viewer
from comparison.statistics.case_mix import Lateness
from tests.helpers.examples import add_profile, add_reference, case, load, write
from tests.helpers.slow_twins import Case, Export, cases_of
from warehouse.snapshots import Warehouse, open_snapshot

UNITS = {"Xã Một": "x1", "Xã Hai": "x2", "Xã Ba": "x3", "Xã Bốn": "x4", "Phòng Một": "p1", "Phòng Hai": "p2"}
FIELDS = {"Hộ tịch": "ho-tich", "Đất đai": "dat-dai", "Chứng thực": "chung-thuc", "Bảo trợ xã hội": "bao-tro-xa-hoi"}
# Cases by unit and field: some fields have too few behind them, one belongs to a single unit.
CASES = {
    "Xã Một": {"Hộ tịch": 150, "Đất đai": 160, "Chứng thực": 30},
    "Xã Hai": {"Hộ tịch": 90, "Đất đai": 20, "Chứng thực": 70, "Bảo trợ xã hội": 40},
    "Xã Ba": {"Hộ tịch": 60, "Đất đai": 90, "Chứng thực": 60, "Bảo trợ xã hội": 60},
    "Xã Bốn": {"Hộ tịch": 1},
    "Phòng Một": {"Hộ tịch": 130, "Bảo trợ xã hội": 50},
    "Phòng Hai": {"Hộ tịch": 110, "Đất đai": 40},
}
LATE = {"Hộ tịch": 0.05, "Đất đai": 0.3, "Chứng thực": 0.02, "Bảo trợ xã hội": 0.1}
YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))
DAYS = Period(date(2023, 1, 20), date(2023, 9, 10))


class Made:
    """A loaded folder, and its cases as a twin judges them."""

    def __init__(self, folder: Path, cases: list[Case]) -> None:
        self.folder, self.cases = folder, cases


def rows_of(unit: str, field: str, n: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    for _ in range(n):
        received = date(2023, 1, 1) + timedelta(rng.randint(0, 300))
        due = received + timedelta(20)
        came = due + timedelta(rng.randint(1, 9) if rng.random() < LATE[field] else -rng.randint(0, 9))
        yield case(
            unit=unit, field=field, received_at=received, due_at=None if rng.random() < 0.03 else due,
            finished_at=None if rng.random() < 0.02 else came, channel=rng.choice(["online", "in_person"]),
        )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("adjusted")
    rng = random.Random(7)
    rows = [
        row for unit, fields in CASES.items() for field, n in fields.items() for row in rows_of(unit, field, n, rng)
    ]
    tree = [f"{code},{name},{'commune' if code[0] == 'x' else 'department'},R,,," for name, code in UNITS.items()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        header = "code,name,kind,parent,valid_from,valid_to,aliases"
        add_reference("units", "\n".join([header, "R,Huyện Thử,district,,,,", *tree]))
        add_profile("thu")
        load(write(folder / "a.csv", rows, banner=["Ngày xuất: 31/12/2023"]))
        read = [
            {
                **row,
                "unit": UNITS[row["unit"]],
                "field": FIELDS[row["field"]],
                "unit_kind": UNITS[row["unit"]][0],
            }
            for row in rows
        ]
        yield Made(folder, cases_of([Export("thu", date(2023, 12, 31), read)]))


@pytest.fixture
def warehouse(made: Made, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    monkeypatch.setenv("DOISANH_DATA", str(made.folder / "data"))
    return open_snapshot()


def scope(**changes: Any) -> Scope:
    return Scope(open_snapshot().id, "R", YEAR, compare="none").with_(**changes)


@pytest.mark.parametrize("period", [YEAR, DAYS])
def test_observed_and_expected_of_every_unit(made: Made, warehouse: Warehouse, period: Period) -> None:
    found = measure(warehouse, scope(period=period), Viewer(), "late_adjusted", ("unit",))
    assert found.columns[:2] == ["unit", "unit_name"]
    late = measure(warehouse, scope(period=period), Viewer(), "late", ("unit",))
    apart = dict(zip(late["unit"], late["excluded"], strict=True))
    rows = {row["unit"]: row for row in found.iter_rows(named=True)}
    assert list(rows) == sorted(UNITS.values())
    for unit, row in rows.items():
        wanted = twins.observed_and_expected(made.cases, unit, period.starts_on, period.ends_on)
        assert wanted is not None
        observed, expected, not_compared = wanted
        assert row["numerator"] == observed
        assert row["denominator"] == pytest.approx(float(expected))
        assert row["excluded"] == apart[unit] + not_compared
        assert row["value"] == (pytest.approx(observed / float(expected)) if expected else None)


def test_the_interval_is_exact_under_ten_and_byars_from_ten_on(warehouse: Warehouse) -> None:
    found = measure(warehouse, scope(), Viewer(), "late_adjusted", ("unit",))
    assert min(found["numerator"]) < 10 < max(found["numerator"])
    for row in found.iter_rows(named=True):
        o, e = row["numerator"], row["denominator"]
        if o < 10:
            wanted = (chi2.ppf(0.025, 2 * o) / 2 / e if o else 0, chi2.ppf(0.975, 2 * o + 2) / 2 / e)
        else:
            wanted = (
                o * (1 - 1 / (9 * o) - 1.959964 / (3 * o**0.5)) ** 3 / e,
                (o + 1) * (1 - 1 / (9 * (o + 1)) + 1.959964 / (3 * (o + 1) ** 0.5)) ** 3 / e,
            )
        assert (row["low"], row["high"]) == pytest.approx(wanted, rel=1e-6)


def test_a_selection_filters_only_what_is_shown(warehouse: Warehouse) -> None:
    whole = measure(warehouse, scope(), Viewer(), "late_adjusted", ("unit",))
    some = measure(warehouse, scope(units=("x2", "p1")), Viewer(), "late_adjusted", ("unit",))
    assert some.equals(whole.filter(whole["unit"].is_in(["x2", "p1"])))
    communes = measure(warehouse, scope(kind="commune"), Viewer(), "late_adjusted", ("unit",))
    assert communes.equals(whole.filter(whole["unit"].str.starts_with("x")))
    (alone,) = measure(warehouse, scope(units=("x2",)), Viewer(), "late_adjusted").iter_rows()
    assert alone == whole.filter(unit="x2").drop("unit", "unit_name").row(0)


@dataclass(frozen=True)
class OnlySome(Viewer):
    """Somebody who may see these units alone."""

    units: tuple[str, ...]

    def allows(self, unit: str) -> bool:
        return unit in self.units


def test_what_is_expected_is_the_same_whoever_asks(warehouse: Warehouse) -> None:
    whole = measure(warehouse, scope(), Viewer(), "late_adjusted", ("unit",))
    assert measure(warehouse, scope(), OnlySome(("x1",)), "late_adjusted", ("unit",)).equals(whole.filter(unit="x1"))
    seen = case_mix(warehouse, scope(kind="commune"), OnlySome(("x1",)))
    assert seen.units == (("x1", "Xã Một"),)
    assert seen.case_mix.ratio == pytest.approx(whole.filter(unit="x1")["value"].to_numpy())


@pytest.mark.parametrize("time", ["month", "quarter", "year"])
def test_each_piece_of_time_has_its_own_others(made: Made, warehouse: Warehouse, time: str) -> None:
    by = ("unit", time)
    found = measure(warehouse, scope(), Viewer(), "late_adjusted", by)
    assert found.columns[:3] == ["unit", "unit_name", time]
    assert found.rows() == sorted(found.rows(), key=lambda row: (row[0], row[2]))
    for row in found.iter_rows(named=True):
        pieces = {
            "month": lambda label: (date.fromisoformat(f"{label}-01"), 1),
            "quarter": lambda label: (date(int(label[:4]), int(label[-1]) * 3 - 2, 1), 3),
            "year": lambda label: (date(int(label), 1, 1), 12),
        }
        first, months = pieces[time](row[time])
        last = date(first.year + (first.month + months - 1) // 12, (first.month + months - 1) % 12 + 1, 1)
        wanted = twins.observed_and_expected(made.cases, row["unit"], first, last - timedelta(days=1))
        if wanted is None:
            assert (row["numerator"], row["denominator"], row["value"]) == (0, 0, None)
            continue
        assert (row["numerator"], row["denominator"]) == (wanted[0], pytest.approx(float(wanted[1])))
    alone = measure(warehouse, scope(units=("x3",)), Viewer(), "late_adjusted", (time,))
    assert alone.equals(found.filter(unit="x3").drop("unit", "unit_name"))


def test_what_is_not_compared_has_no_ratio(warehouse: Warehouse) -> None:
    # The only department with cases in this field: nobody stands behind them.
    asked = scope(fields=("bao-tro-xa-hoi",), kind="department")
    (row,) = measure(warehouse, asked, Viewer(), "late_adjusted", ("unit",)).iter_rows(named=True)
    assert (row["unit"], row["numerator"], row["denominator"]) == ("p1", 0, 0)
    assert (row["value"], row["low"], row["high"]) == (None, None, None)
    late = measure(warehouse, asked, Viewer(), "late", ("unit",))
    assert row["excluded"] == late["denominator"].item() + late["excluded"].item()
    nothing = scope(units=("x1",), period=Period(date(2021, 1, 1), date(2021, 1, 31)))
    assert measure(warehouse, nothing, Viewer(), "late_adjusted").rows() == [(0, 0.0, None, None, None, 0, False)]
    assert measure(warehouse, nothing, Viewer(), "late_adjusted", ("unit", "month")).is_empty()


def test_it_is_refused_without_a_unit_of_its_own(warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    for units, by in (((), ()), (("x1", "x2"), ()), ((), ("month",)), (("R",), ())):
        with pytest.raises(CannotAnswer, match=r"Chia theo đơn vị \(--by unit\), hoặc chọn đúng một đơn vị"):
            measure(warehouse, scope(units=units), Viewer(), "late_adjusted", by)
    for groups in (("unit", "field"), ("channel",), ("unit", "unit_kind"), ("procedure", "month")):
        with pytest.raises(CannotAnswer, match="Chia được theo: unit, month, quarter, year"):
            measure(warehouse, scope(units=("x1",)), Viewer(), "late_adjusted", groups)
    assert commands.main(["measure", "late_adjusted"], io.StringIO()) == 2
    assert "có 7 đơn vị" in capsys.readouterr().err


def test_a_command_answers_it(warehouse: Warehouse) -> None:
    out = io.StringIO()
    assert commands.main(["measure", "late_adjusted", "--by", "unit", "--unit", "Xã Hai", "--format", "csv"], out) == 0
    header, line = out.getvalue().splitlines()
    assert header == "unit,unit_name,numerator,denominator,value,low,high,excluded"
    assert line.startswith("x2,Xã Hai,")


def test_its_numbers_have_decimals(warehouse: Warehouse) -> None:
    for found in (
        measure(warehouse, scope(), Viewer(), "late_adjusted", ("unit",)),
        measure(warehouse, scope(), Viewer(), "late_adjusted", ("unit",)).clear(),
    ):
        numbers = measured("vi", "late_adjusted", found)
        assert numbers.shares == frozenset()
        assert numbers.scores == {name for name, form in numbers.frame.schema.items() if form == pl.Float64}


def test_all_units_of_the_kind_whatever_is_selected(warehouse: Warehouse) -> None:
    whole = case_mix(warehouse, scope(kind="commune"), Viewer())
    there = [(unit.code, unit.name) for unit in known(warehouse).units_of("R", "commune")]
    assert list(whole.units) == there
    assert case_mix(warehouse, scope(kind="commune", units=("x1",), fields=("dat-dai",)), Viewer()) is whole
    found = measure(warehouse, scope(kind="commune"), Viewer(), "late_adjusted", ("unit",))
    rows = {row["unit"]: row for row in found.iter_rows(named=True)}
    for number, (code, _) in enumerate(whole.units):
        assert whole.case_mix.late[number] == rows[code]["numerator"]
        assert whole.case_mix.expected[number] == pytest.approx(rows[code]["denominator"])
    late = measure(warehouse, scope(kind="commune"), Viewer(), "late", ("unit",))
    raw = dict(zip(late["unit"], late["value"], strict=True))
    assert whole.effect.raw == pytest.approx([raw[code] for code, _ in whole.units])
    parts = whole.effect.reference_share + whole.effect.own + whole.effect.mix + whole.effect.left_out
    has_ratio = ~np.isnan(parts)
    assert parts[has_ratio] == pytest.approx(whole.effect.raw[has_ratio])
    nothing = scope(kind="commune", period=Period(date(2021, 1, 1), date(2021, 1, 31)))
    assert case_mix(warehouse, nothing, Viewer()).units == ()
    assert case_mix(warehouse, nothing, Viewer()).case_mix.ratio.size == 0
    with pytest.raises(ValueError, match="kind"):
        case_mix(warehouse, scope(), Viewer())


def test_the_planted_truths_of_the_district_are_found(district: Path) -> None:
    asked = Scope(
        open_snapshot().id, "district", Period(date(2021, 1, 1), date(2025, 6, 30)), compare="none", kind="commune"
    )
    found = case_mix(open_snapshot(), asked, Viewer())
    said = dict(zip((code for code, _ in found.units), found.case_mix.lateness, strict=True))
    assert {code for code, lateness in said.items() if lateness is Lateness.MORE} == {
        "xa-an-thuan-tay", "xa-tan-loc-trung",
    }  # fmt: skip
    # The commune of much land looks late; its mix is what makes it so.
    place = [code for code, _ in found.units].index("xa-phuoc-tho-dong")
    assert found.effect.raw[place] > 1.5 * found.effect.reference_share[place]
    assert found.effect.mix[place] > abs(found.effect.own[place])
    assert said["xa-phuoc-tho-dong"] is not Lateness.MORE
    assert said["xa-cu-lao-sen"] not in (Lateness.MORE, Lateness.LESS)
    assert said["xa-rach-tram"] not in (Lateness.MORE, Lateness.LESS)


def test_the_district_is_sum_over_sum_of_unequal_units(warehouse: Warehouse) -> None:
    for name in ("late", "on_time_due", "on_time_resolved", "on_time_first_due", "online_share"):
        units = measure(warehouse, scope(kind="commune"), Viewer(), name, ("unit",))
        total = measure(warehouse, scope(kind="commune"), Viewer(), name).row(0, named=True)
        assert max(units["denominator"]) > 50 * min(units["denominator"])
        assert total["value"] == pytest.approx(sum(units["numerator"]) / sum(units["denominator"]))
        assert abs(total["value"] - units["value"].mean()) > 0.01, name
