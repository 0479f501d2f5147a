"""Mô hình where nothing can be told: each page says in one sentence what cannot be concluded, and why."""

import re
from datetime import date

import pytest

from tests.helpers.districts import UNITS, loaded, reference
from tests.helpers.examples import as_of, case, load, office, write
from tests.helpers.model_pages import called, checked, page, sentences, specs, title
from tests.helpers.page_words import page_title, said, words

THREE = "m,x1,,2023-01-01,\nm,x2,,2023-01-01,\nm,x3,,2023-01-01,\n"
UNTOLD = "không kết luận được"


def told(app, *parts):
    """The one sentence under the title that says why; it holds all of these."""
    (found,) = [each for each in sentences(app) if all(part in each for part in parts)]
    assert re.search(r"(?<!TX)\. ", found) is None
    assert found[-1] == "."
    return found


@pytest.fixture
def plain_district(tmp_path):
    """A district whose adopters change nothing; made by each test with its adoptions."""

    def made(adoptions, **options):
        loaded(tmp_path, adoptions, **options)

    return made


def test_where_every_unit_adopts_it_cannot_be_separated(nb_kc_ta):
    app = page(root="NB")
    assert UNTOLD in title(app)
    told(app, said("verdict.no_comparison_none"))
    assert any("trước so với sau" in each for each in sentences(app))
    assert checked(app)[called("volume")][0].endswith(f"({said('check.no_others')})")


def test_where_ballots_begin_with_the_model_it_says_since_when(nb_kc_ta):
    app = page(root="KC", outcome="satisfaction")
    assert title(app).endswith("không kết luận được về hài lòng")
    told(app, said("verdict.begun_before_data", share=said("outcome_share.satisfaction"), first="04/2023"))


@pytest.mark.parametrize("model", ["chinh-quyen-vi-dan", "cong-so-than-thien"])
@pytest.mark.parametrize("kind", ["commune", "department", "one_stop"])
def test_one_pilot_of_each_kind_yields_none(nb_kc_ta, kind, model):
    for outcome in ("on_time", "late"):
        app = page(root="TA", kind=kind, model=model, outcome=outcome)
        assert UNTOLD in title(app)
        assert "rõ là" not in title(app)
    told(page(root="TA", kind=kind, model=model, outcome="on_time"), "Chỉ một đơn vị")


def test_too_few_cases(plain_district):
    def few(rows):
        """The adopters have two cases a month."""
        adopters = ("Xã Một", "Xã Hai", "Xã Ba")
        return [row for row in rows if row["unit"] not in adopters or row["received_at"].day in (2, 5)]

    plain_district(THREE, change=few)
    app = page(kind="commune", outcome="on_time")
    assert title(app) == said("verdict.title_cannot_tell", model="Mô hình một", subject="đúng hạn")
    told(app, said("verdict.too_few_answers", share=said("outcome_share.on_time")), "30")


def test_too_early(plain_district):
    plain_district("m,x1,,2023-10-01,\nm,x2,,2023-10-15,\nm,x3,,2023-10-01,\n")
    app = page(kind="commune", outcome="satisfaction")
    assert title(app) == said("verdict.title_too_early", model="Mô hình một", subject="hài lòng")
    told(app, said("verdict.wait", last="12/2023"), "ba tháng")


def test_overlapping_models(plain_district):
    plain_district(THREE + "n,x1,,2023-02-01,\nn,x2,,2023-03-01,\n")
    app = page(kind="commune", outcome="satisfaction", model="m")
    assert UNTOLD in title(app)
    told(app, said("verdict.overlapping", models="“Mô hình hai”"), "sáu tháng")
    others = said("check.other_models_result", models="Mô hình hai", units="X. Một, X. Hai")
    assert checked(app)[called("other_models")][0] == others


