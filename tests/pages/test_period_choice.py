"""The box of periods, and the line that says what is compared with what, and how far."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from comparison.figures.numbers import Numbers
from comparison.figures.periods import period_caption
from comparison.frame.about import about
from comparison.frame.choices.period import offered
from comparison.scope import Period
from comparison.statistics.comparability import Level
from tests.helpers.page_words import said
from tests.helpers.pages import address, opened, seen, view_of

HN = {"root": "HN", "from": "2023-01-01", "to": "2023-04-30"}


def between(first: str, last: str) -> dict[str, str]:
    return {"from": first, "to": last}


def labels(app: AppTest) -> list[str]:
    return list(app.selectbox(key="choice-period").options)


# The small district's data reach from 01/01/2021 to 30/06/2025.
def test_presets_stand_first_and_lead_to_their_days(small_district: Path) -> None:
    app = opened("definitions", **between("2023-01-01", "2023-12-31"))
    assert labels(app)[:4] == [
        f"{said('period.last_quarter')}: quý II/2025",
        f"{said('period.last_month')}: tháng 6/2025",
        "6 tháng đầu năm 2025 (01/01–30/06/2025)",
        said("period.to_statutory"),
    ]
    assert labels(app)[-1] == said("period.custom")
    app.selectbox(key="choice-period").select("last_month").run()
    assert view_of(app).scope.period == Period(date(2025, 6, 1), date(2025, 6, 30))
    assert (address(app)["from"], address(app)["to"]) == ("2025-06-01", "2025-06-30")
    assert app.selectbox(key="choice-period").value == view_of(app).scope.period


def test_the_other_reckoning_opens_the_period_of_the_same_name(small_district: Path) -> None:
    app = opened("definitions", **between("2025-01-01", "2025-03-31"))
    app.selectbox(key="choice-period").select("other_reckoning").run()
    assert view_of(app).scope.period == Period(date(2024, 12, 15), date(2025, 3, 14))
    shown = labels(app)
    assert "Kỳ báo cáo từ đầu năm (15/12/2024–30/06/2025)" in shown
    assert "Kỳ báo cáo 9 tháng năm 2024 (15/12/2023–14/09/2024)" in shown
    assert said("period.to_calendar") in shown
    assert not [each for each in shown if each.startswith("Quý II")]
    app.selectbox(key="choice-period").select("other_reckoning").run()
    assert view_of(app).scope.period == Period(date(2025, 1, 1), date(2025, 3, 31))
    # One without a namesake there leads to the newest quarter.
    app = opened("definitions", **between("2024-03-03", "2024-03-20"))
    app.selectbox(key="choice-period").select("other_reckoning").run()
    assert view_of(app).scope.period == Period(date(2025, 3, 15), date(2025, 6, 14))


def test_every_period_offered_has_data_and_is_offered_once(small_district: Path) -> None:
    for first, last in (("2025-04-01", "2025-06-30"), ("2025-03-15", "2025-06-14"), ("2024-02-02", "2024-02-03")):
        v = view_of(seen("definitions", **between(first, last)))
        choices = offered(v)
        assert len(set(choices)) == len(choices)
        assert v.scope.period in choices
        root = v.known.root_of["district"]
        for choice in choices:
            if isinstance(choice, Period):
                assert root.covers_from <= choice.starts_on
                assert choice.ends_on <= root.cut_off


def test_both_periods_are_told_with_their_days_and_a_verdict(small_district: Path) -> None:
    caption = period_caption(view_of(seen("definitions", **between("2025-04-01", "2025-06-30"), compare="year")))
    quarters = said("compare.periods", period="quý II/2025 (01/04–30/06/2025)", other="quý II/2024 (01/04–30/06/2024)")
    assert caption == f"{quarters} ✓ {said('comparability.same')}"
    january = view_of(seen("definitions", **between("2025-01-01", "2025-01-31"), compare="previous"))
    months = said("compare.periods", period="tháng 1/2025 (01/01–31/01/2025)", other="tháng 12/2024 (01/12–31/12/2024)")
    fewer = said("comparability.working_days_fewer", apart="5", now="17", before="22")
    warning = said("comparability.warning", reasons=f"{fewer}; {said('comparability.tet_now', n='10')}")
    assert period_caption(january) == f"{months} ▲ {warning}"
    november = view_of(seen("definitions", **between("2024-11-01", "2024-11-30"), compare="year"))
    fewer = said("comparability.working_days_fewer", apart="1", now="21", before="22")
    assert f"△ {said('comparability.note', reasons=fewer)}" in period_caption(november)


def test_the_yearly_survey_is_not_compared_with_a_month_without_it(small_district: Path) -> None:
    link = {**between("2024-11-01", "2024-11-30"), "compare": "previous", "instrument": "SIPAS-XA"}
    v = view_of(seen("definitions", **link))
    verdict = v.comparability("satisfaction")
    assert verdict is not None
    assert verdict.level == Level.WARNING
    assert "chỉ kỳ này có mẫu “" in period_caption(v, "satisfaction")
    assert "mẫu" not in period_caption(v)


@pytest.mark.parametrize("compare", ["previous", "year"])
def test_a_period_that_is_not_over_is_compared_with_as_many_days(small_district: Path, compare: str) -> None:
    v = view_of(seen("definitions", **between("2025-05-05", "2025-09-30"), compare=compare))
    assert v.comparable.period == Period(date(2025, 5, 5), date(2025, 6, 30))
    before = v.compared
    assert before is not None
    assert before.period.days == v.comparable.period.days == 57
    assert before.with_(period=v.comparable.period) == v.comparable
    assert v.not_compared_why() == ""
    assert period_caption(v).startswith("Kỳ chưa kết thúc: so 57 ngày đầu của 05/05–30/09/2025 (05/05–30/06/2025) với ")
    # A table's sheet says the days too, and the verdict.
    lines = dict(about(v, "Bảng", Numbers(pl.DataFrame({"a": [1]}))))
    assert lines["Kỳ xem"] == "05/05–30/06/2025"
    assert lines[said("comparability.title")].startswith(("So được", "Cẩn thận"))


def test_a_quarter_that_is_not_over_is_named(small_district: Path) -> None:
    v = view_of(seen("definitions", **between("2025-06-15", "2025-09-14"), compare="year"))
    told = said(
        "compare.periods_unfinished",
        days="16", period="kỳ báo cáo quý III/2025", range="15/06–30/06/2025",
        other_days="16", other="kỳ báo cáo quý III/2024", other_range="15/06–30/06/2024",
    )  # fmt: skip
    assert period_caption(v).startswith(told)


def test_without_a_comparison_there_is_no_verdict(hn_tl: Path) -> None:
    v = view_of(seen("definitions", **HN, compare="none"))
    assert v.comparability() is None
    assert period_caption(v) == f"01/01–30/04/2023. {said('compare.not_asked')}"
    lines = dict(about(v, "Bảng", Numbers(pl.DataFrame({"a": [1]}))))
    assert said("comparability.title") not in lines
    # After the data's last day there is nothing to compare.
    later = view_of(seen("definitions", root="HN", **between("2024-01-01", "2024-03-31"), compare="previous"))
    assert later.compared is None
    assert later.not_compared_why() == said("compare.data_only", covers_from="01/01/2023", cut_off="30/04/2023")
