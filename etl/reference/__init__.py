"""Reference files: units, fields, procedures, instruments, sources, calendar overrides, all about models, and plans."""

from dataclasses import dataclass

import polars as pl

from etl.reference.models import model_files
from etl.reference.names import names, units
from etl.reference.plans import plan_files
from etl.reference.referring import Known
from etl.reference.sheet import Sheet, UnusableReference

__all__ = [
    "ReferenceFiles", "UnusableReference", "instruments", "model_files", "names", "plan_files", "read", "units",
    "usable_files",
]  # fmt: skip

_SCALE = r"^\d+(?:\.\d+)?-\d+(?:\.\d+)?$"


def read(name: str) -> pl.DataFrame:
    """One reference file by itself, with the columns it must have; UnusableReference where a cell is not as it must."""
    return Sheet(name).finished()


def instruments() -> pl.DataFrame:
    """The survey instruments with their `place` in the file; each scale is two numbers with a dash between."""
    sheet = Sheet("instruments")
    sheet.note("scale", ~sheet.rows["scale"].str.contains(_SCALE), "chỉ nhận thang điểm dạng 1-5. Sửa")
    return sheet.finished().with_row_index("place")


@dataclass(frozen=True)
class ReferenceFiles:
    """All that an office and the program say of units, fields, models and plans: read once a command, and usable.
    `units`, `fields`, `procedures` and `late_causes` each with every spelling of one, as their functions give them."""

    units: tuple[pl.DataFrame, pl.DataFrame]
    fields: tuple[pl.DataFrame, pl.DataFrame]
    procedures: tuple[pl.DataFrame, pl.DataFrame]
    late_causes: tuple[pl.DataFrame, pl.DataFrame]
    instruments: pl.DataFrame
    models: dict[str, pl.DataFrame]
    plans: dict[str, pl.DataFrame]
    sources: pl.DataFrame
    calendar: pl.DataFrame


def usable_files() -> ReferenceFiles:
    """Every reference file. Raises UnusableReference unless all can be used, as is found out before anything is
    archived."""
    told = units()
    known = Known(told)
    return ReferenceFiles(
        units=told,
        instruments=instruments(),
        fields=names("fields"),
        procedures=names("procedures"),
        late_causes=names("late_causes"),
        models=model_files(known),
        plans=plan_files(known),
        sources=read("sources"),
        calendar=read("calendar"),
    )
