"""Read one export: recognise it, account for every row, type the values, keep unreadable rows apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl

from etl.kinds import TYPES
from etl.profile import Profile
from etl.reading.bad_cells import bad_cells, refuse_columns_of
from etl.reading.banner import covered_span
from etl.reading.cells import ITEM, data_cells, item_columns, refuse_data_without_header
from etl.reading.codes import refuse_scientific, without_zeros
from etl.reading.confirm import confirm_columns
from etl.reading.date_columns import read_dates
from etl.reading.known import NOTHING, Known
from etl.reading.large_text import NotPlain
from etl.reading.origin import ORIGIN
from etl.reading.parsed import Parsed
from etl.reading.places import in_sheet
from etl.reading.recognise import recognise
from etl.reading.rejected import rejected_rows
from etl.reading.sheets import Book, book_of
from etl.reading.time_span import Bounds, bounds, coverage, last_day, told_day
from etl.reading.unique import in_every_row
from etl.reading.values import Faults, typed_values, years_after


def read(path: Path, profiles: Sequence[Profile], *, as_of: date | None, today: date, known: Known = NOTHING) -> Parsed:
    """Everything a file holds. `as_of`: the day of extraction where the person who loads it says so; `today`: the day
    of loading; `known`: what the installation knows before. Raises FileRefused(path, reason, remedy), in Vietnamese."""
    with suppress(NotPlain):
        return _read(path, book_of(path, profiles), profiles, as_of, today, known)
    return _read(path, book_of(path, profiles, reads_whole=True), profiles, as_of, today, known)


def _read(path: Path, book: Book, profiles: Sequence[Profile], as_of: date | None, today: date, known: Known) -> Parsed:
    sheets = book.sheets
    found = recognise(path, sheets, profiles)
    profile, shape = found.profile, found.profile.shape
    refuse_data_without_header(path, sheets, found)
    headers: dict[str, str] = {}
    for header in found.headers.values():
        headers = {**header.written, **headers}
    whole, rows, layout, banner = data_cells(path, sheets, found)
    cells = whole.frame
    assert rows == cells.height + sum(layout.values()), "every row is data or layout"
    bad = bad_cells(cells, sheets, found)
    told = [*book.told, *_hidden_told(book.hidden)]
    del book, sheets  # personal columns go with them
    refuse_columns_of(path, cells, bad, headers, profile)
    span = covered_span(banner)
    dates, sentences = read_dates(path, whole, headers, profile, span)
    refuse_scientific(path, cells[shape.code], headers[shape.code])
    confirm_columns(path, whole, dates, headers, profile)
    faults = Faults(cells.height, bad)
    typed = typed_values(cells, dates, profile, known, faults, today=today)
    if shape.codes_may_lose_zeros:
        lost = without_zeros(
            path, cells[shape.code], lambda: known.codes(shape.name, profile.source), headers[shape.code]
        )
        faults.add(lost, shape.code, "lost_zeros")

    is_correction = "of_load" in cells.columns
    if is_correction:
        faults.add(cells["of_load"].is_null(), "of_load", "no_original")
    day = as_of or told_day(path, banner, span, today)

    readable = faults.readable()
    tells_end = day is not None or is_correction or not cells.height
    happened = {column: dates[column] for column in shape.those("has_happened") if column in dates}
    limits, extracted = _until(path, happened, readable, day, None if tells_end else today)
    for column in shape.those("years_ahead"):
        if column in dates and extracted:
            last = years_after(extracted, shape.columns[column].years_ahead)
            faults.add(dates[column].dt.date() > last, column, "date_out_of_range")
    before, readable = readable, faults.readable()
    if not readable.equals(before):
        # Now without the rows that this has kept out.
        limits, extracted = _until(path, happened, readable, day, None if tells_end else today)
    rejected, rejected_cells = rejected_rows(whole, faults.frame(), headers, profile)
    frame = _answers(typed.hstack(_placed(cells)).filter(readable), profile)
    begun = frame[shape.dated].cast(pl.Date)
    covers_from, covers_to = coverage(span, profile, begun.filter(limits.holds(begun)), extracted)
    return Parsed(
        path=path,
        profile=profile,
        rows=rows,
        layout=layout,
        frame=frame,
        rejected=rejected,
        rejected_cells=rejected_cells,
        extracted_on=extracted,
        covers_from=covers_from,
        covers_to=covers_to,
        lone_before=limits.first,
        lone_after=limits.last,
        headers={column: written for column, written in headers.items() if column in shape.columns},
        told=(*told, *sentences, *_lone_told(frame, headers, happened, limits)),
        tells_day=day is not None,
    )


def _placed(cells: pl.DataFrame) -> pl.DataFrame:
    """Where each row stands, and what it corrects."""
    none = in_every_row(pl.Series([None], dtype=pl.String), cells)
    origin = [pl.col(name) if name in cells.columns else none.alias(name) for name in ORIGIN]
    of_row = pl.col("of_row").cast(pl.String).cast(pl.Int64, strict=False)
    return cells.select("row_number", "sheet", *origin).with_columns(of_row)


def _until(
    path: Path, happened: Mapping[str, pl.Series], readable: pl.Series, day: date | None, today: date | None
) -> tuple[Bounds, date | None]:
    """The bounds of the dates of these rows; and the day of extraction: `day`, or else, where `today` is given, the
    last of the days up to it."""
    days = pl.concat([pl.Series(dtype=pl.Date), *(column.filter(readable).dt.date() for column in happened.values())])
    days = days.drop_nulls()
    within = bounds(days, int(readable.sum()))
    return within, last_day(path, days.filter(within.holds(days)), today) if today else day


def _hidden_told(hidden: Sequence[str]) -> list[str]:
    names = ", ".join(f"“{name}”" for name in hidden)
    return [f"Trang tính bị ẩn, không đọc: {names}."] if hidden else []


def _lone_told(
    frame: pl.DataFrame, headers: Mapping[str, str], happened: Iterable[str], limits: Bounds
) -> Iterator[str]:
    for column in happened if limits != Bounds() else ():
        if column in headers:
            days = frame[column].cast(pl.Date)
            lone = frame.with_columns(day=days).filter(days.is_not_null() & ~limits.holds(days))
            for row, sheet, day in lone.select("row_number", "sheet", "day").rows():
                yield (
                    f"{in_sheet(sheet)}dòng {row}, cột “{headers[column]}”: {day:%d/%m/%Y} cách xa mọi ngày khác trong "
                    "tệp; hồ sơ được nạp, nhưng không tính thời gian và không dùng để biết ngày chốt."
                )


def _answers(rows: pl.DataFrame, profile: Profile) -> pl.DataFrame:
    """The canonical columns; the questions of a wide sheet become rows, a sheet without any answer one empty row."""
    columns = [
        pl.col(name) if isinstance(rows.schema.get(name), pl.Categorical) else pl.col(name).cast(TYPES[column.form])
        for name, column in profile.shape.columns.items()
    ]
    questions = item_columns(rows)
    if questions:
        item, answer = profile.shape.wide
        rows = rows.with_row_index("at").drop(item, answer)
        long = rows.unpivot(questions, index="at", variable_name=item, value_name=answer).drop_nulls(answer)
        long = long.with_columns(pl.col(item).str.strip_prefix(ITEM))
        order = pl.col(item).replace_strict(
            {name.removeprefix(ITEM): at for at, name in enumerate(questions)}, default=0
        )
        rows = rows.drop(questions).join(long, on="at", how="left").sort("at", order.fill_null(0))
    return rows.select(*columns, "row_number", "sheet", *ORIGIN)
