"""Satisfaction and response by month."""

from comparison.figures.figure import Chart, Figure, Made, Missing
from comparison.figures.marks import marks
from comparison.figures.numbers import measured
from comparison.figures.satisfaction.numbers import responded
from comparison.figures.survey import (
    PAGE,
    answers,
    instrument_asked,
    is_answered,
    nobody_asked,
    notes,
    sheets_source,
)
from comparison.figures.words import method
from comparison.forms.frames.months import covered, is_unfinished, month_codes, months_shown
from comparison.forms.frames.satisfaction import month_line, values_if_all_compared
from comparison.forms.lines import lines
from comparison.forms.place import Place
from comparison.question import Question
from comparison.scope import Instrument
from comparison.wording import findings, group_name, satisfaction_findings
from comparison.wording.findings import share_of

# A questionnaire that goes out now and then: the months to see its last few times, and of so many one has answers.
_FAR_BACK, _SELDOM = 60, 3
# The narrowest plot of a figure over the whole page, px.
_WIDE = 1010


def _satisfied(q: Question, place: Place) -> Made | None:
    """The share satisfied by month with what happened to models. Months without enough answers are gaps; None where no
    month has any."""
    asked = instrument_asked(q)
    if asked is None or (not place.is_used and not is_answered(q)):
        return nobody_asked(q)
    trend = _trend(q, asked)
    period, months = trend.scope.period, month_codes(trend.scope.period)
    answer = answers(trend, ("month",))
    is_occasional = not asked.is_per_case and answer["value"].count() * _SELDOM < len(months)
    title = satisfaction_findings.groups_title(
        q.language,
        "rounds_satisfied" if is_occasional else "months_satisfied",
        values_if_all_compared(answer),
        [],
        is_derived=asked.is_derived,
    )
    if not answer["denominator"].sum():
        says_hidden = answer["is_hidden"].any() and not share_of(answers(q)).is_hidden
        hidden = Missing(q.say("overview.hidden"), q.say("empty.hidden_answers"))
        return Made(title=title, body=hidden) if says_hidden else None
    what_happened = marks(trend)
    more = (
        q.say("satisfaction.months_more", n=q.number(len(months)))
        if period.starts_on < q.scope.period.starts_on
        else ""
    )
    said = notes(
        q,
        ("months_note", True),
        ("marks_note", any(mark.month in months for mark in what_happened)),
        ("months_unfinished", is_unfinished(period)),
    )
    return Made(
        title=title,
        subtitle=f"{said} {more}".strip(),
        body=Chart(
            lines(
                month_line(answer, months, q.language, "hover.satisfied"),
                months,
                q.theme,
                value_text=q.tick,
                month_text=lambda month: group_name(q.language, month),
                unfinished=is_unfinished(period),
                ceiling=1.0,
                marks=what_happened,
                labels={"all": q.say("satisfaction.satisfied_label")},
                **place.plot(320, _WIDE),
            )
        ),
        numbers=responded(q, answer),
        source=sheets_source(q, int(answer["denominator"].sum()), period),
        method=method(q, "by_month", "satisfied", "wilson", "hiding"),
        asked=trend.scope,
    )


def _answered(q: Question, place: Place) -> Made | None:
    """The response rate by month of an instrument that is tied to cases."""
    asked = instrument_asked(q)
    if asked is None or (not place.is_used and not is_answered(q)):
        return nobody_asked(q)
    if not asked.is_per_case or (place.is_used and not answers(_trend(q, asked), ("month",))["denominator"].sum()):
        return None
    trend = _trend(q, asked)
    answer, period, months = (
        trend.measure("response_rate", ("month",)),
        trend.scope.period,
        month_codes(trend.scope.period),
    )
    return Made(
        title=findings.span_title(trend.language, "months_answered", values_if_all_compared(answer)),
        subtitle=trend.say("satisfaction.response_months_note"),
        body=Chart(
            lines(
                month_line(answer, months, trend.language, "hover.answered"),
                months,
                trend.theme,
                value_text=trend.tick,
                month_text=lambda month: group_name(trend.language, month),
                unfinished=is_unfinished(period),
                ceiling=1.0,
                from_zero=True,
                marks=marks(trend),
                labels={"all": trend.say("satisfaction.answered_label")},
                **place.plot(190, _WIDE),
            )
        ),
        numbers=measured(trend.language, "response_rate", answer),
        source=sheets_source(trend, int(answer["denominator"].sum()), period, "source.cases"),
        method=method(trend, "by_month", "wilson"),
        asked=trend.scope,
    )


def _trend(q: Question, asked: Instrument) -> Question:
    least = {} if asked.is_per_case else {"least": _FAR_BACK}
    period = months_shown(q.scope.period, covered(q.known.root_of[q.scope.root]), **least)
    return q.asking(q.scope.with_(period=period, compare="none"))


SATISFIED_BY_MONTH = Figure("hai-long-thang", PAGE, _satisfied)
ANSWERED_BY_MONTH = Figure("phan-hoi-thang", PAGE, _answered)
