"""Reference files: units, fields, procedures, instruments, models, adoptions, sources, calendar overrides."""

import polars as pl

from etl.kinds import UNIT_KINDS
from warehouse.folders import reference_file
from warehouse.text import fold

_COLUMNS: dict[str, dict[str, pl.DataType]] = {
    "units": {
        "code": pl.String(), "name": pl.String(), "kind": pl.String(), "parent": pl.String(),
        "valid_from": pl.Date(), "valid_to": pl.Date(), "aliases": pl.String(),
    },
    "fields": {"code": pl.String(), "name": pl.String(), "short_name": pl.String(), "aliases": pl.String()},
    "procedures": {
        "code": pl.String(), "name": pl.String(), "field": pl.String(), "working_days": pl.Int32(),
        "sensitive": pl.Boolean(), "aliases": pl.String(),
    },
    "instruments": {
        "instrument": pl.String(), "title": pl.String(), "scale": pl.String(), "satisfied_from": pl.Float64(),
        "overall_item": pl.String(), "per_case": pl.Boolean(),
    },
    "models": {"code": pl.String(), "name": pl.String(), "purpose": pl.String()},
    "adoptions": {
        "model": pl.String(), "unit": pl.String(), "planned_from": pl.Date(), "from": pl.Date(), "to": pl.Date(),
    },
    "sources": {"source": pl.String(), "title": pl.String(), "retired_on": pl.Date()},
    "calendar": {"day": pl.Date(), "is_working": pl.Boolean(), "why": pl.String()},
}  # fmt: skip

# What identifies a row: the first column, but here.
_KEYS = {"adoptions": ["model", "unit"]}
_SCALE = r"^\d+(?:\.\d+)?-\d+(?:\.\d+)?$"

# Every build adds these; a row that says so in its own words means the same.
_NOT_TOLD = {
    name: pl.DataFrame({"code": ["khong-ro"], "name": [f"Không rõ {what}"]})
    for name, what in (("fields", "lĩnh vực"), ("procedures", "thủ tục"))
}


class UnusableReference(Exception):
    """A reference file cannot be used as it is; the text says which, where, and what to do."""


def read(name: str) -> pl.DataFrame:
    """One reference file with the columns it must have; UnusableReference where it cannot be read so."""
    path, schema = reference_file(f"{name}.csv"), _COLUMNS[name]
    try:
        text = pl.read_csv(path, infer_schema=False, encoding="utf8", glob=False)
    except pl.exceptions.PolarsError as error:
        raise UnusableReference(
            f"{path.name}: không đọc được thành bảng. Lưu tệp thành CSV UTF-8, phân cách bằng dấu phẩy, rồi chạy lại."
        ) from error
    missing = [column for column in schema if column not in text.columns]
    if missing:
        raise UnusableReference(
            f"{path.name}: thiếu cột {', '.join(missing)}. Cần đủ: {', '.join(schema)}. Thêm cột rồi chạy lại."
        )
    cells = pl.all().str.normalize("NFC").str.strip_chars()
    text = text.select(pl.when(cells != "").then(cells).name.keep())
    frame = text.select(_typed(path.name, text[column], dtype) for column, dtype in schema.items())
    _refuse_repeated(path.name, frame.select(_KEYS.get(name, list(schema)[:1])))
    return frame


def _refuse_repeated(file: str, keys: pl.DataFrame) -> None:
    for number, key in enumerate(keys.rows(), start=2):
        if None in key:
            raise UnusableReference(f"{file}, dòng {number}: cột {', '.join(keys.columns)} không được để trống.")
    repeated = keys.filter(keys.is_duplicated()).unique(maintain_order=True)
    if repeated.height:
        found = "; ".join(", ".join(map(str, key)) for key in repeated.rows())
        raise UnusableReference(f"{file}: {found} có hơn một dòng. Mỗi {', '.join(keys.columns)} chỉ một dòng.")


