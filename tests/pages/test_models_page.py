"""Mô hình through the dashboard: the verdict on the planted model, its checks, its reviews, and the portfolio."""

import re
from calendar import monthrange
from datetime import date

import polars as pl
import pytest

from comparison.measures import known, measure, model_lists
from comparison.scope import Period, Viewer, default_scope
from etl.demo.ground import truths
from tests.helpers.model_pages import called, checked, page, sentences, specs, table, title
from tests.helpers.page_words import NBSP, headings, said, words
from warehouse.snapshots import open_snapshot

RANGE = re.compile(r"\(95 ?%: ([+−]\d+,\d) đến ([+−]\d+,\d) điểm\)")


def number(text_of: str) -> float:
    return float(text_of.replace("−", "-").replace(",", "."))


def match(pattern: str | re.Pattern[str], text_of: str) -> re.Match[str]:
    found = re.search(pattern, text_of)
    assert found, text_of
    return found


def test_the_planted_gain_is_found_with_a_range_that_covers_it(district):
    app = page()
    assert title(app) == "Một cửa đồng hành cùng người dân: hài lòng rõ là tốt lên"
    verdict = sentences(app)[0]
    low, high = map(number, match(RANGE, verdict).groups())
    planted = (truths()["model"]["satisfied_after"] - truths()["model"]["satisfied_before"]) * 100
    assert planted == pytest.approx(8)
    assert 0 < low <= planted <= high < 20
    size = number(match(r"tăng nhiều hơn (\d+,\d) điểm", verdict)[1])
    assert low < size < high
    assert "bốn đơn vị" in verdict
    assert said("verdict.clearly") in words(app)


def test_the_other_models_of_the_district_get_no_verdict(district):
    for model in truths()["model"]["no_effect"]:
        assert "không kết luận được" in title(page(model=model))


def test_every_check_stands_beside_the_effect(district):
    found = checked(page())
    chance = said("check.permutation_result", p="0,005", smallest="0,005")
    assert found[called("permutation", ways="210")] == (chance, "đạt")
    for key in ("interval", "leave_one_out", "windows", "baseline"):
        result, state = found[called(key)]
        assert (any(letter.isdigit() for letter in result), state) == (True, "đạt"), key
    placebo, state = found[called("placebo", months="6")]
    low, high = map(number, match(r"\(([+−]\d+,\d) đến ([+−]\d+,\d)", placebo).groups())
    assert low < 0 < high
    assert state == "đạt"
    # What else moved, in the adopters and in the units beside them.
    for key in ("mix", "volume", "response"):
        result, _ = found[called(key)]
        assert re.search(r"\d+(,\d)? %.*nơi chưa làm .*\d+(,\d)? %", result), key
    assert found[called("other_models")][0] == said("check.other_models_none")


def test_what_else_happened_is_named(district):
    events = pl.read_csv("data/reference/events.csv", try_parse_dates=True)
    result, state = checked(page())[called("events")]
    first, last = pl.date(2023, 7, 1), pl.date(2024, 7, 31)
    near = events.filter(
        pl.col("unit").is_in(["district", *truths()["model"]["units"]]) & pl.col("day").is_between(first, last)
    )
    assert near.height == 3
    for day, name in near.select("day", "title").iter_rows():
        assert re.search(rf"{re.escape(name[1:])} \((?:[^)]*, )?{day:%d/%m/%Y}\)", result)
    for name in events.join(near, on="title", how="anti")["title"]:
        assert name[1:] not in result
    assert state == "lưu ý"


def test_units_stand_with_both_sides_and_plans(district):
    app = page()
    rows = {row[0]: row[1:] for row in table(app, "Đơn vị", "Trước", "Sau")}
    assert len(rows) == 6
    warehouse = open_snapshot()
    scope = default_scope(known(warehouse), "district").with_(units=("phuong-ben-thuy-dong",), compare="none")
    for place, period in ((2, Period(*days(2023, 7, 2023, 12))), (3, Period(*days(2024, 2, 2024, 7)))):
        row = measure(warehouse, scope.with_(period=period), Viewer(), "satisfaction").row(0, named=True)
        share = f"{row['value'] * 100:.1f} % (n = {row['denominator']})".replace(".", ",")
        assert rows["P. Bến Thủy Đông"][place] == share
    assert rows["P. Bến Thủy Đông"][-1] == said("models.standing_counted")
    assert rows["P. Chợ Quán Tây"][0] == "01/09/2025"
    assert set(rows["P. Chợ Quán Tây"][1:-1]) == {""}, "planned alone has no figures"


def days(first_year, first, last_year, last):
    return date(first_year, first, 1), date(last_year, last, monthrange(last_year, last)[1])


def test_the_life_has_a_line_for_each_unit_and_n_for_each_month(district):
    figure = specs(page())["tu-khi-bat-dau-satisfaction"]
    axis = figure["layout"]["xaxis"]
    at = dict(zip(axis["tickvals"], axis["ticktext"], strict=True))
    assert at[0] == "0<br>n = 4"
    thick = [trace for trace in figure["data"] if trace.get("line", {}).get("width", 0) >= 2]
    assert thick
    notes = [note["text"] for note in figure["layout"]["annotations"]]
    assert "<b>4 đơn vị<br>đã làm</b>" in notes
    assert any("chưa làm" in note for note in notes)


