"""The cases overdue at the end of the period, and the open ones that the newest file lacks."""

from comparison.figures.case_list import case_list
from comparison.figures.figure import Figure, Made
from comparison.figures.lateness.titles import PAGE
from comparison.figures.words import method
from comparison.forms.place import Place
from comparison.measures.case_lists import absent_cases, overdue_cases
from comparison.question import Question
from comparison.wording import day


def _overdue(q: Question, _: Place) -> Made | None:
    if not q.has_data:
        return None
    cases, last = overdue_cases(q.warehouse, q.scope, q.viewer), day(q.language, q.last_day)
    return case_list(
        q,
        cases,
        title=q.say("lateness.overdue_title", n=q.number(cases.in_all), day=last)
        if cases.in_all
        else q.say("lateness.overdue_none", day=last),
        subtitle=q.say("lateness.overdue_note"),
        method=method(q, "overdue_cases"),
        measures=("overdue_open",),
    )


def _absent(q: Question, _: Place) -> Made | None:
    if not q.has_data:
        return None
    cases = absent_cases(q.warehouse, q.scope, q.viewer)
    if not cases.in_all:
        return Made(captions=(q.say("lateness.absent_none"),))
    return case_list(
        q,
        cases,
        title=q.say("lateness.absent_title", n=q.number(cases.in_all)),
        subtitle=q.say("lateness.absent_note"),
        method=method(q, "absent_cases"),
    )


OVERDUE_CASES = Figure("overdue-cases", PAGE, _overdue, is_slide=False)
ABSENT_CASES = Figure("absent-cases", PAGE, _absent, is_slide=False)
