"""What reading one file gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from etl.profile import Profile


@dataclass(frozen=True)
class Parsed:
    """One file, every row accounted for: `rows` = data rows + the sum of `layout`.

    frame: the readable data rows, all canonical columns of the kind (null where absent), `row_number` (from 1, as a
    spreadsheet shows it; for csv the record), `sheet` ("" for csv). A wide survey sheet is several rows of one
    row_number. rejected: one line per unreadable cell: row_number, sheet, column, reason, value (masked), allowed,
    remedy. rejected_cells: the unreadable data rows as text, without what could be personal: row_number, sheet, `code`
    and a column for each of cells. extracted_on: None where there is no row and nothing tells it. lone_before,
    lone_after: dates before and after these lie far from all others of the file; None where there are none. headers:
    canonical column -> header as written. tells_day: whether a person or the banner told the day of extraction. told:
    what a person should know of how it was read, in Vietnamese.
    """

    path: Path
    profile: Profile
    rows: int
    layout: dict[str, int]
    frame: pl.DataFrame
    rejected: pl.DataFrame
    rejected_cells: pl.DataFrame
    extracted_on: date | None
    covers_from: date | None
    covers_to: date | None
    lone_before: date | None
    lone_after: date | None
    headers: Mapping[str, str]
    told: tuple[str, ...]
    tells_day: bool

    @property
    def data_rows(self) -> int:
        return self.rows - sum(self.layout.values())
