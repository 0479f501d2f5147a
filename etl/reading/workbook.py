"""Excel files: refuse what is damaged or would fill the memory, then every sheet as text."""

import io
import re
import zipfile
import zlib
from pathlib import Path

import fastexcel
import polars as pl

from etl.reading.refusal import FileRefused

LARGEST_UNPACKED = 2 * 1024**3  # bytes; a million rows of eighteen columns unpack to about 1.2 GB
LARGEST_SHEET = 100_000_000  # cells from the first to the last used one; the reader holds them all
_EXPORT_AGAIN = "Hãy xuất hoặc chép lại tệp rồi nạp lại."
_MARK = r"[\u0300-\u036f]"
_DIMENSION = re.compile(rb'<dimension[^>]*\sref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


def refuse_bad_archive(path: Path, content: bytes) -> None:
    """Refuses a zip that is no workbook, is damaged, or declares more than can be unpacked safely."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > LARGEST_UNPACKED:
                limit = LARGEST_UNPACKED // 1024**2
                raise FileRefused(
                    path,
                    f"Tệp nén bung ra lớn hơn {limit} MB, có thể là tệp gây tràn bộ nhớ.",
                    "Hãy xuất lại theo từng kỳ ngắn hơn, hoặc xuất ra CSV.",
                )
            if not any(member.filename.startswith("xl/workbook.") for member in members):
                raise FileRefused(
                    path,
                    "Tệp nén này không phải bảng tính Excel.",
                    "Hãy nạp tệp .xlsx hoặc .csv; nếu là tệp .zip, hãy giải nén trước.",
                )
            # Reading every member against its checksum also finds one that unpacks to more than it declares.
            damaged = archive.testzip()
            for member in members:
                if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
                    with archive.open(member) as sheet:
                        _refuse_wide_range(path, sheet.read(4096))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileRefused(path, "Tệp Excel bị hỏng hoặc bị cắt cụt.", _EXPORT_AGAIN) from error
    if damaged:
        raise FileRefused(path, "Tệp Excel bị hỏng (sai mã kiểm tra).", _EXPORT_AGAIN)


def _refuse_wide_range(path: Path, start: bytes) -> None:
    found = _DIMENSION.search(start)
    if not found:
        return
    width = _column_number(found[3]) - _column_number(found[1]) + 1
    if width * (int(found[4]) - int(found[2]) + 1) > LARGEST_SHEET:
        raise FileRefused(
            path,
            "Trang tính khai vùng dữ liệu quá rộng, có thể do một ô lạc ở rất xa.",
            "Hãy xóa các dòng, cột trống ở cuối trang tính, lưu lại và nạp lại.",
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def tables(path: Path, content: bytes) -> dict[str, pl.DataFrame]:
    """Each sheet by name: text columns "0", "1", …; true dates are ISO; leading and inner blank rows are kept."""
    try:
        book = fastexcel.read_excel(content)
        return {name: _table(book, name) for name in book.sheet_names}
    except fastexcel.FastExcelError as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise FileRefused(
                path, "Tệp có mật khẩu.", "Hãy mở bằng Excel, bỏ mật khẩu, lưu lại và nạp lại."
            ) from error
        raise FileRefused(path, "Tệp Excel bị hỏng hoặc không đúng định dạng.", _EXPORT_AGAIN) from error


def _table(book: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    # skip_rows=0 keeps leading blank rows, so that row numbers are those of the spreadsheet.
    sheet: pl.DataFrame = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_polars()
    table = sheet.rename({old: str(number) for number, old in enumerate(sheet.columns)})
    decomposed = [name for name in table.columns if table[name].str.contains(_MARK).any()]
    return table.with_columns(pl.col(decomposed).str.normalize("NFC"))
