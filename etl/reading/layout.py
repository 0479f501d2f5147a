"""Tell the data rows of a sheet from its layout: blank, banner, header, group, total, signature and note rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import polars as pl

from etl.profile import Profile
from etl.reading.codes import CODE
from etl.reading.date_forms import read_both_ways
from etl.reading.header import Header
from etl.reading.sheet import stripped
from etl.reading.unique import alike

LAYOUT = ("blank", "banner", "header", "group", "total", "signature", "note")
DATA = "data"
UNKNOWN = "unknown"  # below the last data row, and nothing tells what it is
_COLUMN_NUMBERS = 3
_MOST_CELLS_SIGNED = 4
# A row as one text, so that one pattern looks at all of its cells; what a pattern says may not go from cell to cell.
_END = "\x1f"
_BEGIN = f"(?:^|{_END})"
_TOTAL = rf"^[^\w{_END}]*(?:tổng|cộng)(?:\W|$)"
_DATE_LINE = rf"(?:[^,\d{_END}]{{0,60}},\s*)?ngày\s*[^\s{_END}]*\s*tháng\s*[^\s{_END}]*\s*năm"
_SIGNATURE = (
    r"\W*(?:người lập|người báo cáo|người tổng hợp|lập biểu|lập bảng|ký tên|ký, |ghi rõ họ|đóng dấu|xác nhận của|"
    r"kế toán|thủ trưởng|(?:phó )?chủ tịch|(?:phó )?trưởng phòng|(?:phó )?giám đốc|(?:tm|kt|tl|tuq)\. )"
)
_NOTE = rf"(?:\W*(?:ghi chú|chú thích|lưu ý|chú ý|nguồn)(?:\W|$)|\(?\*+\)?(?:\s|{_END}|$))"
# "(1)", "7", "(3)=(4)+(5)", "A": the row of column numbers under the header of a statutory form.
_COLUMN_NUMBER = r"^(?:\(?\d{1,2}\)?(?:[=+\-()\d\s]*)|\(?[A-Z]\)?)$"
_NUMERAL = rf"\W*(?:\d{{1,4}}|[IVXLC]{{1,6}}|[A-Za-z])\W*(?:{_END}|$)"
_WORD = r"\p{Ll}{2}"
_DATE_IN_TEXT = r"\d[/.]\d{1,2}[/.]\d{2,4}"
# A whole record that another delimiter should have split.
_UNSPLIT = rf"(?:[;|\t,][^;|\t,{_END}]*){{4}}"


@dataclass(frozen=True)
class Uncoded:
    """The rows of a sheet that hold no code: `at`, where each stands, from 0; `texts`, its cells; `kinds`, for each
    UNKNOWN, DATA (a date says so where a row begins with one) or one of LAYOUT. `wordless` are the rows that do hold
    one, without a digit: at, texts. All others of the sheet are data."""

    at: pl.Series
    texts: pl.DataFrame
    kinds: pl.Series
    wordless: tuple[pl.Series, pl.DataFrame]

    def are_data(self, height: int) -> pl.Series:
        """Whether each of the sheet's rows is data, or may be."""
        layout = self.at.filter(~self.kinds.is_in([DATA, UNKNOWN]))
        return alike(True, height, pl.Boolean()).scatter(layout, False)