def test_one_pilot_is_shown_among_all_and_gets_no_verdict(district):
    app = page(model="ngay-khong-hen")
    assert title(app) == "Ngày không hẹn: không kết luận được về hài lòng"
    first, second = sentences(app)[:2]
    assert "Chỉ một đơn vị" in first
    assert "Bình Thạnh Hạ" in first
    rank, of = map(int, match(r"thứ (\d+) trong (\d+)", second).groups())
    figure = specs(app)["vi-tri"]
    values = figure["data"][0]["x"]
    assert len(values) == of
    # The pilot is drawn last.
    assert sum(value >= values[-1] for value in values) == rank
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["<b>X. Bình Thạnh Hạ</b>"]
    assert any(f"thứ {rank} trong {of}" in each for each in headings(app))
    assert not any("p = " in result for result, _ in checked(app).values()), "no p of a single unit"
    assert called("mix") in checked(app)


def test_criteria_are_the_scores_and_conclusions_are_told_overdue_first(district):
    app = page()
    scores = model_lists.criterion_scores(open_snapshot(), "district", Viewer()).filter(model="dong-hanh")
    shares: dict[tuple[str, str], list[int]] = {}
    for row in scores.to_dicts():
        own = shares.setdefault((row["criterion_name"], f"{row['held_on']:%d/%m/%Y}"), [0, 0])
        own[0] += row["score"]
        own[1] += row["highest_score"]
    texts = [text_of for row in specs(app)["tieu-chi"]["data"][0]["hovertext"] for text_of in row if text_of]
    hovers = [match(r"^(.+)<br>Sơ kết (\d\d/\d\d/\d{4}): (\d+) %", each.replace(NBSP, " ")).groups() for each in texts]
    assert {(name, day): int(share) for name, day, share in hovers} == {
        key: pytest.approx(score / highest * 100, abs=0.5) for key, (score, highest) in shares.items()
    }
    rows = table(app, "Kết luận", "Hạn", "Tình trạng")
    assert [row[4] == said("models.state_late") for row in rows] == [True, False, False, False, False]
    assert rows[0][2:4] == ["X. Long Điền Trung", "31/03/2025"]
    assert said("models.conclusions_title_late", late="1", n="5") in headings(app)


def test_the_timeline_holds_every_model_and_review(district):
    figure = str(specs(page())["dong-thoi-gian"])
    reviews = model_lists.reviews(open_snapshot(), "district", Viewer())
    assert reviews.height == 4
    for held_on, name in reviews.select("held_on", "title").iter_rows():
        assert f"{held_on:%d/%m/%Y}: {name}" in figure
    for name in ("Một cửa đồng hành", "Ngày không hẹn", "Chính quyền thân thiện"):
        assert name in figure


def test_the_roll_out_stands_against_the_plan(district):
    app = page()
    columns = ("Đang làm", "Kế hoạch đến nay", "Chậm", "Kế hoạch cả thảy")
    rows = {row[0]: row for row in table(app, *columns)}
    assert {name: row[3:7] for name, row in rows.items()} == {
        "Chính quyền thân thiện": ["21", "21", "0", "21"],
        "Ngày không hẹn": ["1", "1", "0", "2"],
        "Một cửa đồng hành cùng người dân": ["4", "4", "0", "6"],
    }
    assert rows["Một cửa đồng hành cùng người dân"][-1] == "rõ là tốt lên"
    assert rows["Ngày không hẹn"][-1] == rows["Chính quyền thân thiện"][-1] == "không kết luận được"


def test_the_page_in_english(district):
    app = page(lang="en")
    assert title(app) == "Một cửa đồng hành cùng người dân: satisfaction clearly better"
    assert "95%" in sentences(app)[0]
    assert table(app, "Check", "Result")
    # What the office declared stays as it is written.
    for word in ("Phép kiểm tra", "Đánh giá", "Kết luận", "Đang làm", "Bắt đầu", "không có", "bản số liệu"):
        assert word not in words(app)


def test_choosing_a_unit_changes_nobody_it_is_compared_with(district):
    whole, one = (page(units=units) for units in ("", "phuong-ben-thuy-dong"))
    assert sentences(one)[0] == sentences(whole)[0]
    assert checked(one) == checked(whole)
    lines = [specs(app)["tu-khi-bat-dau-satisfaction"] for app in (whole, one)]
    assert lines[0]["layout"]["xaxis"]["ticktext"] == lines[1]["layout"]["xaxis"]["ticktext"]
    thick = [[trace["y"] for trace in each["data"] if trace.get("line", {}).get("width", 0) >= 2] for each in lines]
    assert thick[0] == thick[1] != []
    assert len(lines[1]["data"]) < len(lines[0]["data"])
