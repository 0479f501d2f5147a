"""How reference files speak of each other: which of their cells another file must hold."""

import polars as pl

from etl.reference.columns import FILES
from etl.reference.names import roots, units
from etl.reference.sheet import Sheet
from warehouse.folders import own_reference_file, shipped_reference_file
from warehouse.text import fold

# What makes a row of an office's own file the one that shipped, so that the demo may go on speaking of it.
_SAME = {
    "units": ["code", "name", "root"],
    "models": ["code", "name"],
    "criteria": ["model", "criterion", "name"],
    "reviews": ["review", "model", "title"],
}


class Known:
    """The files already checked, by name, and the codes that each spelling of a unit may mean. told: what `units`
    gives, where it has been read already."""

    def __init__(self, told: tuple[pl.DataFrame, pl.DataFrame] | None = None) -> None:
        frame, spelled = told or units()
        self.frames = {"units": frame}
        self._of_demo: dict[str, pl.DataFrame] = {}
        self.spelled = spelled.group_by("folded").agg(pl.col("code").unique().sort())

    def told_to(self, sheet: Sheet, name: str) -> pl.DataFrame:
        """What a file may speak of: all that is known; for a shipped file, what of it is the demo's."""
        if sheet.is_own or not own_reference_file(f"{name}.csv").exists():
            return self.frames[name]
        if name not in self._of_demo:
            shipped = pl.read_csv(shipped_reference_file(f"{name}.csv"), infer_schema=False)
            told = roots(shipped) if name == "units" else shipped
            self._of_demo[name] = self.frames[name].join(told, on=_SAME[name], how="semi")
        return self._of_demo[name]


def refer(sheet: Sheet, name: str, known: Known) -> None:
    """Models, reviews and units that no other file holds are noted, or left out of a shipped file."""
    columns = FILES[name].columns
    for column, other, key in (("model", "models", "code"), ("review", "reviews", "review")):
        if column in columns and name != other:
            there = known.told_to(sheet, other)[key].to_list()
            must_be(sheet, column, sheet.rows[column].is_in(there), f"{other}.csv")
    if "unit" in columns:
        _name_units(sheet, known)


def must_be(sheet: Sheet, column: str, is_known: pl.Series, file: str, of: str = "") -> None:
    """Cells that `file` does not hold are noted in an office's own file, and left out of a shipped one."""
    stays = is_known.fill_null(False) | sheet.rows[column].is_null()
    if sheet.is_own:
        sheet.note(column, ~stays, f"không có trong {file}{of}. Sửa, thêm vào {file}, hoặc xoá dòng này")
    else:
        sheet.keep(stays)


def _name_units(sheet: Sheet, known: Known) -> None:
    """Units by their codes, whether a code, a name or another name is written; what fits several is noted."""
    told = known.told_to(sheet, "units")["code"].to_list()
    folded = pl.col("unit").map_elements(fold, return_dtype=pl.String)
    written = sheet.rows.select("unit", folded=folded).join(
        known.spelled, on="folded", how="left", maintain_order="left"
    )
    is_code = pl.col("unit").is_in(told)
    fitting = written.select(pl.when(is_code).then(pl.concat_list("unit")).otherwise("code"))["unit"]
    is_several = (fitting.list.len() > 1).fill_null(False)
    codes = fitting.list.join(", ")
    for several in codes.filter(is_several).unique(maintain_order=True):
        says = f"tên này chỉ hơn một đơn vị ({several}). Ghi mã của đúng đơn vị"
        sheet.note("unit", is_several & (codes == several), says)
    is_known = (codes.is_in(told) | is_several).fill_null(False)
    sheet.rows = sheet.rows.with_columns(pl.when(is_known).then(codes).otherwise("unit").alias("unit"))
    must_be(sheet, "unit", is_known, "units.csv")
