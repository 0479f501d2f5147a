"""Hồ sơ đơn vị, read from the page: one unit's figures, sentences and lists are those of the measures and lists."""

from datetime import date
from pathlib import Path

import pytest

from comparison.measures import case_lists, known, measure, model_lists
from comparison.measures.adjusted import case_mix
from comparison.scope import Period, Viewer, default_scope
from comparison.statistics.case_mix import Lateness
from comparison.wording import number, percent, say
from tests.helpers.examples import answer, as_of, case, load, office, write, write_sheets
from tests.helpers.model_pages import table, tables
from tests.helpers.page_words import headings, notes, open_boxes, page_title, said, words
from tests.helpers.pages import opened
from warehouse.snapshots import open_snapshot

LATE, SMALL, DEPARTMENT = "xa-an-thuan-tay", "xa-cu-lao-sen", "p-tai-nguyen"
YEAR = {"from": "2024-01-01", "to": "2024-12-31"}


def asked(**changes):
    scope = default_scope(known(open_snapshot())).with_(period=Period(date(2024, 1, 1), date(2024, 12, 31)))
    return scope.with_(compare="none", **changes)


def of_unit(name, unit, **changes):
    found = measure(open_snapshot(), asked(**changes), Viewer(), name, ("unit",))
    return next(row for row in found.iter_rows(named=True) if row["unit"] == unit)


def profile(unit, kind="commune", **parameters):
    return opened("unit", kind=kind, units=unit, **{**YEAR, **parameters})


def row(app, name):
    return next(cells for cells in tables(app)[0] if cells[0].startswith(name))


def plain(words):
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_the_measures_of_one_unit(small_district):
    app = profile(LATE)
    shares = {"Đúng hạn": "on_time_due", "Nộp trực tuyến": "online_share", "Hài lòng": "satisfaction"}
    for name, measure_name in shares.items():
        found = of_unit(measure_name, LATE)
        assert row(app, name)[1].startswith(plain(percent("vi", found["value"])))
        assert number("vi", found["denominator"]) in row(app, name)[1]
    counts = {"Tiếp nhận": "received", "Đã giải quyết": "resolved", "Quá hạn": "overdue_open"}
    for name, measure_name in counts.items():
        assert row(app, name)[1] == number("vi", of_unit(measure_name, LATE)["numerator"])
    before = measure(
        open_snapshot(), asked(period=Period(date(2023, 1, 1), date(2023, 12, 31)), units=(LATE,)), Viewer(), "received"
    )
    assert row(app, "Tiếp nhận")[2] == said("compare.against", value=number("vi", before["numerator"][0]))
    assert said("compare_units.target", share="97 %") in row(app, "Đúng hạn")[0]
    assert page_title(app).startswith("Xã An Thuận Tây: đúng hạn")
    assert any(each.startswith("Xã thuộc huyện Tân Phước Đông. Bản số liệu") for each in notes(app))
    # Lateness in land is planted here: clearly more than elsewhere.
    assert f"▲ {said('compare_units.higher')}" in row(app, "Trễ đất đai")[3]


def test_the_fields_of_one_unit_stand_beside_the_same_fields_elsewhere(small_district):
    app = profile(LATE)
    cells = next(cells for cells in table(app, "Lĩnh vực", "Đơn vị khác trễ") if cells[0] == "Đất đai")
    own = of_unit("late", LATE, fields=("dat-dai",))
    total = measure(open_snapshot(), asked(fields=("dat-dai",)), Viewer(), "late").row(0, named=True)
    rest = (total["numerator"] - own["numerator"]) / (total["denominator"] - own["denominator"])
    assert cells[2].startswith(plain(percent("vi", own["value"])))
    assert cells[3].startswith(plain(percent("vi", rest)))
    assert said("compare_units.higher") in cells[4]


