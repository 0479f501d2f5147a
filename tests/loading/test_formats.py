"""Workbooks and pages of every format, told by what they hold and not by their suffix."""

from pathlib import Path

import pytest

from etl.reading import FileRefused
from etl.reading.sheets import Book, book_of
from tests.helpers.odd_files import (
    Error,
    Rows,
    changed,
    html_rows,
    ods,
    ods_table,
    sheet_xml,
    spreadsheetml,
    worksheet,
    xls,
    xlsb,
    xlsx,
    zipped,
)
from tests.helpers.office_files import CASES, parsed_case

ROWS: Rows = [["Mã", "Ngày", "Số"], ["H-1", "02/01/2025", 45.5], ["H-2", None, 7]]
TEXTS = [("Mã", "Ngày", "Số"), ("H-1", "02/01/2025", "45.5"), ("H-2", None, "7")]


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def book(path: Path) -> Book:
    return book_of(path, [])


def refused(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        book(path)
    assert caught.value.remedy
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("spreadsheetml-xls/x.xls", 30),
        ("folder-other-suffixes/thang-01.xlsx", 30),
        ("folder-other-suffixes/thang-02.xlsm", 30),
        ("folder-other-suffixes/thang-03.ods", 30),
        ("bad-input/html.xls", 40),
        ("bad-input/x.ods", 40),
        ("bad-input/typed.ods", 40),
    ],
)
def test_kept_files_load_whole(name: str, data: int) -> None:
    parsed = parsed_case(CASES / name)
    assert (parsed.data_rows, parsed.frame.height) == (data, data)
    assert parsed.frame["received_at"].null_count() == 0


def test_every_format_gives_the_same_texts(tmp_path: Path) -> None:
    files = [
        xlsx(tmp_path / "a.csv", sheet_xml(ROWS)),
        xlsx(tmp_path / "a.xlsm", sheet_xml(ROWS)),
        xlsb(tmp_path / "a.xlsb", S=ROWS),
        xls(tmp_path / "a.xls", S=ROWS),
        ods(tmp_path / "a.ods", ods_table(ROWS)),
        written(tmp_path / "b.xls", spreadsheetml(worksheet(ROWS))),
        written(tmp_path / "c.xls", f"<table>{html_rows(ROWS)}</table>"),
        written(tmp_path / "d.csv", "Mã,Ngày,Số\nH-1,02/01/2025,45.5\nH-2,,7\n"),
    ]
    for path in files:
        (sheet,) = book(path).sheets
        assert sheet.table.rows() == TEXTS
        assert sheet.table.columns == ["0", "1", "2"]
    kinds = [(sheet.is_workbook, sheet.is_delimited) for path in files for sheet in book(path).sheets]
    assert kinds == [(True, False)] * 6 + [(False, False), (False, True)]


def test_hidden_sheets_are_named_and_not_read(tmp_path: Path) -> None:
    one = sheet_xml(ROWS)
    hidden = worksheet(ROWS, "H", "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>")
    style = '<style:style style:name="ta"><style:table-properties table:display="false"/></style:style>'
    unseen = ods_table(ROWS, "H", ' table:style-name="ta"')
    found = [
        book(path)
        for path in (
            xlsx(tmp_path / "a.xlsx", one, one, one, states={"S2": "hidden", "S3": "veryHidden"}),
            xlsb(tmp_path / "a.xlsb", {"H": 1, "V": 2}, S=ROWS, H=ROWS, V=ROWS),
            xls(tmp_path / "a.xls", {"H": 1, "V": 2}, S=ROWS, H=ROWS, V=ROWS),
            ods(tmp_path / "a.ods", ods_table(ROWS) + unseen, style),
            written(tmp_path / "b.xls", spreadsheetml(worksheet(ROWS), hidden)),
        )
    ]
    assert [each.hidden for each in found] == [("S2", "S3"), ("H", "V"), ("H", "V"), ("H",), ("H",)]
    assert [len(each.sheets) for each in found] == [1] * 5
    assert "trang tính bị ẩn: “S1”" in refused(xlsx(tmp_path / "a.xlsx", one, states={"S1": "hidden"}))


