"""The data rows of all sheets as one table, with nothing in it but what the profile maps."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from operator import itemgetter
from pathlib import Path

import polars as pl

from etl.profile import Profile
from etl.reading.codes import CODE
from etl.reading.date_cells import read_columns
from etl.reading.date_forms import DATE_LIKE, MOMENT, DateColumn
from etl.reading.header import Header
from etl.reading.large_text import NotPlain
from etl.reading.layout import DATA, LAYOUT, UNKNOWN, Rows, Uncoded
from etl.reading.places import in_sheet
from etl.reading.recognise import Recognised
from etl.reading.refusal import FileRefused
from etl.reading.sheet import Sheet, stripped
from etl.reading.unique import alike
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


class Written:
    """The cells of data rows as they are written, looked at again for few of them: those of a large file are read from
    it once more."""

    def __init__(self, blocks: Callable[[], Iterator[pl.DataFrame]]) -> None:
        """`blocks`: the mapped cells of data rows, some rows after the others, as often as it is called."""
        self._blocks = blocks

    def rows(self, index: pl.Series) -> pl.DataFrame:
        """The rows at these places, at least one, in ascending order."""
        found, first = [], 0
        for block in self._blocks():
            last = first + block.height
            within = index.filter(index.is_between(first, last, "left"))
            if within.len():
                found.append(block[within - first])
            first = last
        return pl.concat(found, how="diagonal")

    def met(self, texts: pl.DataFrame, where: pl.Series) -> dict[str, pl.Series]:
        """Of each column those of its texts that stand in it in a row where this is true."""
        wanted = {column: texts[column].drop_nulls().unique().implode() for column in texts.columns}
        found, first = {column: [pl.Series(dtype=pl.String)] for column in wanted}, 0
        for block in self._blocks():
            there = block.filter(where[first : first + block.height])
            for column, values in wanted.items():
                if column in there.columns:
                    found[column].append(there[column].filter(there[column].is_in(values)).unique())
            first += block.height
        return {column: pl.concat(each).unique() for column, each in found.items()}


@dataclass(frozen=True)
class Cells:
    """The data rows of all sheets, with nothing in them but what the profile maps.

    frame: `row_number`, `sheet`, a column for each canonical column that has a header, "item: …" for each question of a
    wide sheet, OVERFLOW, those of ORIGIN where a sheet has them: as text, of a large file as categories but for the
    code; of dates, true where there is one. dates: how each column of them can be read. written: the same rows with
    dates as written."""

    frame: pl.DataFrame
    dates: Mapping[str, DateColumn]
    written: Written

    def rows(self, index: pl.Series) -> pl.DataFrame:
        """The rows at these places, in ascending order, as written; dates null where a text means that there is
        none."""
        if index.is_empty():
            return self.frame.clear().cast(dict.fromkeys(self.frame.columns[1:], pl.String))
        found = self.written.rows(index)
        dates = [column for column in self.dates if column in found.columns]
        given = self.frame[index].select(pl.col(dates).name.suffix(_GIVEN))
        return found.hstack(given).select(
            pl.when(f"{column}{_GIVEN}").then(column).alias(column) if column in dates else pl.col(column)
            for column in self.frame.columns
        )


def data_cells(path: Path, sheets: Sequence[Sheet], found: Recognised) -> tuple[Cells, int, dict[str, int], list[str]]:
    """(cells, rows, layout, banner). rows: of all sheets. layout: rows of each kind. banner: the texts above the
    headers. Raises FileRefused where more than a few rows below the data are of no known kind."""
    profile = found.profile
    layout = dict.fromkeys(LAYOUT, 0)
    banner: list[str] = []
    may_be_serial = any(sheet.is_workbook for sheet in sheets)
    rows = 0
    parts: list[pl.DataFrame] = []
    written: list[Callable[[], Iterator[pl.DataFrame]]] = []
    for number, sheet in enumerate(sheets):
        header = found.headers.get(number)
        if header is None:
            blank = sheet.table.filter(pl.all_horizontal(pl.all().is_null())).height if sheet.table.width else 0
            layout["blank"] += blank
            layout["banner"] += sheet.table.height - blank
            rows += sheet.table.height
            continue
        if sheet.is_large and header.has_twins:
            raise NotPlain
        banner += [text for row in sheet.table.head(header.first).rows() for text in row if text]
        if not sheet.is_large:
            sheet = replace(sheet, table=_unmerged(path, sheet, header, profile))
        met = Rows(header, profile, ends_blank=sheet.is_large)
        of_sheet: list[pl.DataFrame] = []
        into = _Compact(profile, may_be_serial=may_be_serial, is_large=sheet.is_large)
        for table in sheet.blocks():
            mapped = _mapped(sheet, table, header, met.height)
            met.add(table, mapped[profile.shape.code])
            # Nothing down to the header is data.
            of_sheet.append(into.compact(mapped if of_sheet else mapped[header.last + 1 :]))
        uncoded = met.uncoded()
        _refuse_other_header(path, sheet, header, uncoded, profile)
        _refuse_unknown_tail(path, sheet, uncoded)
        for kind, count in uncoded.kinds.replace(UNKNOWN, DATA).value_counts().iter_rows():
            if kind != DATA:
                layout[kind] += count
        rows += met.height
        are_data = uncoded.are_data(met.height)
        first = header.last + 1
        for place, part in enumerate(of_sheet):
            of_sheet[place] = _those(part, are_data, first)
            first += part.height
        parts += of_sheet
        again = partial(_written, sheet, header, are_data)
        # A large file is read again; of another, columns that are not mapped are let go.
        written.append(again if sheet.is_large else partial(iter, list(again())))
    both = pl.concat(parts, how="diagonal")
    frame, dates = _apart(both, profile)
    return Cells(frame, dates, Written(lambda: chain.from_iterable(each() for each in written))), rows, layout, banner


def _written(sheet: Sheet, header: Header, are_data: pl.Series) -> Iterator[pl.DataFrame]:
    first = 0
    for table in sheet.blocks():
        yield _those(_mapped(sheet, table, header, first), are_data, first)
        first += table.height


def _those(part: pl.DataFrame, are_data: pl.Series, first: int) -> pl.DataFrame:
    """The data rows of a part of a sheet that begins at this place."""
    those = are_data[first : first + part.height]
    part = part.head(those.len())
    return part if those.all() else part.filter(those)


# After the name of a date column, in a block: how it can be read.
_AT, _ONLY, _NUMERIC, _SHORT, _GIVEN = ": at", ": only", ": numeric", ": short", ": given"


class _Compact:
    """Mapped cells as the judgements on a whole file need them: dates read, and of a large file texts as categories."""

    def __init__(self, profile: Profile, *, may_be_serial: bool, is_large: bool) -> None:
        self._profile, self._may_be_serial, self._is_large = profile, may_be_serial, is_large
        # Nearly every row has another.
        self._exact = profile.shape.of_form("code", "moment", "day")
        self._categories: dict[str, pl.Categories] = defaultdict(pl.Categories.random)

    def compact(self, cells: pl.DataFrame) -> pl.DataFrame:
        cells, read = read_columns(cells, self._profile, may_be_serial=self._may_be_serial)
        ways: list[pl.Series] = []
        for column, each in read.items():
            ways += [each.as_written.alias(column + _AT), each.is_numeric.alias(column + _NUMERIC)]
            # Most files have neither: what is null in every block takes no room.
            if each.only_exchanged.count():
                ways.append(each.only_exchanged.alias(column + _ONLY))
            if each.is_short.any():
                ways.append(each.is_short.alias(column + _SHORT))
        given = [pl.when(pl.col(column).is_not_null()).then(True).alias(column) for column in read]
        texts = [
            pl.col(name).cast(pl.Categorical(self._categories[name]))
            for name, form in cells.schema.items()
            if self._is_large and form == pl.String and name not in self._exact
        ]
        return cells.with_columns(*given, *texts).with_columns(ways)


def _apart(both: pl.DataFrame, profile: Profile) -> tuple[pl.DataFrame, dict[str, DateColumn]]:
    """The cells, and how their dates can be read."""
    dates: dict[str, DateColumn] = {}
    names = [column for column in profile.shape.of_form("moment", "day") if column + _AT in both.columns]

    def way(name: str, form: pl.DataType) -> pl.Series:
        return both[name] if name in both.columns else alike(None, both.height, form)

    for column in names:
        dates[column] = DateColumn(
            as_written=both[column + _AT].alias(""),
            only_exchanged=way(column + _ONLY, MOMENT),
            is_numeric=both[column + _NUMERIC].fill_null(False),
            is_short=way(column + _SHORT, pl.Boolean()).fill_null(False),
        )
    ways = [column + part for column in names for part in (_AT, _ONLY, _NUMERIC, _SHORT)]
    return both.drop(ways, strict=False), dates


def _refuse_other_header(path: Path, sheet: Sheet, header: Header, uncoded: Uncoded, profile: Profile) -> None:
    """A second table with its columns in another order would be read in those of the first."""
    code = uncoded.texts[str(header.columns[profile.shape.code])]
    is_wordy = uncoded.kinds.is_in([DATA, UNKNOWN]) & ~code.str.contains(r"\d").fill_null(False)
    at, texts = uncoded.wordless
    wordy = [
        *zip(uncoded.at.filter(is_wordy), uncoded.texts.filter(is_wordy).rows(), strict=True),
        *zip(at, texts.rows(), strict=True),
    ]
    least = max(_LEAST_HEADERS, (header.matched + 1) // 2)
    for row, cells in sorted(wordy, key=itemgetter(0)):
        if sum(fold(cell) in profile.header_keys for cell in cells if cell) >= least:
            raise FileRefused(
                path,
                "Tệp có một bảng thứ hai, cột xếp khác bảng đầu: dòng tiêu đề của nó ở "
                f"{in_sheet(sheet.name)}dòng {row + 1}.",
                "Hãy tách mỗi bảng một tệp hoặc một trang tính, rồi nạp lại.",
            )


def _refuse_unknown_tail(path: Path, sheet: Sheet, uncoded: Uncoded) -> None:
    unknown = uncoded.at.filter(uncoded.kinds == UNKNOWN)
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


def _mapped(sheet: Sheet, table: pl.DataFrame, header: Header, first: int) -> pl.DataFrame:
    """The mapped cells of some rows of a sheet, the first of which stands at this place."""
    wanted = mapped_columns(header)
    beyond = [name for name in table.columns if int(name) >= header.width] if sheet.is_delimited else []
    extra = pl.sum_horizontal(pl.col(name).is_not_null() for name in beyond) if beyond else pl.lit(0)
    if sheet.is_large:
        table = stripped(table.select(list(dict.fromkeys([*wanted.values(), *beyond]))))
    return table.select(
        (pl.int_range(1, pl.len() + 1, dtype=pl.Int64) + first).alias("row_number"),
        pl.lit(sheet.name).alias("sheet"),
        *(pl.col(column).alias(name) for name, column in wanted.items()),
        pl.when(extra > 0).then(extra.cast(pl.String)).alias(OVERFLOW),
    )
