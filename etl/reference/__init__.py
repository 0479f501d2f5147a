"""Reference files: units, fields, procedures, instruments, sources, calendar overrides, all about models, and plans."""

import polars as pl

from etl.reference.models import model_files
from etl.reference.names import names, units
from etl.reference.plans import plan_files
from etl.reference.sheet import Sheet, UnusableReference

__all__ = ["UnusableReference", "instruments", "model_files", "names", "plan_files", "read", "refuse_unusable", "units"]

_SCALE = r"^\d+(?:\.\d+)?-\d+(?:\.\d+)?$"


def read(name: str) -> pl.DataFrame:
    """One reference file by itself, with the columns it must have; UnusableReference where a cell is not as it must."""
    return Sheet(name).finished()


def instruments() -> pl.DataFrame:
    """The survey instruments with their `place` in the file; each scale is two numbers with a dash between."""
    sheet = Sheet("instruments")
    sheet.note("scale", ~sheet.rows["scale"].str.contains(_SCALE), "chỉ nhận thang điểm dạng 1-5. Sửa")
    return sheet.finished().with_row_index("place")


def refuse_unusable() -> None:
    """Raises UnusableReference unless every reference file can be used, as is found out before anything is archived."""
    units()
    instruments()
    for name in ("fields", "procedures"):
        names(name)
    model_files()
    plan_files()
    for name in ("sources", "calendar"):
        read(name)
