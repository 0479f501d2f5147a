"""The demo exports hold exactly what they say they hold; counted here in plain Python, from the written files."""

import csv
import hashlib
import shutil
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import fastexcel
import numpy as np
import pytest

from etl.demo import SCENARIOS, Planted, district, load_planted, mistakes, survey, write_exports, write_large_csv
from etl.demo.ground import truths, working_days
from etl.demo.monthly import monthly_exports
from tests.helpers import demo

CASES = 20_000
IGATE_NAMES = {
    "Số hồ sơ": "code", "Cơ quan/đơn vị": "unit", "Tên lĩnh vực": "field", "Hình thức tiếp nhận": "channel",
    "Ngày tiếp nhận": "received", "Ngày hẹn trả": "due", "Ngày kết thúc xử lý": "finished",
    "Ngày trả kết quả": "handed_over", "Ngày gửi thư xin lỗi": "apology", "Trạng thái hồ sơ": "status",
}  # fmt: skip
COMMUNE_NAMES = {
    "Mã hồ sơ": "code", "Đơn vị xử lý": "unit", "Lĩnh vực": "field", "Kênh thực hiện": "channel",
    "Ngày nhận": "received", "Hẹn trả": "due", "Hoàn thành": "finished", "Ngày trả KQ": "handed_over",
    "Thư xin lỗi": "apology", "Tình trạng": "status",
}  # fmt: skip
LABELS = set(mistakes._OF_CASES["unknown_label"].values())

Row = dict[str, str | None]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Planted]]:
    folder = tmp_path_factory.mktemp("exports")
    for kept in (demo.HN_TL, demo.NB_KC_TA, demo.SMALL_DISTRICT):
        shutil.copytree(demo.kept_demo(kept, demo.key_of_sources()) / "exports", folder, dirs_exist_ok=True)
    return folder, {scenario: load_planted(folder / scenario) for scenario in SCENARIOS}


def igate_rows(path: Path, names: dict[str, str] = IGATE_NAMES) -> list[Row]:
    """The data rows (those with an ordinal) of an xlsx, by `names`."""
    sheet = fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars()
    lines = list(sheet.iter_rows())
    upper = next(n for n, line in enumerate(lines) if line[0] == "STT")
    headers = [low or high for high, low in zip(lines[upper], lines[upper + 1], strict=True)]
    return [
        {name: line[headers.index(header)] for header, name in names.items()} | {"whole": repr(line[1:])}
        for line in lines
        if line[0] and line[0].isdigit()
    ]


def csv_rows(path: Path, names: dict[str, str]) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {name: line[header] or None for header, name in names.items()} | {"whole": repr(line)}
            for line in csv.DictReader(file)
        ]


@cache
def day(text: str | None) -> date | None:
    """ValueError where the text is no date."""
    if text is None:
        return None
    for form in ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(text)


def case_files(folder: Path) -> dict[str, list[Row]]:
    """Rows of every case file of the district, oldest first within its source."""
    found = {path.name: igate_rows(path) for path in sorted((folder / "district").glob("*.xlsx"))}
    return found | {
        path.name: csv_rows(path, COMMUNE_NAMES) for path in sorted((folder / "district").glob("cap-xa-*.csv"))
    }


@pytest.fixture(scope="module")
def district_rows(exports: tuple[Path, dict[str, Planted]]) -> dict[str, list[Row]]:
    return case_files(exports[0])


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_same_seed_same_bytes(exports: tuple[Path, dict[str, Planted]], tmp_path: Path) -> None:
    for scenario in SCENARIOS:
        write_exports(scenario, tmp_path, cases=CASES, seed=1)
    assert digests(tmp_path) == digests(exports[0])


def test_another_seed_other_rows(exports: tuple[Path, dict[str, Planted]], tmp_path: Path) -> None:
    write_exports("TL", tmp_path, seed=2)
    assert digests(tmp_path)["TL/thanh-loi-2017-04.csv"] != digests(exports[0])["TL/thanh-loi-2017-04.csv"]


