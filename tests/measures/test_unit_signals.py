"""Monthly signals of units from real exports: what is counted, where levels start anew, and what never leaks."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from comparison.measures import known, measure
from comparison.scope import Period, Viewer, default_scope
from comparison.signals import TRACKED, unit_signals
from comparison.signals.power import power_of
from comparison.statistics.signals import Signal
from comparison.statistics.variation import Assurance, Variation
from etl.demo.ground import truths
from tests.helpers.districts import COMMUNES, EACH, loaded, month_of, reference, scope
from warehouse.snapshots import open_snapshot

LAST = date(2023, 12, 31)


def charts(warehouse, name, **changes):
    return {each.unit: each for each in unit_signals(warehouse, scope(**changes), Viewer(), name)}


def slow_due(rows, unit, month):
    """(on time, late, due) of a unit's cases due in a month, one case after the other."""
    on_time = late = 0
    for row in rows:
        if COMMUNES[row["unit"]] != unit or f"{row['due_at']:%Y-%m}" != month or row["due_at"] >= LAST:
            continue
        if row["finished_at"] is not None and row["finished_at"] <= row["due_at"]:
            on_time += 1
        else:
            late += 1
    return on_time, late, on_time + late


@pytest.fixture(scope="module")
def made(tmp_path_factory, _no_real_data):
    """Folder and cases: x1 and x2 are late with everything from March 2023 on, x2 by a new level; targets are set."""
    folder = tmp_path_factory.mktemp("signals")

    def decided(rows):
        reference("rebases", "on_time_due,x2,2023-05,Phần mềm mới\nreceived,R,2023-07,Đếm lại\n")
        reference("targets", "on_time_due,commune,2023,0.2\nlate,commune,2023,0.05\n")
        return rows

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOISANH_DATA", str(folder / "data"))

        def late(unit, month):
            return 6 if unit in ("x1", "x2") and month >= date(2023, 3, 1) else 0

        _, rows, _ = loaded(folder, "m,x1,,2023-03-01,\n", late=late, change=decided)
    return folder / "data", rows


@pytest.fixture
def turned(made, own_data, monkeypatch):
    """The warehouse of that folder, and its cases."""
    folder, rows = made
    monkeypatch.setenv("DOISANH_DATA", str(folder))
    return open_snapshot(), rows


@pytest.mark.parametrize("name", ["on_time", "late"])
def test_counts_are_those_of_the_cases(turned, name):
    warehouse, rows = turned
    for unit, chart in charts(warehouse, name).items():
        for first, last, x, n in zip(chart.first, chart.last, chart.x, chart.chart.n, strict=True):
            months = [each for each in chart_months() if first <= each <= last]
            parts = [slow_due(rows, unit, month) for month in months]
            assert x == sum(part[name == "late"] for part in parts), (unit, first)
            assert n == sum(part[2] for part in parts)


def chart_months():
    return [f"{month_of(number):%Y-%m}" for number in range(24)]


def test_a_unit_that_turned_worse_signals_from_then_on(turned):
    warehouse, _ = turned
    chart = charts(warehouse, "on_time")["x1"]
    flagged = [month for month, signal in zip(chart.last, chart.chart.signal, strict=True) if signal is not Signal.NONE]
    assert chart.variation is Variation.WORSE
    assert not chart.is_up
    # Cases are due three weeks after they came.
    assert flagged[-1] == "2023-12"
    assert set(flagged) >= {f"2023-{number:02}" for number in range(5, 13)}
    usual = charts(warehouse, "on_time")["x5"]
    assert set(usual.chart.signal) == {Signal.NONE}


def test_a_run_knows_whether_it_is_of_months_or_quarters(turned):
    warehouse, _ = turned
    chart = charts(warehouse, "on_time")["x1"]
    assert chart.run > 1
    assert chart.run_unit == "months"
    quarters = replace(chart, first=tuple(f"{month}-first" for month in chart.last))
    assert quarters.run_unit == "quarters"
    assert replace(chart, first=(*chart.first[:-1], "2023-10")).run_unit == "points"


def test_a_recorded_decision_starts_a_new_level(turned):
    warehouse, _ = turned
    chart = charts(warehouse, "on_time")["x2"]
    assert [(each.month, each.reason) for each in chart.rebases] == [("2023-05", "Phần mềm mới")]
    begins = chart.first.index("2023-05")
    assert chart.chart.part.tolist() == [0] * begins + [1] * (len(chart.first) - begins)
    assert chart.chart.centre[0] > 0.5 > chart.chart.centre[-1]
    assert set(chart.chart.signal[begins:]) == {Signal.NONE}
    # Eight months do not make limits, so that nothing is said of them, and no target is judged.
    assert chart.variation is None
    assert chart.assurance is None
    assert charts(warehouse, "late")["x2"].rebases == (), "a decision is about one measure"


def test_a_decision_for_the_root_is_one_for_each_unit(turned):
    warehouse, _ = turned
    for chart in charts(warehouse, "received").values():
        assert [each.month for each in chart.rebases] == ["2023-07"]