def test_nobody_has_begun(plain_district):
    plain_district("m,x1,2024-09-01,,\nm,x2,2024-09-01,,\n")
    app = page(kind="commune", outcome="satisfaction")
    assert title(app) == said("verdict.title_too_early", model="Mô hình một", subject="hài lòng")
    told(app, said("verdict.nobody_yet"))
    assert "rõ là" not in words(app).replace("Nói “rõ”", "")


def test_two_pilots_of_few_units(plain_district):
    away = "".join(f"n,x{number},,2023-01-01,\n" for number in (6, 7, 8))
    plain_district("m,x1,,2023-01-01,\nm,x2,,2023-01-01,\n" + away)
    app = page(kind="commune", outcome="satisfaction", model="m")
    assert UNTOLD in title(app)
    told(app, said("verdict.too_few_units", p="0,100"))


def test_a_span_without_a_whole_month(tmp_path):
    office()
    reference("models", "m,Mô hình một,,\n")
    reference("adoptions", "m,x1,,2023-03-05,\n")
    rows = [case(received_at=date(2023, 3, day), due_at=date(2023, 3, day)) for day in range(2, 9)]
    assert load(write(tmp_path / "a.csv", rows, banner=as_of("2023-03-20")))["exit"] == 0
    app = page(kind="commune")
    assert title(app) == said("verdict.title_no_data", model="Mô hình một", subject="hài lòng")
    assert said("models.no_months") in sentences(app)
    assert list(specs(app)) == ["dong-thoi-gian"]


@pytest.mark.parametrize(
    ("outcome", "subject"), [("satisfaction", "satisfaction"), ("on_time", "on_time"), ("late", "late_anywhere")]
)
def test_a_kind_without_a_case_has_its_empty_state(tmp_path, outcome, subject):
    office()
    reference("models", "m,Mô hình một,,\n")
    reference("adoptions", "m,p1,,2023-01-15,\n")
    rows = [case(received_at=date(2023, month, 2)) for month in (1, 2, 3, 4)]
    assert load(write(tmp_path / "a.csv", rows, banner=as_of("2023-05-31")))["exit"] == 0
    app = page(kind="department", outcome=outcome)
    short = said(f"outcome_share.{subject}_short")
    assert title(app) == said("verdict.title_no_data", model="Mô hình một", subject=short)
    assert list(specs(app)) == ["dong-thoi-gian"]


def test_a_kind_without_adopters_gives_way_and_says_so(plain_district):
    plain_district(THREE)
    app = page(kind="department")
    assert title(app).startswith("Mô hình một:")
    assert said("models.nobody_of_kind", kind="xã, phường") in words(app)
    assert specs(app)["tu-khi-bat-dau-satisfaction"]["data"]


NASTY = "Mô hình *A* <b>x</b> $5"
UNIT = "Xã *Đông* <i>Tây</i> $1"


def test_markdown_and_tags_in_names_are_shown_literally(plain_district):
    units = UNITS.replace("x1,Xã Một,commune,R,,,", f"x1,{UNIT},commune,R,,,Xã Một")
    rows = "m,x1,,2023-01-01,\nn,x1,,2023-02-01,\nn,x2,,2023-02-01,\n"
    plain_district(rows, models=f"m,{NASTY},,\nn,Mô hình <u>hai</u>,,\n", units=units)
    for model in "mn":
        app = page(kind="commune", outcome="satisfaction", model=model)
        assert not [*app.caption, *app.markdown]
        html = [item.proto.body for item in app.get("html")]
        figures = [str(spec) for spec in specs(app).values()]
        for value in (*html, *figures):
            for tag in ("<b>x", "<i>Tây", "<u>hai"):
                assert tag not in value, value
    single = page(kind="commune", outcome="satisfaction", model="m")
    assert page_title(single).startswith("Mô hình *A* <b>x</b> $5")
    assert any("*Đông* <i>Tây</i> $1" in each for each in sentences(single))
    assert any("&lt;u&gt;hai" in each for each in (item.proto.body for item in single.get("html")))
    assert "&lt;b&gt;x" in str(specs(single)["dong-thoi-gian"])
