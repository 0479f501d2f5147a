"""Each check of a warehouse: silent on a good one, and seen firing on one that was spoilt for it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.publish import broken_rules, checks
from tests.helpers.examples import add_reference, answer, as_of, case, load, office, write, write_sheets
from warehouse.snapshots import current

RULES = sorted(path.stem for path in checks())

# Rule: what to do to a good warehouse so that it no longer holds.
SPOILT = {
    "adoptions_end_after_they_begin": "update adoptions set adopted_to = adopted_from",
    "answers_fit_their_instrument": "update survey_answers set score = 6",
    "boundaries_share_whole_units": "update unit_now set weight = 0.5 where unit_id = 1",
    "cases_end_after_they_begin": "update cases set closed_on = date '2022-01-01' where outcome = 'finished'",
    "conclusions_belong_to_a_review": "update conclusions set review_id = 99999",
    "durations_hold_every_closing": "update monthly_durations set n = n + 1",
    "every_case_has_its_dimensions": "update cases set field_id = 99999",
    "form_reconciles": "delete from daily_events where event = 'stock_in'",
    "hours_hold_every_receipt": "insert into receipt_hours values (1, 1, 'online', date '2023-03-01', 1, 8, 1)",
    "late_causes_are_of_late_cases": "update daily_late_causes set n = n + 100",
    "one_row_a_case": "insert into cases select * from cases limit 1",
    "one_row_a_model_and_unit": "insert into criterion_scores select * from criterion_scores limit 1",
    "outcomes_have_a_day": "update cases set closed_on = null where outcome = 'finished'",
    "rollups_hold_every_answer": "update monthly_sheets set n = n + 1",
    "rollups_hold_every_event": "update daily_events set n = n + 1 where event = 'received'",
    "rows_add_up": "update loads set new_rows = new_rows - 1",
    "scores_fit_their_criterion": "update criterion_scores set score = 21",
    "stock_is_never_negative": "update daily_events set day = date '2021-01-01' where event = 'stock_out'",
    "units_form_a_tree": "update units set parent_id = 99999 where unit_id <> root_id",
}
MODEL_FILES = {
    "models": "code,name,purpose,responsible\nm,Mô hình,,\n",
    "adoptions": "model,unit,planned_from,from,to\nm,x1,,2023-01-01,\n",
    "criteria": "model,criterion,group,name,highest_score\nm,a,Chung,Tiêu chí,20\n",
    "reviews": "review,model,kind,held_on,title\nr,m,interim,2023-03-31,Sơ kết\n",
    "criterion_scores": "review,unit,criterion,score\nr,x1,a,20\n",
    "conclusions": "review,number,text,unit,due_on,state\nr,1,Làm tiếp,,,done\n",
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))
        office()
        for name, text in MODEL_FILES.items():
            add_reference(name, text)
        cases = [case(status=status) for status in ("in_progress", "stopped", "finished")]
        cases += [case(finished_at=cases[0]["due_at"]), case(late_cause="Chờ thuế"), case(case_code=None)]
        load(write(folder / "a.csv", cases, banner=as_of("2023-04-30")), write_sheets(folder / "b.csv", [answer()]))
        return current().path


@pytest.fixture
def spoilt(good: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path / "spoilt.duckdb"
    shutil.copy(good, path)
    with duckdb.connect(str(path)) as connection:
        yield connection


def test_a_good_warehouse_breaks_no_rule(spoilt: duckdb.DuckDBPyConnection) -> None:
    assert broken_rules(spoilt) == []


def test_every_rule_is_tried() -> None:
    assert sorted(SPOILT) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_seen_broken(spoilt: duckdb.DuckDBPyConnection, rule: str) -> None:
    spoilt.execute(SPOILT[rule])
    broken = {each.rule: each for each in broken_rules(spoilt)}
    assert rule in broken
    assert broken[rule].rows.height
    assert broken[rule].says.endswith(".")