def test_months_around_tet_are_apart_in_counts_alone(turned):
    warehouse, _ = turned
    received = charts(warehouse, "received")["x3"]
    apart = [month for month, is_apart in zip(received.last, received.apart, strict=True) if is_apart]
    # Mùng 1: 1 February 2022 and 22 January 2023.
    assert apart == ["2022-01", "2022-02", "2023-01", "2023-02"]
    assert received.x.tolist() == [EACH] * 24
    assert received.chart.n[received.last.index("2023-03")] == 23
    assert not charts(warehouse, "on_time")["x3"].apart.any()
    assert charts(warehouse, "received", period=Period(date(2023, 1, 1), date(2023, 1, 31)))["x3"].variation is None


def test_selection_and_comparison_change_no_signal(turned):
    warehouse, _ = turned
    whole = charts(warehouse, "on_time")
    one = charts(warehouse, "on_time", units=("x1",), compare="year")
    assert list(one) == list(whole)
    assert [each.chart.z.tolist() for each in one.values()] == [each.chart.z.tolist() for each in whole.values()]


def test_charts_end_with_the_last_whole_month_of_the_period(turned):
    warehouse, _ = turned
    for ends_on, last in (
        (date(2023, 8, 30), "2023-07"),
        (date(2023, 8, 31), "2023-08"),
        (date(2024, 5, 5), "2023-12"),
    ):
        period = Period(date(2023, 8, 1), ends_on)
        assert charts(warehouse, "on_time", period=period)["x1"].last[-1] == last
    assert charts(warehouse, "on_time", period=Period(date(2020, 1, 1), date(2020, 3, 31))) == {}


def test_late_by_another_way_of_counting_is_on_time_turned_round(turned):
    warehouse, _ = turned
    on_time, late = (charts(warehouse, name, on_time="resolved")["x3"] for name in ("on_time", "late"))
    assert (on_time.x + late.x).tolist() == on_time.chart.n.tolist() == late.chart.n.tolist()


def test_targets_are_judged_where_they_are_set_for_all_cases(turned):
    warehouse, _ = turned
    on_time = charts(warehouse, "on_time")["x3"]
    assert on_time.target == 0.2
    assert on_time.assurance is Assurance.SURE or on_time.chart.low[-1] < 0.2
    assert (
        charts(warehouse, "late")["x3"].assurance is Assurance.UNSURE or charts(warehouse, "late")["x3"].target == 0.05
    )
    assert charts(warehouse, "satisfaction")["x3"].target is None
    assert charts(warehouse, "on_time", fields=("dat-dai",))["x3"].target is None
    assert charts(warehouse, "on_time", on_time="resolved")["x3"].target is None


def test_few_cases_are_pooled_by_quarter(turned):
    warehouse, _ = turned
    land = charts(warehouse, "on_time", fields=("dat-dai",))["x3"]
    assert set(land.chart.n[:-1]) <= {4 + number for number in range(21)}
    assert len(land.last) < 24
    assert [first[:4] == last[:4] for first, last in zip(land.first, land.last, strict=True)] == [True] * len(land.last)


def test_answers_counted_are_no_more_than_what_is_shown(district):
    warehouse = open_snapshot()
    asked = default_scope(known(warehouse), "district").with_(compare="none")
    found = {each.unit: each for each in unit_signals(warehouse, asked, Viewer(), "satisfaction")}
    few = found[truths()["few_answers"]["unit"]]
    assert not few.chart.n.any()
    assert few.variation is None
    whole = asked.with_(period=Period(date(2021, 1, 1), asked.period.ends_on))
    shown = {
        (row["unit"], row[by]): (row["numerator"] or 0, row["denominator"] or 0)
        for by in ("month", "quarter")
        for row in measure(warehouse, whole, Viewer(), "satisfaction", ("unit", by)).iter_rows(named=True)
    }
    pooled = 0
    for unit, chart in found.items():
        for first, last, x, n in zip(chart.first, chart.last, chart.x, chart.chart.n, strict=True):
            months = [f"{first[:5]}{number:02}" for number in range(int(first[5:]), int(last[5:]) + 1)]
            own = [shown.get((unit, month), (0, 0)) for month in months]
            if not any(each[1] for each in own):
                own = [shown.get((unit, f"{first[:4]}-Q{(int(last[5:]) + 2) // 3}"), (0, 0))]
                pooled += n > 0
            assert (x, n) == (sum(each[0] for each in own), sum(each[1] for each in own)), (unit, first)
            assert n == 0 or n >= 5
    assert pooled, "no quarter stands in for its hidden months"


def test_power_is_that_of_a_chart_of_the_size(district):
    warehouse = open_snapshot()
    asked = default_scope(known(warehouse), "district")
    found = unit_signals(warehouse, asked, Viewer(), "on_time")
    sizes = set()
    for chart in found:
        simulated = power_of(chart)
        assert simulated is not None
        sizes.add(simulated.cases)
        now = (chart.chart.part == chart.chart.part[-1]) & (chart.chart.n > 0)
        assert simulated.cases <= max(8, np.median(chart.chart.n[now]))
    assert sizes >= {8, 100}
    assert all(power_of(chart) is None for chart in unit_signals(warehouse, asked, Viewer(), "received"))


def test_every_thing_watched_has_a_direction_or_none():
    assert {name: each.good for name, each in TRACKED.items()} == {
        "received": None,
        "on_time": "up",
        "late": "down",
        "satisfaction": "up",
    }
    assert timedelta(0) < LAST - month_of(0)
