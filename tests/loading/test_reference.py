"""Reference files: the office's own wins, and one that cannot be used is refused with its place and what to do."""

from pathlib import Path

import pytest

from etl import reference
from etl.reference import UnusableReference
from etl.reference.columns import FILES
from tests.helpers.examples import UNITS, add_reference, case, load, office, run, write
from warehouse.folders import PROJECT, data_folder, exports_folder, profile_folders, reference_file
from warehouse.snapshots import open_snapshot


@pytest.mark.parametrize("name", FILES)
def test_what_ships_can_be_read(name: str) -> None:
    assert reference.read(name).height > 0
    assert reference_file(f"{name}.csv").parent == PROJECT / "data" / "reference"


def test_the_folders_of_an_installation(own_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data_folder() == own_data.resolve()
    assert profile_folders() == [PROJECT / "etl" / "profiles", own_data.resolve() / "profiles"]
    monkeypatch.delenv("DOISANH_DATA")
    assert data_folder() == PROJECT / "data"
    monkeypatch.setenv("DOISANH_DATA", "~/số liệu")
    assert exports_folder() == Path.home().resolve() / "số liệu" / "exports"


def test_the_own_file_wins(own_data: Path) -> None:
    own = add_reference("models", "\ufeffcode,name,purpose,responsible\nmot,Mô hình một,,\n")
    assert reference_file("models.csv") == own
    assert reference.read("models").rows() == [("mot", "Mô hình một", None, None)]


HEAD = UNITS.splitlines()[0] + "\n"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("units", "code;name\nR;Gốc\n", ["units.csv", "thiếu cột", "kind"]),
        ("units", "", ["units.csv", "CSV UTF-8"]),
        ("units", "code,name\na,b,c,d\n", ["units.csv", "CSV UTF-8"]),
        ("units", HEAD + "R,Gốc,city,,,,\n", ["units.csv", "“city”", "district, one_stop"]),
        ("units", HEAD + "R,Gốc,district,,,,\nR,Gốc hai,district,,,,\n", ["units.csv", "R có hơn một dòng"]),
        ("units", HEAD + "R,Gốc,district,,,,\n,Xã,commune,R,,,\n", ["units.csv", "dòng 3", "code", "để trống"]),
        ("units", HEAD + "R,Gốc,district,S,,,\n", ["units.csv", "“R”", "“S”"]),
        ("units", HEAD + "R,Gốc,district,S,,,\nS,Gốc,district,R,,,\n", ["đi vòng"]),
        ("units", HEAD + "R,Gốc,district,,,,\na,Xã A,commune,R,,,B\nb,Xã B,commune,R,,,B\n", ["“b”", "valid_from"]),
        ("units", HEAD + "R,Gốc,district,,6/30/2023,,\n", ["dòng 2", "“valid_from”", "“6/30/2023”", "2025-06-30"]),
        ("fields", "code,name,short_name,aliases\na,A,,\nb,B,,A\n", ["fields.csv", "“a”", "a, b"]),
        ("procedures", "code,name,field,working_days,sensitive,aliases\na,A,f,mười,1,\n", ["“working_days”", "một số"]),
        ("procedures", "code,name,field,working_days,sensitive,aliases\na,A,f,1,có,\n", ["“sensitive”", "0 hoặc 1"]),
        ("sources", "source,title,retired_on\nthu,A,\nthu,B,\n", ["sources.csv", "thu có hơn một dòng"]),
        ("adoptions", "model,unit,planned_from,from,to\nm,x1,,,\nm,x1,,,\n", ["dòng 2, 3: m, x1 có hơn một dòng"]),
        ("instruments", "instrument,title,scale,satisfied_from,overall_item,per_case\nA,,một đến năm,4,C,1\n",
         ["instruments.csv", "dòng 2", "“một đến năm”", "1-5"]),
    ],
)  # fmt: skip
def test_an_unusable_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, words: list[str]
) -> None:
    office()
    add_reference(name, text)
    found = load(write(tmp_path / "a.csv", [case()]))
    assert (found["exit"], found["snapshot"]) == (2, None)
    said = capsys.readouterr().err
    for word in words:
        assert word in said
    assert str(tmp_path) not in said
    assert run("loads")[1] == ""


def test_text_that_is_not_utf8(own_data: Path) -> None:
    add_reference("models", "").write_bytes("code,name,purpose,responsible\na,Mô hình,,\n".encode("utf-16"))
    with pytest.raises(UnusableReference, match="UTF-8"):
        reference.read("models")


def test_the_same_name_under_two_roots_or_at_two_times_is_fine(own_data: Path) -> None:
    add_reference(
        "units", HEAD + "R,Gốc,district,,,,\nS,Gốc hai,district,,,,\na,Xã A,commune,R,,2023-06-30,\n"
        "a2,Xã A,commune,R,2023-07-01,,\nb,Xã A,commune,S,,,\n",
    )  # fmt: skip
    frame, spelled = reference.units()
    assert dict(zip(frame["code"], frame["root"], strict=True)) == {"R": "R", "S": "S", "a": "R", "a2": "R", "b": "S"}
    assert spelled.filter(folded="xã a")["code"].to_list() == ["a", "a2", "b"]


def test_models_and_adoptions_reach_the_warehouse(tmp_path: Path) -> None:
    office()
    add_reference("models", "code,name,purpose,responsible\nmot,Mô hình một,Việc,Phòng Một\n")
    adopted = "mot,x1,2023-01-01,2023-02-01,\n"
    add_reference("adoptions", "model,unit,planned_from,from,to\n" + adopted)
    add_reference("sources", "source,title,retired_on\nthu,Phần mềm thử,2024-01-01\n")
    load(write(tmp_path / "a.csv", [case()]))
    found = open_snapshot().read("select models.code, units.code as unit, planned_from, adopted_from, adopted_to "
                                 "from adoptions join models using (model_id) join units using (unit_id)")  # fmt: skip
    assert [list(map(str, row)) for row in found.rows()] == [["mot", "x1", "2023-01-01", "2023-02-01", "None"]]
    assert open_snapshot().read("select title, retired_on::varchar from sources").rows() == [
        ("Phần mềm thử", "2024-01-01")
    ]
