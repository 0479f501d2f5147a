"""Text files as programs leave them: encodings, quotes and delimiters gone wrong on the way."""

import unicodedata
from pathlib import Path

import pytest

from etl.reading import FileRefused
from etl.reading.sheets import Book, book_of
from tests.helpers.export_files import HEADER, case, csv_file, parse, profile
from tests.helpers.office_files import CASES, parsed_case, reason

LINES = [",".join(map(str, row)) for row in [HEADER, *(case(number) for number in range(1, 11))]]
TEXT = "\n".join(LINES) + "\n"


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "a.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def book(path: Path) -> Book:
    return book_of(path, [])


def refused(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        book(path)
    assert caught.value.remedy
    return caught.value.reason


def in_cp1258(text: str) -> bytes:
    """As Vietnamese Windows writes it: letters of its own, tones as marks behind them."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = list(unicodedata.normalize("NFD", letter))
            if marks[0] in "\u0302\u0306\u031b":
                base, marks = unicodedata.normalize("NFC", base + marks[0]), marks[1:]
            elif marks[-1] in "\u0302\u0306\u031b":
                base, marks = unicodedata.normalize("NFC", base + marks[-1]), marks[:-1]
            out += (base + "".join(marks)).encode("cp1258")
    return out


@pytest.mark.parametrize("name", ["cp1258", "utf16nobom", "equals"])
def test_kept_files_that_are_read(name: str) -> None:
    parsed = parsed_case(CASES / f"bad-input/{name}.csv")
    assert parsed.frame.height == 40
    units = set(parsed.frame["unit"])
    assert {"UBND xã An Phú", "Phòng Tư pháp"} <= units


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("bad-input/nul", "Dòng 4 có ký tự NUL"),
        ("bad-input/tcvn3", "bảng mã cũ TCVN3"),
        ("bad-input/vni", "bảng mã cũ VNI"),
        ("bad-input/mixeddelim", "20 dòng, đầu tiên là dòng 22, ngăn các ô bằng dấu chấm phẩy"),
        ("tail-lost-as-signature/doi-dau-phan-cach", "20 dòng, đầu tiên là dòng 22"),
    ],
)
def test_kept_files_that_are_refused(name: str, why: str) -> None:
    assert why in reason(CASES / f"{name}.csv")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig", "cp1258"])
def test_the_same_texts_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    content = in_cp1258(TEXT) if encoding == "cp1258" else TEXT.encode(encoding)
    found = book(written(tmp_path, content))
    assert found.sheets[0].table.equals(book(written(tmp_path, TEXT)).sheets[0].table)
    assert len(found.told) == (encoding in ("utf-16-le", "utf-16-be", "cp1258"))


@pytest.mark.parametrize("taken_for", ["cp1252", "cp1258", "latin-1"])
def test_misread_utf8_is_put_right_and_told(tmp_path: Path, taken_for: str) -> None:
    mangled = "".join(bytes([byte]).decode(taken_for, "ignore") or chr(byte) for byte in TEXT.encode())
    for each in (mangled, mangled.replace("\u00a0", " ")):
        found = book(written(tmp_path, each))
        assert found.sheets[0].table.equals(book(written(tmp_path, TEXT)).sheets[0].table)
        assert "MÃ£ há»“ sÆ¡" in found.told[0]
    broken = mangled.replace("\u00a0", "").split("\n")
    assert "và dòng 4 không khôi phục được" in refused(
        written(
            tmp_path,
            "\n".join([*mangled.split("\n")[:3], broken[3].replace("Ã", "?", 1) + "á»", *mangled.split("\n")[4:]]),
        )
    )


@pytest.mark.parametrize("text", ["Xã,Đ«n,«Cũ»\nCafé º 5 µm,à,b\n", "é,à,ç\nñ,ü,ö\nã,õ,â\n"])
def test_foreign_letters_and_signs_are_no_misread_text(tmp_path: Path, text: str) -> None:
    assert book(written(tmp_path, text)).told == ()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (TEXT.encode().replace("Đất đai".encode(), b"\xd0\xe2t \xf0ai", 1), "Dòng 2 có byte không thuộc mã UTF-8"),
        (TEXT.encode() + "Tên".encode()[:-2], "cắt cụt giữa một chữ, ở cuối dòng 12"),
        (b"a,b\nc,\xff\n", "không lưu bằng mã UTF-8 (từ dòng 2)"),
        (TEXT.encode("utf-16")[:-1], "UTF-16 bị hỏng hoặc bị cắt cụt"),
        (TEXT.replace("Đất đai", "Đất\x00đai", 2).encode(), "Dòng 2 có ký tự NUL"),
        (bytes(range(256)) * 20, "không phải tệp chữ"),
    ],
)
def test_what_is_wrong_with_the_bytes_is_said_with_the_line(tmp_path: Path, content: bytes, why: str) -> None:
    assert why in refused(written(tmp_path, content))


def test_bare_quotes_are_text() -> None:
    parsed = parsed_case(CASES / "bare-quotes-csv/x.csv")
    assert (parsed.rows, parsed.frame.height) == (31, 30)
    assert any('"sổ đỏ"' in procedure for procedure in parsed.frame["procedure"])


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('Cấp lại "sổ đỏ"', 'Cấp lại "sổ đỏ"'),
        ('"sổ đỏ" cấp lại', '"sổ đỏ" cấp lại'),
        ('"Cấp lại "sổ đỏ""', 'Cấp lại "sổ đỏ"'),
        ('5" x 7"', '5" x 7"'),
        ('"Đất đai', '"Đất đai'),
        ('"Đất, nhà ""cũ"""', 'Đất, nhà "cũ"'),
        ('"hai\ndòng"', "hai\ndòng"),
    ],
)
def test_quotes_within_a_cell(tmp_path: Path, cell: str, shown: str) -> None:
    lines = [*LINES[:3], LINES[3].replace("Đất đai", cell), *LINES[4:]]
    table = book(written(tmp_path, "\n".join(lines))).sheets[0].table
    assert (table.height, table["5"][3]) == (11, shown)
    assert table["5"].drop_nulls().len() == 11


@pytest.mark.parametrize("cells", [{3: '"Đất đai', 6: 'Đất đai"'}, {3: '"Đất, "đai" cũ"'}, {3: '"Đất, đai'}])
def test_a_quote_that_is_not_closed_is_refused_with_its_line(tmp_path: Path, cells: dict[int, str]) -> None:
    lines = [line.replace("Đất đai", cells.get(number, "Đất đai")) for number, line in enumerate(LINES)]
    assert "Dòng 4 " in refused(written(tmp_path, "\n".join(lines)))


@pytest.mark.parametrize("other", [";", "\t", "|"])
def test_another_delimiter_from_a_line_on(tmp_path: Path, other: str) -> None:
    lines = [*LINES, *(line.replace(",", other) for line in LINES[1:])]
    assert "10 dòng, đầu tiên là dòng 12, ngăn các ô bằng" in refused(written(tmp_path, "\n".join(lines)))
    few = [*LINES[:8], *(line.replace(",", other) for line in LINES[8:])]
    table = book(written(tmp_path, "\n".join(few))).sheets[0].table
    # A few are rows like any other, for their place to be told.
    assert (table.height, table["0"][8]) == (11, few[8].rstrip("\t"))


def test_a_delimiter_within_cells_is_none_of_rows(tmp_path: Path) -> None:
    rows = [HEADER, *(case(number, field="a;b;c;d;e;f;g;h;i;j;k;l") for number in range(1, 20))]
    assert parse(csv_file(tmp_path, rows), profile(tmp_path)).frame.height == 19
