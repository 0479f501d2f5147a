"""Launches, ends and reviews of models stand on the time charts of the units that have them, and of no others."""

import re
from datetime import date
from typing import Any

import pytest

from comparison.figures.marks import marks
from comparison.forms.marks import Mark, Place, draw_marks
from comparison.forms.tokens import tokens
from comparison.measures import known
from comparison.question import Question
from comparison.scope import Period, Viewer, default_scope
from tests.helpers.examples import add_reference, as_of, case, load, office, write
from tests.helpers.page_words import htmls, said, words
from tests.helpers.pages import figures, seen
from warehouse.snapshots import open_snapshot

ADOPTER, OTHER = "xa-my-khanh-thuong", "xa-an-thuan-tay"
AROUND_LAUNCH = {"root": "district", "from": "2023-08-01", "to": "2024-06-30"}


def marked(figure: dict[str, Any]) -> list[str]:
    return [note["text"] for note in figure["layout"].get("annotations", ()) if "hovertext" in note]


def view_of(*units: str) -> Question:
    warehouse = open_snapshot()
    there = known(warehouse)
    scope = default_scope(there).with_(units=units, kind=None, period=Period(date(2023, 1, 1), date(2023, 6, 30)))
    return Question(warehouse, scope, Viewer(), "vi")


def test_volume_marks_the_launch_of_an_adopting_unit(small_district):
    app = seen("volume", units=ADOPTER, **AROUND_LAUNCH)
    bearing = [figure for figure in figures(app) if marked(figure)]
    assert [marked(figure) for figure in bearing] == [["Bắt đầu: Một cửa đồng hành…"]] * 3, "months, channels, stock"
    months = bearing[0]
    ticks = dict(zip(months["layout"]["xaxis"]["tickvals"], months["layout"]["xaxis"]["ticktext"], strict=True))
    line = next(shape for shape in months["layout"]["shapes"] if shape["y0"] == 0)
    assert ticks[line["x0"] + 0.5] == "01/2024", "on bars the month's left edge"
    hover = next(note["hovertext"] for note in months["layout"]["annotations"] if "hovertext" in note)
    assert hover == "Một cửa đồng hành cùng người dân: bắt đầu từ 01/01/2024"


def test_volume_of_a_unit_without_models_then_has_no_mark(small_district):
    app = seen("volume", units=OTHER, **AROUND_LAUNCH)
    assert [marked(figure) for figure in figures(app)] == [[]] * len(figures(app))
    assert "Vạch đứng: mô hình bắt đầu" not in words(
        seen("overview", units=OTHER, **AROUND_LAUNCH | {"to": "2025-06-30", "from": "2025-04-01"})
    )


def test_the_whole_district_says_how_many_units(small_district):
    app = seen("volume", kind="commune", **AROUND_LAUNCH)
    assert marked(figures(app)[0]) == ["Một cửa đồng hành…: 4 đơn vị"]


def test_tiles_mark_the_launch_without_words(small_district):
    app = seen("overview", units=ADOPTER, **AROUND_LAUNCH)
    pictures = re.findall("<img[^>]*>", next(html for html in htmls(app) if "ds-tiles" in html))
    assert len(pictures) == 5
    assert all("cùng người dân: bắt đầu từ 01/01/2024" in picture for picture in pictures)
    assert said("overview.tiles_marks") in words(app)


@pytest.fixture
def several(tmp_path):
    """Three models of one month, one that ends, an interim review of one; x1 has all, x2 the first from a later day."""
    office()
    add_reference(
        "models",
        "code,name,purpose,responsible\nmot,Mô hình một,,\nhai,Mô hình hai,,\nba,Tiếp nhận tại nhà người già yếu,,\n",
    )
    add_reference(
        "adoptions",
        "model,unit,planned_from,from,to\nmot,x1,,2023-02-01,\nmot,x2,,2023-02-20,\nhai,x1,,2023-02-10,2023-05-01\n"
        "ba,x1,,2023-03-01,\nba,x3,2023-04-01,,\n",
    )
    add_reference("reviews", "review,model,kind,held_on,title\nmot-1,mot,interim,2023-04-15,Sơ kết\n")
    write(tmp_path / "xuat" / "ho-so.csv", [case()], banner=as_of("2023-06-30"))
    assert load(tmp_path / "xuat")["exit"] == 0


def test_models_of_one_month_share_a_mark(several):
    assert marks(view_of()) == (
        Mark(
            "2023-02",
            "2 mô hình bắt đầu",
            "Mô hình một: 2 đơn vị bắt đầu từ 01/02/2023\nMô hình hai: 1 đơn vị bắt đầu từ 10/02/2023",
            "launch",
        ),
        Mark(
            "2023-03",
            "Tiếp nhận tại nhà…: 1 đơn vị",
            "Tiếp nhận tại nhà người già yếu: 1 đơn vị bắt đầu từ 01/03/2023",
            "launch",
        ),
        Mark(
            "2023-04",
            "Sơ kết: Mô hình một",
            "Mô hình một: sơ kết ngày 15/04/2023, 2 đơn vị đã làm",
            "interim",
            "Sơ kết",
        ),
        Mark("2023-05", "Mô hình hai: 1 đơn vị thôi", "Mô hình hai: 1 đơn vị thôi làm từ 01/05/2023", "end"),
    )


def test_marks_of_one_unit_name_the_model_alone(several):
    assert [(mark.month, mark.text, mark.hover) for mark in marks(view_of("x2"))] == [
        ("2023-02", "Bắt đầu: Mô hình một", "Mô hình một: bắt đầu từ 20/02/2023"),
        ("2023-04", "Sơ kết: Mô hình một", "Mô hình một: sơ kết ngày 15/04/2023"),
    ]
    assert marks(view_of("x3")) == (), "planned, and not begun"


def test_marks_can_be_asked_of_another_scope(several):
    v = view_of("x3")
    assert [mark.text for mark in marks(v, v.scope.with_(units=("x1",)))][-1] == "Kết thúc: Mô hình hai"


def test_a_model_is_named_at_its_first_review_and_not_again():
    months = ["2024-01", "2024-02", "2024-03"]
    place = Place(months, x_of_first=0, bounds=(0, 2), width=900, height=200, right=100, highest=1)
    own, other = "Sơ kết: Mô hình một", "Sơ kết: Mô hình hai"
    named = zip(months, (own, own, other), strict=True)
    drawn = draw_marks([Mark(month, text, text, "interim", "Sơ kết") for month, text in named], place, tokens("light"))
    labels = sorted(drawn.annotations, key=lambda label: label["x"])
    assert [label["text"] for label in labels] == [own, "Sơ kết", other]
