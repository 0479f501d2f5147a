"""The calendar, the hours and the days around Tết as drawn: in their cells, escaped, days off told apart, readable."""

import json
from datetime import date, timedelta
from typing import Any

import pandas  # noqa: F401 - before plotly, which otherwise imports it late
import plotly.graph_objects as go
import polars as pl
import pytest

from comparison.forms.around_day import around_day
from comparison.forms.calendar import calendar_map, scale
from comparison.forms.count_ramp import STEPS, count_ramp
from comparison.forms.hours import weekday_hours
from comparison.forms.template import Figure
from comparison.forms.tokens import Theme, contrast, text_on, tokens
from tests.helpers.drawing import NASTY, SHOWN, THEMES, count, month, plain

WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", NASTY)
# A holiday on a Thursday, cases on a Sunday, a working day without a case.
HOLIDAY, SUNDAY, IDLE = date(2024, 4, 18), date(2024, 4, 14), date(2024, 4, 10)


def days(first: date, last: date) -> pl.DataFrame:
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    rows = []
    for at, day in enumerate(every):
        is_working = day.weekday() < 5 and day != HOLIDAY
        n = 0 if day == IDLE else 10 + at % 7 if is_working or day == SUNDAY else 0
        rows.append((day, n, is_working, day == HOLIDAY, f"{n}", f"{NASTY}\n{day:%d/%m}: {n}"))
    return pl.DataFrame(rows, schema=["day", "n", "is_working", "is_holiday", "text", "hover"], orient="row")


def draw_calendar(theme: Theme, first: date = date(2024, 4, 3), last: date = date(2024, 6, 28)) -> Figure:
    return calendar_map(days(first, last), theme, weekdays=WEEKDAYS, month_text=month)


def draw_hours(theme: Theme) -> Figure:
    frame = pl.DataFrame(
        [(1, 8, 2.0, "2,0", NASTY), (1, 9, 4.0, "4,0", NASTY), (3, 9, 1.0, "1,0", NASTY)],
        schema=["weekday", "hour", "value", "text", "hover"],
        orient="row",
    )
    totals = pl.DataFrame({"weekday": [1, 3], "text": [NASTY, "1,0"], "is_most": [True, False]})
    return weekday_hours(
        frame,
        totals,
        theme,
        weekdays=[(1, NASTY), (3, "Thứ Tư")],
        hours=[(8, "8–9"), (9, "9–10")],
        total_head="cả ngày",
    )


def draw_around(theme: Theme, **options: Any) -> Figure:
    offsets = [offset for offset in range(-10, 11) if offset]
    frame = pl.DataFrame(
        {
            "offset": [*offsets, *offsets],
            "line": ["now"] * 20 + ["before"] * 20,
            "role": ["chosen"] * 20 + ["comparison"] * 20,
            "value": [float(abs(offset)) for offset in offsets] + [5.0] * 20,
            "hover": [f"{NASTY} {offset}" for offset in (*offsets, *offsets)],
        }
    )
    return around_day(
        frame, theme, value_text=count, offset_text=lambda offset: f"{offset:+d}",
        labels={"now": NASTY, "before": "Tết 2024"}, feast_text="mùng 1", usual=(12.0, "ngày thường"), **options,
    )  # fmt: skip


FIGURES = {"calendar": draw_calendar, "hours": draw_hours, "around_day": draw_around}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("form", FIGURES)
def test_every_figure_is_plain_valid_and_escaped(form: str, theme: Theme) -> None:
    figure = FIGURES[form](theme)
    text = json.dumps(figure, ensure_ascii=False, allow_nan=False)
    assert "<b>Xã" not in text
    assert SHOWN in text
    assert "layout" not in go.Figure(**figure).to_dict()["layout"]["template"]


@pytest.mark.parametrize("theme", THEMES)
def test_what_stands_in_a_cell_can_be_read(theme: Theme) -> None:
    colours = tokens(theme)
    ramp = count_ramp(colours, with_text=True)
    assert len(ramp) == len(set(ramp)) == STEPS
    for cell in ramp:
        assert contrast(text_on(cell, colours), cell) >= 4.5
    # A day of work without a case is not drawn like a day off.
    assert colours.panel not in (*ramp, *count_ramp(colours, with_text=False))


def cell(figure: Figure, weekday: int, week: int) -> tuple[int | None, str, str]:
    drawn = figure["data"][0]
    return drawn["z"][weekday][week], plain(drawn["text"][weekday][week]), drawn["hovertext"][weekday][week]


