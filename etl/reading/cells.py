"""The data rows of all sheets as one table of text, with nothing in it but what the profile maps."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from etl.profile import Profile
from etl.reading.codes import CODE
from etl.reading.date_forms import DATE_LIKE
from etl.reading.header import Header
from etl.reading.layout import DATA, LAYOUT, UNKNOWN, rows_by_layout
from etl.reading.places import in_sheet
from etl.reading.recognise import Recognised
from etl.reading.refusal import FileRefused
from etl.reading.sheet import Sheet
from warehouse.text import fold

ITEM = "item: "  # before the name of a wide sheet's question, among the columns of cells
OVERFLOW = "overflow"  # how many cells lie beyond the header, in rows of a delimited file; null where none

_MOST_UNKNOWN = 3
_LEAST_HEADERS = 3
_SHOWN_RANGES = 5


def item_columns(cells: pl.DataFrame) -> list[str]:
    return [column for column in cells.columns if column.startswith(ITEM)]


def refuse_data_without_header(path: Path, sheets: Sequence[Sheet], found: Recognised) -> None:
    """Refuses a file that goes on in a sheet without header, as old .xls exports do after 65,536 rows."""
    shape, header = found.profile.shape, next(iter(found.headers.values()))
    if shape.dated not in header.columns:
        return
    code, dated = str(header.columns[shape.code]), str(header.columns[shape.dated])
    for number, sheet in enumerate(sheets):
        if number in found.headers or not {code, dated} <= set(sheet.table.columns):
            continue
        rows = sheet.table.filter(pl.col(code).str.contains(CODE) & pl.col(dated).str.contains(DATE_LIKE)).height
        if rows:
            raise FileRefused(
                path,
                f"Trang tính “{sheet.name}” có {rows} dòng giống dòng dữ liệu nhưng không có dòng tiêu đề.",
                "Hãy chép dòng tiêu đề vào trang tính đó, hoặc xóa trang tính nếu không cần, rồi nạp lại.",
            )


def data_cells(
    path: Path, sheets: Sequence[Sheet], found: Recognised
) -> tuple[pl.DataFrame, dict[str, int], list[str]]:
    """(cells, layout, banner). cells: `row_number`, `sheet`, a text column for each canonical column that has a header,
    "item: …" for each question of a wide sheet, those of ORIGIN where a sheet has them. layout: rows of each kind.
    banner: the texts above the headers. Raises FileRefused where more than a few rows below the data are of no known
    kind."""
    layout = dict.fromkeys(LAYOUT, 0)
    parts, banner = [], []
    for number, sheet in enumerate(sheets):
        header = found.headers.get(number)
        if header is None:
            blank = sheet.table.filter(pl.all_horizontal(pl.all().is_null())).height if sheet.table.width else 0
            layout["blank"] += blank
            layout["banner"] += sheet.table.height - blank
            continue
        sheet = replace(sheet, table=_unmerged(path, sheet, header, found.profile))
        kinds = rows_by_layout(sheet, header, found.profile)
        _refuse_other_header(path, sheet, header, kinds, found.profile)
        _refuse_unknown_tail(path, sheet, kinds)
        kinds = kinds.replace(UNKNOWN, DATA)
        for kind, rows in kinds.value_counts().iter_rows():
            if kind != DATA:
                layout[kind] += rows
        banner += [text for row in sheet.table.head(header.first).rows() for text in row if text]
        parts.append(_mapped(sheet, header, kinds))
    return pl.concat(parts, how="diagonal"), layout, banner


def _refuse_other_header(path: Path, sheet: Sheet, header: Header, kinds: pl.Series, profile: Profile) -> None:
    """A second table with its columns in another order would be read in those of the first."""
    code = sheet.table[str(header.columns[profile.shape.code])]
    wordy = (kinds.is_in([DATA, UNKNOWN]) & ~code.str.contains(r"\d").fill_null(False)).arg_true()
    least = max(_LEAST_HEADERS, (header.matched + 1) // 2)
    for row, cells in zip(wordy, sheet.table[wordy].rows(), strict=True):
        if sum(fold(cell) in profile.header_keys for cell in cells if cell) >= least:
            raise FileRefused(
                path,
                "Tệp có một bảng thứ hai, cột xếp khác bảng đầu: dòng tiêu đề của nó ở "
                f"{in_sheet(sheet.name)}dòng {row + 1}.",
                "Hãy tách mỗi bảng một tệp hoặc một trang tính, rồi nạp lại.",
            )


def _refuse_unknown_tail(path: Path, sheet: Sheet, kinds: pl.Series) -> None:
    unknown = (kinds == UNKNOWN).arg_true()
    if unknown.len() > _MOST_UNKNOWN:
        raise FileRefused(
            path,
            f"Có {unknown.len()} dòng ở dưới dòng dữ liệu cuối cùng mà không có mã, không có ngày, cũng không phải "
            f"dòng tổng, ghi chú hay chữ ký: {in_sheet(sheet.name)}dòng {_ranges(unknown)}.",
            "Hãy mở tệp xem các dòng đó: nếu là hồ sơ, bổ sung mã và ngày, hoặc xuất lại tệp (dấu phân cách có thể đã "
            "đổi giữa chừng); nếu không, xóa chúng. Rồi nạp lại.",
        )


def _ranges(rows: pl.Series) -> str:
    """Rows counted from 0, as a spreadsheet shows them: "22–40, 43"."""
    spans: list[list[int]] = []
    for row in (rows + 1).to_list():
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in spans[:_SHOWN_RANGES]) + (
        ", …" if len(spans) > _SHOWN_RANGES else ""
    )


def mapped_columns(header: Header) -> dict[str, str]:
    """Name of every column of cells that a header gives -> column of its sheet's table."""
    return {
        **{name: str(column) for name, column in header.columns.items()},
        **{ITEM + name: str(column) for name, column in header.items.items()},
        **{name: str(column) for name, column in header.origin.items()},
    }


