"""Personal values of exports are in nothing that the product writes or prints."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import fastexcel
import pytest
from examples import as_of, case, load, office, run, write

from etl import demo
from etl.personal import is_personal_header
from warehouse.folders import data_folder, exports_folder

PLANTED = ["Trần Thị Bưởi Hồng", "0912345678", "079123456789", "buoi.hong@example.org", "12 Ngõ Hẹp, tổ 9"]


def written(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file under the data folder but the exports, as text: tables as csv, the rest as it is."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or exports_folder() in path.parents:
            continue
        yield path, path.name
        yield path, path.read_bytes().decode("utf-8", "ignore")
        if path.suffix == ".parquet":
            yield path, str(duckdb.sql(f"from read_parquet('{path}')").fetchall())
        if path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as connection:
                for (table,) in connection.execute("select table_name from information_schema.tables").fetchall():
                    yield path, str(connection.execute(f"from {table}").fetchall())


def assert_absent(folder: Path, values: Iterable[str], printed: str) -> None:
    # One look for all of them; whole values, since a telephone number may begin a longer code.
    wanted = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(value) for value in values) + r")(?!\w)")
    for path, text in [*written(folder), (Path("printed"), printed)]:
        found = wanted.search(text)
        assert found is None, f"{path.name} holds a value of {len(found[0])} letters"


def personal_values(table: list[list[str | None]]) -> set[str]:
    """The values under personal headers, of a table with its header somewhere on top."""
    top = max(range(min(30, len(table))), key=lambda n: sum(is_personal_header(cell or "") for cell in table[n]))
    columns = [n for n, cell in enumerate(table[top]) if is_personal_header(cell or "")]
    assert columns
    values = {row[n] or "" for row in table[top + 1 :] for n in columns if n < len(row)}
    # Anything shorter could as well be a number of something else.
    return {value for value in values if len(value) >= 9}


def of_workbook(path: Path) -> list[list[str | None]]:
    sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars()
    return [list(row) for row in sheet.rows()]


def of_text(path: Path) -> list[list[str | None]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [list(row) for row in csv.reader(file)]


@pytest.mark.parametrize("scenario", ["HN", "TL"])
def test_demo_exports(scenario: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, text = run("demo", "--scenario", scenario)
    assert code == 0
    text += run("loads")[1] + run("snapshots")[1] + "".join(capfd.readouterr())
    files = [path for path in (exports_folder() / scenario).iterdir() if path.suffix in (".xlsx", ".csv")]
    values = set().union(*(personal_values((of_text if f.suffix == ".csv" else of_workbook)(f)) for f in files))
    assert len(values) > 100
    assert_absent(data_folder(), values, text)


def test_the_district(small_district: Path) -> None:
    planted = demo.load_planted(exports_folder() / "district")
    files = [exports_folder() / "district" / file.file for file in planted.files if file.kind == "cases"]
    values = set().union(*(personal_values(of_text(path)) for path in files if path.suffix == ".csv"))
    values |= set().union(*(personal_values(of_workbook(path)) for path in files[:2] if path.suffix == ".xlsx"))
    assert len(values) > 1000
    assert_absent(small_district, values, "")


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
    assert "31 mới" not in text or "12 bị loại" in text
    text += str(load(path, command="check")) + str(load(path)) + run("loads")[1]
    assert_absent(data_folder(), PLANTED, text + "".join(capfd.readouterr()))


def test_refused_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    office()
    name, phone, *_ = PLANTED
    header_gone = write(tmp_path / "a.csv", [case(applicant=name, phone=phone) for _ in range(9)])
    header_gone.write_text("\n".join(header_gone.read_text("utf-8").splitlines()[1:]), encoding="utf-8")
    swapped = write(tmp_path / "b.csv", [case(case_code=name, received_at=phone) for _ in range(9)])
    text = str(load(header_gone, swapped))
    assert '"exit": 2' in text.replace("'", '"')
    assert_absent(data_folder(), PLANTED, text + "".join(capfd.readouterr()))
