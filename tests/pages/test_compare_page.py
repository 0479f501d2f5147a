"""So sánh đơn vị, read from the page: the figures are those of the measures, and what cannot be compared is not."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from comparison.figures.compare.mix import mix_parts, mix_rows
from comparison.forms.frames.side_by_side import difference
from comparison.forms.unit_lines import unit_lines
from comparison.measures import known, measure
from comparison.measures.survey import responses
from comparison.measures.volume_lists import working_days
from comparison.scope import Period, Viewer, default_scope
from comparison.statistics.differences import newcombe
from comparison.wording import number, percent, points
from comparison.wording.findings import Share
from tests.helpers.examples import answer, as_of, case, load, office, write, write_sheets
from tests.helpers.model_pages import tables
from tests.helpers.page_words import NBSP, page_title, said, warned, words
from tests.helpers.pages import NOTHING, figures, opened, seen
from warehouse.snapshots import open_snapshot

LATE, OTHER, SMALL = "xa-an-thuan-tay", "phuong-cho-quan-tay", "xa-cu-lao-sen"
TWO = {"kind": "commune", "units": f"{LATE},{OTHER}"}
NAMES = ["P. Chợ Quán Tây", "X. An Thuận Tây"]
YEAR = {"from": "2024-01-01", "to": "2024-12-31"}
MARCH = {"from": "2023-03-01", "to": "2023-03-31"}


def row(app, name):
    """The cells of the measure called so, those of the units."""
    return next(cells[1:] for cells in tables(app)[0] if cells[0].startswith(name))


def plain(words):
    return words.replace(NBSP, " ")


def shown(markdown):
    """Markdown as it is read: a name's marks are escaped."""
    return markdown.replace("\\", "")


def asked(**changes):
    scope = default_scope(known(open_snapshot())).with_(period=Period(date(2024, 1, 1), date(2024, 12, 31)))
    return scope.with_(compare="none", **changes)


def by_unit(name, **changes):
    found = measure(open_snapshot(), asked(**changes), Viewer(), name, ("unit",))
    return {each["unit"]: each for each in found.iter_rows(named=True)}


def test_every_cell_is_what_its_measure_says(small_district):
    app = seen("compare", **TWO, **YEAR)
    assert tables(app)[0][0][0] == "Thước đo"
    assert [name.split(" mốc")[0].strip() for name in tables(app)[0][0][1:]] == NAMES
    shares = {
        "Đúng hạn": by_unit("on_time_due"),
        "Trễ đất đai": by_unit("late", fields=("dat-dai",)),
        "Nộp trực tuyến": by_unit("online_share"),
        "Hài lòng": by_unit("satisfaction"),
        "Phản hồi": by_unit("response_rate"),
    }
    for name, found in shares.items():
        for cell, unit in zip(row(app, name), (OTHER, LATE), strict=True):
            assert cell.startswith(plain(f"{percent('vi', found[unit]['value'])}")), (name, unit)
            assert number("vi", found[unit]["denominator"]) in cell
    counts = {"Tiếp nhận": "received", "Đang giải quyết": "in_progress", "Quá hạn": "overdue_open"}
    for name, measure_name in counts.items():
        found = by_unit(measure_name)
        for cell, unit in zip(row(app, name), (OTHER, LATE), strict=True):
            assert cell == number("vi", found[unit]["numerator"] if unit in found else 0)
    days = int(working_days(open_snapshot(), Period(date(2024, 1, 1), date(2024, 12, 31)))["days"].sum())
    assert 245 < days < 255
    received = by_unit("received")
    loads = [number("vi", received[unit]["numerator"] / days, 1) for unit in (OTHER, LATE)]
    assert row(app, "Tiếp nhận mỗi ngày làm việc") == loads
    taken = by_unit("working_days_taken")
    assert row(app, "Thời gian giải quyết") == [number("vi", taken[unit]["value"]) for unit in (OTHER, LATE)]


