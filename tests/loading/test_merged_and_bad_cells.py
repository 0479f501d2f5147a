"""Merged cells stand for all their rows; errors and formulas without a result are never empty cells."""

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from etl.reading import FileRefused
from tests.helpers.export_files import HEADER, case, parse, profile
from tests.helpers.odd_files import xls, xlsb

UNIT, CODE, DUE, FIELD = (HEADER.index(name) for name in ("Đơn vị", "Số hồ sơ", "Ngày hẹn trả", "Lĩnh vực"))


def workbook(
    folder: Path,
    *,
    merged: tuple[int, int, int] | None = None,
    errors: dict[tuple[int, int], str] | None = None,
    rows: int = 12,
) -> Path:
    """Cases in rows 2 to 13; one vertically merged range (first row, last row, column); formulas by (row, column)."""
    path = folder / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sổ")
        for at, line in enumerate([HEADER, *(case(number) for number in range(rows))]):
            for column, cell in enumerate(line):
                if (at, column) in (errors or {}):
                    text = (errors or {})[at, column]
                    sheet.write_formula(at, column, "=NA()", None, text)
                elif not (merged and column == merged[2] and merged[0] <= at <= merged[1]):
                    sheet.write(at, column, cell)
        if merged:
            first, last, column = merged
            sheet.merge_range(first, column, last, column, case(1)[column])
    return path


@pytest.mark.parametrize("column", [UNIT, FIELD, DUE])
def test_a_merged_cell_stands_for_all_its_rows(tmp_path: Path, column: int) -> None:
    parsed = parse(workbook(tmp_path, merged=(3, 6, column)), profile(tmp_path))
    assert parsed.frame.height == 12
    name = {UNIT: "unit", FIELD: "field", DUE: "due_at"}[column]
    assert parsed.frame[name].null_count() == 0


@pytest.mark.parametrize("write", [xls, xlsb])
@pytest.mark.parametrize("column", [UNIT, CODE])
def test_merged_cells_of_older_and_binary_workbooks(tmp_path: Path, write: Callable[..., Path], column: int) -> None:
    lines = [HEADER, *(case(number) for number in range(12))]
    lines[4:7] = [[*line[:column], "", *line[column + 1 :]] for line in lines[4:7]]
    path = write(tmp_path / f"a.{write.__name__}", merged=[(3, 6, column, column), (0, 0, 5, 6)], Sổ=lines)
    if column == CODE:
        with pytest.raises(FileRefused, match="“Sổ”, dòng 4–7"):
            parse(path, profile(tmp_path))
    else:
        assert parse(path, profile(tmp_path)).frame["unit"].to_list() == [case(1)[UNIT]] * 12


def test_merged_codes_refuse_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="dòng 4–7") as refused:
        parse(workbook(tmp_path, merged=(3, 6, CODE)), profile(tmp_path))
    assert "“Sổ”" in refused.value.reason


def test_a_merged_cell_across_columns_or_of_another_column_changes_nothing(tmp_path: Path) -> None:
    assert parse(workbook(tmp_path, merged=(3, 6, HEADER.index("Chủ hồ sơ"))), profile(tmp_path)).frame.height == 12


def test_a_few_error_cells_reject_their_rows(tmp_path: Path) -> None:
    errors = {(2, DUE): "#N/A", (3, UNIT): "#REF!", (4, CODE): "#VALUE!"}
    parsed = parse(workbook(tmp_path, errors=errors), profile(tmp_path))
    assert parsed.frame.height == 9
    assert parsed.rejected.select("row_number", "column", "reason", "value").rows() == [
        (3, "Ngày hẹn trả", "error_cell", "#N/A"),
        (4, "Đơn vị", "error_cell", "#REF!"),
        (5, "Số hồ sơ", "error_cell", "#VALUE!"),
    ]


@pytest.mark.parametrize("column", [CODE, UNIT, DUE])
def test_a_column_of_errors_refuses_the_file(tmp_path: Path, column: int) -> None:
    errors = {(row, column): "#N/A" for row in range(1, 13)}
    with pytest.raises(FileRefused, match="12 ô báo lỗi") as refused:
        parse(workbook(tmp_path, errors=errors), profile(tmp_path))
    assert f"“{HEADER[column]}”" in refused.value.reason


def test_errors_in_columns_that_nothing_maps_do_not_matter(tmp_path: Path) -> None:
    errors = {(row, HEADER.index("Chủ hồ sơ")): "#N/A" for row in range(1, 13)}
    assert parse(workbook(tmp_path, errors=errors), profile(tmp_path)).frame.height == 12
