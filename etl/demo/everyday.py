"""The everyday cases of an office: what came in by unit and field, when each was due, and when it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from etl.demo.ground import (
    CLOSES,
    Flags,
    Numbers,
    at,
    finished_seconds,
    position,
    procedures,
    received_seconds,
    working_days,
)
from etl.demo.planted import PlantedFile
from etl.demo.sheets import Banner, write_csv, write_igate

COMMUNE_FIELDS = {
    "chung-thuc": 0.42, "ho-tich": 0.27, "dat-dai": 0.13, "bao-tro-xa-hoi": 0.11, "nguoi-co-cong": 0.04,
    "xay-dung": 0.03,
}  # fmt: skip
# Share of the cases that miss their deadline, before anything that a scenario plants.
LATE = {
    "dat-dai": 0.13, "xay-dung": 0.10, "moi-truong": 0.07, "bao-tro-xa-hoi": 0.05, "nguoi-co-cong": 0.04,
    "ho-tich": 0.02, "chung-thuc": 0.004, "ho-kinh-doanh": 0.04, "giao-thong": 0.05, "cu-tru": 0.05,
}  # fmt: skip
_ON_THE_DUE_DAY = 0.3


@dataclass(frozen=True)
class Intake:
    """What came in. `kinds`: unit, field, procedure, working_days; the others are positions in `working_days()`."""

    kinds: pl.DataFrame
    received: Numbers
    due: Numbers

    def common_late(self) -> NDArray[np.float64]:
        """The share of LATE of each case."""
        shares: NDArray[np.float64] = self.kinds["field"].replace_strict(LATE).to_numpy()
        return shares


def intake(
    rng: np.random.Generator,
    sizes: Mapping[str, int],
    fields: Mapping[str, Mapping[str, float]],
    first: date,
    last: date,
) -> Intake:
    """As many cases as `sizes` says of each unit, in its fields by their shares, evenly from `first` to `last`."""
    listed = procedures()
    parts = []
    for unit, size in sizes.items():
        choice = listed.filter(pl.col("field").is_in(list(fields[unit])))
        pull = 1 / (pl.col("rank") + 2)
        weight = choice.select(
            pl.col("field").replace_strict(fields[unit]) * pull / pull.sum().over("field")
        ).to_series()
        drawn = choice[rng.choice(choice.height, size, p=(weight / weight.sum()).to_numpy())]
        parts.append(drawn.select(pl.lit(unit).alias("unit"), "field", procedure="code", working_days="working_days"))
    kinds = pl.concat(parts)
    received = rng.integers(position(first), _last_position(last) + 1, kinds.height)
    return Intake(kinds, received, received + kinds["working_days"].to_numpy())


def _last_position(day: date) -> int:
    """The position of the last working day up to `day`."""
    return int(np.searchsorted(working_days(), np.datetime64(day, "D"), side="right")) - 1


def as_ended(
    rng: np.random.Generator,
    came: Intake,
    late: Flags,
    last: date,
    on_the_due_day: float | NDArray[np.float64] = _ON_THE_DUE_DAY,
) -> pl.DataFrame:
    """The cases as they stood on `last`: CASE_COLUMNS of `monthly` but code and serial, received in person at the unit
    that resolves them. Of those that are not late the share `on_the_due_day` ends on that day, the others before."""
    calendar, total = working_days(), came.kinds.height
    received, due, until = came.received, came.due, _last_position(last)
    punctual = rng.random(total) < on_the_due_day
    before = received + (rng.beta(3, 2, total) * np.maximum(due - received, 1)).astype(np.int64)
    finished = np.where(punctual, due, np.minimum(before, due))
    finished = np.where(late, due + np.minimum(rng.geometric(0.2, total), 40), finished)
    fetched = finished + np.minimum(rng.geometric(0.6, total) - 1, 10)
    apologised = late & (due < until) & (rng.random(total) < 0.6)
    received_at = received_seconds(rng, total)
    finished_at = finished_seconds(rng, received_at, finished == received)
    closing = np.full(total, CLOSES)
    due_at = at(calendar[due], closing)
    return came.kinds.select(
        "unit",
        pl.col("unit").alias("receiving_unit"),
        "procedure",
        "field",
        pl.lit("in_person").alias("channel"),
        pl.Series("received_at", at(calendar[received], received_at)),
        pl.Series("first_due_at", due_at),
        pl.Series("due_at", due_at),
        pl.lit(None, pl.Date).alias("extended_on"),
        pl.Series("finished_at", at(calendar[finished], finished_at)).set(pl.Series(finished > until), None),
        pl.Series("handed_over_at", at(calendar[fetched], closing)).set(pl.Series(fetched > until), None),
        pl.Series("apology_sent_on", calendar[due]).set(pl.Series(~apologised), None),
        pl.lit("finished").alias("outcome"),
        pl.lit(False).alias("awaits"),
    )


def write_monthly_csv(
    folder: Path, stem: str, kind: str, source: str, rows: pl.DataFrame, columns: Mapping[str, str]
) -> list[PlantedFile]:
    """The written rows (`columns`: header -> name) as one csv for each `as_of`, `<stem>-2019-05.csv`, without anything
    wrong in them."""
    files = []
    for (month,), part in rows.group_by(["as_of"], maintain_order=True):
        assert isinstance(month, date)
        path = folder / f"{stem}-{month:%Y-%m}.csv"
        write_csv(path, part.select(pl.col(name).alias(header) for header, name in columns.items()))
        files.append(PlantedFile(path.name, kind, source, part.height, {}, 0))
    return sorted(files, key=lambda file: file.file)


def write_monthly_xlsx(
    folder: Path, stem: str, source: str, rows: pl.DataFrame, office: str, place: str, last: date
) -> list[PlantedFile]:
    """The written cases as one xlsx a month, as the one-stop system does; the last file was made on the day `last`."""
    files = []
    for (month,), part in rows.group_by(["as_of"], maintain_order=True):
        assert isinstance(month, date)
        path = folder / f"{stem}-{month:%Y-%m}.xlsx"
        day = min(month, last)
        banner = Banner(office, place, day.replace(day=1), day, day)
        write_igate(path, part.sort("group", maintain_order=True), banner)
        files.append(PlantedFile(path.name, "cases", source, part.height, {}, 0))
    return sorted(files, key=lambda file: file.file)
