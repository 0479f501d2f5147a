"""Staff, targets and levels that start anew: checked before anything is archived, and read back by pages."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from comparison.measures import catalogue, plan_lists
from comparison.scope import Period, Scope, Viewer
from etl import reference
from etl.reference import UnusableReference
from etl.reference.columns import FILES, FOLLOWED_MEASURES, PLAN_FILES, TARGET_MEASURES
from tests.helpers.examples import UNITS, add_profile, add_reference, case, load, office, write
from warehouse.folders import PROJECT
from warehouse.snapshots import Warehouse, open_snapshot

HEADERS = {name: ",".join(FILES[name].columns) + "\n" for name in PLAN_FILES}
GOOD = {
    "staff": "x1,2023-02,5\nXã Hai,2022-11,7\nx1,06/2023,6\np1,2024-01-15,3\n",
    "targets": "on_time_due,commune,2023,0.95\non_time_due,commune,2024,0.97\nsatisfaction,department,2023,0.85\n",
    "rebases": "late,x1,2023-03,Phần mềm mới\nlate,R,01/2024,Nghị định mới\nsatisfaction,p1,2023-06,Bàn mới\n",
}  # fmt: skip
MISTAKES = [
    ("staff", ",2023-01,5\n", ["dòng 2", "“unit”", "để trống"]),
    ("staff", "x9,2023-01,5\n", ["“unit”", "“x9”", "units.csv"]),
    ("staff", "x1,2023-13,5\n", ["“month”", "“2023-13”", "tháng dạng 2025-06 hoặc 06/2025"]),
    ("staff", "x1,tháng 1,5\n", ["“month”", "“tháng 1”", "tháng dạng"]),
    ("staff", "x1,1999-12,5\n", ["“month”", "từ năm 2000 đến năm 2100"]),
    ("staff", "x1,2023-01,0\n", ["“officials”", "“0”", "từ 1"]),
    ("staff", "x1,2023-01,năm\n", ["“officials”", "“năm”", "một số nguyên"]),
    ("staff", "x1,2023-01,5\nXã Một,01/2023,6\n", ["dòng 2, 3", "có hơn một dòng"]),
    ("targets", "dung_han,commune,2023,0.95\n", ["“measure”", "“dung_han”", "on_time_due"]),
    ("targets", "late,xã,2023,0.95\n", ["“unit_kind”", "“xã”", "commune"]),
    ("targets", "late,commune,2023,95\n", ["“target”", "“95”", "từ 0 đến 1", "0.95 là 95 %"]),
    ("targets", "late,commune,23,0.05\n", ["“year”", "“23”", "từ 2000 đến 2100"]),
    ("targets", "late,commune,2023,0.05\nlate,commune,2023,0.06\n", ["late, commune, 2023 có hơn một dòng"]),
    ("rebases", "working_days_late,x1,2023-01,Vì\n", ["“measure”", "“working_days_late”"]),
    ("rebases", "late,x1,2023-01,\n", ["“reason”", "để trống"]),
    ("rebases", "late,x1,2023-01,Gọi 0912 345 678\n", ["“reason”", "số điện thoại"]),
    ("rebases", "late,x1,2023-01,Vì\nlate,x1,1/2023,Vì\n", ["dòng 2, 3", "có hơn một dòng"]),
]  # fmt: skip


def give(**changes: str) -> None:
    for name, rows in {**GOOD, **changes}.items():
        add_reference(name, HEADERS[name] + rows)


@pytest.mark.parametrize(("name", "rows", "words"), MISTAKES)
def test_a_mistake_is_named_with_its_place_and_remedy(own_data: Path, name: str, rows: str, words: list[str]) -> None:
    add_reference("units", UNITS)
    give(**{name: rows})
    with pytest.raises(UnusableReference) as error:
        reference.usable_files()
    first = str(error.value).splitlines()[0]
    assert first.startswith(f"{name}.csv, dòng ")
    assert first.endswith("rồi chạy lại.")
    assert [word for word in words if word not in first] == []


def test_months_are_written_in_either_way(own_data: Path) -> None:
    add_reference("units", UNITS)
    give()
    files = reference.plan_files()
    assert files["staff"].rows() == [
        ("x1", date(2023, 2, 1), 5), ("x2", date(2022, 11, 1), 7), ("x1", date(2023, 6, 1), 6),
        ("p1", date(2024, 1, 1), 3),
    ]  # fmt: skip
    assert files["rebases"]["from"].to_list() == [date(2023, 3, 1), date(2024, 1, 1), date(2023, 6, 1)]


def test_measures_named_there_are_measures() -> None:
    assert set(FOLLOWED_MEASURES) <= set(catalogue())
    assert {catalogue()[name].unit for name in TARGET_MEASURES} == {"share"}
    shares = {name for name, each in catalogue().items() if each.unit == "share" and not each.is_of_items}
    assert set(TARGET_MEASURES) == shares


def test_the_demos_plans_go_where_an_offices_units_are_others(own_data: Path) -> None:
    whole = {name: frame.height for name, frame in reference.plan_files().items()}
    assert all(whole.values())
    add_reference("units", UNITS)
    assert {name: frame.height for name, frame in reference.plan_files().items()} == dict.fromkeys(PLAN_FILES, 0)
    give()
    assert {name: frame.height for name, frame in reference.plan_files().items()} == {
        name: len(rows.splitlines()) for name, rows in GOOD.items()
    }


def test_what_ships_is_as_strict_as_an_offices_own(own_data: Path) -> None:
    given = reference.plan_files()
    shutil.copytree(PROJECT / "data" / "reference", own_data / "reference")
    own = reference.plan_files()
    assert all(own[name].equals(given[name]) for name in PLAN_FILES)


def test_the_demos_targets_of_late_and_on_time_agree(own_data: Path) -> None:
    targets = reference.plan_files()["targets"].pivot("measure", index=["unit_kind", "year"], values="target")
    assert max(((targets["on_time_due"] + targets["late"]) - 1).abs()) < 1e-9
    assert set(targets["year"]) == {2021, 2022, 2023, 2024, 2025}


@pytest.fixture
def warehouse(tmp_path: Path, own_data: Path) -> Warehouse:
    office()
    units = own_data / "reference" / "units.csv"
    add_reference("units", units.read_text(encoding="utf-8") + "S,Huyện Kia,district,,,,\ns1,Xã Kia,commune,S,,,\n")
    give(
        staff=GOOD["staff"] + "s1,2023-01,9\n", rebases=GOOD["rebases"] + "late,s1,2023-04,Nơi khác\n"
    )  # fmt: skip
    add_profile("kia", root="S", source="kia")
    load(write(tmp_path / "a.csv", [case()]), "--profile", own_data / "profiles" / "thu.toml")
    load(write(tmp_path / "b.csv", [case(unit="Xã Kia")]), "--profile", own_data / "profiles" / "kia.toml")
    return open_snapshot()


@dataclass(frozen=True)
class OnlySome(Viewer):
    """Somebody who may see these units alone."""

    units: tuple[str, ...]

    def allows(self, unit: str) -> bool:
        return unit in self.units


def scope(first: date, last: date, **changes: object) -> Scope:
    return Scope(open_snapshot().id, "R", Period(first, last), compare="none").with_(**changes)


def test_a_target_of_a_kind_and_a_year(warehouse: Warehouse) -> None:
    assert plan_lists.target_of(warehouse, "on_time_due", "commune", 2023) == 0.95
    assert plan_lists.target_of(warehouse, "on_time_due", "commune", 2024) == 0.97
    assert plan_lists.target_of(warehouse, "on_time_due", "commune", 2025) is None
    assert plan_lists.target_of(warehouse, "on_time_due", "department", 2023) is None
    assert plan_lists.target_of(warehouse, "satisfaction", "department", 2023) == 0.85
    asked = scope(date(2024, 1, 1), date(2024, 3, 31))
    assert plan_lists.target_in(warehouse, "on_time_due", "commune", asked) == 0.97
    # Set for all cases of a unit, it says nothing of some of them.
    for narrow in ({"fields": ("dat-dai",)}, {"channels": ("online",)}, {"procedures": ("1.000001",)}):
        assert plan_lists.target_in(warehouse, "on_time_due", "commune", asked.with_(**narrow)) is None


def test_a_count_of_officials_holds_until_the_next(warehouse: Warehouse) -> None:
    found = plan_lists.officials(warehouse, scope(date(2023, 1, 10), date(2023, 7, 3)), Viewer())
    assert found.columns == ["unit", "month", "officials"]
    assert found.rows() == [
        *(("x1", f"2023-0{month}", 5) for month in (2, 3, 4, 5)), ("x1", "2023-06", 6), ("x1", "2023-07", 6),
        *(("x2", f"2023-0{month}", 7) for month in range(1, 8)),
    ]  # fmt: skip
    asked = scope(date(2024, 1, 1), date(2024, 1, 31), kind="department")
    assert plan_lists.officials(warehouse, asked, Viewer()).rows() == [("p1", "2024-01", 3)]
    assert plan_lists.officials(warehouse, asked.with_(kind=None), OnlySome(("x2",)))["unit"].to_list() == ["x2"]
    assert plan_lists.officials(warehouse, asked.with_(units=("x3",)), Viewer()).is_empty()


def test_a_decision_for_a_root_is_one_for_each_of_its_units(warehouse: Warehouse) -> None:
    found = plan_lists.rebases(warehouse, "R", Viewer())
    assert found.columns == ["measure", "unit", "from_month", "reason"]
    assert found.filter(unit="x1").rows() == [
        ("late", "x1", "2023-03", "Phần mềm mới"), ("late", "x1", "2024-01", "Nghị định mới"),
    ]  # fmt: skip
    assert found.filter(from_month="2024-01")["unit"].to_list() == sorted(
        ["R", "cu", "cum", "moi", "p1", "p2", "x1", "x2", "x3"]
    )
    assert found.filter(measure="satisfaction")["unit"].to_list() == ["p1"]
    assert plan_lists.rebases(warehouse, "S", Viewer()).rows() == [("late", "s1", "2023-04", "Nơi khác")]
    assert plan_lists.rebases(warehouse, "R", OnlySome(("x2",)))["unit"].to_list() == ["x2"]


def test_templates_reach_the_warehouse(tmp_path: Path, own_data: Path) -> None:
    office()
    for path in (PROJECT / "data" / "templates").glob("*.csv"):
        shutil.copy(path, own_data / "reference" / path.name)
    add_profile("thu", root="huyen-mau")
    assert load(write(tmp_path / "a.csv", [case(unit="Xã Đông Mẫu")]))["exit"] == 0
    for name, frame in reference.plan_files().items():
        assert open_snapshot().read(f"select count(*) from {name}").item() == frame.height > 0


def test_the_demo_district_has_plans(small_district: Path) -> None:
    there = open_snapshot()
    asked = scope(date(2021, 1, 1), date(2025, 6, 30), root="district", kind="commune")
    found = plan_lists.officials(there, asked, Viewer())
    assert found.group_by("unit").agg(pl.len())["len"].to_list() == [54] * 12
    assert plan_lists.rebases(there, "district", Viewer()).height > 0
    assert plan_lists.target_of(there, "on_time_due", "commune", 2025) == 0.97
