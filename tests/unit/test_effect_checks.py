"""The checks beside an effect: each with its result in numbers, and whether it speaks against the effect."""

from dataclasses import replace
from datetime import date
from math import inf, nan

import polars as pl
import pytest

from comparison.forms.frames.checks import Check, checks
from comparison.life import Changes
from comparison.life.changes import Moved
from comparison.wording import number, say
from tests.helpers.effects import before_that, estimated, life_of, planted

NBSP = "\N{NO-BREAK SPACE}"
STILL = Moved(0.01, "dat-dai", 0.01, 0.02, 0.25, 0.25)
NO_EVENTS = pl.DataFrame(
    schema={"happened_on": pl.Date, "unit": pl.String, "unit_name": pl.String, "title": pl.String,
            "is_everywhere": pl.Boolean}
)  # fmt: skip
QUIET = Changes(STILL, STILL, NO_EVENTS)
FIELDS = {"dat-dai": "Đất đai"}


def called(key, **values):
    """What a check is called on screen."""
    return say("vi", f"check.{key}", **values).replace(NBSP, " ")


INTERVAL, BASELINE, WINDOWS_OF, LEFT_OUT = (called(key) for key in ("interval", "baseline", "windows", "leave_one_out"))
MIX, VOLUME, RESPONSE = (called(key) for key in ("mix", "volume", "response"))
MODELS, EVENTS = called("other_models"), called("events")
PLACEBO, PERMUTATION = called("placebo", months="6"), called("permutation", ways="455")


def rows_of(life, changes=QUIET, language="vi"):
    rows = checks(language, life, changes, FIELDS)
    assert len({row.name for row in rows}) == len(rows)
    assert all(row.result for row in rows)
    return {row.name.replace(NBSP, " "): replace(row, result=row.result.replace(NBSP, " ")) for row in rows}


def test_nothing_speaks_against_an_effect_that_is_clear():
    rows = rows_of(life_of(*planted([12] * 3)))
    assert {row.state for row in rows.values()} == {"passed", "steady", "none"}
    assert {row.note for row in rows.values()} == {""}
    assert list(rows) == [
        called("both"), INTERVAL, PERMUTATION, PLACEBO, LEFT_OUT, WINDOWS_OF, BASELINE, MIX, VOLUME, RESPONSE, MODELS,
        EVENTS,
    ]  # fmt: skip


def test_results_are_the_numbers_of_the_effect():
    life = life_of(*planted([12] * 3))
    found, best, before = life.effect, estimated(life.effect), before_that(life.effect)
    rows = rows_of(life)

    def said(value):
        return number("vi", value * 100, 1, signed=True)

    own, others = f"{said(best.adopters_change)} điểm", f"{said(best.others_change)} điểm"
    assert rows[called("both")].result == called("both_result", own=own, others=others)
    assert rows[INTERVAL].result == f"{said(best.low)} đến {said(best.high)} điểm"
    assert rows[PERMUTATION].result == called("permutation_result", p="0,002", smallest="0,002")
    assert said(before.value) in rows[PLACEBO].result
    assert said(before.low) in rows[PLACEBO].result
    for end in found.leave_one_out:
        assert said(end) in rows[LEFT_OUT].result
    for window in (3, 12):
        assert said(estimated(life.effects[window]).value) in rows[WINDOWS_OF].result


def test_nothing_planted_fails_where_it_must():
    rows = rows_of(life_of(*planted([12] * 3, rise=0)))
    assert (rows[INTERVAL].state, rows[PERMUTATION].state) == ("failed", "failed")
    assert rows[PLACEBO].state == "passed"


def test_what_moved_before_fails_and_what_is_not_known_says_so():
    x, n, starts = planted([12] * 3)
    x[:3, :6] -= 10
    assert rows_of(life_of(x, n, starts))[PLACEBO].state == "failed"
    unknown = rows_of(life_of(*planted([8] * 3)))[PLACEBO]
    assert (unknown.state, unknown.result) == ("unknown", called("unknown"))


def test_an_effect_that_hangs_on_one_unit_or_on_the_window_is_noted():
    x, n, starts = planted([12] * 3, rise=0)
    x[0, 13:] += 15
    x[1:3, 13:] -= 3
    assert rows_of(life_of(x, n, starts))[LEFT_OUT].state == "noted"
    x, n, starts = planted([12] * 3, rise=0)
    x[:3, 13:16] += 10
    x[:3, 19:] -= 20
    assert rows_of(life_of(x, n, starts))[WINDOWS_OF].state == "noted"


def test_a_window_that_cannot_be_calculated_has_a_dash():
    x, n, starts = planted([12] * 3)
    life = life_of(x, n, starts)
    without = replace(life.effects[12], estimate=None)
    rows = rows_of(replace(life, effects={**life.effects, 12: without}))
    assert rows[WINDOWS_OF].result.endswith("–")
    assert rows[WINDOWS_OF].state == "passed"