def test_a_difference_has_its_interval_and_a_plain_word(small_district):
    app = seen("compare", **TWO, **YEAR)
    late = by_unit("late", fields=("dat-dai",))
    one, other = late[LATE], late[OTHER]
    value, low, high = (
        float(each) for each in newcombe(one["numerator"], one["denominator"], other["numerator"], other["denominator"])
    )
    base, cell = row(app, "Trễ đất đai")
    bounds = f"({number('vi', low * 100, 1, signed=True)} đến {number('vi', high * 100, 1, signed=True)})"
    assert f"{plain(points('vi', value))} {bounds}" in cell
    assert low > 0
    assert "▲ rõ là cao hơn" in cell
    assert "rõ" not in base
    assert "điểm" not in base
    assert "điểm" not in " ".join(row(app, "Tiếp nhận") + row(app, "Đang giải quyết"))
    lower = seen("compare", **TWO, **YEAR, base=LATE)
    assert "▼ rõ là thấp hơn" in row(lower, "Trễ đất đai")[0]
    assert "P. Chợ Quán Tây" not in shown(page_title(lower))


def test_the_title_counts_what_is_clear(small_district):
    app = seen("compare", **TWO, **YEAR)
    cells = [cell for cells in tables(app)[0][1:] for cell in cells[1:]]
    clear = sum("rõ là" in cell for cell in cells)
    tested = clear + sum("chưa rõ" in cell for cell in cells)
    assert clear
    assert shown(page_title(app)) == said("compare_units.title", n=clear, of=tested, base="P. Chợ Quán Tây")
    assert said("compare_units.how", chance=number("vi", tested / 20, 1)) in words(app)


def test_the_rest_of_the_kind_is_the_total_less_the_unit(small_district):
    app = seen("compare", **TWO, **YEAR, base="rest")
    own = by_unit("on_time_due")[LATE]
    total = measure(open_snapshot(), asked(), Viewer(), "on_time_due").row(0, named=True)
    value, _, _ = newcombe(
        own["numerator"],
        own["denominator"],
        total["numerator"] - own["numerator"],
        total["denominator"] - own["denominator"],
    )
    assert plain(points("vi", float(value))) in row(app, "Đúng hạn")[1]
    assert all("điểm" in cell for cell in row(app, "Đúng hạn"))


@pytest.mark.parametrize("period", [{}, NOTHING])
def test_what_is_no_base_is_named(small_district, period):
    app = seen("compare", **TWO, **period, base=SMALL)
    no_base = said("link.unknown_value", parameter=said("parameter.base"), value="xa-cu-lao-sen")
    assert warned(app).count(no_base) == 1
    if not period:
        assert "khác rõ với P. Chợ Quán Tây" in shown(page_title(app))


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"kind": "commune"}, said("compare_units.none_chosen", n="12", most="6")),
        ({"kind": "commune", "units": LATE}, said("compare_units.too_few")),
        (
            {
                "kind": "commune",
                "units": "xa-an-thuan-tay,xa-cu-lao-sen,xa-rach-tram,xa-dong-hoa-thuong,"
                "xa-long-dien-trung,xa-tan-loc-trung,phuong-cho-quan-tay",
            },
            said("compare_units.too_many", n="7", most="6"),
        ),
        ({"kind": "all"}, said("compare_units.several_kinds")),
        ({"kind": "all", "units": f"{LATE},p-tu-phap"}, said("compare_units.several_kinds")),
        ({"kind": "one_stop"}, said("compare_units.only_one", kind="Bộ phận một cửa")),
    ],
)
def test_what_cannot_stand_side_by_side_is_said_and_can_be_chosen(small_district, parameters, told):
    app = seen("compare", **parameters)
    assert told in words(app)
    assert tables(app) == []
    assert figures(app) == []
    assert "choice-kind-here" in {each.key for each in app.get("button_group")}


