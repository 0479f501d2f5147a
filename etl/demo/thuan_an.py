"""Scenario TA: Thuận An town, January 2014 to 28 December 2016: two models at three pilots of different kinds."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from etl.demo.everyday import COMMUNE_FIELDS, as_ended, intake, write_monthly_xlsx
from etl.demo.ground import numbered, position
from etl.demo.layouts import IGATE, written
from etl.demo.monthly import monthly_exports
from etl.demo.planted import Planted

SOURCE, ONE_STOP = "mot-cua-thuan-an", "ta-mot-cua"
FIRST, LAUNCH, LAST = date(2014, 1, 1), date(2014, 10, 1), date(2016, 12, 28)
PILOTS = ("ta-p-quan-ly-do-thi", ONE_STOP, "ta-phuong-lai-thieu")
_SIZES = {
    "ta-p-quan-ly-do-thi": 1_600, ONE_STOP: 1_700, "ta-p-tai-nguyen": 1_900, "ta-p-tai-chinh": 1_500,
    "ta-p-tu-phap": 700, "ta-phuong-lai-thieu": 1_100, "ta-phuong-an-phu": 900, "ta-phuong-an-thanh": 750,
    "ta-phuong-binh-chuan": 850, "ta-phuong-binh-hoa": 950, "ta-phuong-binh-nham": 600, "ta-phuong-hung-dinh": 550,
    "ta-phuong-thuan-giao": 900, "ta-phuong-vinh-phu": 600, "ta-xa-an-son": 400,
}  # fmt: skip
_FIELDS = {
    "ta-p-quan-ly-do-thi": {"xay-dung": 0.85, "giao-thong": 0.15},
    ONE_STOP: {"chung-thuc": 0.6, "ho-tich": 0.2, "ho-kinh-doanh": 0.2},
    "ta-p-tai-nguyen": {"dat-dai": 0.9, "moi-truong": 0.1},
    "ta-p-tai-chinh": {"ho-kinh-doanh": 1.0},
    "ta-p-tu-phap": {"ho-tich": 0.7, "chung-thuc": 0.3},
}
# At the pilots lateness falls, and ending before the due day rises, evenly from the launch to the review.
_LATE_AT_LAST = 0.3  # of what it was
_ON_THE_DUE_DAY, _ON_THE_DUE_DAY_AT_LAST = 0.40, 0.15


def cases(seed: int) -> pl.DataFrame:
    """The cases as they stood on 28 December 2016 (CASE_COLUMNS of `monthly`)."""
    rng = np.random.default_rng([seed, 9])
    came = intake(rng, _SIZES, {unit: _FIELDS.get(unit, COMMUNE_FIELDS) for unit in _SIZES}, FIRST, LAST)
    launch, last = position(LAUNCH), position(LAST)
    at_pilot = came.kinds["unit"].is_in(list(PILOTS)).to_numpy()
    life = np.where(at_pilot, np.clip((came.due - launch) / (last - launch), 0, 1), 0)
    late = rng.random(came.kinds.height) < came.common_late() * (1 - (1 - _LATE_AT_LAST) * life)
    on_the_due_day = _ON_THE_DUE_DAY - (_ON_THE_DUE_DAY - _ON_THE_DUE_DAY_AT_LAST) * life
    ended = as_ended(rng, came, late, LAST, on_the_due_day).with_columns(
        pl.when(pl.col("unit").str.starts_with("ta-p-"))
        .then(pl.lit(ONE_STOP))
        .otherwise("unit")
        .alias("receiving_unit")
    )
    return numbered(ended, {unit: f"000.{n:02}.25.H09" for n, unit in enumerate(_SIZES, 1)})


def write(folder: Path, seed: int) -> Planted:
    """One xlsx a month into `folder`; the last was made on the day of the review."""
    listed = cases(seed)
    rows = written(monthly_exports(listed, FIRST, LAST), IGATE)
    files = write_monthly_xlsx(folder, "thuan-an", SOURCE, rows, "Thị xã Thuận An", "Thuận An", LAST)
    return Planted("TA", files, listed.height, 0, {})
