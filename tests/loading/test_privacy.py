"""Personal values of exports are in nothing that the product writes or prints."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import fastexcel
import polars as pl
import pytest

from etl import demo
from etl.personal import is_personal_header
from tests.helpers.examples import (
    SHEET_HEADERS,
    SURVEY_PROFILE,
    add_profile,
    answer,
    as_of,
    case,
    load,
    office,
    run,
    write,
    write_sheets,
)  # fmt: skip
from warehouse.folders import data_folder, exports_folder

PLANTED = ["Trần Thị Bưởi Hồng", "0912345678", "079123456789", "buoi.hong@example.org", "12 Ngõ Hẹp, tổ 9"]


def written(folder: Path) -> Iterator[tuple[Path, str]]:
    """What every file under the data folder but the exports holds, as text: of a table every different cell once."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or exports_folder() in path.parents:
            continue
        yield path, path.name
        if path.suffix == ".parquet":
            yield path, different_cells(pl.read_parquet(path))
        elif path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as connection:
                for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
                    yield path, different_cells(connection.sql(f"from {table}").pl())
        else:
            yield path, path.read_text(encoding="utf-8")


def different_cells(table: pl.DataFrame) -> str:
    texts = [column.unique().drop_nulls().to_list() for column in table.select(pl.col(pl.String)).iter_columns()]
    return "\n".join(text for column in texts for text in column)


def assert_absent(folder: Path, values: Iterable[str], printed: str) -> None:
    for path, text in [*written(folder), (Path("printed"), printed)]:
        for value in values:
            # Whole values: a telephone number may begin a longer code.
            if value in text and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text):
                raise AssertionError(f"{path.name} holds a personal value of {len(value)} letters")


def personal_values(table: list[list[str | None]]) -> set[str]:
    """The values under personal headers, of a table with its header somewhere on top."""
    top = max(range(min(30, len(table))), key=lambda n: sum(is_personal_header(cell or "") for cell in table[n]))
    columns = [n for n, cell in enumerate(table[top]) if is_personal_header(cell or "")]
    assert columns
    values = {row[n] or "" for row in table[top + 1 :] for n in columns if n < len(row)}
    # Anything shorter could as well be a number of something else. A few hundred of the many will do.
    return set(sorted(value for value in values if len(value) >= 9)[::20])


def of_workbook(path: Path) -> list[list[str | None]]:
    sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars()
    return [list(row) for row in sheet.rows()]


def of_text(path: Path) -> list[list[str | None]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [list(row) for row in csv.reader(file)]


def test_demo_exports(hn_tl: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = run("loads")[1] + run("snapshots")[1] + "".join(capfd.readouterr())
    files = sorted(exports_folder().glob("HN/*.xlsx"))[:2] + sorted(exports_folder().glob("TL/*.csv"))
    values = set().union(*(personal_values((of_text if f.suffix == ".csv" else of_workbook)(f)) for f in files))
    assert len(values) > 100
    assert_absent(hn_tl, values, text)


def test_the_district(small_district: Path) -> None:
    planted = demo.load_planted(exports_folder() / "district")
    files = [exports_folder() / "district" / file.file for file in planted.files if file.kind == "cases"]
    texts = [path for path in files if path.suffix == ".csv"][::9]
    texts += [exports_folder() / "district" / file.file for file in planted.files if file.source == "khao-sat-hang-nam"]
    books = [path for path in files if path.suffix == ".xlsx"][::18]
    values = set().union(*map(personal_values, [*map(of_text, texts), *map(of_workbook, books)]))
    assert len(values) > 100
    assert_absent(small_district, values, "")


def test_free_text_of_a_survey(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    office()
    said = "Cán bộ tên Bưởi rất nhiệt tình"
    wide = {**SURVEY_PROFILE["columns"], "instrument": ["Mẫu phiếu"]}
    wide = {name: headers for name, headers in wide.items() if name not in ("item", "score")}
    add_profile("rong", like=SURVEY_PROFILE, recognise=["Mã phiếu thử", "q1"], columns=wide,
                items={"Thái độ": ["q1"], "Kết quả": ["q2"]})  # fmt: skip
    headers = {**SHEET_HEADERS, "q1": "q1", "q2": "q2", "remark": "Ý kiến khác", "more": "Anh/chị mong gì thêm?"}
    sheet = {name: value for name, value in answer().items() if name not in ("item", "score")}
    rows = [{**sheet, "sheet_id": f"P{n}", "q1": 5, "q2": 4, "remark": said, "more": said} for n in range(20)]
    rows.append({**sheet, "sheet_id": "P99", "q1": said, "q2": 4})
    found = load(write(tmp_path / "rong.csv", rows, headers=headers))
    assert (found["files"][0]["new"], found["files"][0]["reasons"]) == (20, {"bad_score": 1})
    long = [*(answer() for _ in range(20)), answer(score=said), answer(item="Ý kiến khác", score=said)]
    found = load(write_sheets(tmp_path / "dai.csv", long))
    assert (found["files"][0]["new"], found["files"][0]["reasons"]) == (20, {"bad_score": 2})
    assert_absent(data_folder(), [said], "".join(capfd.readouterr()))


def test_a_value_that_got_through_is_found(tmp_path: Path) -> None:
    office(unknown_units="register", unit_words=["*"])
    load(write(tmp_path / "a.csv", [case(unit=PLANTED[0])]))
    with pytest.raises(AssertionError, match="personal value"):
        assert_absent(data_folder(), PLANTED, "")
    with pytest.raises(AssertionError, match="printed"):
        assert_absent(tmp_path / "none", PLANTED, f"Gọi {PLANTED[1]}.")


def shifted(row: dict[str, object]) -> dict[str, object]:
    """A row that slipped: its values stand one column too far to the right."""
    values = list(row.values())
    return dict(zip(row, [PLANTED[0], *values[:-1]], strict=True))


def test_spoilt_rows(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    office()
    name, phone, identity, mail, address = PLANTED
    rows = [
        *(case(applicant=name, phone=phone) for _ in range(30)),
        case(received_at=name, applicant=name),
        case(due_at=phone),
        case(finished_at=address, phone=identity),
        case(case_code=name),
        case(case_code=phone),
        case(case_code=None, applicant=name),
        case(unit=phone),
        case(unit=mail),
        case(field=identity),
        case(procedure=f"Đơn của {phone}"),
        case(status="Lạ", received_at=name),
        case(channel=mail),
        shifted(case(applicant=name, phone=phone)),
    ]
    path = write(tmp_path / "a.xlsx", rows, banner=[*as_of("2023-04-30"), f"Người lập: {name}, {phone}"], footer=[name])
    code, text = run("load", path)
    assert code == 1
    assert "30 mới" in text
    assert "14 bị loại" in text
    text += str(load(path, command="check")) + str(load(path)) + run("loads")[1]
    assert_absent(data_folder(), PLANTED, text + "".join(capfd.readouterr()))


def test_refused_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    office()
    name, phone, *_ = PLANTED
    header_gone = write(tmp_path / "a.csv", [case(applicant=name, phone=phone) for _ in range(9)])
    header_gone.write_text("\n".join(header_gone.read_text("utf-8").splitlines()[1:]), encoding="utf-8")
    swapped = write(tmp_path / "b.csv", [case(case_code=name, received_at=phone) for _ in range(9)])
    text = str(load(header_gone, swapped))
    assert "'exit': 2" in text
    assert_absent(data_folder(), PLANTED, text + "".join(capfd.readouterr()))
