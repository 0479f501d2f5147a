"""Read one export: recognise it, account for every row, type the values, keep unreadable rows apart."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from etl.kinds import TYPES
from etl.profile import Profile
from etl.reading.banner import covered_span, extraction_day
from etl.reading.cells import ITEM, data_cells, item_columns, refuse_data_without_header
from etl.reading.confirm import confirm_columns
from etl.reading.dates import EARLIEST
from etl.reading.parsed import Parsed
from etl.reading.recognise import recognise
from etl.reading.refusal import FileRefused
from etl.reading.rejected import rejected_lines
from etl.reading.sheets import book_of
from etl.reading.values import read_dates, typed_values

# Days on which something had happened by the time of the export; due_at lies ahead of it.
_HAPPENED = ("received_at", "finished_at", "handed_over_at", "answered_on")


def read(path: Path, profiles: Sequence[Profile], *, as_of: date | None, today: date) -> Parsed:
    """Everything a file holds. `as_of`: the day of extraction where the person who loads it says so; `today`: the day
    of loading. Raises FileRefused(path, reason, remedy), in Vietnamese."""
    sheets = book_of(path, profiles).sheets
    found = recognise(path, sheets, profiles)
    profile = found.profile
    refuse_data_without_header(path, sheets, found)
    rows = sum(sheet.table.height for sheet in sheets)
    headers: dict[str, str] = {}
    for header in found.headers.values():
        headers = {**header.written, **headers}
    cells, layout, banner = data_cells(sheets, found)
    assert rows == cells.height + sum(layout.values()), "every row is data or layout"
    del sheets  # personal columns go with them
    cells, dates = read_dates(cells, profile)
    confirm_columns(path, cells, dates, headers, profile)
    span = covered_span(banner)
    extracted_on = as_of or _extracted_on(path, banner, span, dates, today)
    typed, faults = typed_values(cells, dates, profile, today=today, extracted_on=extracted_on)
    is_readable = ~pl.int_range(cells.height, dtype=pl.UInt32, eager=True).is_in(faults["index"].unique().implode())
    frame = _answers(typed.hstack(cells.select("row_number", "sheet")).filter(is_readable), profile)
    covers_from, covers_to = _coverage(span, profile, frame, extracted_on)
    return Parsed(
        path=path,
        profile=profile,
        rows=rows,
        layout=layout,
        frame=frame,
        rejected=rejected_lines(cells, faults, headers, profile),
        extracted_on=extracted_on,
        covers_from=covers_from,
        covers_to=covers_to,
        headers={column: written for column, written in headers.items() if column in profile.shape.columns},
    )


def _extracted_on(
    path: Path,
    banner: Sequence[str],
    span: tuple[date, date] | None,
    dates: Mapping[str, pl.Series],
    today: date,
) -> date:
    told = extraction_day(banner)
    if told and told > today:
        raise FileRefused(
            path,
            f"Ngày xuất ghi trong tệp ({told:%d/%m/%Y}) ở sau hôm nay ({today:%d/%m/%Y}).",
            "Hãy kiểm tra đồng hồ của máy, hoặc cho biết ngày xuất bằng --as-of.",
        )
    if told:
        return told
    # A span may end in the future ("đến ngày 31/12" of the running year): then it does not tell the day.
    if span and span[1] <= today:
        return span[1]
    happened = [dates[column].dt.date() for column in _HAPPENED if column in dates]
    days = pl.concat([pl.Series(dtype=pl.Date), *happened])
    last = days.filter((days >= EARLIEST) & (days <= today)).max()
    if not isinstance(last, date):
        raise FileRefused(
            path, "Không biết tệp được xuất ngày nào: không có dòng dữ liệu có ngày đọc được.", "Hãy thêm --as-of."
        )
    return last


def _answers(rows: pl.DataFrame, profile: Profile) -> pl.DataFrame:
    """The canonical columns; the questions of a wide sheet become rows, a sheet without any answer one empty row."""
    columns = [pl.col(name).cast(TYPES[form]) for name, form in profile.shape.columns.items()]
    questions = item_columns(rows)
    if questions:
        rows = rows.with_row_index("at").drop("item", "score")
        long = rows.unpivot(questions, index="at", variable_name="item", value_name="score").drop_nulls("score")
        long = long.with_columns(pl.col("item").str.strip_prefix(ITEM))
        order = pl.col("item").replace_strict(
            {name.removeprefix(ITEM): at for at, name in enumerate(questions)}, default=0
        )
        rows = rows.drop(questions).join(long, on="at", how="left").sort("at", order.fill_null(0))
    return rows.select(*columns, "row_number", "sheet")


def _coverage(
    span: tuple[date, date] | None, profile: Profile, frame: pl.DataFrame, extracted_on: date
) -> tuple[date | None, date | None]:
    if span:
        return span[0], min(span[1], extracted_on)
    if profile.covers_from:
        return profile.covers_from, extracted_on
    days = frame[profile.shape.dated].cast(pl.Date)
    return (None, None) if days.is_empty() else (days.sort()[0], days.sort()[-1])