def test_units_of_one_kind_are_compared_though_every_kind_is_in_view(small_district):
    app = seen("compare", kind="all", units=f"{LATE},{OTHER}", **YEAR)
    assert len(tables(app)[0][0]) == 3


def test_a_unit_with_few_cases_is_grey_and_never_clear(small_district):
    app = seen("compare", kind="commune", units=f"{LATE},{SMALL}", **{"from": "2024-04-01", "to": "2024-06-30"})
    assert "ít số liệu" in row(app, "Nộp trực tuyến")[1] or "n<5" in row(app, "Nộp trực tuyến")[1]
    assert "rõ là" not in " ".join(cells[2] for cells in tables(app)[0][1:])
    assert "chưa rõ" not in " ".join(cells[2] for cells in tables(app)[0][1:])


def test_months_are_those_of_the_measures_and_every_line_is_told_without_colour(small_district):
    app = seen("compare", **TWO, **YEAR)
    on_time, _, satisfied, received = figures(app)[:4]
    found = measure(open_snapshot(), asked(), Viewer(), "received", ("unit", "month"))
    drawn = {tuple(trace["y"]) for trace in received["data"]}
    for unit in (OTHER, LATE):
        assert tuple(found.filter(pl.col("unit") == unit)["numerator"].cast(pl.Float64)) in drawn
    strokes = {(trace["line"]["width"], trace["line"]["dash"]) for trace in on_time["data"]}
    assert len(strokes) == 2
    assert {note["text"] for note in on_time["layout"]["annotations"]} == set(NAMES)
    assert len(satisfied["layout"]["shapes"]) == len(satisfied["data"])


def test_lines_beyond_six_are_refused_and_six_differ_without_colour():
    units = {f"u{place}": f"Xã {place}" for place in range(7)}
    frame = pl.DataFrame(
        {
            "month": ["2024-01"] * 7,
            "line": list(units),
            "value": [0.9 + place / 100 for place in range(7)],
            "hover": [""] * 7,
        }
    )

    def drawn(labels):
        return unit_lines(frame, ["2024-01"], labels, "light", value_text=str, month_text=str)

    with pytest.raises(ValueError, match="at most 6"):
        drawn(units)
    six = drawn(dict(list(units.items())[:6]))
    assert len({(trace["line"]["width"], trace["line"]["dash"]) for trace in six["data"]}) == 6
    heights = sorted(note["y"] for note in six["layout"]["annotations"])
    assert min(high - low for low, high in pairwise(heights)) * 226 >= 18.9


def test_the_mix_adds_up_and_names_the_rest():
    received = pl.DataFrame(
        {"unit": ["a"] * 8, "field": [f"f{place}" for place in range(8)], "numerator": [10, 9, 8, 7, 6, 5, 4, 51]}
    )
    parts = mix_parts(received, "f3")
    assert parts == ["f3", "f7", "f0", "f1", "f2", ""]
    frame = mix_rows(received, [("a", "X. A")], {part: part or "khác" for part in parts}, "vi")
    assert frame["share"].sum() == pytest.approx(1)
    assert frame.filter(pl.col("part") == "")["share"].item() == pytest.approx((6 + 5 + 4) / 100)


def standing(own: Share, other: Share, *, is_comparable: bool = True) -> str:
    found = difference(own, other, is_comparable=is_comparable)
    assert found
    return found.standing


def test_differences_are_told_only_where_there_is_enough():
    assert difference(Share(4, 4), Share(50, 100)) is None
    assert difference(Share(0, 0, is_hidden=True), Share(50, 100)) is None
    assert standing(Share(20, 20), Share(10, 100)) == "few"
    assert standing(Share(90, 100), Share(10, 100)) == "higher"
    assert standing(Share(10, 100), Share(90, 100)) == "lower"
    assert standing(Share(10, 100), Share(11, 100)) == "unclear"
    assert standing(Share(90, 100), Share(10, 100), is_comparable=False) == "not_comparable"


