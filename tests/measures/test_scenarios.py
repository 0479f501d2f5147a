"""NB, KC and TA: what was published and what was planted, read through loading, build and command."""

import csv
import io
from datetime import date
from itertools import groupby, product
from typing import Any

import pytest

from comparison import commands
from etl.demo import khoai_chau, load_planted, nga_bay, thuan_an
from warehouse.folders import exports_folder
from warehouse.snapshots import open_snapshot

NB = ["--root", "NB"]
KC = ["--root", "KC"]
TA = ["--root", "TA"]
LAUNCH_TO_END = ["--from", "2018-10-01", "--to", "2019-05-31"]


def asked(*arguments: str) -> list[dict[str, str]]:
    out = io.StringIO()
    assert commands.main(["measure", *arguments, "--format", "csv"], out) == 0
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def share(*arguments: str) -> float:
    """The one share that is asked for, of at least 300."""
    (row,) = asked(*arguments)
    assert int(row["denominator"]) >= 300
    return int(row["numerator"]) / int(row["denominator"])


def rows(query: str) -> list[tuple[Any, ...]]:
    return list(open_snapshot().read(query).rows())


@pytest.mark.parametrize("root", ["NB", "KC", "TA"])
def test_every_case_and_ballot_arrives_once_and_nothing_else(nb_kc_ta: object, root: str) -> None:
    planted = load_planted(exports_folder() / root)
    assert rows(
        "select count(*) from cases join units using (unit_id) join units as root on root.unit_id = units.root_id "
        f"where root.code = '{root}'"
    ) == [(planted.cases,)]
    assert [int(row["numerator"]) for row in asked("received", "--root", root)] == [planted.cases]
    loaded = rows(
        f"select source_file, data_rows, rejected_rows, source from loads where root = '{root}' order by source_file"
    )
    assert loaded == sorted((file.file, file.data_rows, 0, file.source) for file in planted.files)
    assert [int(row["numerator"]) for row in asked("remainder", "--root", root)] == [0]


def test_none_holds_a_fault_or_a_name_nobody_knows(nb_kc_ta: object) -> None:
    assert rows(
        "select (select count(*) from case_faults), (select count(*) from rejected_rows), "
        "(select count(*) from cases where due_on is null or is_faulty), "
        "(select count(*) from cases join fields using (field_id) where fields.code = 'khong-ro'), "
        "(select count(*) from cases where vanished_on is not null)"
    ) == [(0, 0, 0, 0, 0)]


def test_each_root_covers_its_own_days(nb_kc_ta: object) -> None:
    covered = rows("select source, covers_from, cut_off from sources order by source")
    assert covered == [
        (khoai_chau.SOURCE, date(2022, 7, 1), date(2023, 12, 31)),
        (nga_bay.SOURCE, date(2017, 10, 1), date(2019, 5, 31)),
        (thuan_an.SOURCE, date(2014, 1, 1), date(2016, 12, 28)),
        (khoai_chau.BALLOTS, date(2023, 4, 1), date(2023, 12, 29)),
    ]


def adopted(root: str) -> list[tuple[Any, ...]]:
    return rows(
        "select models.code, units.code, units.kind, planned_from, adopted_from, adopted_to from adoptions "
        "join models using (model_id) join units using (unit_id) join units as root on root.unit_id = units.root_id "
        f"where root.code = '{root}' order by all"
    )


def test_all_eight_of_nga_bay_work_by_the_model(nb_kc_ta: object) -> None:
    launch = date(2018, 10, 1)
    found = adopted("NB")
    assert {row[0] for row in found} == {"giup-dan"}
    assert {row[3:] for row in found} == {(launch, launch, None)}
    kinds = sorted(row[2] for row in found)
    assert kinds == ["commune"] * 6 + ["one_stop", "police_desk"]
    assert {row["unit"] for row in asked("received", *NB, "--by", "unit")} == {row[1] for row in found}


def test_the_teams_assisted_2133_cases_and_one_went_quiet(nb_kc_ta: object) -> None:
    assisted = rows(
        "select units.code, assisted_by, count(*), min(received_on), max(received_on) from cases "
        "join units using (unit_id) where assisted_by is not null group by all"
    )
    assert sum(row[2] for row in assisted) == 2_133
    assert {row[0]: row[1] for row in assisted} == nga_bay.TEAMS
    assert len(assisted) == 8
    assert min(row[3] for row in assisted) >= date(2018, 10, 1)
    last = {row[0]: row[4] for row in assisted}
    quiet = last.pop(nga_bay.QUIET_TEAM)
    assert date(2019, 2, 1) <= quiet < date(2019, 3, 1)
    assert min(last.values()) >= date(2019, 5, 1)
    still = asked("received", *NB, "--from", "2019-03-01", "--to", "2019-05-31", "--unit", nga_bay.QUIET_TEAM)
    assert int(still[0]["numerator"]) > 150


def test_more_is_on_time_everywhere_in_nga_bay_since_the_launch(nb_kc_ta: object) -> None:
    before = ["--from", "2017-10-01", "--to", "2018-09-30"]
    assert share("on_time_due", *NB, *LAUNCH_TO_END) > share("on_time_due", *NB, *before) + 0.01
    for unit in nga_bay.TEAMS:
        since = share("on_time_due", *NB, *LAUNCH_TO_END, "--unit", unit)
        assert since > share("on_time_due", *NB, *before, "--unit", unit), unit


