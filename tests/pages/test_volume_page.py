"""Khối lượng as its readers find it: the planted dip of Tết, the busy Mondays, the load of units and of officials."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comparison.measures import known
from etl.demo.ground import shipped, truths
from tests.helpers.districts import COMMUNES, loaded, reference
from tests.helpers.examples import Row
from tests.helpers.model_pages import specs, title
from tests.helpers.page_words import headings, said, warned, words
from tests.helpers.pages import HN, NOTHING, opened, seen
from tests.helpers.slow_twins import days_between, loads, official_loads
from warehouse.snapshots import open_snapshot

EVER = {"from": "2021-01-01", "to": "2025-06-30"}
HOLIDAYS_OF = {"2024": date(2024, 2, 10), "2025": date(2025, 1, 29)}


def days_off() -> Callable[[date], bool]:
    """The working calendar read a day at a time."""
    rows = open_snapshot().read("select day from calendar where not is_working")
    off = set(rows["day"])
    return lambda day: day in off


def received_cases(root: str, kind: str = "commune") -> list[tuple[str, date]]:
    """(unit, day received) of every case of the units of a kind, straight from the table of cases."""
    rows = open_snapshot().read(
        "select units.code, received_on from cases join units on units.unit_id = cases.unit_id "
        "join units as root on root.unit_id = units.root_id where root.code = $root and units.kind = $kind",
        {"root": root, "kind": kind},
    )
    return rows.rows()


def bars_of(spec: Any) -> dict[str, float]:
    """Unit -> length of its bar."""
    (drawn,) = spec["data"]
    return {unit: length for (unit,), length in zip(drawn["customdata"], drawn["x"], strict=True)}


def headed(app: Any, *words: str) -> str:
    """The one heading with these words."""
    (found,) = [heading for heading in headings(app) if all(word in heading for word in words)]
    return found


@pytest.mark.parametrize("year", HOLIDAYS_OF)
def test_the_planted_dip_of_tet_is_found(small_district, year):
    parameters = {"from": f"{year}-01-01", "to": f"{year}-03-31"}
    app = seen("volume", **parameters)
    # The slow twin: walk from mùng 1 to both sides.
    off, cases = days_off(), [day for _, day in received_cases("district")]
    first = HOLIDAYS_OF[year]
    worked = [day for day in days_between(date(2023, 6, 1), date(2025, 6, 30)) if not off(day)]
    before, after = [day for day in worked if day < first][::-1], [day for day in worked if day > first]
    near, usual = {*before[:10], *after[:10]}, {*before[10:30], *after[10:30]}
    ratio = sum(day in near for day in cases) / 20 / (sum(day in usual for day in cases) / 40)
    assert headed(app, said("tet.title_less", year=year, share=f"{round(ratio * 100)} %"))
    # Not all of the twenty days lie within the days of the planted dip.
    assert truths()["tet"]["volume"] < ratio < 0.8
    figure = specs(app)["tet-voi-tet"]
    now = next(trace for trace in figure["data"] if trace["line"]["width"] == 3.4)
    drawn = dict(zip(now["x"], now["y"], strict=True))
    assert drawn.pop(0) is None
    assert drawn == {
        **{-1 - at: cases.count(day) for at, day in enumerate(before[:10])},
        **{1 + at: cases.count(day) for at, day in enumerate(after[:10])},
    }
    assert f"quanh Tết {int(year) - 1}" in words(app)


def test_tet_stands_beside_the_same_working_days_of_the_year_before(small_district):
    figure = specs(seen("volume"))["tet-voi-tet"]
    assert [len(trace["x"]) for trace in figure["data"]] == [21, 21]
    labels = {note["text"] for note in figure["layout"]["annotations"]}
    assert {"Tết 2024", "<b>Tết 2025</b>", "mùng 1"} < labels
    hovers = [hover for trace in figure["data"] for hover in trace["hovertext"]]
    assert any(hover.startswith("24/01/2025 (ngày làm việc −1)") for hover in hovers)
    assert any(hover.startswith("07/02/2024 (ngày làm việc −1)") for hover in hovers)


def test_a_year_before_that_no_data_reach_is_not_compared(hn_tl):
    app = seen("volume", **HN)
    assert "số liệu không có Tết 2022 để so" in words(app)
    assert len(specs(app)["tet-voi-tet"]["data"]) == 1


def test_no_tet_is_shown_where_the_data_hold_none(tmp_path: Path):
    loaded(tmp_path, "", months=1)
    app = opened("volume", root="R", **{"from": "2022-01-01", "to": "2022-01-31"})
    assert "lich-ho-so" in specs(app)
    assert "tet-voi-tet" not in specs(app)


def test_mondays_are_found_busier_and_the_hours_stand_in_their_cells(small_district):
    app = seen("volume", **EVER)
    off, cases = days_off(), received_cases("district")
    found = headed(app, "Thứ Hai đông hơn hẳn")
    mondays = [day for day in days_between(date(2021, 1, 1), date(2025, 6, 30)) if day.weekday() == 0 and not off(day)]
    mean = sum(day in set(mondays) for _, day in cases) / len(mondays)
    assert f"{mean:.1f}".replace(".", ",") in found
    drawn = specs(app)["thu-va-gio"]
    assert drawn["layout"]["yaxis"]["ticktext"] == ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu"]
    assert drawn["layout"]["xaxis"]["ticktext"][0] == "7–8"
    assert "không ghi giờ" not in words(app)


def test_an_export_without_times_is_told_by_weekday_alone(tmp_path: Path):
    loaded(tmp_path, "")
    app = opened("volume", root="R", **{"from": "2022-01-01", "to": "2023-12-31"})
    assert said("hours.no_hours") in words(app)
    assert "thu-va-gio" not in specs(app)
    names = specs(app)["thu-trong-tuan"]["layout"]["yaxis"]["ticktext"]
    assert names == ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu"]


@pytest.mark.parametrize("parameters", [{}, {"from": "2025-04-10", "to": "2025-06-05"}], ids=["quarter", "days"])
def test_the_load_of_a_working_day_is_that_of_its_slow_twin(small_district, parameters):
    drawn = bars_of(specs(seen("volume", **parameters))["tai-ngay"])
    first = date.fromisoformat(parameters.get("from", "2025-04-01"))
    last = date.fromisoformat(parameters.get("to", "2025-06-30"))
    expected = loads(received_cases("district"), first, last, days_off())
    assert drawn == pytest.approx(expected)
    assert list(drawn.values()) == sorted(drawn.values(), reverse=True)


def test_the_load_of_an_official_is_that_of_its_slow_twin(small_district):
    drawn = bars_of(specs(seen("volume", **{"from": "2024-05-15", "to": "2024-09-30"}))["tai-cong-chuc"])
    staff = [
        (unit, date.fromisoformat(f"{month}-01"), int(officials))
        for unit, month, officials in shipped("staff").sort("unit", "month").iter_rows()
    ]
    expected = official_loads(received_cases("district"), staff, date(2024, 5, 15), date(2024, 9, 30), days_off())
    assert drawn == pytest.approx(expected)


def staffed(rows: str) -> Callable[[list[Row]], list[Row]]:
    """Gives the district these staff numbers just before it is loaded."""

    def give(cases: list[Row]) -> list[Row]:
        reference("staff", rows)
        return cases

    return give


def test_officials_are_counted_only_where_and_since_their_number_is_known(tmp_path: Path):
    _, rows, _ = loaded(tmp_path, "", change=staffed("x1,2023-02,4\nx1,2023-03,5\nx2,2024-06,3\n"))
    app = opened("volume", root="R", **{"from": "2023-01-01", "to": "2023-03-31"})
    drawn = bars_of(specs(app)["tai-cong-chuc"])
    cases = [(COMMUNES[row["unit"]], row["received_at"]) for row in rows]
    staff = [("x1", date(2023, 2, 1), 4), ("x1", date(2023, 3, 1), 5), ("x2", date(2024, 6, 1), 3)]
    assert drawn == pytest.approx(official_loads(cases, staff, date(2023, 1, 1), date(2023, 3, 31), days_off()))
    assert set(drawn) == {"x1"}
    without = "X. Ba, X. Bảy, X. Bốn, X. Hai, X. Năm, X. Sáu, X. Tám"
    assert said("load.official_without", units=without) in words(app)


def test_without_any_staff_number_the_page_says_what_is_missing(hn_tl):
    app = seen("volume", **HN)
    assert "tai-cong-chuc" not in specs(app)
    assert said("load.official_none") in words(app)


def test_departments_stand_in_order_of_name_and_no_title_ranks_them(small_district):
    app = seen("volume", kind="department")
    drawn = list(bars_of(specs(app)["tai-ngay"]))
    in_order = [unit.code for unit in known(open_snapshot()).units_of("district", "department")]
    assert drawn == [code for code in in_order if code in drawn]
    assert said("load.subject") in headings(app)
    assert said("load.order_name") in words(app)
    assert not [heading for heading in headings(app) if "tùy đơn vị" in heading]


def test_the_calendar_holds_every_case_on_its_day(small_district):
    off, cases = days_off(), [day for _, day in received_cases("district")]
    figure = specs(seen("volume"))["lich-ho-so"]
    shown = [hover for row in figure["data"][0]["hovertext"] for hover in row if hover]
    told = {re.findall(r"\d\d/\d\d/\d{4}", hover)[0]: hover for hover in shown}
    quarter = days_between(date(2025, 4, 1), date(2025, 6, 30))
    assert len(shown) == len(told) == len(quarter)
    for day in quarter:
        hover = told[f"{day:%d/%m/%Y}"]
        assert hover.endswith(f"<br>{cases.count(day)} tiếp nhận")
        assert ("nghỉ" in hover.split("<br>")[0]) == off(day)
    # Giỗ Tổ, 30/4, 1/5 and the day given beside them.
    assert len(figure["data"][1]["x"]) == 4
    assert [hover for hover in shown if "nghỉ, Ngày Giỗ Tổ Hùng Vương" in hover]


def test_the_calendar_of_what_was_resolved_stands_in_the_address(small_district):
    app = opened("volume", calendar="resolved")
    assert headed(app, "Ngày giải quyết nhiều nhất")
    hovers = "".join(hover for row in specs(app)["lich-ho-so"]["data"][0]["hovertext"] for hover in row)
    assert "đã giải quyết" in hovers
    assert "tiếp nhận" not in hovers
    app.segmented_control(key="choice-calendar").set_value("received").run()
    assert app.query_params["calendar"] in ("received", ["received"])
    assert headed(app, "Ngày nhận nhiều nhất")


def test_a_calendar_of_something_else_is_named(small_district):
    app = seen("volume", calendar="lunar")
    assert "Lịch của hồ sơ" in warned(app)
    assert "lunar" in warned(app)
    assert headed(app, "Ngày nhận nhiều nhất")


def test_the_procedures_that_make_half_are_marked(small_district):
    app = seen("volume")
    drawn = specs(app)["tiep-nhan-thu-tuc"]["data"][0]
    counts = drawn["x"]
    marked = [color != drawn["marker"]["color"][-1] for color in drawn["marker"]["color"]]
    total = sum(1 for _, day in received_cases("district") if date(2025, 4, 1) <= day <= date(2025, 6, 30))
    half = sum(marked)
    assert marked == [True] * half + [False] * (len(marked) - half)
    assert sum(counts[: half - 1]) * 2 < total <= sum(counts[:half]) * 2
    assert "thủ tục chiếm " in "".join(headings(app))


def test_the_stock_by_age_is_the_stock(small_district):
    app = seen("volume")
    ages = specs(app)["tuoi-ho-so-ton"]["data"][0]
    young = ages["marker"]["color"][0]
    (stock,) = [trace for trace in specs(app)["ton-cuoi-thang"]["data"] if trace.get("line", {}).get("width") == 3.4]
    assert sum(ages["x"]) == stock["y"][-1] > 0
    # The bars of what is old are marked, and come last; the youngest are not.
    old = sum(n for n, colour in zip(ages["x"], ages["marker"]["color"], strict=True) if colour != young)
    share = f"{old / sum(ages['x']):.1%}".replace(".", ",").replace("%", " %")
    assert headed(app, share, "30 ngày")
    assert "Bằng" in words(app)


@pytest.mark.parametrize(
    "chosen", [{"units": "xa-cu-lao-sen"}, {"fields": "dat-dai"}, {}], ids=["unit", "field", "all"]
)
def test_a_single_unit_or_field_is_not_shown_as_a_part_of_itself(small_district, chosen):
    parts = {"units": "tiep-nhan-don-vi", "fields": "tiep-nhan-linh-vuc"}
    drawn = set(specs(seen("volume", **chosen)))
    assert drawn & set(parts.values()) == {key for name, key in parts.items() if name not in chosen}


def test_an_empty_period_shows_neither_a_calendar_nor_a_load(small_district):
    app = seen("volume", **NOTHING)
    assert specs(app) == {}
    assert title(app) == said("finding.none_received")


@pytest.mark.parametrize(
    "parameters",
    [{"lang": "en", **EVER}, {"units": "xa-cu-lao-sen"}, {"fields": "dat-dai", "kind": "all"}, {"to": "2025-04-08"}],
    ids=["english", "small unit", "one field", "a week"],
)
def test_every_figure_can_be_drawn_for_other_questions(small_district, parameters):
    start = {"from": "2025-04-01"} if "to" in parameters and "from" not in parameters else {}
    found = specs(seen("volume", **parameters, **start))
    assert {"lich-ho-so", "tai-ngay", "tet-voi-tet"} <= set(found)