def _typed(file: str, column: pl.Series, dtype: pl.DataType) -> pl.Series:
    if dtype == pl.Boolean:
        typed = column.replace_strict(
            {"1": True, "true": True, "0": False, "false": False}, default=None, return_dtype=pl.Boolean
        )
    elif dtype == pl.Date:
        typed = column.str.to_date("%Y-%m-%d", strict=False)
    else:
        typed = column.cast(dtype, strict=False)
    wrong = typed.is_null() & column.is_not_null()
    if wrong.any():
        row = int(wrong.arg_true()[0])
        allowed = {"Boolean": "0 hoặc 1", "Date": "ngày dạng 2025-06-30"}.get(str(dtype), "một số")
        raise UnusableReference(
            f"{file}, dòng {row + 2}, cột “{column.name}”: có “{column[row]}”, chỉ nhận {allowed}. Sửa rồi chạy lại."
        )
    return typed


def _spellings(frame: pl.DataFrame) -> pl.DataFrame:
    """Every spelling that a reference file accepts, the code itself among them: code, folded."""
    spelled = frame.select(
        "code", pl.concat_list("code", "name", pl.col("aliases").fill_null("").str.split(";")).alias("spelling")
    ).explode("spelling")
    folded = spelled.select("code", pl.col("spelling").map_elements(fold, return_dtype=pl.String).alias("folded"))
    return folded.filter(pl.col("folded") != "").unique(maintain_order=True)


def names(name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The fields or the procedures, and every spelling of one: (code, folded), each spelling once."""
    frame = read(name)
    spelled = _spellings(pl.concat([frame, _NOT_TOLD[name]], how="diagonal"))
    clash = spelled.filter(pl.col("folded").is_duplicated()).sort("folded", maintain_order=True)
    if clash.height:
        codes = ", ".join(clash.filter(pl.col("folded") == clash["folded"][0])["code"])
        raise UnusableReference(
            f"{name}.csv: tên “{clash['folded'][0]}” chỉ hơn một mã ({codes}). Bỏ tên gọi khác bị trùng, hoặc sửa tên."
        )
    return frame, spelled


def _roots(units: pl.DataFrame) -> dict[str, str]:
    parents: dict[str, str | None] = dict(zip(units["code"], units["parent"], strict=True))

    def root(code: str, below: tuple[str, ...] = ()) -> str:
        parent = parents.get(code)
        if code in below or (parent is not None and parent not in parents):
            raise UnusableReference(
                f"units.csv: đơn vị “{code}” có cấp trên “{parent}” không có trong tệp, hoặc đi vòng."
            )
        return code if parent is None else root(parent, (*below, code))

    return {code: root(code) for code in parents}


def units() -> tuple[pl.DataFrame, pl.DataFrame]:
    """The unit tree with the root of each unit, and every spelling: (root, code, folded, valid_from, valid_to)."""
    frame = read("units")
    unknown = frame.filter(~pl.col("kind").is_in(UNIT_KINDS))
    if unknown.height:
        raise UnusableReference(f"units.csv: loại “{unknown['kind'][0]}” không có. Chỉ nhận: {', '.join(UNIT_KINDS)}.")
    roots = _roots(frame)
    frame = frame.with_columns(pl.col("code").replace_strict(roots, return_dtype=pl.String).alias("root"))
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


def instruments() -> pl.DataFrame:
    """The survey instruments; each scale is two numbers with a dash between."""
    frame = read("instruments")
    wrong = ~frame["scale"].fill_null("").str.contains(_SCALE)
    if wrong.any():
        row = int(wrong.arg_true()[0])
        raise UnusableReference(
            f"instruments.csv, dòng {row + 2}, cột “scale”: có “{frame['scale'][row] or ''}”, chỉ nhận thang điểm dạng "
            "1-5. Sửa rồi chạy lại."
        )
    return frame


def refuse_unusable() -> None:
    """Raises UnusableReference unless every reference file can be used, as is found out before anything is archived."""
    units()
    instruments()
    for name in ("fields", "procedures"):
        names(name)
    for name in ("models", "adoptions", "sources", "calendar"):
        read(name)
