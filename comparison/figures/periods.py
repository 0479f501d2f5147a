"""Which days a page is of and which it compares them with, and how far these can be compared."""

from comparison import wording
from comparison.question import Question
from comparison.scope import Scope
from comparison.statistics.comparability import Level, Subject
from comparison.wording import findings
from comparison.wording.comparability import verdict_line

_SIGNS = {Level.SAME: "✓", Level.NOTE: "△", Level.WARNING: "▲"}


def period_caption(q: Question, subject: Subject = "cases") -> str:
    """The days of both periods, how far these can be compared, or why they are not. `subject`: what the page is of."""
    other, verdict = q.compared, q.comparability(subject)
    if other is None or verdict is None:
        return f"{wording.dated_label(q.language, q.scope.period)}. {q.not_compared_why()}"
    line = verdict_line(q.language, verdict, q.names)
    return f"{_both_periods(q, other)} {_SIGNS[verdict.level]} {line}"


def _both_periods(q: Question, other: Scope) -> str:
    """Both periods with their days; of one that is not over those that are compared, beside as many of the other."""
    part, whole_other = q.comparable.period, q.scope.comparison_period()
    if part == q.scope.period:
        labels = (wording.dated_label(q.language, period) for period in (part, other.period))
        period, other_period = (findings.within(q.language, label) for label in labels)
        return q.say("compare.periods", period=period, other=other_period)
    names = (wording.period_name(q.language, period) for period in (q.scope.period, whole_other or other.period))
    period, other_period = (findings.within(q.language, name) for name in names)
    return q.say(
        "compare.periods_unfinished",
        period=period,
        days=q.number(part.days),
        range=wording.date_range(q.language, part),
        other=other_period,
        other_days=q.number(other.period.days),
        other_range=wording.date_range(q.language, other.period),
    )