def _unmerged(path: Path, sheet: Sheet, header: Header, profile: Profile) -> pl.DataFrame:
    """The table with every vertically merged cell below the header standing in all of its rows that hold anything.
    Raises FileRefused where codes are merged."""
    names = {int(column): name for name, column in mapped_columns(header).items()}
    tall = [
        each
        for each in sheet.merged
        if each.last_row > each.first_row and each.last_row > header.last and each.first_column in names
    ]
    if not tall:
        return sheet.table
    is_used = sheet.table.select(~pl.all_horizontal(pl.all().is_null())).to_series()
    columns: dict[str, pl.Series] = {}
    for each in tall:
        name = str(each.first_column)
        column = columns.get(name, sheet.table[name])
        first = max(each.first_row, header.last + 1)
        rows = [row for row in range(first, each.last_row + 1) if is_used[row] and column[row] is None]
        text = column[each.first_row]
        if text is None or not rows:
            continue
        if names[each.first_column] == profile.shape.code:
            raise FileRefused(
                path,
                f"Cột “{header.written[profile.shape.code]}” có ô gộp nhiều dòng: {in_sheet(sheet.name)}dòng "
                f"{each.first_row + 1}–{each.last_row + 1}. Mỗi hồ sơ phải có mã của mình.",
                "Hãy bỏ gộp ô (Unmerge) và ghi mã cho từng dòng, hoặc xuất lại tệp, rồi nạp lại.",
            )
        columns[name] = column.scatter(rows, text)
    return sheet.table.with_columns(**columns)


def _mapped(sheet: Sheet, header: Header, kinds: pl.Series) -> pl.DataFrame:
    wanted = mapped_columns(header)
    beyond = [name for name in sheet.table.columns if int(name) >= header.width] if sheet.is_delimited else []
    extra = pl.sum_horizontal(pl.col(name).is_not_null() for name in beyond) if beyond else pl.lit(0)
    return sheet.table.select(
        pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("row_number"),
        pl.lit(sheet.name).alias("sheet"),
        *(pl.col(column).alias(name) for name, column in wanted.items()),
        pl.when(extra > 0).then(extra.cast(pl.String)).alias(OVERFLOW),
    ).filter(kinds == DATA)
