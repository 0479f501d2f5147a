"""Trễ hạn through the dashboard: planted truths are found, good units not accused, nothing is ranked without cause."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from comparison.measures import known, measure
from comparison.measures.adjusted import case_mix
from comparison.measures.lateness_lists import half_of_late, late_causes
from comparison.scope import Period, Scope, Viewer, default_scope
from comparison.wording import number, percent
from tests.helpers.examples import as_of, case, load, office, write
from tests.helpers.lateness_page import LATE, MIX, PERFECT, SINGLE, TRUTHS, YEARS, accused, marks, praised, spec
from tests.helpers.model_pages import specs, table
from tests.helpers.page_words import NBSP, headings, open_boxes, paragraphs, said, words
from tests.helpers.pages import HN, NOTHING, opened, seen
from warehouse.snapshots import open_snapshot

WHOLE = Period(date(2021, 1, 1), date(2025, 6, 30))


def there(app: AppTest) -> set[str]:
    return set(specs(app))


def scope_of(**changes: Any) -> Scope:
    return default_scope(known(open_snapshot()), "district").with_(**changes)


@pytest.mark.parametrize("parameters", [{}, {"units": PERFECT}, {"units": f"{MIX},{SINGLE}"}])
def test_the_planted_late_communes_are_found_and_no_small_good_one_is_accused(district, parameters):
    app = seen("lateness", **YEARS, **parameters)
    funnel, adjusted = spec(app, "tre-han-pheu"), spec(app, "tre-han-co-cau")
    assert LATE <= accused(funnel) <= LATE | {MIX}
    assert accused(adjusted) == LATE
    for small in (PERFECT, SINGLE):
        for figure in (funnel, adjusted):
            assert small not in accused(figure) | praised(figure)


def test_the_mix_only_commune_is_explained_where_it_looks_late(district):
    app = seen("lateness", **YEARS)
    assert MIX in accused(spec(app, "tre-han-pheu"))
    assert MIX not in accused(spec(app, "tre-han-co-cau"))
    (told,) = [each for each in paragraphs(app) if each.startswith("X. Phước Thọ Đông: ")]
    adjusted = case_mix(open_snapshot(), scope_of(period=WHOLE), Viewer())
    place = [code for code, _ in adjusted.units].index(MIX)
    effect = adjusted.effect.mix[place]
    assert f"Cơ cấu lĩnh vực làm tăng {number('vi', effect * 100, 1)} điểm: Đất đai chiếm" in told
    assert "không hơn kỳ vọng" in told
    for unit in ("X. An Thuận Tây", "X. Tân Lộc Trung"):
        assert any(each.startswith(f"{unit}: ") and "không giải thích" in each for each in paragraphs(app))
    assert any("trễ do cơ cấu hồ sơ" in title and "thì không" in title for title in headings(app))


def test_the_bar_from_raw_to_adjusted_is_what_the_statistics_say(district):
    figure = spec(seen("lateness", **YEARS), "tre-han-co-cau")
    adjusted = case_mix(open_snapshot(), scope_of(period=WHOLE), Viewer())
    codes = [code for code, _ in adjusted.units]
    raw, after = figure["data"][1], figure["data"][2]
    for trace, values in ((raw, adjusted.effect.raw), (after, adjusted.case_mix.adjusted)):
        drawn = {unit: x for (unit,), x in zip(trace["customdata"], trace["x"], strict=True)}
        assert drawn == pytest.approx(dict(zip(codes, values, strict=True)))
    column = {note["text"] for note in figure["layout"]["annotations"]}
    ratio = adjusted.case_mix.ratio[codes.index("xa-an-thuan-tay")]
    assert any(f">{number('vi', ratio, 2)}</span>" in each for each in column)


def test_what_is_not_sure_stands_in_vietnamese_order(district):
    names = spec(seen("lateness", **YEARS), "tre-han-co-cau")["layout"]["yaxis"]["ticktext"]
    bare = [name.replace('<span style="color:#586573">', "").replace("</span>", "") for name in names]
    assert set(bare[:2]) == {"X. An Thuận Tây", "X. Tân Lộc Trung"}
    there_are = [name for name in bare if name in {"P. Bến Thủy Đông", "P. Chợ Quán Tây", "X. Bình Thạnh Hạ"}]
    assert there_are == ["P. Bến Thủy Đông", "P. Chợ Quán Tây", "X. Bình Thạnh Hạ"]


def test_a_selection_only_highlights(small_district):
    everyone, alone = seen("lateness"), seen("lateness", units=PERFECT)
    for key in ("tre-han-pheu", "tre-han-co-cau"):
        before, after = spec(everyone, key), spec(alone, key)
        assert {unit: mark[0] for unit, mark in marks(before).items()} == {
            unit: mark[0] for unit, mark in marks(after).items()
        }
        assert [trace["x"] for trace in before["data"]] == [trace["x"] for trace in after["data"]]
    named = [note["text"] for note in spec(alone, "tre-han-pheu")["layout"]["annotations"]]
    assert any("X. Cù Lao Sen" in each for each in named)


def test_the_funnel_says_how_many_chance_alone_would_name(small_district):
    read = words(open_boxes(opened("lateness"), "method-tre-han-pheu"))
    assert said("funnel.source", units="12 xã, phường", n="0,02") in read
    assert "Biểu đồ phễu" in read  # behind "Cách tính"


def test_too_few_units_are_compared_by_chance_alone_and_it_is_said(hn_tl):
    app = seen("lateness", **HN)
    assert said("funnel.too_few_units", k="7") in words(app)
    assert "tre-han-pheu" in there(app)
    assert said("adjusted.all_few") in words(app)
    assert said("adjusted.subject") in headings(app)
    assert not accused(spec(app, "tre-han-pheu")) | accused(spec(app, "tre-han-co-cau"))


def test_one_unit_has_its_own_interval_and_no_funnel(hn_tl):
    app = seen("lateness", root="TL", **{"from": "2017-01-01", "to": "2017-04-28"})
    told = said("funnel.one_unit", unit="X. Thạnh Lợi", x="0", n="412", share="0,0 %", range="0–0,9 %")
    assert told in words(app)
    assert not there(app) & {"tre-han-pheu", "tre-han-co-cau"}


def test_no_late_case_anywhere_is_said(tmp_path):
    office()
    cases = [
        case(unit=unit, finished_at=date(2023, 3, 9), status="finished")
        for unit in ("Xã Một", "Xã Hai")
        for _ in range(30)
    ]
    assert load(write(tmp_path / "mot.csv", cases, banner=as_of("2023-04-30")))["exit"] == 0
    app = opened("lateness", kind="commune", **{"from": "2023-03-01", "to": "2023-03-31"})
    assert said("funnel.none_late", n="2") in headings(app)
    assert said("days_late.none") in headings(app)
    assert not there(app) & {"tre-han-pheu", "tre-han-co-cau", "tre-han-so-ngay"}


def test_departments_are_neither_ranked_nor_put_into_a_funnel(small_district):
    app = seen("lateness", kind="department", **YEARS)
    assert there(app) == {"tre-han-don-vi-linh-vuc", "tre-han-so-ngay", "tre-han-thoi-han"}
    assert said("departments.note_alone") in words(app)
    assert said("departments.shared_none_note") in words(app)


def test_the_department_that_turned_worse_is_told_beside_itself_alone(district):
    app = seen("lateness", kind="department", compare="year", **{"from": "2023-07-01", "to": "2024-05-31"})
    rows = {row[0]: row for row in table(app, "% trễ kỳ này", "Nhận xét")}
    assert [name for name, row in rows.items() if row[5] == said("departments.worse")] == ["Phòng Kinh tế và Hạ tầng"]
    up = said("departments.title_up", units="Phòng Kinh tế và Hạ tầng")
    assert any(up in title for title in headings(app))
    scope = scope_of(kind="department", period=Period(date(2023, 7, 1), date(2024, 5, 31)))
    own = measure(open_snapshot(), scope, Viewer(), "late", ("unit",)).filter(pl.col("unit") == "p-kinh-te-ha-tang")
    assert rows["Phòng Kinh tế và Hạ tầng"][2] == percent("vi", own["value"][0]).replace(NBSP, " ")


def test_the_pairs_that_make_half_add_up_to_half(small_district):
    app = seen("lateness", **YEARS)
    rows = table(app, "Thủ tục", "Cộng dồn")
    pairs = half_of_late(open_snapshot(), scope_of(period=WHOLE), Viewer())
    assert [row[2] for row in rows] == [number("vi", late) for late in pairs["late"].head(len(rows))]
    late = measure(open_snapshot(), scope_of(period=WHOLE), Viewer(), "late")["numerator"][0]
    assert pairs["late"].sum() == late
    n, of = number("vi", late), number("vi", pairs.height)
    assert said("half.source", n=n, rows=of, snapshot=open_snapshot().id) in words(app)


def test_the_three_ways_of_counting_stand_side_by_side_with_what_they_leave_out(small_district):
    rows = table(seen("lateness"), "Cách tính", "Để ra ngoài")
    assert [row[0] for row in rows] == [said(f"on_time.{way}") for way in ("due", "resolved", "first_due")]
    for row, name in zip(rows, ("on_time_due", "on_time_resolved", "on_time_first_due"), strict=True):
        found = measure(open_snapshot(), scope_of(), Viewer(), name).row(0, named=True)
        late = found["denominator"] - found["numerator"]
        assert row[1] == percent("vi", found["value"]).replace(NBSP, " ")
        assert [row[3], row[4], row[5]] == [number("vi", x) for x in (found["denominator"], late, found["excluded"])]
        assert row[6]


def test_letters_add_up_over_the_units(small_district):
    rows = table(seen("lateness", **YEARS), "Phải có thư", "Gửi trước ngày hẹn")
    assert rows[-1][0] == "Tất cả"
    share = measure(open_snapshot(), scope_of(period=WHOLE), Viewer(), "apology_share").row(0, named=True)
    assert [rows[-1][1], rows[-1][2]] == [number("vi", share["denominator"]), number("vi", share["numerator"])]
    for column in (1, 2, 4, 5):
        counts = [int(row[column].replace(".", "")) for row in rows]
        assert sum(counts[:-1]) == counts[-1]


def test_the_unit_that_sends_hardly_any_letter_is_seen(small_district):
    rows = table(seen("lateness", kind="all", **YEARS), "Phải có thư", "Gửi trước ngày hẹn")
    counts = {row[0]: [int(row[column].replace(".", "")) for column in (1, 2, 4, 5)] for row in rows}
    late, sent, before, missing = counts.pop("Tất cả")
    assert 0 < before < sent < late == sent + missing
    shares = {unit: own[1] / own[0] for unit, own in counts.items() if own[0] >= 10}
    assert min(shares, key=shares.__getitem__) == "P. Chợ Quán Tây"
    assert shares.pop("P. Chợ Quán Tây") < 0.1
    assert min(shares.values()) > 0.5


def test_moved_due_dates_are_told_by_the_first_and_by_the_current_one(small_district):
    rows = table(seen("lateness", **YEARS), "Đổi ngày hẹn", "Đúng ngày hẹn đầu tiên")
    due = measure(open_snapshot(), scope_of(period=WHOLE), Viewer(), "on_time_due").row(0, named=True)
    assert rows[-1][1] == number("vi", due["denominator"])
    assert rows[-1][5] == percent("vi", due["value"]).replace(NBSP, " ")
    assert rows[-1][4] < rows[-1][5]


def test_days_late_have_their_middle(small_district):
    app = seen("lateness", **YEARS)
    scope = scope_of(period=WHOLE)
    middle = measure(open_snapshot(), scope, Viewer(), "working_days_late")["value"][0]
    assert said("days_late.title", median=f"{number('vi', middle)} ngày làm việc") in headings(app)
    bars = next(trace for trace in spec(app, "tre-han-so-ngay")["data"] if trace["type"] == "bar")
    assert sum(bars["y"]) == measure(open_snapshot(), scope, Viewer(), "late_resolved")["numerator"][0]
    assert any("90 %: không quá" in note["text"] for note in spec(app, "tre-han-so-ngay")["layout"]["annotations"])


def test_causes_are_told_where_they_are_recorded(tmp_path):
    office()
    late = [
        case(finished_at=date(2023, 3, 20), status="finished", late_cause=cause)
        for cause in ("Lỗi hệ thống", "Lỗi hệ thống", "Lỗi hệ thống", "Giải quyết chậm", None)
    ]
    assert load(write(tmp_path / "mot.csv", late, banner=as_of("2023-04-30")))["exit"] == 0
    app = opened("lateness", kind="commune", **{"from": "2023-03-01", "to": "2023-03-31"})
    assert said("cause.title", cause="Lỗi hệ thống", share="75 %", n="4") in headings(app)
    assert table(app, "Nguyên nhân") == [
        ["Lỗi hệ thống", "3", "75,0 %"], ["Đơn vị giải quyết chậm", "1", "25,0 %"], ["không ghi", "1", ""],
    ]  # fmt: skip


def test_the_planted_causes_are_told_and_what_has_none(small_district):
    app = seen("lateness", kind="all", **YEARS)
    found = late_causes(open_snapshot(), scope_of(period=WHOLE, kind=None), Viewer())
    recorded = found.filter(pl.col("cause") != "")
    planted = TRUTHS["late_causes"]["shares"]
    first = max(planted, key=planted.__getitem__)
    share = percent("vi", recorded["n"][0] / recorded["n"].sum(), 0).replace(NBSP, " ")
    n = number("vi", int(recorded["n"].sum()))
    assert said("cause.title", cause=first, share=share, n=n) in headings(app)
    rows = table(app, "Nguyên nhân")
    assert [row[:2] for row in rows] == [
        *([cause, number("vi", n)] for cause, n in recorded.iter_rows()),
        [said("cause.unrecorded"), number("vi", found["n"][-1])],
    ]
    assert {row[0] for row in rows[:-1]} == set(planted)
    assert found["n"][-1] > recorded["n"].sum()  # the communes' system has no such column


def test_no_cause_is_told_where_the_system_records_none(small_district):
    assert said("cause.none") in headings(seen("lateness", kind="commune", **YEARS))


def test_departments_that_share_a_field_are_compared_in_it_alone(tmp_path):
    office()
    rows = [
        case(unit=unit, field=field, finished_at=date(2023, 3, 20 if at < late else 9), status="finished")
        for unit, field, late, n in (
            ("Phòng Một", "Hộ tịch", 60, 120), ("Phòng Hai", "Hộ tịch", 4, 120), ("Phòng Hai", "Đất đai", 40, 80),
        )
        for at in range(n)
    ]  # fmt: skip
    assert load(write(tmp_path / "mot.csv", rows, banner=as_of("2023-04-30")))["exit"] == 0
    app = opened("lateness", root="R", kind="department", **{"from": "2023-03-01", "to": "2023-03-31"})
    assert said("departments.shared_note", covered="75,0 %") in words(app)
    shared = table(app, "Nơi khác cùng lĩnh vực")
    assert {row[0] for row in shared} == {"Hộ tịch"}
    assert [row[1] for row in shared if row[6] == said("departments.shared_more")] == ["Phòng Một"]
    assert said("departments.shared_title_some", units="Phòng Một") in headings(app)


@pytest.mark.parametrize("kind", ["commune", "department", "all"])
def test_an_empty_period_is_not_compared(small_district, kind):
    app = seen("lateness", kind=kind, **NOTHING)
    assert not there(app)
    assert "trễ hơn hẳn nơi khác" not in words(app)


def test_the_page_speaks_english(small_district):
    read = words(open_boxes(opened("lateness", lang="en", **YEARS), "method-tre-han-pheu"))
    assert "Funnel plot." in read
    assert "Three" in read
    for vietnamese in ("kỳ vọng", "hồ sơ trễ", "đơn vị", "Thư xin lỗi"):
        assert vietnamese not in read
