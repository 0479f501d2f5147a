"""The files that an office fills in about its models, each checked against those that it speaks of."""

import polars as pl

from etl.reference.columns import FILES, MODEL_FILES
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
# Persons are addressed so; "phường Cửa Ông" is a place.
_A_PERSON = r"(?:^(?:Ông|Bà)|\b(?:ông|bà)|\b[Đđ]ồng chí|\b[Đđ]/c)\s+\p{Lu}"


def model_files() -> dict[str, pl.DataFrame]:
    """models, adoptions, criteria, reviews, criterion_scores, conclusions and events, with units by their codes.

    Rows of a shipped file that speak of what an office's own files do not hold are the demo's and left out; in an
    office's own file they are refused. UnusableReference tells everything that is wrong in the first such file.
    """
    known = _Known()
    for name in MODEL_FILES:
        sheet = Sheet(name)
        _refer(sheet, name, known)
        if name in _RULES:
            _RULES[name](sheet, known)
        known.frames[name] = sheet.finished()
    return {name: known.frames[name] for name in MODEL_FILES}


class _Known:
    """The files already checked, by name, and the codes that each spelling of a unit may mean."""

    def __init__(self) -> None:
        frame, spelled = units()
        self.frames = {"units": frame}
        self.spelled = spelled.group_by("folded").agg(pl.col("code").unique().sort())

    def told_to(self, sheet: Sheet, name: str) -> pl.DataFrame:
        """What a file may speak of: all that is known; for a shipped file, what of it is the demo's."""
        frame = self.frames[name]
        if sheet.is_own or not own_reference_file(f"{name}.csv").exists():
            return frame
        shipped = pl.read_csv(shipped_reference_file(f"{name}.csv"), infer_schema=False)
        return frame.join(roots(shipped) if name == "units" else shipped, on=_SAME[name], how="semi")


def _refer(sheet: Sheet, name: str, known: _Known) -> None:
    """Models, reviews and units that no other file holds are noted, or left out of a shipped file."""
    columns = FILES[name].columns
    for column, other, key in (("model", "models", "code"), ("review", "reviews", "review")):
        if column in columns and name != other:
            there = known.told_to(sheet, other)[key].to_list()
            _must_be(sheet, column, sheet.rows[column].is_in(there), f"{other}.csv")
    if "unit" in columns:
        _name_units(sheet, known)


def _must_be(sheet: Sheet, column: str, is_known: pl.Series, file: str, of: str = "") -> None:
    stays = is_known.fill_null(False) | sheet.rows[column].is_null()
    if sheet.is_own:
        sheet.note(column, ~stays, f"không có trong {file}{of}. Sửa, thêm vào {file}, hoặc xoá dòng này")
    else:
        sheet.keep(stays)


def _name_units(sheet: Sheet, known: _Known) -> None:
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
    _must_be(sheet, "unit", is_known, "units.csv")


def _check_models(sheet: Sheet, known: _Known) -> None:
    person = sheet.text["responsible"].str.contains(_A_PERSON)
    sheet.note(
        "responsible", person, "chỉ nhận cơ quan hoặc chức vụ. Bỏ tên người, ghi cơ quan chịu trách nhiệm",
        found="tên người",
    )  # fmt: skip


def _check_adoptions(sheet: Sheet, known: _Known) -> None:
    not_planned, not_begun = (sheet.text[column].is_null() for column in ("planned_from", "from"))
    ended = sheet.rows["to"]
    sheet.note("from", not_planned & not_begun, "cần planned_from hoặc from. Ghi ngày dự kiến hoặc ngày bắt đầu")
    sheet.note("to", ended.is_not_null() & not_begun, "mà cột from để trống. Ghi ngày bắt đầu, hoặc bỏ ngày kết thúc")
    sheet.note("to", ended <= sheet.rows["from"], "chỉ nhận ngày sau ngày ở cột from. Sửa")


def _check_criteria(sheet: Sheet, known: _Known) -> None:
    sheet.note("highest_score", sheet.rows["highest_score"] <= 0, "chỉ nhận số lớn hơn 0. Sửa")


def _check_scores(sheet: Sheet, known: _Known) -> None:
    reviews = known.frames["reviews"].select("review", "model")
    criteria = known.told_to(sheet, "criteria").select("model", "criterion", "highest_score")
    judged = sheet.rows.join(reviews, on="review", how="left", maintain_order="left").join(
        criteria, on=["model", "criterion"], how="left", maintain_order="left"
    )
    # A row whose review is unknown has been told so already.
    is_known = judged["highest_score"].is_not_null() | judged["model"].is_null()
    sheet.note("score", judged["score"] < 0, "chỉ nhận số từ 0. Sửa")
    for highest in judged["highest_score"].drop_nulls().unique().sort():
        over = (judged["highest_score"] == highest) & (judged["score"] > highest)
        sheet.note("score", over, f"tiêu chí này chỉ nhận số từ 0 đến {highest:g}. Sửa")
    _must_be(sheet, "criterion", is_known, "criteria.csv", " cho mô hình của lần đánh giá này")


def _check_conclusions(sheet: Sheet, known: _Known) -> None:
    sheet.note("number", sheet.rows["number"] < 1, "chỉ nhận số từ 1. Sửa")


# Files that more is said of than stands in their columns.
_RULES = {
    "models": _check_models,
    "adoptions": _check_adoptions,
    "criteria": _check_criteria,
    "criterion_scores": _check_scores,
    "conclusions": _check_conclusions,
}