def test_hong_ngu_reconciles_from_its_files(exports: tuple[Path, dict[str, Planted]]) -> None:
    first, last = date(2023, 1, 1), date(2023, 4, 30)
    newest: dict[str, Row] = {}
    for path in sorted((exports[0] / "HN").glob("*.xlsx")):
        newest |= {str(row["code"]): row for row in igate_rows(path)}
    counted: Counter[str] = Counter()
    for row in newest.values():
        received, due, finished = day(row["received"]), day(row["due"]), day(row["finished"])
        assert received is not None
        assert due is not None
        assert received <= due
        counted["received" if received >= first else "carried over"] += 1
        counted[f"received {row['channel']}"] += received >= first
        if finished is None:
            counted["open"] += 1
            assert due > last
            assert row["status"] == "Đang xử lý"
            continue
        assert max(first, received) <= finished <= last
        counted["early" if finished < due else "on time" if finished == due else "late"] += 1
        counted["late with letter"] += finished > due and row["apology"] is not None
        counted["late in land"] += finished > due and "đất đai" in str(row["field"]).lower()
    assert counted == {
        "received": 9_503, "carried over": 495, "received Trực tuyến": 3_455, "received Trực tiếp": 6_048,
        "early": 8_244, "on time": 1_371, "late": 30, "late with letter": 30, "late in land": 24, "open": 353,
    }  # fmt: skip


def test_hong_ngu_carries_over_into_its_first_export_only_what_was_open(
    exports: tuple[Path, dict[str, Planted]],
) -> None:
    rows = igate_rows(exports[0] / "HN" / "hong-ngu-2023-01.xlsx")
    earlier = [row for row in rows if (day(row["received"]) or date.max) < date(2023, 1, 1)]
    assert len({row["code"] for row in earlier}) == 495
    assert all((day(row["finished"]) or date.max) >= date(2023, 1, 1) for row in earlier)


def test_thanh_loi_is_all_on_time_and_due_before_its_cut_off(exports: tuple[Path, dict[str, Planted]]) -> None:
    names = {
        "Số biên nhận": "code", "Ngày nhận hồ sơ": "received", "Ngày hẹn": "due", "Ngày có kết quả": "finished",
        "Ngày trả": "handed_over",
    }  # fmt: skip
    rows = csv_rows(exports[0] / "TL" / "thanh-loi-2017-04.csv", names)
    dates = [{name: day(row[name]) or date.max for name in names.values() if name != "code"} for row in rows]
    assert len({row["code"] for row in rows}) == len(rows) == 412
    assert all(each["received"] <= each["finished"] <= each["due"] < date(2017, 4, 29) for each in dates)
    assert min(each["received"] for each in dates) == date(2017, 1, 3)
    assert max(max(each["received"], each["finished"], each["handed_over"]) for each in dates) == date(2017, 4, 29)


def why_rejected(row: Row) -> str | None:
    if row["code"] is None:
        return "no_case_code"
    if row["received"] is None:
        return "no_received_at"
    try:
        for name in ("received", "due", "finished", "handed_over", "apology"):
            day(row[name])
    except ValueError:
        return "unreadable_date"
    if row["unit"] == "Xã Chưa Có Tên":
        return "unknown_unit"
    return "unknown_label" if row["status"] in LABELS else None


def test_the_rows_to_be_rejected_are_in_the_files(
    exports: tuple[Path, dict[str, Planted]], district_rows: dict[str, list[Row]]
) -> None:
    planted = {file.file: file for file in exports[1]["district"].files if file.kind == "cases"}
    assert planted.keys() == district_rows.keys()
    by_source: dict[str, Counter[str]] = defaultdict(Counter)
    codes: dict[bool, set[str]] = {True: set(), False: set()}
    for name, rows in district_rows.items():
        for row in rows:
            codes[why_rejected(row) is None].add(str(row["code"]))
        reasons = Counter(reason for reason in map(why_rejected, rows) if reason)
        assert (len(rows), dict(reasons)) == (planted[name].data_rows, planted[name].rejected), name
        by_source[planted[name].source] += reasons
    assert {source: dict(counts) for source, counts in by_source.items()} == {
        source: truths()["rejected"][source] for source in ("mot-cua-huyen", "dich-vu-cong-xa")
    }
    assert codes[True].isdisjoint(codes[False])


def test_the_repeated_rows_are_in_the_files(
    exports: tuple[Path, dict[str, Planted]], district_rows: dict[str, list[Row]]
) -> None:
    planted = {file.file: file.duplicates for file in exports[1]["district"].files if file.kind == "cases"}
    found = {name: len(rows) - len({row["whole"] for row in rows}) for name, rows in district_rows.items()}
    assert found == planted
    assert sum(found.values()) == 24


