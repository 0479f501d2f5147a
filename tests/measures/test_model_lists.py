"""What an office says of its models, as pages ask for it: one root at a time, and only what a viewer may see."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from comparison.measures import known, model_lists
from comparison.scope import Period, Scope, Viewer
from etl.reference.columns import FILES
from tests.helpers.examples import add_profile, add_reference, case, load, office, write
from warehouse.snapshots import Warehouse, open_snapshot

ROWS = {
    "models": "m,Mô hình một,Việc,Phòng Một\nn,Mô hình hai,,\nsau,Mô hình sau,,\nkhac,Mô hình gốc khác,,\n"
    "bo,Không ai làm,,\n",
    "adoptions": "sau,x3,2030-01-01,,\nm,x2,2023-02-01,2023-02-01,\nm,x1,2023-01-01,2023-02-01,2023-08-01\n"
    "m,p1,2023-01-01,2023-05-02,\nm,x3,2025-01-01,,\nn,x1,,2022-03-01,\nkhac,s1,,2020-01-01,\n",
    "criteria": "m,b,Nhóm,Tiêu chí B,10\nm,a,Nhóm,Tiêu chí A,20\nkhac,a,Nhóm,Khác,5\n",
    "reviews": "r2,m,final,2023-12-20,Tổng kết\nr1,m,interim,2023-04-05,Sơ kết\nk,khac,interim,2023-01-05,Khác\n",
    "criterion_scores": "r1,x2,a,11\nr1,x1,a,12.5\nr1,x1,b,9\nr2,p1,a,20\nk,s1,a,5\n",
    "conclusions": "r1,2,Sửa bàn,x1,2023-12-31,in_progress\nr1,1,Làm tiếp,,,done\nr2,1,Phòng làm,p1,,not_started\n"
    "k,1,Khác,,,done\n",
    "events": "2023-06-01,x1,Ngập lụt\n2023-05-01,R,Phần mềm mới\n2023-05-01,s1,Nơi khác\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def two_roots(tmp_path_factory: pytest.TempPathFactory, _no_real_data: None) -> Path:
    """Two roots with data, R and S; a model of each, one of both only planned, one that nobody adopts."""
    folder = tmp_path_factory.mktemp("two_roots")
    data = folder / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(data))
        office()
        units = (data / "reference" / "units.csv").read_text(encoding="utf-8")
        add_reference("units", units + "S,Huyện Kia,district,,,,\ns1,Xã Kia,commune,S,,,\n")
        for name, rows in ROWS.items():
            add_reference(name, ",".join(FILES[name].columns) + "\n" + rows)
        add_profile("kia", root="S", source="kia")
        load(write(folder / "a.csv", [case()]), "--profile", data / "profiles" / "thu.toml")
        load(write(folder / "b.csv", [case(unit="Xã Kia")]), "--profile", data / "profiles" / "kia.toml")
    return data


@pytest.fixture
def warehouse(two_roots: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    monkeypatch.setenv("DOISANH_DATA", str(two_roots))
    return open_snapshot()


@dataclass(frozen=True)
class OnlySome(Viewer):
    """Somebody who may see these units alone."""

    units: tuple[str, ...]

    def allows(self, unit: str) -> bool:
        return unit in self.units


def scope(**changes: object) -> Scope:
    return Scope(
        snapshot="latest", root="R", period=Period(date(2023, 1, 1), date(2023, 12, 31)), compare="none"
    ).with_(**changes)  # fmt: skip


def test_models_of_a_root_in_the_order_of_their_first_adoption(warehouse: Warehouse) -> None:
    models = model_lists.models(warehouse, "R", Viewer())
    assert models.rows() == [
        ("n", "Mô hình hai", None, None),
        ("m", "Mô hình một", "Việc", "Phòng Một"),
        ("sau", "Mô hình sau", None, None),
    ]
    assert models.columns == ["model", "model_name", "purpose", "responsible"]
    assert model_lists.models(warehouse, "S", Viewer())["model"].to_list() == ["khac"]
    assert model_lists.models(warehouse, "R", OnlySome(("x2", "x3")))["model"].to_list() == ["m", "sau"]


def test_adoptions_begun_and_planned(warehouse: Warehouse) -> None:
    units = tuple(unit.code for unit in known(warehouse).units_of("R"))
    adopted = model_lists.adoptions(warehouse, "R", units, Viewer())
    assert adopted.select("model", "unit", "unit_kind", "adopted_from", "adopted_to").rows() == [
        ("n", "x1", "commune", date(2022, 3, 1), None),
        ("m", "x1", "commune", date(2023, 2, 1), date(2023, 8, 1)),
        ("m", "x2", "commune", date(2023, 2, 1), None),
        ("m", "p1", "department", date(2023, 5, 2), None),
        ("m", "x3", "commune", None, None),
        ("sau", "x3", "commune", None, None),
    ]
    assert adopted["planned_from"].to_list()[4:] == [date(2025, 1, 1), date(2030, 1, 1)]
    assert model_lists.adoptions(warehouse, "R", ("x1", "x2"), OnlySome(("x2",)))["unit"].to_list() == ["x2"]
    assert model_lists.adoptions(warehouse, "R", ("s1",), Viewer()).is_empty()


def test_reviews_scores_and_conclusions(warehouse: Warehouse) -> None:
    assert model_lists.reviews(warehouse, "R", Viewer()).rows() == [
        ("m", "r1", "interim", date(2023, 4, 5), "Sơ kết"),
        ("m", "r2", "final", date(2023, 12, 20), "Tổng kết"),
    ]
    scores = model_lists.criterion_scores(warehouse, "R", Viewer())
    assert scores.select("review", "criterion", "highest_score", "unit", "unit_kind", "score").rows() == [
        ("r1", "b", 10, "x1", "commune", 9),
        ("r1", "a", 20, "x2", "commune", 11),
        ("r1", "a", 20, "x1", "commune", 12.5),
        ("r2", "a", 20, "p1", "department", 20),
    ]
    assert scores.select("model", "held_on", "group_name", "criterion_name", "unit_name").row(0) == (
        "m", date(2023, 4, 5), "Nhóm", "Tiêu chí B", "Xã Một",
    )  # fmt: skip
    found = model_lists.conclusions(warehouse, "R", Viewer())
    assert found.select("model", "review", "number", "text", "unit", "unit_name", "due_on", "state").rows() == [
        ("m", "r1", 1, "Làm tiếp", None, None, None, "done"),
        ("m", "r1", 2, "Sửa bàn", "x1", "Xã Một", date(2023, 12, 31), "in_progress"),
        ("m", "r2", 1, "Phòng làm", "p1", "Phòng Một", None, "not_started"),
    ]
    assert found.select("held_on", "review_title").row(2) == (date(2023, 12, 20), "Tổng kết")


def test_a_viewer_sees_the_lists_of_its_units_alone(warehouse: Warehouse) -> None:
    viewer = OnlySome(("x2",))
    assert model_lists.criterion_scores(warehouse, "R", viewer)["unit"].to_list() == ["x2"]
    assert model_lists.conclusions(warehouse, "R", viewer)["number"].to_list() == [1]
    assert model_lists.events(warehouse, "R", viewer).is_empty()
    assert model_lists.reviews(warehouse, "R", OnlySome(("x4",))).is_empty()
    assert model_lists.life_marks(warehouse, scope(), viewer)["units"].to_list() == [1, 1, 1]


def test_events_of_a_root(warehouse: Warehouse) -> None:
    assert model_lists.events(warehouse, "R", Viewer()).rows() == [
        (date(2023, 5, 1), "R", "Huyện Thử", "Phần mềm mới"),
        (date(2023, 6, 1), "x1", "Xã Một", "Ngập lụt"),
    ]


def test_marks_count_the_units_asked(warehouse: Warehouse) -> None:
    marks = model_lists.life_marks(warehouse, scope(), Viewer())
    assert marks.columns == ["month", "day", "model", "model_name", "kind", "units"]
    assert marks.drop("model_name").rows() == [
        ("2022-03", date(2022, 3, 1), "n", "launch", 1),
        ("2023-02", date(2023, 2, 1), "m", "launch", 2),
        ("2023-04", date(2023, 4, 5), "m", "interim", 2),
        ("2023-05", date(2023, 5, 2), "m", "launch", 1),
        ("2023-08", date(2023, 8, 1), "m", "end", 1),
        ("2023-12", date(2023, 12, 20), "m", "final", 3),
    ]
    departments = model_lists.life_marks(warehouse, scope(kind="department"), Viewer())
    assert departments.select("day", "kind", "units").rows() == [
        (date(2023, 5, 2), "launch", 1), (date(2023, 12, 20), "final", 1),
    ]  # fmt: skip
    assert model_lists.life_marks(warehouse, scope(units=("x3",)), Viewer()).is_empty()


def test_marks_of_the_demo_district(small_district: Path) -> None:
    asked = scope(root="district", kind="commune", units=("xa-long-dien-trung", "xa-an-thuan-tay"))
    marks = model_lists.life_marks(open_snapshot(), asked, Viewer())
    assert marks.select("month", "model", "kind", "units").rows() == [
        ("2022-07", "chinh-quyen-than-thien", "launch", 2),
        ("2023-06", "chinh-quyen-than-thien", "interim", 2),
        ("2024-01", "dong-hanh", "launch", 1),
        ("2024-07", "dong-hanh", "interim", 1),
        ("2024-12", "dong-hanh", "interim", 1),
        ("2025-06", "dong-hanh", "interim", 1),
    ]


def test_the_district_has_a_conclusion_not_done_in_time(small_district: Path) -> None:
    found = model_lists.conclusions(open_snapshot(), "district", Viewer()).filter(model="dong-hanh")
    assert found.height == 5
    last = date(2025, 6, 30)
    late = [row for row in found.iter_rows(named=True) if row["state"] != "done" and row["due_on"] < last]
    assert [(row["review"], row["number"]) for row in late] == [("dong-hanh-2024-07", 2)]


def test_models_in_effect_at_hong_ngu_are_as_many_as_published(hn_tl: Path) -> None:
    warehouse = open_snapshot()
    units = tuple(unit.code for unit in known(warehouse).units_of("HN"))
    adopted = model_lists.adoptions(warehouse, "HN", units, Viewer())

    def in_effect(year: int) -> int:
        begun = adopted["adopted_from"].dt.year() <= year
        ended = (adopted["adopted_to"].dt.year() < year).fill_null(False)
        return adopted.filter(begun & ~ended)["model"].n_unique()

    assert (in_effect(2022), in_effect(2023)) == (12, 15)
    assert model_lists.models(warehouse, "HN", Viewer()).height == 15
