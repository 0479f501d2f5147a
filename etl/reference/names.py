"""Units, fields, procedures and causes of lateness, with every spelling that means one of them."""

import polars as pl

from etl.reference.sheet import Sheet, UnusableReference
from warehouse.text import fold

# Every build adds these; a row that says so in its own words means the same.
_NOT_TOLD = {
    name: pl.DataFrame({"code": ["khong-ro"], "name": [f"Không rõ {what}"]})
    for name, what in (("fields", "lĩnh vực"), ("procedures", "thủ tục"))
}


def _spellings(frame: pl.DataFrame) -> pl.DataFrame:
    """Every spelling that a reference file accepts, the code itself among them: code, folded."""
    spelled = frame.select(
        "code", pl.concat_list("code", "name", pl.col("aliases").fill_null("").str.split(";")).alias("spelling")
    ).explode("spelling")
    folded = spelled.select("code", pl.col("spelling").map_elements(fold, return_dtype=pl.String).alias("folded"))
    return folded.filter(pl.col("folded") != "").unique(maintain_order=True)


def names(name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The fields, the procedures or the causes of lateness, and every spelling of one: (code, folded), each once."""
    frame = Sheet(name).finished()
    spelled = _spellings(pl.concat([frame, _NOT_TOLD[name]], how="diagonal") if name in _NOT_TOLD else frame)
    clash = spelled.filter(pl.col("folded").is_duplicated()).sort("folded", maintain_order=True)
    if clash.height:
        codes = ", ".join(clash.filter(pl.col("folded") == clash["folded"][0])["code"])
        raise UnusableReference(
            f"{name}.csv: tên “{clash['folded'][0]}” chỉ hơn một mã ({codes}). Bỏ tên gọi khác bị trùng, hoặc sửa tên."
        )
    return frame, spelled


def roots(units: pl.DataFrame) -> pl.DataFrame:
    """The units with `root`, the code of the unit at the top of each one's tree."""
    parents: dict[str, str | None] = dict(zip(units["code"], units["parent"], strict=True))

    def root(code: str, below: tuple[str, ...] = ()) -> str:
        parent = parents.get(code)
        if code in below or (parent is not None and parent not in parents):
            raise UnusableReference(
                f"units.csv: đơn vị “{code}” có cấp trên “{parent}” không có trong tệp, hoặc đi vòng."
            )
        return code if parent is None else root(parent, (*below, code))

    found = {code: root(code) for code in parents}
    return units.with_columns(pl.col("code").replace_strict(found, return_dtype=pl.String).alias("root"))


def units() -> tuple[pl.DataFrame, pl.DataFrame]:
    """The unit tree with the root of each unit, and every spelling: (root, code, folded, valid_from, valid_to)."""
    frame = roots(Sheet("units").finished())
    spelled = _spellings(frame).join(frame.select("root", "code", "valid_from", "valid_to"), on="code")
    first, last = pl.col("valid_from").fill_null(pl.date(1, 1, 1)), pl.col("valid_to").fill_null(pl.date(9999, 12, 31))
    clash = (
        spelled.with_columns(first, last)
        .sort("root", "folded", "valid_from")
        .filter((pl.col("valid_from") <= pl.col("valid_to").shift(1)).over("root", "folded"))
    )
    if clash.height:
        raise UnusableReference(
            f"units.csv: tên “{clash['folded'][0]}” chỉ hai đơn vị của {clash['root'][0]} trong cùng một thời gian. "
            "Bỏ tên gọi khác bị trùng, hoặc ghi valid_from, valid_to."
        )
    return frame, spelled.select("root", "code", "folded", "valid_from", "valid_to")