def test_a_chart_sheet_is_no_sheet_of_data(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", sheet_xml(ROWS), sheet_xml(ROWS))
    changed(path, "xl/_rels/workbook.xml.rels", lambda text: text[::-1].replace(b"teehskrow/", b"teehstrahc/", 1)[::-1])
    assert [sheet.name for sheet in book(path).sheets] == ["S1"]


def test_an_old_page_as_a_portal_saves_it(tmp_path: Path) -> None:
    page = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
      <meta http-equiv=Content-Type content="text/html; charset=windows-1258"><title>Trang</title>
      <style>td {mso-number-format:"\\@"}</style><!-- <table><tr><td>x --></head>
      <body><table><tr><td>UBND XA</td><td>CONG HOA</td></tr></table>
      <h2>DANH SACH</h2><p>Ng&agrave;y xu&#7845;t: 05/05/2025</p>
      <table border=1><tr><th>STT<th>M&atilde; h&#7891; s&#417;<th>N&#417;i</tr>
      <tr><td rowspan=2>1</td><td style='mso-number-format:"\\@"'>00123<td>X&atilde; A &amp; B<br>C</tr>
      <tr><td x:num="12345678901">1,23E+10</td><td><b>X&atilde;</b> C</td></tr>
      <tr><td colspan=3>H\u0065\u0301t</tr></table><script>var t = "<tr><td>no</td></tr>"</script></body></html>"""
    (sheet,) = book(written(tmp_path / "a.xls", page.encode("cp1258"))).sheets
    assert sheet.table.rows() == [
        ("UBND XA", "CONG HOA", None),
        ("DANH SACH", None, None),
        ("Ngày xuất: 05/05/2025", None, None),
        ("STT", "Mã hồ sơ", "Nơi"),
        ("1", "00123", "Xã A & B C"),
        (None, "12345678901", "Xã C"),
        ("Hét", None, None),
    ]
    assert sheet.merged == ((4, 5, 0, 0), (6, 6, 0, 2))


def test_several_tables_of_data_are_several_sheets(tmp_path: Path) -> None:
    table = f"<table>{html_rows(ROWS)}</table>"
    found = book(written(tmp_path / "a.xls", f"<html>{table}<p>Phần hai</p>{table}<table><tr><td>Người lập</table>"))
    assert [(sheet.name, sheet.table.height) for sheet in found.sheets] == [("Bảng 1", 4), ("Bảng 2", 4)]


def test_xml_spreadsheet_cells(tmp_path: Path) -> None:
    rows = """<Row ss:Index="2"><Cell ss:MergeDown="1" ss:MergeAcross="1"><Data ss:Type="String">a</Data></Cell>
      <Cell ss:Index="4"><Data ss:Type="DateTime">2025-01-02T09:08:00.000</Data>
        <Comment><Data ss:Type="String">lời</Data></Comment></Cell>
      <Cell><Data ss:Type="Number">1.2345678901E10</Data></Cell></Row>
      <Row ss:Span="2"><Cell ss:Index="4"><Data ss:Type="Error">#REF!</Data></Cell><Cell ss:Formula="=R1"/></Row>
      <Row><Cell><ss:Data ss:Type="String" xmlns="x"><B>in</B> <I>đậm</I></ss:Data></Cell></Row>"""
    text = spreadsheetml(f'<Worksheet ss:Name="S1"><Table>{rows}</Table></Worksheet>')
    (sheet,) = book(written(tmp_path / "a.xml", text)).sheets
    assert sheet.table.rows() == [
        (None,) * 5,
        ("a", None, None, "2025-01-02 09:08:00", "12345678901"),
        *[(None,) * 5] * 3,
        ("in đậm", None, None, None, None),
    ]
    assert sheet.bad_cells.rows() == [(2, 3, "error_cell", "#REF!"), (2, 4, "formula_without_value", "")]
    assert sheet.merged == ((1, 2, 0, 1),)


def test_opendocument_cells(tmp_path: Path) -> None:
    row = """<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="date"
      office:date-value="2025-01-02T09:08:00"><office:annotation><text:p>lời</text:p></office:annotation><text:p>2/1/25</text:p>
      </table:table-cell><table:table-cell table:number-columns-repeated="2"/>
      <table:table-cell calcext:value-type="error" office:value-type="string"><text:p>#N/A</text:p></table:table-cell>
      <table:table-cell table:formula="of:=[.A1]"/>
      <table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p>
      <text:p>c</text:p></table:table-cell><table:table-cell table:number-columns-repeated="900"/></table:table-row>"""
    cell = '<table:table-cell table:style-name="x"/>'
    blank = f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'
    (sheet,) = book(ods(tmp_path / "a.ods", f'<table:table table:name="S">{row}{blank}</table:table>')).sheets
    assert sheet.table.rows() == [("2025-01-02 09:08:00", None, None, None, None, "a  b\nc")] * 2
    assert [each[2:] for each in sheet.bad_cells.rows()] == [("error_cell", "#N/A"), ("formula_without_value", "")] * 2
    assert sheet.merged == ((0, 1, 5, 5), (1, 1, 5, 5))


def test_errors_of_binary_workbooks(tmp_path: Path) -> None:
    rows: Rows = [["a", Error("#N/A")], [Error("#N/A")]]
    for path in (xlsb(tmp_path / "a.xlsb", S=rows), xls(tmp_path / "a.xls", S=rows)):
        (sheet,) = book(path).sheets
        assert sheet.table.rows() == [("a", None), (None, None)]
        assert sheet.bad_cells.rows() == [(0, 1, "error_cell", "#N/A"), (1, 0, "error_cell", "#N/A")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n", "hình ảnh"),
        (b"\xff\xd8\xff\xe0", "hình ảnh"),
        (b"{\\rtf1", "Word"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML"),
        (b"<?xml version='1.0'?><root/>", "XML không phải bảng tính"),
        (b"<html><p>Xin ch\xc3\xa0o</p></html>", "không có bảng nào"),
        (b"<table><tr><td>1<td>2", "bị cắt cụt"),
        (spreadsheetml(worksheet(ROWS)).encode()[:-40], "bị cắt cụt"),
    ],
)
def test_what_is_no_table_is_refused_as_what_it_is(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in refused(written(tmp_path / "a.xls", content))


@pytest.mark.parametrize(
    ("member", "reason"),
    [("word/document.xml", "Word"), ("ppt/presentation.xml", "PowerPoint"), ("thang-1.xlsx", "giải nén trước")],
)
def test_other_zips(tmp_path: Path, member: str, reason: str) -> None:
    with pytest.raises(FileRefused, match=reason):
        book(zipped(tmp_path / "a.xlsx", {member: "x"}))


@pytest.mark.parametrize(
    ("name", "reason"),
    [("password.xlsx", "có mật khẩu"), ("truncated.xlsx", "cắt cụt"), ("empty.csv", "rỗng")],
)
def test_kept_files_that_are_refused(name: str, reason: str) -> None:
    assert reason in refused(CASES / "bad-input" / name)


def test_an_opendocument_file_with_a_password(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", ods_table(ROWS))
    zipped(path, {"content.xml": "\x01", "META-INF/manifest.xml": "<manifest:encryption-data/>"})
    assert "có mật khẩu" in refused(path)
