"""Mô hình's own part of the address, and the portfolio of places whose models nobody planted."""

import pytest

from tests.helpers.districts import loaded
from tests.helpers.model_pages import page, specs, table, title
from tests.helpers.page_words import headings, markup, open_boxes, said, warned, words
from tests.helpers.pages import seen

GOOD = "Một cửa đồng hành cùng người dân"


def button(app, key):
    return next(each for each in app.get("button_group") if each.key == key)


def test_the_address_names_model_and_outcome(small_district):
    app = page(model="ngay-khong-hen", outcome="on_time")
    assert title(app).startswith("Ngày không hẹn: ")
    assert title(app).endswith("đúng hạn")
    assert not app.warning
    assert (button(app, "choice-model").value, button(app, "choice-outcome").value) == ("ngay-khong-hen", "on_time")


@pytest.mark.parametrize(
    ("parameters", "named"),
    [({"model": "khong-co"}, "khong"), ({"outcome": "volume"}, "volume"), ({"model": "hn-thu-bay"}, "hn")],
)
def test_what_there_is_not_is_named_and_the_default_shown(small_district, parameters, named):
    app = page(**parameters)
    assert title(app).startswith(f"{GOOD}: ")
    assert named in warned(app)
    assert len(app.warning) == 1
    assert "hài lòng" in title(app)


def test_a_pill_writes_the_address_and_keeps_the_question(small_district):
    app = page(units="xa-an-thuan-tay", kind="commune", **{"from": "2024-01-01", "to": "2024-06-30"})
    button(app, "choice-model").set_value("ngay-khong-hen").run()
    assert not app.exception
    assert title(app).startswith("Ngày không hẹn")
    button(app, "choice-outcome").set_value("late").run()
    assert not app.exception
    asked = {name: app.query_params[name] for name in ("model", "outcome", "units", "kind", "from", "to")}
    assert [value[0] if isinstance(value, list) else value for value in asked.values()] == [
        "ngay-khong-hen", "late", "xa-an-thuan-tay", "commune", "2024-01-01", "2024-06-30",
    ]  # fmt: skip
    assert "trễ hạn" in title(app)
    assert not app.warning


def test_another_page_asks_no_model_and_says_nothing_of_it(small_district):
    app = page(model="ngay-khong-hen", outcome="on_time", units="xa-an-thuan-tay")
    # As the menu does: an address without parameters.
    app.query_params.clear()
    app.switch_page("pages/lateness.py").run()
    assert not app.exception
    assert not app.warning
    assert "units=xa-an-thuan-tay" in markup(app)


def test_the_page_itself_keeps_no_stale_parameter(small_district):
    assert "model" in warned(seen("lateness", model="ngay-khong-hen"))


def test_another_root_drops_the_model(nb_kc_ta):
    app = page(root="TA", model="cong-so-than-thien", outcome="late")
    open_boxes(app, "choice-more")
    app.selectbox(key="choice-root").set_value("NB").run()
    assert not app.exception
    assert "model" not in app.query_params
    assert "outcome" not in app.query_params
    assert title(app).startswith("Giúp dân thực hiện các thủ tục hành chính")
    assert not app.warning


def test_models_in_effect_at_hong_ngu_are_as_many_as_published(hn_tl):
    app = page(root="HN")
    assert said("models.timeline_title", year="2023", n="15", year_before="2022", before="12") in headings(app)
    rows = table(app, "Đang làm", "Chậm")
    assert len(rows) == 15
    assert str(specs(app)["dong-thoi-gian"]).count("Ký ngay tại bàn") >= 1


def test_the_pilot_of_thuan_an_stands_against_its_plan(nb_kc_ta):
    app = page(root="TA")
    for row in table(app, "Đang làm", "Chậm"):
        # Three pilots since 2014; the other twelve are planned for 2020, after the data.
        assert row[3:7] == ["3", "3", "0", "15"]


def test_a_plan_that_is_behind_is_counted(tmp_path):
    rows = "m,x1,2023-01-01,2023-01-01,\nm,x2,2023-01-01,,\nm,x3,2023-06-01,,\nm,x4,2025-01-01,,\n"
    loaded(tmp_path, rows + "n,x5,,2023-06-01,2023-09-01\n")
    app = page(kind="commune")
    assert {row[0]: row[3:7] for row in table(app, "Đang làm", "Chậm")} == {
        "Mô hình một": ["1", "3", "2", "4"],
        "Mô hình hai": ["0", "1", "0", "1"],
    }
    assert any(each.startswith("2 ") or "hai" in each.lower() for each in headings(app) if "chậm" in each)


def test_no_model_says_how_to_declare_one(hn_tl):
    app = page(root="TL", kind="all")
    assert "adoptions.csv" in words(app)
    assert not app.get("plotly_chart")


def test_english_has_english_words(nb_kc_ta):
    app = page(root="NB", lang="en")
    assert "cannot tell" in title(app)
    assert "cannot be separated from other changes" in words(app)