@pytest.mark.parametrize("unit", [LATE, "xa-long-dien-trung"])
def test_lateness_stands_beside_the_unit_own_expectation(small_district, unit):
    found = case_mix(open_snapshot(), asked(period=Period(date(2021, 1, 1), date(2025, 6, 30))), Viewer())
    place = [code for code, _ in found.units].index(unit)
    mix = found.case_mix
    assert mix.lateness[place] in (Lateness.USUAL, Lateness.MORE, Lateness.LESS)
    app = profile(unit, **{"from": "2021-01-01", "to": "2025-06-30"})
    ratio = number("vi", mix.ratio[place], 2)
    flagged = {} if mix.lateness[place] is Lateness.USUAL else {"ratio": ratio}
    assert say("vi", f"unit_profile.expected_title_{mix.lateness[place].value}", **flagged) in headings(app)
    late, n = number("vi", mix.late[place]), number("vi", mix.n[place])
    low, high = number("vi", mix.ratio_low[place], 2), number("vi", mix.ratio_high[place], 2)
    expected = number("vi", mix.expected[place], 1)
    times = said(f"unit_profile.times_{'over' if mix.ratio[place] > 1 else 'under'}", ratio=ratio)
    told = said("unit_profile.expected", late=late, n=n, expected=expected, times=times, low=low, high=high)
    assert told in words(app)
    raw = measure(
        open_snapshot(), asked(period=Period(date(2021, 1, 1), date(2025, 6, 30))), Viewer(), "late", ("unit",)
    )
    own = next(each for each in raw.iter_rows(named=True) if each["unit"] == unit)
    assert f"Tỷ lệ trễ thô {plain(percent('vi', own['value']))}" in words(app)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("state", [Lateness.MORE, Lateness.LESS])
def test_a_flag_is_told_with_its_ratio(language, state):
    assert "2,69" in say(language, f"unit_profile.expected_title_{state.value}", ratio="2,69")


def test_a_small_commune_is_told_to_be_small(small_district):
    app = profile(SMALL, **{"from": "2025-04-01", "to": "2025-06-30"})
    assert page_title(app) == "Xã Cù Lao Sen"
    assert said("unit_profile.expected_title_few") in headings(app)
    assert "rõ là" not in "".join(cell for found in tables(app) for cells in found for cell in cells)


def test_a_department_is_compared_with_itself_and_its_target(small_district):
    app = profile(DEPARTMENT, "department")
    heads = tables(app)[0][0]
    assert said("unit_profile.against", period="Năm 2023") in heads
    assert said("unit_profile.against_rest") not in heads
    assert said("compare_units.target", share="97 %") in row(app, "Đúng hạn")[0]
    assert said("unit_profile.expected_not_comparable") in words(app)
    assert said("unit_profile.fields_note_alone") in words(app)


def test_its_models_are_those_of_the_list(small_district):
    app = profile(LATE)
    adopted = model_lists.adoptions(open_snapshot(), "district", (LATE,), Viewer())
    assert adopted.height
    assert [cells[0] for cells in table(app, "Mô hình", "Tình trạng")] == adopted["model_name"].to_list()


@pytest.mark.parametrize("quarter", [YEAR, {"from": "2025-04-01", "to": "2025-06-30"}])
def test_cases_that_need_action_have_file_and_row_whatever_the_period(small_district, quarter):
    app = profile(LATE, **quarter)
    now = asked(units=(LATE,), period=Period(date(2025, 1, 1), date(2025, 6, 30)))
    overdue = case_lists.overdue_cases(open_snapshot(), now, Viewer())
    soon = case_lists.due_soon_cases(open_snapshot(), now, Viewer(), 5)
    assert soon.in_all
    assert said("unit_profile.cases_overdue", n=overdue.in_all) in words(app)
    assert said("unit_profile.cases_soon", n=soon.in_all) in words(app)
    listed = [cells for found in tables(app) if found[0][0] == "Mã hồ sơ" for cells in found[1:]]
    first = soon.rows.row(0, named=True)
    assert [first["case_code"], f"{first['source_file']}, dòng {first['row_number']}"] in [
        [cells[0], cells[-1]] for cells in listed
    ]