class Rows:
    """The rows of one sheet below and above its header, met block by block: what is layout, the last of them decide."""

    def __init__(self, header: Header, profile: Profile, *, ends_blank: bool) -> None:
        """`ends_blank`: whether blank rows after the last used one belong to no sheet."""
        self._header, self._profile, self._ends_blank = header, profile, ends_blank
        self.height = 0
        self._last_coded = header.last
        self._header_texts: list[tuple[str | None, ...]] = []
        self._is_numbered = False
        self._uncoded: list[tuple[pl.Series, pl.DataFrame]] = []
        self._wordless: list[tuple[pl.Series, pl.DataFrame]] = []

    def add(self, table: pl.DataFrame, codes: pl.Series) -> None:
        """The next rows of the sheet, and what stands for a code in each; the first of them hold its header."""
        header, profile, first = self._header, self._profile, self.height
        if not first:
            self._header_texts = table[header.first : header.last + 1].rows()
            self._is_numbered = _numbers_columns(table[header.last + 1 : header.last + 2])
        is_coded = _have_codes(codes, profile)
        if not first:
            is_coded &= self._are_below(pl.int_range(table.height, eager=True))
        coded = is_coded.arg_true()
        if coded.len():
            self._last_coded = first + int(coded[-1])
        # What else a row may be matters where no code tells: in few rows of many.
        self._uncoded.append(_aside(table, ~is_coded, first))
        if profile.code_pattern:
            self._wordless.append(_aside(table, is_coded & ~codes.str.contains(r"\d"), first))
        self.height += table.height

    def _are_below(self, rows: pl.Series) -> pl.Series:
        """Whether rows, by their places, are under the header."""
        last = self._header.last
        return (rows > last) & (rows != last + 1) if self._is_numbered else rows > last

    def uncoded(self) -> Uncoded:
        """What the rows without a code are, once all have been met."""
        at, texts = _joined(self._uncoded)
        if self._ends_blank:
            used = at.filter(texts.select(~pl.all_horizontal(pl.all().is_null())).to_series())
            self.height = 1 + max(self._last_coded, *used.tail(1))
            at, texts = at.filter(at < self.height), texts.filter(at < self.height)
        kinds = _uncoded(
            texts, at, self._are_below(at), self._last_coded, self._header_texts, self._header, self._profile
        )
        return Uncoded(at, texts, kinds, _joined(self._wordless or [(at.head(0), texts.head(0))]))


def _aside(table: pl.DataFrame, where: pl.Series, first: int) -> tuple[pl.Series, pl.DataFrame]:
    """The rows where this is true: at, texts."""
    at = where.arg_true()
    return at.cast(pl.Int64) + first, stripped(table[at])


def _joined(parts: Sequence[tuple[pl.Series, pl.DataFrame]]) -> tuple[pl.Series, pl.DataFrame]:
    return pl.concat([at for at, _ in parts]), pl.concat([rows for _, rows in parts])


def _have_codes(codes: pl.Series, profile: Profile) -> pl.Series:
    plain = pl.col("code").str.contains(profile.code_pattern or CODE) & ~pl.col("code").str.contains(f"(?i){_TOTAL}")
    has_code = codes.alias("code").to_frame().select(plain.fill_null(False)).to_series()
    others = (~has_code & codes.is_not_null()).arg_true()
    if others.is_empty():
        return has_code
    # Of several words only a code without any is one: "H20 - 250102 - 0001", not "Từ ngày 01/01".
    of_words = pl.col("code").str.contains(r"\d") & ~pl.col("code").str.contains(
        rf"{_WORD}|{_DATE_IN_TEXT}|(?i:{_TOTAL})"
    )
    return has_code.scatter(others, codes[others].alias("code").to_frame().select(of_words).to_series())


