"""A large text file is read block by block, and gives what it gives read whole."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

import polars as pl
import pytest

from etl.reading import FileRefused, Parsed, large_text
from etl.reading.sheets import book_of
from tests.helpers.export_files import APPLICANT, HEADER, PHONE, SURVEY, case, csv_file, parse, profile
from tests.helpers.office_files import CASES

# So many bytes are a few rows, and the header stands in so many lines.
FEW_BYTES, FIRST_LINES = 700, 8


WIDE = '[constants]\ninstrument = "I"\n[items]\n"Thái độ" = ["Thái độ"]\n"Chung" = ["Chung"]'


def told(parsed: Parsed) -> dict[str, object]:
    """All that reading a file gives."""
    frames = (parsed.frame, parsed.rejected, parsed.rejected_cells)
    return {
        **{name: value for name, value in vars(parsed).items() if not isinstance(value, pl.DataFrame)},
        "frames": [frame.cast({pl.Categorical: pl.String}).to_dict(as_series=False) for frame in frames],
        "schemas": [frame.cast({pl.Categorical: pl.String}).schema for frame in frames],
    }


@pytest.fixture
def in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_text, "_BLOCK", FEW_BYTES)
    monkeypatch.setattr(large_text, "_FIRST_LINES", FIRST_LINES)


def cases(count: int) -> list[Sequence[object]]:
    return [HEADER, *(case(number) for number in range(1, count + 1))]


def with_all_kinds_of_rows() -> list[Sequence[object]]:
    """What a file may hold beside good rows, spread over all of its blocks."""
    rows: list[Sequence[object]] = [["UBND THỊ XÃ"], ["Từ ngày 01/01/2024 đến ngày 31/03/2024"], HEADER]
    rows.append([*case(500), "thừa"])
    for number in range(1, 101):
        changes: Mapping[str, object] = {
            0: {"due": "Không có"},
            1: {"received": "31/02/2024"},
            2: {"status": "Chưa rõ"},
            3: {"code": ""},
            4: {"unit": f"Xã, “Số” {number % 7}"},
            5: {"due": "chưa có", "field": normalize("NFD", "Hộ tịch")},
            6: {"extended": "nhiều"},
            7: {"finished": "2024-01-24T08:00:00", "channel": "  Trực tuyến "},
            8: {"due": "25/01/24"},
            9: {"code": f"H20-240115-{number - 2:04d}"},
        }[number % 10]
        rows.append(case(number, **changes))
        if number % 17 == 0:
            rows.append(["I", "Lĩnh vực đất đai"])
        if number % 23 == 0:
            rows.append(["Tổng cộng", 23])
        if number % 29 == 0:
            rows += [[], [*case(number + 500), "thừa"], HEADER]
    return [*rows, ["Tổng cộng", 100], [], ["Ghi chú: đã đối chiếu"], ["NGƯỜI LẬP BIỂU"], [], [], []]


def test_it_gives_what_it_gives_read_whole(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path, kept = csv_file(tmp_path, with_all_kinds_of_rows()), profile(tmp_path)
    whole = parse(path, kept)
    request.getfixturevalue("in_blocks")
    (sheet,) = book_of(path, [kept]).sheets
    assert sheet.is_large
    assert sum(1 for _ in sheet.blocks()) > 10
    found = parse(path, kept)
    assert told(found) == told(whole)
    assert found.rejected.height > 50
    assert found.layout["group"] == 5
    assert isinstance(found.frame["unit"].dtype, pl.Categorical)
    assert found.frame["case_code"].dtype == pl.String


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.csv")), ids=lambda path: path.relative_to(CASES).as_posix())
def test_files_of_offices_too(tmp_path: Path, path: Path, request: pytest.FixtureRequest) -> None:
    def outcome() -> object:
        try:
            return told(parse(path, kept))
        except FileRefused as refusal:
            return refusal.reason, refusal.remedy

    kept = profile(
        tmp_path, text=(CASES / "thu.toml").read_text(encoding="utf-8").replace("{", "{{").replace("}", "}}")
    )
    whole = outcome()
    request.getfixturevalue("in_blocks")
    assert outcome() == whole


def test_answers_of_a_wide_sheet_too(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    kept = profile(tmp_path, text=SURVEY, columns=WIDE)
    rows = [[f"P{n}", f"Xã {n % 3}", "15/01/2024", n % 5 + 1, "" if n % 4 else "tốt"] for n in range(60)]
    path = csv_file(tmp_path, [["Mã phiếu", "Đơn vị", "Ngày", "Thái độ", "Chung"], *rows])
    whole = parse(path, kept)
    request.getfixturevalue("in_blocks")
    assert told(parse(path, kept)) == told(whole)


def test_rows_of_another_delimiter_are_counted_in_the_whole_file(tmp_path: Path, in_blocks: None) -> None:
    path = csv_file(tmp_path, cases(80))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[20:80:10] = [line.replace(",", ";") for line in lines[20:80:10]]
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(FileRefused, match="6 dòng, đầu tiên là dòng 21"):
        parse(path, profile(tmp_path))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('9,"H20-240115-9001\nhai dòng",x', "a record of two lines"),
        ("\x00", "a NUL"),
        ("x" * 40_000, "a cell that no workbook could hold"),
        (",".join(map(str, case(9001))) + ",a" * 30, "more cells than the first rows have"),
    ],
)
def test_what_cannot_be_told_by_lines_is_read_whole(
    tmp_path: Path, request: pytest.FixtureRequest, line: str, why: str
) -> None:
    path, kept = csv_file(tmp_path, cases(80)), profile(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:60], line + "\n", *lines[60:]]), encoding="utf-8")

    def outcome() -> object:
        try:
            return told(parse(path, kept))
        except FileRefused as refusal:
            return refusal.reason

    whole = outcome()
    request.getfixturevalue("in_blocks")
    assert book_of(path, [kept]).sheets[0].is_large, "its beginning is plain"
    assert outcome() == whole, why


def test_of_two_columns_with_one_header_the_fuller_one_counts_in_the_whole_file(
    tmp_path: Path, in_blocks: None
) -> None:
    rows = [[*HEADER, "Lĩnh vực"], *([*case(n), "Hộ tịch" if n < 20 else ""] for n in range(1, 81))]
    rows[1:30] = [[*row[:5], "", *row[6:]] for row in rows[1:30]]
    path, kept = csv_file(tmp_path, rows), profile(tmp_path)
    assert parse(path, kept).frame["field"].drop_nulls().unique().to_list() == ["Đất đai"]


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path, in_blocks: None) -> None:
    path = csv_file(tmp_path, cases(80))
    (sheet,) = book_of(path, [profile(tmp_path)]).sheets
    with path.open("a", encoding="utf-8") as file:
        file.write("thêm\n")
    with pytest.raises(FileRefused, match="thay đổi"):
        list(sheet.blocks())


def test_nothing_personal_is_kept_of_it(tmp_path: Path, in_blocks: None) -> None:
    rows = cases(80)
    rows[50] = case(50, unit=APPLICANT, field=PHONE)
    found = parse(csv_file(tmp_path, rows), profile(tmp_path))
    assert found.rejected.height
    assert APPLICANT not in str(told(found))
    assert PHONE not in str(told(found))