def test_due_soon_are_the_open_cases_of_the_next_working_days(tmp_path: Path):
    office()
    # Cut-off on Friday 2023-03-10: five working days end on Friday 2023-03-17.
    rows = [
        case(case_code="QUA-HAN", due_at=date(2023, 3, 9)),
        case(case_code="HOM-NAY", due_at=date(2023, 3, 10)),
        case(case_code="TUAN-SAU", due_at=date(2023, 3, 17)),
        case(case_code="XA-HON", due_at=date(2023, 3, 20)),
        case(case_code="DA-XONG", due_at=date(2023, 3, 13), finished_at=date(2023, 3, 8), status="finished"),
        case(case_code="CHO-DAN", due_at=date(2023, 3, 13), status="awaiting_supplement"),
        case(case_code="KHONG-HEN", due_at=None),
    ]
    write(tmp_path / "xuat" / "ho-so.csv", rows, banner=as_of("2023-03-10"))
    assert load(tmp_path / "xuat")["exit"] == 0
    warehouse = open_snapshot()
    scope = default_scope(known(warehouse), "R").with_(
        kind="commune", units=("x1",), period=Period(date(2023, 3, 1), date(2023, 3, 10))
    )
    found = case_lists.due_soon_cases(warehouse, scope, Viewer(), 5)
    assert found.rows["case_code"].to_list() == ["HOM-NAY", "TUAN-SAU"]
    assert case_lists.due_soon_cases(warehouse, scope, Viewer(), 5, most=1).in_all == 2
    assert case_lists.overdue_cases(warehouse, scope, Viewer()).rows["case_code"].to_list() == ["QUA-HAN"]
    app = opened("unit", root="R", kind="commune", units="x1", **{"from": "2023-03-01", "to": "2023-03-10"})
    assert said("unit_profile.cases", n="3") in headings(app)


def test_a_group_hidden_in_its_kind_is_hidden_on_its_own_page(tmp_path: Path):
    office()
    sheets = [answer() for _ in range(30)] + [answer(unit="Xã Hai", score=1) for _ in range(4)]
    sheets += [answer(unit="Xã Ba") for _ in range(9)]
    write_sheets(tmp_path / "xuat" / "phieu.csv", sheets, banner=as_of("2023-04-30"))
    write(tmp_path / "xuat" / "ho-so.csv", [case(), case(unit="Xã Ba")], banner=as_of("2023-04-30"))
    assert load(tmp_path / "xuat")["exit"] == 0
    app = opened("unit", root="R", kind="commune", units="x3", **{"from": "2023-03-01", "to": "2023-03-31"})
    assert row(app, "Hài lòng")[1] == "ẩn"
    assert said("hover.hidden") in words(app)
    assert "9 phiếu" not in words(app)
    assert "9 hài lòng" not in words(app)
    assert "<img" not in next(
        line for item in app.get("html") for line in item.proto.body.split("<tr>") if ">Hài lòng<" in line
    )


@pytest.mark.parametrize("parameters", [{}, {"kind": "all"}, {"units": f"{LATE},{SMALL}"}])
def test_without_one_unit_there_is_a_box_that_leads_to_one(small_district, parameters):
    app = opened("unit", **parameters)
    assert page_title(app) == "Hồ sơ đơn vị"
    assert tables(app) == []
    open_boxes(app, "here-units-button")
    app.text_input(key="here-units-search").input("cu lao sen").run()
    app.button_group(key="here-units").set_value(SMALL).run()
    assert not app.exception
    assert app.query_params["units"] in (SMALL, [SMALL])


def test_an_empty_period_still_lists_what_needs_action(small_district):
    app = profile(LATE, **{"from": "2019-01-01", "to": "2019-03-31"})
    assert page_title(app) == "Xã An Thuận Tây"
    assert said("empty.see_latest") in words(app)
    assert said("unit_profile.cases_soon", n="2") in words(app)
    assert "0,0 %" not in words(app)
