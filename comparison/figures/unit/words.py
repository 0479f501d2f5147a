"""One unit in sentences: its lateness beside its own expectation, and how satisfied people are, with bounds."""

import math

from comparison.figures.beside import shares_of
from comparison.figures.figure import Figure, Made, Words
from comparison.figures.survey import (
    answers,
    how_sure,
    instrument_asked,
    sheets_source,
    what_is_asked,
    why_not_comparable,
)
from comparison.figures.unit.asked import PAGE, beside_asked
from comparison.figures.words import method
from comparison.forms.place import Place
from comparison.measures.adjusted import case_mix
from comparison.question import Question
from comparison.statistics.case_mix import Lateness
from comparison.wording.findings import Share
from comparison.wording.numbers import MINUS


def _expectation(q: Question, _: Place) -> Made | None:
    """Late cases beside those that its own fields would have at the others of its kind, and what the mix does."""
    now = beside_asked(q)
    if now is None:
        return None
    (code,) = now.codes
    found = case_mix(q.warehouse, q.scope.with_(kind=now.kind), q.viewer)
    at = next((at for at, (unit, _) in enumerate(found.units) if unit == code), None)
    subject = q.say("unit_profile.expectation")
    if at is None:
        return Made(subject, q.say("finding.none_due"))
    mix, effect = found.case_mix, found.effect
    state = mix.lateness[at]
    values = {"late": q.number(mix.late[at]), "n": q.number(mix.n[at])}
    if state is Lateness.NOT_COMPARABLE:
        return Made(subject, q.say("unit_profile.expected_not_comparable"))
    if state is Lateness.NONE_EXPECTED:
        return Made(subject, q.say("unit_profile.expected_none", **values))
    if state is Lateness.FEW:
        few = q.say("unit_profile.expected_few", **values, expected=q.number(mix.expected[at], 1))
        return _beside_expectation(q, q.say("unit_profile.expected_title_few"), few)
    ratio = q.number(mix.ratio[at], 2)
    is_over = mix.ratio[at] > 1 and ratio != q.number(1, 2)
    flagged = {"ratio": ratio} if state in (Lateness.MORE, Lateness.LESS) else {}
    told = [
        q.say(
            "unit_profile.expected",
            **values,
            expected=q.number(mix.expected[at], 1),
            times=q.say("unit_profile.times_over" if is_over else "unit_profile.times_under", ratio=ratio),
            low=q.number(mix.ratio_low[at], 2),
            high=q.number(mix.ratio_high[at], 2),
        )
    ]
    if not math.isnan(effect.mix[at]):
        told.append(
            q.say(
                "unit_profile.mix",
                raw=q.percent(effect.raw[at]),
                adjusted=q.percent(mix.adjusted[at]),
                rest=q.percent(effect.reference_share[at]),
                alone=_mix_alone(q, effect.mix[at]),
            )
        )
    if mix.not_comparable[at] > 0:
        told.append(q.say("unit_profile.left_out", share=q.percent(mix.not_comparable[at])))
    title = q.say(f"unit_profile.expected_title_{state.value}", **flagged)
    return _beside_expectation(q, title, " ".join(told))


def _mix_alone(q: Question, mix: float) -> str:
    """What the fields alone add to the late share, or take off it."""
    text = q.points(mix)
    if not text.startswith(("+", MINUS)):
        return q.say("unit_profile.mix_none")
    return q.say("unit_profile.mix_adds" if text.startswith("+") else "unit_profile.mix_takes", points=text[1:])


def _beside_expectation(q: Question, title: str, sentence: str) -> Made:
    return Made(
        title,
        q.say("unit_profile.expectation_note"),
        Words((("", sentence),)),
        q.say("source.snapshot", snapshot=q.warehouse.id),
        method(q, "adjusted"),
        measures=("late_adjusted", "late"),
    )


def _satisfaction(q: Question, _: Place) -> Made | None:
    """The share satisfied, who answered and what the silent could change; nothing of a group hidden in its kind."""
    now = beside_asked(q)
    if now is None:
        return None
    (code,) = now.codes
    asked = instrument_asked(q)
    subject = q.say("finding.satisfied_subject")
    if asked is None:
        return Made(subject, q.say("satisfaction.no_instrument"))
    own = shares_of(q.measure("satisfaction", ("unit",), now.whole)).get(code, Share(0, 0))
    if own.is_hidden:
        return Made(subject, q.say("hover.hidden"))
    if own.n == 0:
        return Made(subject, q.say("finding.satisfied_none"))
    of_unit = q.asking(q.scope.with_(kind=now.kind, units=(code,)))
    answered = answers(of_unit)
    title = q.say("finding.satisfied", share=q.percent(own.value)) if own.is_enough else subject
    told = ("satisfied", "wilson", *(["profile_satisfied"] if asked.is_per_case else []), "hiding")
    sure = f"{how_sure(of_unit, asked, answered)} {why_not_comparable(of_unit, answered)}".strip()
    return Made(
        title,
        what_is_asked(q, asked),
        Words((("", sure),)),
        sheets_source(q, own),
        method(q, *told),
        measures=("satisfaction", *(["response_rate"] if asked.is_per_case else [])),
    )


BESIDE_EXPECTATION = Figure("ho-so-ky-vong", PAGE, _expectation, is_slide=False)
SATISFACTION_OF_UNIT = Figure("ho-so-hai-long", PAGE, _satisfaction, is_slide=False)
