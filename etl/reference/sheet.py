"""One reference file as a table: every cell checked, and everything wrong with it said at once."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import polars as pl

from etl.personal import has_personal_number
from etl.reference.columns import FILES, LATEST_YEAR, Column
from warehouse.folders import own_reference_file, reference_file

# More lines than this hide the first ones from whoever reads them in a terminal.
MOST_SAID = 10
AGAIN = "Sửa rồi chạy lại."
_DAYS = ("%Y-%m-%d", "%d/%m/%Y")
# A month as written, and what makes it the first day of it.
_MONTHS = ((r"^\d{4}-\d{1,2}$", "{}-01"), (r"^\d{1,2}/\d{4}$", "01/{}"))
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}
# With three digits behind it a comma may part thousands.
_TYPED = "typed: "  # before the name of a column, where its cells stand with their type beside the text
_DECIMAL_COMMA = r"^(\d+),(\d{1,2})$"


class UnusableReference(Exception):
    """Reference files cannot be used as they are; the text says which, where, what is allowed and what to do."""


class Sheet:
    """A reference file while it is checked.

    text: the cells as written (null where empty) and `row`, the row as a spreadsheet shows it; rows: the same rows with
    the types of the columns. `is_own`: an office's file, not the shipped one.
    """

    def __init__(self, name: str) -> None:
        self.file = f"{name}.csv"
        self.is_own = own_reference_file(self.file).exists()
        self._about = FILES[name]
        self._problems: list[tuple[int, str]] = []
        self.text, self.rows, wrong = _checked(name, _content(self.file))
        for each in wrong:
            self.note(*each)

    def note(self, column: str, wrong: pl.Series, says: str, found: str | None = None) -> None:
        """Each row where `wrong` holds is a problem of that cell: what is there, what is allowed, what to do."""
        cells = self.text.filter(wrong.fill_null(False)).select("row", column)
        for row, cell in cells.iter_rows():
            there = "để trống" if cell is None else f"có {found}" if found else f"có “{cell}”"
            self._problems.append((row, f"{self.file}, dòng {row}, cột “{column}”: {there}, {says} rồi chạy lại."))

    def keep(self, right: pl.Series) -> None:
        """Only the rows where `right` holds are used."""
        self.text, self.rows = self.text.filter(right), self.rows.filter(right)

    def finished(self) -> pl.DataFrame:
        """The typed rows without `row`; UnusableReference, with all that is wrong, where anything is."""
        key = list(self._about.key)
        same = self.rows.drop_nulls(key).group_by(key, maintain_order=True).agg("row")
        only = f"mỗi {', '.join(key)} chỉ một dòng. Xoá hoặc sửa dòng thừa"
        for *cells, rows in same.filter(pl.col("row").list.len() > 1).iter_rows():
            where, named = (", ".join(map(str, each)) for each in (rows, cells))
            self._problems.append(
                (rows[0], f"{self.file}, dòng {where}: {named} có hơn một dòng, {only} rồi chạy lại.")
            )
        refuse([text for _, text in sorted(self._problems, key=lambda problem: problem[0])])
        return self.rows.drop("row")


def refuse(problems: Sequence[str]) -> None:
    """Raises UnusableReference with the first of these problems and the number of others; nothing without any."""
    if problems:
        others = len(problems) - MOST_SAID
        raise UnusableReference("\n".join([*problems[:MOST_SAID], *([f"và {others} dòng nữa."] if others > 0 else [])]))


def _content(file: str) -> str:
    try:
        return reference_file(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_table(file) from error


def _no_table(file: str) -> UnusableReference:
    return UnusableReference(
        f"{file}: không đọc được thành bảng. Lưu tệp thành CSV UTF-8, phân cách bằng dấu phẩy hoặc chấm phẩy, rồi "
        "chạy lại."
    )


_Wrong = tuple[str, pl.Series, str, str | None]


@lru_cache(maxsize=2 * len(FILES))
def _checked(name: str, content: str) -> tuple[pl.DataFrame, pl.DataFrame, list[_Wrong]]:
    """The cells of a reference file as text and typed, as `Sheet` has them, and what is wrong with them by themselves,
    as `Sheet.note` takes it. A file that has not changed is checked once a process."""
    about = FILES[name]
    text = _cells(f"{name}.csv", content, list(about.columns))
    rows = text.select("row", *(_typed(column, each) for column, each in about.columns.items()))
    doubts = [
        (column, *doubt) for column, each in about.columns.items() for doubt in _doubts(column, each, about.first_year)
    ]
    both = text.hstack(rows.select(pl.exclude("row").name.prefix(_TYPED)))
    # All at once: a frame of a few rows costs what its queries cost.
    held = both.select(wrong.any().alias(str(place)) for place, (_, wrong, _, _) in enumerate(doubts)).row(0)
    wrong = [
        (column, both.select(where).to_series(), says, found)
        for is_held, (column, where, says, found) in zip(held, doubts, strict=True)
        if is_held
    ]
    return text, rows, wrong


def _cells(file: str, content: str, columns: list[str]) -> pl.DataFrame:
    # Excel parts cells by semicolons where a comma stands before decimals.
    header = content.split("\n", 1)[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    try:
        cells = pl.read_csv(content.encode(), infer_schema=False, separator=separator)
    except pl.exceptions.PolarsError as error:
        raise _no_table(file) from error
    cells = cells.rename(str.strip)
    missing = [column for column in columns if column not in cells.columns]
    if missing:
        raise UnusableReference(
            f"{file}: thiếu cột {', '.join(missing)}. Cần đủ: {', '.join(columns)}. Thêm cột rồi chạy lại."
        )
    clean = pl.all().str.normalize("NFC").str.strip_chars()
    return (
        cells.lazy().select(columns).select(clean).select(pl.when(pl.all() != "").then(pl.all()).name.keep())
        .with_row_index("row", offset=2)
        .filter(~pl.all_horizontal(pl.exclude("row").is_null()))
        .collect()
    )  # fmt: skip


def _doubts(column: str, about: Column, first_year: int) -> Iterator[tuple[pl.Expr, str, str | None]]:
    """What may be wrong with the cells of a column by themselves: where it holds, what is allowed, and what is said to
    be there in place of the cell."""
    text, typed = pl.col(column), pl.col(_TYPED + column)
    if about.is_required:
        yield text.is_null(), "ô này bắt buộc. Điền vào", None
    form = {
        pl.Boolean(): "0 hoặc 1",
        pl.Date(): "ngày dạng 2025-06-30 hoặc 30/06/2025",
        pl.Int32(): "một số nguyên",
    }.get(about.type, "một số")
    if about.is_month:
        form = "tháng dạng 2025-06 hoặc 06/2025"
    if about.type != pl.String():
        yield typed.is_null() & text.is_not_null(), f"chỉ nhận {form}. Sửa", None
    if about.type == pl.Date():
        outside = ~typed.dt.year().is_between(first_year, LATEST_YEAR)
        yield outside, f"chỉ nhận ngày từ năm {first_year} đến năm {LATEST_YEAR}. Sửa", None
    if about.allowed:
        yield ~typed.is_in(about.allowed), f"chỉ nhận {', '.join(about.allowed)}. Sửa", None
    if about.is_free_text:
        personal = text.map_elements(has_personal_number, return_dtype=pl.Boolean)
        says = "chỉ nhận chữ không có dữ liệu cá nhân. Xoá số hoặc địa chỉ ấy"
        yield personal, says, "số điện thoại, số giấy tờ hoặc thư điện tử"


def _typed(name: str, about: Column) -> pl.Expr:
    cell = pl.col(name)
    if about.type == pl.Boolean():
        return cell.str.to_lowercase().replace_strict(_TRUTHS, default=None, return_dtype=pl.Boolean)
    if about.type == pl.Date():
        written = cell
        for month, day in _MONTHS if about.is_month else ():
            written = pl.when(cell.str.contains(month)).then(pl.format(day, cell)).otherwise(written)
        days = pl.coalesce(written.str.to_date(form, strict=False) for form in _DAYS)
        return days.dt.truncate("1mo") if about.is_month else days
    if about.type == pl.Float64():
        number = cell.str.replace(_DECIMAL_COMMA, "$1.$2").cast(pl.Float64(), strict=False)
        return pl.when(number.is_finite()).then(number)
    return cell.cast(about.type, strict=False)
