"""Writes the district's exports: monthly xlsx of the one-stop system, csv of communes and sheets; a yearly survey."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from etl.demo import district, late_told, mistakes, survey, yearly_survey
from etl.demo.ground import truths
from etl.demo.layouts import COMMUNES, IGATE_WITH_CAUSES, under_headers, written
from etl.demo.monthly import monthly_exports
from etl.demo.planted import Planted, PlantedFile
from etl.demo.sheets import Banner, write_csv, write_igate

ONE_STOP, COMMUNE, SURVEY = "mot-cua-huyen", "dich-vu-cong-xa", "khao-sat-hai-long"
YEARLY_SURVEY = "khao-sat-hang-nam"
LEAST_CASES = 20_000  # below that the last month has too few cases to plant faults in
_OFFICE, _PLACE = "Huyện Tân Phước Đông", "Tân Phước Đông"


def write(folder: Path, cases: int, seed: int) -> Planted:
    """All files into `folder`; ValueError below LEAST_CASES."""
    if cases < LEAST_CASES:
        raise ValueError(f"Kịch bản district cần ít nhất {LEAST_CASES} hồ sơ, được yêu cầu {cases}.")
    rng = np.random.default_rng([seed, 5])
    listed = district.cases(cases, seed)
    period = truths()["period"]
    exports = late_told.seen_after_due(monthly_exports(listed, period["first"], period["last"]))
    one_stop = mistakes.with_faults(rng, exports.filter(~district.is_commune()), ONE_STOP, has_banner=True)
    communes = mistakes.with_faults(rng, exports.filter(district.is_commune()), COMMUNE, has_banner=False)
    marked = pl.concat([one_stop, communes]).filter(pl.col("mark").is_in(list(truths()["faults"])))

    sound = listed.join(marked.select("case_code"), on="case_code", how="anti", maintain_order="left")
    sheets = survey.sheets(sound, round(cases * survey.SHEETS_PER_CASE), seed)
    answers = mistakes.with_marks_on_sheets(rng, survey.answer_rows(sheets), SURVEY, survey.OVERALL)

    also = ("as_of", "order", "mark")
    files = [
        *_monthly(
            folder, "mot-cua", ".xlsx", ONE_STOP, "cases", written(one_stop, IGATE_WITH_CAUSES, also), _write_one_stop
        ),
        *_monthly(folder, "cap-xa", ".csv", COMMUNE, "cases", written(communes, COMMUNES, also), _write_communes),
        *_monthly(folder, "khao-sat", ".csv", SURVEY, "survey_answers", answers, _write_sheets),
    ]
    yearly = _yearly(folder, seed)
    in_all = sheets.height + sum(file.data_rows for file in yearly)
    faults = Counter(marked["mark"].to_list())
    return Planted("district", [*files, *yearly], cases, in_all, dict(sorted(faults.items())))


def _monthly(
    folder: Path,
    stem: str,
    suffix: str,
    source: str,
    kind: str,
    rows: pl.DataFrame,
    write_one: Callable[[Path, pl.DataFrame, date], None],
) -> list[PlantedFile]:
    files = []
    everything = mistakes.with_bad_rows(rows, kind).sort("as_of", "order")
    for (month,), part in everything.group_by(["as_of"], maintain_order=True):
        assert isinstance(month, date)
        path = folder / f"{stem}-{month:%Y-%m}{suffix}"
        write_one(path, part, month)
        marks = Counter(part["mark"].drop_nulls().to_list())
        rejected = {reason: marks[reason] for reason in truths()["rejected"][source] if marks[reason]}
        files.append(PlantedFile(path.name, kind, source, part.height, rejected, marks[mistakes.DUPLICATE]))
    return files


def _yearly(folder: Path, seed: int) -> list[PlantedFile]:
    files = []
    for year in truths()["yearly_survey"]["years"]:
        path = folder / f"khao-sat-hang-nam-{year}.csv"
        listed = yearly_survey.sheets(year, seed)
        write_csv(path, yearly_survey.written(listed))
        files.append(PlantedFile(path.name, "survey_answers", YEARLY_SURVEY, listed.height, {}, 0))
    return files


def _write_one_stop(path: Path, rows: pl.DataFrame, month: date) -> None:
    banner = Banner(_OFFICE, _PLACE, month.replace(day=1), month, month)
    write_igate(
        path, rows.sort("group", "order"), banner, true_dates=("received_at", "due_at"), layout=IGATE_WITH_CAUSES
    )


def _write_communes(path: Path, rows: pl.DataFrame, _: date) -> None:
    write_csv(path, under_headers(rows, COMMUNES))


def _write_sheets(path: Path, rows: pl.DataFrame, _: date) -> None:
    write_csv(path, rows.select(pl.col(name).alias(header) for header, name in survey.COLUMNS.items()))
