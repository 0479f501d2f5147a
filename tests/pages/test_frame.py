"""The frame of the dashboard: what a link shows, what widgets write to it, and what is said when it cannot be shown."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import fastexcel
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from comparison.figures.numbers import Numbers, as_text, measured
from comparison.frame.about import about
from comparison.frame.workbook import workbook
from comparison.measures import catalogue, known, lists, measure
from comparison.scope import Period, Viewer, default_scope
from comparison.wording.texts import label
from tests.helpers.examples import as_of, case, load, office, write
from tests.helpers.page_words import notes, open_boxes, page_title, said, warned, words
from tests.helpers.pages import address, opened, view_of
from tests.helpers.states import publish_copy, show
from warehouse import snapshots
from warehouse.snapshots import open_snapshot

DEFINITIONS = "definitions"
HN = {"root": "HN", "from": "2023-01-01", "to": "2023-04-30"}
HN_PERIOD = Period(date(2023, 1, 1), date(2023, 4, 30))


def dashboard(page: str = DEFINITIONS, **parameters: str) -> AppTest:
    return opened(page, **parameters)


def test_a_link_becomes_the_scope_and_the_boxes_show_it(hn_tl: Path) -> None:
    app = dashboard(**HN, compare="none")
    assert view_of(app).scope.period == HN_PERIOD
    assert app.selectbox(key="choice-period").value == HN_PERIOD
    assert app.selectbox(key="choice-compare").value == "none"
    assert not app.warning


def test_choosing_writes_the_whole_link(hn_tl: Path) -> None:
    app = dashboard(**HN)
    app.selectbox(key="choice-compare").select("previous").run()
    assert address(app) == {**HN, "compare": "previous", "kind": view_of(app).scope.kind or "all"}
    assert view_of(app).scope.compare == "previous"


def test_a_box_follows_when_the_address_goes_back(hn_tl: Path) -> None:
    app = dashboard(**HN, compare="year")
    app.selectbox(key="choice-compare").select("previous").run()
    app.query_params["compare"] = "year"
    app.run()
    assert app.selectbox(key="choice-compare").value == "year"
    assert view_of(app).scope.compare == "year"


def test_a_page_opened_from_the_menu_keeps_the_question(hn_tl: Path) -> None:
    app = dashboard(**HN, compare="none", lang="en")
    asked = view_of(app).scope
    app.query_params.clear()
    app.switch_page("pages/data.py").run()
    assert view_of(app).scope == asked
    assert view_of(app).language == "en"


def test_a_bare_address_shows_the_default(hn_tl: Path) -> None:
    v = view_of(dashboard())
    assert v.scope == default_scope(v.known)


def test_reset_asks_the_default_of_the_same_root(hn_tl: Path) -> None:
    app = dashboard(**HN, compare="none", channels="online")
    app.button(key="choice-reset").click().run()
    v = view_of(app)
    assert v.scope == default_scope(v.known, "HN")


def test_another_root_takes_its_own_defaults_but_keeps_the_comparison(hn_tl: Path) -> None:
    app = dashboard(**HN, compare="previous")
    open_boxes(app, "choice-more")
    app.selectbox(key="choice-root").select("TL").run()
    v = view_of(app)
    assert v.scope == default_scope(v.known, "TL").with_(compare="previous")


def test_units_are_found_without_accents_and_chosen(small_district: Path) -> None:
    app = dashboard(**{"from": "2024-01-01", "to": "2024-12-31"})
    open_boxes(app, "choice-units-button")
    everything = app.button_group(key="choice-units").options
    app.text_input(key="choice-units-search").input("dong hoa").run()
    found = app.button_group(key="choice-units")
    assert list(found.options) == [label("X. Đông Hòa Thượng")]
    assert len(everything) > 1
    found.set_value(["xa-dong-hoa-thuong"]).run()
    assert view_of(app).scope.units == ("xa-dong-hoa-thuong",)
    assert address(app)["units"] == "xa-dong-hoa-thuong"


def test_another_kind_of_unit_drops_the_chosen_units(small_district: Path) -> None:
    app = dashboard(units="xa-dong-hoa-thuong")
    assert view_of(app).scope.kind == "commune"
    open_boxes(app, "choice-units-button")
    app.button_group(key="choice-kind").set_value("department").run()
    assert (view_of(app).scope.kind, view_of(app).scope.units) == ("department", ())


def test_one_click_takes_all_of_a_kind_or_the_peers_of_a_unit(small_district: Path) -> None:
    app = dashboard(kind="all", units="xa-dong-hoa-thuong")
    open_boxes(app, "choice-units-button")
    app.button(key="choice-peers").click().run()
    assert (view_of(app).scope.kind, view_of(app).scope.units) == ("commune", ())
    assert "choice-peers" not in {button.key for button in app.button}
    open_boxes(app, "choice-units-button")
    app.button_group(key="choice-kind").set_value("all").run()
    assert view_of(app).scope.kind is None


def test_every_filter_beside_period_and_units_is_a_chip_that_lets_go_of_it(small_district: Path) -> None:
    app = dashboard(fields="dat-dai,ho-tich,xay-dung", channels="online", on_time="resolved")
    chips = {button.key: button.label for button in app.button if button.key and button.key.startswith("chip-")}
    assert chips == {
        "chip-fields": said("filter.fields_chosen", n="3"),
        "chip-channels": said("channel.online"),
        "chip-on_time": label(said("on_time.resolved")),
    }
    app.button(key="chip-fields").click().run()
    assert view_of(app).scope.fields == ()
    assert "fields" not in address(app)
    app.button(key="chip-channels").click().run()
    app.button(key="chip-on_time").click().run()
    assert view_of(app).scope == default_scope(view_of(app).known)
    assert not [button for button in app.button if button.key and button.key.startswith("chip-")]


def test_two_changes_that_come_at_once_are_both_made(small_district: Path) -> None:
    app = dashboard(fields="dat-dai,ho-tich", channels="online", on_time="resolved")
    app.button(key="chip-fields").click()
    app.button(key="chip-channels").click().run()
    scope = view_of(app).scope
    assert (scope.fields, scope.channels, scope.on_time) == ((), (), "resolved")
    assert not {"fields", "channels"} & address(app).keys()


def test_a_choice_made_for_another_address_than_the_pages_is_none(small_district: Path) -> None:
    app = dashboard(fields="dat-dai", compare="year")
    app.selectbox(key="choice-compare").select("previous").run()
    assert address(app)["compare"] == "previous"
    # Back was pressed twice: the browser sends what a box showed in between.
    app.query_params["compare"], app.query_params["fields"] = "none", "ho-tich"
    app.selectbox(key="choice-compare").select("year").run()
    assert (view_of(app).scope.compare, view_of(app).scope.fields) == ("none", ("ho-tich",))
    assert app.selectbox(key="choice-compare").value == "none"
    app.selectbox(key="choice-compare").select("year").run()
    assert address(app)["compare"] == "year"


def test_the_root_itself_is_no_choice_of_units(small_district: Path) -> None:
    app = open_boxes(dashboard(), "choice-units-button")
    assert "district" in view_of(app).known.kinds_of("district")
    assert "Toàn địa bàn" not in app.button_group(key="choice-kind").options
    named = open_boxes(dashboard(kind="district"), "choice-units-button")
    assert named.button_group(key="choice-kind").value == "district"


def test_procedures_are_found_without_accents(small_district: Path) -> None:
    app = open_boxes(dashboard(), "choice-more")
    app.text_input(key="choice-procedures-search").input("dang ky khai sinh").run()
    assert any("khai sinh" in option for option in app.button_group(key="choice-procedures").options)
    app.text_input(key="choice-procedures-search").input("khong co dau").run()
    assert said("filter.no_match") in notes(app)


def test_two_dates_make_a_period_of_its_own(hn_tl: Path) -> None:
    app = dashboard(**HN)
    assert "choice-from" not in {each.key for each in app.text_input}
    app.selectbox(key="choice-period").select("custom").run()
    assert app.text_input(key="choice-from").value == "01/01/2023"
    app.text_input(key="choice-from").input("15/2/2023").run()
    assert view_of(app).scope.period == Period(date(2023, 2, 15), date(2023, 4, 30))
    for written, told in (
        ("15/05/2023", said("period.ends_before_start")),
        ("31/02/2023", said("period.no_date", text="31/02/2023")),
        ("2023-02-01", said("period.no_date", text="2023-02-01")),
        ("01/01/1999", said("period.impossible_date", text="01/01/1999")),
        ("", said("period.no_date", text="")),
    ):
        app.text_input(key="choice-from").input(written).run()
        assert told in warned(app)
        assert view_of(app).scope.period == Period(date(2023, 2, 15), date(2023, 4, 30))
    # Another way to another period, such as Back, puts the two dates away.
    app.query_params["from"] = "2023-01-01"
    app.run()
    assert app.selectbox(key="choice-period").value == HN_PERIOD
    assert "choice-from" not in {each.key for each in app.text_input}


def test_parts_of_a_link_that_cannot_be_honoured_are_named(hn_tl: Path) -> None:
    app = dashboard(**{**HN, "to": "2023-04-31"}, units="xa-khong-co", mau="do", kind="[x](y)", lang="fr")
    told = warned(app)
    assert len(app.warning) == 1
    assert said("link.unreadable_date", parameter=said("parameter.to"), value="2023-04-31") in told
    assert "xa-khong-co" in told
    assert said("link.unknown_parameter", parameter="mau") in told
    assert "[x](y)" in told
    assert label("[x](y)") in app.warning[0].value
    assert said("link.unknown_value", parameter=said("parameter.lang"), value="fr") in told
    assert said("link.shown_instead", shown="Tiếng Việt") in told


def test_a_pruned_snapshot_is_named_and_the_nearest_kept_stays_pinned(hn_tl: Path) -> None:
    app = dashboard(**HN, snapshot="2000-01-01-a")
    v = view_of(app)
    assert said("changes.gone_snapshot", value="2000-01-01-a", day="01/01/2000") in warned(app)
    assert v.is_pinned
    assert v.link("tre-han").endswith(f"snapshot={v.warehouse.id}")


def test_what_stands_in_for_a_pruned_snapshot_can_be_read(tmp_path: Path, own_data: Path) -> None:
    office()
    old, new = (load(write(tmp_path / f"{n}.csv", [case()]))["snapshot"] for n in range(2))
    with duckdb.connect(str(snapshots.find(old).path)) as connection:
        connection.execute("update builds set schema_version = 0")
    app = dashboard(snapshot="2000-01-01-a")
    assert view_of(app).warehouse.id == new
    assert said("changes.gone_snapshot", value="2000-01-01-a", day="01/01/2000") in warned(app)
    # One that a link names is not silently another.
    named = dashboard(snapshot=old)
    assert page_title(named) == said("changes.too_old", snapshot=old)


def test_english_is_chosen_in_the_bar_and_goes_into_the_link(hn_tl: Path) -> None:
    app = dashboard(**HN)
    app.button(key="choice-language").click().run()
    assert address(app)["lang"] == "en"
    assert page_title(app) == "What each measure and word means"


def test_no_comparison_where_a_side_is_not_wholly_covered(hn_tl: Path) -> None:
    covered = view_of(dashboard(**HN, compare="none"))
    assert covered.compared is None
    assert covered.not_compared_why() == said("compare.not_asked")
    outside = view_of(dashboard(**HN, compare="year"))
    assert outside.known.root_of["HN"].covers_from > date(2022, 1, 1)
    assert outside.compared is None
    first, last = "01/01/2023", "30/04/2023"
    why = said("compare.not_covered", other="01/01–30/04/2022", covers_from=first, cut_off=last)
    assert outside.not_compared_why() == why
    long = view_of(dashboard(root="HN", **{"from": "2021-01-01", "to": "2023-04-30"}, compare="year"))
    assert long.not_compared_why() == said("compare.data_only", covers_from=first, cut_off=last)


def test_a_period_longer_than_a_year_has_no_year_before(small_district: Path) -> None:
    long = view_of(dashboard(**{"from": "2021-01-01", "to": "2022-12-31"}, compare="year"))
    assert long.not_compared_why() == said("compare.too_long")


def test_a_box_that_tells_what_it_shows_is_no_choice(small_district: Path) -> None:
    unit = "xa-dong-hoa-thuong"
    app = open_boxes(dashboard(root="district", kind="commune", units=unit), "choice-units-button")
    app.button_group(key="choice-kind").set_value("commune")
    told = app._tree.get_widget_states()
    # Of buttons a browser tells only the one that is pressed.
    kept = [each for each in told.widgets if not each.HasField("trigger_value")]
    del told.widgets[:]
    told.widgets.extend(kept)
    app.session_state["choice-units-button"] = False
    app.run()
    # The browser has not heard of that yet: the server, which has no such box now, takes what it tells for a change.
    app._run(told)
    assert address(app)["units"] == unit


def test_without_any_data_the_page_says_what_to_do(own_data: Path) -> None:
    app = dashboard()
    assert not app.exception
    assert page_title(app) == said("empty.no_warehouse")
    assert "python -m etl load" in words(app)


def test_where_every_row_was_rejected_the_page_says_how_to_see_why(own_data: Path) -> None:
    office()
    load(write(own_data.parent / "a.csv", [case(status="Đang chờ ký")], banner=as_of("2023-03-31")))
    app = dashboard()
    assert page_title(app) == said("empty.no_rows")
    assert "python -m etl rejected" in words(app)


def test_a_snapshot_of_an_older_program_offers_a_rebuild(
    hn_tl_folder: Path, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(hn_tl_folder, own_data, dirs_exist_ok=True, ignore=shutil.ignore_patterns("exports", "*.lock"))
    monkeypatch.setattr("warehouse.snapshots.SCHEMA_VERSION", 999)
    app = dashboard()
    assert not app.exception
    assert "python -m etl build" in words(app)


def test_a_snapshot_published_meanwhile_is_shown_on_the_next_run(hn_tl_folder: Path, own_data: Path) -> None:
    shutil.copytree(hn_tl_folder, own_data, dirs_exist_ok=True, ignore=shutil.ignore_patterns("exports", "*.lock"))
    app = dashboard(**HN)
    before = view_of(app).warehouse.id
    after = "2999-01-01-a"
    publish_copy(after, of=before)
    show(after)
    assert view_of(app.run()).warehouse.id == after
    assert view_of(dashboard(**HN, snapshot=before)).warehouse.id == before


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", ["data", DEFINITIONS])
def test_pages_show_without_an_error(small_district: Path, page: str, language: str) -> None:
    app = dashboard(page, lang=language)
    assert not app.exception
    assert page_title(app)


def test_rows_of_every_load_add_up_and_are_printed(small_district: Path) -> None:
    v = view_of(dashboard("data"))
    loads = lists.loads(v.warehouse, v.scope, v.viewer)
    fates = loads.select("new_rows", "newer_rows", "older_rows", "unchanged_rows", "rejected_rows").sum_horizontal()
    assert (loads["layout_rows"] + loads["data_rows"] == loads["rows"]).all()
    assert (fates == loads["data_rows"]).all()
    shown = " ".join(notes(dashboard("data")))
    assert f"{v.number(int(loads['rows'].sum()))} dòng =" in shown


def test_every_rejected_row_is_listed_with_what_to_do(small_district: Path) -> None:
    warehouse = open_snapshot()
    scope = default_scope(known(warehouse))
    rejections = lists.rejections(warehouse, scope, Viewer())
    rows = rejections.select("source_file", "sheet", "row_number").n_unique()
    assert rows == lists.loads(warehouse, scope, Viewer())["rejected_rows"].sum() > 0
    assert all(rejections["remedy"])


def test_faults_by_unit_count_what_the_warehouse_marked(small_district: Path) -> None:
    warehouse = open_snapshot()
    scope = default_scope(known(warehouse)).with_(kind=None)
    faults = lists.faults_by_unit(warehouse, scope, Viewer())
    marked = warehouse.read("select fault, count(*) as n from case_faults group by fault")
    assert {fault: faults[fault].sum() for fault in marked["fault"]} == dict(marked.iter_rows())
    one = faults["unit"][0]
    alone = lists.faults_by_unit(warehouse, scope.with_(units=(one,)), Viewer())
    assert alone.equals(faults.filter(pl.col("unit") == one))


def test_definitions_show_every_measure_and_search_without_accents(hn_tl: Path) -> None:
    app = dashboard()
    shown = "".join(element.proto.body for element in app.get("html"))
    assert all(f"measure {name}" in shown for name in catalogue())
    app.text_input(key="definition-search").input("thu xin loi").run()
    shown = "".join(element.proto.body for element in app.get("html"))
    assert "measure apology_share" in shown
    assert "measure received" not in shown


def test_numbers_are_written_out_in_the_language(hn_tl: Path) -> None:
    warehouse = open_snapshot()
    scope = default_scope(known(warehouse), "HN").with_(period=HN_PERIOD, compare="none", kind=None)
    numbers = measured("vi", "on_time_resolved", measure(warehouse, scope, Viewer(), "on_time_resolved", ("month",)))
    texts = as_text("vi", numbers)
    assert texts.columns[0] == "Tháng"
    assert texts["Tháng"].to_list() == ["01/2023", "02/2023", "03/2023", "04/2023"]
    assert texts["Đúng hạn theo biểu II.06"].str.ends_with("\N{NO-BREAK SPACE}%").all()


def test_a_workbook_holds_the_numbers_and_says_what_they_are() -> None:
    frame = pl.DataFrame(
        {"Đơn vị": ["=1+1", "X. Đông Hòa"], "Trễ hạn": [0.125, None], "Ngày": [date(2025, 6, 30), None]}
    )
    file = workbook(("Bảng số", "Giải thích"), frame, frozenset({"Trễ hạn"}), [("Kỳ xem", "Quý II/2025")])
    book = fastexcel.read_excel(file)
    assert book.sheet_names == ["Bảng số", "Giải thích"]
    sheet = book.load_sheet("Bảng số").to_polars()
    assert sheet["Đơn vị"].to_list() == ["'=1+1", "X. Đông Hòa"]
    assert sheet["Trễ hạn"].to_list() == [0.125, None]
    explained = book.load_sheet("Giải thích", header_row=None).to_polars()
    assert explained.rows() == [("Kỳ xem", "Quý II/2025")]
    assert file == workbook(("Bảng số", "Giải thích"), frame, frozenset({"Trễ hạn"}), [("Kỳ xem", "Quý II/2025")])


def test_a_table_of_another_question_says_which(small_district: Path) -> None:
    shown = view_of(dashboard())
    cell = shown.asking(shown.scope.with_(units=("xa-an-thuan-tay",), fields=("dat-dai",), compare="none"))
    lines = dict(about(cell, "Thủ tục của ô", Numbers(pl.DataFrame({"a": [1]}))))
    assert (lines["Đơn vị"], lines["Lĩnh vực"]) == ("Xã An Thuận Tây", "Đất đai")
    assert lines["So với"] == said("compare.not_asked")


def test_empty_cells_stay_empty() -> None:
    frame = pl.DataFrame({"a": [None, 1234], "b": [None, 0.5], "c": [None, True]})
    assert as_text("vi", Numbers(frame, frozenset({"b"}))).rows() == [
        ("", "", ""),
        ("1.234", "50,0\N{NO-BREAK SPACE}%", "có"),
    ]
