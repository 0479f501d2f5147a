"""Hài lòng: are people satisfied, and how sure are we?"""

import streamlit as st

from comparison.charts.frames.months import covered, is_unfinished, month_codes, months_shown
from comparison.charts.frames.satisfaction import month_line, unit_intervals
from comparison.charts.frames.shares import change_between, room_for, share_of, source_text, values_compared
from comparison.charts.intervals import intervals
from comparison.charts.lines import lines
from comparison.measures.case_lists import units_asked
from comparison.widgets import View, empty, figure, header, measured, missing, period_caption, view
from comparison.wording import findings, group_name


def nothing(v: View, title: str, name: str) -> None:
    missing(v, title=title, page="hai-long", kind="cases" if name == "response_rate" else "survey_answers")


def show_units(v: View, name: str, message: str, words: tuple[str, str, str, str], key: str) -> None:
    """A share by unit; words: the finding's subject, the subtitle, the head of the text column, what n counts."""
    subject, note, head, source = words
    answer = v.measure(name, ("unit",))
    frame = unit_intervals(answer, units_asked(v.warehouse, v.scope, v.viewer), v.language, message)
    overall = share_of(v.measure(name))
    title = findings.span_title(v.language, subject, values_compared(answer) if v.scope.kind else [])
    if name == "response_rate" and not is_tied_to_cases(v):
        empty(v, title=title, message=v.say("satisfaction.response_none"))
        return
    if frame.is_empty():
        nothing(v, title, name)
        return
    line = (overall.value, v.say("satisfaction.overall", share=v.percent(overall.value))) if overall.n else None
    figure(
        v,
        title=title,
        subtitle=note,
        fig=intervals(
            frame, v.theme, value_text=v.tick, overall=line, column_head=head, hidden_text=v.say("word.hidden"),
            left=room_for(frame["name"].to_list()),
        ),
        table=measured(v.language, name, answer),
        source=source_text(v.language, v.warehouse.id, v.scope.period, overall, source),
        key=key,
    )  # fmt: skip


def show_months(v: View) -> None:
    period = months_shown(v.scope.period, covered(v.known.root_of[v.scope.root]))
    months = month_codes(period)
    trend = v.scope.with_(period=period, compare="none")
    answer = v.measure("satisfaction", ("month",), trend)
    title = findings.span_title(v.language, "months_satisfied", values_compared(answer))
    if answer.is_empty():
        nothing(v, title, "satisfaction")
        return
    if not answer["denominator"].sum():
        empty(v, title=title, message=v.say("overview.hidden"), hint=v.say("empty.hidden_answers"))
        return
    more = period.starts_on < v.scope.period.starts_on
    figure(
        v.asking(trend),
        title=title,
        subtitle=v.say(
            "satisfaction.months_note", months=v.say("volume.months_more", n=v.number(len(months))) if more else ""
        ).strip(),
        fig=lines(
            month_line(answer, months, v.language, "hover.satisfied"), months, v.theme,
            value_text=v.tick, month_text=lambda month: group_name(v.language, month),
            unfinished=is_unfinished(period), ceiling=1.0,
        ),
        table=measured(v.language, "satisfaction", answer),
        source=source_text(v.language, v.warehouse.id, period, int(answer["denominator"].sum()), "source.sheets"),
        key="hai-long-thang",
    )  # fmt: skip


def is_tied_to_cases(v: View) -> bool:
    """Whether the questionnaire belongs to cases, so that a share of them can answer."""
    ever = v.scope.with_(period=covered(v.known.root_of[v.scope.root]), kind=None, units=(), fields=(), procedures=())
    answered = share_of(v.measure("response_rate", scope=ever.with_(channels=())))
    return answered.is_hidden or answered.n > 0


def response(v: View) -> str:
    answered = share_of(v.measure("response_rate"))
    if answered.is_hidden:
        return v.say("satisfaction.response_hidden")
    if answered.n == 0:
        return v.say("satisfaction.response_nothing" if is_tied_to_cases(v) else "satisfaction.response_none")
    return v.say(
        "satisfaction.response", share=v.percent(answered.value), x=v.number(answered.x), n=v.number(answered.n)
    )


def show(v: View) -> None:
    instruments = {each.code: each.title for each in v.known.instruments_of(v.scope.root)}
    if not instruments:
        header(v.say("satisfaction.no_instrument"), period_caption(v))
        nothing(v, v.say("finding.satisfied_subject"), "satisfaction")
        return
    before = v.compared()
    satisfied = share_of(v.measure("satisfaction"))
    change = change_between(satisfied, share_of(v.measure("satisfaction", scope=before)) if before else None)
    instrument = instruments[v.scope.instrument] if v.scope.instrument else next(iter(instruments.values()))
    header(
        findings.changed_share_title(v.language, "satisfied", satisfied, change),
        period_caption(v),
        f"{v.say('satisfaction.caption', instrument=instrument)} {response(v)}",
    )
    left, right = st.columns(2, gap="medium")
    with left:
        show_units(
            v, "satisfaction", "hover.satisfied",
            ("satisfied", v.say("satisfaction.units_note"), v.say("satisfaction.column_sheets"), "source.sheets"),
            "hai-long-don-vi",
        )  # fmt: skip
    with right:
        show_units(
            v, "response_rate", "hover.answered",
            ("answered", v.say("satisfaction.response_note"), v.say("satisfaction.column_closed"), "source.cases"),
            "phan-hoi-don-vi",
        )  # fmt: skip
    show_months(v)


show(view())
