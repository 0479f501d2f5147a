"""What an office says of its models is checked before anything is archived, and every mistake is named at once."""

import re
import shutil
from pathlib import Path

import duckdb
import polars as pl
import pytest

from etl import reference
from etl.reference import UnusableReference
from etl.reference.columns import FILES, MODEL_FILES
from tests.helpers.examples import UNITS, add_profile, add_reference, case, load, office, run, write
from warehouse.folders import PROJECT, data_folder, reference_file, shipped_reference_file
from warehouse.snapshots import SnapshotTooOld, current, open_snapshot

TEMPLATES = PROJECT / "data" / "templates"
HEADERS = {name: ",".join(FILES[name].columns) + "\n" for name in FILES}
# A small office that all is well with.
GOOD = {
    "models": "m,Mô hình một,Việc,Phòng Một\nn,Mô hình hai,,\n",
    "adoptions": "m,x1,2023-01-01,2023-02-01,\nm,x2,2025-01-01,,\nn,x1,,2023-03-01,2024-01-01\n",
    "criteria": "m,a,Chung,Tiêu chí A,20\nm,b,Chung,Tiêu chí B,10\nn,c,Chung,Tiêu chí C,5\n",
    "reviews": "r,m,interim,2023-07-05,Sơ kết\ns,n,final,2024-01-05,Tổng kết\n",
    "criterion_scores": "r,x1,a,17.5\nr,x1,b,10\ns,x1,c,0\n",
    "conclusions": "r,1,Làm tiếp,,,done\nr,2,Sửa bàn,x1,2023-12-31,in_progress\n",
    "events": "2023-05-01,R,Phần mềm mới\n2023-06-01,x1,Ngập lụt\n",
}  # fmt: skip


def give(**changes: str) -> None:
    """The files of GOOD in the data folder's own reference files; `changes` are rows in place of theirs."""
    for name, rows in {**GOOD, **changes}.items():
        add_reference(name, HEADERS[name] + rows)


def refused() -> list[str]:
    with pytest.raises(UnusableReference) as error:
        reference.usable_files()
    return str(error.value).splitlines()


