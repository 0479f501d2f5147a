"""Every page through the dashboard, on data loaded for real: what stands there, and what does not."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import plotly.graph_objects as go
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from comparison.measures import case_lists, known, measure
from comparison.scope import Period, Viewer, default_scope
from comparison.wording import say
from tests.helpers.examples import add_profile, answer, as_of, case, load, office, write, write_sheets
from tests.helpers.page_words import headings, markup, page_title, said, warned, words
from tests.helpers.pages import (
    HN,
    NOTHING,
    PAGES,
    PATHS,
    chosen_cell,
    figures,
    opened,
    opened_from_menu,
    seen,
    tile_values,
)
from warehouse.snapshots import open_snapshot


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"lang": "en"},
        NOTHING,
        {"kind": "all", "on_time": "resolved"},
        {"kind": "department", "on_time": "first_due", "compare": "previous"},
        {"units": "xa-cu-lao-sen"},
        {"units": "xa-an-thuan-tay", "fields": "dat-dai", "channels": "online"},
        {"from": "2021-01-01", "to": "2025-06-30"},
        {"from": "2025-06-05", "to": "2025-12-31"},
    ],
    ids=lambda parameters: "&".join(f"{name}={value}" for name, value in parameters.items()) or "default",
)
def test_every_page_answers_every_question(small_district, page, parameters):
    app = seen(page, **parameters)
    assert page_title(app)


@pytest.mark.parametrize("page", PATHS)
def test_the_menu_leads_to_every_page(small_district, page):
    app = opened_from_menu(page)
    assert page_title(app) == page_title(seen(page))


@pytest.mark.parametrize("page", ["overview", "volume", "lateness", "satisfaction", "models", "data"])
@pytest.mark.parametrize("root", ["NB", "KC", "TA"])
def test_every_page_answers_for_each_root(nb_kc_ta, root, page):
    app = opened(page, root=root)
    assert page_title(app)
    assert app.query_params["root"] == root


def test_hong_ngu_reconciles_on_the_page(hn_tl):
    app = seen("overview", **HN)
    assert (
        "9.998 nhận giải quyết = 3.455 trực tuyến + 6.048 trực tiếp + 495 kỳ trước = 9.645 đã giải quyết "
        "(8.244 trước hạn, 1.371 đúng hạn, 30 trễ hạn) + 0 không kết quả + 353 đang giải quyết + 0 chưa đối chiếu được"
    ) in words(app)
    assert said("finding.reconciled") in words(app)
    assert page_title(app).endswith("số hồ sơ trễ là đất đai")
    assert (tile_values(app)[4], said("overview.none_yet") in words(app)) == ("–", True)


def test_hong_ngu_on_time_as_the_form_counts(hn_tl):
    app = seen("overview", **HN, on_time="resolved")
    assert tile_values(app)[:2] == ["9.645", "99,7 %"]


def test_nothing_stands_out_in_thanh_loi(hn_tl):
    app = seen("lateness", root="TL", **{"from": "2017-01-01", "to": "2017-04-28"})
    assert page_title(app) == say("vi", "finding.none_late", n="412")
    assert said("empty.nothing_stands_out") in headings(app)
    overview = seen("overview", root="TL", **{"from": "2017-01-01", "to": "2017-04-28"})
    assert said("findings_block.nothing") in headings(overview)
    assert tile_values(overview)[1] == "100,0 %"


@pytest.mark.parametrize("period", [NOTHING, {"from": "2030-01-01", "to": "2030-01-31"}], ids=["before", "after"])
def test_an_empty_period_says_so_and_leads_back(small_district, period):
    for page in PAGES[:4]:
        text = words(seen(page, **period))
        assert "0,0 %" not in text
        assert "100 %" not in text
        assert said("empty.see_latest") in text
    assert said("overview.none_yet") in words(seen("overview", **period))
    for page in PAGES[4:]:
        seen(page, **period)


def test_what_was_never_loaded_or_is_filtered_out_is_told_apart(hn_tl):
    never = words(seen("satisfaction", **HN))
    assert said("empty.never_loaded") in never
    assert said("empty.see_latest") not in never


def test_a_filter_that_fits_nothing_says_so(small_district):
    text = words(seen("lateness", fields="giao-thong"))
    assert said("empty.filtered_out") in text
    assert said("empty.see_latest") not in text


def test_the_lateness_map_has_every_commune_land_first(small_district):
    app = seen("lateness")
    heat = figures(app)[0]["layout"]
    assert heat["xaxis"]["ticktext"][0] == "Đất đai"
    there = known(open_snapshot())
    rows = heat["yaxis"]["ticktext"]
    assert len(rows) == len(there.units_of("district", "commune"))
    assert rows[0].startswith("P.")
    assert rows[-1].startswith("X.")


def fact_tables(app: AppTest) -> list[pl.DataFrame]:
    """Every table of facts on the page, as text."""
    found = []
    for html in (item.proto.body for item in app.get("html") if 'class="facts"' in item.proto.body):
        heads = [unescape(head) for head in re.findall(r"<th [^>]*>(.*?)</th>", html)]
        rows = [[unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in html.split("<tr>")[2:]]
        found.append(pl.DataFrame(rows, schema=heads, orient="row"))
    return found


def case_rows(app: AppTest) -> pl.DataFrame:
    """The cases of the cell: the only list that says what became of each."""
    return next(table for table in fact_tables(app) if "Tình trạng" in table.columns)


def test_a_cell_leads_to_procedures_and_to_cases_with_file_and_row(small_district):
    warehouse = open_snapshot()
    scope = default_scope(known(warehouse)).with_(units=("xa-an-thuan-tay",), fields=("dat-dai",))
    whole = measure(warehouse, scope, Viewer(), "late").row(0, named=True)
    app = chosen_cell(opened("lateness"), "xa-an-thuan-tay", "dat-dai")
    cases = case_rows(app)
    assert len(cases) == whole["denominator"]
    late = [say("vi", "cases.late"), say("vi", "cases.overdue")]
    assert cases["Tình trạng"].is_in(late).sum() == whole["numerator"]
    assert cases["Tình trạng"][0] in late
    assert (cases["Tệp xuất"].str.len_chars() > 0).all()
    assert (cases["Dòng"].cast(pl.Int64) > 1).all()
    procedures = measure(warehouse, scope, Viewer(), "late", ("procedure",))
    one = procedures.filter(procedures["denominator"] > 0).row(0, named=True)
    app.selectbox(key="choice-cell_procedure").set_value(one["procedure"]).run()
    cases = case_rows(app)
    assert set(cases["Thủ tục"]) == {one["procedure_name"]}
    assert len(cases) == one["denominator"]
    # The way there stands in the address, and leads there again.
    link = dict(app.query_params)
    assert (link["cell_unit"], link["cell_field"]) == ("xa-an-thuan-tay", "dat-dai")
    again = opened("lateness", **link)
    assert not again.warning
    assert case_rows(again).equals(cases)
    unknown = opened("lateness", **link | {"cell_unit": "xa-khong-co"})
    assert "xa-khong-co" in warned(unknown)
    assert unknown.selectbox(key="choice-cell_unit").value is None


def test_a_link_to_a_cell_opens_it(small_district):
    app = seen("lateness", units="xa-an-thuan-tay", fields="dat-dai")
    assert app.selectbox(key="choice-cell_unit").value == "xa-an-thuan-tay"
    assert app.selectbox(key="choice-cell_field").value == "dat-dai"
    assert said("lateness.cases_title") in headings(app)


@pytest.mark.parametrize(
    ("on_time", "name"), [("due", "late"), ("resolved", "on_time_resolved"), ("first_due", "on_time_first_due")]
)
@pytest.mark.parametrize(
    "changes", [{}, {"fields": ("dat-dai",), "channels": ("online",)}, {"units": ("mot-cua-huyen",)}]
)
def test_a_case_list_holds_exactly_what_its_measure_counts(small_district, on_time, name, changes):
    warehouse = open_snapshot()
    usual = default_scope(known(warehouse)).with_(kind=None, on_time=on_time, **changes)
    for period in (Period(date(2025, 4, 1), date(2025, 6, 30)), Period(date(2023, 3, 5), date(2023, 5, 7))):
        scope = usual.with_(period=period)
        found = measure(warehouse, scope, Viewer(), name).row(0, named=True)
        cases = case_lists.late_cases(warehouse, scope, Viewer(), most=100_000)
        late = found["numerator"] if name == "late" else found["denominator"] - found["numerator"]
        assert cases.in_all == cases.rows.height == found["denominator"] > 0
        assert cases.rows.filter(cases.rows["days_late"].is_not_null()).height == late
        overdue = case_lists.overdue_cases(warehouse, scope, Viewer())
        assert overdue.in_all == measure(warehouse, scope, Viewer(), "overdue_open")["numerator"].sum()


def test_a_long_list_says_how_many_there_are(small_district):
    warehouse = open_snapshot()
    scope = default_scope(known(warehouse)).with_(period=Period(date(2021, 1, 1), date(2025, 6, 30)))
    cases = case_lists.late_cases(warehouse, scope, Viewer())
    assert cases.rows.height == case_lists.MOST_LISTED < cases.in_all


def small_office(tmp_path: Path) -> None:
    """x1 has due dates and a case awaiting the applicant, x2 no due dates; a case of x3 is gone from a later file."""
    office()
    dated = [case(finished_at=date(2023, 3, 9), status="finished") for _ in range(29)]
    undated = [case(unit="Xã Hai", due_at=None, finished_at=date(2023, 3, 9), status="finished") for _ in range(30)]
    awaiting = case(status="awaiting_supplement")
    gone, kept = case(case_code="VANG", unit="Xã Ba"), case(unit="Xã Ba")
    first = write(tmp_path / "mot.csv", [*dated, case(), awaiting, *undated, gone, kept], banner=as_of("2023-04-15"))
    later = write(tmp_path / "hai.csv", [kept], banner=as_of("2023-04-30"))
    assert load(first, later)["exit"] == 0


def test_a_unit_without_due_dates_has_no_rate(tmp_path):
    small_office(tmp_path)
    asked = {"kind": "commune", "from": "2023-03-01", "to": "2023-03-31"}
    app = opened("lateness", **asked)
    assert said("lateness.undated", units="X. Hai") in words(app)
    heat = figures(app)[0]
    row = heat["layout"]["yaxis"]["ticktext"].index("X. Hai")
    assert [text for text in heat["data"][0]["text"][row] if text and ">–<" not in text] == []
    no_data = say("vi", "lateness.no_data")
    assert any(f"X. Hai – Hộ tịch<br>{no_data}; 30 hồ sơ" in text for text in heat["data"][1]["hovertext"])
    table = next(
        html for html in (item.proto.body for item in opened("overview", **asked).get("html")) if "X. Hai" in html
    )
    cells = table.split("X. Hai</a>")[1].split("</tr>")[0]
    assert no_data in cells
    assert "%" not in cells


def test_open_cases_that_the_newest_file_lacks_stand_beside_the_overdue(tmp_path):
    small_office(tmp_path)
    app = opened("lateness", kind="commune", **{"from": "2023-03-01", "to": "2023-04-30"})
    assert said("lateness.overdue_title", n="3", day="30/04/2023") in words(app)
    assert said("lateness.absent_title", n="1") in words(app)
    assert [list(table["Mã hồ sơ"]) for table in fact_tables(app) if "Mã hồ sơ" in table.columns][-1] == ["VANG"]


def test_survey_answers_under_five_are_hidden_everywhere(tmp_path):
    office()
    sheets = [answer() for _ in range(30)] + [answer(unit="Xã Hai", score=1) for _ in range(4)]
    write_sheets(tmp_path / "xuat" / "phieu.csv", sheets, banner=as_of("2023-04-30"))
    write(tmp_path / "xuat" / "ho-so.csv", [case()], banner=as_of("2023-04-30"))
    assert load(tmp_path / "xuat")["exit"] == 0
    asked = {"kind": "commune", "from": "2023-03-01", "to": "2023-03-31"}
    app = opened("satisfaction", **asked)
    notes = [note["text"] for note in figures(app)[0]["layout"]["annotations"]]
    assert sum("ẩn" in note for note in notes) == 2
    assert not any("n&lt;5" in note for note in notes)
    alone = opened("satisfaction", **asked, units="x2")
    assert page_title(alone) == "X. Hai: hài lòng"
    assert said("source.hidden") in words(alone)
    assert "n = 0 phiếu" not in words(alone)
    assert said("satisfaction.all_hidden") in words(alone)
    assert tile_values(opened("overview", **asked, units="x2"))[4] == "n<5"


def test_a_cell_stands_out_whatever_is_selected(small_district):
    years = {"from": "2021-01-01", "to": "2025-06-30"}
    named = "X. An Thuận Tây trễ"
    everyone = [line for line in words(seen("overview", **years)).splitlines() if named in line]
    alone = words(seen("overview", **years, units="xa-an-thuan-tay", fields="dat-dai")).splitlines()
    assert everyone
    assert everyone == [line for line in alone if named in line]


def test_stale_choices_give_way_when_the_scope_no_longer_shows_them(small_district):
    app = chosen_cell(opened("lateness"), "xa-an-thuan-tay", "dat-dai")
    app.query_params["units"] = "xa-tan-loc-trung"
    app.run()
    assert not app.exception
    assert app.selectbox(key="choice-cell_unit").value == "xa-tan-loc-trung"


def test_a_period_beyond_the_data_is_neither_zero_nor_up_to_its_end(small_district):
    before = seen("overview", **NOTHING)
    assert tile_values(before) == ["–"] * 5
    assert "nhận giải quyết =" not in words(before)
    assert "quá hạn" not in words(seen("lateness", **NOTHING)).replace("đã quá ngày hẹn", "")
    assert "không gắn với từng hồ sơ" not in words(seen("satisfaction", **NOTHING))
    after = {"from": "2025-06-01", "to": "2025-12-31"}
    assert said("overview.column_on_day", day="30/06/2025") in words(seen("overview", **after))
    assert "cuối ngày 30/06/2025" in words(seen("lateness", **after))
    compared = said(
        "compare.periods_unfinished",
        days="30", period="01/06–31/12/2025", range="01/06–30/06/2025",
        other_days="30", other="01/06–31/12/2024", other_range="01/06–30/06/2024",
    )  # fmt: skip
    assert compared in words(seen("volume", **after))


def test_the_part_reconciled_is_named_by_all_that_narrows_it(small_district):
    text = words(seen("overview", units="xa-an-thuan-tay", fields="dat-dai", channels="online"))
    assert "Trong đó X. An Thuận Tây; Đất đai; Trực tuyến:" in text
    whole, part = re.findall(r": ([\d.]+) nhận giải quyết = [\d.]+ trực tuyến \+ ([\d.]+) trực tiếp", text)
    assert int(part[0].replace(".", "")) < int(whole[0].replace(".", ""))
    assert part[1] == "0" != whole[1]
    assert "Trong đó" not in words(seen("overview", kind="all"))


def test_a_unit_that_owes_nothing_is_zero_overdue(hn_tl):
    app = seen("overview", root="TL", **{"from": "2017-01-01", "to": "2017-04-28"})
    assert "<td><b>0</b></td>" in markup(app)


def test_an_unfinished_period_counts_on_both_sides_what_every_source_covers(tmp_path):
    office()
    add_profile("muon", source="muon", recognise_text=["Phần mềm muộn"])
    days = [date(2023, month, day) for month in (1, 2, 4, 5) for day in range(1, 29)]
    rows = [case(received_at=day, due_at=day, finished_at=day, status="finished") for day in days]
    load(
        write(tmp_path / "som.csv", rows, banner=as_of("2023-05-10")),
        write(tmp_path / "muon.csv", rows, banner=["Phần mềm muộn", *as_of("2023-05-31")]),
    )
    asked = {"kind": "all", "from": "2023-04-01", "to": "2023-06-30"}
    # Both up to 10/05, which the earlier source cannot judge yet: its data end with that day.
    assert tile_values(opened("overview", **asked, compare="previous"))[0] == str((28 + 10) + (28 + 9))
    alone = opened("overview", **asked, compare="none")
    assert tile_values(alone)[0] == str((28 + 28) + (28 + 9))


@pytest.mark.parametrize("page", PAGES)
def test_what_is_drawn_is_valid_to_plotly(district, page):
    # The page sends it as it stands; plotly refuses a property that it does not know.
    for figure in figures(seen(page)):
        assert go.Figure(figure).data