def _uncoded(
    rows: pl.DataFrame,
    at: pl.Series,
    is_below: pl.Series,
    last_coded: int,
    header_texts: Sequence[tuple[str | None, ...]],
    header: Header,
    profile: Profile,
) -> pl.Series:
    """The kind of each of the rows at these places, which hold no code; none other lies below `last_coded`."""
    facts = _facts(rows, header_texts).with_columns(
        row=at, is_below=is_below, is_dated=_are_dated(rows, header, profile)
    )
    row = pl.col("row")
    opens = pl.col("signs") | pl.col("notes")
    first_opener = facts.filter(opens & (row > last_coded) & ~pl.col("is_dated"))["row"].min()
    is_tail = pl.lit(False) if first_opener is None else row >= first_opener
    last_dated = facts.filter(pl.col("is_dated") & (row > header.last) & ~is_tail)["row"].max()
    is_after = row > (last_coded if last_dated is None else max(last_coded, last_dated))
    opened = (
        pl.when(is_after & is_tail & pl.col("signs"))
        .then(pl.lit("signature"))
        .when(is_after & is_tail & pl.col("notes"))
        .then(pl.lit("note"))
    )
    kind = (
        pl.when(pl.col("cells") == 0).then(pl.lit("blank"))
        .when(row < header.first).then(pl.lit("banner"))
        .when(~pl.col("is_below")).then(pl.lit("header"))
        .when("is_dated").then(pl.lit(DATA))
        .when("is_header").then(pl.lit("header"))
        .when("is_total").then(pl.lit("total"))
        .when(~is_after & pl.col("is_group")).then(pl.lit("group"))
        .when(~is_after).then(pl.lit(DATA))
        # A block lasts until another word opens the next.
        .otherwise(opened.forward_fill())
    )  # fmt: skip
    return facts.select(kind.fill_null(UNKNOWN)).to_series()


def _are_dated(rows: pl.DataFrame, header: Header, profile: Profile) -> pl.Series:
    column = header.columns.get(profile.shape.dated)
    none = alike(False, rows.height, pl.Boolean())
    if column is None:
        return none
    texts = rows[str(column)]
    # Any date holds a digit; headers and banners seldom do.
    may_be = texts.str.contains(r"\d").fill_null(False).arg_true()
    if may_be.is_empty():
        return none
    dated = texts[may_be].alias(profile.shape.dated).to_frame()
    read, _ = read_both_ways(dated, profile.dates, profile.timezone)[profile.shape.dated]
    return none.scatter(may_be, read.as_written.is_not_null() | read.only_exchanged.is_not_null())


def _facts(rows: pl.DataFrame, header_texts: Sequence[tuple[str | None, ...]]) -> pl.DataFrame:
    """What each row holds. cells: how many; signs, notes: a cell begins with a word that opens such a block; is_total,
    is_group: as contracts say; is_header: at least half of its cells, and two, say what the header says there."""
    cells, text, lowered, same = pl.col("cells"), pl.col("text"), pl.col("lowered"), pl.col("same")
    few = cells <= _MOST_CELLS_SIGNED
    said = rows.select(
        cells=pl.sum_horizontal(pl.all().is_not_null()),
        same=_same_as_header(rows, header_texts),
        text=pl.concat_str(pl.all(), separator=_END, ignore_nulls=True),
    ).with_columns(lowered=text.str.to_lowercase())
    return said.select(
        "cells",
        signs=lowered.str.contains(f"{_BEGIN}(?:{_SIGNATURE}|{_DATE_LINE})") & few,
        notes=lowered.str.contains(f"{_BEGIN}{_NOTE}") & few,
        is_total=lowered.str.contains(_TOTAL) & lowered.str.contains(r"\d"),
        is_group=((cells == 1) | ((cells == 2) & text.str.contains(f"{_BEGIN}{_NUMERAL}")))
        & ~text.str.contains(_UNSPLIT),
        is_header=(same >= 2) & (same * 2 >= cells),
    )


def _same_as_header(rows: pl.DataFrame, header_texts: Sequence[tuple[str | None, ...]]) -> pl.Expr:
    """How many cells of a row say what the header says in the same column."""
    same = [
        reduce(or_, [pl.col(name) == text for text in texts if text]).fill_null(False)
        for name, *texts in zip(rows.columns, *header_texts, strict=True)
        if any(texts)
    ]
    return pl.sum_horizontal(same)


def _numbers_columns(under_header: pl.DataFrame) -> bool:
    """Whether the row under the header (one row, or none) does nothing but number the columns."""
    cells = [cell for row in under_header.rows() for cell in row if cell is not None]
    return len(cells) >= _COLUMN_NUMBERS and pl.Series(cells).str.contains(_COLUMN_NUMBER).all()