def test_a_quarter_is_one_block_with_its_numbers_in_the_cells() -> None:
    figure = draw_calendar("light")
    assert len(figure["data"][0]["z"]) == 7
    # Wednesday 3 April is the first day; Monday and Tuesday of its week lie outside.
    assert cell(figure, 0, 0) == (None, "", "")
    assert cell(figure, 2, 0)[1] == "10"
    assert "03/04: 10" in cell(figure, 2, 0)[2]
    assert cell(figure, 3, 0)[1] == "11"
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["04/2024", "05/2024", "06/2024"]
    assert figure["layout"]["yaxis"]["ticktext"][0] == "T2"


def test_days_off_are_told_apart_from_days_without_a_case() -> None:
    figure = draw_calendar("light")
    step, text, _ = cell(figure, IDLE.weekday(), 1)
    assert (step, text) == (1, "0")
    assert cell(figure, SUNDAY.weekday(), 0)[:2] == (0, "")
    sunday_step, sunday_text, _ = cell(figure, SUNDAY.weekday(), 1)
    assert sunday_step is not None
    assert sunday_step > 0
    assert sunday_text == str(10 + (SUNDAY - date(2024, 4, 3)).days % 7)
    assert cell(figure, HOLIDAY.weekday(), 2)[:2] == (0, "")
    dots = figure["data"][1]
    assert (dots["x"], dots["y"]) == ([2], [HOLIDAY.weekday()])


def test_years_lie_under_each_other() -> None:
    figure = draw_calendar("light", date(2023, 1, 1), date(2024, 12, 31))
    drawn = figure["data"][0]
    assert len(drawn["z"]) == 7 + 2 + 7
    assert not any(text for row in drawn["text"] for text in row)
    # 1 January 2023 is a Sunday, 1 January 2024 a Monday: both in the first week of their block.
    assert "01/01" in drawn["hovertext"][6][0]
    assert "01/01" in drawn["hovertext"][9][0]
    shown = [hover for row in drawn["hovertext"] for hover in row if hover]
    assert len(shown) == 365 + 366


def test_a_period_inside_a_year_leaves_no_room_before_it() -> None:
    figure = draw_calendar("light", date(2024, 5, 6), date(2024, 12, 31))
    assert "06/05" in figure["data"][0]["hovertext"][0][0]


def test_a_month_begun_at_the_end_of_a_week_does_not_run_into_the_next() -> None:
    figure = draw_calendar("light", date(2023, 1, 31), date(2023, 12, 31))
    names = [note["text"] for note in figure["layout"]["annotations"]]
    assert names[0] == "02/2023"
    assert len(names) == 11


def test_days_that_no_data_reach_stay_empty() -> None:
    frame = days(date(2024, 4, 1), date(2024, 4, 7)).with_columns(
        n=pl.when(pl.col("day") < date(2024, 4, 4)).then("n"), text=pl.lit("")
    )
    drawn = calendar_map(frame, "light", weekdays=WEEKDAYS, month_text=month)["data"][0]
    assert [row[0] is None for row in drawn["z"]] == [False, False, False, True, True, False, False]


def test_the_scale_tells_days_of_much_work_apart_and_days_of_little_work_not() -> None:
    assert scale(pl.Series([100, 110, 120, 130, 140, 150])) == (100, 150)
    assert scale(pl.Series([0, 1, 0, 2])) == (0, STEPS - 1)
    # One day out of a hundred does not push all others to the pale end.
    assert scale(pl.Series([10] * 50 + [20] * 50 + [900])) == (10, 20)


def test_hours_stand_in_their_cells_and_the_busiest_day_is_marked() -> None:
    figure = draw_hours("light")
    drawn = figure["data"][0]
    assert [[plain(text) for text in row] for row in drawn["text"]] == [["2,0", "4,0"], ["", "1,0"]]
    assert drawn["z"] == [[2, 5], [0, 1]]
    head, most, other = figure["layout"]["annotations"]
    assert head["text"] == "cả ngày"
    assert most["text"].startswith("<b>")
    assert most["font"]["color"] == tokens("light").blue
    assert other["text"] == "1,0"


def test_lines_break_at_the_feast_and_carry_their_labels() -> None:
    figure = draw_around("light")
    before, now = figure["data"]
    assert now["line"]["color"] == tokens("light").blue
    assert before["line"]["dash"]
    assert dict(zip(now["x"], now["y"], strict=True))[0] is None
    assert len(now["x"]) == 21
    assert figure["layout"]["xaxis"]["ticktext"] == ["-10", "-5", "-1", "+1", "+5", "+10"]
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    assert "mùng 1" in texts
    assert "ngày thường" in texts
    level = figure["layout"]["shapes"][1]
    assert level["y0"] == level["y1"] == 12.0
    assert figure["layout"]["yaxis"]["range"][1] >= 12.0