def finished(unit, field, late, n):
    """n cases of a unit in a field, the first `late` of them a week late."""
    return [
        case(unit=unit, field=field, status="finished", finished_at=date(2023, 3, 17 if place < late else 9))
        for place in range(n)
    ]


def test_departments_are_compared_only_in_fields_that_both_handle(tmp_path: Path):
    office()
    rows = [
        *finished("Phòng Một", "Hộ tịch", 30, 60),
        *finished("Phòng Một", "Đất đai", 0, 40),
        *finished("Phòng Hai", "Hộ tịch", 3, 60),
        *finished("Phòng Hai", "Xây dựng", 60, 60),
    ]
    write(tmp_path / "xuat" / "ho-so.csv", rows, banner=as_of("2023-04-30"))
    assert load(tmp_path / "xuat")["exit"] == 0
    app = opened("compare", root="R", kind="department", units="p1,p2", base="p2", **MARCH)
    two, one = row(app, "Đúng hạn")
    # All fields side by side: 70 of 100 against 57 of 120; the difference is of Hộ tịch alone: 30/60 against 57/60.
    assert one.startswith("70,0 %")
    assert two.startswith("47,5 %")
    assert "−45,0 điểm" in one
    assert "▼ rõ là thấp hơn" in one
    shared = said("compare_units.shared", unit="Phòng Một", base="Phòng Hai", fields="Hộ tịch", share="60 %")
    assert shared in words(app)
    assert "điểm" not in row(app, "Trễ đất đai")[1]
    offered = next(each for each in app.selectbox if each.key == "choice-base").options
    assert offered == [said("compare_units.against", base=base) for base in ("Phòng Hai", "Phòng Một")]


def test_departments_without_a_common_field_only_stand_side_by_side(small_district):
    app = seen("compare", kind="department", units="p-tai-nguyen,p-tu-phap", **YEAR)
    unit, base = "Phòng Tư pháp", "Phòng Tài nguyên và Môi trường"
    assert said("compare_units.nothing_shared", unit=unit, base=base) in words(app)
    assert "điểm (" not in words(app)
    assert page_title(app) == said("compare_units.subject", n="hai")


def test_a_hidden_group_stays_hidden_in_the_table_and_by_month(tmp_path: Path):
    office()
    sheets = [answer() for _ in range(30)] + [answer(unit="Xã Hai", score=1) for _ in range(4)]
    sheets += [answer(unit="Xã Ba") for _ in range(9)]
    write_sheets(tmp_path / "xuat" / "phieu.csv", sheets, banner=as_of("2023-04-30"))
    write(tmp_path / "xuat" / "ho-so.csv", [case(), case(unit="Xã Ba")], banner=as_of("2023-04-30"))
    assert load(tmp_path / "xuat")["exit"] == 0
    # Xã Ba is hidden with Xã Hai, whose four sheets a total would else betray, though Xã Hai is not chosen.
    app = opened("compare", root="R", kind="commune", units="x1,x3", **MARCH)
    heads = tables(app)[0][0][1:]
    told = dict(zip((head.split(" mốc")[0].strip() for head in heads), row(app, "Hài lòng"), strict=True))
    assert told["X. Ba"] == "ẩn"
    assert told["X. Một"].startswith("100,0 %")
    lines = [spec for spec in figures(app) if any("phiếu" in str(trace.get("hovertext")) for trace in spec["data"])]
    assert all(len(spec["data"]) == 1 for spec in lines)
    hidden = responses(
        open_snapshot(),
        default_scope(known(open_snapshot()), "R").with_(
            kind="commune", period=Period(date(2023, 3, 1), date(2023, 3, 31))
        ),
        None,
        Viewer(),
        ("unit",),
    )
    assert set(hidden.filter(pl.col("is_hidden"))["unit"]) == {"x2", "x3"}
