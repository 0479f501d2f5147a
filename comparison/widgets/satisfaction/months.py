"""Satisfaction and response by month."""

from comparison.charts.frames.months import covered, is_unfinished, month_codes, months_shown
from comparison.charts.frames.satisfaction import month_line, values_if_all_compared
from comparison.charts.lines import lines
from comparison.figures.marks import marks
from comparison.figures.numbers import measured
from comparison.figures.words import method
from comparison.question import Question
from comparison.scope import Instrument
from comparison.widgets.figure.figures import empty, figure
from comparison.widgets.figure.slide_frame import plot_size
from comparison.widgets.satisfaction.captions import answers, notes, sheets_source
from comparison.widgets.satisfaction.numbers import responded
from comparison.wording import findings, group_name, satisfaction_findings

# A questionnaire that goes out now and then: the months to see its last few times, and of so many one has answers.
_FAR_BACK, _SELDOM = 60, 3
# The narrowest plot of a figure over the whole page, px.
_WIDE = 1010


def survey_months(v: Question, asked: Instrument, *, says_hidden: bool = True) -> None:
    """The share satisfied by month with what happened to models, and the response rate under it where there is one.

    Months without enough answers are gaps; nothing is drawn where no month has any, and `says_hidden` why, if hidden.
    """
    trend = _trend(v, asked)
    period, months = trend.scope.period, month_codes(trend.scope.period)
    answer = answers(trend, ("month",))
    is_occasional = not asked.is_per_case and answer["value"].count() * _SELDOM < len(months)
    title = satisfaction_findings.groups_title(
        v.language, "rounds_satisfied" if is_occasional else "months_satisfied", values_if_all_compared(answer), [],
        is_derived=asked.is_derived,
    )  # fmt: skip
    if not answer["denominator"].sum():
        if says_hidden and answer["is_hidden"].any():
            empty(v, title=title, message=v.say("overview.hidden"), hint=v.say("empty.hidden_answers"))
        return
    what_happened = marks(trend)
    more = (
        v.say("satisfaction.months_more", n=v.number(len(months)))
        if period.starts_on < v.scope.period.starts_on
        else ""
    )
    said = notes(
        v,
        ("months_note", True),
        ("marks_note", any(mark.month in months for mark in what_happened)),
        ("months_unfinished", is_unfinished(period)),
    )
    figure(
        trend,
        title=title,
        subtitle=f"{said} {more}".strip(),
        fig=lines(
            month_line(answer, months, v.language, "hover.satisfied"), months, v.theme,
            value_text=v.tick, month_text=lambda month: group_name(v.language, month),
            unfinished=is_unfinished(period), ceiling=1.0, marks=what_happened, **plot_size(v, 320, _WIDE),
            labels={"all": v.say("satisfaction.satisfied_label")},
        ),
        table=responded(v, answer),
        source=sheets_source(v, int(answer["denominator"].sum()), period),
        key="hai-long-thang",
        method=method(v, "by_month", "satisfied", "wilson", "hiding"),
    )  # fmt: skip
    if asked.is_per_case and v.slide is None:
        response_months(v, asked)


def response_months(v: Question, asked: Instrument) -> None:
    """The response rate by month of an instrument that is tied to cases."""
    trend = _trend(v, asked)
    answer, period, months = (
        trend.measure("response_rate", ("month",)),
        trend.scope.period,
        month_codes(trend.scope.period),
    )
    figure(
        trend,
        title=findings.span_title(trend.language, "months_answered", values_if_all_compared(answer)),
        subtitle=trend.say("satisfaction.response_months_note"),
        fig=lines(
            month_line(answer, months, trend.language, "hover.answered"), months, trend.theme,
            value_text=trend.tick, month_text=lambda month: group_name(trend.language, month),
            unfinished=is_unfinished(period), ceiling=1.0, from_zero=True, marks=marks(trend),
            **plot_size(v, 190, _WIDE), labels={"all": trend.say("satisfaction.answered_label")},
        ),
        table=measured(trend.language, "response_rate", answer),
        source=sheets_source(trend, int(answer["denominator"].sum()), period, "source.cases"),
        key="phan-hoi-thang",
        method=method(trend, "by_month", "wilson"),
    )  # fmt: skip


def _trend(v: Question, asked: Instrument) -> Question:
    least = {} if asked.is_per_case else {"least": _FAR_BACK}
    period = months_shown(v.scope.period, covered(v.known.root_of[v.scope.root]), **least)
    return v.asking(v.scope.with_(period=period, compare="none"))
