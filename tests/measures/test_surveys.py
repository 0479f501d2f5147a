"""Survey instruments side by side: derived scores, their order, what is never asked of them; how scores are written."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest

from comparison.figures.numbers import as_text, measured
from comparison.frame.workbook import workbook
from comparison.measures import CannotAnswer, catalogue, known, measure
from comparison.measures.survey import responses
from comparison.scope import Instrument, Period, Scope, Viewer, default_scope
from comparison.wording import instrument_title
from etl.demo.ground import truths
from tests.helpers.examples import add_reference, answer, case, load, office, write, write_sheets
from warehouse.snapshots import Warehouse, open_snapshot

INSTRUMENTS = """instrument,title,scale,satisfied_from,overall_item,per_case
Z-TUNG-VIEC,Phiếu từng việc,1-5,4,Hài lòng chung,true
A-HANG-NAM,Phiếu hằng năm,1-5,4,,false
"""
MARCH = Period(date(2023, 3, 1), date(2023, 3, 31))
DISTRICT_YEARS = Period(date(2021, 1, 1), date(2025, 6, 30))


@pytest.fixture
def surveyed(tmp_path: Path) -> Warehouse:
    """Ten cases, six of them with a sheet of the one instrument; five sheets of the other, one without any score."""
    office()
    add_reference("instruments", INSTRUMENTS)
    cases = [case(case_code=f"H{n}", finished_at=date(2023, 3, 8), status="finished") for n in range(10)]
    per_case = [answer(instrument="Z-TUNG-VIEC", case_code=f"H{n}", score=5 if n < 4 else 2) for n in range(6)]
    given = [{"a": 4, "b": 4, "c": 4}, {"a": 5, "b": 3}, {"a": 5, "b": 5, "c": 1}, {"c": 4}]
    yearly = [
        answer(instrument="A-HANG-NAM", sheet_id=f"N{n}", item=item, score=score)
        for n, scores in enumerate(given)
        for item, score in scores.items()
    ]
    yearly.append(answer(instrument="A-HANG-NAM", sheet_id="N9", item="a", score=None))
    load(
        write(tmp_path / "a.csv", cases, banner=["Ngày xuất: 31/03/2023"]),
        write_sheets(tmp_path / "b.csv", per_case + yearly),
    )
    return open_snapshot()


def scope_of(warehouse: Warehouse, instrument: str | None, period: Period = MARCH, root: str = "R") -> Scope:
    return Scope(warehouse.id, root, period, compare="none", instrument=instrument)


def test_without_an_overall_question_the_mean_of_the_answers_counts(surveyed: Warehouse) -> None:
    scores = "select sheet_id, overall_score, is_satisfied from survey_sheets where sheet_id like 'N%' order by 1"
    assert surveyed.read(scores).rows() == [
        ("N0", 4.0, True), ("N1", 4.0, True), ("N2", pytest.approx(11 / 3), False), ("N3", 4.0, True),
        ("N9", None, None),
    ]  # fmt: skip
    answered = measure(surveyed, scope_of(surveyed, None), Viewer(), "satisfaction", ("instrument",))
    assert answered["instrument"].to_list() == ["A-HANG-NAM", "Z-TUNG-VIEC"]
    assert answered.select("denominator", "excluded").rows() == [(None, 1), (None, 0)]  # four answers: both are hidden
    marked = surveyed.read("select instrument, is_derived from instruments order by instrument_id").rows()
    assert marked == [("Z-TUNG-VIEC", False), ("A-HANG-NAM", True)]


def test_instruments_stand_in_the_order_of_their_file(surveyed: Warehouse) -> None:
    there = known(surveyed)
    assert [(each.code, each.scale, each.is_per_case, each.is_derived) for each in there.instruments_of("R")] == [
        ("Z-TUNG-VIEC", "1-5", True, False),
        ("A-HANG-NAM", "1-5", False, True),
    ]
    assert default_scope(there).instrument == "Z-TUNG-VIEC"


def test_a_derived_score_is_said_to_be_one() -> None:
    derived = Instrument("S", "Phiếu hằng năm", ("R",), "1-5", 4, is_per_case=False, is_derived=True)
    asked = Instrument("P", "Phiếu từng việc", ("R",), "1-5", 4, is_per_case=True, is_derived=False)
    assert instrument_title("vi", derived) == "Phiếu hằng năm (chỉ số suy ra)"
    assert instrument_title("en", derived) == "Phiếu hằng năm (derived index)"
    assert instrument_title("vi", asked) == "Phiếu từng việc"
    assert "chỉ số suy ra" in catalogue()["satisfaction"].meaning_vi
    assert "derived index" in catalogue()["satisfaction"].meaning_en


def test_responses_of_sheets_tied_to_cases(surveyed: Warehouse) -> None:
    (row,) = responses(surveyed, scope_of(surveyed, "Z-TUNG-VIEC"), None, Viewer()).iter_rows(named=True)
    assert (row["numerator"], row["denominator"], row["closings"], row["rate"]) == (4, 6, 10, 0.6)
    assert (row["bound_low"], row["bound_high"], row["badge"]) == (pytest.approx(0.4), pytest.approx(0.8), None)


@pytest.mark.parametrize("months", [(date(2023, 1, 1), date(2023, 2, 1)), (date(2022, 3, 1), date(2022, 4, 1))])
def test_a_month_is_compared_with_the_one_at_its_place(tmp_path: Path, months: tuple[date, date]) -> None:
    office()
    add_reference("instruments", INSTRUMENTS)
    # So many of 30 closings have a sheet: in the first months alike, in the second ones not.
    answering = {date(2023, 3, 1): 15, date(2023, 4, 1): 15, months[0]: 15, months[1]: 6}
    cases, sheets = [], []
    for month, some in answering.items():
        codes = [f"H{month:%y%m}-{number}" for number in range(30)]
        ended = {"received_at": month, "finished_at": month.replace(day=3), "status": "finished"}
        cases += [case(case_code=code, **ended) for code in codes]
        seen = {"instrument": "Z-TUNG-VIEC", "answered_on": month.replace(day=4)}
        sheets += [answer(case_code=code, **seen) for code in codes[:some]]
    load(
        write(tmp_path / "a.csv", cases, banner=["Ngày xuất: 30/04/2023"]),
        write_sheets(tmp_path / "b.csv", sheets),
    )
    scope = scope_of(open_snapshot(), "Z-TUNG-VIEC", Period(date(2023, 3, 1), date(2023, 4, 30)))
    compared = scope.with_(period=Period(months[0], months[1].replace(day=28)))
    found = responses(open_snapshot(), scope, compared, Viewer(), ("month",))
    assert found.select("month", "rate", "badge").rows() == [
        ("2023-03", 0.5, None),
        ("2023-04", 0.5, "response_shifted"),
    ]


def test_no_rate_is_known_of_sheets_tied_to_nothing(surveyed: Warehouse) -> None:
    found = responses(surveyed, scope_of(surveyed, "A-HANG-NAM"), None, Viewer(), ("unit",))
    assert found.select("unit", "is_hidden", "closings", "rate", "bound_low", "bound_high", "badge").rows() == [
        ("x1", True, None, None, None, None, "hidden")
    ]


def test_responses_are_of_one_instrument(surveyed: Warehouse) -> None:
    with pytest.raises(CannotAnswer, match="Z-TUNG-VIEC, A-HANG-NAM"):
        responses(surveyed, scope_of(surveyed, None), None, Viewer())


def test_the_yearly_survey_of_the_district_is_found(small_district: Path) -> None:
    warehouse, planted = open_snapshot(), truths()["yearly_survey"]
    there = known(warehouse)
    assert [each.code for each in there.instruments_of("district")] == ["PDG-TTHC", planted["instrument"]]
    assert default_scope(there, "district").instrument == "PDG-TTHC"
    assert there.root_of["district"].cut_off == truths()["period"]["last"]
    scope = scope_of(warehouse, planted["instrument"], DISTRICT_YEARS, "district")
    by_item = measure(warehouse, scope, Viewer(), "item_satisfaction", ("item",))
    sheets = measure(warehouse, scope, Viewer(), "satisfaction")["denominator"].item()
    assert sheets == len(planted["years"]) * (10 * planted["sheets_of_a_unit"] + 2 * planted["sheets_of_a_small_unit"])
    assert by_item["item"].to_list() == list(planted["items"])
    assert (by_item["denominator"] / sheets).is_between(0.95, 0.99).all()
    shares = zip(by_item["low"], planted["items"].values(), by_item["high"], strict=True)
    assert sum(low <= share <= high for low, share, high in shares) >= 7
    means = measure(warehouse, scope, Viewer(), "mean_score", ("item",))
    assert means["value"].is_between(3.7, 4.4).all()
    assert means.filter(~(pl.col("low") < pl.col("value")) | ~(pl.col("value") < pl.col("high"))).is_empty()
    assert means["numerator"].null_count() == means.height == 9


def test_scores_are_written_with_two_decimals(small_district: Path) -> None:
    warehouse = open_snapshot()
    answered = measure(
        warehouse, scope_of(warehouse, "SIPAS-XA", DISTRICT_YEARS, "district"), Viewer(), "mean_score", ("item",)
    )
    numbers = measured("vi", "mean_score", answered)
    texts = as_text("vi", numbers)
    assert texts.columns[0] == "Câu hỏi"
    for column in ("Điểm trung bình theo câu hỏi", "Từ (95 %)", "Đến (95 %)"):
        assert texts[column].str.contains(r"^[1-5],\d\d$").all()
    assert texts["phiếu có trả lời câu đó"].str.contains(r"^\d\.\d{3}$").all()
    book = ZipFile(BytesIO(workbook(("A", "B"), numbers.frame, numbers.shares, [], numbers.scores)))
    styles = book.read("xl/styles.xml").decode()
    codes = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]+)"', styles))
    formats = [codes.get(number) for number in re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])]
    cells = re.findall(r'<c r="([A-F])2"(?: s="(\d+)")?', book.read("xl/worksheets/sheet1.xml").decode())
    assert {column: formats[int(style or 0)] for column, style in cells} == {
        "A": None, "B": "#,##0", "C": "0.00", "D": "0.00", "E": "0.00", "F": "#,##0",
    }  # fmt: skip