def test_each_fault_is_in_as_many_cases_as_planted(
    exports: tuple[Path, dict[str, Planted]], district_rows: dict[str, list[Row]]
) -> None:
    cut_off = truths()["period"]["last"]
    newest: dict[str, Row] = {}
    differing: dict[str, set[str]] = {}
    for rows in district_rows.values():
        seen: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if why_rejected(row) is None:
                newest[str(row["code"])] = row
                seen[str(row["code"])].add(str(row["whole"]))
        differing |= seen
    faults: Counter[str] = Counter(conflicting_rows=sum(len(rows) > 1 for rows in differing.values()))
    for row in newest.values():
        received, due, finished = day(row["received"]), day(row["due"]), day(row["finished"])
        assert received is not None
        assert due is not None
        faults["ended_before_received"] += finished is not None and finished < received
        faults["due_before_received"] += due < received
        faults["received_after_cutoff"] += received > cut_off
        faults["finished_after_cutoff"] += finished is not None and finished > cut_off
        faults["finished_without_date"] += finished is None and row["status"] in {"Đã xử lý xong", "Đã có kết quả"}
    assert faults == exports[1]["district"].faults == truths()["faults"]
    assert len(newest) == exports[1]["district"].cases == CASES


def test_no_export_knows_the_future(district_rows: dict[str, list[Row]]) -> None:
    after = 0
    for name, rows in district_rows.items():
        month = date.fromisoformat(name.split(".")[0][-7:] + "-01")
        exported_on = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        sound = [row for row in rows if why_rejected(row) is None]
        columns = ("received", "finished", "handed_over", "apology")
        newest = [max(filter(None, (day(row[column]) for column in columns))) for row in sound]
        after += sum(each > exported_on for each in newest)
        if name.startswith("cap-xa"):
            assert max(newest) == working_days()[working_days() <= np.datetime64(exported_on)][-1].item()
    assert after == 24


def test_a_cause_is_written_once_a_case_is_late(exports: tuple[Path, dict[str, Planted]]) -> None:
    causes: Counter[str | None] = Counter()
    for path in sorted((exports[0] / "district").glob("*.xlsx")):
        month = date.fromisoformat(path.stem[-7:] + "-01")
        exported_on = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        rows = igate_rows(path, IGATE_NAMES | {"Nguyên nhân trễ hạn": "cause"})
        causes.update(row["cause"] for row in rows)
        for row in rows:
            if row["cause"]:
                assert (day(row["due"]) or date.max) < (day(row["finished"]) or exported_on)
    assert set(causes) == {None, *truths()["late_causes"]["shares"]}


def test_open_cases_come_again_until_they_end(district_rows: dict[str, list[Row]]) -> None:
    monthly = [rows for name, rows in district_rows.items() if name.startswith("cap-xa")]
    for earlier, later in pairwise(monthly):
        still_open = {row["code"] for row in earlier if row["status"] in {"Đang thụ lý", "Chờ bổ sung hồ sơ"}}
        closed_in_same_file = {row["code"] for row in earlier if row["finished"]}
        assert still_open - closed_in_same_file <= {row["code"] for row in later}


def test_some_due_dates_are_overwritten_later(district_rows: dict[str, list[Row]]) -> None:
    due: dict[str, set[str]] = defaultdict(set)
    for rows in district_rows.values():
        for row in rows:
            if why_rejected(row) is None:
                due[str(row["code"])].add(str(row["due"]))
    assert sum(len(dates) > 1 for dates in due.values()) > 20


def test_the_surveys_hold_what_was_planted(exports: tuple[Path, dict[str, Planted]]) -> None:
    planted = exports[1]["district"]
    names = {"Mã phiếu": "sheet", "Đơn vị được đánh giá": "unit", "Ngày trả lời": "answered", "Mã hồ sơ": "case"}
    sheets: set[str] = set()
    tied: set[str] = set()
    for file in (file for file in planted.files if file.source == "khao-sat-hai-long"):
        rows = csv_rows(exports[0] / "district" / file.file, names)
        readable, reasons = [], Counter[str]()
        for row in rows:
            try:
                day(row["answered"])
            except ValueError:
                reasons["unreadable_date"] += 1
                continue
            if row["unit"] == "Xã Chưa Có Tên":
                reasons["unknown_unit"] += 1
                assert row["sheet"] not in sheets
            else:
                readable.append(row)
        assert dict(reasons) == file.rejected
        assert len(rows) == file.data_rows
        assert len(rows) - len({row["whole"] for row in rows}) == file.duplicates
        sheets |= {str(row["sheet"]) for row in readable}
        tied |= {str(row["case"]) for row in readable if row["case"]}
    yearly = sum(file.data_rows for file in planted.files if file.source == "khao-sat-hang-nam")
    assert len(sheets) == planted.sheets - yearly == CASES * survey.SHEETS_PER_CASE
    assert 0.6 * len(sheets) < len(tied) < 0.9 * len(sheets)