def test_six_pilots_of_hung_yen_and_six_without(nb_kc_ta: object) -> None:
    found = adopted("KC")
    assert {row[1] for row in found} == set(khoai_chau.PILOTS)
    assert {row[0] for row in found} == {"phuc-vu-nguoi-dan"}
    assert {row[4:] for row in found} == {(date(2023, 3, 29), date(2024, 1, 1))}
    kinds = rows("select kind, count(*) from units where root = 'KC' group by kind order by kind")
    assert kinds == [("commune", 12), ("district", 1)]


def test_ballots_begin_with_the_model_and_cases_before(nb_kc_ta: object) -> None:
    counts = {
        (row["unit"], row["month"][:7]): int(row["denominator"])
        for row in asked("satisfaction", *KC, "--instrument", "PHIEU-KC", "--by", "unit,month")
        if row["denominator"] not in ("", "0")
    }
    months = [f"2023-{month:02}" for month in range(4, 13)]
    assert set(counts) == set(product(khoai_chau.UNITS, months))
    assert min(counts.values()) >= 5
    planted = load_planted(exports_folder() / "KC")
    assert sum(counts.values()) == planted.sheets
    assert rows("select count(*) from survey_sheets where case_id is not null") == [(0,)]
    received = sorted({row["month"][:7] for row in asked("received", *KC, "--by", "month")})
    assert (received[0], received[-1], len(received)) == ("2022-07", "2023-12", 18)


def test_satisfaction_of_the_pilots_grows_over_the_life_of_the_model(nb_kc_ta: object) -> None:
    first, last = ["--from", "2023-04-01", "--to", "2023-06-30"], ["--from", "2023-10-01", "--to", "2023-12-31"]
    pilots = ["--unit", *khoai_chau.PILOTS]
    others = ["--unit", *khoai_chau.OTHERS]
    assert share("satisfaction", *KC, *last, *pilots) > share("satisfaction", *KC, *first, *pilots) + 0.04
    assert abs(share("satisfaction", *KC, *last, *others) - share("satisfaction", *KC, *first, *others)) < 0.04


def test_one_criterion_lags_in_every_pilot(nb_kc_ta: object) -> None:
    scores = rows(
        "select units.code, criteria.group_name, criteria.code, score / highest_score from criterion_scores "
        "join criteria using (criterion_id) join units using (unit_id) join models using (model_id) "
        "where models.code = 'phuc-vu-nguoi-dan' order by all"
    )
    by_unit = {unit: list(of) for unit, of in groupby(scores, key=lambda row: row[0])}
    assert set(by_unit) == set(khoai_chau.PILOTS)
    for of in by_unit.values():
        assert len(of) == 5
        assert len({row[1] for row in of}) == 2
        lowest = sorted(of, key=lambda row: row[3])
        assert lowest[0][2] == "cong-khai"
        assert lowest[0][3] < lowest[1][3]


def test_three_pilots_one_of_each_kind_and_a_plan_for_all_others(nb_kc_ta: object) -> None:
    found = adopted("TA")
    units = {row[0] for row in rows("select code from units where root = 'TA' and code <> 'TA'")}
    assert len(units) == 15
    for model in ("chinh-quyen-vi-dan", "cong-so-than-thien"):
        of = [row for row in found if row[0] == model]
        begun = [row for row in of if row[4] is not None]
        planned = [row for row in of if row[4] is None]
        assert {row[1] for row in begun} == {"ta-p-quan-ly-do-thi", "ta-mot-cua", "ta-phuong-lai-thieu"}
        assert sorted(row[2] for row in begun) == ["commune", "department", "one_stop"]
        assert {row[4] for row in begun} == {date(2014, 10, 1)}
        assert {row[1] for row in planned} == units - {row[1] for row in begun}
        assert {row[3] for row in planned} == {date(2020, 1, 1)}


def test_early_and_on_time_grow_at_the_pilots_of_thuan_an_and_nowhere_else(nb_kc_ta: object) -> None:
    before, last = ["--from", "2014-01-01", "--to", "2014-09-30"], ["--from", "2016-04-01", "--to", "2016-12-28"]

    def early(*arguments: str) -> float:
        ended = sum(int(row["numerator"]) for row in asked("resolved", *TA, *arguments))
        return sum(int(row["numerator"]) for row in asked("early", *TA, *arguments)) / ended

    pilots = ["--unit", *thuan_an.PILOTS]
    others = ["--unit", "ta-p-tai-nguyen", "ta-p-tai-chinh", "ta-phuong-an-phu", "ta-phuong-binh-chuan"]
    assert share("on_time_due", *TA, *last, *pilots) > share("on_time_due", *TA, *before, *pilots) + 0.015
    assert abs(share("on_time_due", *TA, *last, *others) - share("on_time_due", *TA, *before, *others)) < 0.03
    assert early(*last, *pilots) > early(*before, *pilots) + 0.05
    assert abs(early(*last, *others) - early(*before, *others)) < 0.04


@pytest.mark.parametrize(
    ("model", "held_on", "numbers"),
    [
        ("giup-dan", date(2019, 6, 5), [1, 2]),
        ("phuc-vu-nguoi-dan", date(2023, 12, 20), []),
        ("chinh-quyen-vi-dan", date(2016, 12, 28), [1]),
        ("cong-so-than-thien", date(2016, 12, 28), [1]),
    ],
)
def test_each_model_was_reviewed_once(nb_kc_ta: object, model: str, held_on: date, numbers: list[int]) -> None:
    review = f"from reviews join models using (model_id) where models.code = '{model}'"
    assert rows(f"select reviews.kind, held_on {review}") == [("interim", held_on)]
    concluded = rows(
        f"select number, unit_id, state from conclusions where review_id in (select review_id {review}) order by number"
    )
    assert concluded == [(number, None, "not_started") for number in numbers]
