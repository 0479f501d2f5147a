"""What the monthly signals of units support saying, on charts made from counts as those of a district are."""

import numpy as np

from comparison.judgements.signals import judged, point_kinds, points_shown, standing, standing_out
from comparison.signals import TRACKED, UnitSignals
from comparison.statistics.signals import count_signals, share_signals
from comparison.statistics.variation import Variation, assurance, variation

MONTHS = 24


def unit(code, x, n, name="on_time", *, apart=(), target=None):
    """A unit's chart of two years by month; apart: places of months left out of every judgement."""
    tracked = TRACKED[name]
    left_out = np.isin(np.arange(MONTHS), apart)
    x, n = np.asarray(x, dtype=float), np.asarray(n, dtype=float)
    chart = count_signals(x, n, [], apart=left_out) if tracked.is_count else share_signals(x, n, [])
    months = tuple(f"{2023 + at // 12}-{at % 12 + 1:02}" for at in range(MONTHS))
    return UnitSignals(
        code,
        code.upper(),
        tracked,
        months,
        months,
        x,
        chart,
        left_out,
        (),
        variation(chart, tracked.good),
        target,
        assurance(chart, target, tracked.good),
    )


def steady(last=190, n=200):
    return [190] * (MONTHS - 1) + [last], [200] * (MONTHS - 1) + [n]


UNITS = [("a", "A"), ("b", "B"), ("c", "C")]


def test_a_point_is_good_or_bad_by_what_helps_people():
    assert point_kinds(unit("a", *steady(120)))[-1] == "worse"
    assert point_kinds(unit("a", *steady(200)))[-1] == "better"
    late = [10] * (MONTHS - 1) + [80]
    assert point_kinds(unit("a", late, [200] * MONTHS, "late"))[-1] == "worse"
    assert set(point_kinds(unit("a", *steady()))) == {"usual"}


def test_more_cases_are_neither_and_tet_is_left_out():
    received = [400] * (MONTHS - 1) + [800]
    assert point_kinds(unit("a", received, [20] * MONTHS, "received"))[-1] == "neutral"
    apart = point_kinds(unit("a", received, [20] * MONTHS, "received", apart=[12, MONTHS - 1]))
    assert (apart[12], apart[-1]) == ("apart", "apart")


def test_little_is_shown_as_little_and_less_not_at_all():
    few = unit("a", *steady(19, 20))
    assert (point_kinds(few)[-1], points_shown(few)[-1]) == ("few", True)
    assert points_shown(unit("a", *steady(3, 4)))[-1] is False
    assert points_shown(unit("a", [1] * MONTHS, [20] * MONTHS, "received"))[-1] is True


def test_units_stand_out_by_a_signal_or_by_a_target_missed_for_sure():
    signals = {
        "on_time": [unit("a", *steady(120)), unit("b", *steady(), target=0.99), unit("c", *steady(200))],
        "late": [unit("a", [10] * (MONTHS - 1) + [80], [200] * MONTHS, "late")],
    }
    codes = {
        which: [code for code, _ in standing_out(signals, UNITS, which)] for which in ("exceptions", "worse", "better")
    }
    assert codes == {"exceptions": ["a", "b", "c"], "worse": ["a"], "better": ["c"]}
    assert standing_out(signals, UNITS[1:], "all") == UNITS[1:]
    assert [code for code, _ in standing_out(signals, UNITS, "kept")] == ["a", "c"]
    assert standing(signals, UNITS, Variation.WORSE) == [("A", 2)]
    assert (judged(signals, UNITS), judged(signals, UNITS[1:])) == (4, 2)