def test_the_yearly_surveys_hold_what_was_planted(exports: tuple[Path, dict[str, Planted]]) -> None:
    files = [file for file in exports[1]["district"].files if file.source == "khao-sat-hang-nam"]
    assert [file.file for file in files] == [f"khao-sat-hang-nam-{year}.csv" for year in (2021, 2022, 2023, 2024)]
    names = {"Mã phiếu": "sheet", "Thời gian gửi": "answered", "Đơn vị được khảo sát": "unit"}
    names |= {f"q{number}": f"q{number}" for number in range(1, 10)}
    seen: set[str | None] = set()
    for file, year in zip(files, (2021, 2022, 2023, 2024), strict=True):
        rows = csv_rows(exports[0] / "district" / file.file, names)
        assert len(rows) == file.data_rows == 10 * 60 + 2 * 20
        units = Counter(row["unit"] for row in rows)
        assert sorted(units.values()) == [20, 20, *[60] * 10]
        assert {unit for unit, n in units.items() if n == 20} == {"Xã Cù Lao Sen", "Xã Rạch Trâm"}
        assert {(day(row["answered"]) or date.min).replace(day=1) for row in rows} == {date(year, 11, 1)}
        given = [row[f"q{number}"] for row in rows for number in range(1, 10)]
        assert set(given) == {None, "1", "2", "3", "4", "5"}
        assert 0.02 < given.count(None) / len(given) < 0.04
        seen |= {row["sheet"] for row in rows}
    assert len(seen) == sum(file.data_rows for file in files)
    assert all((file.rejected, file.duplicates) == ({}, 0) for file in files)


def test_planted_people_stand_in_every_file(exports: tuple[Path, dict[str, Planted]]) -> None:
    written = [path for path in exports[0].rglob("*") if path.suffix in {".csv", ".xlsx"}]
    assert len(written) == sum(len(planted.files) for planted in exports[1].values())
    for path in written:
        if path.suffix == ".xlsx":
            text = repr(fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars().rows())
        else:
            text = path.read_text(encoding="utf-8-sig")
        assert "Nguyễn Văn Thử " in text
        assert "0900" in text


def test_what_was_planted_is_saved_beside_the_exports(exports: tuple[Path, dict[str, Planted]]) -> None:
    for scenario, planted in exports[1].items():
        assert load_planted(exports[0] / scenario) == planted
    assert exports[1]["district"].duplicates == sum(truths()["duplicates"].values())
    assert exports[1]["district"].rejected["unreadable_date"] == 18
    assert exports[1]["HN"].rejected == {}


def test_large_csv_holds_every_case_once_and_a_third_as_many_sheets(tmp_path: Path) -> None:
    paths = write_large_csv(tmp_path, 25_000, 1)
    years = range(2021, 2026)
    assert [path.name for path in paths] == [f"{kind}-{year}.csv" for kind in ("cap-xa", "khao-sat") for year in years]
    cases, sheets = paths[: len(years)], paths[len(years) :]
    codes = [row["code"] for path in cases for row in csv_rows(path, COMMUNE_NAMES)]
    assert len(set(codes)) == len(codes) == 25_000
    names = {"Mã phiếu": "sheet", "Mã hồ sơ": "case", "Câu hỏi": "item"}
    answers = [row for path in sheets for row in csv_rows(path, names)]
    assert len({row["sheet"] for row in answers}) == 25_000 // 3
    assert Counter(row["item"] for row in answers) == dict.fromkeys(survey.ITEMS, 25_000 // 3)
    assert {row["case"] for row in answers if row["case"]} < set(codes)


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="chỉ có: NB, HN, TL, KC, TA, district"):
        write_exports("XX", tmp_path)
    with pytest.raises(ValueError, match="ít nhất 20000"):
        write_exports("district", tmp_path, cases=500)


def test_faults_are_not_planted_where_there_are_too_few_cases() -> None:
    listed = district.cases(2_000, 1).filter(~district.is_commune())
    exports = monthly_exports(listed, truths()["period"]["first"], truths()["period"]["last"])
    with pytest.raises(ValueError, match="Cần ít nhất 24 hồ sơ để gài lỗi"):
        mistakes.with_faults(np.random.default_rng(1), exports, "mot-cua-huyen", has_banner=True)
