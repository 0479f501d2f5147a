"""One unit in sentences: its lateness beside its own expectation, and how satisfied people are, with bounds."""

import math

from comparison.charts.frames.side_by_side import shares_of
from comparison.figures.survey import (
    answers,
    how_sure,
    instrument_asked,
    sheets_source,
    what_is_asked,
    why_not_comparable,
)
from comparison.figures.words import method
from comparison.measures.adjusted import case_mix
from comparison.question import Question
from comparison.statistics.case_mix import Lateness
from comparison.widgets.figure.figures import heading
from comparison.widgets.figure.method import method_row
from comparison.widgets.frame.paper import screen_only
from comparison.widgets.unit.beside import Beside
from comparison.widgets.words import show_text
from comparison.wording.findings import Share
from comparison.wording.numbers import MINUS


def show_expectation(v: Question, now: Beside) -> None:
    """Late cases beside those that its own fields would have at the others of its kind, and what the mix does."""
    ((code, _),) = now.units
    found = case_mix(v.warehouse, v.scope.with_(kind=now.kind), v.viewer)
    place = next((place for place, (unit, _) in enumerate(found.units) if unit == code), None)
    subject = v.say("unit_profile.expectation")
    if place is None:
        heading(subject, v.say("finding.none_due"))
        return
    mix, effect = found.case_mix, found.effect
    state = mix.lateness[place]
    values = {"late": v.number(mix.late[place]), "n": v.number(mix.n[place])}
    if state is Lateness.NOT_COMPARABLE:
        heading(subject, v.say("unit_profile.expected_not_comparable"))
        return
    if state is Lateness.NONE_EXPECTED:
        heading(subject, v.say("unit_profile.expected_none", **values))
        return
    if state is Lateness.FEW:
        heading(v.say("unit_profile.expected_title_few"), v.say("unit_profile.expectation_note"))
        show_text(v, v.say("unit_profile.expected_few", **values, expected=v.number(mix.expected[place], 1)))
        _expectation_method(v)
        return
    ratio = v.number(mix.ratio[place], 2)
    is_over = mix.ratio[place] > 1 and ratio != v.number(1, 2)
    flagged = {"ratio": ratio} if state in (Lateness.MORE, Lateness.LESS) else {}
    heading(v.say(f"unit_profile.expected_title_{state.value}", **flagged), v.say("unit_profile.expectation_note"))
    told = [
        v.say(
            "unit_profile.expected", **values, expected=v.number(mix.expected[place], 1),
            times=v.say("unit_profile.times_over" if is_over else "unit_profile.times_under", ratio=ratio),
            low=v.number(mix.ratio_low[place], 2), high=v.number(mix.ratio_high[place], 2),
        )
    ]  # fmt: skip
    if not math.isnan(effect.mix[place]):
        told.append(
            v.say(
                "unit_profile.mix", raw=v.percent(effect.raw[place]), adjusted=v.percent(mix.adjusted[place]),
                rest=v.percent(effect.reference_share[place]), alone=_mix_alone(v, effect.mix[place]),
            )
        )  # fmt: skip
    if mix.not_comparable[place] > 0:
        told.append(v.say("unit_profile.left_out", share=v.percent(mix.not_comparable[place])))
    show_text(v, " ".join(told))
    _expectation_method(v)


def _mix_alone(v: Question, mix: float) -> str:
    """What the fields alone add to the late share, or take off it."""
    text = v.points(mix)
    if not text.startswith(("+", MINUS)):
        return v.say("unit_profile.mix_none")
    return v.say("unit_profile.mix_adds" if text.startswith("+") else "unit_profile.mix_takes", points=text[1:])


def _expectation_method(v: Question) -> None:
    with screen_only("expectation"):
        method_row(
            v, v.say("source.snapshot", snapshot=v.warehouse.id), method(v, "adjusted"), "ho-so-ky-vong",
            ("late_adjusted", "late"),
        )  # fmt: skip


def show_satisfaction(v: Question, now: Beside) -> None:
    """The share satisfied, who answered and what the silent could change; nothing of a group hidden in its kind."""
    ((code, _),) = now.units
    asked = instrument_asked(v)
    subject = v.say("finding.satisfied_subject")
    if asked is None:
        heading(subject, v.say("satisfaction.no_instrument"))
        return
    own = shares_of(v.measure("satisfaction", ("unit",), now.whole)).get(code, Share(0, 0))
    if own.is_hidden:
        heading(subject, v.say("hover.hidden"))
        return
    if own.n == 0:
        heading(subject, v.say("finding.satisfied_none"))
        return
    of_unit = v.asking(v.scope.with_(kind=now.kind, units=(code,)))
    answered = answers(of_unit)
    title = v.say("finding.satisfied", share=v.percent(own.value)) if own.is_enough else subject
    heading(title, what_is_asked(v, asked))
    show_text(v, f"{how_sure(of_unit, asked, answered)} {why_not_comparable(of_unit, answered)}".strip())
    told = ("satisfied", "wilson", *(["profile_satisfied"] if asked.is_per_case else []), "hiding")
    measures = ("satisfaction", *(["response_rate"] if asked.is_per_case else []))
    with screen_only("satisfaction"):
        method_row(v, sheets_source(v, own), method(v, *told), "ho-so-hai-long", measures)
