"""Files made to fill the memory or to mislead the reader: refused in words, at next to no cost."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.fuzz import verdict
from etl.reading import FileRefused
from etl.reading.sheets import book_of
from etl.reading.unzip import Members
from tests.helpers.odd_files import (
    Rows,
    changed,
    html_rows,
    ods,
    sheet_xml,
    spreadsheetml,
    text_pieces,
    xls,
    xlsb,
    xlsx,
    zipped,
)
from tests.helpers.office_files import CASES
from warehouse.folders import PROJECT

ROWS: Rows = [["Mã", "Ngày", "Số"], *([f"H-{number}", "02/01/2025", number] for number in range(40))]
SHEET = "xl/worksheets/sheet1.xml"
_PEAK = """
import sys
from pathlib import Path
from etl.reading import FileRefused
from etl.reading.sheets import book_of
from etl.reading.unzip import Members

def peak():
    return next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))

for path in map(Path, sys.argv[1:]):
    try:
        book_of(path, [])
    except FileRefused:
        pass
    print(path.name, peak())
"""


def refused(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        book_of(path, [])
    assert caught.value.remedy
    return caught.value.reason


def last(cell: str) -> str:
    return sheet_xml(ROWS, f'<row r="90"><c r="{cell}"><v>1</v></c></row>')


def grown(path: Path, *pieces: str, megabytes: int, name: str = SHEET) -> Path:
    """An .xlsx whose member is the first piece, the second over and over, the third."""
    xlsx(path, sheet_xml(ROWS))
    with zipfile.ZipFile(path) as archive:
        members = {each: archive.read(each) for each in archive.namelist() if each != name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for each, content in members.items():
            archive.writestr(each, content)
        with archive.open(name, "w", force_zip64=True) as member:
            member.write(pieces[0].encode())
            block = (pieces[1] * (1_000_000 // len(pieces[1]))).encode()
            for _ in range(megabytes):
                member.write(block)
            member.write(pieces[2].encode())
    return path


HEAD, TAIL = sheet_xml([]).split("</sheetData>")
DIAGONAL = "".join(
    f'<row r="{row}"><c r="{"ABCDEFGHIJ"[row % 10]}{row}"><v>1</v></c></row>' for row in range(999, 999_999, 9_999)
)
ENTITY = '<!DOCTYPE a [<!ENTITY b "ha">]>'
ENDLESS = f'{HEAD}<row r="1"><c r="A1" t="inlineStr"><is><t>', "x" * 99, f"</t></is></c></row></sheetData>{TAIL}"
REPEATED = (
    '<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576"><table:table-cell'
    ' table:number-columns-repeated="99" office:value-type="float" office:value="1"/></table:table-row></table:table>'
)


def same_names(path: Path) -> Path:
    two = xlsx(path, sheet_xml(ROWS), sheet_xml(ROWS))
    return changed(two, "xl/workbook.xml", lambda text: text.replace(b"S2", b"s1"))


def elsewhere(path: Path) -> Path:
    return changed(xlsx(path, sheet_xml(ROWS)), "_rels/.rels", lambda text: text.replace(b"xl/", b"y/"))


def within_a_zip(path: Path) -> Path:
    return zipped(path, {"a.xlsx": xlsx(path, sheet_xml(ROWS)).read_bytes()})


def with_entities(path: Path) -> Path:
    return xlsx(path, sheet_xml(ROWS), extra={"xl/sharedStrings.xml": f"{ENTITY}<sst/>"})


WORKBOOKS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a column beyond the last": (lambda path: xlsx(path, last("XFE90")), "ô XFE90, ở ngoài"),
    "a row beyond the last": (lambda path: xlsx(path, last("A1048577")), "ô A1048577, ở ngoài"),
    "a place of no spreadsheet": (lambda path: xlsx(path, last("ZZZZZZZ99999999999")), "ở ngoài phạm vi"),
    "cells along a diagonal": (lambda path: xlsx(path, sheet_xml(ROWS, DIAGONAL)), "chỉ có"),
    "too many columns": (lambda path: xlsx(path, sheet_xml([["x"] * 2001])), "có 2001 cột"),
    "entities": (with_entities, "DTD"),
    "entities of a sheet": (lambda path: xlsx(path, ENTITY + sheet_xml(ROWS)), "DTD"),
    "thousands of sheets": (lambda path: xlsx(path, *[sheet_xml([["a"]])] * 501), "501 trang tính"),
    "two sheets of one name": (same_names, "cùng tên"),
    "a zip in a zip": (within_a_zip, "không phải bảng tính Excel"),
    "one endless text": (lambda path: grown(path, *ENDLESS, megabytes=40), "dài hơn 16 MB"),
    "a workbook elsewhere": (elsewhere, "không có cấu trúc"),
    "a far cell of an .xlsb": (lambda path: xlsb(path, A=[*ROWS, *[[]] * 90_000, [None] * 90 + [1]]), "ô CM90042"),
    "a far cell of an .xls": (lambda path: xls(path, far=(65_535, 255), A=ROWS), "“A” trải rộng đến ô IV65536"),
    "a cell of no .xls": (lambda path: xls(path, far=(65_535, 65_535), A=ROWS), "ở ngoài phạm vi"),
    "one cell of an .ods, over and over": (lambda path: ods(path, REPEATED), "lặp lại cùng một ô"),
}


@pytest.mark.parametrize("what", WORKBOOKS)
def test_hostile_workbooks_are_refused(tmp_path: Path, what: str) -> None:
    made, reason = WORKBOOKS[what]
    assert reason in refused(made(tmp_path / "a.xlsx"))


def test_a_text_that_very_many_cells_share(tmp_path: Path) -> None:
    path = grown(tmp_path / "a.xlsx", f'{HEAD}<row r="1">', '<c r="A1" t="s"><v>0</v></c>', f"</row></sheetData>{TAIL}",
                 megabytes=3)  # fmt: skip
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>{'x' * 32_000}</t></si></sst>")
    assert "bung ra lớn hơn" in refused(path)


def test_lists_of_a_zip_that_lie(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", sheet_xml(ROWS))
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo(SHEET)
    listed = content.rfind(SHEET.encode()) - 46

    def with_number(at: int, number: int, size: int = 4) -> Path:
        path.write_bytes(content[:at] + number.to_bytes(size, "little") + content[at + size :])
        return path

    # Where the list gives the sizes before and after packing, and where each member begins.
    assert "không khớp" in refused(with_number(listed + 24, 100))
    assert "không khớp" in refused(with_number(listed + 20, member.compress_size - 1))
    assert "bị hỏng" in refused(with_number(listed + 42, 0))
    assert "không khớp" in refused(with_number(member.header_offset + 22, 100))
    assert "bung ra lớn hơn 2048 MB" in refused(with_number(listed + 24, 3 * 1024**3))
    zipped(path, {"xl/workbook.xml": "<a/>", "xl/Workbook.xml": "<a/>"})
    assert "trùng" in refused(path)


def test_a_size_that_is_told_too_small_in_both_lists(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", sheet_xml(ROWS))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo(SHEET)
    for at in (content.rfind(SHEET.encode()) - 46 + 24, member.header_offset + 22):
        content[at : at + 4] = (500).to_bytes(4, "little")
    path.write_bytes(content)
    assert "bung ra lớn hơn chính nó khai" in refused(path)


def test_members_that_lie_within_each_other(tmp_path: Path) -> None:
    path, inner = tmp_path / "a.xlsx", tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("b.xml", "<b/>")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", inner.read_bytes()[: 30 + len("b.xml<b/>")])
        archive.writestr("b.xml", "<b/>")
    content = path.read_bytes()
    at = content.rfind(b"b.xml") - 46 + 42
    path.write_bytes(content[:at] + (30 + len("a.xml")).to_bytes(4, "little") + content[at + 4 :])
    with zipfile.ZipFile(path) as archive:
        assert archive.read("a.xml").endswith(archive.read("b.xml"))
    assert "đè lên nhau" in refused(path)


def test_a_zip_that_could_be_read_in_two_ways_is_written_anew(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", sheet_xml(ROWS))
    assert Members(path, path.read_bytes()).content() == path.read_bytes()
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("docProps/thumbnail.bin", b"PK\x05\x06")
    anew = Members(path, path.read_bytes())
    path.write_bytes(anew.content())
    assert path.read_bytes().count(b"PK\x05\x06") == 1
    assert book_of(path, []).sheets[0].table.height == 41


def test_near_misses_are_read(tmp_path: Path) -> None:
    false = sheet_xml(ROWS).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    with_end = xlsx(tmp_path / "b.xlsx", sheet_xml(ROWS))
    with zipfile.ZipFile(with_end, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("docProps/thumbnail.bin", b"PK\x05\x06")
    files = [
        xlsx(tmp_path / "a.xlsx", false),
        xlsx(tmp_path / "c.xlsx", last("Z90")),
        with_end,
        xls(tmp_path / "a.xls", far=(39_000, 2), A=ROWS),
        xlsx(tmp_path / "d.xlsx", sheet_xml([["x"] * 2000])),
        xlsx(tmp_path / "e.xlsx", *[sheet_xml([["a"]])] * 500),
    ]
    heights = [book_of(path, []).sheets[0].table.height for path in files]
    assert heights == [41, 90, 41, 41, 1, 1]


FAR_ROW = spreadsheetml(
    '<Worksheet ss:Name="S"><Table><Row ss:Index="1048577"><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>'
    "</Worksheet>"
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html>" + "<table><tr><td>" * 60, "lồng nhau quá 50 tầng"),
        ("<table>" + "<!--" * 100_000, "cắt cụt"),
        ("<table>" + "<td a='" * 100_000, "cắt cụt"),
        ("<table><tr><td>" + "<" * 100_000, "cắt cụt"),
        ("<table>" + "<script>" * 100_000, "cắt cụt"),
        ("<table>" + "<tr><td rowspan=65534 colspan=1000>x" * 50 + "</table>", "quá nhiều ô gộp"),
        ("<?xml version='1.0'?><Workbook>" + "<a>" * 300, "lồng nhau quá 200 tầng"),
        (spreadsheetml("").replace("?>", "?><!DOCTYPE a [<!ENTITY b 'c'>]>", 1), "DTD"),
        (FAR_ROW, "ô A1048577"),
        ("a,b\n" + "x" * 400_000 + ",1\n", "400000 chữ (dòng 2, cột 1)"),
        ('a,b\n"' + "x" * 200_000 + '",1\n', "200000 chữ (dòng 2, cột 1)"),
        (",".join(["x"] * 100_000), "100000 cột"),
        (",".join(['"x"'] * 100_000), "cột"),
        ("a,b\n" + '"' * 300_001, "Dòng 2"),
    ],
)  # fmt: skip
def test_hostile_texts_are_refused(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "a.xls"
    path.write_text(content, encoding="utf-8")
    assert reason in refused(path)


def test_kept_hostile_files() -> None:
    assert "60000 chữ (dòng 6, cột 4)" in refused(CASES / "hostile/long1.csv")
    found = book_of(CASES / "hostile/bomb_300m.xlsx", [])
    assert found.sheets[0].table.shape == (1, 1)
    assert "1 ô lạc" in found.told[0]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory of a process is told by Linux alone")
def test_refusing_takes_no_memory(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    page = tmp_path / "page.xls"
    page.write_text(f"<table>{html_rows(ROWS)}" + "".join(text_pieces("<tr><td>", 1_000_000)), encoding="utf-8")
    cell = '<c r="A1"><v>1</v></c>'
    beyond = f'{HEAD}<row r="1">', cell, f'<c r="XFE1"><v>1</v></c></row></sheetData>{TAIL}'
    text = "<sst><si><t>", "x", "</t></si></sst>"
    files = [
        tmp_path / "empty.csv",
        CASES / "hostile/bomb_300m.xlsx",
        CASES / "hostile/long1.csv",
        grown(tmp_path / "beyond.xlsx", *beyond, megabytes=40),
        grown(tmp_path / "text.xlsx", *text, megabytes=40, name="xl/sharedStrings.xml"),
        page,
    ]
    command = [sys.executable, "-c", _PEAK, *map(str, files)]
    told = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    peaks = [int(line.split()[-1]) for line in told.splitlines()]
    assert len(peaks) == len(files)
    assert peaks[-1] - peaks[0] < 100


def test_a_damage_that_the_reader_did_not_foresee(tmp_path: Path) -> None:
    # A text of the shared ones in an .xlsb that shares none.
    path = changed(xlsb(tmp_path / "a.xlsb", A=[["x"]]), "xl/worksheets/sheet1.bin", shared_text)
    assert "bị hỏng ở trang tính “A”" in refused(path)


def shared_text(sheet: bytes) -> bytes:
    own = b"\x06\x0e" + bytes(8) + b"\x01\x00\x00\x00x\x00"
    assert own in sheet
    return sheet.replace(own, b"\x07\x0c" + bytes(8) + b"\x07\x00\x00\x00")


@pytest.mark.parametrize(("kind", "count"), [("csv", 100), ("workbook", 60)])
def test_a_share_of_the_damaged_exports(tmp_path: Path, kind: str, count: int) -> None:
    verdicts = [verdict(kind, number, tmp_path) for number in range(count)]
    assert set(verdicts) == {"read", "refused"}
