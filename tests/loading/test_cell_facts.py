"""What cells have beside their text: errors, formulas without values, merged ranges, length; and cells far away."""

from datetime import datetime
from pathlib import Path

import pytest

from etl.reading import FileRefused
from etl.reading.sheets import MergedRange, Sheet, book_of
from tests.helpers.export_files import HEADER, case, csv_file, parse, profile, xlsx_file
from tests.helpers.odd_files import Error, Rows, ods, ods_table, sheet_xml, xlsx
from tests.helpers.office_files import CASES, parsed_case


def only(path: Path) -> Sheet:
    (sheet,) = book_of(path, []).sheets
    return sheet


def row(*cells: str) -> str:
    return f'<row r="1">{"".join(cells)}</row>'


@pytest.mark.parametrize(
    ("cell", "bad"),
    [
        ('<c r="B1"><f>A1+7</f><v/></c>', "formula_without_value"),
        ('<c r="B1"><f>A1+7</f><v></v></c>', "formula_without_value"),
        ('<c r="B1" s="3"><f>A1+7</f></c>', "formula_without_value"),
        ('<c r="B1"><f t="shared" si="0"/></c>', "formula_without_value"),
        ('<c r="B1" t="str"><f>IF(A1="","","x")</f></c>', "formula_without_value"),
        ('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "error_cell"),
        ('<c r="B1" t="e"><v>#SPILL!</v></c>', "error_cell"),
        # Near misses: these have a value, the first the empty text.
        ('<c r="B1" t="str"><f>IF(A1="","","x")</f><v></v></c>', None),
        ('<c r="B1"><f>A1+7</f><v>5</v></c>', None),
        ('<c r="B1" t="inlineStr"><is><t>#N/A</t></is></c>', None),
        ('<c r="B1" s="3"/>', None),
    ],
)
def test_errors_and_formulas_without_value(tmp_path: Path, cell: str, bad: str | None) -> None:
    text = '<c r="A1" t="inlineStr"><is><t>x</t></is></c>'
    end = '<c r="C1"><v>1</v></c>'
    for prefix in ("", "x:"):
        inside = row(text, cell, end)
        if prefix:
            for name in ("row", "c", "f", "v", "is", "t"):
                inside = inside.replace(f"<{name}", f"<x:{name}").replace(f"</{name}", f"</x:{name}")
            inside = inside.replace("<x:col", "<col")
        sheet = only(xlsx(tmp_path / "a.xlsx", sheet_xml([], inside)))
        assert [each[:3] for each in sheet.bad_cells.rows()] == ([(0, 1, bad)] if bad else [])
        assert (sheet.table["0"][0], sheet.table["2"][0]) == ("x", "1")
        assert not bad or sheet.table["1"][0] is None


def test_the_kept_file_of_formulas() -> None:
    sheet = only(CASES / "formula-no-cache/x.xlsx")
    assert set(sheet.bad_cells["reason"]) == {"formula_without_value"}
    assert sheet.bad_cells.select("row", "column").rows() == [(number, 8) for number in range(1, 41)]


def test_places_are_those_of_the_spreadsheet(tmp_path: Path) -> None:
    sheet = only(
        xlsx(tmp_path / "a.xlsx", sheet_xml([[], [None, None, "x", Error("#REF!")], [], [None, Error("#N/A")]]))
    )
    assert sheet.table.rows() == [(None,) * 4, (None, None, "x", None), (None,) * 4, (None,) * 4]
    assert sheet.bad_cells.select("row", "column", "value").rows() == [(1, 3, "#REF!"), (3, 1, "#N/A")]


def test_merged_ranges_are_told_up_to_the_end_of_the_table(tmp_path: Path) -> None:
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in ("A2:A3", "B1:XFD1", "A90:B99"))
    rows: Rows = [["a", "b", "c"], ["d", "e", "f"], [None, "g", "h"]]
    sheet = only(xlsx(tmp_path / "a.xlsx", sheet_xml(rows, beside=f"<mergeCells>{merged}</mergeCells>")))
    assert sheet.merged == (MergedRange(1, 2, 0, 0), MergedRange(0, 0, 1, 2))


@pytest.mark.parametrize(
    ("after", "stray"),
    [
        ('<row r="1000000"><c r="KN1000000"><v>1</v></c></row>', "KN1000000"),
        ('<row r="41"><c r="KN41"><v>1</v></c></row>', "KN41"),
        ('<row r="9000"><c r="A9000"><v>1</v></c></row>', "A9000"),
        ("<row r='9000'><c t='n' r='XFD1048576'><v>1</v></c></row>", "XFD1048576"),
        # Near misses: no value, or near.
        ('<row r="1000000"><c r="KN1000000" s="4"/><c r="KO1000000" s="4"></c></row>', None),
        ('<row r="41"><c r="M41"><v>1</v></c></row>', None),
    ],
)
def test_a_stray_cell_is_left_out_and_told(tmp_path: Path, after: str, stray: str | None) -> None:
    rows = [HEADER, *(case(number) for number in range(1, 40))]
    path = xlsx(tmp_path / "a.xlsx", sheet_xml(rows, after))
    told = book_of(path, []).told
    assert [each for each in told if stray and f"(ô {stray})" in each] == list(told)
    assert len(told) == (stray is not None)
    parsed = parse(path, profile(tmp_path))
    assert parsed.frame.height == 39
    assert parsed.rows == 40 + (after.find('"M41"') > 0)


def test_rows_after_a_long_gap_are_no_strays(tmp_path: Path) -> None:
    rows = [
        HEADER,
        *(case(number) for number in range(1, 40)),
        *([[]] * 1500),
        *(case(number) for number in range(40, 45)),
    ]
    assert parse(xlsx_file(tmp_path, A=rows), profile(tmp_path)).frame.height == 44


def test_true_dates_stay_dates_beside_errors(tmp_path: Path) -> None:
    rows = [HEADER, *(case(number, received=datetime(2024, 1, number + 1)) for number in range(1, 9))]
    assert parse(xlsx_file(tmp_path, A=rows), profile(tmp_path)).frame["received_at"].null_count() == 0


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.csv"])
def test_a_cell_longer_than_excel_holds_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    def made(letters: int) -> Path:
        rows: list[list[object]] = [["a", "b"], ["c", "ữ" * letters]]
        if name == "a.csv":
            return csv_file(tmp_path, rows)
        return xlsx(tmp_path / name, sheet_xml(rows)) if name == "a.xlsx" else ods(tmp_path / name, ods_table(rows))

    assert only(made(32_767)).table.height == 2
    with pytest.raises(FileRefused) as caught:
        book_of(made(32_768), [])
    place = "dòng 2, cột 2" if name == "a.csv" else "trang tính “S1”, ô B2"
    assert f"32768 chữ ({place})" in caught.value.reason


def test_texts_come_out_of_their_formulas(tmp_path: Path) -> None:
    parsed = parsed_case(CASES / "equals-quoted/x.csv")
    assert (parsed.rows, parsed.frame.height) == (31, 30)
    path = tmp_path / "a.csv"
    path.write_text('="Mã",="Tên, đủ",c\n="00123","=""0045""",="a""b"\n="x"y,=1+1,="\n', encoding="utf-8")
    # The last row holds none of them: they stay what they are.
    assert only(path).table.rows() == [("Mã", "Tên, đủ", "c"), ("00123", "0045", 'a"b'), ('="x"y', "=1+1", '="')]
    assert only(xlsx(path, sheet_xml([['="00123"', '="x"y']]))).table.rows() == [("00123", '="x"y')]
