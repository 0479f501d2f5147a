"""The files that an office fills in about its models, each checked against those that it speaks of."""

import polars as pl

from etl.reference.columns import MODEL_FILES
from etl.reference.referring import Known, must_be, refer
from etl.reference.sheet import Sheet

# Persons are addressed so; "phường Cửa Ông" is a place.
_A_PERSON = r"(?:^(?:Ông|Bà)|\b(?:ông|bà)|\b[Đđ]ồng chí|\b[Đđ]/c)\s+\p{Lu}"


def model_files(known: Known | None = None) -> dict[str, pl.DataFrame]:
    """models, adoptions, criteria, reviews, criterion_scores, conclusions and events, with units by their codes.

    Rows of a shipped file that speak of what an office's own files do not hold are the demo's and left out; in an
    office's own file they are refused. UnusableReference tells everything that is wrong in the first such file.
    """
    known = known or Known()
    for name in MODEL_FILES:
        sheet = Sheet(name)
        refer(sheet, name, known)
        if name in _RULES:
            _RULES[name](sheet, known)
        known.frames[name] = sheet.finished()
    return {name: known.frames[name] for name in MODEL_FILES}


def _check_models(sheet: Sheet, known: Known) -> None:
    person = sheet.text["responsible"].str.contains(_A_PERSON)
    sheet.note(
        "responsible", person, "chỉ nhận cơ quan hoặc chức vụ. Bỏ tên người, ghi cơ quan chịu trách nhiệm",
        found="tên người",
    )  # fmt: skip


def _check_adoptions(sheet: Sheet, known: Known) -> None:
    not_planned, not_begun = (sheet.text[column].is_null() for column in ("planned_from", "from"))
    ended = sheet.rows["to"]
    sheet.note("from", not_planned & not_begun, "cần planned_from hoặc from. Ghi ngày dự kiến hoặc ngày bắt đầu")
    sheet.note("to", ended.is_not_null() & not_begun, "mà cột from để trống. Ghi ngày bắt đầu, hoặc bỏ ngày kết thúc")
    sheet.note("to", ended <= sheet.rows["from"], "chỉ nhận ngày sau ngày ở cột from. Sửa")


def _check_criteria(sheet: Sheet, known: Known) -> None:
    sheet.note("highest_score", sheet.rows["highest_score"] <= 0, "chỉ nhận số lớn hơn 0. Sửa")


def _check_scores(sheet: Sheet, known: Known) -> None:
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
    must_be(sheet, "criterion", is_known, "criteria.csv", " cho mô hình của lần đánh giá này")


def _check_conclusions(sheet: Sheet, known: Known) -> None:
    sheet.note("number", sheet.rows["number"] < 1, "chỉ nhận số từ 1. Sửa")


# Files that more is said of than stands in their columns.
_RULES = {
    "models": _check_models,
    "adoptions": _check_adoptions,
    "criteria": _check_criteria,
    "criterion_scores": _check_scores,
    "conclusions": _check_conclusions,
}
