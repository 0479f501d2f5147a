"""Where in a file rows are, in words."""

import polars as pl

_SHOWN = 3


def places(cells: pl.DataFrame, where: pl.Series) -> str:
    """The first rows where this is true: "trang tính “A”, dòng 5, 9, 12, …"; without a sheet for csv."""
    rows = cells.filter(where.fill_null(False)).select("sheet", "row_number")
    sheet = rows["sheet"][0] if rows.height else ""
    numbers = rows.filter(pl.col("sheet") == sheet)["row_number"]
    shown = ", ".join(map(str, numbers.head(_SHOWN))) + (", …" if rows.height > min(numbers.len(), _SHOWN) else "")
    return f"trang tính “{sheet}”, dòng {shown}" if sheet else f"dòng {shown}"
