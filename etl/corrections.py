"""Rows that were rejected: written out to be corrected, and recognised when they come back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import xlsxwriter

from etl import archive, archive_views
from etl.archive import Load
from etl.kinds import kinds
from etl.reading import FileRefused, Parsed
from etl.reading.origin import ORIGIN
from etl.sql import text_of
from warehouse.folders import archive_folder

_WHY = "Vì sao: "
_WAITING = """
    select load_id, source, sheet, row_number, row_key, column_name, reason, allowed, remedy
    from rejected_rows where settled_by is null
"""


def waiting(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """One line per unreadable cell of a row that still waits, of a connection that holds `rejected_rows`: load_id,
    source, sheet, row_number, row_key (its code as codes are compared; null where unknown), column_name, reason,
    allowed, remedy."""
    lines: pl.DataFrame = connection.sql(_WAITING).pl()
    return lines


def as_corrections(parsed: Sequence[Parsed], lines: Callable[[], pl.DataFrame]) -> list[Parsed]:
    """The parsed exports, those that correct rejected rows said so. A plain file does where nothing tells its day and
    every row of it matches, by source and code, a row waiting (`lines`) from one load. Raises FileRefused where a
    workbook of corrections names a load that does not count."""
    loads = {load.load_id: load for load in archive.active()}
    return [_as_correction(each, lines, loads) for each in parsed]


def _as_correction(parsed: Parsed, lines: Callable[[], pl.DataFrame], loads: Mapping[str, Load]) -> Parsed:
    if loads and not parsed.tells_day and parsed.frame["of_load"].null_count() == parsed.frame.height:
        parsed = _matched(parsed, lines, [load for load in loads.values() if load.source == parsed.profile.source])
    named = parsed.frame["of_load"].drop_nulls().unique(maintain_order=True).to_list()
    if not named:
        return parsed
    unknown = [name for name in named if name not in loads or loads[name].source != parsed.profile.source]
    if unknown:
        raise FileRefused(
            parsed.path,
            f"Cột “{ORIGIN['of_load']}” ghi {', '.join(f'“{name}”' for name in unknown)}, không phải một lần nạp đang "
            "tính của nguồn này.",
            "Hãy ghi lại tệp sửa bằng python -m etl rejected, hoặc nạp tệp này không có cột đó.",
        )
    days = [day for name in named if (day := loads[name].extracted_on)]
    return replace(parsed, extracted_on=max(days, default=None), covers_from=None, covers_to=None)


def _matched(parsed: Parsed, lines: Callable[[], pl.DataFrame], loads: Sequence[Load]) -> Parsed:
    """The export with its rows said to be those that wait, where all of them do and came from one of these loads."""
    shape = parsed.profile.shape
    codes = pl.concat([parsed.frame[shape.code], parsed.rejected_cells["code"]])
    if codes.is_empty() or codes.null_count():
        return parsed
    kind = parsed.profile.kind
    keys = _keys(codes, kind, [load for load in loads if load.kind == kind])
    # What waits is found only by accounting for every row, and most files bring a code that none has.
    if not keys["is_known"].all():
        return parsed
    rows = lines().filter(pl.col("source") == parsed.profile.source).unique(["load_id", "sheet", "row_number"])
    rows = rows.filter(pl.col("row_key").is_not_null()).unique("row_key", keep="last", maintain_order=True)
    met = keys.join(rows, on="row_key", how="left", maintain_order="left")
    if met["load_id"].null_count() or met["load_id"].n_unique() > 1:
        return parsed
    of_frame = met.head(parsed.frame.height)
    return replace(
        parsed,
        frame=parsed.frame.with_columns(
            of_load=of_frame["load_id"], of_sheet=of_frame["sheet"], of_row=of_frame["row_number"]
        ),
    )


def _keys(codes: pl.Series, kind: str, loads: Sequence[Load]) -> pl.DataFrame:
    """One row a code, in their order: `row_key`, as the build compares codes; `is_known`: whether a row of these loads,
    kept out or not, bears it."""
    with duckdb.connect() as connection:
        connection.execute(text_of("macros"))
        archive_views.codes(connection, kind, loads)
        connection.register("given", codes.alias("code").to_frame().with_row_index("place"))
        keyed: pl.DataFrame = connection.sql(text_of("known_codes")).pl()
        return keyed


def write(lines: pl.DataFrame, load_ids: Sequence[str], out: Path) -> list[tuple[Path, int]]:
    """Write the rows that wait from these loads, one workbook for each profile; (path, rows) of each. With several the
    name of the profile is added to that of the file. Cells that could be personal are empty."""
    loads = [load for load in archive.active() if load.load_id in load_ids]
    by_profile: dict[str, list[Load]] = {}
    for load in loads:
        if lines["load_id"].is_in([load.load_id]).any():
            by_profile.setdefault(load.profile, []).append(load)
    written = []
    for profile, some in by_profile.items():
        path = out if len(by_profile) == 1 else out.with_name(f"{out.stem}-{profile}{out.suffix}")
        written.append((path, _write_one(path, some, lines)))
    return written


def _write_one(path: Path, loads: Sequence[Load], lines: pl.DataFrame) -> int:
    told: dict[str, Any] = json.loads(loads[-1].headers)
    headers: dict[str, str] = told["columns"]
    frames = [_cells(load, lines) for load in loads]
    cells = pl.concat(frames, how="diagonal")
    reasons = kinds()[loads[-1].kind].reasons
    why = {}
    for line in lines.iter_rows(named=True):
        # What was found only when rows were compared with the reference files.
        reason = reasons.get(line["reason"])
        column = headers.get(reason.column, line["column_name"]) if reason else line["column_name"]
        why[line["load_id"], line["sheet"], line["row_number"], column] = f"{line['allowed']}. {line['remedy']}"
    faulty = {column for *_, column in why}
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Dòng bị loại")
        sheet.write_string(0, 0, "Sửa các ô sai rồi nạp lại tệp này; không sửa ba cột đầu.")
        if told["recognise_text"]:
            sheet.write_string(1, 0, " ".join(told["recognise_text"]))
        names = [*ORIGIN.values()]
        for header in headers.values():
            names += [header, *([_WHY + header] if header in faulty else [])]
        others = sorted({column for column in faulty if column not in headers.values()})
        names += [_WHY + column for column in others]
        names += [header for header in told["recognise"] if header not in names]
        for at, name in enumerate(names):
            sheet.write_string(2, at, name)
        by_header = {header: column for column, header in headers.items()}
        for number, row in enumerate(cells.iter_rows(named=True), start=3):
            place = (row["of_load"], row["of_sheet"], row["of_row"])
            for at, name in enumerate(names):
                column = by_header.get(name) or next((key for key, header in ORIGIN.items() if header == name), "")
                text = why.get((*place, name.removeprefix(_WHY))) if name.startswith(_WHY) else row.get(column)
                if text is not None:
                    sheet.write_string(number, at, str(text))
        sheet.freeze_panes(3, 0)
    return cells.height


def _cells(load: Load, lines: pl.DataFrame) -> pl.DataFrame:
    """The rows of a load that wait, as text."""
    rows = lines.filter(pl.col("load_id") == load.load_id).select("sheet", "row_number").unique(maintain_order=True)
    parts = []
    for part in (archive.REJECTED, "rows"):
        if (archive_folder() / load.load_id / f"{part}.parquet").exists():
            found = archive.stored(load.load_id, part).join(rows, on=["sheet", "row_number"], how="semi")
            found = found.unique(["sheet", "row_number"], maintain_order=True)
            parts.append(found.select("sheet", "row_number", *_texts(found)))
    both = pl.concat(parts, how="diagonal").sort("sheet", "row_number")
    return both.rename({"sheet": "of_sheet", "row_number": "of_row"}).with_columns(of_load=pl.lit(load.load_id))


def _texts(found: pl.DataFrame) -> list[pl.Expr]:
    skipped = {"sheet", "row_number", "row_no", "load_id", "code", *ORIGIN}
    texts = []
    for name, form in found.schema.items():
        if name not in skipped:
            column = pl.col(name)
            if form == pl.Datetime("us"):
                column = column.dt.strftime("%d/%m/%Y %H:%M:%S")
            elif form == pl.Date:
                column = column.dt.strftime("%d/%m/%Y")
            texts.append(column.cast(pl.String).alias(name))
    return texts