MISTAKES = [
    ("models", "m,,Việc,\n", ["dòng 2", "“name”", "để trống", "bắt buộc"]),
    ("models", ",Mô hình,Việc,\n", ["dòng 2", "“code”", "để trống"]),
    ("models", "m,A,,\nm,B,,\n", ["dòng 2, 3: m có hơn một dòng"]),
    ("models", "m,A,,Ông Trần Văn Mẫu\n", ["“responsible”", "tên người", "cơ quan hoặc chức vụ"]),
    ("models", "m,A,Gọi 0912 345 678,\n", ["“purpose”", "số điện thoại", "Xoá"]),
    ("adoptions", "lạ,x1,,2023-01-01,\n", ["dòng 2", "“model”", "“lạ”", "models.csv", "xoá dòng này"]),
    ("adoptions", "m,nơi khác,,2023-01-01,\n", ["“unit”", "“nơi khác”", "units.csv"]),
    ("adoptions", "m,x1,,,\n", ["“from”", "planned_from hoặc from"]),
    ("adoptions", "m,x1,,2023-01-01,2023-01-01\n", ["“to”", "“2023-01-01”", "sau ngày ở cột from"]),
    ("adoptions", "m,x1,2023-01-01,,2023-02-01\n", ["“to”", "cột from để trống"]),
    ("adoptions", "m,x1,,01/13/2023,\n", ["“from”", "“01/13/2023”", "2025-06-30 hoặc 30/06/2025"]),
    ("adoptions", "m,x1,,1/2/24,\n", ["“from”", "“1/2/24”", "từ năm 2000 đến năm 2100"]),
    ("adoptions", "m,x1,,2023-01-01,\nm,Xã Một,,2023-01-01,\n", ["dòng 2, 3: m, x1 có hơn một dòng"]),
    ("criteria", "m,a,G,A,0\n", ["“highest_score”", "“0”", "lớn hơn 0"]),
    ("criteria", "m,a,G,A,hai mươi\n", ["“highest_score”", "“hai mươi”", "một số"]),
    ("criteria", "m,a,G,A,1\nm,a,G,B,1\n", ["m, a có hơn một dòng"]),
    ("criteria", "m,a,,A,1\n", ["“group”", "để trống"]),
    ("reviews", "r,m,sơ kết,2023-07-05,S\n", ["“kind”", "“sơ kết”", "interim, final"]),
    ("reviews", "r,m,final,1999-12-31,S\n", ["“held_on”", "“1999-12-31”", "từ năm 2000"]),
    ("criterion_scores", "lạ,x1,a,1\n", ["“review”", "“lạ”", "reviews.csv"]),
    ("criterion_scores", "r,x1,c,1\n", ["“criterion”", "“c”", "criteria.csv"]),
    ("criterion_scores", "r,x1,b,10.5\n", ["“score”", "“10.5”", "từ 0 đến 10"]),
    ("criterion_scores", "r,x1,b,-1\n", ["“score”", "“-1”", "từ 0"]),
    ("criterion_scores", 'r,x1,b,"1,234"\n', ["“score”", "“1,234”", "một số"]),
    ("criterion_scores", "r,x1,b,nan\n", ["“score”", "“nan”", "một số"]),
    ("criterion_scores", "r,x1,a,1\nr,x1,a,2\n", ["r, x1, a có hơn một dòng"]),
    ("conclusions", "r,1,Làm,,,xong\n", ["“state”", "“xong”", "not_started, in_progress, done"]),
    ("conclusions", "r,0,Làm,,,done\n", ["“number”", "“0”", "từ 1"]),
    ("conclusions", "r,một,Làm,,,done\n", ["“number”", "“một”", "một số nguyên"]),
    ("conclusions", "r,1,Làm,,,done\nr,1,Nữa,,,done\n", ["r, 1 có hơn một dòng"]),
    ("conclusions", "r,1,Gặp 001085012345,,,done\n", ["“text”", "số giấy tờ"]),
    ("events", "2023-05-01,,Lũ\n", ["“unit”", "để trống"]),
    ("events", "hôm qua,R,Lũ\n", ["“day”", "“hôm qua”"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "words"), MISTAKES)
def test_a_mistake_is_named_with_its_place_and_remedy(own_data: Path, name: str, rows: str, words: list[str]) -> None:
    add_reference("units", UNITS)
    give(**{name: rows})
    first = refused()[0]
    assert first.startswith(f"{name}.csv, dòng ")
    assert first.endswith("rồi chạy lại.")
    assert [word for word in words if word not in first] == []


def test_what_is_personal_is_not_repeated(own_data: Path) -> None:
    add_reference("units", UNITS)
    give(models="m,A,Gọi 0912345678,Bà Lê Thị Mẫu\n")
    assert not re.search("0912345678|Mẫu", "".join(refused()))


def test_a_good_office_is_accepted(own_data: Path) -> None:
    add_reference("units", UNITS)
    give()
    assert {name: frame.height for name, frame in reference.model_files().items()} == {
        name: len(rows.splitlines()) for name, rows in GOOD.items()
    }


@pytest.mark.parametrize("command", ["load", "check"])
def test_nothing_is_archived_or_published(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    office()
    give(adoptions="m,x1,,2023-01-01,\nm,x9,,2023-01-01,\n")
    found = load(write(tmp_path / "a.csv", [case()]), command=command)
    assert (found["exit"], found["snapshot"]) == (2, None)
    assert "adoptions.csv, dòng 3, cột “unit”: có “x9”" in capsys.readouterr().err
    assert not (data_folder() / "archive").exists()
    assert not (data_folder() / "warehouse").exists()
    give()
    assert load(write(tmp_path / "a.csv", [case()]), command=command)["exit"] == 0


def test_everything_wrong_in_a_file_is_said_at_once_in_order(own_data: Path) -> None:
    add_reference("units", UNITS)
    give(adoptions="lạ,x9,,,\n\nm,x1,,2023-01-01,2022-01-01\nm,x1,,không,\n")
    assert [line.split(":")[0] for line in refused()] == [
        "adoptions.csv, dòng 2, cột “model”",
        "adoptions.csv, dòng 2, cột “unit”",
        "adoptions.csv, dòng 2, cột “from”",
        "adoptions.csv, dòng 4, cột “to”",
        "adoptions.csv, dòng 4, 5",
        "adoptions.csv, dòng 5, cột “from”",
    ]
    give(models="".join(f"m{n},,,\n" for n in range(25)))
    lines = refused()
    assert len(lines) == 11
    assert lines[9].startswith("models.csv, dòng 11,")
    assert lines[10] == "và 15 dòng nữa."


def test_the_other_files_say_everything_at_once_too(own_data: Path) -> None:
    add_reference("units", HEADERS["units"] + "R,,huyện,,,,\nx,Xã,commune,R,31/2/2023,,\n")
    assert [line.split(":")[0] for line in refused()] == [
        "units.csv, dòng 2, cột “name”", "units.csv, dòng 2, cột “kind”", "units.csv, dòng 3, cột “valid_from”",
    ]  # fmt: skip


def test_a_file_as_excel_writes_it(own_data: Path) -> None:
    add_reference("units", "\ufeff" + UNITS.replace(",", ";").replace("\n", "\r\n"))
    give(
        adoptions="m,x1,01/01/2023,1/2/2023,\n,,,,\nm,x2,2025-01-01,,\nn,x1,,1/3/2023,\n",
        criteria='m,a,Chung,"Tiêu chí A",20\nm,b,Chung,Tiêu chí B,"10,5"\nn,c,Chung,Tiêu chí C,5\n',
    )
    scores = "\ufeffreview;unit;criterion;score\r\nr;x1;a;17,5\r\n;;;\r\nr;x1;b;10,25\r\n"
    reference_file("criterion_scores.csv").write_bytes(scores.encode())
    files = reference.model_files()
    planned = files["adoptions"].select("planned_from", "from").cast(pl.String).rows()
    assert planned == [("2023-01-01", "2023-02-01"), ("2025-01-01", None), (None, "2023-03-01")]
    assert files["criterion_scores"]["score"].to_list() == [17.5, 10.25]
    assert files["criteria"]["highest_score"].to_list() == [20, 10.5, 5]


def test_a_semicolon_within_a_cell_does_not_part_cells(own_data: Path) -> None:
    add_reference("fields", "code,name,short_name,aliases\na,A,,B;C;D;E;F\n")
    assert reference.read("fields")["aliases"].to_list() == ["B;C;D;E;F"]


def test_truths_in_capitals_as_excel_writes_them(own_data: Path) -> None:
    add_reference("calendar", "day,is_working,why\n02/01/2026,FALSE,\n10/01/2026,TRUE,\n")
    assert reference.read("calendar")["is_working"].to_list() == [False, True]


def test_units_are_named_by_code_name_or_other_name(own_data: Path) -> None:
    add_reference("units", UNITS)
    give(adoptions="m,xã  một,,2023-01-01,\nm,UBND xã Hai,,2023-01-01,\n")
    assert refused()[0].startswith("adoptions.csv, dòng 3, cột “unit”: có “UBND xã Hai”, không có trong units.csv")
    give(adoptions="m,ubnd XÃ MỘT,,2023-01-01,\nm,Xã Hai,,2023-01-01,\nm,x3,,2023-01-01,\n")
    assert reference.model_files()["adoptions"]["unit"].to_list() == ["x1", "x2", "x3"]
    give(adoptions="m,Xã Đổi Tên,,2023-01-01,\n")
    assert "chỉ hơn một đơn vị (cu, moi). Ghi mã" in refused()[0]


def test_a_code_wins_over_a_name(own_data: Path) -> None:
    add_reference("units", UNITS + "a1,Xã Bốn,commune,R,,,\nS,Huyện Kia,district,,,,\na2,Xã Năm,commune,S,,,a1\n")
    give(adoptions="m,a1,,2023-01-01,\n")
    assert reference.model_files()["adoptions"]["unit"].to_list() == ["a1"]


def test_the_demos_rows_go_where_an_offices_units_are_others(own_data: Path) -> None:
    whole = {name: frame.height for name, frame in reference.model_files().items()}
    add_reference("units", UNITS)
    found = {name: frame.height for name, frame in reference.model_files().items()}
    for name in ("adoptions", "criterion_scores", "events"):
        assert whole[name] > 0
        assert found[name] == 0
    assert found["conclusions"] < whole["conclusions"]
    # The demo's unit of the same code is not the office's.
    add_reference("units", UNITS + "p-tu-phap,Phòng Tư pháp,department,R,,,\n")
    assert reference.model_files()["adoptions"].height == 0
    # Units of the office beside those of the demo leave the demo as it is.
    shipped = shipped_reference_file("units.csv").read_text(encoding="utf-8")
    add_reference("units", shipped + UNITS.split("\n", 1)[1])
    assert {name: frame.height for name, frame in reference.model_files().items()} == whole


def test_the_demos_rows_go_where_an_offices_models_are_others(own_data: Path) -> None:
    add_reference("models", HEADERS["models"] + "dong-hanh,Cùng tên mã,,\n")
    files = reference.model_files()
    assert [name for name in MODEL_FILES if files[name].height] == ["models", "events"]
    add_reference("criteria", HEADERS["criteria"] + "lạ,a,Chung,A,20\n")
    assert refused()[0].startswith("criteria.csv, dòng 2, cột “model”: có “lạ”, không có trong models.csv")


def test_the_demos_scores_go_where_an_offices_criteria_are_others(own_data: Path) -> None:
    add_reference("criteria", HEADERS["criteria"] + "dong-hanh,cong-khai,Chung,Tiêu chí khác,100\n")
    assert reference.model_files()["criterion_scores"].is_empty()


def test_what_ships_is_as_strict_as_an_offices_own(own_data: Path) -> None:
    given = reference.model_files()
    shutil.copytree(PROJECT / "data" / "reference", own_data / "reference")
    own = reference.model_files()
    for name in MODEL_FILES:
        assert own[name].height > 0
        assert own[name].equals(given[name])
    reference.usable_files()


def test_the_demo_district_has_one_criterion_that_lags(own_data: Path) -> None:
    files = reference.model_files()
    scores = files["criterion_scores"].join(files["reviews"].filter(model="dong-hanh"), on="review")
    means = scores.group_by("held_on", "criterion").agg(pl.col("score").mean()).sort("held_on", "score")
    assert set(means.group_by("held_on").first()["criterion"]) == {"cong-khai"}
    assert scores["held_on"].n_unique() == 3
    for (_,), over_time in means.group_by("criterion"):
        assert over_time["score"].is_sorted()
        assert over_time["score"].n_unique() > 1


def test_nothing_else_begins_beside_the_demos_model_with_an_effect(own_data: Path) -> None:
    adopted = reference.model_files()["adoptions"].join(
        reference.units()[0].select("root", unit="code"), on="unit"
    ).filter(pl.col("root") == "district", pl.col("model") != "dong-hanh")  # fmt: skip
    months = adopted["from"].dt.year() * 12 + adopted["from"].dt.month()
    assert months.len() > 20
    assert ((months - (2024 * 12 + 1)).abs() > 6).all()


def test_templates_are_accepted_and_reach_the_warehouse(tmp_path: Path) -> None:
    office()
    for path in TEMPLATES.glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        shutil.copy(path, data_folder() / "reference" / path.name)
    reference.usable_files()
    assert all(reference.read(name).height for name in FILES)
    add_profile("thu", root="huyen-mau")
    assert load(write(tmp_path / "a.csv", [case(unit="Xã Đông Mẫu")]))["exit"] == 0
    for name, frame in reference.model_files().items():
        assert open_snapshot().read(f"select count(*) from {name}").item() == frame.height > 0


def test_templates_hold_what_their_guide_tells() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.csv")} == set(FILES)
    text = (TEMPLATES / "README.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (\w+)\.csv\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL))
    assert set(sections) == set(FILES)
    for name, file in FILES.items():
        told = re.findall(r"^\| `(\w+)` \|(.*)\| (có|không) \|$", sections[name], re.MULTILINE)
        assert [column for column, _, _ in told] == list(file.columns)
        header = (TEMPLATES / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        assert header.split(",") == list(file.columns)
        for column, cells, required in told:
            assert (required == "có") == file.columns[column].is_required, (name, column)
            assert all(f"`{word}`" in cells for word in file.columns[column].allowed)


def test_a_snapshot_without_these_tables_is_refused_and_built_again(tmp_path: Path) -> None:
    office()
    give()
    load(write(tmp_path / "a.csv", [case()]))
    with duckdb.connect(str(current().path)) as connection:
        for name in ("criteria", "reviews", "criterion_scores", "conclusions", "events"):
            connection.execute(f"drop table {name}")
        connection.execute("update builds set schema_version = 1")
    with pytest.raises(SnapshotTooOld, match="cấu trúc 1,"):
        open_snapshot()
    assert run("build")[0] == 0
    counts = [open_snapshot().read(f"select count(*) from {name}").item() for name in MODEL_FILES]
    assert counts == [len(rows.splitlines()) for rows in GOOD.values()]
