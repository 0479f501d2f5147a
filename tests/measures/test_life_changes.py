"""What else changed when a model began, against plain loops over the exports."""

from collections import Counter
from math import isnan

import numpy as np
import pytest

from comparison.life import life, what_else_changed
from comparison.scope import Viewer
from comparison.statistics.effect import Standing
from tests.helpers.districts import COMMUNES, MONTHS, loaded, scope

FIELDS = {"Hộ tịch": "ho-tich", "Đất đai": "dat-dai"}
# Two waves counted, and a unit that begins too late to be counted but stands beside the first.
WAVES = "m,x1,,2023-01-01,\nm,x2,,2023-01-15,\nm,x3,,2023-05-01,\nm,x7,,2023-11-01,\n"
STARTS = {"x1": 12, "x2": 12, "x3": 16, "x7": 22}
EVENTS = (
    "2022-06-30,R,Quá sớm\n2022-07-01,R,Nghị định mới\n2023-05-06,x1,Dời trụ sở\n2023-05-07,x5,Nơi khác\n"
    "2023-11-30,R,Bão\n2023-12-01,R,Quá muộn\n2023-08-01,x7,Chưa tính\n"
)


def number(day):
    return (day.year - 2022) * 12 + day.month - 1


def slow_moved(pairs, cases, sheets):
    """pairs: (unit, wave) as often as it counts. Mix, field and its change, volume, rates; as `Moved` says."""
    answered = {row["case_code"] for row in sheets if row["case_code"]}
    fields: list[Counter[str]] = [Counter(), Counter()]
    months, closed, with_sheet = [0, 0], [0, 0], [0, 0]
    for unit, wave in pairs:
        for side, span in enumerate((range(max(wave - 6, 0), wave), range(wave + 1, min(wave + 7, MONTHS)))):
            months[side] += len(span)
            for row in cases:
                if COMMUNES[row["unit"]] != unit:
                    continue
                fields[side][FIELDS[row["field"]]] += number(row["received_at"]) in span
                if row["finished_at"] is not None and number(row["finished_at"]) in span:
                    closed[side] += 1
                    with_sheet[side] += row["case_code"] in answered
    before, after = ({name: count / sum(side.values()) for name, count in side.items()} for side in fields)
    change = {name: after[name] - before[name] for name in FIELDS.values()}
    most = max(sorted(change), key=lambda name: abs(change[name]))
    volume = (sum(fields[1].values()) / months[1]) / (sum(fields[0].values()) / months[0]) - 1
    rates = [answers / all_of_them for answers, all_of_them in zip(with_sheet, closed, strict=True)]
    return sum(abs(each) for each in change.values()) / 2, most, change[most], volume, *rates


def moved(group):
    return group.mix, group.field, group.field_change, group.volume, group.rate_before, group.rate_after


def rough(found):
    """Equal up to rounding; the field whose share moved most only where one did."""
    mix, field, change, *rest = found
    return (
        pytest.approx(mix, abs=1e-9),
        field,
        pytest.approx(change, abs=1e-9),
        *(pytest.approx(r, abs=1e-9) for r in rest),
    )


def thinned(rows):
    """An uneven district: some units lose cases, or turn to another field, in their own months."""
    kept = []
    for place, row in enumerate(rows):
        unit, month = COMMUNES[row["unit"]], number(row["received_at"])
        if (unit in ("x1", "x3") and month > 14 and place % 3 == 0) or (unit == "x6" and month < 10 and place % 4):
            continue
        turned = unit in ("x2", "x7") and month > 9 and place % 5 < 2
        kept.append({**row, "field": "Đất đai"} if turned else row)
    return kept


@pytest.fixture
def uneven(tmp_path):
    return loaded(tmp_path, WAVES, events=EVENTS, change=thinned)


def own_pairs():
    return [("x1", 12), ("x2", 12), ("x3", 16)]


def other_pairs():
    """Every unit with every wave that it did not begin up to half a year after."""
    return [
        (unit, wave)
        for wave in (12, 16)
        for unit in COMMUNES.values()
        if STARTS.get(unit, np.inf) > min(wave + 6, MONTHS - 1)
    ]


def test_mix_volume_and_rates_are_what_the_slow_twin_counts(uneven):
    warehouse, cases, sheets = uneven
    found = life(warehouse, scope(), Viewer(), "m", "satisfaction")
    by_unit = dict(zip([code for code, _ in found.units], found.effect.standing, strict=True))
    assert (by_unit["x3"], by_unit["x7"]) == (Standing.COUNTED, Standing.TOO_EARLY)
    changes = what_else_changed(warehouse, scope(), Viewer(), found)
    assert changes is not None
    assert changes.others is not None
    assert ("x7", 12) in other_pairs()
    assert moved(changes.adopters) == rough(slow_moved(own_pairs(), cases, sheets))
    assert moved(changes.others) == rough(slow_moved(other_pairs(), cases, sheets))
    assert changes.adopters.mix > 0.02
    assert abs(changes.adopters.volume - changes.others.volume) > 0.05


def test_filters_that_choose_cases_do_not_hide_what_else_changed(uneven):
    warehouse, cases, sheets = uneven
    asked = scope(fields=("ho-tich",), units=("x1",), channels=("online",))
    found = life(warehouse, scope(), Viewer(), "m", "satisfaction")
    narrow = what_else_changed(warehouse, asked, Viewer(), found)
    assert narrow is not None
    assert moved(narrow.adopters) == rough(slow_moved(own_pairs(), cases, sheets))


def test_events_in_the_windows_of_a_launch_are_named(uneven):
    warehouse, _, _ = uneven
    found = life(warehouse, scope(), Viewer(), "m", "satisfaction")
    changes = what_else_changed(warehouse, scope(), Viewer(), found)
    assert changes is not None
    assert changes.events["title"].to_list() == ["Nghị định mới", "Dời trụ sở", "Bão"]


def test_only_surveys_have_a_response_rate(uneven):
    warehouse, _, _ = uneven
    found = life(warehouse, scope(), Viewer(), "m", "on_time")
    changes = what_else_changed(warehouse, scope(), Viewer(), found)
    assert changes is not None
    assert isnan(changes.adopters.rate_before)
    assert isnan(changes.adopters.rate_after)


def test_where_all_began_there_is_nobody_beside(tmp_path):
    everywhere = "".join(f"m,x{at},,2023-01-01,\n" for at in range(1, 9))
    warehouse, cases, sheets = loaded(tmp_path, everywhere)
    changes = what_else_changed(warehouse, scope(), Viewer(), life(warehouse, scope(), Viewer(), "m", "satisfaction"))
    assert changes is not None
    assert changes.others is None
    assert (
        moved(changes.adopters)[0::3] == rough(slow_moved([(f"x{at}", 12) for at in range(1, 9)], cases, sheets))[0::3]
    )


def test_a_model_begun_before_the_data_or_never_has_nothing_around_it(tmp_path):
    warehouse, _, _ = loaded(tmp_path, "m,x1,,2020-01-01,\nn,x1,2023-01-01,,\n")
    for model in "mn":
        found = life(warehouse, scope(), Viewer(), model, "satisfaction")
        assert what_else_changed(warehouse, scope(), Viewer(), found) is None
