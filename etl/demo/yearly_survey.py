"""The district's yearly survey of its communes: one row a sheet, one column a question, tied to no case."""

from datetime import date

import numpy as np
import polars as pl

from etl.demo.district import small_units
from etl.demo.ground import CLOSES, OPENS, Numbers, at, shipped, truths, working_days
from etl.demo.layouts import PERSON, PHONE, STAMP, personal

SEX, AGE, REMARK = "sex", "age", "remark"
COLUMNS = {
    "Mã phiếu": "sheet_id",
    "Thời gian gửi": "answered_at",
    "Đơn vị được khảo sát": "unit",
    "Lĩnh vực": "field",
    **{f"q{number}": f"q{number}" for number in range(1, 10)},
    "Họ và tên": PERSON,
    "Số điện thoại": PHONE,
    "Giới tính": SEX,
    "Độ tuổi": AGE,
    "Ý kiến khác": REMARK,
}
_FIELDS = {"chung-thuc": 0.45, "ho-tich": 0.3, "dat-dai": 0.15, "bao-tro-xa-hoi": 0.1}
_SAME_MIND = 0.7  # of a person's answers, those that follow the person and not the question


def sheets(year: int, seed: int) -> pl.DataFrame:
    """One year's sheets, sorted by the moment of answering: sheet (from 1), unit, field, answered_at, and a score an
    item, null where it is not answered."""
    rng = np.random.default_rng([seed, 6, year])
    planted = truths()["yearly_survey"]
    communes = shipped("units").filter(pl.col("parent") == "district", pl.col("kind") == "commune")["code"].to_list()
    few = small_units()
    sizes = [planted["sheets_of_a_small_unit"] if unit in few else planted["sheets_of_a_unit"] for unit in communes]
    n = sum(sizes)
    first, following = date(year, planted["month"], 1), date(year, planted["month"] + 1, 1)
    days = working_days()
    days = days[(days >= np.datetime64(first)) & (days < np.datetime64(following))]
    person = rng.random(n)
    listed = pl.DataFrame(
        {
            "unit": np.repeat(communes, sizes),
            "field": rng.choice(list(_FIELDS), n, p=list(_FIELDS.values())),
            "answered_at": at(rng.choice(days, n), rng.integers(OPENS, CLOSES, n)),
            **{item: _scores(rng, person, share) for item, share in planted["items"].items()},
        },
    )
    return listed.sort("answered_at", maintain_order=True).with_row_index("sheet", offset=1)


def _scores(rng: np.random.Generator, person: np.ndarray, share: float) -> pl.Series:
    """Scores of 4 and 5 with probability `share`; whoever is dissatisfied with one item mostly is with others too."""
    n = person.size
    mood = np.where(rng.random(n) < _SAME_MIND, person, rng.random(n))
    lower: Numbers = rng.choice([1, 2, 3], n, p=[0.1, 0.25, 0.65])
    scores = np.where(mood < share, rng.choice([4, 5], n, p=[0.6, 0.4]), lower)
    return pl.Series(scores).set(pl.Series(rng.random(n) < truths()["yearly_survey"]["unanswered"]), None)


def written(listed: pl.DataFrame) -> pl.DataFrame:
    """The sheets as text under the headers of COLUMNS."""
    names = {kind: dict(shipped(kind).select("code", "name").iter_rows()) for kind in ("units", "fields")}
    items = truths()["yearly_survey"]["items"]
    turn = pl.col("sheet") % 4
    rows = listed.with_columns(
        pl.format(
            "KS{}-{}", pl.col("answered_at").dt.strftime("%y"), pl.col("sheet").cast(pl.String).str.zfill(4)
        ).alias("sheet_id"),
        pl.col("unit").replace_strict(names["units"]),
        pl.col("field").replace_strict(names["fields"]),
        pl.col("answered_at").dt.strftime(STAMP),
        *(pl.col(item).cast(pl.String).alias(f"q{number}") for number, item in enumerate(items, start=1)),
        **personal(pl.col("sheet")),
    ).with_columns(
        pl.when(turn < 2).then(pl.lit("Nam")).otherwise(pl.lit("Nữ")).alias(SEX),
        turn.replace_strict({0: "18-30", 1: "31-45", 2: "46-60", 3: "Trên 60"}).alias(AGE),
        pl.when(turn == 0).then(pl.format("Ý kiến riêng của {}", PERSON)).alias(REMARK),
    )
    return rows.select(pl.col(name).alias(header) for header, name in COLUMNS.items())