@pytest.mark.parametrize(("outcome", "state"), [("satisfaction", "noted"), ("on_time", "noted"), ("late", "passed")])
def test_adopters_that_all_stood_badly_before_are_noted(outcome, state):
    x, n, starts = planted([12] * 3)
    x[:3] -= 25
    low = rows_of(life_of(x, n, starts, outcome))[BASELINE]
    assert low.state == state
    assert bool(low.note) == (state == "noted")
    assert "1, 2, 3" in low.result
    assert low.result.endswith("15")


def test_adopters_with_most_lateness_before_are_noted():
    x, n, starts = planted([12] * 3, rise=-20)
    x = x - 40
    x[:3] += 45
    worst = rows_of(life_of(x, n, starts, "late"))[BASELINE]
    assert (worst.state, "13, 14, 15" in worst.result) == ("noted", True)
    x[0] -= 60
    assert rows_of(life_of(x, n, starts, "late"))[BASELINE].state == "passed"


@pytest.mark.parametrize(("mix", "state"), [(0.03, "steady"), (0.08, "noted"), (nan, "unknown")])
def test_the_mix_of_fields(mix, state):
    moved = Changes(replace(STILL, mix=mix, field_change=-0.07), STILL, NO_EVENTS)
    row = rows_of(life_of(*planted([12] * 3)), moved)[MIX]
    assert row.state == state
    assert ("Đất đai: −7,0 điểm" in row.note.replace(NBSP, " ")) == (state == "noted")
    assert "nơi chưa làm 1,0 %" in row.result


@pytest.mark.parametrize(
    ("own", "others", "state", "shown"),
    [
        (0.25, 0.22, "steady", "+25 %"),
        (0.25, 0.01, "noted", "+25 %"),
        (-0.3, 0.0, "noted", "−30 %"),
        (0.25, None, "noted", "+25 %"),
        (0.1, None, "steady", called("no_others")),
        (0.0, 0.0, "steady", "0 %"),
        (nan, 0.0, "unknown", called("unknown")),
    ],
)
def test_the_volume_is_noted_where_it_moved_unlike_the_others(own, others, state, shown):
    beside = None if others is None else replace(STILL, volume=others)
    row = rows_of(life_of(*planted([12] * 3)), Changes(replace(STILL, volume=own), beside, NO_EVENTS))
    assert row[VOLUME].state == state
    assert shown in row[VOLUME].result


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [(0.25, 0.3, "steady"), (0.25, 0.1, "noted"), (0.09, 0.09, "noted"), (nan, 0.3, "unknown"), (0.3, nan, "unknown")],
)
def test_who_answered_before_and_after(before, after, state):
    moved = Changes(replace(STILL, rate_before=before, rate_after=after), STILL, NO_EVENTS)
    life = life_of(*planted([12] * 3))
    row = rows_of(life, moved)[RESPONSE]
    assert row.state == state
    assert bool(row.note) == (state != "steady")
    assert "nan" not in row.result
    assert RESPONSE not in rows_of(life_of(*planted([12] * 3), outcome="on_time"), moved)


def test_others_without_a_rate_are_not_a_number():
    beside = replace(STILL, rate_before=nan, rate_after=nan)
    row = rows_of(life_of(*planted([12] * 3)), Changes(STILL, beside, NO_EVENTS))[RESPONSE]
    assert "nan" not in row.result
    assert row.state == "steady"


def test_other_models_and_events_are_named():
    events = pl.DataFrame(
        {
            "happened_on": [date(2024, 3, 15), date(2024, 5, 6)],
            "unit": ["R", "u0"],
            "unit_name": ["Huyện", "Xã 0"],
            "title": ["Nâng cấp phần mềm", "Dời trụ sở"],
            "is_everywhere": [True, False],
        }
    )
    life = life_of(*planted([12] * 3), overlapping=("u3", "u4"), other_models=("Giúp dân", "Công sở"))
    rows = rows_of(life, Changes(STILL, STILL, events))
    others, happened = rows[MODELS], rows[EVENTS]
    assert (others.state, happened.state) == ("noted", "noted")
    for part in ("Giúp dân, Công sở", "X. 3, X. 4"):
        assert part in others.result
    for part in ("âng cấp phần mềm (15/03/2024)", "ời trụ sở (X. 0, 06/05/2024)"):
        assert part in happened.result


def test_without_an_effect_only_what_else_changed_remains():
    alone = life_of(*planted([12]))
    names = [MIX, VOLUME, RESPONSE, MODELS, EVENTS]
    assert list(rows_of(alone)) == names
    assert list(rows_of(alone, None)) == [MODELS]


def test_open_ends_have_no_number():
    life = life_of(*planted([12] * 3))
    opened = replace(life.effect, estimate=replace(estimated(life.effect), low=-inf, high=inf))
    rows = rows_of(replace(life, effects={**life.effects, 6: opened}))
    assert rows[INTERVAL].state == "failed"
    assert not any(letter.isdigit() for letter in rows[INTERVAL].result)


def test_english_has_english_words():
    rows = checks("en", life_of(*planted([12] * 3)), QUIET, FIELDS)
    assert not {row.name for row in rows} & set(rows_of(life_of(*planted([12] * 3))))
    assert all(isinstance(row, Check) for row in rows)
