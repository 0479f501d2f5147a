"""What may be said of a model, on top of its page: the verdict as title, its size and range, what it rests on."""

import numpy as np
import streamlit as st

from comparison.charts.frames.checks import events_told
from comparison.life import Changes, Life
from comparison.question import Question
from comparison.statistics.verdict import Reason, Verdict
from comparison.statistics.windows import WINDOW_MONTHS
from comparison.widgets.words import show_caption, show_text, show_title
from comparison.wording import group_name, verdicts
from comparison.wording.findings import count_word
from comparison.wording.verdicts import Subject


def subject_of(v: Question, outcome: str, field: str) -> Subject:
    """What an outcome is called; field: the name of the field whose lateness it is, or ""."""
    values = {"field": field} if outcome == "late" and field else {}
    name = "late_anywhere" if outcome == "late" and not field else outcome
    return Subject(v.say(f"outcome_share.{name}_short", **values), v.say(f"outcome_share.{name}", **values))


def verdict_title(v: Question, model: str, subject: Subject, found: Life | None) -> str:
    """The finding as the title of the page."""
    if found is None or not found.has_data:
        return v.say("verdict.title_no_data", model=model, subject=subject.short)
    return verdicts.title(v.language, model, subject, found.verdict)


def verdict_words(v: Question, subject: Subject, found: Life | None, changes: Changes | None) -> tuple[list[str], str]:
    """The sentences under the title, and the caption below them ("" for none)."""
    if found is None or not found.has_data:
        return [v.say("verdict.no_answers", share=subject.share) if found else v.say("models.no_months")], ""
    estimate = found.effect.estimate
    months = WINDOW_MONTHS
    if found.verdict is Verdict.TOO_EARLY:
        if not found.adopters.any():
            return [v.say("verdict.nobody_yet")], ""
        return [v.say("verdict.wait", last=group_name(v.language, found.months[-1]))], ""
    if found.verdict is Verdict.CANNOT_TELL:
        return [*(_reason(v, subject, found, reason) for reason in found.reasons), *_beside(v, subject, found)], ""
    assert estimate is not None, "only what could be estimated is more than too early or untold"
    told = [verdicts.effect_sentence(v.language, subject, estimate, months, _when(v, found))]
    if found.verdict is Verdict.NOT_CLEAR:
        told.append(verdicts.doubts_sentence(v.language, found.effect.doubts, estimate.p))
    units = v.say(
        "verdict.units_one" if estimate.adopters == 1 else "verdict.units", n=count_word(v.language, estimate.adopters)
    )
    nearby = list(events_told(v.language, changes.events)) if changes else []
    if nearby:
        told.append(v.say("verdict.not_separated_from", units=units, events="; ".join(nearby)))
    else:
        told.append(v.say("verdict.not_separated", units=units))
    return told, v.say("verdict.clearly")


def _when(v: Question, found: Life) -> str:
    """The calendar months after the launch, "(02–07/2024)", where all adopters began in one month."""
    starts = {int(start) for start, is_own in zip(found.starts, found.adopters, strict=True) if is_own}
    if len(starts) != 1:
        return ""
    (start,) = starts
    after = found.months[start + 1 : start + WINDOW_MONTHS + 1]
    return f"({group_name(v.language, after[0])}–{group_name(v.language, after[-1])})" if after and start >= 0 else ""


def _reason(v: Question, subject: Subject, found: Life, reason: Reason) -> str:
    adopters = np.flatnonzero(found.adopters)
    counted = found.n.sum(axis=1) > 0
    first = int(found.n.any(axis=0).argmax())
    return verdicts.reason_sentence(
        v.language, reason, subject,
        pilot=found.units[adopters[0]][1] if adopters.size else "",
        others=int((~found.adopters & counted).sum()),
        first=group_name(v.language, found.months[first]),
        smallest_p=found.effect.estimate.smallest_p if found.effect.estimate else 1.0,
        other_models=found.other_models,
    )  # fmt: skip


def _beside(v: Question, subject: Subject, found: Life) -> list[str]:
    """What can be shown even where nothing can be told: the change before and after, the single adopter's rank."""
    single = found.effect.single
    if single is not None and Reason.ONE_PILOT in found.reasons:
        name, effect = found.units[int(single.units[0])][1], float(single.effects[0])
        return [verdicts.rank_sentence(v.language, name, single.rank, len(single.effects), effect)]
    told = verdicts.before_after_sentence(v.language, subject, found.effect, WINDOW_MONTHS)
    return [told] if told else []


def show_verdict(
    v: Question, model: str, subject: Subject, found: Life | None, changes: Changes | None, *captions: str
) -> None:
    """Title, sentences and captions. changes: what else moved, None where that is not known."""
    sentences, caption = verdict_words(v, subject, found, changes)
    show_title(v, verdict_title(v, model, subject, found))
    with st.container(gap=None):
        for sentence in sentences:
            show_text(v, sentence)
        for text in (caption, *captions):
            if text:
                show_caption(v, text)
