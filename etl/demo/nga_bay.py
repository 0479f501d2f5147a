"""Scenario NB: Ngã Bảy town, October 2017 to May 2019: eight teams help with 2,133 cases from October 2018 on."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from etl.demo.everyday import COMMUNE_FIELDS, Intake, as_ended, intake, write_monthly_csv
from etl.demo.ground import numbered, position
from etl.demo.layouts import COMMUNES, written
from etl.demo.monthly import monthly_exports
from etl.demo.planted import Planted

SOURCE = "mot-cua-nga-bay"
FIRST, LAUNCH, LAST = date(2017, 10, 1), date(2018, 10, 1), date(2019, 5, 31)
ASSISTED = 2_133
# The team that goes quiet, and since when.
QUIET_TEAM, QUIET_FROM = "nb-xa-tan-thanh", date(2019, 3, 1)
TEAMS = {
    "nb-mot-cua": "Tổ giúp dân Bộ phận Một cửa thị xã",
    "nb-cong-an": "Tổ giúp dân Công an thị xã",
    "nb-phuong-nga-bay": "Tổ giúp dân phường Ngã Bảy",
    "nb-phuong-lai-hieu": "Tổ giúp dân phường Lái Hiếu",
    "nb-phuong-hiep-thanh": "Tổ giúp dân phường Hiệp Thành",
    "nb-xa-hiep-loi": "Tổ giúp dân xã Hiệp Lợi",
    "nb-xa-dai-thanh": "Tổ giúp dân xã Đại Thành",
    "nb-xa-tan-thanh": "Tổ giúp dân xã Tân Thành",
}
_SIZES = dict(zip(TEAMS, (5_200, 2_300, 2_500, 1_900, 1_800, 1_500, 1_700, 1_300), strict=True))
_FIELDS = {
    "nb-mot-cua": {"dat-dai": 0.44, "ho-kinh-doanh": 0.2, "xay-dung": 0.16, "ho-tich": 0.12, "nguoi-co-cong": 0.08},
    "nb-cong-an": {"cu-tru": 1.0},
}
# Lateness since the launch against before, alike in every unit: whatever did it, all had the model by then.
_LATE_SINCE = 0.5
# Papers that people ask help with, against certified copies.
_HELP = {"chung-thuc": 1.0, "ho-tich": 2.0, "cu-tru": 2.0}
_MORE_HELP = 3.0
_LAYOUT = replace(COMMUNES, columns={**COMMUNES.columns, "Tổ giúp dân": "assisted_by"})


def _teams(rng: np.random.Generator, came: Intake) -> pl.Series:
    """The team that assisted with each case, null for most: ASSISTED cases received since the launch."""
    unit = came.kinds["unit"]
    quiet = (unit == QUIET_TEAM).to_numpy() & (came.received >= position(QUIET_FROM))
    eligible = np.flatnonzero((came.received >= position(LAUNCH)) & ~quiet)
    pull = came.kinds["field"].replace_strict(_HELP, default=_MORE_HELP).to_numpy()[eligible]
    assisted = np.zeros(unit.len(), bool)
    assisted[rng.choice(eligible, ASSISTED, replace=False, p=pull / pull.sum())] = True
    return unit.replace_strict(TEAMS).set(pl.Series(~assisted), None).alias("assisted_by")


def cases(seed: int) -> pl.DataFrame:
    """The cases as they stood on 31 May 2019 (CASE_COLUMNS of `monthly`, and `assisted_by`)."""
    rng = np.random.default_rng([seed, 6])
    came = intake(rng, _SIZES, {unit: _FIELDS.get(unit, COMMUNE_FIELDS) for unit in TEAMS}, FIRST, LAST)
    since = np.where(came.due >= position(LAUNCH), _LATE_SINCE, 1.0)
    late = rng.random(came.kinds.height) < came.common_late() * since
    ended = as_ended(rng, came, late, LAST).with_columns(_teams(rng, came))
    return numbered(ended, {unit: f"000.{n:02}.27.H30" for n, unit in enumerate(TEAMS, 1)})


def write(folder: Path, seed: int) -> Planted:
    """One csv a month into `folder`."""
    listed = cases(seed)
    rows = written(monthly_exports(listed, FIRST, LAST), _LAYOUT)
    files = write_monthly_csv(folder, "nga-bay", "cases", SOURCE, rows, _LAYOUT.columns)
    return Planted("NB", files, listed.height, 0, {})
