"""Where in a file rows are, in words."""

import polars as pl

_SHOWN = 3


def in_sheet(name: str) -> str:
    """What comes before "dòng 5" in a workbook: "trang tính “A”, "; nothing for csv."""
    return f"trang tính “{name}”, " if name else ""


def places(cells: pl.DataFrame, where: pl.Series) -> str:
    """The first rows where this is true: "trang tính “A”, dòng 5, 9, 12, …"; without a sheet for csv."""
    rows = cells.filter(where.fill_null(False)).select("sheet", "row_number")
    sheet = rows["sheet"][0] if rows.height else ""
    numbers = rows.filter(pl.col("sheet") == sheet)["row_number"]
    shown = ", ".join(map(str, numbers.head(_SHOWN))) + (", …" if rows.height > min(numbers.len(), _SHOWN) else "")
    return f"{in_sheet(sheet)}dòng {shown}"
