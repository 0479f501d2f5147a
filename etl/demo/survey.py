"""The district's answer sheets: one row a sheet and item, some tied to a case by its code."""

from typing import Any

import numpy as np
import polars as pl

from etl.demo.ground import shipped, truths
from etl.demo.layouts import COMMUNES, DAY, PERSON, PHONE, personal

SHEETS_PER_CASE = 0.3
OVERALL = "Hài lòng chung"
ITEMS = ("Thái độ phục vụ", "Thủ tục dễ hiểu", "Thời gian giải quyết", OVERALL)
COLUMNS = {
    "Mã phiếu": "sheet_id",
    "Mẫu phiếu": "instrument",
    "Đơn vị được đánh giá": "unit",
    "Lĩnh vực": "field",
    "Kênh thực hiện": "channel",
    "Mã hồ sơ": "case_code",
    "Người trả lời phiếu": PERSON,
    "Số điện thoại": PHONE,
    "Câu hỏi": "item",
    "Điểm": "score",
    "Ngày trả lời": "answered_on",
}
_WITHOUT_CODE = 0.25


def _few(answered: pl.DataFrame, few: dict[str, Any]) -> pl.DataFrame:
    """The planted number of sheets in every quarter, for the unit that hardly asks anybody."""
    quarter = [pl.col("answered_on").dt.year(), pl.col("answered_on").dt.quarter()]
    return answered.filter(pl.col("unit") == few["unit"]).filter(
        pl.int_range(pl.len()).over(quarter) < few["sheets_a_quarter"]
    )


def sheets(cases: pl.DataFrame, total: int, seed: int) -> pl.DataFrame:
    """`total` sheets on the finished ones of `cases`, each up to a week after its end.

    Columns: sheet, serial, unit, field, channel, case_code (null for some), answered_on, and a score each of ITEMS.
    """
    rng = np.random.default_rng([seed, 4])
    model, few, last = truths()["model"], truths()["few_answers"], truths()["period"]["last"]
    closed = cases.filter(pl.col("finished_at").is_not_null(), pl.col("outcome") == "finished")
    delay = pl.lit(pl.Series(rng.integers(0, 7, closed.height)))
    closed = closed.with_columns((pl.col("finished_at").dt.date() + pl.duration(days=delay)).alias("answered_on"))
    closed = closed.filter(pl.col("answered_on") <= last)
    rare = _few(closed, few)
    asked = closed.filter(pl.col("unit") != few["unit"])
    drawn = asked[rng.choice(asked.height, total - rare.height, replace=False)]
    chosen = (
        pl.concat([rare, drawn])
        .sort("answered_on", "case_code")
        .with_columns(pl.int_range(1, pl.len() + 1).alias("sheet"))
    )
    n = chosen.height
    launched = (chosen["unit"].is_in(model["units"]) & (chosen["answered_on"] >= model["from"])).to_numpy()
    pleased = rng.random(n) < np.where(launched, model["satisfied_after"], model["satisfied_before"])
    overall = np.where(pleased, rng.choice([4, 5], n, p=[0.55, 0.45]), rng.choice([1, 2, 3], n, p=[0.1, 0.25, 0.65]))
    without_code = rng.random(n) < _WITHOUT_CODE
    return chosen.select(
        "sheet",
        "serial",
        "unit",
        "field",
        "channel",
        pl.when(~pl.lit(pl.Series(without_code))).then("case_code").alias("case_code"),
        "answered_on",
        *(
            pl.Series(item, overall if item == OVERALL else np.clip(overall + rng.integers(-1, 2, n), 1, 5))
            for item in ITEMS
        ),
    )


def answer_rows(listed: pl.DataFrame) -> pl.DataFrame:
    """The sheets as written text, one row a sheet and item: COLUMNS' names, `as_of`, `code` (the unit's), `order`."""
    names = {kind: dict(shipped(kind).select("code", "name").iter_rows()) for kind in ("units", "fields")}
    instrument = shipped("instruments")["instrument"][0]
    wide = listed.with_columns(
        pl.format(
            "P{}-{}", pl.col("answered_on").dt.strftime("%y%m"), pl.col("sheet").cast(pl.String).str.zfill(7)
        ).alias("sheet_id"),
        pl.lit(instrument).alias("instrument"),
        pl.col("unit").alias("code"),
        pl.col("unit").replace_strict(names["units"]),
        pl.col("field").replace_strict(names["fields"]),
        pl.col("channel").replace_strict(COMMUNES.channel),
        pl.col("answered_on").dt.month_end().alias("as_of"),
        pl.col("answered_on").dt.strftime(DAY),
        **personal(pl.col("serial")),
    )
    long = pl.concat(
        wide.with_columns(item=pl.lit(item), score=pl.col(item).cast(pl.String), nth=pl.lit(n))
        for n, item in enumerate(ITEMS)
    )
    return (
        long.sort("sheet", "nth")
        .select(*COLUMNS.values(), "as_of", "code")
        .with_columns(pl.int_range(pl.len()).cast(pl.Float64).alias("order"))
    )
