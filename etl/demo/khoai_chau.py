"""Scenario KC: the six pilot communes of Hưng Yên and six without the model, July 2022 to December 2023.

People are asked only while the model runs: the ballots begin in April 2023.
"""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from etl.demo.everyday import COMMUNE_FIELDS, as_ended, intake, write_monthly_csv, write_monthly_xlsx
from etl.demo.ground import Numbers, numbered, position, shipped, working_days
from etl.demo.layouts import DAY, IGATE, PERSON, PHONE, personal, written
from etl.demo.monthly import monthly_exports
from etl.demo.planted import Planted

SOURCE, BALLOTS = "mot-cua-diem-hung-yen", "phieu-diem-hung-yen"
FIRST, BALLOTS_FROM, LAST = date(2022, 7, 1), date(2023, 4, 1), date(2023, 12, 31)
PILOTS = (
    "kc-xa-tan-chau", "kc-phuong-quang-trung", "kc-xa-xuan-truc", "kc-xa-trung-hung", "kc-xa-nhat-quang",
    "kc-xa-tan-quang",
)  # fmt: skip
# Invented, and without the model.
OTHERS = (
    "kc-xa-an-khe-thuong", "kc-xa-phu-dien-ha", "kc-xa-minh-loc-trung", "kc-xa-hoa-bich-dong", "kc-xa-long-vien-tay",
    "kc-phuong-thanh-son-nam",
)  # fmt: skip
UNITS = (*PILOTS, *OTHERS)
_CASES = (760, 880, 640, 700, 560, 720, 650, 600, 680, 590, 620, 800)  # of UNITS
_ONLINE_FIRST, _ONLINE_LAST = 0.3, 0.7
OVERALL = "Hài lòng chung"
ITEMS = ("Công khai thủ tục", "Nơi làm việc văn minh", "Thái độ gần gũi", "Trách nhiệm giải quyết", OVERALL)
# How often an answer is a point below, the same as, a point above the overall one; openness lags, as in the review.
_DIFFERS = dict.fromkeys(ITEMS, (0.1, 0.8, 0.1)) | {ITEMS[0]: (0.2, 0.75, 0.05), OVERALL: (0.0, 1.0, 0.0)}
LEAST_BALLOTS, MOST_BALLOTS = 52, 68  # a unit and month
# Satisfied people: the others all along, the pilots in the first month and in the last.
_COMMON, _PILOT_FIRST, _PILOT_LAST = 0.80, 0.80, 0.92
_COLUMNS = {
    "Số phiếu": "sheet_id",
    "Đơn vị được khảo sát": "unit",
    "Người trả lời": PERSON,
    "Số điện thoại": PHONE,
    **{item: item for item in ITEMS},
    "Ngày lấy phiếu": "answered_on",
}


def cases(seed: int) -> pl.DataFrame:
    """The cases as they stood at the end of 2023 (CASE_COLUMNS of `monthly`)."""
    rng = np.random.default_rng([seed, 7])
    came = intake(rng, dict(zip(UNITS, _CASES, strict=True)), dict.fromkeys(UNITS, COMMUNE_FIELDS), FIRST, LAST)
    n = came.kinds.height
    late = rng.random(n) < came.common_late()
    first, last = position(FIRST), position(LAST)
    online = _ONLINE_FIRST + (_ONLINE_LAST - _ONLINE_FIRST) * (came.received - first) / (last - first)
    channel = pl.Series("channel", np.where(rng.random(n) < online, "online", "in_person"))
    ended = as_ended(rng, came, late, LAST).with_columns(channel)
    return numbered(ended, {unit: f"000.{n:02}.28.H31" for n, unit in enumerate(UNITS, 1)})


def ballots(seed: int) -> pl.DataFrame:
    """One row a ballot, in order of day: sheet (from 1), unit, answered_on, and a score of 1 to 5 each of ITEMS."""
    rng = np.random.default_rng([seed, 8])
    months = np.arange(BALLOTS_FROM.month, LAST.month + 1)
    taken = rng.integers(LEAST_BALLOTS, MOST_BALLOTS + 1, len(UNITS) * len(months))
    unit = np.repeat(np.repeat(UNITS, len(months)), taken)
    month = np.repeat(np.tile(months, len(UNITS)), taken)
    life = (month - months[0]) / (months[-1] - months[0])
    pleased = np.where(np.isin(unit, PILOTS), _PILOT_FIRST + (_PILOT_LAST - _PILOT_FIRST) * life, _COMMON)
    n = len(unit)
    overall: Numbers = np.where(
        rng.random(n) < pleased, rng.choice([4, 5], n, p=[0.55, 0.45]), rng.choice([1, 2, 3], n, p=[0.1, 0.25, 0.65])
    )
    begins = np.array([position(date(LAST.year, each, 1)) for each in months])
    ends = np.append(begins[1:], position(LAST))
    nth = month - months[0]
    day = working_days()[begins[nth] + (rng.random(n) * (ends - begins)[nth]).astype(np.int64)]
    items = {item: np.clip(overall + rng.choice([-1, 0, 1], n, p=_DIFFERS[item]), 1, 5) for item in ITEMS}
    listed = pl.DataFrame({"unit": unit, "answered_on": day, **items})
    return listed.sort("answered_on", maintain_order=True).with_row_index("sheet", 1)


def _on_paper(listed: pl.DataFrame) -> pl.DataFrame:
    """The ballots as written text, with `as_of`, the last day of their month."""
    names = dict(shipped("units").select("code", "name").iter_rows())
    sheet = pl.col("sheet").cast(pl.Int64)
    return listed.with_columns(
        pl.format("HY23-{}", sheet.cast(pl.String).str.zfill(5)).alias("sheet_id"),
        pl.col("unit").replace_strict(names),
        pl.col("answered_on").dt.month_end().alias("as_of"),
        pl.col("answered_on").dt.strftime(DAY),
        **personal(sheet),
    )


def write(folder: Path, seed: int) -> Planted:
    """One xlsx of cases a month into `folder`, and since April 2023 a csv of ballots."""
    listed, asked = cases(seed), ballots(seed)
    rows = written(monthly_exports(listed, FIRST, LAST), IGATE)
    files = write_monthly_xlsx(folder, "hung-yen", SOURCE, rows, "Các đơn vị điểm tỉnh Hưng Yên", "Hưng Yên", LAST)
    files += write_monthly_csv(folder, "hung-yen-phieu", "survey_answers", BALLOTS, _on_paper(asked), _COLUMNS)
    return Planted("KC", files, listed.height, asked.height, {})
