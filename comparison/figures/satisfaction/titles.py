"""The title of Hài lòng and the lines under it; and what stands in place of figures where answers are hidden."""

from collections.abc import Sequence

from comparison.figures.figure import Figure, Made, Missing
from comparison.figures.part_shown import of_one_unit
from comparison.figures.periods import period_caption
from comparison.figures.survey import (
    PAGE,
    answers,
    how_sure,
    instrument_asked,
    nobody_asked,
    sheets_source,
    what_is_asked,
    why_not_comparable,
)
from comparison.forms.frames.shares import change_between
from comparison.forms.place import Place
from comparison.question import Question
from comparison.scope.periods import calendar_period
from comparison.wording import satisfaction_findings
from comparison.wording.findings import Share, share_of


def titles(q: Question) -> Sequence[str]:
    """The share satisfied and whether that changed; the periods; what was asked; how sure the share is."""
    asked = instrument_asked(q)
    if asked is None:
        return q.say("satisfaction.no_instrument"), period_caption(q, "satisfaction")
    now, before = answers(q), q.compared
    satisfied, why_not = share_of(now), why_not_comparable(q, now)
    then = share_of(q.measure("satisfaction", scope=before)) if before and not why_not else None
    title = satisfaction_findings.satisfied_title(
        q.language, satisfied, change_between(satisfied, then), is_derived=asked.is_derived
    )
    return (
        of_one_unit(q, title),
        f"{period_caption(q, 'satisfaction')} {why_not}".strip(),
        what_is_asked(q, asked),
        how_sure(q, asked, now),
    )


def _nothing_shown(q: Question, _: Place) -> Made:
    """One frame that says why nothing is shown, and the year around it where that has enough sheets."""
    if instrument_asked(q) is None or not share_of(answers(q)).is_hidden:
        return nobody_asked(q)
    year = calendar_period(q.scope.period.starts_on, "year")
    whole = share_of(q.measure("satisfaction", scope=q.scope.with_(period=year)))
    link = (q.say("satisfaction.see_year", year=year.starts_on.year), q.link(PAGE, period=year))
    return Made(
        title=q.say("finding.satisfied_subject"),
        body=Missing(q.say("satisfaction.all_hidden"), link=link if whole.n else None),
        source=sheets_source(q, Share(0, 0, is_hidden=True)),
    )


NO_ANSWERS_SHOWN = Figure("hai-long-khong-hien", PAGE, _nothing_shown, is_slide=False)
